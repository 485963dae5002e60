//! `cargo xtask bench check`: the check measured beside other engines, on their common benchmark.
//!
//! Its data lies beside the workspace; where it is absent that is said, and nothing is measured. Everything is built
//! first, so that what is measured is what would be published. Rounds of all engines alternate in one run, natively
//! and in Node.js, because the machine is seldom idle.

use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::npm;
use crate::progress::Progress;
use crate::wasm::{self, Toolchain};
use crate::workspace::{Workspace, make_folder};

/// The native part of the benchmark, an example of the crate `rules`.
const EXAMPLE: &str = "checker_bench";

/// Builds, measures, prints.
pub(crate) fn run(workspace: &Workspace, json: bool) -> Result<(), Failure> {
    let data = workspace.root.join("../shared/bench/checker/data");
    if !data.is_dir() {
        println!("nothing measured: the benchmark's data is not beside this workspace");
        return Ok(());
    }
    crate::commands::build::run(workspace)?;
    let folder = workspace.target.join("bench");
    let packages = folder.join("npm");
    make_folder(&folder)?;
    let mut progress = Progress::new(3);
    progress.step("native engine", || {
        child::run(child::cargo(workspace).args([
            "build",
            "--release",
            "--package",
            "rules",
            "--example",
            EXAMPLE,
        ]))
    })?;
    progress.step("engine as a browser module", || {
        let toolchain = Toolchain::find(workspace)?;
        wasm::compile(workspace, &toolchain, &wasm::BENCH)?;
        let bound = wasm::bind(workspace, &wasm::BENCH)?;
        wasm::optimise(workspace, &toolchain, &bound, &folder)
    })?;
    progress.step("other engines", || npm::install(&workspace.root.join("tests/bench"), &packages))?;
    let native = workspace.target.join("release").join("examples").join(EXAMPLE);
    let mut command = Command::new("node");
    command
        .arg(workspace.root.join("tests/bench/check.mjs"))
        .env("DATA", data)
        .env("FOLDER", folder)
        .env("PACKAGES", packages)
        .env("NATIVE", native)
        .env("WEB", workspace.web())
        .env("SITE", workspace.site());
    if json {
        command.arg("--json");
    }
    child::run(&mut command)
}
