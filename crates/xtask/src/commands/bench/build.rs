//! `cargo xtask bench build`: the build of generated portals beside other generators of sites.
//!
//! Command and modules are built first, so that what is measured is what would be published; `tests/bench/build.py` does the
//! rest. The source texts that pages are made of lie beside the workspace; without them nothing is measured, which is said in a
//! line and is no failure.

use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::workspace::{Workspace, make_folder};

/// What is measured unless the arguments say otherwise.
const USUAL_SITES: [u32; 4] = [100, 1_000, 10_000, 50_000];

/// Builds, measures, prints.
pub(crate) fn run(workspace: &Workspace, pages: &[u32], json: bool) -> Result<(), Failure> {
    if !child::answers("python3") {
        println!("nothing measured: python3, which writes the pages and measures memory, is missing");
        return Ok(());
    }
    crate::commands::build::run(workspace)?;
    let folder = workspace.target.join("bench").join("build");
    make_folder(&folder)?;
    let sites = if pages.is_empty() { &USUAL_SITES } else { pages };
    let mut command = Command::new("python3");
    command
        .arg(workspace.root.join("tests/bench/build.py"))
        .env("ROOT", &workspace.root)
        .env("FOLDER", folder)
        .env("ZHINAN", workspace.zhinan())
        .env("WEB", workspace.web())
        .env("SHARED", workspace.root.join("../shared"))
        .env("PAGES", sites.iter().map(u32::to_string).collect::<Vec<_>>().join(","));
    if json {
        command.arg("--json");
    }
    child::run(&mut command)
}
