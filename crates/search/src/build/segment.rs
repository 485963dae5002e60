//! Segments: what stands where in neighbouring entries, each counted by one thread.
//!
//! Terms and what is known of them are gathered in the table of tantivy's own writer (`tantivy-stacker`): a hash table and lists that
//! grow in an arena. tantivy itself would pack the lists into a segment for searching, only to have all of it read back and written
//! in another form here, which took a third of the time of a portal of 10,000 pages.
//!
//! The clauses of a document stand beside each other and all have its title. It is counted with the first of them alone, and
//! [`Segment::meant`] tells for how many it stands: a third less to do.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy_common::read_u32_vint;
use tantivy_stacker::{ArenaHashMap, ExpUnrolledLinkedList, MemoryArena};

use super::shares::Share;
use super::surroundings::Surroundings;
use crate::atoms::Atoms;
use crate::directory::{FIELDS, TITLE};
use crate::entry::Entry;
use crate::tokens::tokens;
use crate::vocabulary::Vocabulary;
use crate::weights::length_class;

/// Bytes of a term that is not worth being found.
const LONGEST_TERM: usize = 1_000;
/// Bytes of text for each place in the table to begin with; it grows where they are not enough.
const BYTES_FOR_A_PLACE: usize = 40;

/// What stands where in neighbouring entries.
pub(super) struct Segment {
    /// The terms in the order of their bytes, one after another.
    terms: String,
    /// Where each term begins, and where what is said of it does; last, where both end.
    starts: Vec<(u32, u32)>,
    /// Written by [`Record::add`].
    places: Vec<u8>,
    /// For each entry, how long its fields are.
    length_classes: Vec<[u8; FIELDS]>,
    /// For each entry, for how many entries from it on its surroundings stand; 0 where those of one before it do.
    repeats: Vec<u32>,
    /// Number of tokens of each field.
    pub(super) tokens: [u64; FIELDS],
    pub(super) surroundings: Surroundings,
}

/// A term in one field of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    /// Number of the entry in its segment.
    pub(super) entry: u32,
    pub(super) field: usize,
    pub(super) length_class: u8,
}

/// A segment among all: the same one may be found again further on or back.
pub(super) struct Placed {
    /// Number of its first entry.
    pub(super) first: u32,
    /// That of its share.
    pub(super) key: u64,
    pub(super) segment: Arc<Segment>,
}

impl Placed {
    /// Counts the shares, one at a time by each thread, but for those that are known from before.
    pub(super) fn all(
        shares: Vec<Share<'_>>,
        vocabulary: &Vocabulary,
        known: &BTreeMap<u64, Arc<Segment>>,
    ) -> Vec<Self> {
        shares
            .into_par_iter()
            .with_max_len(1)
            .map(|share| {
                let key = share.key();
                let segment =
                    known.get(&key).map_or_else(|| Arc::new(Segment::of(&share, vocabulary)), Arc::clone);
                Self { first: share.first, key, segment }
            })
            .collect()
    }
}

impl Segment {
    /// Number of its entries.
    pub(super) fn entries(&self) -> u32 {
        self.repeats.len() as u32
    }

    /// Number of its terms.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where a term is, and where what is said of it is.
    fn bounds(&self, number: usize) -> (Range<usize>, Range<usize>) {
        let ((term, place), (term_end, place_end)) = (self.starts[number], self.starts[number + 1]);
        (term as usize..term_end as usize, place as usize..place_end as usize)
    }

    /// One of the terms, which are in the order of their bytes.
    pub(super) fn term(&self, number: usize) -> &str {
        self.terms.get(self.bounds(number).0).unwrap_or_default()
    }

    /// The number of a term.
    pub(super) fn find(&self, term: &str) -> Option<usize> {
        let number = self.first_from(term);
        (number < self.len() && self.term(number) == term).then_some(number)
    }

    /// The number of the first term that is this one or stands after it; that of all where none is.
    pub(super) fn first_from(&self, term: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.term(middle) < term {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The entries for which a field of one of them stands, by their numbers in the segment.
    pub(super) fn meant(&self, entry: u32, field: usize) -> Range<u32> {
        let repeats = if field == TITLE { self.repeats.get(entry as usize).copied() } else { None };
        entry..entry + repeats.unwrap_or(1)
    }

    /// Calls `visit` with each field of each entry in which a term stands, in their order, after its positions were added to a list.
    pub(super) fn places(
        &self,
        number: usize,
        positions: &mut Vec<u32>,
        mut visit: impl FnMut(Occurrence, Range<usize>),
    ) {
        let mut places = self.places.get(self.bounds(number).1).unwrap_or_default();
        let mut next_field = 0;
        while !places.is_empty() {
            let number = next_field + read_u32_vint(&mut places);
            next_field = number + 1;
            let (entry, field) = (number / FIELDS as u32, number as usize % FIELDS);
            let (from, mut position) = (positions.len(), 0);
            while !places.is_empty() {
                let step = read_u32_vint(&mut places);
                if step == 0 {
                    break;
                }
                position += step - 1;
                positions.push(position);
            }
            let length_class = self.length_classes.get(entry as usize).map_or(0, |classes| classes[field]);
            visit(Occurrence { entry, field, length_class }, from..positions.len());
        }
    }

    fn of(share: &Share<'_>, vocabulary: &Vocabulary) -> Self {
        let bytes: usize = share.entries.iter().map(|entry| entry.text.len()).sum();
        let mut counter = Counter {
            vocabulary,
            terms: ArenaHashMap::with_capacity((bytes / BYTES_FOR_A_PLACE).max(1_024)),
            arena: MemoryArena::default(),
            tokens: [0; FIELDS],
            surroundings: Surroundings::default(),
        };
        let repeats = repeats(share.entries);
        let mut length_classes = Vec::with_capacity(share.entries.len());
        for (entry, repeats) in share.entries.iter().zip(&repeats) {
            let is_within_reach = length_classes.len() < share.reach;
            let first = (length_classes.len() * FIELDS) as u32;
            let also = entry.also.join("\u{3002}");
            let (own, title) = entry.names();
            let title = if *repeats > 0 { title } else { "" };
            let mut classes = [0; FIELDS];
            for (field, text) in [title, own, &entry.text, &also].into_iter().enumerate() {
                let length = counter.count(text, first + field as u32, is_within_reach);
                counter.tokens[field] +=
                    u64::from(length) * if field == TITLE { u64::from(*repeats) } else { 1 };
                classes[field] = length_class(length);
            }
            length_classes.push(classes);
        }
        counter.finish(length_classes, repeats)
    }
}

/// For each entry, for how many from it on its surroundings stand; 0 where those of one before it do.
fn repeats(entries: &[Entry<'_>]) -> Vec<u32> {
    let mut repeats = vec![0; entries.len()];
    let mut first = 0;
    for (index, entry) in entries.iter().enumerate() {
        let is_same = entries.get(first).is_some_and(|other| other.names().1 == entry.names().1);
        if !is_same {
            first = index;
        }
        if let Some(count) = repeats.get_mut(first) {
            *count += 1;
        }
    }
    repeats
}

/// Counts the terms of texts.
struct Counter<'a> {
    vocabulary: &'a Vocabulary,
    terms: ArenaHashMap,
    /// What the records grow in.
    arena: MemoryArena,
    tokens: [u64; FIELDS],
    surroundings: Surroundings,
}

impl Counter<'_> {
    /// Takes the text of a field, the fields of all entries being numbered; how many tokens it has.
    fn count(&mut self, text: &str, field: u32, is_within_reach: bool) -> u32 {
        let atoms = Atoms::of(text);
        if is_within_reach {
            self.surroundings.look_at(&atoms);
        }
        let Self { terms, arena, .. } = self;
        let mut tokens_of_it = 0;
        tokens(&atoms, self.vocabulary, |token| {
            if token.term.len() > LONGEST_TERM {
                return;
            }
            tokens_of_it += 1;
            let position = atoms.list.get(token.atom).map_or(0, |atom| atom.position);
            terms.mutate_or_create(token.term.as_bytes(), |record: Option<Record>| {
                let mut record = record.unwrap_or_default();
                record.add(field, position, arena);
                record
            });
        });
        tokens_of_it
    }

    fn finish(self, length_classes: Vec<[u8; FIELDS]>, repeats: Vec<u32>) -> Segment {
        let mut all: Vec<(&[u8], Record)> =
            self.terms.iter().map(|(term, address)| (term, self.terms.read(address))).collect();
        all.sort_unstable_by_key(|(term, _)| *term);
        let mut terms = String::with_capacity(all.iter().map(|(term, _)| term.len()).sum());
        let mut starts = Vec::with_capacity(all.len() + 1);
        let mut places = Vec::new();
        starts.push((0, 0));
        for (term, record) in all {
            terms.push_str(str::from_utf8(term).expect("it was a text when it was counted"));
            record.places.read_to_end(&self.arena, &mut places);
            starts.push((terms.len() as u32, places.len() as u32));
        }
        places.shrink_to_fit();
        Segment {
            terms,
            starts,
            places,
            length_classes,
            repeats,
            tokens: self.tokens,
            surroundings: self.surroundings,
        }
    }
}

/// What is known of a term: for each field in which it stands, how many fields further on that is, then for each position how far it
/// is from the one before it, and one more; then 0.
#[derive(Clone, Copy, Default)]
struct Record {
    /// Number of the field that is next to the last one, among those of all entries.
    next_field: u32,
    position: u32,
    places: ExpUnrolledLinkedList,
}

impl Record {
    /// Fields and positions come in their order.
    fn add(&mut self, field: u32, position: u32, arena: &mut MemoryArena) {
        let mut places = self.places.writer(arena);
        if field >= self.next_field {
            if self.next_field > 0 {
                places.write_u32_vint(0);
            }
            places.write_u32_vint(field - self.next_field);
            self.next_field = field + 1;
            self.position = 0;
        }
        places.write_u32_vint(position - self.position + 1);
        self.position = position;
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::Keyed;
    use super::super::shares;
    use super::*;

    fn segment(entries: &[Entry<'_>]) -> Segment {
        let keyed = Keyed::of(entries);
        // One thread makes one share.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let share = pool.install(|| shares::of_size(&keyed)).remove(0);
        Segment::of(&share, &Vocabulary::new(vec!["申报时间".to_owned()]))
    }

    /// Where a term stands: entry, field, positions.
    fn places(segment: &Segment, term: &str) -> Vec<(u32, usize, Vec<u32>)> {
        let Some(number) = segment.find(term) else { return Vec::new() };
        let (mut positions, mut found) = (Vec::new(), Vec::new());
        segment.places(number, &mut positions, |at, range| found.push((at.entry, at.field, range)));
        found.into_iter().map(|(entry, field, range)| (entry, field, positions[range].to_vec())).collect()
    }

    #[test]
    fn tells_where_each_term_stands() {
        let entries = [
            Entry { title: "申报".into(), text: "申报时间，申报".into(), ..Entry::default() },
            Entry {
                title: "表".into(),
                text: format!("{}申报", "x".repeat(2_000)).into(),
                ..Entry::default()
            },
        ];
        let segment = segment(&entries);
        assert_eq!(places(&segment, "申报"), [(0, 1, vec![0]), (0, 2, vec![0, 5]), (1, 2, vec![1])],);
        assert_eq!(places(&segment, "申报时间"), [(0, 2, vec![0])]);
        assert!(places(&segment, "无").is_empty());
        assert!(segment.term(0) < segment.term(1) && segment.term(segment.len() - 1) == "间");
        assert!((0..segment.len()).all(|number| segment.find(segment.term(number)) == Some(number)));
    }

    #[test]
    fn the_title_of_a_document_is_counted_once_and_stands_for_its_clauses() {
        let clause = |title: &str| Entry {
            kind: "policy".into(),
            title: title.to_owned().into(),
            text: "表".into(),
            ..Entry::default()
        };
        let segment = segment(&[clause("通知"), clause("通知"), clause("办法")]);
        assert_eq!(places(&segment, "通知"), [(0, TITLE, vec![0])]);
        assert_eq!(segment.meant(0, TITLE), 0..2);
        assert_eq!(segment.meant(0, TITLE + 1), 0..1);
        assert_eq!(segment.meant(2, TITLE), 2..3);
        // 通知 and 知, twice, and 办法 and 法.
        assert_eq!(segment.tokens, [6, 0, 3, 0]);
    }
}
