//! Plan files: what a school answers, as YAML or JSON, alone or as a list.

use rules::{Answers, Declaration, Per, Ruleset, nearest};

use crate::check::value;
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Reporter, entries_of, list_of};
use crate::format::check::PLAN;
use crate::limits::{LONGEST_LINE, MOST_PLAN_VALUES};
use crate::model::ScenarioAnswer;
use crate::problem::FactProblem;
use crate::source::Source;
use crate::yaml::{self, Node, Value};

/// Most problems that are told where a line is very long.
const MOST_PROBLEMS_OF_LONG_LINES: usize = 20;

/// Reads a plan file: one declaration or a list of them, each with `name`, `facts` and `lines`. `expect`, which scenarios
/// have, is left aside.
pub fn read_plan(source: &Source, ruleset: &Ruleset) -> (Vec<Declaration>, Vec<Diagnostic>) {
    let mut reporter = Reporter::new(&source.path);
    let mut declarations = Vec::new();
    match yaml::parse_within(&source.path, &source.text, 0..source.text.len(), MOST_PLAN_VALUES) {
        Ok(node) => {
            let single = [node.clone()];
            let items = if matches!(node.value, Value::List(_)) { node.items() } else { &single };
            for item in items {
                let Some(mut fields) = Fields::open(item, &PLAN, &mut reporter) else { continue };
                let name = fields.optional_text("name", &mut reporter);
                fields.optional("expect");
                let declaration = declaration(name, &mut fields, ruleset, &mut reporter).0;
                fields.finish(&mut reporter);
                declarations.push(declaration);
            }
        }
        Err(problem) => reporter.push(*problem),
    }
    // Each problem shows its line, and programs write all of a plan into one.
    let is_long = source.text.split('\n').any(|line| line.len() > LONGEST_LINE);
    let most = if is_long { MOST_PROBLEMS_OF_LONG_LINES } else { usize::MAX };
    let problems = reporter.into_problems().into_iter().take(most);
    (declarations, problems.map(|problem| problem.in_text(&source.text)).collect())
}

/// Reads `facts` and `lines` of a declaration, typed; also as texts for pages.
pub(crate) fn declaration(
    name: String,
    fields: &mut Fields<'_>,
    ruleset: &Ruleset,
    reporter: &mut Reporter,
) -> (Declaration, Vec<ScenarioAnswer>) {
    let mut texts = Vec::new();
    let school = fields
        .optional("facts")
        .map_or_else(Answers::default, |node| answers(node, None, ruleset, &mut texts, reporter));
    let lines = fields.optional("lines").map_or(&[][..], |node| list_of(node, reporter));
    let lines = lines
        .iter()
        .enumerate()
        .map(|(line, node)| answers(node, Some(line), ruleset, &mut texts, reporter))
        .collect();
    (Declaration { name, school, lines }, texts)
}

fn answers(
    node: &Node,
    line: Option<usize>,
    ruleset: &Ruleset,
    texts: &mut Vec<ScenarioAnswer>,
    reporter: &mut Reporter,
) -> Answers {
    let mut answers = Answers::default();
    for entry in entries_of(node, reporter) {
        let span = entry.key_span.clone();
        let Some(index) = ruleset.fact_index(&entry.key) else {
            let suggestion =
                nearest(&entry.key, ruleset.facts.iter().map(|fact| fact.id.as_str())).map(str::to_owned);
            reporter.report(span, FactProblem::UnknownFact { found: entry.key.clone(), suggestion });
            continue;
        };
        let fact = &ruleset.facts[index];
        let id = || entry.key.clone();
        match (fact.per, line) {
            (Per::Line, None) => reporter.report(span, FactProblem::LineFactOfSchool { fact: id() }),
            (Per::School, Some(_)) => reporter.report(span, FactProblem::SchoolFactInLine { fact: id() }),
            _ if fact.kind.is_computed() => reporter.report(span, FactProblem::ComputedFact { fact: id() }),
            // Nothing written, or "暂不清楚", is an answer too: not known.
            _ if matches!(entry.node.value, Value::Nothing)
                || matches!(entry.node.text(), Some("unknown" | "暂不清楚")) => {}
            _ => {
                if let Some(value) = value::value_of(fact, &entry.node, reporter) {
                    answers.set(index, Some(value));
                    texts.push(ScenarioAnswer { line, fact: id(), value: value::canonical(fact, value) });
                }
            }
        }
    }
    answers
}
