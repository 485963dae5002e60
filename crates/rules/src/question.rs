//! The next best question: the one whose answer most of the undecided conditions wait for.
//!
//! A fact counts twice for each condition that needs it to know whether it applies, since a *no* spares all its other
//! questions, and once for each that needs it to be judged. Of equals the one that costs less to answer comes first,
//! then the one that stands first in the form, line by line. Nothing is asked that no undecided condition depends on.

use std::cmp::Reverse;

use crate::check::{judge, lines, missing_to_apply, missing_to_judge};
use crate::declaration::Declaration;
use crate::evaluate::Situation;
use crate::fact::Per;
use crate::phrases::Phrase;
use crate::program::Program;
use crate::role::Roles;
use crate::text::number;
use crate::verdict::Verdict;

/// What to ask next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Index of the fact.
    pub fact: usize,
    /// Index of the line, 0 also where there is no line yet; `None` for a fact of the school.
    pub line: Option<usize>,
    /// How many conditions wait for the answer; [`waiting`] names them.
    pub conditions: usize,
}

/// The question to ask next of someone who looks after the conditions of these actors; `None` where no answer that is
/// still open could decide any of them.
pub fn next_question(program: &Program, declaration: &Declaration, roles: Roles) -> Option<Question> {
    let facts = program.fact_count();
    let line_count = declaration.lines.len().max(1);
    let mut weights = vec![0; facts * line_count];
    for_each_need(program, declaration, roles, &mut |need| {
        weights[need.line.unwrap_or(0) * facts + need.fact] += need.weight;
    });
    let school = program.asked.iter().map(|asked| (asked, None));
    let by_line = (0..line_count).flat_map(|line| program.asked.iter().map(move |asked| (asked, Some(line))));
    let mut best = None;
    for ((fact, effort), line) in school.chain(by_line) {
        if (program.fact_per(*fact) == Per::Line) != line.is_some() {
            continue;
        }
        let weight = weights[line.unwrap_or(0) * facts + fact];
        let rank = (weight, Reverse(*effort as u8));
        if weight > 0 && best.is_none_or(|(found, _)| rank > found) {
            best = Some((rank, Question { fact: *fact, line, conditions: 0 }));
        }
    }
    let (_, question) = best?;
    let conditions = waiting(program, declaration, roles, &question).len();
    Some(Question { conditions, ..question })
}

/// Document and condition, by index, of every condition that waits for the answer to a question.
pub fn waiting(
    program: &Program,
    declaration: &Declaration,
    roles: Roles,
    question: &Question,
) -> Vec<(usize, usize)> {
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    for_each_need(program, declaration, roles, &mut |need| {
        if (need.fact, need.line) == (question.fact, question.line) && waiting.last() != Some(&need.condition)
        {
            waiting.push(need.condition);
        }
    });
    waiting
}

/// One condition, on one line or on the school, that cannot be judged without an answer.
struct Need {
    /// Document and condition.
    condition: (usize, usize),
    fact: usize,
    line: Option<usize>,
    weight: u32,
}

fn for_each_need(program: &Program, declaration: &Declaration, roles: Roles, visit: &mut dyn FnMut(&Need)) {
    for (document, rules) in program.documents.iter().enumerate() {
        for (index, condition) in program.conditions_of(rules).iter().enumerate() {
            for line in lines(condition.per, declaration) {
                let situation = Situation::new(program, declaration, line);
                if !roles.contains(condition.actor)
                    || judge(&situation, rules.scope, condition).verdict != Verdict::Unknown
                {
                    continue;
                }
                let mut seen = Vec::new();
                let mut see = |fact: usize, line: Option<usize>, weight: u32| {
                    // The whole of a share that is 0 is missing though answered; asking again does not help.
                    let is_answered = Situation::new(program, declaration, line).answer(fact).is_some();
                    if !is_answered && !seen.contains(&(fact, line, weight)) {
                        seen.push((fact, line, weight));
                        visit(&Need { condition: (document, index), fact, line, weight });
                    }
                };
                missing_to_apply(&situation, rules.scope, condition, &mut |fact, line| see(fact, line, 2));
                missing_to_judge(&situation, condition, &mut |fact, line| see(fact, line, 1));
            }
        }
    }
}

impl Program {
    /// Why a question is asked: 用于判断 3 项条件.
    pub fn question_reason(&self, question: &Question) -> String {
        self.fill(Phrase::QuestionReason, &[&number(question.conditions as i64)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::{Actor, Comparison, Condition, Operand};
    use crate::fixture::*;
    use crate::{Effort, Role, Ruleset};

    fn rules() -> Ruleset {
        let half = compare(DUAL_SHARE, Comparison::AtLeast(Operand::Value(5000)));
        let few = compare(PLANNED_SUM, Comparison::AtMost(Operand::Value(100)));
        let enough = compare(PLANNED, Comparison::AtLeast(Operand::Fact(LEAST)));
        let school = |require| condition(Per::School, require);
        let of_city = Condition { actor: Actor::City, ..school(is(MEETING, 1)) };
        let when_budget = Condition { when: is(BUDGET, 1), ..school(half) };
        ruleset(vec![when_budget, school(few), condition(Per::Line, enough), of_city])
    }

    /// Fact, line and number of waiting conditions of every question until none is left.
    fn questions(
        rules: &Ruleset,
        mut declaration: Declaration,
        answers: &[(usize, i32)],
    ) -> Vec<(usize, Option<usize>, usize)> {
        let program = Program::new(rules).expect("sound");
        let mut asked = Vec::new();
        while let Some(question) = next_question(&program, &declaration, Roles::of(Role::School)) {
            let Question { fact, line, conditions } = question;
            asked.push((fact, line, conditions));
            let answer = answers.iter().find(|(one, _)| *one == fact).map(|(_, answer)| *answer);
            match line {
                None => declaration.school.set(fact, answer),
                Some(line) => {
                    declaration
                        .lines
                        .resize(declaration.lines.len().max(line + 1), crate::Answers::default());
                    declaration.lines[line].set(fact, answer);
                }
            }
        }
        asked
    }

    #[test]
    fn what_most_conditions_wait_for_comes_first_and_nothing_needless_is_asked() {
        let answers = [(PROVINCE, 0), (BUDGET, 1), (TEAM, 40), (DUAL, 20), (PLANNED, 60), (LEAST, 30)];
        let line = Some(0);
        assert_eq!(
            questions(&rules(), Declaration::default(), &answers),
            [
                (PROVINCE, None, 3),
                (BUDGET, None, 1),
                (PLANNED, line, 2),
                (TEAM, None, 1),
                (DUAL, None, 1),
                (LEAST, line, 1)
            ]
        );
        let without = [(PROVINCE, 0), (BUDGET, 0), (PLANNED, 60), (LEAST, 30)];
        assert_eq!(questions(&rules(), Declaration::default(), &without).len(), 4);
        assert_eq!(questions(&rules(), Declaration::default(), &[(PROVINCE, 1)]), [(PROVINCE, None, 3)]);
    }

    #[test]
    fn of_equals_the_cheaper_one_comes_first_then_line_by_line() {
        let mut rules = rules();
        rules.facts[TEAM].effort = Effort::LookUp;
        let given = plan(&[(PROVINCE, 0), (BUDGET, 1)], &[&[], &[]]);
        let answers = [(TEAM, 40), (DUAL, 20), (PLANNED, 60), (LEAST, 30)];
        let order: Vec<_> =
            questions(&rules, given, &answers).into_iter().map(|(fact, line, _)| (fact, line)).collect();
        let (first, second) = (Some(0), Some(1));
        assert_eq!(
            order,
            [
                (PLANNED, first),
                (PLANNED, second),
                (DUAL, None),
                (LEAST, first),
                (LEAST, second),
                (TEAM, None)
            ]
        );
    }

    #[test]
    fn a_whole_of_zero_is_not_asked_again() {
        let given = plan(&[(PROVINCE, 0), (BUDGET, 1), (TEAM, 0), (DUAL, 0)], &[&[(PLANNED, 1), (LEAST, 1)]]);
        assert!(questions(&rules(), given, &[]).is_empty());
    }

    #[test]
    fn conditions_that_wait_can_be_named() {
        let program = Program::new(&rules()).expect("sound");
        let declaration = plan(&[(PROVINCE, 0), (BUDGET, 0)], &[]);
        let question = next_question(&program, &declaration, Roles::ALL).expect("there is one");
        assert_eq!((question.fact, question.line), (PLANNED, Some(0)));
        assert_eq!(waiting(&program, &declaration, Roles::ALL, &question), [(0, 1), (0, 2)]);
        assert_eq!(program.question_reason(&question), "用于判断 2 项条件");
    }
}
