//! Walking through the segments as if they were one.

use std::ops::Range;

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

/// Terms from one up to another: for each segment, the numbers it has for them.
pub(super) struct Stretch<'a>(Vec<(&'a Placed, Range<usize>)>);

/// Into so many stretches the terms are divided where there are enough of them: one at a time is put in order, by each thread.
const STRETCHES: usize = 256;

impl<'a> Stretch<'a> {
    /// All terms, in the order of their bytes.
    pub(super) fn all(segments: &'a [Placed]) -> Vec<Self> {
        let longest = segments.iter().max_by_key(|placed| placed.segment.len());
        let ends = longest.into_iter().flat_map(|placed| {
            let terms = placed.segment.len();
            (1..STRETCHES).map(move |part| placed.segment.term(part * terms / STRETCHES))
        });
        let mut from = vec![0; segments.len()];
        let mut stretch = |end: Option<&str>| {
            let of_one = |(placed, from): (&'a Placed, &mut usize)| {
                let end = end.map_or(placed.segment.len(), |end| placed.segment.first_from(end));
                (placed, std::mem::replace(from, end)..end)
            };
            Self(segments.iter().zip(&mut from).map(of_one).collect())
        };
        let mut all: Vec<Self> = ends.map(|end| stretch(Some(end))).collect();
        all.push(stretch(None));
        all
    }

    /// Its terms in their order, those of one segment before the same ones of the next.
    pub(super) fn terms(&self) -> Vec<Found<'a>> {
        let terms = self.0.iter().flat_map(|(placed, numbers)| terms_of(placed, numbers.clone()));
        let mut terms: Vec<Found<'a>> = terms.collect();
        // Those of each segment are in order already, which a stable sort makes use of.
        terms.sort_by(|left, right| left.term.cmp(right.term));
        terms
    }
}

/// The terms of one segment in the order of their bytes.
pub(super) fn terms(placed: &Placed) -> impl Iterator<Item = Found<'_>> {
    terms_of(placed, 0..placed.segment.len())
}

fn terms_of(placed: &Placed, numbers: Range<usize>) -> impl Iterator<Item = Found<'_>> {
    numbers.map(move |number| Found { term: placed.segment.term(number), placed, number })
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
