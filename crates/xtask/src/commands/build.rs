//! `cargo xtask build`: from a fresh clone to `site/index.html`.

use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::wasm::{self, Toolchain};
use crate::workspace::Workspace;

/// Six steps; the first that fails ends the build.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut progress = Progress::new(6);
    let toolchain = progress.step("compiler for the browser modules", || {
        let toolchain = Toolchain::find(workspace)?;
        println!("      {}", toolchain.describe());
        Ok(toolchain)
    })?;
    progress.step("browser modules (wasm32-unknown-unknown)", || wasm::compile(workspace, &toolchain))?;
    let bound = progress.step("JavaScript bindings", || wasm::bind(workspace))?;
    progress
        .step("smaller modules and the feature gate", || wasm::optimise(workspace, &toolchain, &bound))?;
    progress.step("release binary", || {
        child::run(child::cargo(workspace).args(["build", "--release", "--package", "zhinan"]))
    })?;
    progress.step("portal", || {
        child::run(
            Command::new(workspace.zhinan())
                .current_dir(&workspace.root)
                .arg("build")
                .arg("--web")
                .arg(workspace.web()),
        )
    })?;
    println!("built {} in {}", workspace.site().join("index.html").display(), progress.elapsed());
    Ok(())
}
