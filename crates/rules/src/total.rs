//! Whole numbers counted over the lines of a declaration: how many there are, the sum of an answer, how many different
//! ones. Without a line, or where a line lacks an answer, they are not known: an empty form is no declaration of none.

use std::ops::Range;

use crate::declaration::Answers;
use crate::evaluate::Situation;
use crate::fact::Per;
use crate::program::Count;

impl<'a> Situation<'a> {
    /// What is counted over all lines from these facts; not known without a line, nor where a line lacks an answer.
    pub(crate) fn total(&self, count: Count, facts: &Range<usize>) -> Option<i32> {
        let facts = self.made_of(facts);
        let is_answered = |line: &Answers| facts.iter().all(|fact| line.get(*fact as usize).is_some());
        if self.lines.is_empty() || !self.lines.iter().all(is_answered) {
            return None;
        }
        let mut total = 0;
        for (index, line) in self.lines.iter().enumerate() {
            total += match count {
                Count::Lines => 1,
                Count::Sum => {
                    facts.iter().map(|fact| i64::from(line.get(*fact as usize).unwrap_or_default())).sum()
                }
                Count::Distinct => {
                    let is_same = |earlier: &Answers| {
                        facts.iter().all(|fact| earlier.get(*fact as usize) == line.get(*fact as usize))
                    };
                    i64::from(!self.lines[..index].iter().any(is_same))
                }
            };
        }
        // No constant reaches the largest number, so a sum beyond it compares as it should.
        Some(total.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }

    /// Visits what is missing to count it: answers of lines, and without a line those of the first.
    pub(crate) fn missing_of_total(
        &self,
        fact: usize,
        facts: &Range<usize>,
        visit: &mut dyn FnMut(usize, Option<usize>),
    ) {
        let facts = self.made_of(facts);
        if facts.is_empty() && self.lines.is_empty() {
            // Any answer makes the first line; the form asks for this one first.
            let is_of_line = |fact: &usize| self.program.fact_per(*fact) == Per::Line;
            let first = self.program.asked.iter().map(|(fact, _)| *fact).find(is_of_line);
            visit(first.unwrap_or(fact), Some(0));
        }
        for line in 0..self.lines.len().max(1) {
            for of in facts {
                if self.lines.get(line).is_none_or(|answers| answers.get(*of as usize).is_none()) {
                    visit(*of as usize, Some(line));
                }
            }
        }
    }

    fn made_of(&self, facts: &Range<usize>) -> &'a [i32] {
        self.program.values.get(facts.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::condition::{Comparison, Condition, Operand, Test};
    use crate::fixture::*;
    use crate::{Per, Verdict, check, explain, hints};

    fn at_most(fact: usize, most: i32) -> Condition {
        condition(Per::School, compare(fact, Comparison::AtMost(Operand::Value(most))))
    }

    /// Verdict, missing facts and reason on these lines.
    fn judged(of: Condition, lines: &[&[(usize, i32)]]) -> (Verdict, Vec<usize>, String) {
        let (program, declaration) = (program(of), plan(&[(PROVINCE, 0)], lines));
        let finding = check(&program, &declaration).remove(0);
        assert!(hints(&program, &declaration, &finding).is_empty(), "a total does not change by itself");
        let reason = explain(&program, &declaration, &finding);
        (finding.verdict, finding.missing, reason)
    }

    #[test]
    fn lines_are_counted_and_none_is_not_zero() {
        let reason = "要求：证书个数不多于 2 个；填报：2 个".to_owned();
        assert_eq!(judged(at_most(LINES, 2), &[&[], &[]]), (Verdict::Met, vec![], reason));
        assert_eq!(judged(at_most(LINES, 2), &[&[], &[], &[]]).0, Verdict::NotMet);
        let missing = "请先添加拟申报的证书。还需填写：计划人数".to_owned();
        assert_eq!(judged(at_most(LINES, 2), &[]), (Verdict::Unknown, vec![PLANNED], missing));
    }

    #[test]
    fn a_sum_needs_every_line() {
        let judged = |lines: &[&[(usize, i32)]]| judged(at_most(PLANNED_SUM, 100), lines);
        let reason = "要求：计划总人数不多于 100 人；填报：100 人".to_owned();
        assert_eq!(judged(&[&[(PLANNED, 60)], &[(PLANNED, 40)]]), (Verdict::Met, vec![], reason));
        assert_eq!(judged(&[&[(PLANNED, 60)], &[(PLANNED, 41)]]).0, Verdict::NotMet);
        let missing = "还需填写：计划人数".to_owned();
        assert_eq!(judged(&[&[(PLANNED, 101)], &[]]), (Verdict::Unknown, vec![PLANNED], missing));
        assert_eq!(judged(&[&[(PLANNED, i32::MAX)], &[(PLANNED, i32::MAX)]]).0, Verdict::NotMet);
    }

    #[test]
    fn different_combinations_are_counted_once() {
        let judged = |lines: &[&[(usize, i32)]]| judged(at_most(KINDS, 2), lines);
        let line = |facilities, least| [(FACILITIES, facilities), (LEAST, least)];
        let (first, other) = (line(0, 30), line(1, 30));
        assert_eq!(judged(&[&first, &other, &first]).2, "要求：不同组合个数不多于 2；填报：2");
        assert_eq!(judged(&[&first, &other, &line(0, 31)]).0, Verdict::NotMet);
        assert_eq!(judged(&[&first, &[(LEAST, 30)]]).1, [FACILITIES]);
    }

    #[test]
    fn totals_compare_with_answers_and_stand_in_sentences() {
        let enough = compare(TEAM, Comparison::AtLeast(Operand::Fact(PLANNED_SUM)));
        let mut of = condition(Per::School, Test::Not(Box::new(enough)));
        of.say.met = "计划「计划总人数」，共「证书个数」".into();
        let program = program(of);
        let declaration = plan(&[(PROVINCE, 0), (TEAM, 9)], &[&[(PLANNED, 4)], &[(PLANNED, 6)]]);
        let finding = check(&program, &declaration).remove(0);
        assert_eq!(
            (finding.verdict, finding.decided_by.as_slice()),
            (Verdict::Met, &[TEAM, PLANNED_SUM][..])
        );
        assert_eq!(explain(&program, &declaration, &finding), "计划10 人，共2 个");
        assert!(program.read_answer(PLANNED_SUM, "10").is_err());
    }
}
