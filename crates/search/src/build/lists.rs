//! The lists of the terms: for each, in which entries it stands, as it is written into the index.
//!
//! The segments are walked term by term. Terms come in the order of their bytes, entries in their own. Into how many segments the
//! entries were divided is not looked at: the bytes are the same for any number of threads.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::cache::Change;
use super::keys::key_of;
use super::pack::Packer;
use super::segment::Placed;
use super::walk::{Found, Gathered, Stretch, find};
use crate::directory::FIELDS;
use crate::native::unpack;
use crate::postings::{TermPostings, move_entries, read_tail, write_postings, write_tail};
use crate::weights::field_weight;

/// Entries of a term that stay in its head; the others go into its tail.
const HEAD_ENTRIES: usize = 700;

/// Lengths by which it is decided which entries of a term are its best ones, to one part in sixteen: as exact ones they would
/// differ a little after every edit, and the lists of all common terms with them.
pub(super) fn rough(averages: [f32; FIELDS]) -> [f32; FIELDS] {
    const KEPT: u32 = !0 << (f32::MANTISSA_DIGITS - 1 - 4);
    averages.map(|average| f32::from_bits(average.to_bits() & KEPT))
}

/// A term, with its lists as they are written.
pub(super) struct Written {
    /// Of all the rest.
    pub(super) key: u64,
    pub(super) term: Box<str>,
    pub(super) entries: u32,
    pub(super) head: Box<[u8]>,
    /// Packed already; empty where the head has all.
    pub(super) tail: Box<[u8]>,
}

impl Written {
    /// Copies what it is given: there are very many lists, and what they are written into has room to spare.
    pub(super) fn new(term: &str, entries: u32, head: &[u8], tail: &[u8]) -> Self {
        let key = key_of((term, entries, head, tail));
        Self { key, term: term.into(), entries, head: head.into(), tail: tail.into() }
    }
}

/// The lists of all terms, in the order of the terms.
pub(super) struct Lists(pub(super) Vec<Arc<Written>>);

impl Lists {
    /// Makes all of them.
    pub(super) fn all(segments: &[Placed], averages: &[f32; FIELDS]) -> Self {
        let workers = Workers::default();
        let lists = Stretch::all(segments).into_par_iter().with_max_len(1).map(|stretch| {
            let terms = stretch.terms();
            let each = terms.chunk_by(|left, right| left.term == right.term);
            workers.one(|worker| each.filter_map(|found| worker.list(found, averages)).collect::<Vec<_>>())
        });
        Self(lists.collect::<Vec<_>>().into_iter().flatten().collect())
    }

    /// Makes those of these terms anew and takes the others over, which stand in the entries that changed as they did before.
    pub(super) fn again(
        &self,
        terms: BTreeSet<&str>,
        change: &Change,
        segments: &[Placed],
        averages: &[f32; FIELDS],
    ) -> Self {
        let terms: Vec<&str> = terms.into_iter().collect();
        let workers = Workers::default();
        let made = terms.par_iter().with_max_len(1).map(|term| {
            let found = find(segments, term);
            workers.one(|worker| worker.list(&found, averages))
        });
        let made: Vec<Arc<Written>> = made.flatten_iter().collect();
        let others = self.0.par_iter().filter(|list| terms.binary_search(&&*list.term).is_err());
        let mut all: Vec<Arc<Written>> =
            others.map_init(Packer::for_tails, |packer, list| moved(list, change, packer)).collect();
        all.extend(made);
        all.sort_by(|left, right| left.term.cmp(&right.term));
        Self(all)
    }

    /// Number of entries of one term; none if it stands nowhere.
    pub(super) fn entries_of(&self, term: &str) -> Option<u32> {
        let place = self.0.binary_search_by(|list| (*list.term).cmp(term)).ok()?;
        self.0.get(place).map(|list| list.entries)
    }
}

/// What a thread needs to make lists one after another: what it has once taken room for, it keeps.
struct Worker {
    gathered: Gathered,
    packer: Packer,
}

impl Default for Worker {
    fn default() -> Self {
        Self { gathered: Gathered::default(), packer: Packer::for_tails() }
    }
}

/// Workers that nobody needs at the moment.
#[derive(Default)]
struct Workers(Mutex<Vec<Worker>>);

impl Workers {
    /// Does something with one of them, or with a new one.
    fn one<T>(&self, work: impl FnOnce(&mut Worker) -> T) -> T {
        let idle = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut worker = idle().pop().unwrap_or_default();
        let made = work(&mut worker);
        idle().push(worker);
        made
    }
}

impl Worker {
    /// The lists of one term: its best entries in the head, the others in the tail; none if it stands nowhere.
    fn list(&mut self, found: &[Found<'_>], averages: &[f32; FIELDS]) -> Option<Arc<Written>> {
        let term = found.first()?.term;
        self.gathered.gather(found);
        let Gathered { postings, positions } = &self.gathered;
        let mut head: Vec<&TermPostings> = Vec::new();
        let mut tail = Vec::new();
        if postings.len() > HEAD_ENTRIES {
            let mut rest: Vec<&TermPostings> = Vec::with_capacity(postings.len() - HEAD_ENTRIES);
            for (posting, is_best) in postings.iter().zip(best(postings, averages)) {
                if is_best { &mut head } else { &mut rest }.push(posting);
            }
            tail = self.packer.pack(&write_tail(term, &write_postings(&rest, None)));
        } else {
            head.extend(postings);
        }
        let entries = postings.len() as u32;
        let head = write_postings(&head, Some(positions));
        Some(Arc::new(Written::new(term, entries, &head, &tail)))
    }
}

/// For each entry, whether it is among the [`HEAD_ENTRIES`] for which the term means most; of equal ones the first are.
fn best(postings: &[TermPostings], averages: &[f32; FIELDS]) -> Vec<bool> {
    let impacts: Vec<f32> = postings
        .iter()
        .map(|posting| {
            (0..FIELDS)
                .map(|field| {
                    field_weight(field, posting.frequency[field], posting.length_class[field], averages)
                })
                .sum()
        })
        .collect();
    let mut order = impacts.clone();
    let (_, last, _) = order.select_nth_unstable_by(HEAD_ENTRIES - 1, |left, right| right.total_cmp(left));
    let last = *last;
    let better = impacts.iter().filter(|impact| impact.total_cmp(&last).is_gt()).count();
    let mut equal = HEAD_ENTRIES - better;
    impacts
        .iter()
        .map(|impact| match impact.total_cmp(&last) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal if equal > 0 => {
                equal -= 1;
                true
            }
            _ => false,
        })
        .collect()
}

/// The lists of a term that stands in the entries that changed as it did before: those after them have moved.
fn moved(list: &Arc<Written>, change: &Change, packer: &mut Packer) -> Arc<Written> {
    let by = change.moves();
    if by == 0 {
        return Arc::clone(list);
    }
    let own = "it was written by this build";
    let moved = |postings: &[u8]| move_entries(postings, change.before.end, by).expect(own);
    let head = moved(&list.head);
    let tail = if list.tail.is_empty() {
        None
    } else {
        let tail = unpack(&list.tail).expect(own);
        moved(read_tail(&list.term, &tail).expect(own))
    };
    if head.is_none() && tail.is_none() {
        return Arc::clone(list);
    }
    let tail = tail.map(|tail| packer.pack(&write_tail(&list.term, &tail)));
    let (head, tail) = (head.as_deref().unwrap_or(&list.head), tail.as_deref().unwrap_or(&list.tail));
    Arc::new(Written::new(&list.term, list.entries, head, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rough_lengths_differ_seldom() {
        assert_eq!(rough([0.0, 1.0, 100.0, 1.97]), [0.0, 1.0, 100.0, 1.9375]);
        assert_eq!(rough([100.0; FIELDS]), rough([100.9; FIELDS]));
        assert_ne!(rough([100.0; FIELDS]), rough([108.0; FIELDS]));
    }
}
