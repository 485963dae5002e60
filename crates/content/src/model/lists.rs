//! The checked portal: lists that stand by themselves: policy links, certificates, terms, synonyms.

use rules::Date;
use serde::Serialize;

use crate::model::ClauseReference;

/// A table of documents with addresses.
#[derive(Debug, Clone, Serialize)]
pub struct LinkGroup {
    /// ASCII id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// The clause the table was taken from.
    pub cite: ClauseReference,
    /// Name of the source file.
    pub source: String,
    /// Province code; empty for national documents.
    pub province: String,
    /// Year of the list.
    pub year: i32,
    /// Rows in order.
    pub links: Vec<PolicyLink>,
}

/// One document of such a table.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyLink {
    /// ASCII id, anchor on the page, e.g. `n05`.
    pub id: String,
    /// `links/#<id>`
    pub page_url: String,
    /// Number of the row as printed.
    pub row: u32,
    /// Title as printed.
    pub title: String,
    /// 文号; empty when the row has none.
    pub number: String,
    /// 发文机关; may be empty.
    pub issuer: String,
    /// Day of issue, where the row or its address tells it.
    pub issued: Option<Date>,
    /// Address; empty when the row has none.
    pub url: String,
    /// State of the address.
    pub state: LinkState,
    /// Note on the row; may be empty.
    pub note: String,
}

/// State of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// As printed, not checked since.
    Printed,
    /// As printed but put together from a broken line.
    Mended,
    /// Shared with another row, so that one of the two must be wrong or both are on one page.
    Shared,
    /// The source gives none.
    Missing,
}

/// 证书目录
#[derive(Debug, Clone, Serialize)]
pub struct CertificateCatalogue {
    /// Day the list was put together.
    pub as_of: Option<Date>,
    /// How many certificates there are in all; 0 when not known.
    pub total: u32,
    /// What the reader has to know: that it is incomplete and why.
    pub note: String,
    /// In the order of the file.
    pub certificates: Vec<Certificate>,
}

/// One certificate.
#[derive(Debug, Clone, Serialize)]
pub struct Certificate {
    /// ASCII id, anchor on the page.
    pub id: String,
    /// Name.
    pub name: String,
    /// Batch as a text: `2`, `4 前后`; empty when not known.
    pub batch: String,
    /// 培训评价组织; may be empty.
    pub organisation: String,
    /// 初级, 中级, 高级; empty when not known.
    pub levels: Vec<String>,
    /// Where the row comes from.
    pub source: String,
    /// Day of that source.
    pub as_of: Option<Date>,
}

/// A term of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct Term {
    /// ASCII id, anchor on the page.
    pub id: String,
    /// The term.
    pub term: String,
    /// Other names.
    pub also: Vec<String>,
    /// What it means, HTML.
    pub meaning_html: String,
    /// The same as plain text.
    pub meaning: String,
    /// Where it stands; may be absent.
    pub cite: Option<ClauseReference>,
}

/// A change of the portal that its readers should know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Update {
    /// ASCII id, anchor on the page.
    pub id: String,
    /// `updates/#<id>`
    pub page_url: String,
    /// The day it was published.
    pub date: Date,
    /// What changed, in a few words.
    pub title: String,
    /// The same in a paragraph or two, HTML.
    pub text_html: String,
    /// The same as plain text.
    pub text: String,
}

/// Words that searchers use for one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SynonymGroup {
    /// The word of the documents.
    pub canonical: String,
    /// Words that mean the same: each finds the others.
    pub same: Vec<String>,
    /// Words typed by people who mean the canonical one: they find it, not the other way round.
    pub narrower: Vec<String>,
    /// Words easily mistaken for it: suggested, never equated.
    pub suggest: Vec<String>,
    /// Why; may be empty.
    pub note: String,
}
