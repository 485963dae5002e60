//! What is wrong with the answers themselves, before any condition is judged.

use crate::declaration::Declaration;
use crate::evaluate::Situation;
use crate::fact::Per;
use crate::phrases::Phrase;
use crate::program::{Program, Shape};

/// One answer that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Index of the fact that is asked; for a part greater than its whole the part.
    pub fact: usize,
    /// Index of the line; `None` for a fact of the school.
    pub line: Option<usize>,
    /// What is wrong, in Chinese.
    pub text: String,
}

/// Answers outside their bounds, and parts greater than their whole; in the order of facts, then of lines.
pub fn problems(program: &Program, declaration: &Declaration) -> Vec<Problem> {
    let mut problems = Vec::new();
    for fact in 0..program.fact_count() {
        let lines = match program.fact_per(fact) {
            Per::School => 0,
            Per::Line => declaration.lines.len(),
        };
        let school = (program.fact_per(fact) == Per::School).then_some(None);
        for line in school.into_iter().chain((0..lines).map(Some)) {
            problems.extend(problem(program, &Situation::new(program, declaration, line), fact, line));
        }
    }
    problems
}

fn problem(
    program: &Program,
    situation: &Situation<'_>,
    fact: usize,
    line: Option<usize>,
) -> Option<Problem> {
    let name = |fact: usize| program.quoted(fact);
    let within = |low: i32, high: i32| {
        let answer = situation.answer(fact)?;
        let show = |bound: i32| program.show_answer(fact, bound);
        let text = || program.fill(Phrase::ProblemRange, &[&name(fact), &show(low), &show(high)]);
        (answer < low || answer > high).then(|| (fact, text()))
    };
    let (fact, text) = match &program.facts.get(fact)?.shape {
        Shape::Integer { min, max } => within(*min, *max),
        Shape::Percent => within(0, 10_000),
        Shape::Ratio { part, whole } => {
            let (above, below) = (situation.answer(*part)?, situation.answer(*whole)?);
            let text = || program.fill(Phrase::ProblemPart, &[&name(*part), &name(*whole)]);
            (above > below).then(|| (*part, text()))
        }
        _ => None,
    }?;
    let text = match line {
        Some(line) => program.fill(Phrase::ProblemLine, &[&program.line_name(line), &text]),
        None => text,
    };
    Some(Problem { fact, line, text })
}

/// What is wrong with a text that [`Program::read_answer`] refused, in Chinese.
pub fn wrong_form(program: &Program, fact: usize, text: &str) -> String {
    let form = match program.facts.get(fact).map(|fact| &fact.shape) {
        Some(Shape::Boolean) => Phrase::FormBoolean,
        Some(Shape::Percent) => Phrase::FormPercent,
        Some(Shape::Date) => Phrase::FormDate,
        Some(Shape::Choice { .. }) => Phrase::FormChoice,
        _ => Phrase::FormInteger,
    };
    program.fill(Phrase::ProblemForm, &[&program.quoted(fact), text, program.phrase(form)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Test;
    use crate::fixture::*;

    #[test]
    fn answers_that_cannot_be_right_are_named() {
        let program = program(condition(Per::School, Test::ALWAYS));
        let declaration = plan(
            &[(TEAM, 40), (DUAL, 41), (GOOD_SHARE, 10_001)],
            &[&[(LEAST, 1)], &[(LEAST, 0), (PLANNED, 20_001)]],
        );
        let texts: Vec<String> = problems(&program, &declaration).into_iter().map(|one| one.text).collect();
        assert_eq!(
            texts,
            [
                "“双师型”教师人数不能多于“团队人数”",
                "第 2 个证书：“计划人数”应在 0 人 至 20000 人 之间",
                "第 2 个证书：“开考最低人数”应在 1 人 至 1000 人 之间",
                "“优秀率”应在 0% 至 100% 之间",
            ]
        );
        assert!(problems(&program, &plan(&[(TEAM, 40), (DUAL, 40)], &[&[]])).is_empty());
        assert_eq!(wrong_form(&program, TEAM, "四十"), "“团队人数”填写的“四十”不是有效的整数");
    }
}
