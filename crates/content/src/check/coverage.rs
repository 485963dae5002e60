//! Every condition is seen met, not met and unknown by some scenario that expects something of it.
//!
//! What counts is how the requirement stands, not the word of the verdict: under "in principle" a requirement that is not
//! met is a matter of judgement, and it is seen not met all the same.

use std::collections::BTreeMap;

use rules::{Condition, ConditionKind, DocumentRules, Program, Ruleset, Strength, Verdict};
use serde::Serialize;

use crate::model::{Portal, Scenario};

/// How often the scenarios that expect something of a condition see its requirement stand how, on the line they name or
/// on the worst of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The requirement is met.
    pub met: usize,
    /// It is not met.
    pub not_met: usize,
    /// It cannot be told, or not whether the condition applies.
    pub unknown: usize,
}

impl Seen {
    /// Whether each of them was seen.
    pub const fn in_every_way(self) -> bool {
        self.met > 0 && self.not_met > 0 && self.unknown > 0
    }
}

/// How the scenarios of a portal see each of its conditions, by the condition's id.
pub fn scenario_coverage(portal: &Portal) -> BTreeMap<String, Seen> {
    seen(&portal.ruleset, &portal.scenarios)
}

/// How each condition is seen, by its id.
pub(crate) fn seen(ruleset: &Ruleset, scenarios: &[Scenario]) -> BTreeMap<String, Seen> {
    let plain = plain(ruleset);
    let conditions = plain.documents.iter().flat_map(|document| &document.conditions);
    let mut all: BTreeMap<String, Seen> =
        conditions.map(|condition| (condition.id.clone(), Seen::default())).collect();
    let Ok(program) = Program::new(&plain) else { return all };
    for scenario in scenarios {
        let findings = rules::check(&program, &scenario.declaration);
        for expectation in &scenario.expect {
            let state = findings
                .iter()
                .filter(|finding| {
                    program.condition_id(finding.document, finding.condition) == expectation.condition
                })
                .filter(|finding| expectation.line.is_none() || finding.line == expectation.line)
                .map(|finding| finding.verdict)
                .max();
            if let Some(seen) = all.get_mut(&expectation.condition) {
                match state {
                    Some(Verdict::Met) => seen.met += 1,
                    Some(Verdict::NotMet) => seen.not_met += 1,
                    Some(Verdict::Unknown) => seen.unknown += 1,
                    _ => {}
                }
            }
        }
    }
    all
}

/// The conditions with verdicts that say how the requirement stands.
fn plain(ruleset: &Ruleset) -> Ruleset {
    let condition = |condition: &Condition| Condition {
        kind: ConditionKind::Condition,
        strength: Strength::Must,
        ..condition.clone()
    };
    let document = |document: &DocumentRules| DocumentRules {
        conditions: document.conditions.iter().map(condition).collect(),
        ..document.clone()
    };
    Ruleset { documents: ruleset.documents.iter().map(document).collect(), ..ruleset.clone() }
}
