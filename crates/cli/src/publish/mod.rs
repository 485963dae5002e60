//! Publishing: the new tree is written beside the old one, looked through, and takes its place in one step; the tree before is
//! kept for `zhinan rollback`.
//!
//! A [`Publishing`] holds the [`lock`], ends what an interrupted one began ([`beside`]), and asks whether the folder may be replaced
//! ([`target`]). It takes files as they are made and writes them beside the folder ([`stage`]), those that have not changed as links
//! into the [`live`] tree, most of which the [`spare`] one has, and looks for what must not be published ([`verify`]). Then the two
//! trees change places ([`swap`]). Whatever fails or is killed before that leaves the old tree as it was; after it the new one stands.

mod beside;
pub(crate) mod faults;
mod html;
mod links;
pub(crate) mod live;
mod lock;
mod marker;
mod packing;
mod rollback;
mod spare;
mod stage;
mod swap;
mod tally;
mod target;
pub(crate) mod verify;

use std::fs;
use std::path::{Path, PathBuf};

use render::{Artifact, Destination, OutputPath};

use crate::failure::Failure;

use beside::Beside;
use live::Live;
use lock::Lock;
use marker::Marker;
use spare::Spare;
use stage::Stage;
use tally::Tally;

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

/// A portal on its way into a folder, which nobody else publishes to meanwhile.
pub(crate) struct Publishing<'a> {
    wanted: Publication<'a>,
    beside: Beside,
    healed: bool,
    stage: Stage,
    // The last one to go: another run may begin then.
    _lock: Lock,
}

impl<'a> Publishing<'a> {
    /// Makes sure that the folder may be replaced; nothing is written to it before [`Publishing::finish`].
    pub(crate) fn new(wanted: Publication<'a>) -> Result<Self, Failure> {
        target::check(wanted.folder, &wanted.kept)?;
        let beside = Beside::of(wanted.folder)?;
        fs::create_dir_all(beside.parent()).map_err(Failure::write(beside.parent()))?;
        let lock = Lock::take(&beside)?;
        let healed = beside.heal()?;
        faults::point("locked");
        let (live, spare) = rayon::join(|| Live::read(wanted.folder), || Spare::take(&beside));
        let spare = spare.map_err(Failure::write(&beside.staging()))?;
        let stage = Stage::new(beside.staging(), live, spare, wanted.packed);
        Ok(Self { wanted, beside, healed, stage, _lock: lock })
    }

    /// Puts the tree of the files that were taken where the one before stands. Nothing wrong may be in it.
    pub(crate) fn finish(self) -> Result<Published, Failure> {
        let folder = self.wanted.folder;
        let tally = self.stage.finish()?;
        if !tally.faults.is_empty() {
            return Err(Failure::Faulty { folder: folder.to_owned(), faults: tally.faults });
        }
        for hidden in target::carried_over(folder)? {
            let staged = self.stage.folder().join(hidden.file_name().unwrap_or_default());
            fs::copy(&hidden, &staged).map_err(Failure::write(&hidden))?;
        }
        let marker = self.stage.folder().join(MARKER);
        let text = Marker::new(tally.files, self.wanted.packed).to_text();
        fs::write(&marker, text).map_err(Failure::write(&marker))?;
        faults::point("verified");
        swap::publish(&self.beside).map_err(|source| {
            let _ = self.beside.heal();
            Failure::write(folder)(source)
        })?;
        faults::point("published");
        if tally.linked == 0 {
            self.beside.remove_spare();
        }
        let before = self.stage.pages_before();
        let pages_before = Some(before.len()).filter(|count| *count > 0);
        let removed = before.into_iter().filter(|page| !self.stage.has(page)).map(str::to_owned).collect();
        Ok(Published { tally, removed, pages_before, healed: self.healed })
    }
}

/// Makes a spare tree of the published one, where there is none yet, so that what is published next begins with one. Where that cannot
/// be, it does without.
pub(crate) fn prepare_next(folder: &Path) {
    if let Ok(beside) = Beside::of(folder)
        && !beside.spare().exists()
        && let Ok(_lock) = Lock::take(&beside)
        && beside.heal().is_ok()
    {
        let _ = spare::make(&beside);
    }
}

impl Destination for Publishing<'_> {
    type Error = Failure;

    fn begin(&mut self, paths: &[OutputPath]) -> Result<(), Failure> {
        self.stage.begin(paths, &self.wanted.base_url)
    }

    fn take(&self, file: Artifact) -> Result<(), Failure> {
        self.stage.take(&file)
    }
}

#[cfg(test)]
mod tests;
