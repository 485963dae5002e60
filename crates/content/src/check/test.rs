//! `when`, `require` and `scope`: structured tests, typed against the facts.
//!
//! A map of facts means that all hold; a plain value means equals; `{operator: value}` compares; `all`, `any`, `not`
//! combine. Each word has a Chinese alias.

use std::ops::Range;

use rules::{Comparison, Fact, FactKind, Operand, Per, Ruleset, Test, nearest};

use crate::check::places::Constant;
use crate::check::value;
use crate::fields::{Reporter, entries_of, list_of, text_of, wrong_shape};
use crate::problem::{FactProblem, Problem, Shape};
use crate::yaml::{Entry, Node, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Is,
    OneOf,
    NoneOf,
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
    Between,
    OnOrBefore,
    OnOrAfter,
}

/// Words of the closed set, the canonical one first, aliases after all canonical ones.
const OPERATORS: [(&str, Operator); 22] = [
    ("is", Operator::Is),
    ("one_of", Operator::OneOf),
    ("none_of", Operator::NoneOf),
    ("at_least", Operator::AtLeast),
    ("at_most", Operator::AtMost),
    ("more_than", Operator::MoreThan),
    ("less_than", Operator::LessThan),
    ("between", Operator::Between),
    ("on_or_before", Operator::OnOrBefore),
    ("on_or_after", Operator::OnOrAfter),
    ("是", Operator::Is),
    ("属于", Operator::OneOf),
    ("不属于", Operator::NoneOf),
    ("不少于", Operator::AtLeast),
    ("不低于", Operator::AtLeast),
    ("不超过", Operator::AtMost),
    ("不高于", Operator::AtMost),
    ("多于", Operator::MoreThan),
    ("少于", Operator::LessThan),
    ("介于", Operator::Between),
    ("不晚于", Operator::OnOrBefore),
    ("不早于", Operator::OnOrAfter),
];

/// What a test is read against.
pub(crate) struct Context<'a> {
    pub(crate) ruleset: &'a Ruleset,
    /// Whether the condition is judged by line: only then may it read facts of a line.
    pub(crate) per: Per,
    /// Every constant that was read, in order.
    pub(crate) constants: Vec<Constant>,
}

impl<'a> Context<'a> {
    pub(crate) const fn new(ruleset: &'a Ruleset, per: Per) -> Self {
        Self { ruleset, per, constants: Vec::new() }
    }

    /// Reads a constant that is compared with a fact.
    fn constant(&mut self, fact: usize, node: &Node, reporter: &mut Reporter) -> Option<i32> {
        let value = value::value_of(&self.ruleset.facts[fact], node, reporter)?;
        self.constants.push(Constant { fact, value, span: node.span.clone() });
        Some(value)
    }
}

/// Reads a test; a part that is wrong is reported and left out.
pub(crate) fn read(node: &Node, context: &mut Context<'_>, reporter: &mut Reporter) -> Test {
    let parts: Vec<Test> =
        entries_of(node, reporter).iter().filter_map(|entry| part(entry, context, reporter)).collect();
    match <[Test; 1]>::try_from(parts) {
        Ok([single]) => single,
        Err(parts) => Test::All(parts),
    }
}

fn part(entry: &Entry, context: &mut Context<'_>, reporter: &mut Reporter) -> Option<Test> {
    let mut list = |reporter: &mut Reporter| -> Vec<Test> {
        list_of(&entry.node, reporter).iter().map(|node| read(node, context, reporter)).collect()
    };
    Some(match entry.key.as_str() {
        "all" | "都要" => Test::All(list(reporter)),
        "any" | "其一" => Test::Any(list(reporter)),
        "not" | "不是" => Test::Not(Box::new(read(&entry.node, context, reporter))),
        id => {
            let index = fact(id, entry.key_span.clone(), context, reporter)?;
            return comparisons(index, &entry.node, context, reporter);
        }
    })
}

fn fact(id: &str, span: Range<usize>, context: &Context<'_>, reporter: &mut Reporter) -> Option<usize> {
    let facts = &context.ruleset.facts;
    let Some(index) = context.ruleset.fact_index(id) else {
        let suggestion = nearest(id, facts.iter().map(|fact| fact.id.as_str())).map(str::to_owned);
        reporter.report(span, FactProblem::UnknownFact { found: id.to_owned(), suggestion });
        return None;
    };
    if facts[index].per == Per::Line && context.per == Per::School {
        reporter.report(span, FactProblem::LineFactInSchoolCondition { fact: id.to_owned() });
    }
    Some(index)
}

fn comparisons(
    index: usize,
    node: &Node,
    context: &mut Context<'_>,
    reporter: &mut Reporter,
) -> Option<Test> {
    let compare = |comparison| Test::Compare { fact: index, comparison };
    match &node.value {
        Value::Map(entries) => {
            let mut parts: Vec<Test> = entries
                .iter()
                .filter_map(|entry| comparison(index, entry, context, reporter))
                .map(compare)
                .collect();
            if parts.len() == 1 { parts.pop() } else { Some(Test::All(parts)) }
        }
        Value::Text(_) => {
            let value = context.constant(index, node, reporter)?;
            Some(compare(Comparison::Is(Operand::Value(value))))
        }
        _ => {
            wrong_shape(node, Shape::Map, reporter);
            None
        }
    }
}

fn comparison(
    index: usize,
    entry: &Entry,
    context: &mut Context<'_>,
    reporter: &mut Reporter,
) -> Option<Comparison> {
    let ruleset = context.ruleset;
    let fact = &ruleset.facts[index];
    let Some((_, operator)) = OPERATORS.iter().find(|(word, _)| *word == entry.key) else {
        let words = || OPERATORS.iter().map(|(word, _)| *word);
        reporter.report(
            entry.key_span.clone(),
            FactProblem::UnknownOperator {
                suggestion: nearest(&entry.key, words()).map(str::to_owned),
                known: words().take(10).map(str::to_owned).collect(),
                found: entry.key.clone(),
            },
        );
        return None;
    };
    if !fits(*operator, fact) {
        let problem = FactProblem::OperatorDoesNotFit { operator: entry.key.clone(), fact: fact.id.clone() };
        reporter.report(entry.key_span.clone(), problem);
        return None;
    }
    let node = &entry.node;
    Some(match operator {
        Operator::OneOf => Comparison::OneOf(values(index, node, context, reporter)),
        Operator::NoneOf => Comparison::NoneOf(values(index, node, context, reporter)),
        Operator::Between => {
            let items = list_of(node, reporter);
            let [low, high] = items else {
                let found = items.len().to_string();
                reporter.report(node.span.clone(), Problem::InvalidNumber { found, least: 2, most: 2 });
                return None;
            };
            let (low, high) =
                (operand(index, low, context, reporter)?, operand(index, high, context, reporter)?);
            if let (Operand::Value(low), Operand::Value(high)) = (low, high) {
                value::check_range(low, high, node.span.clone(), reporter);
            }
            Comparison::Between(low, high)
        }
        Operator::Is => Comparison::Is(operand(index, node, context, reporter)?),
        Operator::AtLeast | Operator::OnOrAfter => {
            Comparison::AtLeast(operand(index, node, context, reporter)?)
        }
        Operator::AtMost | Operator::OnOrBefore => {
            Comparison::AtMost(operand(index, node, context, reporter)?)
        }
        Operator::MoreThan => Comparison::MoreThan(operand(index, node, context, reporter)?),
        Operator::LessThan => Comparison::LessThan(operand(index, node, context, reporter)?),
    })
}

fn fits(operator: Operator, fact: &Fact) -> bool {
    let ordered =
        fact.kind.is_whole_number() || matches!(fact.kind, FactKind::Percent | FactKind::Ratio { .. });
    let date = matches!(fact.kind, FactKind::Date);
    match operator {
        Operator::Is => !matches!(fact.kind, FactKind::Text),
        Operator::OneOf | Operator::NoneOf => {
            fact.kind.is_whole_number() || matches!(fact.kind, FactKind::Choice { .. })
        }
        Operator::AtLeast | Operator::AtMost | Operator::MoreThan | Operator::LessThan => ordered,
        Operator::Between => ordered || date,
        Operator::OnOrBefore | Operator::OnOrAfter => date,
    }
}

fn values(index: usize, node: &Node, context: &mut Context<'_>, reporter: &mut Reporter) -> Vec<i32> {
    list_of(node, reporter).iter().filter_map(|item| context.constant(index, item, reporter)).collect()
}

/// A constant, or `{fact: other}` of the same type and unit.
fn operand(index: usize, node: &Node, context: &mut Context<'_>, reporter: &mut Reporter) -> Option<Operand> {
    let facts = &context.ruleset.facts;
    if !matches!(node.value, Value::Map(_)) {
        return context.constant(index, node, reporter).map(Operand::Value);
    }
    let Some(other) = node.get("fact") else {
        wrong_shape(node, Shape::Text, reporter);
        return None;
    };
    let id = text_of(other, reporter)?;
    let right = fact(&id, other.span.clone(), context, reporter)?;
    let (left_kind, right_kind) = (&facts[index].kind, &facts[right].kind);
    let is_same = std::mem::discriminant(left_kind) == std::mem::discriminant(right_kind)
        || left_kind.is_whole_number() && right_kind.is_whole_number();
    if !is_same || facts[index].unit != facts[right].unit {
        let problem = FactProblem::FactsDoNotCompare { left: facts[index].id.clone(), right: id };
        reporter.report(other.span.clone(), problem);
        return None;
    }
    Some(Operand::Fact(right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::COMPARISONS;

    #[test]
    fn every_comparison_is_described_by_its_words() {
        for (word, operator) in OPERATORS {
            let described =
                COMPARISONS.iter().find(|one| one.words.contains(&word)).expect("it is described");
            assert!(OPERATORS.contains(&(described.words[0], operator)), "{word}");
        }
        assert_eq!(COMPARISONS.iter().map(|one| one.words.len()).sum::<usize>(), OPERATORS.len());
    }
}
