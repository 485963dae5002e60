//! Counts, choices and selections for the pages that are lists.

use content::{FaqEntry, LinkGroup, LinkState, Portal};
use serde::Serialize;

/// How many conditions there are in all documents.
pub(crate) fn condition_count(portal: &Portal) -> usize {
    portal.ruleset.documents.iter().map(|document| document.conditions.len()).sum()
}

/// Names of the provinces these entries hold for, each once.
pub(crate) fn provinces_of(entries: &[FaqEntry]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for entry in entries {
        if !names.contains(&entry.province_name.as_str()) {
            names.push(&entry.province_name);
        }
    }
    names
}

/// Batches of the catalogue, each once, sorted.
pub(crate) fn batches(portal: &Portal) -> Vec<&str> {
    let mut batches: Vec<&str> = portal
        .certificates
        .certificates
        .iter()
        .map(|certificate| certificate.batch.as_str())
        .filter(|batch| !batch.is_empty())
        .collect();
    batches.sort_unstable();
    batches.dedup();
    batches
}

/// How many rows of the link tables have which state.
#[derive(Debug, Default, Serialize)]
pub(crate) struct LinkCounts {
    total: usize,
    printed: usize,
    mended: usize,
    shared: usize,
    missing: usize,
}

impl LinkCounts {
    /// Counts them.
    pub(crate) fn of(groups: &[LinkGroup]) -> Self {
        let mut counts = Self::default();
        for link in groups.iter().flat_map(|group| &group.links) {
            counts.total += 1;
            match link.state {
                LinkState::Printed => counts.printed += 1,
                LinkState::Mended => counts.mended += 1,
                LinkState::Shared => counts.shared += 1,
                LinkState::Missing => counts.missing += 1,
            }
        }
        counts
    }
}
