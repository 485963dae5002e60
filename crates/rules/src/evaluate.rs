//! Tests evaluated on the answers of a school and of one line, with exactly the facts that are missing or decide.

use std::cmp::Ordering;

use crate::condition::Operand;
use crate::declaration::{Answers, Declaration};
use crate::fact::Per;
use crate::program::{Program, Relation, Shape, Step};
use crate::truth::Truth;

/// Hundredths of a percent in a whole.
const WHOLE: i64 = 10_000;

/// Where the last day of a span stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastDay {
    Inside,
    Outside,
}

/// A program with the answers one judgement looks at.
#[derive(Clone, Copy)]
pub(crate) struct Situation<'a> {
    pub(crate) program: &'a Program,
    pub(crate) school: &'a Answers,
    pub(crate) lines: &'a [Answers],
    /// Index of the line that is judged.
    pub(crate) line: Option<usize>,
}

/// A value as a fraction with a positive lower part, so that shares compare exactly.
#[derive(Clone, Copy)]
pub(crate) struct Fraction {
    pub(crate) above: i64,
    pub(crate) below: i64,
}

impl Fraction {
    /// Both sides stay below 2⁶³: the parts are 32-bit numbers or [`WHOLE`].
    fn compare(self, other: Self) -> Ordering {
        (self.above * other.below).cmp(&(other.above * self.below))
    }
}

impl<'a> Situation<'a> {
    /// The answers that hold for this line of a declaration, or for the school alone.
    pub(crate) fn new(program: &'a Program, declaration: &'a Declaration, line: Option<usize>) -> Self {
        Self { program, school: &declaration.school, lines: &declaration.lines, line }
    }

    /// The answer given to a fact that is asked; a computed fact has none.
    pub(crate) fn answer(&self, fact: usize) -> Option<i32> {
        match self.program.fact_per(fact) {
            Per::School => self.school.get(fact),
            Per::Line => self.lines.get(self.line?)?.get(fact),
        }
    }

    /// The value of a fact, computed where it is a share or a total.
    pub(crate) fn value(&self, fact: usize) -> Option<Fraction> {
        let whole = |value: i32, below| Fraction { above: i64::from(value), below };
        match &self.program.facts.get(fact)?.shape {
            Shape::Ratio { part, whole: all } => {
                let below = self.answer(*all).filter(|count| *count > 0)?;
                Some(whole(self.answer(*part)?, i64::from(below)))
            }
            Shape::Total { count, facts } => Some(whole(self.total(*count, facts)?, 1)),
            Shape::Percent => Some(whole(self.answer(fact)?, WHOLE)),
            _ => Some(whole(self.answer(fact)?, 1)),
        }
    }

    /// A constant in the measure of a fact.
    fn constant(&self, fact: usize, value: i32) -> Fraction {
        let shares = matches!(
            self.program.facts.get(fact).map(|fact| &fact.shape),
            Some(Shape::Ratio { .. } | Shape::Percent)
        );
        Fraction { above: i64::from(value), below: if shares { WHOLE } else { 1 } }
    }

    /// The right side of a comparison with a fact.
    pub(crate) fn operand(&self, fact: usize, operand: Operand) -> Option<Fraction> {
        match operand {
            Operand::Value(value) => Some(self.constant(fact, value)),
            Operand::Fact(other) => self.value(other),
        }
    }

    /// Whether the test that begins at this node holds.
    pub(crate) fn truth(&self, node: usize, last_day: LastDay) -> Truth {
        let Some(found) = self.program.nodes.get(node) else { return Truth::Unknown };
        match &found.step {
            Step::All => self.group(node, found.end, last_day, Truth::True, Truth::and),
            Step::Any => self.group(node, found.end, last_day, Truth::False, Truth::or),
            Step::Not => !self.truth(node + 1, last_day),
            Step::Compare { fact, relation, operand } => self.compare(*fact, *relation, *operand, last_day),
            Step::Between { fact, low, high } => self
                .compare(*fact, Relation::AtLeast, *low, last_day)
                .and(self.compare(*fact, Relation::AtMost, *high, last_day)),
            Step::Member { fact, values, wanted } => match self.value(*fact) {
                None => Truth::Unknown,
                Some(value) => {
                    let values = self.program.values.get(values.clone()).unwrap_or_default();
                    let found = values.iter().any(|one| value.compare(self.constant(*fact, *one)).is_eq());
                    (found == *wanted).into()
                }
            },
        }
    }

    fn group(
        &self,
        node: usize,
        end: usize,
        last_day: LastDay,
        empty: Truth,
        join: fn(Truth, Truth) -> Truth,
    ) -> Truth {
        let mut truth = empty;
        for part in self.parts(node, end) {
            truth = join(truth, self.truth(part, last_day));
            // Only the opposite of an empty group ends it early.
            if truth == !empty {
                break;
            }
        }
        truth
    }

    /// The first nodes of the parts of a group.
    fn parts(&self, node: usize, end: usize) -> impl Iterator<Item = usize> + use<'a> {
        let program = self.program;
        let mut next = node + 1;
        std::iter::from_fn(move || {
            let part = next;
            next = program.nodes.get(part).filter(|_| part < end)?.end;
            Some(part)
        })
    }

    fn compare(&self, fact: usize, relation: Relation, operand: Operand, last_day: LastDay) -> Truth {
        let (Some(value), Some(limit)) = (self.value(fact), self.operand(fact, operand)) else {
            return Truth::Unknown;
        };
        let order = value.compare(limit);
        let is_date = || matches!(self.program.facts.get(fact), Some(fact) if fact.shape == Shape::Date);
        match relation {
            Relation::Equal => order.is_eq(),
            Relation::AtLeast => order.is_ge(),
            Relation::AtMost if last_day == LastDay::Outside && is_date() => order.is_lt(),
            Relation::AtMost => order.is_le(),
            Relation::MoreThan => order.is_gt(),
            Relation::LessThan => order.is_lt(),
        }
        .into()
    }

    /// Visits the facts without an answer in those parts of a test that are not decided, each with its line; none
    /// where the test is decided. What is missing of lines where there is no line yet is missing of the first.
    pub(crate) fn missing(
        &self,
        node: usize,
        last_day: LastDay,
        visit: &mut dyn FnMut(usize, Option<usize>),
    ) {
        if self.truth(node, last_day) != Truth::Unknown {
            return;
        }
        let Some(found) = self.program.nodes.get(node) else { return };
        match &found.step {
            Step::All | Step::Any | Step::Not => {
                self.parts(node, found.end).for_each(|part| self.missing(part, last_day, visit));
            }
            step => facts_of(step, &mut |fact| self.missing_of(fact, visit)),
        }
    }

    fn missing_of(&self, fact: usize, visit: &mut dyn FnMut(usize, Option<usize>)) {
        let mut visit_unless = |fact: usize, is_known: bool| {
            if !is_known {
                let line = self.line.unwrap_or(0);
                visit(fact, (self.program.fact_per(fact) == Per::Line).then_some(line));
            }
        };
        match self.program.facts.get(fact).map(|fact| &fact.shape) {
            Some(Shape::Ratio { part, whole }) => {
                visit_unless(*part, self.answer(*part).is_some());
                visit_unless(*whole, self.answer(*whole).is_some_and(|count| count > 0));
            }
            Some(Shape::Total { facts, .. }) => self.missing_of_total(fact, facts, visit),
            _ => visit_unless(fact, self.answer(fact).is_some()),
        }
    }

    /// Adds the facts in those parts of a decided test that made it hold or not hold; none where it is not decided.
    pub(crate) fn deciders(&self, node: usize, last_day: LastDay, decided_by: &mut Vec<usize>) {
        let truth = self.truth(node, last_day);
        let Some(found) = self.program.nodes.get(node) else { return };
        match &found.step {
            _ if truth == Truth::Unknown => {}
            Step::Not => self.deciders(node + 1, last_day, decided_by),
            Step::All | Step::Any => {
                for part in self.parts(node, found.end) {
                    if self.truth(part, last_day) == truth {
                        self.deciders(part, last_day, decided_by);
                    }
                }
            }
            step => facts_of(step, &mut |fact| keep(decided_by, fact)),
        }
    }

    /// The comparisons of a test, as nodes.
    pub(crate) fn comparisons(&self, node: usize) -> impl Iterator<Item = usize> + use<'a> {
        let program = self.program;
        let end = program.nodes.get(node).map_or(node, |found| found.end);
        (node..end).filter(|at| !matches!(program.nodes[*at].step, Step::All | Step::Any | Step::Not))
    }
}

/// The facts a comparison reads.
fn facts_of(step: &Step, visit: &mut dyn FnMut(usize)) {
    let (fact, operands): (usize, [Option<Operand>; 2]) = match step {
        Step::All | Step::Any | Step::Not => return,
        Step::Compare { fact, operand, .. } => (*fact, [Some(*operand), None]),
        Step::Between { fact, low, high } => (*fact, [Some(*low), Some(*high)]),
        Step::Member { fact, .. } => (*fact, [None, None]),
    };
    visit(fact);
    for operand in operands {
        if let Some(Operand::Fact(other)) = operand {
            visit(other);
        }
    }
}

/// Keeps a fact in its place, once.
pub(crate) fn keep(facts: &mut Vec<usize>, fact: usize) {
    if let Err(place) = facts.binary_search(&fact) {
        facts.insert(place, fact);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::{Comparison, Test};
    use crate::fixture::*;

    /// Truth, missing facts and deciding facts of a test.
    fn evaluate(test: Test, declaration: &Declaration) -> (Truth, Vec<usize>, Vec<usize>) {
        let program = program(condition(Per::Line, test));
        let line = if declaration.lines.is_empty() { None } else { Some(0) };
        let situation = Situation::new(&program, declaration, line);
        let node = program.conditions[0].require;
        let (mut missing, mut decided_by) = (Vec::new(), Vec::new());
        situation.missing(node, LastDay::Inside, &mut |fact, _| keep(&mut missing, fact));
        situation.deciders(node, LastDay::Inside, &mut decided_by);
        (situation.truth(node, LastDay::Inside), missing, decided_by)
    }

    fn at_least(fact: usize, operand: Operand) -> Test {
        compare(fact, Comparison::AtLeast(operand))
    }

    #[test]
    fn one_false_part_of_all_leaves_nothing_missing() {
        let both = || Test::All(vec![is(BUDGET, 1), is(MEETING, 1)]);
        assert_eq!(evaluate(both(), &plan(&[(BUDGET, 0)], &[])), (Truth::False, vec![], vec![BUDGET]));
        assert_eq!(evaluate(both(), &plan(&[(BUDGET, 1)], &[])), (Truth::Unknown, vec![MEETING], vec![]));
        assert_eq!(evaluate(both(), &plan(&[], &[])), (Truth::Unknown, vec![BUDGET, MEETING], vec![]));
        let all = plan(&[(BUDGET, 1), (MEETING, 1)], &[]);
        assert_eq!(evaluate(both(), &all), (Truth::True, vec![], vec![BUDGET, MEETING]));
    }

    #[test]
    fn one_true_part_of_any_leaves_nothing_missing() {
        let either = || Test::Any(vec![is(BUDGET, 1), is(MEETING, 1)]);
        assert_eq!(evaluate(either(), &plan(&[(MEETING, 1)], &[])), (Truth::True, vec![], vec![MEETING]));
        assert_eq!(evaluate(either(), &plan(&[(MEETING, 0)], &[])), (Truth::Unknown, vec![BUDGET], vec![]));
        let neither = plan(&[(BUDGET, 0), (MEETING, 0)], &[]);
        assert_eq!(evaluate(either(), &neither), (Truth::False, vec![], vec![BUDGET, MEETING]));
    }

    #[test]
    fn not_turns_the_truth_and_keeps_the_facts() {
        let test = || Test::Not(Box::new(Test::Any(vec![is(BUDGET, 1), is(MEETING, 1)])));
        assert_eq!(evaluate(test(), &plan(&[(BUDGET, 1)], &[])), (Truth::False, vec![], vec![BUDGET]));
        assert_eq!(evaluate(test(), &plan(&[(BUDGET, 0)], &[])), (Truth::Unknown, vec![MEETING], vec![]));
        assert_eq!(evaluate(Test::All(vec![]), &plan(&[], &[])).0, Truth::True);
        assert_eq!(evaluate(Test::Any(vec![]), &plan(&[], &[])).0, Truth::False);
    }

    #[test]
    fn shares_compare_exactly() {
        let half = || at_least(DUAL_SHARE, Operand::Value(5000));
        let share = |dual, team| plan(&[(DUAL, dual), (TEAM, team)], &[]);
        assert_eq!(evaluate(half(), &share(20, 40)).0, Truth::True);
        assert_eq!(evaluate(half(), &share(19, 40)).0, Truth::False);
        assert_eq!(evaluate(half(), &share(1_000_000_000, 2_000_000_001)).0, Truth::False);
        let third = || at_least(DUAL_SHARE, Operand::Value(3333));
        assert_eq!(evaluate(third(), &share(1, 3)).0, Truth::True);
        assert_eq!(evaluate(half(), &plan(&[], &[])).1, vec![TEAM, DUAL]);
        assert_eq!(evaluate(half(), &plan(&[(TEAM, 40)], &[])).1, vec![DUAL]);
        assert_eq!(evaluate(half(), &share(0, 0)), (Truth::Unknown, vec![TEAM], vec![]));
        let against_answer = || at_least(DUAL_SHARE, Operand::Fact(GOOD_SHARE));
        let against = |given| plan(&[(DUAL, 1), (TEAM, 3), (GOOD_SHARE, given)], &[]);
        assert_eq!(evaluate(against_answer(), &against(3333)).0, Truth::True);
        assert_eq!(evaluate(against_answer(), &against(3334)).0, Truth::False);
    }

    #[test]
    fn facts_of_a_line_come_from_that_line() {
        let test = || at_least(PLANNED, Operand::Fact(LEAST));
        assert_eq!(evaluate(test(), &plan(&[], &[&[(PLANNED, 30), (LEAST, 30)]])).0, Truth::True);
        assert_eq!(evaluate(test(), &plan(&[], &[&[(PLANNED, 30)]])), (Truth::Unknown, vec![LEAST], vec![]));
        assert_eq!(evaluate(test(), &plan(&[(PLANNED, 30), (LEAST, 1)], &[])).1, vec![PLANNED, LEAST]);
    }

    #[test]
    fn members_and_spans() {
        let one_of = |values: &[i32]| compare(FACILITIES, Comparison::OneOf(values.to_vec()));
        let none_of = |values: &[i32]| compare(FACILITIES, Comparison::NoneOf(values.to_vec()));
        let rented = plan(&[], &[&[(FACILITIES, 1)]]);
        assert_eq!(evaluate(one_of(&[0, 1]), &rented).0, Truth::True);
        assert_eq!(evaluate(one_of(&[0]), &rented).0, Truth::False);
        assert_eq!(evaluate(none_of(&[2]), &rented).0, Truth::True);
        assert_eq!(evaluate(none_of(&[1]), &plan(&[], &[])).0, Truth::Unknown);
        let span = || compare(PLANNED, Comparison::Between(Operand::Value(10), Operand::Fact(LEAST)));
        let line = |planned, least| plan(&[], &[&[(PLANNED, planned), (LEAST, least)]]);
        assert_eq!(
            [10, 20, 9, 21].map(|planned| evaluate(span(), &line(planned, 20)).0),
            [Truth::True, Truth::True, Truth::False, Truth::False]
        );
        // Below the lower end the upper end does not matter.
        assert_eq!(evaluate(span(), &plan(&[], &[&[(PLANNED, 9)]])).0, Truth::False);
    }
}
