//! `cargo xtask bench load`: how many requests a server answers with the sample configuration, by wrk on this machine.
//!
//! A portal with packed files is built, so that what is measured is what would be published; `tests/bench/load.mjs` does the rest.

use std::process::{Command, Stdio};

use crate::child;
use crate::failure::Failure;
use crate::install::{debian, npm, servers};
use crate::workspace::{Workspace, make_folder};

/// Builds, measures, prints.
pub(crate) fn run(workspace: &Workspace, json: bool) -> Result<(), Failure> {
    if !workspace.zhinan().is_file() {
        return Err(Failure::new("there is no command yet; `cargo xtask build` makes it"));
    }
    npm::ensure_node()?;
    if !is_there("wrk") {
        debian::install(&["wrk"], "wrk, which asks a server as often as it answers")?;
    }
    let nginx = servers::nginx(workspace)?;
    let folder = workspace.target.join("bench").join("load");
    make_folder(&folder)?;
    let site = folder.join("site");
    let mut build = Command::new(workspace.zhinan());
    child::run(build.current_dir(&workspace.root).args(["build", "--gzip", "--out"]).arg(&site))?;
    let mut command = Command::new("node");
    command
        .arg(workspace.root.join("tests/bench/load.mjs"))
        .env("SITE", site)
        .env("FOLDER", folder.join("bare"))
        .env("NGINX_PROGRAM", nginx);
    if json {
        command.arg("--json");
    }
    child::run(&mut command)
}

/// wrk tells its version with the status of a failure.
fn is_there(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}
