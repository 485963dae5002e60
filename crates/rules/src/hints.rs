//! What would change a verdict: the smallest changes to facts that a school can change, each tried on the engine
//! before it is told.

use crate::check::{Requirement, find, judge};
use crate::condition::Operand;
use crate::declaration::Declaration;
use crate::evaluate::{Fraction, LastDay, Situation};
use crate::fact::{Changeable, Per};
use crate::phrases::Phrase;
use crate::problems::problems;
use crate::program::{Program, Relation, Shape, Step};
use crate::text::join;
use crate::truth::Truth;
use crate::verdict::{Finding, Verdict};

/// No more hints than a person reads.
const MOST: usize = 3;

/// Changes that turn a requirement that is not met into one that is, as Chinese sentences without a full stop;
/// empty where the finding is not of that sort or nothing the school can change helps.
///
/// Single changes come first; only where none is enough, one hint names several changes that are enough together.
pub fn hints(program: &Program, declaration: &Declaration, finding: &Finding) -> Vec<String> {
    let Some(search) = Search::new(program, declaration, finding) else { return Vec::new() };
    let mut hints: Vec<String> = Vec::new();
    let mut counted: Vec<usize> = Vec::new();
    for node in search.situation().comparisons(search.require) {
        search.for_each_change(node, &mut |change| {
            // The nearest value of a fact comes first; those farther off are no hint.
            if counted.contains(&change.fact) {
                return;
            }
            let Some(change) = search.narrowed(change, &|changed| search.is_met(changed)) else { return };
            if matches!(change.to, Target::Value(_)) {
                counted.push(change.fact);
            }
            let text = search.text(&change);
            if !hints.contains(&text) && hints.len() < MOST {
                hints.push(text);
            }
        });
    }
    if hints.is_empty() {
        hints.extend(search.together());
    }
    hints
}

/// A change of one fact to any of these values, all of which help.
struct Change {
    fact: usize,
    to: Target,
}

enum Target {
    Value(i32),
    Options(Vec<i32>),
    Between(i32, i32),
    Until(i32),
    From(i32),
}

struct Search<'a> {
    program: &'a Program,
    declaration: &'a Declaration,
    finding: &'a Finding,
    require: usize,
}

impl<'a> Search<'a> {
    fn new(program: &'a Program, declaration: &'a Declaration, finding: &'a Finding) -> Option<Self> {
        let scope = program.documents.get(finding.document)?.scope;
        let condition = program.condition(finding.document, finding.condition)?;
        let search = Self { program, declaration, finding, require: condition.require };
        let judgement = judge(&search.situation(), scope, condition);
        let can_improve = judgement.applies == Truth::True
            && matches!(judgement.requirement, Requirement::NotMet | Requirement::OnLastDay);
        can_improve.then_some(search)
    }

    fn situation(&self) -> Situation<'a> {
        Situation::new(self.program, self.declaration, self.finding.line)
    }

    fn is_met(&self, changed: &Declaration) -> bool {
        let Finding { document, condition, line, .. } = *self.finding;
        find(self.program, changed, document, condition, line).verdict == Verdict::Met
            && problems(self.program, changed).len() <= problems(self.program, self.declaration).len()
    }

    /// Changes one answer of a declaration.
    fn state(&self, changed: &mut Declaration, fact: usize, value: i32) {
        match (self.program.fact_per(fact), self.finding.line) {
            (Per::School, _) => changed.school.set(fact, Some(value)),
            (Per::Line, line) => {
                if let Some(answers) = line.and_then(|line| changed.lines.get_mut(line)) {
                    answers.set(fact, Some(value));
                }
            }
        }
    }

    /// What is left of a change when only values that help are kept.
    fn narrowed(&self, change: Change, helps: &dyn Fn(&Declaration) -> bool) -> Option<Change> {
        let fact = change.fact;
        let mut changed = self.declaration.clone();
        let mut tried = |value: i32| {
            self.state(&mut changed, fact, value);
            helps(&changed)
        };
        let to = match change.to {
            Target::Value(value) => tried(value).then_some(Target::Value(value)),
            Target::Options(mut values) => {
                values.retain(|value| tried(*value));
                (!values.is_empty()).then_some(Target::Options(values))
            }
            // A last day that the text leaves open is left out.
            Target::Between(low, high) => [high, high.saturating_sub(1)]
                .into_iter()
                .find(|high| *high > low && tried(low) && tried(*high))
                .map(|high| Target::Between(low, high)),
            Target::Until(day) => {
                [day, day.saturating_sub(1)].into_iter().find(|day| tried(*day)).map(Target::Until)
            }
            Target::From(day) => tried(day).then_some(Target::From(day)),
        }?;
        Some(Change { fact, to })
    }

    /// Visits changes worth trying for one comparison.
    fn for_each_change(&self, node: usize, visit: &mut dyn FnMut(Change)) {
        let situation = self.situation();
        let Some(found) = self.program.nodes.get(node) else { return };
        let mut limits = Vec::new();
        match &found.step {
            Step::All | Step::Any | Step::Not => {}
            Step::Member { fact, values, .. } => {
                for value in self.program.values.get(values.clone()).unwrap_or_default() {
                    limits.push(Limit::exact((*value).into()));
                }
                self.changes_of(*fact, &limits, visit);
            }
            Step::Between { fact, low, high } => {
                for (relation, operand) in [(Relation::AtLeast, *low), (Relation::AtMost, *high)] {
                    if let Some(value) = situation.operand(*fact, operand) {
                        limits.push(Limit { relation, value });
                    }
                }
                self.changes_of(*fact, &limits, visit);
            }
            Step::Compare { fact, relation, operand } => {
                if let Some(value) = situation.operand(*fact, *operand) {
                    self.changes_of(*fact, &[Limit { relation: *relation, value }], visit);
                }
                if let (Operand::Fact(other), Some(value)) = (operand, situation.value(*fact)) {
                    let relation = match relation {
                        Relation::Equal => Relation::Equal,
                        Relation::AtLeast => Relation::AtMost,
                        Relation::AtMost => Relation::AtLeast,
                        Relation::MoreThan => Relation::LessThan,
                        Relation::LessThan => Relation::MoreThan,
                    };
                    self.changes_of(*other, &[Limit { relation, value }], visit);
                }
            }
        }
    }

    fn changes_of(&self, fact: usize, limits: &[Limit], visit: &mut dyn FnMut(Change)) {
        let Some(found) = self.program.facts.get(fact) else { return };
        if let Shape::Ratio { part, whole } = &found.shape {
            self.changes_of_share(*part, *whole, limits, visit);
            return;
        }
        let (true, Some(current)) = (found.changeable != Changeable::No, self.situation().answer(fact))
        else {
            return;
        };
        let mut add = |to| visit(Change { fact, to });
        match &found.shape {
            Shape::Boolean => add(Target::Value(1 - current)),
            Shape::Choice { options } => {
                add(Target::Options((0..*options as i32).filter(|option| *option != current).collect()));
            }
            Shape::Integer { .. } | Shape::Percent => {
                // The nearest first.
                let mut values: Vec<i32> = Vec::new();
                for value in limits.iter().flat_map(|limit| limit.around()) {
                    let is_farther = |other: &i32| other.abs_diff(current) > value.abs_diff(current);
                    values.insert(values.iter().position(is_farther).unwrap_or(values.len()), value);
                }
                values.into_iter().for_each(|value| add(Target::Value(value)));
            }
            Shape::Date => match limits {
                [Limit { value: low, .. }, Limit { value: high, .. }]
                    if limits[0].relation == Relation::AtLeast && limits[1].relation == Relation::AtMost =>
                {
                    add(Target::Between(low.above as i32, high.above as i32));
                }
                _ => limits.iter().for_each(|limit| add(limit.days())),
            },
            // Computed facts do not change by themselves.
            Shape::Ratio { .. } | Shape::Total { .. } | Shape::Text => {}
        }
    }

    /// A share changes with its part, or with its whole.
    fn changes_of_share(&self, part: usize, whole: usize, limits: &[Limit], visit: &mut dyn FnMut(Change)) {
        let situation = self.situation();
        let (Some(above), Some(below)) = (situation.answer(part), situation.answer(whole)) else { return };
        for limit in limits {
            let Fraction { above: up, below: down } = limit.value;
            let of_part = up * i64::from(below) / down;
            self.changes_of(part, &[Limit::exact(of_part), Limit::exact(of_part + 1)], visit);
            if up > 0 {
                let of_whole = i64::from(above) * down / up;
                self.changes_of(whole, &[Limit::exact(of_whole), Limit::exact(of_whole + 1)], visit);
            }
        }
    }

    /// One change for each comparison that fails, where these are enough together.
    fn together(&self) -> Option<String> {
        let mut changed = self.declaration.clone();
        let mut texts = Vec::new();
        for node in self.situation().comparisons(self.require) {
            if self.situation().truth(node, LastDay::Inside) != Truth::False {
                continue;
            }
            let mut first = None;
            self.for_each_change(node, &mut |change| {
                if first.is_none() {
                    first = self.narrowed(change, &|tried| {
                        let situation = Situation::new(self.program, tried, self.finding.line);
                        situation.truth(node, LastDay::Outside) == Truth::True
                    });
                }
            });
            let change = first?;
            self.state(&mut changed, change.fact, change.to.first()?);
            texts.push(self.text(&change));
        }
        self.is_met(&changed).then(|| join(&texts, self.program.phrase(Phrase::HintAnd)))
    }

    fn text(&self, change: &Change) -> String {
        let program = self.program;
        let name = program.quoted(change.fact);
        let show = |value: i32| program.show_answer(change.fact, value);
        match &change.to {
            Target::Value(value) => match program.facts.get(change.fact).map(|fact| &fact.shape) {
                Some(Shape::Boolean) => {
                    program.fill(if *value == 0 { Phrase::HintNo } else { Phrase::HintYes }, &[&name])
                }
                Some(Shape::Date) => program.fill(Phrase::HintOnDay, &[&name, &show(*value)]),
                _ => {
                    let current = self.situation().answer(change.fact).unwrap_or_default();
                    let phrase = if *value > current { Phrase::HintMore } else { Phrase::HintFewer };
                    let difference = value.saturating_sub(current).saturating_abs();
                    program.fill(phrase, &[&name, &show(difference), &show(*value)])
                }
            },
            Target::Options(values) => {
                let names: Vec<String> =
                    values.iter().map(|value| program.fill(Phrase::Quoted, &[&show(*value)])).collect();
                program.fill(Phrase::HintOption, &[&name, &join(&names, program.phrase(Phrase::HintOr))])
            }
            Target::Between(low, high) => {
                program.fill(Phrase::HintBetween, &[&name, &show(*low), &show(*high)])
            }
            Target::Until(day) => program.fill(Phrase::HintUntil, &[&name, &show(*day)]),
            Target::From(day) => program.fill(Phrase::HintFrom, &[&name, &show(*day)]),
        }
    }
}

impl Target {
    fn first(&self) -> Option<i32> {
        match self {
            Self::Value(value) | Self::Between(value, _) | Self::Until(value) | Self::From(value) => {
                Some(*value)
            }
            Self::Options(values) => values.first().copied(),
        }
    }
}

/// A comparison with a value that is known.
#[derive(Clone, Copy)]
struct Limit {
    relation: Relation,
    value: Fraction,
}

impl Limit {
    fn exact(value: i64) -> Self {
        Self { relation: Relation::Equal, value: Fraction { above: value, below: 1 } }
    }

    /// The value and its neighbours: one of them is the nearest that helps, whatever the relation.
    fn around(self) -> [i32; 3] {
        let value = self.value.above.clamp(i64::from(i32::MIN) + 1, i64::from(i32::MAX) - 1) as i32;
        [value, value - 1, value + 1]
    }

    fn days(self) -> Target {
        let day = self.value.above as i32;
        match self.relation {
            Relation::Equal => Target::Value(day),
            Relation::AtLeast => Target::From(day),
            Relation::MoreThan => Target::From(day.saturating_add(1)),
            Relation::AtMost => Target::Until(day),
            Relation::LessThan => Target::Until(day.saturating_sub(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::{Comparison, Condition, Test};
    use crate::fixture::*;

    fn hints_of(condition: Condition, school: &[(usize, i32)], line: &[(usize, i32)]) -> Vec<String> {
        let mut school = school.to_vec();
        school.push((PROVINCE, 0));
        let (program, declaration) = (program(condition), plan(&school, &[line]));
        hints(&program, &declaration, &crate::check(&program, &declaration)[0])
    }

    #[test]
    fn the_smallest_change_that_helps() {
        let school = |require| condition(Per::School, require);
        let line = |require| condition(Per::Line, require);
        let value = Operand::Value;
        let enough = compare(PLANNED, Comparison::AtLeast(Operand::Fact(LEAST)));
        assert_eq!(
            hints_of(line(enough.clone()), &[], &[(PLANNED, 28), (LEAST, 30)]),
            ["“计划人数”再增加 2 人，达到 30 人"]
        );
        assert!(hints_of(line(enough.clone()), &[], &[(PLANNED, 30), (LEAST, 30)]).is_empty());
        assert!(hints_of(line(enough), &[], &[(PLANNED, 30)]).is_empty());
        let half = compare(DUAL_SHARE, Comparison::AtLeast(value(5000)));
        assert_eq!(
            hints_of(school(half), &[(DUAL, 18), (TEAM, 41)], &[]),
            ["“双师型”教师人数再增加 3 人，达到 21 人"]
        );
        assert_eq!(hints_of(school(is(BUDGET, 1)), &[(BUDGET, 0)], &[]), ["把“经费列入预算”落实为“是”"]);
        let fit = compare(FACILITIES, Comparison::OneOf(vec![0, 1]));
        assert_eq!(hints_of(line(fit), &[], &[(FACILITIES, 2)]), ["把“实训设施”改为“自有”或“租用”"]);
        let few = Test::Not(Box::new(compare(PLANNED, Comparison::AtLeast(value(200)))));
        assert_eq!(hints_of(line(few), &[], &[(PLANNED, 230)]), ["“计划人数”再减少 31 人，降到 199 人"]);
    }

    #[test]
    fn days_are_told_as_spans() {
        let (first, last) = (Operand::Value(day("2024-09-15")), Operand::Value(day("2024-09-25")));
        let late = [(DAY, day("2024-09-26"))];
        let span = || condition(Per::School, compare(DAY, Comparison::Between(first, last)));
        let unclear = |of| Condition { boundary_unclear: true, ..of };
        assert_eq!(hints_of(span(), &late, &[]), ["把“计划提交日期”改在2024年9月15日至2024年9月25日之间"]);
        assert_eq!(
            hints_of(unclear(span()), &late, &[]),
            ["把“计划提交日期”改在2024年9月15日至2024年9月24日之间"]
        );
        let until = || condition(Per::School, compare(DAY, Comparison::AtMost(last)));
        assert_eq!(hints_of(until(), &late, &[]), ["把“计划提交日期”改为2024年9月25日或更早"]);
        let on_the_day = [(DAY, day("2024-09-25"))];
        assert_eq!(hints_of(unclear(until()), &on_the_day, &[]), ["把“计划提交日期”改为2024年9月24日或更早"]);
    }

    #[test]
    fn several_changes_are_told_together_where_one_is_not_enough() {
        let both = || condition(Per::School, Test::All(vec![is(BUDGET, 1), is(MEETING, 1)]));
        assert_eq!(
            hints_of(both(), &[(BUDGET, 0), (MEETING, 0)], &[]),
            ["把“经费列入预算”落实为“是”；同时把“校长办公会研究”落实为“是”"]
        );
        assert_eq!(hints_of(both(), &[(BUDGET, 1), (MEETING, 0)], &[]), ["把“校长办公会研究”落实为“是”"]);
        // The other half is not known, so no change is known to be enough.
        assert!(hints_of(both(), &[(BUDGET, 0)], &[]).is_empty());
    }

    #[test]
    fn nothing_is_advised_that_cannot_be_or_cannot_change() {
        let many = compare(TEAM, Comparison::AtLeast(Operand::Value(50)));
        assert!(hints_of(condition(Per::School, many), &[(TEAM, 10)], &[]).is_empty());
        let beyond = compare(PLANNED, Comparison::AtLeast(Operand::Value(20_001)));
        assert!(hints_of(condition(Per::Line, beyond), &[], &[(PLANNED, 10)]).is_empty());
    }
}
