//! `check/<document>/scenarios.yaml`: declarations with the verdicts they must get. They run in every build.

use rules::{Program, Ruleset, Verdict, nearest};

use crate::check::plan;
use crate::fields::{Fields, Reporter, entries_of, list_of, text_of};
use crate::format::check::{SCENARIO, VERDICTS};
use crate::model::{Expectation, Scenario};
use crate::problem::{Problem, ReferenceKind};
use crate::yaml::{Entry, Node};

/// Reads the scenarios of one folder and runs them against the compiled conditions.
pub(crate) fn read(
    node: &Node,
    folder: &str,
    ruleset: &Ruleset,
    program: &Program,
    reporter: &mut Reporter,
) -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &SCENARIO, reporter) else { continue };
        let name = fields.text("name", reporter);
        let problems_before = reporter.count();
        let (declaration, answers) = plan::declaration(name.clone(), &mut fields, ruleset, reporter);
        let entries = fields.optional("expect").map_or(&[][..], |node| entries_of(node, reporter));
        fields.finish(reporter);
        let mut expect = Vec::new();
        // A declaration with a wrong answer says nothing of the conditions.
        let sound = reporter.count() == problems_before;
        let findings = rules::check(program, &declaration);
        for entry in entries {
            let Some(expectation) = expectation(entry, ruleset, reporter) else { continue };
            if !sound {
                continue;
            }
            verify(&expectation, entry, ruleset, program, &declaration, &findings, reporter);
            expect.push(expectation);
        }
        scenarios.push(Scenario { name, document: folder.to_owned(), declaration, answers, expect });
    }
    scenarios
}

/// `ah-2024/min-examinees[1]: met`
fn expectation(entry: &Entry, ruleset: &Ruleset, reporter: &mut Reporter) -> Option<Expectation> {
    let (condition, line) = match entry.key.strip_suffix(']').and_then(|key| key.rsplit_once('[')) {
        Some((condition, line)) => (condition, line.parse().ok()),
        None => (entry.key.as_str(), None),
    };
    let known = || {
        ruleset
            .documents
            .iter()
            .flat_map(|document| &document.conditions)
            .map(|condition| condition.id.as_str())
    };
    if !known().any(|id| id == condition) {
        let suggestion = nearest(condition, known()).map(str::to_owned);
        let problem = Problem::UnknownReference {
            kind: ReferenceKind::Condition,
            found: condition.to_owned(),
            suggestion,
        };
        reporter.report(entry.key_span.clone(), problem);
        return None;
    }
    let text = text_of(&entry.node, reporter)?;
    let Some(verdict) = Verdict::from_id(&text) else {
        let words = || VERDICTS.iter().map(|word| word.word);
        let suggestion = nearest(&text, words()).map(str::to_owned);
        let known = words().map(str::to_owned).collect();
        reporter.report(entry.node.span.clone(), Problem::UnknownChoice { found: text, suggestion, known });
        return None;
    };
    Some(Expectation { condition: condition.to_owned(), line, verdict })
}

fn verify(
    expectation: &Expectation,
    entry: &Entry,
    ruleset: &Ruleset,
    program: &Program,
    declaration: &rules::Declaration,
    findings: &[rules::Finding],
    reporter: &mut Reporter,
) {
    let worst = findings
        .iter()
        .filter(|finding| {
            ruleset.documents[finding.document].conditions[finding.condition].id == expectation.condition
        })
        .filter(|finding| expectation.line.is_none() || finding.line == expectation.line)
        .max_by_key(|finding| finding.verdict);
    let Some(finding) = worst else {
        let problem = Problem::UnknownReference {
            kind: ReferenceKind::Condition,
            found: entry.key.clone(),
            suggestion: None,
        };
        reporter.report(entry.key_span.clone(), problem);
        return;
    };
    if finding.verdict != expectation.verdict {
        let problem = Problem::ScenarioFails {
            condition: entry.key.clone(),
            expected: expectation.verdict.id(),
            actual: finding.verdict.id(),
            reason: rules::explain(program, declaration, finding),
        };
        reporter.report(entry.node.span.clone(), problem);
    }
}
