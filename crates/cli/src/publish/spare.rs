//! The tree that was published before the one a rollback goes back to. Nobody asks for it any more, so that it becomes the next one: after
//! an edit nearly all of its files are those of the published tree already, and need be neither linked nor removed.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::beside::{Beside, remove_tree};
use super::faults;
use super::live::{files_of, path_in_portal};

/// What a spare tree has left in the folder of the next one; nothing where there was none.
#[derive(Default)]
pub(crate) struct Spare {
    folder: PathBuf,
    /// Paths of its files that no file of the next tree has taken the place of yet.
    files: Mutex<HashSet<Box<str>>>,
}

impl Spare {
    /// Makes the spare tree the one that is written. Where there is none, or none that can be read, nothing stands there.
    pub(crate) fn take(beside: &Beside) -> io::Result<Self> {
        let folder = beside.staging();
        match fs::rename(beside.spare(), &folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
            Ok(()) => Self::read(&folder).or_else(|_| remove_tree(&folder).map(|()| Self::default())),
        }
    }

    fn read(folder: &Path) -> io::Result<Self> {
        // A link to a folder elsewhere would be walked through.
        if !fs::symlink_metadata(folder)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let mut files = HashSet::new();
        let mut entries = WalkDir::new(folder).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry?;
            match path_in_portal(&entry) {
                Some(path) if entry.file_type().is_file() => drop(files.insert(path)),
                Some(_) if entry.file_type().is_dir() => {}
                // The marker, hidden files, and what somebody else put there: no part of the next tree.
                _ => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                    remove_tree(entry.path())?;
                }
            }
        }
        Ok(Self { folder: folder.to_owned(), files: Mutex::new(files) })
    }

    /// Whether a file still stands at this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files().contains(path)
    }

    /// Leaves the file at this path where it stands: it is one of the next tree.
    pub(crate) fn leave(&self, path: &str) {
        self.files().remove(path);
    }

    /// Makes room at this path for a file of the next tree.
    pub(crate) fn make_room(&self, path: &str) -> io::Result<()> {
        let is_there = self.files().remove(path);
        if is_there { fs::remove_file(self.folder.join(path)) } else { Ok(()) }
    }

    /// Removes the files that still stand there and are not wanted, and folders that become empty.
    pub(crate) fn remove(&self, is_wanted: impl Fn(&str) -> bool) -> io::Result<()> {
        let unwanted: Vec<Box<str>> = self.files().extract_if(|path| !is_wanted(path)).collect();
        unwanted.par_iter().try_for_each(|path| {
            let file = self.folder.join(&**path);
            fs::remove_file(&file)?;
            let above = file.ancestors().skip(1).take_while(|folder| *folder != self.folder);
            // One that still has files refuses.
            above.take_while(|folder| fs::remove_dir(folder).is_ok()).for_each(drop);
            Ok(())
        })
    }

    fn files(&self) -> MutexGuard<'_, HashSet<Box<str>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the spare tree a second one of the links that the published tree has.
pub(crate) fn make(beside: &Beside) -> io::Result<()> {
    let (from, to) = (&beside.folder, beside.staging());
    let mut folders: BTreeMap<String, Vec<Box<str>>> = BTreeMap::new();
    for path in files_of(from) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        folders.entry(folder).or_default().push(path);
    }
    let made = folders.par_iter().try_for_each(|(folder, files)| {
        fs::create_dir_all(to.join(folder))?;
        files.iter().try_for_each(|path| link(&from.join(&**path), &to.join(&**path)))
    });
    match made {
        Ok(()) => fs::rename(to, beside.spare()),
        Err(error) => remove_tree(&to).and(Err(error)),
    }
}

/// Puts a file of one tree into another as well; not where the file system refuses it.
pub(crate) fn link(from: &Path, to: &Path) -> io::Result<()> {
    if faults::refuses("links") { Err(io::ErrorKind::Unsupported.into()) } else { fs::hard_link(from, to) }
}

/// Whether two paths lead to one file, which was linked. Where systems do not tell, they are taken for two.
pub(crate) fn is_one_file(one: &Path, other: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |path: &Path| fs::symlink_metadata(path).map(|one| (one.dev(), one.ino()));
        Ok(identity(one)? == identity(other)?)
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        Ok(false)
    }
}
