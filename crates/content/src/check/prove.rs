//! What the build proves of sound conditions and scenarios; every proof that fails is reported at its place.

use std::collections::BTreeMap;

use rules::Ruleset;

use crate::check::coverage::{self, Seen};
use crate::check::logic::{Found, Proofs};
use crate::check::places::Written;
use crate::check::{logic, modal, numbers, unused};
use crate::diagnostic::Diagnostic;
use crate::file::File;
use crate::model::Scenario;
use crate::problem::{Problem, Proof};
use crate::references::References;

/// What the proofs counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proved {
    /// How many conditions there are.
    pub conditions: usize,
    /// How many of them some scenario sees met, some not met and some unknown.
    pub seen_in_every_way: usize,
    /// How many proofs were left out because too many declarations matter to them.
    pub left_out: usize,
}

/// Holds the conditions against their quotes, against each other and against the scenarios.
pub(crate) fn prove(
    files: &mut BTreeMap<String, File>,
    written: &[Written],
    ruleset: &Ruleset,
    scenarios: &[Scenario],
    references: &References,
) -> Proved {
    let seen = coverage::seen(ruleset, scenarios);
    let mut proved = Proved {
        conditions: seen.len(),
        seen_in_every_way: seen.values().filter(|seen| seen.in_every_way()).count(),
        left_out: 0,
    };
    for document in written {
        let Some(file) = files.get_mut(&document.path) else { continue };
        let reporter = &mut file.reporter;
        let year =
            references.documents.get(&document.rules.document).map_or(0, |parsed| parsed.document.year);
        let Proofs { found, left_out } = logic::check(document, ruleset);
        proved.left_out += left_out;
        for (condition, places) in document.rules.conditions.iter().zip(&document.conditions) {
            if let Some(problem) = modal::check(condition) {
                reporter.report(places.strength.clone(), problem);
            }
            for (span, problem) in numbers::check(condition, places, ruleset, year) {
                reporter.report(span, problem);
            }
            // What can never be cannot be seen either.
            let is_impossible = found.iter().any(|one| {
                one.other.is_none() && [&document.scope, &places.when, &places.require].contains(&&one.span)
            });
            if let Some(problem) =
                seen.get(&condition.id).and_then(|seen| not_seen(*seen)).filter(|_| !is_impossible)
            {
                reporter.report(places.id.clone(), problem);
            }
        }
        for Found { span, problem, other } in found {
            let diagnostic = Diagnostic::new(&document.path, span, problem);
            reporter.push(match other {
                Some(other) => diagnostic.related(reporter.place(other), "另一个条件", "the other condition"),
                None => diagnostic,
            });
        }
    }
    report_unused(files, ruleset);
    proved
}

fn not_seen(seen: Seen) -> Option<Proof> {
    let states = [("met", seen.met), ("not_met", seen.not_met), ("unknown", seen.unknown)];
    let missing: Vec<&'static str> =
        states.into_iter().filter(|(_, count)| *count == 0).map(|(state, _)| state).collect();
    (!missing.is_empty()).then_some(Proof::ScenarioMissing { missing })
}

fn report_unused(files: &mut BTreeMap<String, File>, ruleset: &Ruleset) {
    let Some(file) = files.get_mut("check/facts.yaml") else { return };
    let (Some(node), reporter) = (&file.node, &mut file.reporter) else { return };
    for fact in unused::unused(ruleset) {
        let id = &ruleset.facts[fact].id;
        let span =
            node.get("facts").and_then(|facts| facts.entry(id)).map_or(0..0, |entry| entry.key_span.clone());
        reporter.report(span, Problem::Proof(Proof::UnusedFact { fact: id.clone() }));
    }
}
