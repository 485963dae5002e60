//! tantivy itself over the texts of entries, with our analysis: what tests hold the index to.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, Searcher, TantivyDocument, Term};

use crate::atoms::Atoms;
use crate::entry::Entry;
use crate::tokens::tokens;
use crate::vocabulary::Vocabulary;

/// tantivy's index of the texts.
pub(super) struct Oracle {
    searcher: Searcher,
    text: Field,
}

impl Oracle {
    pub(super) fn of(entries: &[Entry<'_>], vocabulary: &Vocabulary) -> tantivy::Result<Self> {
        let indexing = TextFieldIndexing::default()
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(true);
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let mut writer = Index::builder()
            .schema(schema.build())
            .single_segment_index_writer(tantivy::directory::RamDirectory::create(), 50_000_000)?;
        for entry in entries {
            let mut document = TantivyDocument::new();
            document.add_pre_tokenized_text(text, analysed(&entry.text, vocabulary));
            writer.add_document(document)?;
        }
        Ok(Self { searcher: writer.finalize()?.reader()?.searcher(), text })
    }

    /// The entries that have one of the terms, with their BM25, the best first.
    pub(super) fn ask(&self, terms: &[&str]) -> tantivy::Result<Vec<(u32, f32)>> {
        let clauses = terms.iter().map(|term| {
            let query = TermQuery::new(Term::from_field_text(self.text, term), IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(query) as Box<dyn Query>)
        });
        let all = TopDocs::with_limit(self.searcher.num_docs() as usize).order_by_score();
        let found = self.searcher.search(&BooleanQuery::new(clauses.collect()), &all)?;
        let mut found: Vec<(u32, f32)> =
            found.into_iter().map(|(score, address)| (address.doc_id, score)).collect();
        found.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        Ok(found)
    }
}

fn analysed(text: &str, vocabulary: &Vocabulary) -> PreTokenizedString {
    let atoms = Atoms::of(text);
    let mut list = Vec::new();
    tokens(&atoms, vocabulary, |token| {
        let position = atoms.list[token.atom].position as usize;
        list.push(Token { position, text: token.term.to_owned(), ..Token::default() });
    });
    PreTokenizedString { text: text.to_owned(), tokens: list }
}
