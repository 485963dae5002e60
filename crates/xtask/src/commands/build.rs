//! `cargo xtask build`: from a fresh clone to `site/index.html`; `cargo xtask modules`: its first four steps.

use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::wasm::{self, Toolchain};
use crate::workspace::Workspace;

/// Steps of [`modules_with`].
pub(crate) const MODULE_STEPS: usize = 4;

/// The browser modules alone.
pub(crate) fn modules(workspace: &Workspace) -> Result<(), Failure> {
    let mut progress = Progress::new(MODULE_STEPS);
    modules_with(workspace, &mut progress)?;
    println!("built {} in {}", workspace.web().display(), progress.elapsed());
    Ok(())
}

/// The steps that make the browser modules.
pub(crate) fn modules_with(workspace: &Workspace, progress: &mut Progress) -> Result<(), Failure> {
    let toolchain = progress.step("compiler for the browser modules", || {
        let toolchain = Toolchain::find(workspace)?;
        println!("      {}", toolchain.describe());
        Ok(toolchain)
    })?;
    progress.step("browser modules (wasm32-unknown-unknown)", || {
        wasm::compile(workspace, &toolchain, &wasm::MODULES)
    })?;
    let bound = progress.step("JavaScript bindings", || wasm::bind(workspace, &wasm::MODULES))?;
    progress.step("smaller modules, the feature gate, fallbacks", || {
        wasm::optimise(workspace, &toolchain, &bound, &workspace.web())
    })
}

/// Everything; the first step that fails ends the build.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut progress = Progress::new(MODULE_STEPS + 2);
    modules_with(workspace, &mut progress)?;
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
