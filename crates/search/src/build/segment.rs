//! The segment that tantivy builds of the entries; the only file that names tantivy's machinery besides the tests.
//!
//! One segment in memory, written by one thread: entry numbers are the entries' order.

use std::sync::Arc;

use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema, TantivyDocument, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, SegmentReader, SingleSegmentIndexWriter};

use super::BuildError;
use crate::atoms::Atoms;
use crate::directory::FIELDS;
use crate::entry::Entry;
use crate::tokens::tokens;
use crate::vocabulary::Vocabulary;

/// Memory for the writer; it writes one segment whatever this says.
const WRITER_BYTES: usize = 64 << 20;
const TOKENIZER: &str = "zhinan";

/// tantivy's segment, ready to be walked.
pub(super) struct Segment {
    pub(super) reader: SegmentReader,
    pub(super) fields: [Field; FIELDS],
    /// Number of tokens of each field.
    pub(super) tokens: [u32; FIELDS],
    #[cfg_attr(not(test), expect(dead_code, reason = "keeps the memory of the segment; tests search in it"))]
    pub(super) index: Index,
}

impl Segment {
    /// Indexes the entries.
    pub(super) fn build(entries: &[Entry], vocabulary: &Vocabulary) -> Result<Self, BuildError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(true);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields =
            ["title", "heading", "text", "also"].map(|name| schema.add_text_field(name, options.clone()));
        let analyser = Analyser { vocabulary: Arc::new(vocabulary.clone()) };
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
            let total = reader.inverted_index(*field)?.total_num_tokens();
            *tokens = u32::try_from(total).map_err(|_| BuildError::TooMany(entries.len()))?;
        }
        Ok(Self { reader, fields, tokens, index })
    }
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
