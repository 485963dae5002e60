//! The browsers that school offices still run: packages of the npm registry bring Chromium 86, 92 and 109 along.
//!
//! They are built for servers without a screen, and use the libraries that the current Chromium brings.

use std::path::PathBuf;
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::npm;
use crate::workspace::{Workspace, read, write};

/// The versions; `chromium-<version>` in the lock file.
pub(crate) const VERSIONS: [&str; 3] = ["86", "92", "109"];

/// Lies beside the browsers when all of them are unpacked: a copy of the lock file.
const STAMP: &str = "unpacked-from-lock";

/// The folder of the browsers: `<version>/chromium`.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("old-browsers")
}

/// Fetches and unpacks them, once, and makes sure that each one starts.
pub(crate) fn install(workspace: &Workspace) -> Result<(), Failure> {
    let source = workspace.browser_tests().join("old");
    let folder = folder(workspace);
    npm::install(&source, &folder).map_err(|failure| {
        Failure::new(format!(
            "the packages with the old browsers cannot be had from the npm registry: {failure}"
        ))
    })?;
    let lock = read(&source.join("package-lock.json"))?;
    if std::fs::read(folder.join(STAMP)).is_ok_and(|unpacked| unpacked == lock) {
        return Ok(());
    }
    let script = folder.join("unpack.mjs");
    write(&script, &read(&source.join("unpack.mjs"))?)?;
    child::run(Command::new("node").arg(script).args(VERSIONS))?;
    for version in VERSIONS {
        let browser = folder.join(version).join("chromium");
        child::capture(Command::new(&browser).args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--dump-dom",
            "about:blank",
        ]))
        .map_err(|failure| Failure::new(format!("Chromium {version} does not start: {failure}")))?;
    }
    write(&folder.join(STAMP), &lock)
}
