//! Random declarations of any rule set, for property tests here and in `tests/`: each fact that is asked is answered or
//! not, often with a value at which some condition turns, and there are up to three lines. They shrink to fewer lines,
//! fewer answers, smaller values.

use std::ops::RangeInclusive;

use proptest::prelude::*;
use proptest::{collection, option, sample};
use rules::{Answers, Comparison, Declaration, FactKind, Operand, Per, Ruleset};

/// Declarations with about three quarters of the questions answered.
pub(crate) fn declaration(ruleset: &Ruleset) -> impl Strategy<Value = Declaration> + use<> {
    let lines = collection::vec(answers(ruleset, Per::Line), 0..=3);
    (answers(ruleset, Per::School), lines).prop_map(|(school, lines)| Declaration {
        name: String::new(),
        school,
        lines,
    })
}

fn answers(ruleset: &Ruleset, per: Per) -> impl Strategy<Value = Answers> + use<> {
    let facts: Vec<usize> = (0..ruleset.facts.len())
        .filter(|fact| ruleset.facts[*fact].per == per && values(ruleset, *fact).is_some())
        .collect();
    let each: Vec<_> = facts
        .iter()
        .filter_map(|fact| values(ruleset, *fact))
        .map(|values| option::weighted(0.75, values))
        .collect();
    each.prop_map(move |given| {
        let mut answers = Answers::default();
        facts.iter().zip(given).for_each(|(fact, answer)| answers.set(*fact, answer));
        answers
    })
}

/// Answers to a fact, one in two next to a constant of some condition; `None` for a fact that takes no answer.
fn values(ruleset: &Ruleset, fact: usize) -> Option<BoxedStrategy<i32>> {
    let range = match &ruleset.facts[fact].kind {
        FactKind::Boolean => 0..=1,
        FactKind::Integer { min, max } => *min..=*max,
        FactKind::Percent => 0..=10_000,
        // From 2022 to 2027.
        FactKind::Date => 18_993..=21_183,
        FactKind::Choice { options } => 0..=i32::try_from(options.len()).ok()? - 1,
        FactKind::Ratio { .. } | FactKind::Total(_) | FactKind::Text => return None,
    };
    let turning = turning_points(ruleset, fact, &range);
    Some(if turning.is_empty() { range.boxed() } else { prop_oneof![sample::select(turning), range].boxed() })
}

/// The constants that conditions compare a fact with, and their neighbours.
fn turning_points(ruleset: &Ruleset, fact: usize, range: &RangeInclusive<i32>) -> Vec<i32> {
    let mut points = Vec::new();
    let mut see = |one: usize, comparison: &Comparison| {
        let mut values: Vec<i32> = match comparison {
            Comparison::OneOf(values) | Comparison::NoneOf(values) => values.clone(),
            _ => Vec::new(),
        };
        values.extend(comparison.operands().iter().filter_map(|operand| match operand {
            Operand::Value(value) => Some(*value),
            Operand::Fact(_) => None,
        }));
        if one == fact {
            points.extend(values.iter().flat_map(|value| [value - 1, *value, value + 1]));
        }
    };
    for document in &ruleset.documents {
        document.scope.for_each_comparison(&mut see);
        for condition in &document.conditions {
            condition.when.for_each_comparison(&mut see);
            condition.require.for_each_comparison(&mut see);
        }
    }
    points.retain(|point| range.contains(point));
    points.sort_unstable();
    points.dedup();
    points
}
