//! Random rule sets over a few facts of every kind; tests shrink to fewer and smaller parts.

use proptest::prelude::*;
use proptest::{collection, sample};
use rules::*;

/// Which facts may be compared with each other, with the constants tried.
const FAMILIES: [(&[usize], i32); 5] =
    [(&[0, 1], 1), (&[2, 3, 4, 5, 6, 7], 9), (&[8, 9], 10_000), (&[10, 11], 3), (&[12], 2)];

/// Facts 0–1 yes or no, 2–4 counts, 5–7 totals, 8 the share 3/4, 9 a percentage, 10–11 days, 12 a choice of three; the
/// odd ones and the counts of the share hold for each line.
pub(crate) fn facts() -> Vec<Fact> {
    let count = || FactKind::Integer { min: 0, max: 9 };
    let choice = ["a", "b", "c"].map(|id| Choice { id: id.into(), label: id.into() });
    let (school, line) = (Per::School, Per::Line);
    let kinds = [
        (school, FactKind::Boolean),
        (line, FactKind::Boolean),
        (school, count()),
        (line, count()),
        (line, count()),
        (school, FactKind::Total(Total::Lines)),
        (school, FactKind::Total(Total::Sum(3))),
        (school, FactKind::Total(Total::Distinct(vec![1, 3]))),
        (line, FactKind::Ratio { part: 3, whole: 4 }),
        (line, FactKind::Percent),
        (school, FactKind::Date),
        (line, FactKind::Date),
        (school, FactKind::Choice { options: choice.into() }),
    ];
    let fact = |(index, (per, kind))| Fact {
        id: format!("f{index}"),
        label: format!("事实{index}"),
        question: String::new(),
        help: String::new(),
        group: String::new(),
        order: 0,
        per,
        kind,
        unit: String::new(),
        effort: Effort::Known,
        changeable: Changeable::Yes,
    };
    kinds.into_iter().enumerate().map(fact).collect()
}

/// A document with up to four conditions, every other one judged by line.
pub(crate) fn ruleset() -> impl Strategy<Value = Ruleset> {
    let scope = prop_oneof![3 => Just(Test::ALWAYS), 1 => test()];
    let conditions = collection::vec(condition(), 1..=4);
    (scope, conditions).prop_map(|(scope, conditions)| {
        let document = DocumentRules {
            document: "d".into(),
            title: String::new(),
            url: String::new(),
            archived: false,
            scope,
            conditions,
        };
        Ruleset { groups: Vec::new(), facts: facts(), documents: vec![document] }
    })
}

fn condition() -> impl Strategy<Value = Condition> {
    let per = prop_oneof![Just(Per::School), Just(Per::Line)];
    let when = prop_oneof![Just(Test::ALWAYS), test()];
    let (kind, strength) = (sample::select(&ConditionKind::ALL), sample::select(&Strength::ALL));
    (per, kind, strength, any::<bool>(), when, test()).prop_map(
        |(per, kind, strength, boundary_unclear, when, require)| Condition {
            id: "d/c".into(),
            title: String::new(),
            kind,
            strength,
            actor: Actor::School,
            stage: Stage::Before,
            per,
            when,
            require,
            citation: Citation::default(),
            say: Say::default(),
            boundary_unclear,
            interpretation: false,
            year_from_issue: false,
        },
    )
}

fn test() -> impl Strategy<Value = Test> {
    comparison().prop_recursive(3, 12, 3, |part| {
        prop_oneof![
            collection::vec(part.clone(), 0..=3).prop_map(Test::All),
            collection::vec(part.clone(), 0..=3).prop_map(Test::Any),
            part.prop_map(|part| Test::Not(Box::new(part))),
        ]
    })
}

fn comparison() -> impl Strategy<Value = Test> {
    let family = sample::select(&FAMILIES);
    let of_family = family.prop_flat_map(|(facts, most)| {
        // Days are counted from one that declarations often name.
        let least = if facts == [10, 11] { 20_000 } else { 0 };
        let value = least..=least + most;
        let operand = prop_oneof![
            3 => value.clone().prop_map(Operand::Value),
            1 => sample::select(facts).prop_map(Operand::Fact),
        ];
        let operands = [operand.clone(), operand];
        (sample::select(facts), 0..8_usize, operands, collection::vec(value, 1..=2))
    });
    of_family.prop_map(|(fact, operator, [low, high], values)| {
        let comparison = match operator {
            0 => Comparison::Is(low),
            1 => Comparison::OneOf(values),
            2 => Comparison::NoneOf(values),
            3 => Comparison::AtLeast(low),
            4 => Comparison::AtMost(low),
            5 => Comparison::MoreThan(low),
            6 => Comparison::LessThan(low),
            _ => Comparison::Between(low, high),
        };
        Test::Compare { fact, comparison }
    })
}
