//! `cargo xtask reproduce`: whether the same sources give the same bytes elsewhere.
//!
//! The modules are built in two folders with names and depths of their own, from nothing; the portal is built with each of
//! them, by one thread and by eight, in other languages and time zones. What differs is named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::commands::build;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::{Workspace, make_folder, read, write};

/// Where the copies stand, and how the portal is built there: threads, language, time zone.
const PLACES: [(&str, [(&str, &str); 3]); 2] = [
    ("a", [("RAYON_NUM_THREADS", "1"), ("LANG", "C"), ("TZ", "UTC")]),
    ("另一个 文件夹/b", [("RAYON_NUM_THREADS", "8"), ("LANG", "zh_CN.UTF-8"), ("TZ", "Asia/Shanghai")]),
];

/// Builds everything twice and compares.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    if !workspace.zhinan().is_file() {
        return Err(Failure::new("there is no command yet; `cargo xtask build` makes it"));
    }
    let mut progress = Progress::new(PLACES.len() * (build::MODULE_STEPS + 2));
    let mut built = Vec::new();
    for (name, environment) in PLACES {
        let root = workspace.target.join("reproduce").join(name);
        progress.step("a copy of the sources", || copy(workspace, &root))?;
        let copy = Workspace { target: root.join("target"), root };
        build::modules_with(&copy, &mut progress)?;
        progress.step("portal", || {
            let mut command = Command::new(workspace.zhinan());
            command.current_dir(&copy.root).args(["build", "--gzip", "--web"]).arg(copy.web());
            child::run(command.envs(environment))
        })?;
        built.push(copy);
    }
    for (what, folder) in
        [("browser modules", Workspace::web as fn(&Workspace) -> PathBuf), ("portal", Workspace::site)]
    {
        let count = require_same(&folder(&built[0]), &folder(&built[1]))?;
        println!("{what}: {count} files, the same bytes");
    }
    println!("compared in {}", progress.elapsed());
    Ok(())
}

/// The files that git knows, as they are now; an earlier copy and what was built in it are gone.
fn copy(workspace: &Workspace, root: &Path) -> Result<(), Failure> {
    if root.exists() {
        std::fs::remove_dir_all(root).map_err(|cause| Failure::of_path("remove", root, &cause))?;
    }
    let listed = child::capture(Command::new("git").current_dir(&workspace.root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let source = workspace.root.join(name);
        // Removed, but not yet from the index.
        if !source.is_file() {
            continue;
        }
        let copy = root.join(name);
        make_folder(copy.parent().unwrap_or(root))?;
        write(&copy, &read(&source)?)?;
    }
    Ok(())
}

/// How many files both folders have; a failure that names the first ones that differ.
fn require_same(one: &Path, other: &Path) -> Result<usize, Failure> {
    let (in_one, in_other) = (files(one)?, files(other)?);
    if in_one.is_empty() {
        return Err(Failure::new(format!("{} has no files", one.display())));
    }
    let mut different = Vec::new();
    for name in in_one.union(&in_other) {
        let is_same = in_one.contains(name)
            && in_other.contains(name)
            && read(&one.join(name))? == read(&other.join(name))?;
        if !is_same {
            different.push(name.display().to_string());
        }
    }
    if different.is_empty() {
        return Ok(in_one.len());
    }
    different.truncate(10);
    Err(Failure::new(format!("{} and {} differ in {}", one.display(), other.display(), different.join(", "))))
}

/// Every file below a folder, relative to it.
fn files(folder: &Path) -> Result<BTreeSet<PathBuf>, Failure> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        let entries = std::fs::read_dir(&next).map_err(|cause| Failure::of_path("read", &next, &cause))?;
        for entry in entries {
            let path = entry.map_err(|cause| Failure::of_path("read", &next, &cause))?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap_or(&path).to_path_buf());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flipped_byte_and_a_missing_file_are_named() {
        let folder = std::env::temp_dir().join(format!("zhinan-reproduce-{}", std::process::id()));
        let (one, other) = (folder.join("one"), folder.join("other"));
        for place in [&one, &other] {
            make_folder(&place.join("deep")).expect("a folder");
            write(&place.join("deep/a.wasm"), b"abc").expect("written");
        }
        assert_eq!(require_same(&one, &other).ok(), Some(1));
        write(&other.join("deep/a.wasm"), b"abd").expect("written");
        write(&one.join("b.js"), b"").expect("written");
        let message = require_same(&one, &other).expect_err("they differ").to_string();
        std::fs::remove_dir_all(&folder).expect("removed");
        assert!(message.contains("a.wasm") && message.contains("b.js"), "{message}");
    }
}
