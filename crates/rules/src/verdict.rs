//! Verdicts and findings.

use serde::Serialize;

/// What a condition says of a declaration. The order is from the best to the worst, so that the worst of several
/// lines is their maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 不适用
    NotApplicable,
    /// 符合
    Met,
    /// 提示
    Advice,
    /// 需人工判断
    Judge,
    /// 需补充信息
    Unknown,
    /// 不符合
    NotMet,
}

/// The verdict of one condition on a declaration or on one of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Index of the document in the ruleset.
    pub document: usize,
    /// Index of the condition in the document.
    pub condition: usize,
    /// Index of the line, `None` where the condition is not judged by line.
    pub line: Option<usize>,
    /// The verdict.
    pub verdict: Verdict,
    /// Indices of exactly the facts whose answers are missing and decide; sorted, empty unless unknown.
    pub missing: Vec<usize>,
    /// Indices of the facts that decided; sorted.
    pub decided_by: Vec<usize>,
}

impl Verdict {
    /// The id used in JSON, scenarios and tests.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::Met => "met",
            Self::Advice => "advice",
            Self::Judge => "judge",
            Self::Unknown => "unknown",
            Self::NotMet => "not_met",
        }
    }

    /// The verdict with this id; `na` is short for `not_applicable`.
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "not_applicable" | "na" => Self::NotApplicable,
            "met" => Self::Met,
            "advice" => Self::Advice,
            "judge" => Self::Judge,
            "unknown" => Self::Unknown,
            "not_met" => Self::NotMet,
            _ => return None,
        })
    }
}
