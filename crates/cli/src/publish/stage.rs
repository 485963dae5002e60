//! Writing the new tree beside the published one, by several threads: each file is looked at, and linked where the published tree
//! has the very same bytes, unless the [`Spare`] tree has that link already, else written; packed likewise.
//!
//! A file that is linked belongs to two trees. It is never written in place: that keeps the tree before whole.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use rayon::prelude::*;
use render::{Artifact, OutputPath};

use super::beside::remove_tree;
use super::faults;
use super::links::Places;
use super::live::Live;
use super::packing;
use super::spare::{Spare, is_one_file, link};
use super::swap::sync_tree;
use super::tally::Tally;
use super::verify::{self, Fault, is_page};
use crate::failure::Failure;

/// Bytes that are brought to the disk together while others are written: at the end there is little left to wait for.
const FLUSHED_AT_ONCE: u64 = 64 << 20;

/// A tree that is written. As long as it is none it is removed with this value: a half-written one is of no use to anybody.
pub(crate) struct Stage {
    folder: PathBuf,
    /// The published tree.
    live: Live,
    /// What stands in the folder already.
    spare: Spare,
    /// Whether packed forms are put beside the files.
    packed: bool,
    /// What links may lead to; nothing before [`Stage::begin`].
    places: Places,
    /// The folders of the tree.
    folders: BTreeSet<PathBuf>,
    progress: Mutex<Progress>,
}

/// What has happened until now.
#[derive(Default)]
struct Progress {
    tally: Tally,
    /// Files that were taken, and at how many of them half of all were.
    taken: usize,
    half: usize,
    /// Bytes that had been written when the last [`Stage::flush`] began.
    flushed: u64,
    /// What was written before it is on its way to the disk.
    flushing: Option<JoinHandle<io::Result<()>>>,
}

impl Stage {
    pub(crate) fn new(folder: PathBuf, live: Live, spare: Spare, packed: bool) -> Self {
        let (places, folders) = (Places::new(std::iter::empty(), ""), BTreeSet::new());
        Self { folder, live, spare, packed, places, folders, progress: Mutex::default() }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folders of these files.
    pub(crate) fn begin(&mut self, paths: &[OutputPath], base_url: &str) -> Result<(), Failure> {
        fs::create_dir_all(&self.folder).map_err(Failure::write(&self.folder))?;
        self.places = Places::new(paths.iter().map(OutputPath::as_str), base_url);
        // First what is gone: where a file stood there may be a folder now.
        let is_promised = |path: &str| self.has(path.strip_suffix(".gz").unwrap_or(path));
        self.spare.remove(is_promised).map_err(Failure::write(&self.folder))?;
        let folder_of = |path: &OutputPath| Some(self.folder.join(path.as_str()).parent()?.to_owned());
        self.folders = paths.iter().filter_map(folder_of).collect();
        self.folders
            .par_iter()
            .try_for_each(|folder| fs::create_dir_all(folder).map_err(Failure::write(folder)))?;
        self.progress().half = paths.len() / 2;
        faults::point("folders");
        Ok(())
    }

    /// Writes a file.
    pub(crate) fn take(&self, artifact: &Artifact) -> Result<(), Failure> {
        let tally = self.write_one(artifact)?;
        let mut progress = self.progress();
        progress.tally.add(tally);
        progress.taken += 1;
        let is_half = progress.taken == progress.half;
        self.flush(&mut progress)?;
        drop(progress);
        if is_half {
            faults::point("half-staged");
        }
        Ok(())
    }

    /// Begins to bring to the disk what was written until now, where that is much.
    fn flush(&self, progress: &mut Progress) -> Result<(), Failure> {
        let is_free = progress.flushing.as_ref().is_none_or(JoinHandle::is_finished);
        // Elsewhere a file system is not asked as a whole, but for each file.
        let waiting = progress.tally.written - progress.flushed;
        if cfg!(target_os = "linux") && is_free && waiting > FLUSHED_AT_ONCE {
            self.wait_for(progress.flushing.take())?;
            let folder = self.folder.clone();
            progress.flushing = Some(thread::spawn(move || sync_tree(&folder)));
            progress.flushed = progress.tally.written;
        }
        Ok(())
    }

    /// Waits for what is on its way to the disk; an error of the disk is told once, to the first who asks.
    fn wait_for(&self, flushing: Option<JoinHandle<io::Result<()>>>) -> Result<(), Failure> {
        let flushed = flushing.map_or(Ok(()), |flushing| flushing.join().unwrap_or(Ok(())));
        flushed.map_err(Failure::write(&self.folder))
    }

    /// What stands there when all files were taken.
    pub(crate) fn finish(&self) -> Result<Tally, Failure> {
        let (mut tally, flushing) = {
            let mut progress = self.progress();
            (std::mem::take(&mut progress.tally), progress.flushing.take())
        };
        self.wait_for(flushing)?;
        self.spare.remove(|_| false).map_err(Failure::write(&self.folder))?;
        let staged: usize = self.folders.par_iter().map(|folder| pages_in(folder)).sum();
        if staged != tally.pages() {
            tally.faults.push((String::new(), Fault::Missing { made: tally.pages(), staged }));
        }
        tally.faults.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(tally)
    }

    /// The pages of the published tree.
    pub(crate) fn pages_before(&self) -> Vec<&str> {
        self.live.pages()
    }

    /// Whether a page is one of this tree.
    pub(crate) fn has(&self, page: &str) -> bool {
        self.places.has(page)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_one(&self, artifact: &Artifact) -> Result<Tally, Failure> {
        let (path, bytes) = (artifact.path.as_str(), artifact.bytes.as_slice());
        let fault = verify::fault(path, bytes, &self.places);
        let mut tally = Tally {
            faults: fault.map(|fault| (path.to_owned(), fault)).into_iter().collect(),
            ..Tally::default()
        };
        let same = self.live.has_same(path, bytes);
        if is_page(path) {
            match (same, self.live.has(path)) {
                (true, _) => tally.pages_same = 1,
                (false, true) => tally.pages_changed = 1,
                (false, false) => tally.pages_added = 1,
            }
        }
        let linked = same && self.link(path);
        if !linked {
            match self.write(path, bytes) {
                Err(Failure::Write { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists => {
                    tally.faults.push((path.to_owned(), Fault::Twice));
                    return Ok(tally);
                }
                written => written?,
            }
        }
        tally.count(bytes.len() as u64, linked);
        if self.packed && packing::is_worth_packing(path, bytes.len()) {
            self.write_packed(&format!("{path}.gz"), bytes, same, &mut tally)?;
        }
        Ok(tally)
    }

    fn write_packed(&self, path: &str, bytes: &[u8], same: bool, tally: &mut Tally) -> Result<(), Failure> {
        if same && self.live.packs_alike && self.live.has(path) {
            let there = self.live.path_of(path);
            if packing::is_packed_form_of(&there, bytes) && self.link(path) {
                tally.count(fs::metadata(&there).map_or(0, |metadata| metadata.len()), true);
                return Ok(());
            }
        }
        if let Some(packed) = packing::packed(bytes) {
            self.write(path, &packed)?;
            tally.count(packed.len() as u64, false);
        }
        Ok(())
    }

    /// Takes a file over from the published tree; not where the file system refuses it.
    fn link(&self, path: &str) -> bool {
        let (there, staged) = (self.live.path_of(path), self.folder.join(path));
        if self.spare.has(path) && is_one_file(&there, &staged).unwrap_or(false) {
            self.spare.leave(path);
            return true;
        }
        self.spare.make_room(path).and_then(|()| link(&there, &staged)).is_ok()
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let staged = self.folder.join(path);
        let written =
            self.spare.make_room(path).and_then(|()| File::create_new(&staged)).and_then(|mut file| {
                // In two steps where a fault is to come between them.
                let (first, rest) = bytes.split_at(faults::pause_at(bytes.len()));
                if !first.is_empty() {
                    file.write_all(first)?;
                    faults::point("half-written");
                }
                file.write_all(rest)
            });
        written.map_err(Failure::write(&staged))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // After a swap nothing stands here any more.
        let _ = remove_tree(&self.folder);
    }
}

/// How many pages stand in a folder, those below it left out.
fn pages_in(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.filter(|entry| entry.file_name().to_str().is_some_and(is_page)).count()
}
