//! Hints come only where a verdict can improve.

mod support;

use proptest::prelude::*;
use rules::{Program, Verdict, check, hints};
use support::partial::fewer_and_more;

proptest! {
    #![proptest_config(support::config())]

    #[test]
    fn nothing_is_advised_where_nothing_is_wrong((ruleset, _, declaration) in fewer_and_more()) {
        let program = Program::new(&ruleset).expect("a sound rule set");
        for finding in check(&program, &declaration) {
            let hints = hints(&program, &declaration, &finding);
            let can_improve = matches!(finding.verdict, Verdict::NotMet | Verdict::Judge | Verdict::Advice);
            prop_assert!(hints.is_empty() || can_improve);
        }
    }
}
