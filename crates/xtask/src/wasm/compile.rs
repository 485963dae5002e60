//! Cargo for `wasm32-unknown-unknown`, with the standard library built from source for old kernels.
//!
//! Nothing of the caller's environment reaches the compiler, and every path of this machine is rewritten, so that
//! the same sources give the same bytes wherever they are built.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::wasm::toolchain::library;
use crate::wasm::{Module, TARGET, Toolchain};
use crate::workspace::Workspace;

/// The features over the first WebAssembly that Chromium 86 has and that make the modules smaller.
const FEATURES: &str = "+mutable-globals,+sign-ext,+nontrapping-fptoint,+bulk-memory";

/// Compiles the modules to where [`module_path()`] says.
pub(crate) fn compile(
    workspace: &Workspace,
    toolchain: &Toolchain,
    modules: &[Module],
) -> Result<(), Failure> {
    let mut command = cargo(workspace, toolchain);
    command.arg("build").args(["--profile", "wasm", "--locked"]);
    arguments(&mut command, modules);
    command.env("CARGO_ENCODED_RUSTFLAGS", rustflags(workspace, toolchain).join("\u{1f}"));
    child::run(&mut command)
}

/// What [`compile`] made of a module.
pub(crate) fn module_path(workspace: &Workspace, stem: &str) -> PathBuf {
    workspace.wasm_build().join(TARGET).join("wasm").join(format!("{stem}.wasm"))
}

/// The toolchain's cargo in a clean environment with the modules' own target folder; a subcommand comes next.
pub(crate) fn cargo(workspace: &Workspace, toolchain: &Toolchain) -> Command {
    let mut command = Command::new(&toolchain.cargo);
    child::clean_for_wasm(&mut command);
    command
        .current_dir(&workspace.root)
        .env("RUSTC", &toolchain.rustc)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", workspace.wasm_build());
    command
}

/// The packages, the target and how to build its standard library.
fn arguments(command: &mut Command, modules: &[Module]) {
    for module in modules {
        command.args(["--package", module.package]);
    }
    command.args([
        "--target",
        TARGET,
        "-Zbuild-std=std,panic_abort",
        "-Zbuild-std-features=optimize_for_size",
    ]);
}

fn rustflags(workspace: &Workspace, toolchain: &Toolchain) -> Vec<String> {
    let mut flags = vec![
        "-Ctarget-cpu=mvp".to_owned(),
        format!("-Ctarget-feature={FEATURES}"),
        "-Zunstable-options".to_owned(),
        // A panic is a bare trap: no message, no unwinding, and far fewer bytes.
        "-Cpanic=immediate-abort".to_owned(),
    ];
    if let Some(linker) = &toolchain.linker {
        flags.push(format!("-Clinker={}", linker.display()));
    }
    for (path, name) in remapped(workspace, toolchain) {
        flags.push(format!("--remap-path-prefix={}={name}", path.display()));
    }
    flags
}

/// The folders of this machine that sources come from, with the names they get; a later one wins where two match.
fn remapped(workspace: &Workspace, toolchain: &Toolchain) -> Vec<(PathBuf, &'static str)> {
    let mut pairs = vec![(workspace.root.clone(), "/zhinan")];
    if let Some(home) = cargo_home() {
        pairs.push((home, "/cargo"));
    }
    let source = library(&toolchain.sysroot);
    if let Ok(real) = source.canonicalize() {
        pairs.push((real, "/std"));
    }
    pairs.push((source, "/std"));
    pairs
}

/// Where cargo keeps what it fetches.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    named.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// Folders whose names must not be found in a finished module.
pub(crate) fn private_paths(workspace: &Workspace, toolchain: &Toolchain) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = remapped(workspace, toolchain).into_iter().map(|(path, _)| path).collect();
    paths.extend(std::env::home_dir());
    paths.retain(|path| path.components().count() > 1 && path != Path::new("/usr"));
    paths
}
