//! The words that give a quote its force, held against the strength of the condition.
//!
//! Some words say themselves how strict the text is (原则上, 一般, 优先, 建议): where one stands, no other strength fits. A
//! strength softer than "must" needs such a word, unless the condition is our own reading of the text; "must" needs none, as a
//! notice commands by saying what is done.

use rules::{Condition, Strength};

use crate::check::conditions::strength_word;
use crate::problem::Proof;

/// The words that a strength rests on; the decisive ones first, which fit no other.
const WORDS: [(Strength, &[&str], &[&str]); 6] = [
    (Strength::InPrinciple, &["原则上"], &[]),
    (Strength::Generally, &["一般"], &[]),
    (Strength::Priority, &["优先"], &[]),
    (Strength::Advice, &["建议", "鼓励", "提倡"], &["宜", "参考", "积极", "自主", "可"]),
    (Strength::May, &[], &["可", "允许", "自主", "自愿", "均能"]),
    (Strength::Should, &[], &["要", "需", "须", "应", "请"]),
];

/// What does not fit; nothing where the words bear the strength.
pub(crate) fn check(condition: &Condition) -> Option<Proof> {
    let text = format!("{}{}", condition.citation.lead_in, condition.citation.quote);
    let stands = |words: &[&'static str]| words.iter().copied().find(|word| text.contains(word));
    let decisive: Vec<(Strength, &'static str)> =
        WORDS.iter().filter_map(|(strength, words, _)| Some((*strength, stands(words)?))).collect();
    if decisive.iter().any(|(strength, _)| *strength == condition.strength) {
        return None;
    }
    if let Some((fits, word)) = decisive.first() {
        return Some(Proof::StrengthDiffers {
            word,
            strength: strength_word(condition.strength),
            fits: strength_word(*fits),
        });
    }
    let (_, own, also) = WORDS.iter().find(|(strength, ..)| *strength == condition.strength)?;
    if stands(also).is_some() || condition.interpretation {
        return None;
    }
    let words = own.iter().chain(*also).copied().collect();
    Some(Proof::StrengthWithoutWord { strength: strength_word(condition.strength), words })
}

#[cfg(test)]
mod tests {
    use rules::{Actor, Citation, ConditionKind, Per, Say, Stage, Test};

    use super::*;

    fn problem(strength: Strength, lead_in: &str, quote: &str) -> Option<Proof> {
        check(&Condition {
            id: "a/b".into(),
            title: "甲".into(),
            kind: ConditionKind::Condition,
            strength,
            actor: Actor::School,
            stage: Stage::Before,
            per: Per::School,
            when: Test::ALWAYS,
            require: Test::ALWAYS,
            citation: Citation { lead_in: lead_in.into(), quote: quote.into(), ..Citation::default() },
            say: Say::default(),
            boundary_unclear: false,
            interpretation: false,
            year_from_issue: false,
        })
    }

    #[test]
    fn a_word_that_says_how_strict_decides() {
        assert_eq!(problem(Strength::InPrinciple, "", "原则上已连续招生 3 年"), None);
        assert_eq!(problem(Strength::Generally, "一般应具备以下条件", "近 3 年连续招生"), None);
        let differs = |word, strength, fits| Some(Proof::StrengthDiffers { word, strength, fits });
        assert_eq!(
            problem(Strength::Must, "", "原则上已连续招生 3 年"),
            differs("原则上", "must", "in_principle")
        );
        assert_eq!(problem(Strength::Must, "", "优先参与试点"), differs("优先", "must", "priority"));
    }

    #[test]
    fn must_needs_no_word_and_softer_ones_do() {
        assert_eq!(problem(Strength::Must, "", "有关设施设备可通过租用等方式"), None);
        assert_eq!(problem(Strength::Must, "", "列入学校预算"), None);
        assert_eq!(problem(Strength::Should, "", "需分开申报"), None);
        assert_eq!(problem(Strength::May, "", "均可自主选择"), None);
        assert!(matches!(
            problem(Strength::Priority, "", "列入学校预算"),
            Some(Proof::StrengthWithoutWord { strength: "priority", .. })
        ));
    }
}
