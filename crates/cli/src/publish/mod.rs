//! Publishing: the new tree is written beside the old one, looked through, and takes its place in one step; the tree before is
//! kept for `zhinan rollback`.
//!
//! A run holds the [`lock`], ends what an interrupted one began ([`beside`]), and asks whether the folder may be replaced
//! ([`target`]). It writes all files beside it ([`stage`]), those that have not changed as links into the [`live`] tree, and looks
//! for what must not be published ([`verify`]). Then the two trees change places ([`swap`]). Whatever fails or is killed before
//! that leaves the old tree as it was; after it the new one stands.

mod beside;
pub(crate) mod faults;
mod html;
mod links;
pub(crate) mod live;
mod lock;
mod marker;
mod packing;
mod rollback;
mod stage;
mod swap;
mod target;
pub(crate) mod verify;

use std::borrow::Borrow;
use std::fs;
use std::path::{Path, PathBuf};

use render::Artifact;

use crate::failure::Failure;

use beside::{Beside, remove_tree};
use links::Places;
use live::Live;
use lock::Lock;
use marker::Marker;
use stage::{Stage, Tally};

pub(crate) use marker::MARKER;
pub(crate) use rollback::{RolledBack, roll_back, tree_before};

/// Where and how a tree is published.
#[derive(Debug)]
pub(crate) struct Publication<'a> {
    pub(crate) folder: &'a Path,
    /// Folders that the one published to may not be, hold or be in: what the portal is made of.
    pub(crate) kept: Vec<PathBuf>,
    /// Whether packed forms are put beside the files.
    pub(crate) packed: bool,
    /// Where the portal is published; may be empty.
    pub(crate) base_url: String,
}

/// What was published.
#[derive(Debug)]
pub(crate) struct Published {
    /// What was written and what was the same.
    pub(crate) tally: Tally,
    /// Pages of the tree before that are gone.
    pub(crate) removed: Vec<String>,
    /// Pages of the tree before; none where nothing was published there.
    pub(crate) pages_before: Option<usize>,
    /// Whether an interrupted run had left something.
    pub(crate) healed: bool,
}

impl Published {
    /// Whether so many pages are gone that somebody may have built from the wrong folder.
    pub(crate) fn has_far_fewer_pages(&self) -> bool {
        let (before, now) = (self.pages_before.unwrap_or(0), self.tally.pages());
        before >= now + 5 && now * 4 < before * 3
    }
}

/// Writes the artifacts to a folder, replacing what was there. Artifacts that are given away are dropped as soon as they are written.
pub(crate) fn publish<A>(artifacts: Vec<A>, wanted: &Publication) -> Result<Published, Failure>
where
    A: Borrow<Artifact> + Send + Sync,
{
    let folder = wanted.folder;
    target::check(folder, &wanted.kept)?;
    let beside = Beside::of(folder)?;
    fs::create_dir_all(beside.parent()).map_err(Failure::write(beside.parent()))?;
    let _locked = Lock::take(&beside)?;
    let healed = beside.heal()?;
    faults::point("locked");
    let (live, places) = rayon::join(
        || Live::read(folder),
        || Places::new(artifacts.iter().map(Borrow::borrow), &wanted.base_url),
    );
    let staging = beside.staging();
    let stage = Stage { folder: &staging, live: &live, places: &places, packed: wanted.packed };
    let tally = stage_whole(&stage, artifacts, folder).inspect_err(|_| {
        // The old tree stands; a half-written one beside it is of no use to anybody.
        let _ = remove_tree(&staging);
    })?;
    faults::point("verified");
    swap::publish(&beside).map_err(|source| {
        let _ = beside.heal();
        Failure::write(folder)(source)
    })?;
    faults::point("published");
    let before = live.pages();
    let removed = before.iter().filter(|page| !places.has(page)).map(|page| (*page).to_owned()).collect();
    Ok(Published { tally, removed, pages_before: Some(before.len()).filter(|count| *count > 0), healed })
}

/// The whole staged tree: the artifacts, what is carried over, the marker. Nothing wrong may be in it.
fn stage_whole<A>(stage: &Stage, artifacts: Vec<A>, folder: &Path) -> Result<Tally, Failure>
where
    A: Borrow<Artifact> + Send + Sync,
{
    let tally = stage.write_all(artifacts)?;
    if !tally.faults.is_empty() {
        return Err(Failure::Faulty { folder: folder.to_owned(), faults: tally.faults });
    }
    for hidden in target::carried_over(folder)? {
        let staged = stage.folder.join(hidden.file_name().unwrap_or_default());
        fs::copy(&hidden, &staged).map_err(Failure::write(&hidden))?;
    }
    let marker = stage.folder.join(MARKER);
    let text = Marker::new(tally.files, stage.packed).to_text();
    fs::write(&marker, text).map_err(Failure::write(&marker))?;
    Ok(tally)
}

#[cfg(test)]
mod tests;
