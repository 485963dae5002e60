//! Writing the new tree beside the published one, all files at once: each is looked at, and linked where the published tree has
//! the very same bytes, else written; packed likewise. What was written is dropped at once where it is owned.
//!
//! A file that is linked belongs to two trees. It is never written in place: that keeps the tree before whole.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use render::Artifact;

use super::faults;
use super::links::Places;
use super::live::Live;
use super::packing;
use super::verify::{self, Fault, is_page};
use crate::failure::Failure;

/// What is needed to write a tree.
pub(crate) struct Stage<'a> {
    /// The folder that is written to.
    pub(crate) folder: &'a Path,
    pub(crate) live: &'a Live,
    pub(crate) places: &'a Places,
    /// Whether packed forms are put beside the files.
    pub(crate) packed: bool,
}

/// What was written, and how it differs from the published tree.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    /// Files that are those of the published tree.
    pub(crate) linked: usize,
    pub(crate) pages_added: usize,
    pub(crate) pages_changed: usize,
    pub(crate) pages_same: usize,
    /// Files that must not be published, each with what is wrong.
    pub(crate) faults: Vec<(String, Fault)>,
}

impl Tally {
    pub(crate) fn pages(&self) -> usize {
        self.pages_added + self.pages_changed + self.pages_same
    }

    fn and(mut self, mut other: Self) -> Self {
        self.files += other.files;
        self.bytes += other.bytes;
        self.linked += other.linked;
        self.pages_added += other.pages_added;
        self.pages_changed += other.pages_changed;
        self.pages_same += other.pages_same;
        self.faults.append(&mut other.faults);
        self
    }
}

impl Stage<'_> {
    /// Writes all files, and counts what stands there afterwards.
    pub(crate) fn write_all<A>(&self, artifacts: Vec<A>) -> Result<Tally, Failure>
    where
        A: Borrow<Artifact> + Send + Sync,
    {
        fs::create_dir(self.folder).map_err(Failure::write(self.folder))?;
        let folders: BTreeSet<PathBuf> = artifacts
            .iter()
            .filter_map(|artifact| {
                Some(self.folder.join(artifact.borrow().path.as_str()).parent()?.to_owned())
            })
            .collect();
        folders
            .par_iter()
            .try_for_each(|folder| fs::create_dir_all(folder).map_err(Failure::write(folder)))?;
        faults::point("folders");
        let half = artifacts.len() / 2;
        let mut tally = artifacts
            .into_par_iter()
            .enumerate()
            .map(|(index, artifact)| {
                if index == half {
                    faults::point("half-staged");
                }
                self.write_one(artifact.borrow())
            })
            .try_reduce(Tally::default, |one, other| Ok(one.and(other)))?;
        let staged: usize = folders.par_iter().map(|folder| pages_in(folder)).sum();
        if staged != tally.pages() {
            tally.faults.push((String::new(), Fault::Missing { made: tally.pages(), staged }));
        }
        tally.faults.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(tally)
    }

    fn write_one(&self, artifact: &Artifact) -> Result<Tally, Failure> {
        let (path, bytes) = (artifact.path.as_str(), artifact.bytes.as_slice());
        let fault = verify::fault(path, bytes, self.places);
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
        !faults::refuses("links") && fs::hard_link(self.live.path_of(path), self.folder.join(path)).is_ok()
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.folder.join(path);
        let written = File::create_new(&path).and_then(|mut file| {
            // In two steps where a fault is to come between them.
            let (first, rest) = bytes.split_at(faults::pause_at(bytes.len()));
            if !first.is_empty() {
                file.write_all(first)?;
                faults::point("half-written");
            }
            file.write_all(rest)
        });
        written.map_err(Failure::write(&path))
    }
}

impl Tally {
    fn count(&mut self, bytes: u64, linked: bool) {
        self.files += 1;
        self.bytes += bytes;
        self.linked += usize::from(linked);
    }
}

/// How many pages stand in a folder, those below it left out.
fn pages_in(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.filter(|entry| entry.file_name().to_str().is_some_and(is_page)).count()
}
