//! The segments that tantivy builds of the entries, each in memory and by one thread: numbers are the entries' order.
//!
//! The clauses of a document stand beside each other and all have its title. tantivy is given the title with the first of them
//! alone, and [`Segment::repeats`] tells for how many it stands: a third less for it to do.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema, TantivyDocument, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, SegmentReader, SingleSegmentIndexWriter};

use super::BuildError;
use super::shares::Share;
use super::surroundings::Surroundings;
use crate::atoms::Atoms;
use crate::directory::{FIELDS, TITLE};
use crate::entry::Entry;
use crate::tokens::tokens;
use crate::vocabulary::Vocabulary;

/// Memory for the writer, as a multiple of the bytes of its texts, and at least so much. It writes one segment whatever this says;
/// by it the size of its table of terms is chosen, which should be large enough, and small enough for the processor's caches.
const WRITER_MULTIPLE: usize = 2;
const LEAST_WRITER_BYTES: usize = 200_000;
const TOKENIZER: &str = "zhinan";

/// tantivy's segment of neighbouring entries, ready to be walked.
pub(super) struct Segment {
    pub(super) reader: SegmentReader,
    pub(super) fields: [Field; FIELDS],
    /// Number of tokens of each field.
    pub(super) tokens: [u64; FIELDS],
    pub(super) surroundings: Surroundings,
    /// For each entry, for how many entries from it on its surroundings stand; 0 where those of one before it do.
    repeats: Vec<u32>,
    #[cfg_attr(not(test), expect(dead_code, reason = "keeps the memory of the segment; tests search in it"))]
    pub(super) index: Index,
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
    /// Indexes the shares, one at a time by each thread, but for those that are known from before.
    pub(super) fn all(
        shares: Vec<Share<'_>>,
        vocabulary: &Arc<Vocabulary>,
        known: &BTreeMap<u64, Arc<Segment>>,
    ) -> Result<Vec<Self>, BuildError> {
        shares
            .into_par_iter()
            .with_max_len(1)
            .map(|share| {
                let key = share.key();
                let segment = match known.get(&key) {
                    Some(segment) => Arc::clone(segment),
                    None => Arc::new(Segment::build(&share, vocabulary)?),
                };
                Ok(Self { first: share.first, key, segment })
            })
            .collect()
    }

    /// The entries for which a field of one of the segment stands, by their numbers among all.
    pub(super) fn meant(&self, entry: u32, field: usize) -> std::ops::Range<u32> {
        let repeats = self.segment.repeats.get(entry as usize).copied().unwrap_or(1);
        let first = self.first + entry;
        first..first + if field == TITLE { repeats } else { 1 }
    }
}

impl Segment {
    /// Number of its entries.
    pub(super) fn entries(&self) -> u32 {
        self.repeats.len() as u32
    }

    fn build(share: &Share<'_>, vocabulary: &Arc<Vocabulary>) -> Result<Self, BuildError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(true);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields =
            ["title", "heading", "text", "also"].map(|name| schema.add_text_field(name, options.clone()));
        let bytes: usize = share.entries.iter().map(|entry| entry.text.len()).sum();
        let heard = Heard::default();
        let analyser = Analyser { vocabulary: Arc::clone(vocabulary), heard: heard.clone() };
        let tokenizers = TokenizerManager::new();
        tokenizers.register(TOKENIZER, TextAnalyzer::builder(analyser).build());
        let writer =
            Index::builder().schema(schema.build()).tokenizers(tokenizers).single_segment_index_writer(
                RamDirectory::create(),
                LEAST_WRITER_BYTES.max(bytes * WRITER_MULTIPLE),
            )?;
        let entries = share.entries;
        let repeats = repeats(entries);
        let index = write(writer, share, &repeats, &fields, &heard)?;
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
        let surroundings = std::mem::take(&mut heard.lock().surroundings);
        Ok(Self { reader, fields, tokens, surroundings, repeats, index })
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

fn write(
    mut writer: SingleSegmentIndexWriter,
    share: &Share<'_>,
    repeats: &[u32],
    fields: &[Field; FIELDS],
    heard: &Heard,
) -> Result<Index, BuildError> {
    for (index, (entry, repeats)) in share.entries.iter().zip(repeats).enumerate() {
        heard.lock().is_within_reach = index < share.reach;
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

/// What was seen on the way. tantivy copies its tokenizer, and all copies tell the same one; they work one after another.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Seen>>);

#[derive(Default)]
struct Seen {
    /// The text that comes is one of those that are looked at.
    is_within_reach: bool,
    surroundings: Surroundings,
}

impl Heard {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Our analysis as tantivy's tokenizer.
#[derive(Clone)]
struct Analyser {
    vocabulary: Arc<Vocabulary>,
    heard: Heard,
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = Analysed;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Analysed {
        let atoms = Atoms::of(text);
        let mut heard = self.heard.lock();
        if heard.is_within_reach {
            heard.surroundings.look_at(&atoms);
        }
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
