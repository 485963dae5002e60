//! Two declarations of which the second answers all that the first does, and more.

use proptest::collection;
use proptest::prelude::*;
use rules::{Answers, Declaration, Ruleset};

use super::declarations::declaration;
use super::rulesets::ruleset;

/// A rule set, some answers, and the same with further ones.
pub(crate) fn fewer_and_more() -> impl Strategy<Value = (Ruleset, Declaration, Declaration)> {
    ruleset().prop_flat_map(|ruleset| {
        let facts = ruleset.facts.len();
        let kept = collection::vec(any::<bool>(), facts * 4);
        (declaration(&ruleset), kept).prop_map(move |(more, kept)| {
            let thin = |answers: &Answers, from: usize| {
                let mut fewer = Answers::default();
                for fact in (0..facts).filter(|fact| kept[from + fact]) {
                    fewer.set(fact, answers.get(fact));
                }
                fewer
            };
            let lines = more.lines.iter().enumerate();
            let fewer = Declaration {
                name: String::new(),
                school: thin(&more.school, 0),
                lines: lines.map(|(line, answers)| thin(answers, (line + 1) * facts)).collect(),
            };
            (ruleset.clone(), fewer, more)
        })
    })
}
