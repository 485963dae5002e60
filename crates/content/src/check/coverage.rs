//! Every condition is seen met, not met and unknown by some scenario that expects something of it.
//!
//! What counts is how the requirement stands, not the word of the verdict: under "in principle" a requirement that is not
//! met is a matter of judgement, and it is seen not met all the same.

use std::collections::BTreeMap;

use rules::{Condition, ConditionKind, DocumentRules, Program, Ruleset, Strength, Verdict};

use crate::model::Scenario;

/// How a condition was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) met: bool,
    pub(crate) not_met: bool,
    pub(crate) unknown: bool,
}

impl Seen {
    pub(crate) const fn in_every_way(self) -> bool {
        self.met && self.not_met && self.unknown
    }
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
                    Some(Verdict::Met) => seen.met = true,
                    Some(Verdict::NotMet) => seen.not_met = true,
                    Some(Verdict::Unknown) => seen.unknown = true,
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
