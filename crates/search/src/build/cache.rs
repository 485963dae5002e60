//! What was made of the entries, for the next time: after an edit most of it is as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use super::BuildError;
use super::lists::Lists;
use super::pack::Packs;
use super::segment::{Placed, Segment};
use super::walk::Sources;
use crate::directory::FIELDS;
use crate::vocabulary::Vocabulary;

/// Segments, lists and packed blocks of the last index. Whatever is taken from it, the index has the bytes that it would have
/// without.
#[derive(Default)]
pub struct Cache {
    pub(super) terms: Option<Before>,
    pub(super) packs: Packs,
}

/// The terms of the last time.
pub(super) struct Before {
    pub(super) vocabulary: Arc<Vocabulary>,
    pub(super) averages: [f32; FIELDS],
    pub(super) segments: Vec<Placed>,
    pub(super) lists: Lists,
}

impl Cache {
    /// Segments that may be taken over, by their keys.
    pub(super) fn segments(&self, vocabulary: &Vocabulary) -> BTreeMap<u64, Arc<Segment>> {
        let before = self.terms.iter().filter(|before| *before.vocabulary == *vocabulary);
        before
            .flat_map(|before| &before.segments)
            .map(|placed| (placed.key, Arc::clone(&placed.segment)))
            .collect()
    }

    /// The lists of all terms.
    pub(super) fn lists(&self, segments: &[Placed], averages: &[f32; FIELDS]) -> Result<Lists, BuildError> {
        let before = self.terms.as_ref().filter(|before| before.averages == *averages);
        if let Some(before) = before
            && let Some(terms) = changed_terms(&before.segments, segments)?
        {
            return before.lists.again(&terms, segments, averages);
        }
        Lists::all(segments, averages)
    }
}

/// Terms that stand elsewhere than before, or not in the same way; none if too much has changed for it to be of use.
fn changed_terms(before: &[Placed], now: &[Placed]) -> Result<Option<BTreeSet<String>>, BuildError> {
    let places = |segments: &[Placed]| -> Vec<(u32, u32)> {
        segments.iter().map(|placed| (placed.first, placed.segment.entries())).collect()
    };
    if places(before) != places(now) {
        return Ok(None);
    }
    let changed: Vec<(&Placed, &Placed)> =
        before.iter().zip(now).filter(|(before, now)| before.key != now.key).collect();
    let terms: Result<Vec<Vec<String>>, BuildError> = changed
        .into_par_iter()
        .map(|(before, now)| {
            let (before, now) = rayon::join(|| digests(before), || digests(now));
            let (before, now) = (before?, now?);
            let other = before.iter().chain(&now).filter(|(term, digest)| {
                before.get(*term) != Some(*digest) || now.get(*term) != Some(*digest)
            });
            Ok(other.map(|(term, _)| term.clone()).collect())
        })
        .collect();
    Ok(Some(terms?.into_iter().flatten().collect()))
}

/// Each term of a segment with a hash of where and how it stands.
fn digests(placed: &Placed) -> Result<BTreeMap<String, u64>, BuildError> {
    let mut digests = Vec::new();
    Sources::of(std::slice::from_ref(placed))?.each_term(&(None, None), |term, postings, positions| {
        let mut hasher = DefaultHasher::new();
        for posting in postings {
            (posting.entry, posting.frequency, posting.length_class).hash(&mut hasher);
            for (from, to) in posting.positions {
                positions.get(from..to).hash(&mut hasher);
            }
        }
        digests.push((term, hasher.finish()));
    })?;
    Ok(digests.into_iter().collect())
}
