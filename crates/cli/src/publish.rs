//! Publishing: the new tree is written beside the old one and takes its place in one step.
//!
//! The folder that is published to keeps its `.gitignore`. A folder that has other files is replaced only when it has the
//! marker [`MARKER`], which every portal carries. Whatever fails before the swap leaves the old tree as it was.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use render::Artifact;

use crate::failure::Failure;
use crate::read;

/// Tells a folder that zhinan made from any other.
pub(crate) const MARKER: &str = "zhinan-site.json";

/// Writes the artifacts to a folder, replacing what was there.
pub(crate) fn publish(artifacts: &[Artifact], folder: &Path) -> Result<(), Failure> {
    check_replaceable(folder)?;
    let (parent, name) = parent_and_name(folder)?;
    let lock = parent.join(format!(".{name}.lock"));
    let _locked = Lock::take(&lock).ok_or_else(|| Failure::Locked { path: folder.to_owned() })?;
    let staging = parent.join(format!(".{name}.staging"));
    let write = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Write { path, source }
    };
    // What an interrupted run left behind.
    remove_tree(&staging).map_err(write(&staging))?;
    let staged = stage(artifacts, folder, &staging);
    if let Err((path, source)) = staged {
        // The old tree stands; a half-written one beside it is of no use to anybody.
        let _ = remove_tree(&staging);
        return Err(Failure::Write { path, source });
    }
    swap(&staging, folder).map_err(write(folder))?;
    remove_tree(&staging).map_err(write(&staging))
}

/// A folder may be replaced when it is not there, has only hidden files, or is a portal.
fn check_replaceable(folder: &Path) -> Result<(), Failure> {
    let foreign = || Failure::ForeignFolder { path: folder.to_owned() };
    match fs::symlink_metadata(folder) {
        Err(_) => return Ok(()),
        Ok(metadata) if metadata.is_symlink() => {
            return Err(Failure::SymbolicLink { path: folder.to_owned() });
        }
        Ok(metadata) if !metadata.is_dir() => return Err(foreign()),
        Ok(_) => {}
    }
    if read::has_visible_entries(folder)? && !folder.join(MARKER).is_file() { Err(foreign()) } else { Ok(()) }
}

fn parent_and_name(folder: &Path) -> Result<(PathBuf, String), Failure> {
    let fail = |source| Failure::Write { path: folder.to_owned(), source };
    let absolute = std::path::absolute(folder).map_err(fail)?;
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => {
            fs::create_dir_all(parent).map_err(fail)?;
            Ok((parent.to_owned(), name.to_string_lossy().into_owned()))
        }
        _ => Err(Failure::ForeignFolder { path: folder.to_owned() }),
    }
}

fn stage(artifacts: &[Artifact], folder: &Path, staging: &Path) -> Result<(), (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    fs::create_dir(staging).map_err(at(staging))?;
    let ignore = folder.join(".gitignore");
    if ignore.is_file() {
        fs::copy(&ignore, staging.join(".gitignore")).map_err(at(&ignore))?;
    }
    let folders: BTreeSet<PathBuf> = artifacts
        .iter()
        .filter_map(|artifact| Some(staging.join(artifact.path.as_str()).parent()?.to_owned()))
        .collect();
    for folder in &folders {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    artifacts.par_iter().try_for_each(|artifact| {
        let path = staging.join(artifact.path.as_str());
        fs::write(&path, &artifact.bytes).map_err(at(&path))
    })?;
    let marker = staging.join(MARKER);
    let text = format!(
        "{{\"generator\": \"zhinan {}\", \"files\": {}}}\n",
        env!("CARGO_PKG_VERSION"),
        artifacts.len()
    );
    fs::write(&marker, text).map_err(at(&marker))
}

/// Exchanges two folders at once where the system can; otherwise the old one is moved away first.
fn swap(staging: &Path, folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        return fs::rename(staging, folder);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, staging, CWD, folder, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let old = staging.with_extension("old");
    remove_tree(&old)?;
    fs::rename(folder, &old)?;
    if let Err(error) = fs::rename(staging, folder) {
        fs::rename(&old, folder)?;
        return Err(error);
    }
    fs::rename(&old, staging)
}

fn remove_tree(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Held while publishing. The lock belongs to the open file, so that it ends with the process however that ends.
struct Lock(#[allow(dead_code, reason = "the open file is the lock")] File);

impl Lock {
    fn take(path: &Path) -> Option<Self> {
        let file = File::create(path).ok()?;
        file.try_lock().ok()?;
        Some(Self(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(path: &str, text: &str) -> Artifact {
        Artifact { path: path.parse().expect("an output path"), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_new_tree_takes_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        fs::create_dir(&site).expect("a folder");
        fs::write(site.join(".gitignore"), "*\n").expect("a file");
        publish(&[artifact("index.html", "1"), artifact("old/index.html", "1")], &site).expect("published");
        publish(&[artifact("index.html", "2"), artifact("new/index.html", "2")], &site).expect("published");
        assert_eq!(fs::read_to_string(site.join("index.html")).expect("is there"), "2");
        assert!(site.join("new/index.html").is_file() && !site.join("old").exists());
        assert_eq!(fs::read_to_string(site.join(".gitignore")).expect("is there"), "*\n");
        let left: Vec<_> = fs::read_dir(folder.path())
            .expect("a folder")
            .filter_map(Result::ok)
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name != "site" && name != ".site.lock")
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("letter.doc"), "mine").expect("a file");
        let result = publish(&[artifact("index.html", "1")], folder.path());
        assert!(matches!(result, Err(Failure::ForeignFolder { .. })));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn two_at_once_do_not_mix() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        let held = Lock::take(&folder.path().join(".site.lock")).expect("nobody else has it");
        assert!(matches!(publish(&[artifact("index.html", "1")], &site), Err(Failure::Locked { .. })));
        drop(held);
        publish(&[artifact("index.html", "1")], &site).expect("published");
    }
}
