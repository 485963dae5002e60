//! Answering more never takes back a verdict: what is decided with some answers stays so with any further ones.

mod support;

use proptest::prelude::*;
use rules::{Program, Verdict, verdicts};
use support::partial::fewer_and_more;

proptest! {
    #![proptest_config(support::config())]

    #[test]
    fn more_answers_never_take_a_verdict_back((ruleset, fewer, more) in fewer_and_more()) {
        let program = Program::new(&ruleset).expect("a sound rule set");
        for (before, after) in verdicts(&program, &fewer).into_iter().zip(verdicts(&program, &more)) {
            prop_assert!(before == Verdict::Unknown || before == after, "{before:?} became {after:?}");
        }
    }
}
