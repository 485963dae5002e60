//! `cargo xtask bench search`: the search measured beside Pagefind, on the same pages and in one browser.
//!
//! Everything is built first, so that what is measured is what would be published; `tests/bench/search.mjs` does the rest. The
//! source texts that generated pages are made of lie beside the workspace; without them only the shipped portal is
//! measured, and without Pagefind only our own engine. Each is said in a line and is no failure.

use std::path::PathBuf;
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::{browser, npm};
use crate::workspace::{Workspace, make_folder};

/// What is measured unless the arguments say otherwise.
const USUAL_SITES: &str = "shipped,1000,10000";

/// Builds, measures, prints.
pub(crate) fn run(workspace: &Workspace, pages: &[u32], json: bool) -> Result<(), Failure> {
    if !child::answers("python3") {
        println!("nothing measured: python3, which writes the pages and measures memory, is missing");
        return Ok(());
    }
    crate::commands::build::run(workspace)?;
    browser::ensure_chromium()?;
    let folder = workspace.target.join("bench").join("search");
    make_folder(&folder)?;
    let mut command = Command::new("node");
    command
        .arg(workspace.root.join("tests/bench/search.mjs"))
        .env("ROOT", &workspace.root)
        .env("FOLDER", folder)
        .env("PACKAGES", packages(workspace))
        .env("ZHINAN", workspace.zhinan())
        .env("WEB", workspace.web())
        .env("SHARED", workspace.root.join("../shared"))
        .env("SITES", sites(pages));
    if json {
        command.arg("--json");
    }
    child::run(&mut command)
}

/// The names of the sites, as the script takes them.
fn sites(pages: &[u32]) -> String {
    if pages.is_empty() {
        return USUAL_SITES.to_owned();
    }
    pages.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

/// Where Pagefind and the driver of the browser are; the browser tests have the driver, too.
fn packages(workspace: &Workspace) -> PathBuf {
    let folder = workspace.target.join("bench").join("npm");
    match npm::install(&workspace.root.join("tests/bench"), &folder) {
        Ok(()) => folder,
        Err(failure) => {
            println!("Pagefind cannot be installed: {failure}");
            workspace.browser_tests()
        }
    }
}
