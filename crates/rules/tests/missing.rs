//! The facts named as missing are those that count: a verdict is unknown exactly where there are some, and answers to
//! any other facts leave it so.

mod support;

use proptest::prelude::*;
use rules::{Answers, Program, Verdict, check, explain, verdicts};
use support::partial::fewer_and_more;

proptest! {
    #![proptest_config(support::config())]

    #[test]
    fn answers_to_other_facts_leave_it_unknown((ruleset, fewer, more) in fewer_and_more()) {
        let program = Program::new(&ruleset).expect("a sound rule set");
        for (index, finding) in check(&program, &fewer).into_iter().enumerate() {
            prop_assert_eq!(finding.missing.is_empty(), finding.verdict != Verdict::Unknown);
            prop_assert!(!explain(&program, &fewer, &finding).is_empty());
            if finding.verdict != Verdict::Unknown {
                continue;
            }
            let mut after = fewer.clone();
            let others = |answers: &mut Answers, more: &Answers| {
                for fact in (0..ruleset.facts.len()).filter(|fact| !finding.missing.contains(fact)) {
                    answers.set(fact, more.get(fact));
                }
            };
            others(&mut after.school, &more.school);
            after.lines.iter_mut().zip(&more.lines).for_each(|(line, more)| others(line, more));
            prop_assert_eq!(verdicts(&program, &after)[index], Verdict::Unknown);
        }
    }
}
