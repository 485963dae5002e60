//! Whether files have been changed: those a portal is made of while it was made, those that were read since they were.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::read;

/// A file written so lately may be written once more without a sign: some file systems count in steps of two seconds.
const LATELY: Duration = Duration::from_secs(3);

/// What the file system says of every file of some folders: another saying means that somebody wrote.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stamps(Vec<(PathBuf, Option<Stamp>)>);

/// What the file system says of a file: its length, the time of its content, and what Unix knows besides, the time of any change
/// and the number of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    of_unix: [i64; 3],
}

impl Stamps {
    /// The stamps of now. Hidden files are left out, as nothing is made of them.
    pub(crate) fn of(folders: &[PathBuf]) -> Self {
        let entries = folders.iter().flat_map(|folder| {
            let all = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(read::is_visible);
            all.filter_map(Result::ok)
        });
        let files: Vec<DirEntry> = entries.filter(|entry| !entry.file_type().is_dir()).collect();
        let stamp = |entry: &DirEntry| entry.metadata().ok().map(|metadata| Stamp::new(&metadata));
        let with_stamp = |entry: DirEntry| {
            let stamp = stamp(&entry);
            (entry.into_path(), stamp)
        };
        Self(files.into_par_iter().map(with_stamp).collect())
    }

    /// Whether another writing of any of the files would be seen.
    pub(crate) fn are_settled(&self) -> bool {
        self.0.iter().all(|(_, stamp)| stamp.as_ref().is_some_and(Stamp::is_settled))
    }

    /// A file that is not what it was, where there is one.
    pub(crate) fn first_change<'a>(&'a self, now: &'a Self) -> Option<&'a Path> {
        let at = self.0.iter().zip(&now.0).position(|(before, after)| before != after);
        let at = at.unwrap_or(self.0.len().min(now.0.len()));
        // Of two names the first in order is the one that has come or gone.
        let candidates = [self.0.get(at), now.0.get(at)];
        candidates.into_iter().flatten().map(|(path, _)| path.as_path()).min()
    }
}

impl Stamp {
    /// The stamp of a file; none where nothing can be told.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().map(|metadata| Self::new(&metadata))
    }

    fn new(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let of_unix = {
            use std::os::unix::fs::MetadataExt;
            [metadata.ctime(), metadata.ctime_nsec(), metadata.ino() as i64]
        };
        #[cfg(not(unix))]
        let of_unix = [0; 3];
        Self { length: metadata.len(), modified: metadata.modified().ok(), of_unix }
    }

    /// Bytes of the file.
    pub(crate) fn length(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }

    /// Whether the file was written so long ago that another writing would be seen.
    pub(crate) fn is_settled(&self) -> bool {
        let since = self.modified.and_then(|modified| modified.elapsed().ok());
        since.is_some_and(|since| since > LATELY)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn r15_every_change_of_a_file_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir(root.join("a")).expect("a folder");
        let write = |name: &str, text: &str| fs::write(root.join(name), text).expect("written");
        write("a/one.md", "1");
        write("two.md", "2");
        let now = || Stamps::of(&[root.to_owned(), root.join("none")]);
        let changed = |before: &Stamps| {
            let now = now();
            before.first_change(&now).map(|path| path.strip_prefix(root).expect("it is below").to_owned())
        };
        let mut before = now();
        assert_eq!(changed(&before), None);
        write(".hidden", "x");
        assert_eq!(changed(&before), None);
        write("a/three.md", "3");
        assert_eq!(changed(&before), Some("a/three.md".into()));
        before = now();
        fs::remove_file(root.join("a/one.md")).expect("removed");
        assert_eq!(changed(&before), Some("a/one.md".into()));
        before = now();
        // The same length and the same time: an editor that renames, a copy that keeps times.
        let time = fs::metadata(root.join("two.md")).and_then(|one| one.modified()).expect("a time");
        write("new.tmp", "9");
        fs::File::options()
            .append(true)
            .open(root.join("new.tmp"))
            .and_then(|file| file.set_modified(time))
            .expect("dated");
        fs::rename(root.join("new.tmp"), root.join("two.md")).expect("renamed");
        assert_eq!(changed(&before), Some("two.md".into()).filter(|_| cfg!(unix)));
    }
}
