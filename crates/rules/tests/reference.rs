//! Encoding, decoding and judging together give what a plain evaluator over the tree of tests gives: the definitions,
//! written a second time with nothing in common but the types.

mod support;

use proptest::prelude::*;
use rules::*;
use support::partial::fewer_and_more;

/// The rule set, a declaration and a line of it.
struct Plain<'a>(&'a Ruleset, &'a Declaration, Option<usize>);

impl Plain<'_> {
    fn answer(&self, fact: usize) -> Option<i128> {
        let answers = match self.0.facts[fact].per {
            Per::School => &self.1.school,
            Per::Line => self.1.lines.get(self.2?)?,
        };
        answers.get(fact).map(i128::from)
    }

    /// A fraction: above and below the line.
    fn value(&self, fact: usize) -> Option<(i128, i128)> {
        let of_lines = |fact: usize| (0..self.1.lines.len()).map(move |line| self.1.lines[line].get(fact));
        let whole = |count: usize| (count > 0).then_some((count as i128, 1));
        match &self.0.facts[fact].kind {
            FactKind::Ratio { part, whole } => {
                Some((self.answer(*part)?, self.answer(*whole).filter(|all| *all > 0)?))
            }
            FactKind::Percent => Some((self.answer(fact)?, 10_000)),
            FactKind::Total(Total::Lines) => whole(self.1.lines.len()),
            FactKind::Total(Total::Sum(of)) => {
                let all: Option<Vec<i32>> = of_lines(*of).collect();
                all.filter(|all| !all.is_empty()).map(|all| (all.into_iter().map(i128::from).sum(), 1))
            }
            FactKind::Total(Total::Distinct(of)) => {
                let lines = self.1.lines.iter().map(|line| of.iter().map(|fact| line.get(*fact)).collect());
                let all: Option<std::collections::BTreeSet<Vec<i32>>> = lines.collect();
                whole(all?.len())
            }
            _ => Some((self.answer(fact)?, 1)),
        }
    }

    fn order(&self, fact: usize, right: Operand) -> Option<std::cmp::Ordering> {
        let share = matches!(self.0.facts[fact].kind, FactKind::Percent | FactKind::Ratio { .. });
        let (above, below) = self.value(fact)?;
        let (up, down) = match right {
            Operand::Value(value) => (i128::from(value), if share { 10_000 } else { 1 }),
            Operand::Fact(other) => self.value(other)?,
        };
        Some((above * down).cmp(&(up * below)))
    }

    /// Whether a test holds, its last days counted in or not.
    fn holds(&self, test: &Test, last: bool) -> Option<bool> {
        let many = |parts: &[Test], ends: bool| {
            let found: Vec<_> = parts.iter().map(|part| self.holds(part, last)).collect();
            let open = if found.contains(&None) { None } else { Some(!ends) };
            if found.contains(&Some(ends)) { Some(ends) } else { open }
        };
        let (fact, comparison) = match test {
            Test::All(parts) => return many(parts, false),
            Test::Any(parts) => return many(parts, true),
            Test::Not(part) => return self.holds(part, last).map(|holds| !holds),
            Test::Compare { fact, comparison } => (*fact, comparison),
        };
        let strict = !last && self.0.facts[fact].kind == FactKind::Date;
        let is_one = |values: &[i32]| {
            let equal = |value: &i32| self.order(fact, Operand::Value(*value)).map(std::cmp::Ordering::is_eq);
            values.iter().map(equal).collect::<Option<Vec<bool>>>().map(|all| all.contains(&true))
        };
        let below =
            |right| self.order(fact, right).map(|order| if strict { order.is_lt() } else { order.is_le() });
        match comparison {
            Comparison::Is(right) => self.order(fact, *right).map(std::cmp::Ordering::is_eq),
            Comparison::OneOf(values) => is_one(values),
            Comparison::NoneOf(values) => is_one(values).map(|found| !found),
            Comparison::AtLeast(right) => self.order(fact, *right).map(std::cmp::Ordering::is_ge),
            Comparison::AtMost(right) => below(*right),
            Comparison::MoreThan(right) => self.order(fact, *right).map(std::cmp::Ordering::is_gt),
            Comparison::LessThan(right) => self.order(fact, *right).map(std::cmp::Ordering::is_lt),
            Comparison::Between(low, high) => {
                match (self.order(fact, *low).map(std::cmp::Ordering::is_ge), below(*high)) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (low, high) => Some(low? && high?),
                }
            }
        }
    }

    fn verdict(&self, scope: &Test, of: &Condition) -> Verdict {
        let applies = self.holds(&Test::All(vec![scope.clone(), of.when.clone()]), true);
        let inside = self.holds(&of.require, true);
        let outside = self.holds(&of.require, !of.boundary_unclear);
        match (applies, inside, outside) {
            (Some(false), ..) => Verdict::NotApplicable,
            (None, ..) | (_, None, _) | (.., None) => Verdict::Unknown,
            (_, Some(one), Some(other)) if one != other => Verdict::Judge,
            (_, Some(true), _) if of.kind == ConditionKind::Judgement => Verdict::Judge,
            (_, Some(true), _) => Verdict::Met,
            _ => match of.strength {
                Strength::Must | Strength::Should => Verdict::NotMet,
                Strength::InPrinciple | Strength::Generally | Strength::Priority => Verdict::Judge,
                Strength::May | Strength::Advice => Verdict::Advice,
            },
        }
    }
}

proptest! {
    #![proptest_config(support::config())]

    #[test]
    fn the_program_judges_as_the_definitions_say((ruleset, fewer, more) in fewer_and_more()) {
        let program = Program::decode(&encode(&ruleset)).expect("a sound rule set");
        for plan in [fewer, more] {
            let mut expected = Vec::new();
            for document in &ruleset.documents {
                for condition in &document.conditions {
                    let lines = if condition.per == Per::Line { plan.lines.len() } else { 0 };
                    let places = if lines == 0 { vec![None] } else { (0..lines).map(Some).collect() };
                    let plain = places.into_iter().map(|line| Plain(&ruleset, &plan, line));
                    expected.extend(plain.map(|plain| plain.verdict(&document.scope, condition)));
                }
            }
            prop_assert_eq!(verdicts(&program, &plan), expected);
        }
    }
}
