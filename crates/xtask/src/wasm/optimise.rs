//! `wasm-opt` of the npm package `binaryen`, and the gate every module has to pass.
//!
//! The gate: the finished module validates with the four allowed features and no other, and holds no path of this
//! machine. Optimising is the slow part; where the same input was optimised before, its result stands.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::npm;
use crate::wasm::compile::private_paths;
use crate::wasm::{Bound, Toolchain};
use crate::workspace::{Workspace, make_folder, read, write};

const FLAGS: [&str; 6] = [
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "-Oz",
];

/// Names `--print-features` may print; binaryen counts a part of bulk memory as a feature of its own.
const ALLOWED: [&str; 5] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
];

/// Writes the finished modules and their scripts to the workspace's web folder and prints their sizes.
pub(crate) fn optimise(workspace: &Workspace, toolchain: &Toolchain, bound: &[Bound]) -> Result<(), Failure> {
    let npm_folder = workspace.target.join("npm");
    let source = workspace.root.join("crates").join("xtask").join("npm");
    npm::ensure_node()?;
    npm::install(&source, &npm_folder)?;
    let binaryen = Binaryen {
        wasm_opt: npm_folder.join("node_modules/binaryen/bin/wasm-opt"),
        stamp: [read(&source.join("package-lock.json"))?, FLAGS.join(" ").into_bytes()].concat(),
    };
    for module in bound {
        let stem = module.module.stem;
        let script = workspace.web().join(format!("{stem}.js"));
        let finished = workspace.web().join(format!("{stem}.wasm"));
        write(&script, module.script.as_bytes())?;
        binaryen.optimise(&module.bytes, &workspace.wasm_build().join("before-opt").join(stem), &finished)?;
        binaryen.require_old_features(&finished)?;
        require_no_private_path(&finished, &private_paths(workspace, toolchain))?;
        for file in [&finished, &script] {
            println!("      {}", size_line(file)?);
        }
    }
    Ok(())
}

struct Binaryen {
    wasm_opt: PathBuf,
    /// Changes with binaryen's version and with the flags.
    stamp: Vec<u8>,
}

impl Binaryen {
    fn command(&self) -> Command {
        let mut command = Command::new("node");
        command.arg(&self.wasm_opt);
        command
    }

    /// `kept` is a folder for what the last result was made from.
    fn optimise(&self, bytes: &[u8], kept: &Path, finished: &Path) -> Result<(), Failure> {
        let (input, stamp) = (kept.join("input.wasm"), kept.join("stamp"));
        let is_same = |path: &Path, expected: &[u8]| std::fs::read(path).is_ok_and(|found| found == expected);
        if finished.exists() && is_same(&stamp, &self.stamp) && is_same(&input, bytes) {
            return Ok(());
        }
        make_folder(kept)?;
        // Written last: an interrupted run leaves no stamp that vouches for a half-written result.
        std::fs::remove_file(&stamp).ok();
        write(&input, bytes)?;
        child::run(self.command().args(FLAGS).arg(&input).arg("--output").arg(finished))?;
        write(&stamp, &self.stamp)
    }

    fn require_old_features(&self, module: &Path) -> Result<(), Failure> {
        let flags = &FLAGS[..FLAGS.len() - 1];
        child::capture(self.command().args(flags).arg(module)).map_err(|failure| {
            Failure::new(format!("{} needs more than Chromium 86 has: {failure}", module.display()))
        })?;
        let printed = child::capture(self.command().arg("--print-features").args(flags).arg(module))?;
        let foreign = foreign_features(&printed);
        if foreign.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "{} asks for features that Chromium 86 lacks: {}",
            module.display(),
            foreign.join(" ")
        )))
    }
}

fn foreign_features(printed: &str) -> Vec<&str> {
    printed
        .split_whitespace()
        .filter(|word| word.starts_with("--enable-") && !ALLOWED.contains(word))
        .collect()
}

fn require_no_private_path(module: &Path, private: &[PathBuf]) -> Result<(), Failure> {
    let bytes = read(module)?;
    for path in private {
        let name = path.as_os_str().as_encoded_bytes();
        if bytes.windows(name.len()).any(|window| window == name) {
            return Err(Failure::new(format!(
                "{} holds the path {} of this machine",
                module.display(),
                path.display()
            )));
        }
    }
    Ok(())
}

/// Name, bytes, and bytes as a server sends them.
fn size_line(file: &Path) -> Result<String, Failure> {
    let raw = read(file)?.len();
    let script = "const {gzipSync} = require('zlib'), {readFileSync} = require('fs');\
                  console.log(gzipSync(readFileSync(process.argv[1]), {level: 9}).length)";
    let gzip = child::capture(Command::new("node").args(["--eval", script]).arg(file))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!("{name:<18}{raw:>9} bytes, {:>8} gzip", gzip.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_features_of_old_kernels_pass() {
        let printed = "--enable-mutable-globals\n--enable-bulk-memory\n--enable-bulk-memory-opt\n";
        assert!(foreign_features(printed).is_empty());
        assert_eq!(foreign_features("--enable-sign-ext\n--enable-simd\n"), ["--enable-simd"]);
    }
}
