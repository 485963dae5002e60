//! Whether the scenarios would notice a slip in a condition: each is changed a little, and some scenario must then fail.

use rules::{Condition, Declaration, DocumentRules, Program, Ruleset, Strength, Test, Verdict};

use crate::check::cut_points::{Answered, Tried, try_all};
use crate::check::mutate::{Change, variants};
use crate::model::{Expectation, Portal, Scenario};

/// A condition with one small change, and whether it was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// Id of the condition; for the scope of a document the document's id.
    pub subject: String,
    /// How strictly the text asks it; none for a scope.
    pub strength: Option<Strength>,
    /// Which part was changed.
    pub part: MutatedPart,
    /// What was changed.
    pub change: Change,
    /// What came of it.
    pub fate: Fate,
}

/// The part of a condition that was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MutatedPart {
    /// `scope` of the document.
    Scope,
    /// `when`
    When,
    /// `require`
    Require,
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Some scenario failed.
    Noticed,
    /// Every scenario still passes.
    Survived,
    /// It gives the same verdict on every declaration, which was proved by trying all that matter.
    Equivalent,
}

impl MutatedPart {
    /// The field as an author writes it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::When => "when",
            Self::Require => "require",
        }
    }
}

/// Changes every condition and every scope in every small way and runs the scenarios on each, in the order of the ruleset.
pub fn mutants(portal: &Portal) -> Vec<Mutant> {
    let (ruleset, scenarios) = (&portal.ruleset, &portal.scenarios);
    let facts = &ruleset.facts;
    let mut all = Vec::new();
    for document in &ruleset.documents {
        let of_scope = |(scope, change)| {
            let changed = DocumentRules { scope, ..document.clone() };
            Mutant {
                subject: document.document.clone(),
                strength: None,
                part: MutatedPart::Scope,
                change,
                fate: fate(ruleset, document, changed, scenarios),
            }
        };
        all.extend(variants(&document.scope, facts).into_iter().map(of_scope));
        for condition in &document.conditions {
            for (part, changed, change) in changes(condition, ruleset) {
                let alone =
                    |condition: Condition| DocumentRules { conditions: vec![condition], ..document.clone() };
                all.push(Mutant {
                    subject: condition.id.clone(),
                    strength: Some(condition.strength),
                    part,
                    change,
                    fate: fate(ruleset, &alone(condition.clone()), alone(changed), scenarios),
                });
            }
        }
    }
    all
}

fn changes(condition: &Condition, ruleset: &Ruleset) -> Vec<(MutatedPart, Condition, Change)> {
    let mut all = Vec::new();
    let when = |when, change| (MutatedPart::When, Condition { when, ..condition.clone() }, change);
    let require =
        |require, change| (MutatedPart::Require, Condition { require, ..condition.clone() }, change);
    if condition.when != Test::ALWAYS {
        all.push(when(Test::ALWAYS, Change::WhenDropped));
    }
    let facts = &ruleset.facts;
    all.extend(variants(&condition.when, facts).into_iter().map(|(test, change)| when(test, change)));
    all.extend(variants(&condition.require, facts).into_iter().map(|(test, change)| require(test, change)));
    if condition.boundary_unclear {
        let plain = Condition { boundary_unclear: false, ..condition.clone() };
        all.push((MutatedPart::Require, plain, Change::BoundaryDropped));
    }
    all
}

fn fate(ruleset: &Ruleset, original: &DocumentRules, changed: DocumentRules, scenarios: &[Scenario]) -> Fate {
    let alone = Ruleset { facts: ruleset.facts.clone(), documents: vec![changed], ..Ruleset::default() };
    // What cannot be compiled is noticed by the build itself.
    let Ok(program) = Program::new(&alone) else { return Fate::Noticed };
    let conditions: Vec<&str> = original.conditions.iter().map(|condition| condition.id.as_str()).collect();
    let fails = |scenario: &Scenario| {
        let concerned = scenario.expect.iter().any(|one| conditions.contains(&one.condition.as_str()));
        concerned && !passes(&program, &scenario.declaration, &scenario.expect)
    };
    if scenarios.iter().any(fails) {
        return Fate::Noticed;
    }
    let both = [original.clone(), alone.documents.into_iter().next().unwrap_or_else(|| original.clone())];
    let count = original.conditions.len();
    let same = |verdicts: &[Verdict]| verdicts[..count] == verdicts[count..];
    match try_all(ruleset, &both, Answered::Some, &mut |verdicts| same(verdicts)) {
        Tried::All => Fate::Equivalent,
        Tried::Enough | Tried::TooMany => Fate::Survived,
    }
}

/// Whether every expectation on the conditions of the program holds.
fn passes(program: &Program, declaration: &Declaration, expect: &[Expectation]) -> bool {
    let findings = rules::check(program, declaration);
    expect.iter().all(|one| {
        let of_condition =
            findings.iter().filter(|finding| program.condition_id(0, finding.condition) == one.condition);
        let worst = of_condition
            .filter(|finding| one.line.is_none() || finding.line == one.line)
            .map(|finding| finding.verdict)
            .max();
        worst.is_none_or(|verdict| verdict == one.verdict)
    })
}
