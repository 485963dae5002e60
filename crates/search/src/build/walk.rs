//! Walking through tantivy's segments as if they were one.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermMerger;
use tantivy::{DocSet, InvertedIndexReader, TERMINATED};

use super::BuildError;
use super::segment::Placed;
use crate::postings::TermPostings;

/// A range of terms: from the first, up to and without the second; open where there is none.
pub(super) type Range = (Option<Vec<u8>>, Option<Vec<u8>>);

/// One field of one segment.
struct Source<'a> {
    placed: &'a Placed,
    field: usize,
    index: Arc<InvertedIndexReader>,
    norms: FieldNormReader,
}

/// All fields of all segments.
pub(super) struct Sources<'a>(Vec<Source<'a>>);

impl<'a> Sources<'a> {
    pub(super) fn of(segments: &'a [Placed]) -> Result<Self, BuildError> {
        let mut sources = Vec::new();
        for placed in segments {
            let segment = &placed.segment;
            for (field, id) in segment.fields.iter().enumerate() {
                let index = segment.reader.inverted_index(*id)?;
                let norms = segment.reader.get_fieldnorms_reader(*id)?;
                sources.push(Source { placed, field, index, norms });
            }
        }
        Ok(Self(sources))
    }

    /// Calls `visit` with each term of the range, in byte order: where it stands, and the positions that this speaks of.
    pub(super) fn each_term(
        &self,
        (from, to): &Range,
        mut visit: impl FnMut(String, &[TermPostings], &[u32]),
    ) -> Result<(), BuildError> {
        let mut streams = Vec::with_capacity(self.0.len());
        for source in &self.0 {
            let mut range = source.index.terms().range();
            if let Some(from) = from {
                range = range.ge(from);
            }
            if let Some(to) = to {
                range = range.lt(to);
            }
            streams.push(range.into_stream()?);
        }
        let mut terms = TermMerger::new(streams);
        let mut gathered = Gathered::default();
        while terms.advance() {
            gathered.clear();
            for (source, info) in terms.current_segment_ords_and_term_infos() {
                if let Some(source) = self.0.get(source) {
                    gathered.read(source, &info)?;
                }
            }
            let term = String::from_utf8_lossy(terms.key()).into_owned();
            visit(term, &gathered.merged(), &gathered.positions);
        }
        Ok(())
    }

    /// Calls `visit` for one term, if it stands anywhere.
    pub(super) fn term(
        &self,
        term: &str,
        visit: impl FnOnce(&[TermPostings], &[u32]),
    ) -> Result<(), BuildError> {
        let mut gathered = Gathered::default();
        for source in &self.0 {
            if let Some(info) = source.index.terms().get(term)? {
                gathered.read(source, &info)?;
            }
        }
        let merged = gathered.merged();
        if !merged.is_empty() {
            visit(&merged, &gathered.positions);
        }
        Ok(())
    }
}

/// A term in one field of one entry, with a range of the positions.
struct Occurrence {
    entry: u32,
    field: usize,
    frequency: u32,
    length_class: u8,
    positions: (usize, usize),
}

/// Where one term stands.
#[derive(Default)]
struct Gathered {
    occurrences: Vec<Occurrence>,
    positions: Vec<u32>,
}

impl Gathered {
    fn clear(&mut self) {
        self.occurrences.clear();
        self.positions.clear();
    }

    fn read(&mut self, source: &Source<'_>, info: &TermInfo) -> Result<(), BuildError> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = source.index.read_postings_from_terminfo(info, option)?;
        while postings.doc() != TERMINATED {
            let entry = postings.doc();
            let from = self.positions.len();
            postings.append_positions_with_offset(0, &mut self.positions);
            let (frequency, length_class) = (postings.term_freq(), source.norms.fieldnorm_id(entry));
            let positions = (from, self.positions.len());
            self.occurrences.extend(source.placed.meant(entry, source.field).map(|entry| Occurrence {
                entry,
                field: source.field,
                frequency,
                length_class,
                positions,
            }));
            postings.advance();
        }
        Ok(())
    }

    /// The fields of each entry together.
    fn merged(&mut self) -> Vec<TermPostings> {
        self.occurrences.sort_by_key(|occurrence| (occurrence.entry, occurrence.field));
        let mut merged: Vec<TermPostings> = Vec::with_capacity(self.occurrences.len());
        for occurrence in &self.occurrences {
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
}
