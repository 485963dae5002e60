//! What is asked and what comes back.

use serde::Serialize;

/// A query as typed, with filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What was typed.
    pub text: String,
    /// Most hits wanted; 10 for a page.
    pub limit: usize,
    /// Only such entries.
    pub filter: Filter,
}

impl Query {
    /// A query for ten hits without filters.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), limit: 10, filter: Filter::default() }
    }
}

/// What a hit has to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kind of entry.
    pub kind: Option<String>,
    /// Code of the province; the empty one for what holds everywhere.
    pub province: Option<String>,
    /// Year.
    pub year: Option<i32>,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Results {
    /// Number of entries that answer, not only those returned.
    pub total: usize,
    /// The best ones.
    pub hits: Vec<Hit>,
    /// How many there are of each kind, province, year; each counted without its own filter.
    pub facets: Facets,
    /// What the reader should tell about how it understood the query.
    pub notes: Vec<Note>,
}

/// One entry found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hit {
    /// Address relative to the portal's root.
    pub url: String,
    /// Title of its document.
    pub title: String,
    /// Heading path.
    pub heading: String,
    /// Whole plain text.
    pub text: String,
    /// Kind.
    pub kind: String,
    /// Code of the province; empty when it holds everywhere.
    pub province: String,
    /// Name of the province.
    pub province_name: String,
    /// Year.
    pub year: i32,
    /// No longer in force.
    pub archived: bool,
    /// Source file.
    pub source: String,
    /// Document, for results shown together.
    pub group: String,
    /// Greater is better; comparable within one search only.
    pub score: f32,
    /// Title with what was found marked.
    pub marked_title: Vec<Piece>,
    /// Heading with what was found marked.
    pub marked_heading: Vec<Piece>,
    /// Best passage of the text with what was found marked.
    pub excerpt: Vec<Piece>,
}

/// A stretch of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Text.
    pub text: String,
    /// It is what was looked for.
    pub marked: bool,
}

/// Counts by label, the most frequent first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By kind.
    pub kinds: Vec<Count>,
    /// By province code.
    pub provinces: Vec<Count>,
    /// By year, the latest first.
    pub years: Vec<Count>,
}

/// One label of a facet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What a filter takes.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Number of entries.
    pub count: usize,
}

/// A remark on how the query was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Note {
    /// Searched for another spelling, because what was typed is nowhere.
    Corrected {
        /// The query that was searched.
        text: String,
    },
    /// A typed word is easily mistaken for another that the documents use.
    Suggestion {
        /// As typed.
        typed: String,
        /// The other word.
        word: String,
        /// What the difference is; may be empty.
        note: String,
    },
}
