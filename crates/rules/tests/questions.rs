//! Asking the next best question until there is none decides all that the answers can decide, and every question is one
//! that something depends on.

mod support;

use proptest::prelude::*;
use rules::{Program, Roles, Verdict, check, next_question, verdicts, waiting};
use support::partial::fewer_and_more;

proptest! {
    #![proptest_config(support::config())]

    #[test]
    fn questions_end_with_the_verdicts_of_all_answers((ruleset, mut given, mut all) in fewer_and_more()) {
        let program = Program::new(&ruleset).expect("a sound rule set");
        // What was left out is answered with the smallest value.
        for fact in ruleset.asked() {
            let smallest = if ruleset.facts[fact].kind == rules::FactKind::Date { 20_000 } else { 0 };
            let answers = match program.fact_per(fact) {
                rules::Per::School => std::slice::from_mut(&mut all.school),
                rules::Per::Line => all.lines.as_mut_slice(),
            };
            for answers in answers {
                answers.set(fact, answers.get(fact).or(Some(smallest)));
            }
        }
        while let Some(question) = next_question(&program, &given, Roles::ALL) {
            let waiting = waiting(&program, &given, Roles::ALL, &question);
            prop_assert!(question.conditions > 0 && waiting.len() == question.conditions);
            let findings = check(&program, &given);
            for place in waiting {
                let mut of_place = findings.iter().filter(|one| (one.document, one.condition) == place);
                prop_assert!(of_place.any(|one| one.verdict == Verdict::Unknown));
            }
            let (answers, from) = match question.line {
                None => (&mut given.school, &all.school),
                // Without a line there is nothing to answer with.
                Some(line) if line >= given.lines.len() => return Ok(()),
                Some(line) => (&mut given.lines[line], &all.lines[line]),
            };
            prop_assert!(answers.get(question.fact).is_none());
            answers.set(question.fact, from.get(question.fact));
        }
        prop_assert_eq!(verdicts(&program, &given), verdicts(&program, &all));
    }
}
