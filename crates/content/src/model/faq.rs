//! The checked portal: common questions with their answers and sources.

use serde::Serialize;

use crate::model::ClauseReference;

/// A topic of the FAQ, one page.
#[derive(Debug, Clone, Serialize)]
pub struct FaqTopic {
    /// ASCII id.
    pub id: String,
    /// `faq/<id>/`
    pub url: String,
    /// Heading.
    pub title: String,
    /// Its entries in order.
    pub entries: Vec<FaqEntry>,
}

/// One question and answer.
#[derive(Debug, Clone, Serialize)]
pub struct FaqEntry {
    /// File stem; anchor on the topic's page.
    pub id: String,
    /// `faq/<topic>/#<id>`
    pub url: String,
    /// The question.
    pub question: String,
    /// The question's number in its source as printed, `（一）`; may be empty.
    pub number: String,
    /// Other ways to ask it, for the search.
    pub asked_as: Vec<String>,
    /// Code of the province it holds for; empty for all.
    pub province: String,
    /// Name of that province; 全国 for all.
    pub province_name: String,
    /// Year of its source.
    pub year: i32,
    /// Answer, HTML.
    pub answer_html: String,
    /// Number, question and answer as plain text, with the quoted sources.
    pub text: String,
    /// The clauses it stands on, at least one.
    pub sources: Vec<ClauseReference>,
    /// The words of those clauses; none where the answer is verbatim.
    pub quoted: Vec<QuotedClause>,
    /// Name of the source file of the first of them.
    pub source: String,
    /// The answer is the first source's own text, word for word.
    pub verbatim: bool,
}

/// A clause with its words.
#[derive(Debug, Clone, Serialize)]
pub struct QuotedClause {
    /// Which clause.
    pub cite: ClauseReference,
    /// Its plain text with that of the clauses below it.
    pub text: String,
}
