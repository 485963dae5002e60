//! The names beside a published folder, and what an interrupted run may have left under them.
//!
//! | name | what it is |
//! |---|---|
//! | `.site.lock` | held while something is published; stays |
//! | `.site.previous` | the tree before, for `zhinan rollback`; stays |
//! | `.site.spare` | the tree before that one, which the next run makes its own ([`super::spare`]); stays |
//! | `.site.staging` | a tree that is being written |
//! | `.site.ready-N` | a whole tree that waits for the swap; after the exchange of the two the old tree, which is not the folder N |
//! | `.site.aside` | the old tree, where two folders cannot be exchanged |
//! | `.site.discarded` | a tree that is being removed |

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::marker::MARKER;
use crate::failure::Failure;

/// A folder that is published to, and the names beside it.
pub(crate) struct Beside {
    /// The folder itself, absolute.
    pub(crate) folder: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Beside {
    /// The names beside this folder.
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        let absolute = std::path::absolute(folder).map_err(Failure::write(folder))?;
        match (absolute.parent(), absolute.file_name()) {
            (Some(parent), Some(name)) => Ok(Self {
                parent: parent.to_owned(),
                name: name.to_string_lossy().into_owned(),
                folder: absolute,
            }),
            _ => Err(Failure::ForeignFolder { path: folder.to_owned() }),
        }
    }

    pub(crate) fn parent(&self) -> &Path {
        &self.parent
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.named("lock")
    }

    pub(crate) fn previous(&self) -> PathBuf {
        self.named("previous")
    }

    pub(crate) fn spare(&self) -> PathBuf {
        self.named("spare")
    }

    pub(crate) fn staging(&self) -> PathBuf {
        self.named("staging")
    }

    pub(crate) fn aside(&self) -> PathBuf {
        self.named("aside")
    }

    /// The name of a whole tree before the swap. It has the number of the folder, so that after an interruption it can be told
    /// from the old tree, which the exchange puts under the same name.
    pub(crate) fn ready(&self, tree: &Path) -> io::Result<PathBuf> {
        Ok(self.named(&format!("ready-{}", number(tree)?)))
    }

    /// Makes `tree`, which was published until now, the one that a rollback goes back to, and the one before it the spare one. What was no
    /// portal goes.
    pub(crate) fn keep(&self, tree: &Path) -> io::Result<()> {
        if !tree.join(MARKER).is_file() {
            return remove_tree(tree);
        }
        let discarded = self.discarded();
        rename_if_there(&self.spare(), &discarded)?;
        rename_if_there(&self.previous(), &self.spare())?;
        super::faults::point("older-set-aside");
        fs::rename(tree, self.previous())?;
        super::faults::point("kept");
        // What cannot be removed now is tried again by the next run, which tells it.
        let _ = remove_tree(&discarded);
        Ok(())
    }

    /// Removes the spare tree: where files cannot be linked, it holds as much as the published one and is of no use.
    pub(crate) fn remove_spare(&self) {
        let discarded = self.discarded();
        if rename_if_there(&self.spare(), &discarded).is_ok() {
            let _ = remove_tree(&discarded);
        }
    }

    /// Ends what an interrupted run began; whether there was anything. Only under the lock.
    pub(crate) fn heal(&self) -> Result<bool, Failure> {
        let leftovers = self.leftovers();
        for leftover in &leftovers {
            self.heal_one(leftover).map_err(Failure::write(leftover))?;
        }
        Ok(!leftovers.is_empty())
    }

    fn heal_one(&self, leftover: &Path) -> io::Result<()> {
        let is_old = if leftover == self.aside() {
            true
        } else if let Some(number_then) = self.ready_number(leftover) {
            number(leftover)? != number_then
        } else {
            false
        };
        if !is_old {
            return remove_tree(leftover);
        }
        if self.folder.exists() { self.keep(leftover) } else { fs::rename(leftover, &self.folder) }
    }

    /// What may stand beside the folder, old trees last: where one of them is kept, nothing may be in its way.
    fn leftovers(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.parent).into_iter().flatten().filter_map(Result::ok);
        let mut ready: Vec<PathBuf> =
            entries.map(|entry| entry.path()).filter(|path| self.ready_number(path).is_some()).collect();
        ready.sort();
        let mut found = vec![self.staging(), self.discarded(), self.aside()];
        found.append(&mut ready);
        found.retain(|path| fs::symlink_metadata(path).is_ok());
        found
    }

    fn ready_number(&self, path: &Path) -> Option<u64> {
        let name = path.file_name()?.to_str()?;
        name.strip_prefix(&format!(".{}.ready-", self.name))?.parse().ok()
    }

    fn discarded(&self) -> PathBuf {
        self.named("discarded")
    }

    fn named(&self, what: &str) -> PathBuf {
        self.parent.join(format!(".{}.{what}", self.name))
    }
}

fn rename_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The number the file system knows a folder by, whatever it is called. Elsewhere folders are never exchanged, so that none
/// needs to be told from another.
fn number(folder: &Path) -> io::Result<u64> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::symlink_metadata(folder).map(|metadata| metadata.ino())
    }
    #[cfg(not(unix))]
    {
        fs::symlink_metadata(folder).map(|_| 0)
    }
}

/// Removes a folder, its parts at once; none is fine.
pub(crate) fn remove_tree(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Ok(metadata) if !metadata.is_dir() => return fs::remove_file(folder),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let folders: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    folders.par_iter().try_for_each(|folder| remove_tree(folder))?;
    fs::remove_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(path: &Path, says: &str) {
        fs::create_dir_all(path.join("deep/er")).expect("a folder");
        fs::write(path.join(MARKER), says).expect("written");
    }

    fn says(path: &Path) -> Option<String> {
        fs::read_to_string(path.join(MARKER)).ok()
    }

    #[test]
    fn r13_what_an_interrupted_run_left_is_put_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let beside = Beside::of(&folder.path().join("site")).expect("it has a parent");
        assert!(!beside.heal().expect("nothing to do"));

        // Killed before the swap: the new tree waits, the published one stands.
        tree(&beside.folder, "old");
        tree(&beside.staging(), "half");
        let waiting = folder.path().join("x");
        tree(&waiting, "new");
        fs::rename(&waiting, beside.ready(&waiting).expect("it is there")).expect("renamed");
        assert!(beside.heal().expect("healed"));
        assert_eq!((says(&beside.folder), says(&beside.previous())), (Some("old".to_owned()), None));

        // Killed after the exchange: the name of the new tree holds the old one.
        tree(&waiting, "new");
        let ready = beside.ready(&waiting).expect("it is there");
        fs::rename(&beside.folder, &ready).expect("renamed");
        fs::rename(&waiting, &beside.folder).expect("renamed");
        assert!(beside.heal().expect("healed"));
        let both = |beside: &Beside| (says(&beside.folder), says(&beside.previous()));
        assert_eq!(both(&beside), (Some("new".to_owned()), Some("old".to_owned())));

        // Killed between two renames: nothing is published, the old tree is put back.
        fs::rename(&beside.folder, beside.aside()).expect("renamed");
        assert!(beside.heal().expect("healed"));
        assert_eq!(both(&beside), (Some("new".to_owned()), Some("old".to_owned())));

        // Killed after the second of them.
        tree(&beside.aside(), "newer");
        assert!(beside.heal().expect("healed"));
        assert_eq!(both(&beside), (Some("new".to_owned()), Some("newer".to_owned())));
        assert_eq!(says(&beside.spare()), Some("old".to_owned()));

        // Killed between the two that set older trees aside.
        tree(&beside.aside(), "newest");
        fs::rename(beside.spare(), beside.discarded()).expect("renamed");
        fs::rename(beside.previous(), beside.spare()).expect("renamed");
        assert!(beside.heal().expect("healed"));
        assert_eq!(both(&beside), (Some("new".to_owned()), Some("newest".to_owned())));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing else is left");
    }
}
