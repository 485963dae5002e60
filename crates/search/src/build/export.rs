//! Walks tantivy's segment term by term and writes the shards.
//!
//! Terms come in the order of their bytes, entries in their own; nothing of the segment's random names is looked at.

use std::collections::BTreeMap;

use tantivy::TERMINATED;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;

use super::segment::Segment;
use super::{BuildError, store};
use crate::codec::{Encoder, FileKind};
use crate::directory::{Directory, FIELDS};
use crate::entry::IndexFile;
use crate::postings::{TermPostings, write_postings, write_term};
use crate::weights::field_weight;

/// Smallest shard, in bytes before compression.
const SHARD_BYTES: usize = 1_800;
/// Most shards: larger portals get larger shards.
const MOST_SHARDS: usize = 5_000;
/// Entries of a term that stay in its shard; the others go into its tail.
const HEAD_ENTRIES: usize = 700;

/// Number of entries of each term.
pub(super) type Terms = Vec<(String, u32)>;

/// Writes shards and tails, names them in the directory, and returns all terms.
pub(super) fn export(
    segment: &Segment,
    directory: &mut Directory,
    files: &mut Vec<IndexFile>,
) -> Result<Terms, BuildError> {
    let mut lists: Vec<Written> = Vec::new();
    let averages = directory.average_lengths();
    each_term(segment, |term, mut postings| {
        let entries = postings.len();
        let mut tail = Vec::new();
        if entries > HEAD_ENTRIES {
            let impact = |posting: &TermPostings| {
                (0..FIELDS)
                    .map(|field| {
                        field_weight(field, posting.frequency[field], posting.length_class[field], &averages)
                    })
                    .sum::<f32>()
            };
            let mut order: Vec<(u32, f32)> =
                postings.iter().map(|posting| (posting.entry, impact(posting))).collect();
            order.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
            let mut kept: Vec<u32> = order.iter().take(HEAD_ENTRIES).map(|(entry, _)| *entry).collect();
            kept.sort_unstable();
            let rest: Vec<TermPostings>;
            (postings, rest) =
                postings.into_iter().partition(|posting| kept.binary_search(&posting.entry).is_ok());
            tail = write_postings(&rest);
        }
        lists.push(Written { term, entries, head: write_postings(&postings), tail });
    })?;
    let total: usize = lists.iter().map(|list| list.head.len() + 8).sum();
    let shard_bytes = SHARD_BYTES.max(total / MOST_SHARDS);
    let mut shard = Encoder::new();
    let (mut first, mut before) = (String::new(), String::new());
    let mut terms = Terms::with_capacity(lists.len());
    for list in lists {
        if shard.len() > 0 && shard.len() + list.head.len() > shard_bytes {
            let id = store(files, FileKind::Terms, std::mem::take(&mut shard).frame(FileKind::Terms));
            directory.shards.push((std::mem::take(&mut first), id));
            before.clear();
        }
        if shard.len() == 0 {
            first.clone_from(&list.term);
        }
        let mut tail = None;
        if !list.tail.is_empty() {
            let mut encoder = Encoder::new();
            encoder.bytes(&list.tail);
            tail = Some(store(files, FileKind::Tail, encoder.frame(FileKind::Tail)));
        }
        write_term(&mut shard, &before, &list.term, list.entries, tail, &list.head);
        before.clone_from(&list.term);
        terms.push((list.term, list.entries as u32));
    }
    if shard.len() > 0 {
        directory.shards.push((first, store(files, FileKind::Terms, shard.frame(FileKind::Terms))));
    }
    Ok(terms)
}

struct Written {
    term: String,
    entries: usize,
    head: Vec<u8>,
    tail: Vec<u8>,
}

/// Calls `visit` with each term of any field, in byte order, and where it stands.
fn each_term(segment: &Segment, mut visit: impl FnMut(String, Vec<TermPostings>)) -> Result<(), BuildError> {
    let mut inverted = Vec::with_capacity(FIELDS);
    let mut norms = Vec::with_capacity(FIELDS);
    for field in segment.fields {
        inverted.push(segment.reader.inverted_index(field)?);
        norms.push(segment.reader.get_fieldnorms_reader(field)?);
    }
    let mut streams = Vec::with_capacity(FIELDS);
    for index in &inverted {
        let mut stream = index.terms().stream()?;
        let more = stream.advance();
        streams.push((stream, more));
    }
    loop {
        let Some(term) = streams
            .iter()
            .filter(|(_, more)| *more)
            .map(|(stream, _)| stream.key())
            .min()
            .map(<[u8]>::to_vec)
        else {
            return Ok(());
        };
        let mut merged: BTreeMap<u32, TermPostings> = BTreeMap::new();
        for (field, (stream, more)) in streams.iter_mut().enumerate() {
            if *more && stream.key() == term {
                let postings = inverted[field]
                    .read_postings_from_terminfo(stream.value(), IndexRecordOption::WithFreqsAndPositions)?;
                collect(postings, field, &norms[field], &mut merged);
                *more = stream.advance();
            }
        }
        visit(String::from_utf8_lossy(&term).into_owned(), merged.into_values().collect());
    }
}

fn collect(
    mut postings: impl Postings,
    field: usize,
    norms: &FieldNormReader,
    merged: &mut BTreeMap<u32, TermPostings>,
) {
    while postings.doc() != TERMINATED {
        let entry = postings.doc();
        let posting =
            merged.entry(entry).or_insert_with(|| TermPostings { entry, ..TermPostings::default() });
        posting.frequency[field] = postings.term_freq();
        posting.length_class[field] = norms.fieldnorm_id(entry);
        postings.positions(&mut posting.positions[field]);
        postings.advance();
    }
}
