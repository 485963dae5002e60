//! The checked portal: what every later stage reads.
//!
//! Everything in it is resolved. Texts are plain text unless a field's name ends in `html`; `url` fields are relative
//! to the portal's root, without a leading slash.

use rules::{Date, Ruleset};
use serde::Serialize;

use crate::clause::Clause;
use crate::statement::Statement;

/// A whole portal, with every reference resolved.
#[derive(Debug, Clone, Serialize)]
pub struct Portal {
    /// From `portal.yaml`.
    pub settings: Settings,
    /// Sorted: current before archived, newer before older, then by id.
    pub policies: Vec<PolicyDocument>,
    /// In the order given by `order`, then by id.
    pub guides: Vec<ProvincialGuide>,
    /// Topics of `faq/topics.yaml` that have entries, in order.
    pub faq: Vec<FaqTopic>,
    /// Groups of `links.yaml`.
    pub link_groups: Vec<LinkGroup>,
    /// From `certificates.yaml`.
    pub certificates: CertificateCatalogue,
    /// From `glossary.yaml`.
    pub glossary: Vec<Term>,
    /// From `synonyms.yaml`.
    pub synonyms: Vec<SynonymGroup>,
    /// From `check/`: facts, conditions.
    pub ruleset: Ruleset,
    /// From `check/*/statements.yaml`: everything the documents say, each with who accounts for it.
    pub statements: Vec<Statement>,
    /// From `check/*/scenarios.yaml`.
    pub scenarios: Vec<Scenario>,
    /// Windows drawn from the conditions of kind `window`, by opening day.
    pub windows: Vec<Window>,
}

/// What holds for the whole portal.
#[derive(Debug, Clone, Serialize)]
pub struct Settings {
    /// Full title.
    pub title: String,
    /// Title for the header and for page titles.
    pub short_title: String,
    /// One sentence.
    pub description: String,
    /// Absolute address the portal is published at, with a slash at its end; empty when not known.
    pub base_url: String,
    /// Day on which the texts were last compared with their sources.
    pub checked: Date,
    /// Shown on every page: that this is not an official site.
    pub disclaimer: String,
    /// Shown with every result of the check.
    pub check_disclaimer: String,
    /// Who maintains the portal; may be empty.
    pub maintainer: String,
    /// Paragraphs of the about page, HTML.
    pub about_html: String,
}

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
    /// The text, in order.
    pub clauses: Vec<Clause>,
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

/// 办事指南 of one province, or the national frame.
#[derive(Debug, Clone, Serialize)]
pub struct ProvincialGuide {
    /// Folder name, e.g. `ah`.
    pub id: String,
    /// `provinces/<id>/`
    pub url: String,
    /// Code used by the fact `province`, e.g. `AH`; empty for the national frame.
    pub code: String,
    /// 安徽省
    pub name: String,
    /// 安徽
    pub short_name: String,
    /// Who decides.
    pub authority: String,
    /// One or two sentences.
    pub summary: String,
    /// Paragraphs before the sections, HTML; may be empty.
    pub intro_html: String,
    /// The documents it stands on: id, short title and address in each.
    pub documents: Vec<DocumentReference>,
    /// 受理条件 and 申请材料 come from here and from the conditions of the documents.
    pub materials: Vec<Material>,
    /// 办理流程
    pub steps: Vec<Step>,
    /// Who does what, in the order of the review chain.
    pub roles: Vec<Role>,
    /// 收费
    pub fees: Vec<CitedText>,
    /// 办理时限: what the text says on time beyond the windows.
    pub timing: Vec<CitedText>,
    /// 审批后
    pub duties: Vec<CitedText>,
    /// 咨询
    pub contacts: Vec<Contact>,
}

/// A resolved reference to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentReference {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Page.
    pub url: String,
}

/// 申请材料
#[derive(Debug, Clone, Serialize)]
pub struct Material {
    /// ASCII id; the anchor on the page is `material-<id>`.
    pub id: String,
    /// 材料名称
    pub name: String,
    /// Who prepares it.
    pub prepared_by: String,
    /// When it is needed or who needs it.
    pub when: String,
    /// Form and where it goes.
    pub form: String,
    /// What it must contain: a field checklist.
    pub fields: Vec<String>,
    /// Where it stands.
    pub cite: ClauseReference,
    /// Quote; may be empty.
    pub quote: String,
}

/// 办理流程
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// ASCII id; the anchor on the page is `step-<id>`.
    pub id: String,
    /// A few words.
    pub title: String,
    /// Who acts.
    pub actor: String,
    /// What to do.
    pub text: String,
    /// Where it stands.
    pub cite: ClauseReference,
    /// Quote; may be empty.
    pub quote: String,
}

/// One link of the review chain.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    /// Who.
    pub actor: String,
    /// Does what.
    pub does: String,
    /// Where it stands.
    pub cite: ClauseReference,
    /// Quote; may be empty.
    pub quote: String,
}

/// A sentence with its clause.
#[derive(Debug, Clone, Serialize)]
pub struct CitedText {
    /// The sentence.
    pub text: String,
    /// Where it stands.
    pub cite: ClauseReference,
    /// Quote; may be empty.
    pub quote: String,
}

/// 咨询
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// ASCII id; the anchor on the page is `contact-<id>`.
    pub id: String,
    /// Office.
    pub name: String,
    /// What to ask there.
    pub purpose: String,
    /// Persons; may be empty.
    pub people: Vec<String>,
    /// Telephone numbers as printed.
    pub phones: Vec<String>,
    /// Mailboxes as printed.
    pub emails: Vec<String>,
    /// Group chats: `QQ 群 645448315`.
    pub groups: Vec<String>,
    /// Postal address; may be empty.
    pub address: String,
    /// Web site; may be empty.
    pub website: String,
    /// Where it stands.
    pub cite: ClauseReference,
}

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

/// A declaration with the verdicts it must get.
#[derive(Debug, Clone, Serialize)]
pub struct Scenario {
    /// What it shows.
    pub name: String,
    /// Id of the document whose folder it stands in.
    pub document: String,
    /// The declaration.
    #[serde(skip)]
    pub declaration: rules::Declaration,
    /// The same as text for pages: label and answer of each given fact; lines after the school's facts.
    pub answers: Vec<ScenarioAnswer>,
    /// Expected verdicts.
    pub expect: Vec<Expectation>,
}

/// One answer of a scenario, for people and for addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScenarioAnswer {
    /// Index of the line, none for the school's facts.
    pub line: Option<usize>,
    /// Id of the fact.
    pub fact: String,
    /// Canonical text of the value: `yes`, `60`, `2024-09-20`, `middle`.
    pub value: String,
}

/// What a scenario expects of one condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expectation {
    /// Id of the condition.
    pub condition: String,
    /// The line; none means the worst of all lines, or the declaration.
    pub line: Option<usize>,
    /// The verdict.
    pub verdict: rules::Verdict,
}

/// A span of days in which somebody has to do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Id of the condition it is drawn from.
    pub condition: String,
    /// Its title.
    pub title: String,
    /// Province code; empty for a national window.
    pub province: String,
    /// Name of the province; 国家 for a national window.
    pub province_name: String,
    /// Who has to act.
    pub actor: rules::Actor,
    /// First day, absent where only a last day is given.
    pub opens: Option<Date>,
    /// Last day, absent where only a first day is given.
    pub closes: Option<Date>,
    /// The document is archived.
    pub archived: bool,
    /// Where it stands.
    pub citation: rules::Citation,
}
