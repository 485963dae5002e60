//! The segments that tantivy builds of the entries, each in memory and by one thread: numbers are the entries' order.

use std::num::NonZeroUsize;
use std::sync::Arc;

use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema, TantivyDocument, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, SegmentReader, SingleSegmentIndexWriter};

use super::{BuildError, parallel};
use crate::atoms::Atoms;
use crate::directory::FIELDS;
use crate::entry::Entry;
use crate::tokens::tokens;
use crate::vocabulary::Vocabulary;

/// Memory for the writer; it writes one segment whatever this says.
const WRITER_BYTES: usize = 64 << 20;
const TOKENIZER: &str = "zhinan";

/// tantivy's segment of neighbouring entries, ready to be walked.
pub(super) struct Segment {
    /// Number of its first entry.
    pub(super) first: u32,
    pub(super) reader: SegmentReader,
    pub(super) fields: [Field; FIELDS],
    /// Number of tokens of each field.
    pub(super) tokens: [u64; FIELDS],
    #[cfg_attr(not(test), expect(dead_code, reason = "keeps the memory of the segment; tests search in it"))]
    pub(super) index: Index,
}

impl Segment {
    /// Indexes the entries, a share by each thread.
    pub(super) fn build_all(
        entries: &[Entry],
        vocabulary: &Arc<Vocabulary>,
        threads: NonZeroUsize,
    ) -> Result<Vec<Self>, BuildError> {
        let shares = shares(entries, threads);
        parallel::map(&shares, threads, |(from, to)| {
            Self::build(*from as u32, entries.get(*from..*to).unwrap_or_default(), vocabulary)
        })
        .into_iter()
        .collect()
    }

    /// Indexes entries of which the first has the number `first`.
    fn build(first: u32, entries: &[Entry], vocabulary: &Arc<Vocabulary>) -> Result<Self, BuildError> {
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
        let index = write(writer, entries, &fields)?;
        let searcher = index.reader()?.searcher();
        let reader = searcher.segment_reader(0).clone();
        let mut tokens = [0; FIELDS];
        for (field, tokens) in fields.iter().zip(&mut tokens) {
            *tokens = reader.inverted_index(*field)?.total_num_tokens();
        }
        Ok(Self { first, reader, fields, tokens, index })
    }
}

/// Neighbouring entries with about equally much text for each thread.
fn shares(entries: &[Entry], threads: NonZeroUsize) -> Vec<(usize, usize)> {
    let total: usize = entries.iter().map(|entry| entry.text.len()).sum();
    let share = total.div_ceil(threads.get()).max(1);
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
    entries: &[Entry],
    fields: &[Field; FIELDS],
) -> Result<Index, BuildError> {
    for entry in entries {
        let also = entry.also.join("\u{3002}");
        let (own, surroundings) = entry.names();
        let mut document = TantivyDocument::new();
        for (field, text) in fields.iter().zip([surroundings, own, &entry.text, &also]) {
            document.add_text(*field, text);
        }
        writer.add_document(document)?;
    }
    Ok(writer.finalize()?)
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
