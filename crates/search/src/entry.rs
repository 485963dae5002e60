//! What goes in: the units that are found, and the words that searchers use for one thing.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One thing that a search can find: a clause, a FAQ entry, a row of a table. Its words are borrowed where they can be: a large
/// portal has a hundred thousand of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Address relative to the portal's root, with the anchor of the unit.
    pub url: Cow<'a, str>,
    /// Title of the document for a clause (`policy`), which has its own name in `heading`; for all else, its own name: the
    /// question, the name of the office, the term.
    pub title: Cow<'a, str>,
    /// Where it stands: headings above it, and of a clause its own, outermost first, joined by ` › `.
    pub heading: Cow<'a, str>,
    /// Its whole plain text.
    pub text: Cow<'a, str>,
    /// `policy`, `faq`, `link`, `contact`, `window`, `material`, `step`, `certificate`, `term`, `guide`.
    pub kind: Cow<'a, str>,
    /// Code of the province; empty when it holds everywhere.
    pub province: Cow<'a, str>,
    /// Name of the province, of the kind shown to people.
    pub province_name: Cow<'a, str>,
    /// Year it is about.
    pub year: i32,
    /// Its document is no longer in force.
    pub archived: bool,
    /// Name of the source file its words were taken from.
    pub source: Cow<'a, str>,
    /// Other ways to ask for it: searched, not shown.
    pub also: Vec<Cow<'a, str>>,
    /// Results of one group are shown together: the id of the document.
    pub group: Cow<'a, str>,
}

impl Entry<'_> {
    /// The kind whose title is that of a whole document.
    #[cfg(feature = "build")]
    const CLAUSE: &'static str = "policy";

    /// What it is called in itself and with what it stands in: a document's title says little of one of its clauses.
    #[cfg(feature = "build")]
    pub(crate) fn names(&self) -> (&str, &str) {
        if self.is_clause() { (&self.heading, &self.title) } else { (&self.title, &self.heading) }
    }

    /// Its title is that of a whole document.
    #[cfg(feature = "build")]
    pub(crate) fn is_clause(&self) -> bool {
        self.kind == Self::CLAUSE
    }
}

/// Words that searchers use for one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Synonyms {
    /// The word of the documents.
    pub canonical: String,
    /// Words that mean the same: each finds the others.
    pub same: Vec<String>,
    /// Words typed by people who mean the canonical one: they find it, not the other way round.
    pub narrower: Vec<String>,
    /// Words easily mistaken for it: named in a note, never equated.
    pub suggest: Vec<String>,
    /// Why; may be empty. Shown with the suggestion.
    pub note: String,
}

/// One file of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// Name to store it under; the directory has a fixed name, all others carry the hash of their content.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Name of the directory file, the first one that a reader needs.
pub const DIRECTORY_NAME: &str = "search-directory.bin";

/// Joint between the headings of a path.
pub const HEADING_JOINT: &str = " › ";
