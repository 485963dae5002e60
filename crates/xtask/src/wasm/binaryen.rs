//! The tools of the npm package `binaryen`, and results kept from one build to the next: they are the slow part.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::npm;
use crate::workspace::{Workspace, make_folder, read, write};

/// The features over the first WebAssembly that a module may use.
pub(crate) const FEATURES: [&str; 5] = [
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
];

/// Binaryen, installed.
pub(crate) struct Binaryen {
    tools: PathBuf,
    kept: PathBuf,
    /// Changes with binaryen's version.
    lock: Vec<u8>,
}

impl Binaryen {
    /// Installs what the lock file names.
    pub(crate) fn install(workspace: &Workspace) -> Result<Self, Failure> {
        let folder = workspace.target.join("npm");
        let source = workspace.root.join("crates").join("xtask").join("npm");
        npm::ensure_node()?;
        npm::install(&source, &folder)?;
        Ok(Self {
            tools: folder.join("node_modules/binaryen/bin"),
            kept: workspace.wasm_build().join("binaryen"),
            lock: read(&source.join("package-lock.json"))?,
        })
    }

    /// One of its tools, with the features named; its own arguments come next.
    pub(crate) fn command(&self, tool: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.tools.join(tool)).args(FEATURES);
        command
    }

    /// Makes `finished` out of a module by a tool; where the same was made before, that stands.
    pub(crate) fn make(
        &self,
        tool: &str,
        flags: &[&str],
        module: &[u8],
        finished: &Path,
    ) -> Result<(), Failure> {
        let kept = self.kept.join(finished.file_name().unwrap_or_default());
        let (input, stamp) = (kept.join("input.wasm"), kept.join("stamp"));
        let wanted = [self.lock.as_slice(), tool.as_bytes(), flags.join(" ").as_bytes()].concat();
        let is_same = |path: &Path, expected: &[u8]| std::fs::read(path).is_ok_and(|found| found == expected);
        if finished.exists() && is_same(&stamp, &wanted) && is_same(&input, module) {
            return Ok(());
        }
        make_folder(&kept)?;
        // Written last: an interrupted run leaves no stamp that vouches for a half-written result.
        std::fs::remove_file(&stamp).ok();
        write(&input, module)?;
        child::run(self.command(tool).args(flags).arg(&input).arg("--output").arg(finished))?;
        write(&stamp, &wanted)
    }
}
