//! `cargo xtask bench pages`: the built portal by Lighthouse, behind nginx with the sample configuration.
//!
//! Nothing is built: what is measured is the portal that stands in `site/`. `tests/bench/pages.mjs` does the rest.

use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::{browser, npm, servers};
use crate::workspace::Workspace;

/// Measures, prints.
pub(crate) fn run(workspace: &Workspace, json: bool) -> Result<(), Failure> {
    if !workspace.site().join("index.html").is_file() {
        return Err(Failure::new("there is no portal in `site/`; `cargo xtask build` makes it"));
    }
    browser::ensure_chromium()?;
    let nginx = servers::nginx(workspace)?;
    let packages = workspace.target.join("bench").join("npm");
    npm::install(&workspace.root.join("tests/bench"), &packages)?;
    let mut command = Command::new("node");
    command
        .arg(workspace.root.join("tests/bench/pages.mjs"))
        .env("SITE", workspace.site())
        .env("PACKAGES", packages)
        .env("NGINX_PROGRAM", nginx);
    if json {
        command.arg("--json");
    }
    child::run(&mut command)
}
