//! Facts that are computed and never asked: shares of two counts, and whole numbers counted over the lines.

use rules::{FactKind, Per, Ruleset, Total, nearest};

use crate::fields::{Fields, Reporter, list_of, text_of};
use crate::problem::{FactProblem, Problem};
use crate::yaml::{Entry, Node};

/// Reads what a fact is computed from; `None` for one that is asked. `ids` are those of all facts, `is_integer` whether
/// its type is a whole number.
pub(crate) fn read(
    fields: &mut Fields<'_>,
    is_integer: bool,
    ids: &[&str],
    reporter: &mut Reporter,
) -> Option<FactKind> {
    ratio(fields, ids, reporter).or_else(|| total(fields, is_integer, ids, reporter))
}

/// Checks that computed facts are made of facts that fit, once all are read.
pub(crate) fn check(entries: &[Entry], ruleset: &Ruleset, reporter: &mut Reporter) {
    check_ratios(entries, ruleset, reporter);
    check_totals(entries, ruleset, reporter);
}

fn ratio(fields: &mut Fields<'_>, ids: &[&str], reporter: &mut Reporter) -> Option<FactKind> {
    let node = fields.optional("ratio")?;
    let items = fields.list("ratio", reporter);
    let indices: Vec<usize> = items.iter().filter_map(|item| index_of(item, ids, reporter)).collect();
    match indices.as_slice() {
        [part, whole] => Some(FactKind::Ratio { part: *part, whole: *whole }),
        _ => {
            if node.items().len() != 2 {
                let problem =
                    Problem::InvalidNumber { found: node.items().len().to_string(), least: 2, most: 2 };
                reporter.report(node.span.clone(), problem);
            }
            None
        }
    }
}

/// `count: lines`, `sum: planned` or `distinct: [certificate, level]`, of type `integer`.
fn total(
    fields: &mut Fields<'_>,
    is_integer: bool,
    ids: &[&str],
    reporter: &mut Reporter,
) -> Option<FactKind> {
    let total = if fields.optional("count").is_some() {
        fields.choice("count", &[("lines", ())], (), reporter);
        Total::Lines
    } else if let Some(node) = fields.optional("sum") {
        // A name that is wrong is reported; what is left counts as computed, so that no question is asked for.
        index_of(node, ids, reporter).map_or(Total::Lines, Total::Sum)
    } else {
        let node = fields.optional("distinct")?;
        let items = list_of(node, reporter);
        if items.is_empty() {
            reporter.report(node.span.clone(), Problem::EmptyText);
        }
        Total::Distinct(items.iter().filter_map(|item| index_of(item, ids, reporter)).collect())
    };
    if let Some(node) = fields.optional("type").filter(|_| !is_integer) {
        let (found, integer) = (node.text().unwrap_or_default().to_owned(), "integer".to_owned());
        let problem =
            Problem::UnknownChoice { found, suggestion: Some(integer.clone()), known: vec![integer] };
        reporter.report(node.span.clone(), problem);
    }
    Some(FactKind::Total(total))
}

/// Index of the fact a scalar names; an unknown one is reported.
fn index_of(node: &Node, ids: &[&str], reporter: &mut Reporter) -> Option<usize> {
    let id = text_of(node, reporter)?;
    let index = ids.iter().position(|known| *known == id);
    if index.is_none() {
        let suggestion = nearest(&id, ids.iter().copied()).map(str::to_owned);
        reporter.report(node.span.clone(), FactProblem::UnknownFact { found: id, suggestion });
    }
    index
}

/// A share is made of two whole numbers of the same unit that are stated in the same place.
fn check_ratios(entries: &[Entry], ruleset: &Ruleset, reporter: &mut Reporter) {
    for (entry, fact) in entries.iter().zip(&ruleset.facts) {
        let FactKind::Ratio { part, whole } = fact.kind else { continue };
        let (part, whole) = (&ruleset.facts[part], &ruleset.facts[whole]);
        let counts =
            [part, whole].iter().all(|fact| matches!(fact.kind, FactKind::Integer { min, .. } if min >= 0));
        if !counts || part.unit != whole.unit || part.per != whole.per || fact.per != part.per {
            let problem = FactProblem::FactsDoNotCompare { left: part.id.clone(), right: whole.id.clone() };
            reporter.report(
                entry.node.get("ratio").map_or(entry.key_span.clone(), |node| node.span.clone()),
                problem,
            );
        }
    }
}

/// A total belongs to the school and reads facts that are asked of each line; a sum reads whole numbers.
fn check_totals(entries: &[Entry], ruleset: &Ruleset, reporter: &mut Reporter) {
    for (entry, fact) in entries.iter().zip(&ruleset.facts) {
        let FactKind::Total(total) = &fact.kind else { continue };
        if let (Per::Line, Some(node)) = (fact.per, entry.node.get("per")) {
            let problem = Problem::UnknownChoice {
                found: "line".to_owned(),
                suggestion: Some("school".to_owned()),
                known: vec!["school".to_owned()],
            };
            reporter.report(node.span.clone(), problem);
        }
        let names: Vec<&Node> = match (entry.node.get("sum"), entry.node.get("distinct")) {
            (Some(node), _) => vec![node],
            (None, Some(node)) => node.items().iter().collect(),
            (None, None) => Vec::new(),
        };
        for node in names {
            let Some(of) = ruleset.facts.iter().find(|fact| Some(fact.id.as_str()) == node.text()) else {
                continue;
            };
            let id = || of.id.clone();
            if of.per == Per::School || of.kind.is_computed() || of.kind == FactKind::Text {
                reporter.report(node.span.clone(), FactProblem::NotOfLines { fact: id() });
            } else if matches!(total, Total::Sum(_)) && !matches!(of.kind, FactKind::Integer { .. }) {
                reporter.report(node.span.clone(), FactProblem::NotSummable { fact: id() });
            }
        }
    }
}
