//! Walks tantivy's segments term by term and writes the blocks of terms and their tails.
//!
//! Terms come in the order of their bytes, entries in their own. Nothing of the segments' random names is looked at, nor into how
//! many of them the entries were divided: the bytes are the same for any number of threads.

use rayon::prelude::*;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use super::BuildError;
use super::layout::{self, Layout};
use super::pack::{Packer, places, shelve, store};
use super::segment::Segment;
use crate::codec::{BlockKind, Encoder};
use crate::directory::{Directory, FIELDS, Tail};
use crate::entry::IndexFile;
use crate::postings::{TermPostings, write_postings, write_tail, write_term};
use crate::weights::field_weight;

/// Entries of a term that stay in its head; the others go into its tail.
const HEAD_ENTRIES: usize = 700;
/// Ranges of terms for each thread: some terms stand almost everywhere, most almost nowhere.
const RANGES: usize = 32;

/// Number of entries of each term, in the order of the terms.
pub(super) type Terms = Vec<(String, u32)>;

/// Number of entries of one term; none if it stands nowhere.
pub(super) fn entries_of(term: &str, terms: &Terms) -> Option<u32> {
    let place = terms.binary_search_by(|(other, _)| other.as_str().cmp(term)).ok()?;
    terms.get(place).map(|(_, entries)| *entries)
}

/// A term, with its lists as they are written.
struct Written {
    term: String,
    entries: u32,
    head: Vec<u8>,
    /// Packed already; empty where the head has all.
    tail: Vec<u8>,
}

/// Writes terms and tails, names their files in the directory, and returns all terms.
pub(super) fn export(
    segments: Vec<Segment>,
    layout: &Layout,
    directory: &mut Directory,
    files: &mut Vec<IndexFile>,
) -> Result<Terms, BuildError> {
    let averages = directory.average_lengths();
    let made: Result<Vec<Vec<Written>>, BuildError> = ranges(&segments)?
        .par_iter()
        .with_max_len(1)
        .map_init(Packer::new, |packer, range| {
            let mut lists = Vec::new();
            each_term(&segments, range, |term, postings, positions| {
                lists.push(written(term, postings, positions, &averages, packer));
            })?;
            Ok(lists)
        })
        .collect();
    drop(segments);
    let mut lists: Vec<Written> = made?.into_iter().flatten().collect();
    let tails = shelve_tails(&mut lists, layout, directory, files);
    let written: Vec<(Written, Option<Tail>)> = lists.into_iter().zip(tails).collect();
    let size = |(list, _): &(Written, Option<Tail>)| list.head.len() + 8;
    let blocks = layout::blocks(&written, size, Layout::TERM_BLOCK_BYTES, Layout::MOST_TERM_BLOCKS);
    directory.first_terms = blocks.iter().filter_map(|block| Some(block.first()?.0.term.clone())).collect();
    let packed: Vec<Vec<u8>> = blocks
        .par_iter()
        .enumerate()
        .map_init(Packer::new, |packer, (number, block)| packer.pack(&term_block(block, number)))
        .collect();
    directory.terms = shelve(packed, BlockKind::Terms, layout.term_files, files);
    Ok(written.into_iter().map(|(list, _)| (list.term, list.entries)).collect())
}

/// Within a block a term is written by what it has more than the one before it.
fn term_block(terms: &[(Written, Option<Tail>)], number: usize) -> Vec<u8> {
    let mut block = Encoder::new();
    let mut before = "";
    for (list, tail) in terms {
        write_term(&mut block, before, &list.term, list.entries, *tail, &list.head);
        before = &list.term;
    }
    block.frame(BlockKind::Terms, number as u32)
}

/// The lists of one term: its best entries in the head, the others in the tail.
fn written(
    term: String,
    postings: &[TermPostings],
    positions: &[u32],
    averages: &[f32; FIELDS],
    packer: &mut Packer,
) -> Written {
    let entries = postings.len() as u32;
    let mut head: Vec<&TermPostings> = Vec::new();
    let mut tail = Vec::new();
    if postings.len() > HEAD_ENTRIES {
        let mut rest: Vec<&TermPostings> = Vec::with_capacity(postings.len() - HEAD_ENTRIES);
        for (posting, is_best) in postings.iter().zip(best(postings, averages)) {
            if is_best { &mut head } else { &mut rest }.push(posting);
        }
        tail = packer.pack(&write_tail(&term, &write_postings(&rest, None)));
    } else {
        head.extend(postings);
    }
    Written { entries, head: write_postings(&head, Some(positions)), tail, term }
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

/// Puts the tails into files, taking them out of the lists; for each term, where its tail is.
fn shelve_tails(
    lists: &mut [Written],
    layout: &Layout,
    directory: &mut Directory,
    files: &mut Vec<IndexFile>,
) -> Vec<Option<Tail>> {
    let length_of = |list: &Written| Some(list.tail.len() as u32).filter(|length| *length > 0);
    let all: Vec<Option<u32>> = lists.iter().map(length_of).collect();
    let lengths: Vec<u32> = all.iter().copied().flatten().collect();
    let places = places(&lengths, layout.tail_files);
    let mut tails =
        lists.iter_mut().map(|list| std::mem::take(&mut list.tail)).filter(|tail| !tail.is_empty());
    for shelf in places.chunk_by(|left, right| left.0 == right.0) {
        let content: Vec<Vec<u8>> = tails.by_ref().take(shelf.len()).collect();
        directory.tails.push(store(files, BlockKind::Tail, content.concat()));
    }
    let mut places = places.into_iter();
    let tail = |length: Option<u32>| {
        let length = length?;
        let (file, from) = places.next()?;
        Some(Tail { file: file as u32, from, length })
    };
    all.into_iter().map(tail).collect()
}

/// A range of terms: from the first, up to and without the second; open where there is none.
type Range = (Option<Vec<u8>>, Option<Vec<u8>>);

/// Divides the terms, by those of the texts of the first segment.
fn ranges(segments: &[Segment]) -> Result<Vec<Range>, BuildError> {
    let Some(first) = segments.first() else { return Ok(Vec::new()) };
    let index = first.reader.inverted_index(first.fields[crate::directory::TEXT])?;
    let (terms, parts) = (index.terms(), (rayon::current_num_threads() * RANGES) as u64);
    let mut borders: Vec<Vec<u8>> = Vec::new();
    for part in 1..parts {
        let mut border = Vec::new();
        if terms.ord_to_term(terms.num_terms() as u64 * part / parts, &mut border)? {
            borders.push(border);
        }
    }
    borders.sort_unstable();
    borders.dedup();
    let starts = std::iter::once(None).chain(borders.iter().cloned().map(Some));
    let ends = borders.iter().cloned().map(Some).chain(std::iter::once(None));
    Ok(starts.zip(ends).collect())
}

/// A term in one field of one entry, with a range of the positions.
struct Occurrence {
    entry: u32,
    field: usize,
    frequency: u32,
    length_class: u8,
    positions: (usize, usize),
}

/// Calls `visit` with each term of the range, in byte order: where it stands, and the positions that this speaks of.
fn each_term(
    segments: &[Segment],
    (from, to): &Range,
    mut visit: impl FnMut(String, &[TermPostings], &[u32]),
) -> Result<(), BuildError> {
    let mut sources = Vec::new();
    for segment in segments {
        for (field, id) in segment.fields.iter().enumerate() {
            let index = segment.reader.inverted_index(*id)?;
            sources.push((segment, field, index, segment.reader.get_fieldnorms_reader(*id)?));
        }
    }
    let mut streams = Vec::with_capacity(sources.len());
    for (_, _, index, _) in &sources {
        let mut range = index.terms().range();
        if let Some(from) = from {
            range = range.ge(from);
        }
        if let Some(to) = to {
            range = range.lt(to);
        }
        let mut stream = range.into_stream()?;
        let more = stream.advance();
        streams.push((stream, more));
    }
    let (mut occurrences, mut positions): (Vec<Occurrence>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut term: Vec<u8> = Vec::new();
    loop {
        let next = streams.iter().filter(|(_, more)| *more).map(|(stream, _)| stream.key()).min();
        let Some(next) = next else { return Ok(()) };
        term.clear();
        term.extend_from_slice(next);
        occurrences.clear();
        positions.clear();
        for ((stream, more), (segment, field, index, norms)) in streams.iter_mut().zip(&sources) {
            if !*more || stream.key() != term {
                continue;
            }
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = index.read_postings_from_terminfo(stream.value(), option)?;
            while postings.doc() != TERMINATED {
                let entry = postings.doc();
                let from = positions.len();
                postings.append_positions_with_offset(0, &mut positions);
                let (frequency, length_class) = (postings.term_freq(), norms.fieldnorm_id(entry));
                let positions = (from, positions.len());
                occurrences.extend(segment.meant(entry, *field).map(|entry| Occurrence {
                    entry,
                    field: *field,
                    frequency,
                    length_class,
                    positions,
                }));
                postings.advance();
            }
            *more = stream.advance();
        }
        occurrences.sort_by_key(|occurrence| (occurrence.entry, occurrence.field));
        let merged = merged(&occurrences);
        visit(String::from_utf8_lossy(&term).into_owned(), &merged, &positions);
    }
}

/// The fields of each entry together.
fn merged(occurrences: &[Occurrence]) -> Vec<TermPostings> {
    let mut merged: Vec<TermPostings> = Vec::with_capacity(occurrences.len());
    for occurrence in occurrences {
        if merged.last().is_none_or(|posting| posting.entry != occurrence.entry) {
            merged.push(TermPostings { entry: occurrence.entry, ..TermPostings::default() });
        }
        if let Some(posting) = merged.last_mut() {
            posting.frequency[occurrence.field] = occurrence.frequency;
            posting.length_class[occurrence.field] = occurrence.length_class;
            posting.positions[occurrence.field] = occurrence.positions;
        }
    }
    merged
}
