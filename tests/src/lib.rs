//! Shared support of the end-to-end tests: reading fixtures, rewriting expectations.
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::path::{Path, PathBuf};

/// A folder of this package.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// All files of a folder as path relative to it and bytes, hidden ones left out, as the command does.
///
/// # Panics
/// When the folder cannot be read.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).expect("the folder is there") {
            let entry = entry.expect("it can be listed");
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("it lies below").to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read(&path).expect("it can be read")));
            }
        }
    }
    files.sort();
    files
}

/// Whether expectations are to be rewritten: `REWRITE=1 cargo test -p tests`.
pub fn rewrite() -> bool {
    std::env::var_os("REWRITE").is_some()
}
