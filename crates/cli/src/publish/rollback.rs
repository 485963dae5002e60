//! Going back to the tree that was published before, and forth again.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::beside::Beside;
use super::live::{Live, files_of};
use super::lock::Lock;
use super::marker::MARKER;
use super::spare::is_one_file;
use super::verify::is_page;
use super::{faults, swap, target};
use crate::failure::Failure;

/// How the tree that is published now differs from the one that was until now.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RolledBack {
    /// Pages that are there again.
    pub(crate) pages_added: usize,
    /// Pages that are as they were.
    pub(crate) pages_changed: usize,
    /// Pages that are gone.
    pub(crate) pages_removed: usize,
    pub(crate) files_changed: usize,
}

/// Exchanges the published tree and the one before it.
pub(crate) fn roll_back(folder: &Path) -> Result<RolledBack, Failure> {
    target::check(folder, &[])?;
    let beside = Beside::of(folder)?;
    if !beside.parent().is_dir() {
        return Err(Failure::NothingBefore { path: folder.to_owned() });
    }
    let _locked = Lock::take(&beside)?;
    beside.heal()?;
    let previous = beside.previous();
    if !previous.join(MARKER).is_file() {
        return Err(Failure::NothingBefore { path: folder.to_owned() });
    }
    let difference = date_anew(&Live::read(folder), &previous).map_err(Failure::write(&previous))?;
    faults::point("dated");
    swap::roll_back(&beside).map_err(Failure::write(folder))?;
    Ok(difference)
}

/// The tree that was published before this folder, where one is kept.
pub(crate) fn tree_before(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    let previous = Beside::of(folder)?.previous();
    Ok(Some(previous).filter(|tree| tree.join(MARKER).is_file()))
}

/// Dates every file of the tree before that the published one has otherwise, and counts them. A server that compares dates would
/// else tell browsers that they have the newest.
fn date_anew(live: &Live, previous: &Path) -> io::Result<RolledBack> {
    let now = SystemTime::now();
    let mut difference = RolledBack::default();
    let mut pages_kept = 0;
    for path in files_of(previous) {
        let file = previous.join(&*path);
        let differs = !live.has(&path) || !is_same_file(&live.path_of(&path), &file)?;
        if differs {
            File::options().append(true).open(&file)?.set_modified(now)?;
            difference.files_changed += 1;
        }
        if is_page(&path) {
            pages_kept += usize::from(live.has(&path));
            difference.pages_added += usize::from(!live.has(&path));
            difference.pages_changed += usize::from(differs && live.has(&path));
        }
    }
    difference.pages_removed = live.pages().len() - pages_kept;
    Ok(difference)
}

/// Whether two paths are one file, or two with the same bytes.
fn is_same_file(one: &Path, other: &Path) -> io::Result<bool> {
    if is_one_file(one, other)? {
        return Ok(true);
    }
    let same_length = fs::metadata(one)?.len() == fs::metadata(other)?.len();
    Ok(same_length && fs::read(one)? == fs::read(other)?)
}
