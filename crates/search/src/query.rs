//! What is asked and what comes back.

use serde::Serialize;

use crate::blocks::Part;

/// What a reader says: the answer, or what it has to be handed before it can give one.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<T> {
    /// These parts of files are needed first; more may be after them.
    Needs(Vec<Part>),
    /// The answer.
    Found(T),
}

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
    /// All entries that answer were counted. Otherwise only the best ones of a very common word were, and the total and the
    /// facets count at least those; asking for more hits than they are has the rest read.
    pub exact: bool,
    /// The best ones.
    pub hits: Vec<Hit>,
    /// How many there are of each kind, province, year; each counted without its own filter.
    pub facets: Facets,
    /// What the reader should tell about how it understood the query.
    pub notes: Vec<Note>,
    /// Words and names of the portal that look like what was typed; only where nothing was found.
    pub similar: Vec<String>,
}

/// What somebody who is typing may mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// A query that finds something.
    pub text: String,
    /// `word`, or the kind of the entry whose title it is.
    pub kind: String,
    /// It sounds like the letters typed.
    pub reading: bool,
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
