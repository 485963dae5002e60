//! The checked portal: policy documents: their metadata, clauses and the notes on their text.

use std::sync::Arc;

use rules::Date;
use serde::Serialize;

use crate::clause::Clause;

/// One policy document with its full text.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyDocument {
    /// File stem, e.g. `sx-2024`.
    pub id: String,
    /// `policies/<id>/`
    pub url: String,
    /// Official title.
    pub title: String,
    /// Title for lists and results.
    pub short_title: String,
    /// 文号; empty when the text has none.
    pub number: String,
    /// 发文机关
    pub issuer: String,
    /// 成文日期
    pub issued: Option<Date>,
    /// Remark on the date, e.g. that the text has none; may be empty.
    pub issued_note: String,
    /// 层级
    pub level: Level,
    /// Code of the province; empty for a national document.
    pub province: String,
    /// Name of the province; 国家 for a national document.
    pub province_name: String,
    /// Year the document is about.
    pub year: i32,
    /// 状态
    pub status: Status,
    /// What replaces it, or why it is archived; may be empty.
    pub status_note: String,
    /// Name of the source file the text was taken from.
    pub source: String,
    /// Address of the original; may be empty.
    pub source_url: String,
    /// One or two sentences on what it is about.
    pub summary: String,
    /// 附件, as listed.
    pub attachments: Vec<String>,
    /// 校注
    pub notes: Vec<TextNote>,
    /// The text, in order; it and its clauses are shared with what was read of its file.
    pub clauses: Arc<Vec<Arc<Clause>>>,
}

/// 层级
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 国家
    National,
    /// 省级
    Provincial,
}

/// 状态
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 现行
    Current,
    /// 存档
    Archived,
}

/// 校注: a note beside the text on what looks wrong in the source.
#[derive(Debug, Clone, Serialize)]
pub struct TextNote {
    /// Number on the page, from 1.
    pub number: usize,
    /// The clause it stands beside.
    pub cite: ClauseReference,
    /// The words it is about; found in the clause.
    pub quote: String,
    /// The note.
    pub note: String,
}

/// A resolved reference to a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseReference {
    /// Id of the document.
    pub document: String,
    /// Short title of the document.
    pub document_title: String,
    /// Anchor of the clause.
    pub clause: String,
    /// Number for people: `三·1`; for a named clause its heading.
    pub label: String,
    /// `policies/<document>/#<clause>`
    pub url: String,
}
