//! Walking through the segments as if they were one.

use rayon::prelude::*;

use super::segment::Placed;
use crate::postings::TermPostings;

/// A term of a segment.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) term: &'a str,
    placed: &'a Placed,
    /// Its number in the segment.
    number: usize,
}

/// The terms of all segments in the order of their bytes, those of one segment before the same ones of the next.
pub(super) fn all_terms(segments: &[Placed]) -> Vec<Found<'_>> {
    let terms = segments.par_iter().flat_map_iter(terms);
    let mut all: Vec<Found<'_>> = terms.collect();
    // Those of each segment are in order already, which a stable sort makes use of.
    all.par_sort_by(|left, right| left.term.cmp(right.term));
    all
}

/// The terms of one segment in the order of their bytes.
pub(super) fn terms(placed: &Placed) -> impl Iterator<Item = Found<'_>> {
    (0..placed.segment.len()).map(move |number| Found { term: placed.segment.term(number), placed, number })
}

/// One term in all segments in which it stands.
pub(super) fn find<'a>(segments: &'a [Placed], term: &str) -> Vec<Found<'a>> {
    let find = |placed: &'a Placed| {
        let number = placed.segment.find(term)?;
        Some(Found { term: placed.segment.term(number), placed, number })
    };
    segments.iter().filter_map(find).collect()
}

/// Where one term stands.
#[derive(Default)]
pub(super) struct Gathered {
    /// By entries.
    pub(super) postings: Vec<TermPostings>,
    /// The positions of which the postings speak.
    pub(super) positions: Vec<u32>,
}

impl Gathered {
    /// Forgets what it has and gathers one term from its segments, which are in their order.
    pub(super) fn gather(&mut self, found: &[Found<'_>]) {
        let Self { postings, positions } = self;
        postings.clear();
        positions.clear();
        for Found { placed, number, .. } in found {
            placed.segment.places(*number, positions, |occurrence, positions| {
                for entry in placed.segment.meant(occurrence.entry, occurrence.field) {
                    let posting = posting_of(placed.first + entry, postings);
                    posting.frequency[occurrence.field] = positions.len() as u32;
                    posting.length_class[occurrence.field] = occurrence.length_class;
                    posting.positions[occurrence.field] = (positions.start as u32, positions.end as u32);
                }
            });
        }
    }
}

/// The posting of an entry, which is the next one or one of those for which the last title stood.
fn posting_of(entry: u32, postings: &mut Vec<TermPostings>) -> &mut TermPostings {
    let after = postings.last().map_or(0, |last| last.entry + 1);
    let index = if entry < after {
        postings.len() - (after - entry) as usize
    } else {
        postings.push(TermPostings { entry, ..TermPostings::default() });
        postings.len() - 1
    };
    &mut postings[index]
}
