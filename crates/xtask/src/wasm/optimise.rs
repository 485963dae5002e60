//! The finished modules, as small as they get, and the gate every one has to pass.
//!
//! The gate: the finished module validates with the four allowed features and no other, and holds no path of this
//! machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::wasm::binaryen::Binaryen;
use crate::wasm::compile::private_paths;
use crate::wasm::{Bound, Toolchain, fallback};
use crate::workspace::{Workspace, make_folder, read, update};

/// A function with a single caller is not moved into it: the module gets larger but repeats itself more, and what is sent
/// is compressed.
const SMALLEST: [&str; 2] = ["-Oz", "--one-caller-inline-max-function-size=0"];

/// Names `--print-features` may print; binaryen counts a part of bulk memory as a feature of its own.
const ALLOWED: [&str; 5] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
];

/// Writes the finished modules, their scripts and their fallbacks to a folder and prints their sizes.
pub(crate) fn optimise(
    workspace: &Workspace,
    toolchain: &Toolchain,
    bound: &[Bound],
    folder: &Path,
) -> Result<(), Failure> {
    make_folder(folder)?;
    let binaryen = Binaryen::install(workspace)?;
    let mut files = Vec::new();
    for module in bound {
        let stem = module.module.stem;
        let script = folder.join(format!("{stem}.js"));
        let finished = folder.join(format!("{stem}.wasm"));
        update(&script, module.script.as_bytes())?;
        binaryen.make("wasm-opt", &SMALLEST, &module.bytes, &finished)?;
        require_old_features(&binaryen, &finished)?;
        require_no_private_path(&finished, &private_paths(workspace, toolchain))?;
        let fallback = fallback::make(workspace, &binaryen, module.module, &finished)?;
        files.extend([finished, script, fallback]);
    }
    for line in size_lines(&files)? {
        println!("      {line}");
    }
    Ok(())
}

fn require_old_features(binaryen: &Binaryen, module: &Path) -> Result<(), Failure> {
    // It validates the module as well.
    let printed = child::capture(binaryen.command("wasm-opt").arg("--print-features").arg(module)).map_err(
        |failure| Failure::new(format!("{} needs more than Chromium 86 has: {failure}", module.display())),
    )?;
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

fn foreign_features(printed: &str) -> Vec<&str> {
    printed
        .split_whitespace()
        .filter(|word| word.starts_with("--enable-") && !ALLOWED.contains(word))
        .collect()
}

pub(crate) fn require_no_private_path(module: &Path, private: &[PathBuf]) -> Result<(), Failure> {
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

/// Name, bytes, and bytes as a server sends them, of each file.
fn size_lines(files: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let script = "const {gzipSync} = require('zlib'), {readFileSync} = require('fs');\
                  for (const file of process.argv.slice(1)) {\
                  console.log(gzipSync(readFileSync(file), {level: 9}).length) }";
    let packed = child::capture(Command::new("node").args(["--eval", script]).args(files))?;
    files
        .iter()
        .zip(packed.lines())
        .map(|(file, gzip)| {
            let raw = read(file)?.len();
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            Ok(format!("{name:<24}{raw:>9} bytes, {gzip:>8} gzip"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b01_only_features_of_old_kernels_pass() {
        let printed = "--enable-mutable-globals\n--enable-bulk-memory\n--enable-bulk-memory-opt\n";
        assert!(foreign_features(printed).is_empty());
        assert_eq!(foreign_features("--enable-sign-ext\n--enable-simd\n"), ["--enable-simd"]);
    }
}
