//! What a document says, statement by statement, and the records that account for each.

use serde::Serialize;

use crate::model::ClauseReference;

/// One thing a document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Public id, unique over all documents: `A10`.
    pub id: String,
    /// Id of the document.
    pub document: String,
    /// What it says, one line.
    pub title: String,
    /// Where it stands.
    pub cite: ClauseReference,
    /// The words; found in the clause.
    pub quote: String,
    /// How people ask for it: searched, not shown.
    pub asked_as: Vec<String>,
    /// Why nothing has to be done about it; empty unless it is plain information.
    pub information: String,
    /// The records that account for it, in the order of the files.
    pub covered_by: Vec<Cover>,
}

/// A record that accounts for a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cover {
    /// What sort of record.
    pub kind: CoverKind,
    /// Its title.
    pub title: String,
    /// Where it stands in the portal.
    pub url: String,
}

/// Sorts of records that account for statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverKind {
    /// A condition of the check.
    Condition,
    /// A condition on days.
    Window,
    /// Something to do.
    Todo,
    /// A paper: a condition or an entry of a guide.
    Material,
    /// A step of a guide.
    Step,
    /// A duty after approval.
    Duty,
    /// Whom to ask.
    Contact,
    /// Who does what.
    Role,
    /// A fee.
    Fee,
    /// A remark on time.
    Timing,
    /// An answer of the FAQ.
    Answer,
}

impl Statement {
    /// Whether somebody covers it, or it says itself that it is plain information.
    pub fn is_accounted_for(&self) -> bool {
        !self.covered_by.is_empty() || !self.information.is_empty()
    }
}

impl CoverKind {
    /// Name in Chinese.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Condition => "条件",
            Self::Window => "时间",
            Self::Todo => "待办",
            Self::Material => "材料",
            Self::Step => "流程",
            Self::Duty => "审批后",
            Self::Contact => "咨询",
            Self::Role => "职责",
            Self::Fee => "收费",
            Self::Timing => "时限",
            Self::Answer => "问答",
        }
    }

    /// Name in English, as in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Window => "window",
            Self::Todo => "todo",
            Self::Material => "material",
            Self::Step => "step",
            Self::Duty => "duty",
            Self::Contact => "contact",
            Self::Role => "role",
            Self::Fee => "fee",
            Self::Timing => "timing",
            Self::Answer => "answer",
        }
    }
}
