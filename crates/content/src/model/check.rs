//! The checked portal: scenarios of the check, and the calendar drawn from its conditions.

use rules::Date;
use serde::Serialize;

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
