//! What was made of the entries, for the next time: after an edit most of it is as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::keys::{Keyed, key_of};
use super::lists::Lists;
use super::names::Names;
use super::pack::Packs;
use super::segment::{Placed, Segment};
use super::walk::{Gathered, terms};
use crate::directory::FIELDS;
use crate::postings::TermPostings;
use crate::vocabulary::Vocabulary;

/// Entries that may have changed for what is known of the others to be of use.
const MOST_CHANGED: usize = 1_000;

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
    /// Of each entry, that of its terms.
    pub(super) keys: Vec<u64>,
    /// What the entries are called, with the key of that.
    pub(super) names: (u64, Arc<Names>),
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

    /// What the entries are called.
    pub(super) fn names(&self, keyed: &Keyed<'_>) -> Arc<Names> {
        let known = self.terms.iter().map(|before| &before.names).find(|(known, _)| *known == keyed.named);
        known.map_or_else(|| Arc::new(Names::of(keyed.entries)), |(_, names)| Arc::clone(names))
    }

    /// The lists of all terms.
    pub(super) fn lists(
        &self,
        vocabulary: &Vocabulary,
        averages: &[f32; FIELDS],
        keys: &[u64],
        segments: &[Placed],
    ) -> Lists {
        let is_alike = |before: &&Before| *before.vocabulary == *vocabulary && before.averages == *averages;
        let Some(before) = self.terms.as_ref().filter(is_alike) else {
            return Lists::all(segments, averages);
        };
        let change = Change::between(&before.keys, keys);
        if change.before.len() + change.now.len() > MOST_CHANGED {
            return Lists::all(segments, averages);
        }
        let (gone, come) = rayon::join(
            || terms_within(&before.segments, &change.before),
            || terms_within(segments, &change.now),
        );
        let all = gone.keys().chain(come.keys());
        // What is as it was need not be looked for among all entries.
        let terms: BTreeSet<&str> = all.filter(|term| gone.get(*term) != come.get(*term)).copied().collect();
        before.lists.again(terms, &change, segments, averages)
    }
}

/// What an edit changed: these entries of before have become these entries of now; those before them are the same, and those after
/// them have moved.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) before: Range<u32>,
    pub(super) now: Range<u32>,
}

impl Change {
    /// By how many numbers the entries after it have moved, wrapping.
    pub(super) fn moves(&self) -> u32 {
        self.now.end.wrapping_sub(self.before.end)
    }

    fn between(before: &[u64], now: &[u64]) -> Self {
        let pairs = |(before, now): &(&u64, &u64)| before == now;
        let start = before.iter().zip(now).take_while(pairs).count();
        let (rest_before, rest_now) =
            (before.get(start..).unwrap_or_default(), now.get(start..).unwrap_or_default());
        let same = rest_before.iter().rev().zip(rest_now.iter().rev()).take_while(pairs).count();
        let range = |all: &[u64]| start as u32..(all.len() - same) as u32;
        Self { before: range(before), now: range(now) }
    }
}

/// Terms that stand in any of these entries, with keys of where and how.
fn terms_within<'a>(segments: &'a [Placed], entries: &Range<u32>) -> BTreeMap<&'a str, Vec<u64>> {
    let mut within: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let mut gathered = Gathered::default();
    let overlaps = |placed: &&Placed| {
        placed.first < entries.end && entries.start < placed.first + placed.segment.entries()
    };
    for found in segments.iter().filter(overlaps).flat_map(terms) {
        gathered.gather(&[found]);
        let postings = gathered.postings.iter().filter(|posting| entries.contains(&posting.entry));
        let mut keys = postings
            .map(|TermPostings { entry, frequency, length_class, positions }| {
                let positions =
                    positions.map(|(from, to)| gathered.positions.get(from as usize..to as usize));
                key_of((entry, frequency, length_class, positions))
            })
            .peekable();
        if keys.peek().is_some() {
            within.entry(found.term).or_default().extend(keys);
        }
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_what_is_not_the_same_on_both_sides() {
        let check = |before: &[u64], now: &[u64], expected: (Range<u32>, Range<u32>)| {
            let change = Change::between(before, now);
            assert_eq!((change.before, change.now), expected, "{before:?} {now:?}");
        };
        check(&[1, 2, 3], &[1, 2, 3], (3..3, 3..3));
        check(&[1, 2, 3], &[1, 4, 3], (1..2, 1..2));
        check(&[1, 2, 3], &[1, 2, 4, 5, 3], (2..2, 2..4));
        check(&[1, 1, 1], &[1, 1], (2..3, 2..2));
        check(&[], &[1], (0..0, 0..1));
    }
}
