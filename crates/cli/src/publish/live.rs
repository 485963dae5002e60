//! The tree that is published now: which files it has, so that what has not changed is not written again.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::marker::{MARKER, Marker};
use super::verify::is_page;

/// A published tree; without files where there is none.
pub(crate) struct Live {
    folder: PathBuf,
    files: HashSet<Box<str>>,
    /// Whether its packed forms are what they would be if they were made anew.
    pub(crate) packs_alike: bool,
}

impl Live {
    /// Looks at a folder. What cannot be read there is as good as not there: it is written anew.
    pub(crate) fn read(folder: &Path) -> Self {
        let marker = Marker::read(folder);
        let files = if marker.is_some() { files_of(folder).collect() } else { HashSet::new() };
        Self {
            folder: folder.to_owned(),
            files,
            packs_alike: marker.is_some_and(|marker| marker.packs_alike()),
        }
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Its pages, in order.
    pub(crate) fn pages(&self) -> Vec<&str> {
        let mut pages: Vec<&str> =
            self.files.iter().map(|path| &**path).filter(|path| is_page(path)).collect();
        pages.sort_unstable();
        pages
    }

    pub(crate) fn path_of(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Whether a file is there with these bytes.
    pub(crate) fn has_same(&self, path: &str, bytes: &[u8]) -> bool {
        self.has(path) && is_same(&self.path_of(path), bytes).unwrap_or(false)
    }
}

fn is_same(path: &Path, bytes: &[u8]) -> std::io::Result<bool> {
    let mut file = fs::File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut rest = bytes;
    let mut part = [0; 16 * 1024];
    while !rest.is_empty() {
        let length = file.read(&mut part)?;
        if length == 0 || rest.get(..length) != Some(&part[..length]) {
            return Ok(false);
        }
        rest = &rest[length..];
    }
    Ok(true)
}

/// Paths of the files of a portal, in no order: without its marker, hidden files at its top, and links.
pub(crate) fn files_of(folder: &Path) -> impl Iterator<Item = Box<str>> {
    let entries = WalkDir::new(folder).min_depth(1).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).filter_map(|entry| path_in_portal(&entry))
}

/// The path of a file or folder of a portal below the folder of the portal; none of its marker and of what is hidden at its top.
pub(crate) fn path_in_portal(entry: &DirEntry) -> Option<Box<str>> {
    let parts = entry.path().components().rev().take(entry.depth()).collect::<Vec<_>>();
    let names: Option<Vec<&str>> = parts.iter().rev().map(|part| part.as_os_str().to_str()).collect();
    let path = names?.join("/");
    (path != MARKER && !path.starts_with('.')).then(|| path.into_boxed_str())
}
