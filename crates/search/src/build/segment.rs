//! The segments that tantivy builds of the entries, each in memory and by one thread: numbers are the entries' order.
//!
//! The clauses of a document stand beside each other and all have its title. tantivy is given the title with the first of them
//! alone, and [`Segment::repeats`] tells for how many it stands: a third less for it to do.

use std::sync::Arc;

use rayon::prelude::*;
use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema, TantivyDocument, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, SegmentReader, SingleSegmentIndexWriter};

use super::BuildError;
use crate::atoms::Atoms;
use crate::directory::{FIELDS, TITLE};
use crate::entry::Entry;
use crate::tokens::tokens;
use crate::vocabulary::Vocabulary;

/// Memory for the writer; it writes one segment whatever this says.
const WRITER_BYTES: usize = 64 << 20;
/// Bytes of text for one segment: with more the writer's table of terms outgrows the processor's caches, and the last segment
/// occupies one thread alone for longer.
const LARGEST_SHARE: usize = 8 << 20;
const TOKENIZER: &str = "zhinan";

/// tantivy's segment of neighbouring entries, ready to be walked.
pub(super) struct Segment {
    /// Number of its first entry.
    pub(super) first: u32,
    pub(super) reader: SegmentReader,
    pub(super) fields: [Field; FIELDS],
    /// Number of tokens of each field.
    pub(super) tokens: [u64; FIELDS],
    /// For each entry, for how many entries from it on its surroundings stand; 0 where those of one before it do.
    repeats: Vec<u32>,
    #[cfg_attr(not(test), expect(dead_code, reason = "keeps the memory of the segment; tests search in it"))]
    pub(super) index: Index,
}

impl Segment {
    /// Indexes the entries, a share at a time by each thread.
    pub(super) fn build_all(
        entries: &[Entry<'_>],
        vocabulary: &Arc<Vocabulary>,
    ) -> Result<Vec<Self>, BuildError> {
        let total: usize = entries.iter().map(|entry| entry.text.len()).sum();
        shares(entries, total / rayon::current_num_threads().max(1))
            .into_par_iter()
            .with_max_len(1)
            .map(|(from, to)| Self::build(from as u32, entries.get(from..to).unwrap_or_default(), vocabulary))
            .collect()
    }

    /// The entries for which a field of one stands, by their numbers among all.
    pub(super) fn meant(&self, entry: u32, field: usize) -> std::ops::Range<u32> {
        let repeats = if field == TITLE { self.repeats.get(entry as usize).copied().unwrap_or(1) } else { 1 };
        let first = self.first + entry;
        first..first + repeats
    }

    /// Indexes entries of which the first has the number `first`.
    fn build(first: u32, entries: &[Entry<'_>], vocabulary: &Arc<Vocabulary>) -> Result<Self, BuildError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(true);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields =
            ["title", "heading", "text", "also"].map(|name| schema.add_text_field(name, options.clone()));
        let analyser = Analyser { vocabulary: Arc::clone(vocabulary) };
        let tokenizers = TokenizerManager::new();
        tokenizers.register(TOKENIZER, TextAnalyzer::builder(analyser).build());
        let writer = Index::builder()
            .schema(schema.build())
            .tokenizers(tokenizers)
            .single_segment_index_writer(RamDirectory::create(), WRITER_BYTES)?;
        let repeats = repeats(entries);
        let index = write(writer, entries, &repeats, &fields)?;
        let searcher = index.reader()?.searcher();
        let reader = searcher.segment_reader(0).clone();
        let mut tokens = [0; FIELDS];
        for (field, tokens) in fields.iter().zip(&mut tokens) {
            *tokens = reader.inverted_index(*field)?.total_num_tokens();
        }
        tokens[TITLE] = entries
            .iter()
            .zip(&repeats)
            .filter(|(_, repeats)| **repeats > 0)
            .map(|(entry, repeats)| count(entry.names().1, vocabulary) * u64::from(*repeats))
            .sum();
        Ok(Self { first, reader, fields, tokens, repeats, index })
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

/// Neighbouring entries with about so many bytes of text, or with [`LARGEST_SHARE`] where that is less.
fn shares(entries: &[Entry<'_>], bytes_of_one: usize) -> Vec<(usize, usize)> {
    let share = bytes_of_one.clamp(1, LARGEST_SHARE);
    let mut shares = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    for (index, entry) in entries.iter().enumerate() {
        bytes += entry.text.len();
        if bytes >= share {
            shares.push((from, index + 1));
            (from, bytes) = (index + 1, 0);
        }
    }
    if from < entries.len() {
        shares.push((from, entries.len()));
    }
    shares
}

fn write(
    mut writer: SingleSegmentIndexWriter,
    entries: &[Entry<'_>],
    repeats: &[u32],
    fields: &[Field; FIELDS],
) -> Result<Index, BuildError> {
    for (entry, repeats) in entries.iter().zip(repeats) {
        let also = entry.also.join("\u{3002}");
        let (own, surroundings) = entry.names();
        let surroundings = if *repeats > 0 { surroundings } else { "" };
        let mut document = TantivyDocument::new();
        for (field, text) in fields.iter().zip([surroundings, own, &entry.text, &also]) {
            document.add_text(*field, text);
        }
        writer.add_document(document)?;
    }
    Ok(writer.finalize()?)
}

/// Number of tokens of a text.
fn count(text: &str, vocabulary: &Vocabulary) -> u64 {
    let mut count = 0;
    tokens(&Atoms::of(text), vocabulary, |_| count += 1);
    count
}

/// Our analysis as tantivy's tokenizer.
#[derive(Clone)]
struct Analyser {
    vocabulary: Arc<Vocabulary>,
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = Analysed;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Analysed {
        let atoms = Atoms::of(text);
        let mut stream = Analysed::default();
        tokens(&atoms, &self.vocabulary, |token| {
            let from = stream.terms.len();
            stream.terms.push_str(token.term);
            let position = atoms.list.get(token.atom).map_or(0, |atom| atom.position);
            stream.tokens.push((from, stream.terms.len(), position));
        });
        stream
    }
}

/// All tokens of one text.
#[derive(Default)]
struct Analysed {
    terms: String,
    /// Bytes of `terms`, position.
    tokens: Vec<(usize, usize, u32)>,
    next: usize,
    token: Token,
}

impl TokenStream for Analysed {
    fn advance(&mut self) -> bool {
        let Some((from, to, position)) = self.tokens.get(self.next) else { return false };
        self.next += 1;
        self.token.position = *position as usize;
        self.token.text.clear();
        self.token.text.push_str(self.terms.get(*from..*to).unwrap_or_default());
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
