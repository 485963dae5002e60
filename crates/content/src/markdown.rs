//! Clauses of a text.
use serde::Serialize;

/// One clause of a text: a heading with its own text, or a numbered item.
#[derive(Debug, Clone, Serialize)]
pub struct Clause {
    /// Anchor, e.g. `s3-1`; unique in the document and fixed for ever.
    pub id: String,
    /// Number as printed, e.g. `1.` or `（二）`; empty for a named clause.
    pub marker: String,
    /// Number for people with those above it, e.g. `三·1`; for a named clause its heading or first words.
    pub label: String,
    /// Depth from 1; the depth of a heading is its level in the table of contents.
    pub depth: usize,
    /// It begins with a heading (is listed in the table of contents).
    pub heading: bool,
    /// Text of the heading with its number; empty when it is not a heading.
    pub title: String,
    /// Titles (or labels) of the clauses above it, outermost first.
    pub path: Vec<String>,
    /// HTML of the heading's inner text; empty when it is not a heading.
    pub title_html: String,
    /// HTML of its own text without heading, without the clauses below it.
    pub html: String,
    /// Plain text of heading and own text, tables left out.
    pub text: String,
    /// Plain text of its tables; empty when it has none.
    pub table_text: String,
}
