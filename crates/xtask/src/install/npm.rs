//! Packages of the npm registry, exactly as a lock file names them.

use std::path::Path;
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::debian;
use crate::workspace::{make_folder, read, write};

/// Lies in `node_modules` after a complete installation: a copy of the lock file it was made from.
const STAMP: &str = "node_modules/.installed-from-lock";

/// Makes sure that `node` and `npm` answer.
pub(crate) fn ensure_node() -> Result<(), Failure> {
    let mut missing = Vec::new();
    if !child::answers("node") {
        missing.push("nodejs");
    }
    if !child::answers("npm") {
        missing.push("npm");
    }
    if missing.is_empty() { Ok(()) } else { debian::install(&missing, "Node.js 18 or newer with npm") }
}

/// Installs into `folder` what the lock file in `source` names; does nothing where that was done before.
///
/// With `source` elsewhere the source tree stays clean of `node_modules`.
pub(crate) fn install(source: &Path, folder: &Path) -> Result<(), Failure> {
    let lock = read(&source.join("package-lock.json"))?;
    if std::fs::read(folder.join(STAMP)).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    ensure_node()?;
    if source != folder {
        make_folder(folder)?;
        write(&folder.join("package.json"), &read(&source.join("package.json"))?)?;
        write(&folder.join("package-lock.json"), &lock)?;
    }
    child::run(Command::new("npm").current_dir(folder).args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        // Only what the lock file names, not what its packages would like to have beside them.
        "--legacy-peer-deps",
    ]))?;
    write(&folder.join(STAMP), &lock)
}
