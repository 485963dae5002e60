//! The checked portal: provincial guides: what has to be prepared, done and paid, by whom, and whom to ask.

use serde::Serialize;

use crate::model::ClauseReference;

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
