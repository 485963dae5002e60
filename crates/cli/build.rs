//! Packs the templates, the drafts of `zhinan new` and the browser modules for the binary to carry.
//!
//! The modules are taken from `target/web`, where `cargo xtask modules` leaves them, or from the folder that the environment
//! variable `ZHINAN_WEB` names. What is not there is not inside: a plain `cargo build` needs no compiler for the browser.
#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads the sources and writes what it makes of them"
)]

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "src/packed.rs"]
mod packed;

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let root = here.ancestors().nth(2).ok_or("the crate stands in the workspace")?;
    println!("cargo::rerun-if-env-changed=ZHINAN_WEB");
    let web = match env::var_os("ZHINAN_WEB") {
        Some(folder) => root.join(folder),
        None => target(&out)?.join("web"),
    };
    // Cargo runs a script whose folder is missing with every build.
    fs::create_dir_all(&web)?;
    write(&out.join("templates.packed"), &root.join("templates"), &|_| true)?;
    write(&out.join("drafts.packed"), &here.join("drafts"), &|_| true)?;
    write(&out.join("modules.packed"), &web, &|name| {
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        stem.starts_with("web_") && ["js", "wasm"].contains(&end)
    })
}

/// The target folder: `<target>/[<triple>/]<profile>/build/<package>/out` is where this script writes.
fn target(out: &Path) -> Result<&Path, Box<dyn Error>> {
    let folder = out.ancestors().nth(4).ok_or("cargo's folders are nested")?;
    if folder.file_name() == env::var_os("TARGET").as_deref() {
        folder.parent().ok_or("cargo's folders are nested".into())
    } else {
        Ok(folder)
    }
}

fn write(packed: &Path, folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.retain(|(name, _)| wanted(name));
    files.sort();
    fs::write(packed, packed::pack(&files)?)?;
    Ok(())
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push((name, fs::read(entry.path())?));
        }
    }
    Ok(())
}
