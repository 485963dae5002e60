//! What stands in a tree that is about to be published.

use super::verify::Fault;

/// What was written, and how it differs from the published tree.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    /// Files that are those of the published tree.
    pub(crate) linked: usize,
    /// Bytes of the others.
    pub(crate) written: u64,
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

    /// Counts a file that was written, or linked.
    pub(crate) fn count(&mut self, bytes: u64, linked: bool) {
        self.files += 1;
        self.bytes += bytes;
        self.linked += usize::from(linked);
        self.written += if linked { 0 } else { bytes };
    }

    /// Adds what another has counted.
    pub(crate) fn add(&mut self, mut other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.linked += other.linked;
        self.written += other.written;
        self.pages_added += other.pages_added;
        self.pages_changed += other.pages_changed;
        self.pages_same += other.pages_same;
        self.faults.append(&mut other.faults);
    }
}
