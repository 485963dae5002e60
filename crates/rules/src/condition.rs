//! Conditions: what a document asks of a declaration, with the clause it stands on.

use serde::Serialize;

use crate::fact::Per;

/// The conditions of one document.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentRules {
    /// Id of the document, e.g. `ah-2024`.
    pub document: String,
    /// Short title in Chinese.
    pub title: String,
    /// Page of the document, relative to the portal's root.
    pub url: String,
    /// An archived document is shown for reference and never blocks.
    pub archived: bool,
    /// To which declarations the document applies at all.
    pub scope: Test,
    /// In the order of the document.
    pub conditions: Vec<Condition>,
}

/// One condition.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    /// Public id: document id, `/`, id within the document, e.g. `ah-2024/min-examinees`.
    pub id: String,
    /// One line in Chinese.
    pub title: String,
    /// What sort of thing is asked.
    pub kind: ConditionKind,
    /// How strictly the text asks it.
    pub strength: Strength,
    /// Who has to act.
    pub actor: Actor,
    /// When in the course of an application it matters.
    pub stage: Stage,
    /// Judged once or for each line.
    pub per: Per,
    /// When the condition applies, beyond the document's scope.
    pub when: Test,
    /// What must hold.
    pub require: Test,
    /// The clause it stands on.
    pub citation: Citation,
    /// Sentences of the author for single verdicts.
    pub say: Say,
    /// On the last day itself the text leaves open whether it counts ("前"): judgement needed.
    pub boundary_unclear: bool,
    /// The numbers are a reading of the text, not the text itself; listed for sign-off.
    pub interpretation: bool,
    /// The text gives days without a year, and that of the document is meant; listed for sign-off, too.
    pub year_from_issue: bool,
}

/// Where a condition stands, quoted word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Id of the document.
    pub document: String,
    /// Anchor of the clause, e.g. `s3-1`.
    pub clause: String,
    /// The number as printed, for people: `三·1`.
    pub clause_label: String,
    /// Words before the quote that give it its force; may be empty.
    pub lead_in: String,
    /// The words themselves.
    pub quote: String,
    /// Address of the clause relative to the portal's root, e.g. `policies/ah-2024/#s3-1`.
    pub url: String,
}

/// Sentences of the author for single verdicts, with `「fact label」` as placeholders; empty means the default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Say {
    /// For [`crate::Verdict::Met`].
    pub met: String,
    /// Where the requirement is not met, whatever verdict follows from it.
    pub not_met: String,
    /// For [`crate::Verdict::Unknown`].
    pub unknown: String,
}

/// A statement about the facts of a declaration, three-valued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Every part holds; an empty list always holds.
    All(Vec<Test>),
    /// Some part holds; an empty list never holds.
    Any(Vec<Test>),
    /// The part does not hold.
    Not(Box<Test>),
    /// One fact compared.
    Compare {
        /// Index of the fact.
        fact: usize,
        /// With what.
        comparison: Comparison,
    },
}

/// What a fact is compared with. Dates use the ordering comparisons as well (on or before = at most).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// Equal.
    Is(Operand),
    /// Equal to one of these.
    OneOf(Vec<i32>),
    /// Equal to none of these.
    NoneOf(Vec<i32>),
    /// ≥
    AtLeast(Operand),
    /// ≤
    AtMost(Operand),
    /// >
    MoreThan(Operand),
    /// <
    LessThan(Operand),
    /// Both ends belong to it.
    Between(Operand, Operand),
}

/// The right side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operand {
    /// A constant in the shape of the fact's type, see [`crate::FactKind`].
    Value(i32),
    /// Another fact of the same type and unit, by index.
    Fact(usize),
}

/// What sort of thing a condition asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// Which certificates, schools or years are covered.
    Scope,
    /// A plain condition.
    Condition,
    /// A number to reach.
    Threshold,
    /// A span of days.
    Window,
    /// A paper to have.
    Document,
    /// Something to do.
    Todo,
    /// A recommendation.
    Advice,
    /// Only people can judge it; an answer is a self-assessment.
    Judgement,
    /// Something not to do.
    Prohibition,
}

/// How strictly the text asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// 须、应、必须
    Must,
    /// 原则上
    InPrinciple,
    /// 一般
    Generally,
    /// 要、需
    Should,
    /// 可
    May,
    /// 优先
    Priority,
    /// 建议
    Advice,
}

/// Who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// 院校
    School,
    /// 市级教育行政部门
    City,
    /// 省级教育行政部门
    Province,
    /// 秘书处、项目办公室
    Secretariat,
    /// 培训评价组织
    Organisation,
    /// 牵头院校
    LeadSchool,
}

/// When in the course of an application a condition matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 申报前
    Before,
    /// 提交
    Submission,
    /// 审核
    Review,
    /// 审批后
    AfterApproval,
    /// 调整
    Change,
}

impl Test {
    /// Holds for every declaration.
    pub const ALWAYS: Self = Self::All(Vec::new());

    /// Calls `visit` with every comparison in it, from left to right.
    pub fn for_each_comparison<'test>(&'test self, visit: &mut dyn FnMut(usize, &'test Comparison)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.for_each_comparison(visit);
                }
            }
            Self::Not(part) => part.for_each_comparison(visit),
            Self::Compare { fact, comparison } => visit(*fact, comparison),
        }
    }
}

impl Comparison {
    /// The operands of its right side, a list of constants left out.
    pub fn operands(&self) -> Vec<Operand> {
        match self {
            Self::Is(right)
            | Self::AtLeast(right)
            | Self::AtMost(right)
            | Self::MoreThan(right)
            | Self::LessThan(right) => vec![*right],
            Self::Between(low, high) => vec![*low, *high],
            Self::OneOf(_) | Self::NoneOf(_) => Vec::new(),
        }
    }
}
