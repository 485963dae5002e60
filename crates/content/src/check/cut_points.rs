//! Conditions tried on every declaration that matters to them.
//!
//! What a condition says changes only at the numbers written in it: below, at and above each of them everything stays the
//! same up to the next one. So the values just below, at and just above every number and every bound, all options that are
//! named and one that is not, in all combinations, stand for every declaration there is. Where that would be more than
//! [`MOST_COMBINATIONS`], nothing is proved.
//!
//! Computed facts are tried as if they could take any value, save that fewer answers never tell more lines apart. That makes
//! declarations that nobody can state, so what holds for all tried ones holds for all that can be stated. A share is tried
//! in steps of a hundredth of a percent.

use std::collections::BTreeSet;

use rules::{
    Comparison, Condition, Declaration, DocumentRules, Fact, FactKind, Operand, Per, Program, Ruleset, Test,
    Total, Verdict,
};

/// How many declarations are tried at most for one proof.
const MOST_COMBINATIONS: usize = 20_000;

/// The largest count that is tried.
const MOST_COUNTED: i32 = 1 << 30;

/// A day to begin with where dates are only compared with each other.
const SOME_DAY: i32 = 19_000;

/// Whether every question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answered {
    /// All of them.
    All,
    /// Any answer may be missing too.
    Some,
}

/// How far a proof came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tried {
    /// Every declaration that matters was tried.
    All,
    /// `visit` had seen enough.
    Enough,
    /// There are too many to try.
    TooMany,
}

/// Calls `visit` with the verdicts of all conditions on every declaration that matters, until it returns false.
pub(crate) fn try_all(
    ruleset: &Ruleset,
    documents: &[DocumentRules],
    answered: Answered,
    visit: &mut dyn FnMut(&[Verdict]) -> bool,
) -> Tried {
    let used = facts_of(documents);
    let stated: Vec<&Fact> = used.iter().filter_map(|fact| ruleset.facts.get(*fact)).collect();
    let not_above = pairs_in_order(&stated);
    let facts: Vec<Fact> = stated.into_iter().map(free_fact).collect();
    let place = |fact: usize| used.binary_search(&fact).unwrap_or_default();
    let documents: Vec<DocumentRules> =
        documents.iter().map(|document| renamed_document(document, &place)).collect();
    let mut values: Vec<Vec<Option<i32>>> = domains(&facts, &documents);
    if answered == Answered::Some {
        values.iter_mut().for_each(|values| values.push(None));
    }
    let combinations = values.iter().try_fold(1_usize, |product, values| product.checked_mul(values.len()));
    if combinations.is_none_or(|combinations| combinations > MOST_COMBINATIONS) {
        return Tried::TooMany;
    }
    let Ok(program) = Program::new(&Ruleset { facts, documents, ..Ruleset::default() }) else {
        // Tests nested too deeply: they are reported where the conditions are compiled.
        return Tried::TooMany;
    };
    let mut chosen = vec![0; values.len()];
    let mut declaration = Declaration::default();
    loop {
        for (fact, choice) in chosen.iter().enumerate() {
            declaration.school.set(fact, values[fact][*choice]);
        }
        let answer = |fact: usize| declaration.school.get(fact);
        let is_possible = not_above.iter().all(|(less, more)| match (answer(*less), answer(*more)) {
            (Some(less), Some(more)) => less <= more,
            _ => true,
        });
        if is_possible && !visit(&rules::verdicts(&program, &declaration)) {
            return Tried::Enough;
        }
        let Some(next) = (0..chosen.len()).rev().find(|fact| chosen[*fact] + 1 < values[*fact].len()) else {
            return Tried::All;
        };
        chosen[next] += 1;
        chosen[next + 1..].fill(0);
    }
}

/// A test as a condition that is met where it holds: its verdict is met, not met or unknown.
pub(crate) fn as_condition(test: Test, like: &Condition) -> Condition {
    Condition {
        require: test,
        when: Test::ALWAYS,
        kind: rules::ConditionKind::Condition,
        strength: rules::Strength::Must,
        boundary_unclear: false,
        ..like.clone()
    }
}

/// The facts that some test reads, in order.
pub(crate) fn facts_of(documents: &[DocumentRules]) -> Vec<usize> {
    let mut used = BTreeSet::new();
    for test in documents.iter().flat_map(tests) {
        test.for_each_comparison(&mut |fact, comparison| {
            used.insert(fact);
            used.extend(other_facts(comparison));
        });
    }
    used.into_iter().collect()
}

/// The facts on the right side of a comparison.
pub(crate) fn other_facts(comparison: &Comparison) -> impl Iterator<Item = usize> + use<> {
    comparison.operands().into_iter().filter_map(|operand| match operand {
        Operand::Fact(other) => Some(other),
        Operand::Value(_) => None,
    })
}

fn tests(document: &DocumentRules) -> impl Iterator<Item = &Test> {
    let of_conditions =
        document.conditions.iter().flat_map(|condition| [&condition.when, &condition.require]);
    std::iter::once(&document.scope).chain(of_conditions)
}

/// Pairs of counts over lines the first of which is never above the second: it tells lines apart by fewer answers.
fn pairs_in_order(facts: &[&Fact]) -> Vec<(usize, usize)> {
    let is_not_above = |one: &Total, other: &Total| match (one, other) {
        (Total::Distinct(_), Total::Lines) => true,
        (Total::Distinct(fewer), Total::Distinct(more)) => fewer.iter().all(|fact| more.contains(fact)),
        _ => false,
    };
    let mut pairs = Vec::new();
    for (one, less) in facts.iter().enumerate() {
        for (other, more) in facts.iter().enumerate() {
            if let (FactKind::Total(less), FactKind::Total(more)) = (&less.kind, &more.kind)
                && one != other
                && is_not_above(less, more)
            {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

/// The fact as one that is stated, once.
fn free_fact(fact: &Fact) -> Fact {
    let kind = match &fact.kind {
        FactKind::Ratio { .. } => FactKind::Percent,
        FactKind::Total(_) => FactKind::Integer { min: 0, max: MOST_COUNTED },
        stated => stated.clone(),
    };
    Fact { per: Per::School, kind, ..fact.clone() }
}

fn renamed_document(document: &DocumentRules, place: &dyn Fn(usize) -> usize) -> DocumentRules {
    DocumentRules {
        scope: renamed(&document.scope, place),
        conditions: document
            .conditions
            .iter()
            .map(|condition| Condition {
                per: Per::School,
                when: renamed(&condition.when, place),
                require: renamed(&condition.require, place),
                ..condition.clone()
            })
            .collect(),
        ..document.clone()
    }
}

/// The test with every fact at its new place.
fn renamed(test: &Test, place: &dyn Fn(usize) -> usize) -> Test {
    let list = |parts: &[Test]| parts.iter().map(|part| renamed(part, place)).collect();
    let operand = |operand: Operand| match operand {
        Operand::Fact(fact) => Operand::Fact(place(fact)),
        value @ Operand::Value(_) => value,
    };
    match test {
        Test::All(parts) => Test::All(list(parts)),
        Test::Any(parts) => Test::Any(list(parts)),
        Test::Not(part) => Test::Not(Box::new(renamed(part, place))),
        Test::Compare { fact, comparison } => Test::Compare {
            fact: place(*fact),
            comparison: match comparison {
                Comparison::Is(right) => Comparison::Is(operand(*right)),
                Comparison::AtLeast(right) => Comparison::AtLeast(operand(*right)),
                Comparison::AtMost(right) => Comparison::AtMost(operand(*right)),
                Comparison::MoreThan(right) => Comparison::MoreThan(operand(*right)),
                Comparison::LessThan(right) => Comparison::LessThan(operand(*right)),
                Comparison::Between(low, high) => Comparison::Between(operand(*low), operand(*high)),
                lists @ (Comparison::OneOf(_) | Comparison::NoneOf(_)) => lists.clone(),
            },
        },
    }
}

/// The values of each fact that matter.
fn domains(facts: &[Fact], documents: &[DocumentRules]) -> Vec<Vec<Option<i32>>> {
    let mut constants: Vec<BTreeSet<i32>> = vec![BTreeSet::new(); facts.len()];
    let mut groups: Vec<usize> = (0..facts.len()).collect();
    for test in documents.iter().flat_map(tests) {
        test.for_each_comparison(&mut |fact, comparison| {
            if let Comparison::OneOf(list) | Comparison::NoneOf(list) = comparison {
                constants[fact].extend(list);
            }
            for operand in comparison.operands() {
                match operand {
                    Operand::Value(value) => {
                        constants[fact].insert(value);
                    }
                    Operand::Fact(other) => {
                        let (from, to) = (groups[other], groups[fact]);
                        groups.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
                    }
                }
            }
        });
    }
    let domain = |fact: usize| -> Vec<Option<i32>> {
        let members: Vec<usize> = (0..facts.len()).filter(|one| groups[*one] == groups[fact]).collect();
        let named: BTreeSet<i32> = members.iter().flat_map(|member| &constants[*member]).copied().collect();
        let values: Vec<i32> = match &facts[fact].kind {
            FactKind::Boolean => vec![0, 1],
            FactKind::Text => vec![0],
            FactKind::Choice { options } => {
                let all = 0..options.len() as i32;
                let unnamed = all.clone().filter(|option| !named.contains(option));
                let kept = if members.len() > 1 { options.len() } else { 1 };
                all.filter(|option| named.contains(option)).chain(unnamed.take(kept)).collect()
            }
            _ => around(&named, &members, facts, fact),
        };
        values.into_iter().map(Some).collect()
    };
    (0..facts.len()).map(domain).collect()
}

/// Numbers around every named one and every bound, as many on each side as facts are compared with each other.
fn around(named: &BTreeSet<i32>, members: &[usize], facts: &[Fact], fact: usize) -> Vec<i32> {
    let mut cuts = named.clone();
    for member in members {
        cuts.extend(bounds(&facts[*member]).into_iter().flat_map(|(low, high)| [low, high]));
    }
    if cuts.is_empty() {
        cuts.insert(SOME_DAY);
    }
    let reach = members.len() as i32;
    let (low, high) = bounds(&facts[fact]).unwrap_or((i32::MIN, i32::MAX));
    let near = |cut: i32| (-reach..=reach).map(move |step| cut.saturating_add(step));
    let values: BTreeSet<i32> =
        cuts.into_iter().flat_map(near).filter(|value| (low..=high).contains(value)).collect();
    values.into_iter().collect()
}

/// Smallest and largest value that can be stated; a date has none.
fn bounds(fact: &Fact) -> Option<(i32, i32)> {
    match fact.kind {
        FactKind::Integer { min, max } => Some((min, max)),
        FactKind::Percent => Some((0, 10_000)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rules::{Actor, Changeable, Citation, ConditionKind, Effort, Say, Stage, Strength};

    use super::*;

    const GREATEST: i32 = 6;

    fn ruleset() -> Ruleset {
        let fact = |id: &str| Fact {
            id: id.into(),
            label: id.into(),
            question: id.into(),
            help: String::new(),
            group: "a".into(),
            order: 0,
            per: Per::School,
            kind: FactKind::Integer { min: 0, max: GREATEST },
            unit: String::new(),
            effort: Effort::Known,
            changeable: Changeable::Yes,
        };
        Ruleset { facts: vec![fact("a"), fact("b"), fact("c")], ..Ruleset::default() }
    }

    fn document(tests: &[Test]) -> DocumentRules {
        let like = Condition {
            id: "a/b".into(),
            title: String::new(),
            kind: ConditionKind::Condition,
            strength: Strength::Must,
            actor: Actor::School,
            stage: Stage::Before,
            per: Per::School,
            when: Test::ALWAYS,
            require: Test::ALWAYS,
            citation: Citation::default(),
            say: Say::default(),
            boundary_unclear: false,
            interpretation: false,
            year_from_issue: false,
        };
        DocumentRules {
            document: "a".into(),
            title: String::new(),
            url: String::new(),
            archived: false,
            scope: Test::ALWAYS,
            conditions: tests.iter().map(|test| as_condition(test.clone(), &like)).collect(),
        }
    }

    /// A generator of numbers that are the same in every run.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: i32) -> i32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) % u64::from(limit.unsigned_abs())) as i32
        }

        fn operand(&mut self) -> Operand {
            match self.below(3) {
                0 => Operand::Fact(self.below(3) as usize),
                _ => Operand::Value(self.below(GREATEST + 3) - 1),
            }
        }

        fn comparison(&mut self) -> Comparison {
            match self.below(7) {
                0 => Comparison::Is(self.operand()),
                1 => Comparison::AtLeast(self.operand()),
                2 => Comparison::AtMost(self.operand()),
                3 => Comparison::MoreThan(self.operand()),
                4 => Comparison::LessThan(self.operand()),
                5 => Comparison::Between(self.operand(), self.operand()),
                _ => Comparison::OneOf(vec![self.below(GREATEST), self.below(GREATEST)]),
            }
        }

        fn test(&mut self, depth: i32) -> Test {
            match self.below(if depth == 0 { 1 } else { 4 }) {
                0 => Test::Compare { fact: self.below(3) as usize, comparison: self.comparison() },
                1 => Test::All(vec![self.test(depth - 1), self.test(depth - 1)]),
                2 => Test::Any(vec![self.test(depth - 1), self.test(depth - 1)]),
                _ => Test::Not(Box::new(self.test(depth - 1))),
            }
        }
    }

    /// All combinations of verdicts on every declaration there is.
    fn by_every_value(ruleset: &Ruleset, document: &DocumentRules) -> BTreeSet<Vec<&'static str>> {
        let all = Ruleset { documents: vec![document.clone()], ..ruleset.clone() };
        let program = Program::new(&all).expect("the tests name facts that are there");
        let mut seen = BTreeSet::new();
        for number in 0..(GREATEST + 1).pow(3) {
            let mut declaration = Declaration::default();
            for fact in 0..3 {
                let value = number / (GREATEST + 1).pow(fact as u32) % (GREATEST + 1);
                declaration.school.set(fact, Some(value));
            }
            seen.insert(rules::verdicts(&program, &declaration).iter().map(|one| one.id()).collect());
        }
        seen
    }

    #[test]
    fn cut_points_show_all_that_every_value_shows() {
        let ruleset = ruleset();
        let mut numbers = Numbers(1);
        for round in 0..400 {
            let document = document(&[numbers.test(2), numbers.test(2)]);
            let mut seen = BTreeSet::new();
            let tried = try_all(&ruleset, std::slice::from_ref(&document), Answered::All, &mut |verdicts| {
                seen.insert(verdicts.iter().map(|one| one.id()).collect::<Vec<_>>());
                true
            });
            assert_eq!(tried, Tried::All, "round {round}");
            assert_eq!(seen, by_every_value(&ruleset, &document), "round {round}: {:?}", document.conditions);
        }
    }

    #[test]
    fn too_many_combinations_prove_nothing() {
        let fact = ruleset().facts.remove(0);
        let many = Ruleset { facts: vec![fact; 12], ..Ruleset::default() };
        let is_one = |fact| Test::Compare { fact, comparison: Comparison::Is(Operand::Value(3)) };
        let all = document(&[Test::All((0..12).map(is_one).collect())]);
        assert_eq!(try_all(&many, &[all], Answered::All, &mut |_| true), Tried::TooMany);
    }
}
