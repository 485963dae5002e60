//! What conditions can never do: apply, be met, fail, agree with each other, matter beside another.
//!
//! Everything here is proved by trying all declarations that matter, see [`cut_points`](crate::check::cut_points); where
//! there are too many, nothing is said.

use std::ops::Range;

use rules::{Condition, DocumentRules, Ruleset, Strength, Test, Verdict};

use crate::check::cut_points::{Answered, Tried, as_condition, facts_of, try_all};
use crate::check::places::{ConditionPlaces, Written};
use crate::problem::Proof;

/// Something proved wrong, with the place of the other condition that belongs to it.
pub(crate) struct Found {
    pub(crate) span: Range<usize>,
    pub(crate) problem: Proof,
    pub(crate) other: Option<Range<usize>>,
}

/// What came of the proofs on one document.
#[derive(Default)]
pub(crate) struct Proofs {
    pub(crate) found: Vec<Found>,
    /// How many were left out.
    pub(crate) left_out: usize,
}

/// A proof was left out: too many declarations matter to it.
struct LeftOut;

impl Proofs {
    fn enter(&mut self, proof: Result<Option<Found>, LeftOut>) {
        match proof {
            Ok(found) => self.found.extend(found),
            Err(LeftOut) => self.left_out += 1,
        }
    }
}

/// What is wrong with the conditions of one document by themselves and with each two of them.
pub(crate) fn check(written: &Written, ruleset: &Ruleset) -> Proofs {
    let document = &written.rules;
    let mut proofs = Proofs::default();
    proofs.enter(scope(written, ruleset));
    if !proofs.found.is_empty() {
        return proofs;
    }
    for (condition, places) in document.conditions.iter().zip(&written.conditions) {
        proofs.enter(alone(document, condition, places, ruleset));
    }
    let numbered = || document.conditions.iter().zip(&written.conditions);
    for (index, first) in numbered().enumerate() {
        for second in numbered().skip(index + 1) {
            if share_a_fact(first.0, second.0) {
                proofs.enter(together(document, first, second, ruleset));
            }
        }
    }
    proofs
}

/// Whether the document can apply at all.
fn scope(written: &Written, ruleset: &Ruleset) -> Result<Option<Found>, LeftOut> {
    let Some(any) = written.rules.conditions.first() else { return Ok(None) };
    let scope = as_condition(written.rules.scope.clone(), any);
    let never = truths(ruleset, &[scope], &mut |truths| !truths[0])?;
    let problem = Proof::NeverApplies { part: "scope" };
    Ok(never.then(|| Found { span: written.scope.clone(), problem, other: None }))
}

/// Whether it can apply, be met and not be met.
fn alone(
    document: &DocumentRules,
    condition: &Condition,
    places: &ConditionPlaces,
    ruleset: &Ruleset,
) -> Result<Option<Found>, LeftOut> {
    let (mut met, mut not_met) = (false, false);
    let pair = [applies(document, condition, &[condition]), requires(condition)];
    let all_tried = truths(ruleset, &pair, &mut |truths| {
        met |= truths[0] && truths[1];
        not_met |= truths[0] && !truths[1];
        !(met && not_met)
    })?;
    let found = |span: &Range<usize>, problem| Some(Found { span: span.clone(), problem, other: None });
    Ok(match (met, not_met) {
        _ if !all_tried => None,
        (false, false) => found(&places.when, Proof::NeverApplies { part: "when" }),
        (false, true) => found(&places.require, Proof::NeverMet),
        _ => found(&places.require, Proof::AlwaysMet),
    })
}

/// Whether two can be met together, and whether each says something beside the other.
fn together(
    document: &DocumentRules,
    (first, first_at): (&Condition, &ConditionPlaces),
    (second, second_at): (&Condition, &ConditionPlaces),
    ruleset: &Ruleset,
) -> Result<Option<Found>, LeftOut> {
    let both = [first, second];
    let tests = [
        applies(document, first, &both),
        requires(first),
        applies(document, second, &both),
        requires(second),
    ];
    let (mut both_apply, mut both_met) = (false, false);
    // Whether the one says something that the other does not.
    let (mut first_matters, mut second_matters) = (false, false);
    let all_tried = truths(ruleset, &tests, &mut |truths| {
        let [first_applies, first_met, second_applies, second_met] = truths else { return false };
        both_apply |= first_applies & second_applies;
        both_met |= first_applies & second_applies & first_met & second_met;
        first_matters |= first_applies & (!second_applies | (second_met & !first_met));
        second_matters |= second_applies & (!first_applies | (first_met & !second_met));
        !(both_met && first_matters && second_matters)
    })?;
    let found = |at: &ConditionPlaces, other_at: &ConditionPlaces, problem| {
        Ok(Some(Found { span: at.id.clone(), problem, other: Some(other_at.id.clone()) }))
    };
    if !all_tried {
        return Ok(None);
    }
    if both_apply && !both_met {
        return found(second_at, first_at, Proof::Contradiction { other: first.id.clone() });
    }
    if !second_matters && can_stand_for(first, second) {
        return found(second_at, first_at, Proof::IdleCondition { other: first.id.clone() });
    }
    if !first_matters && can_stand_for(second, first) {
        return found(first_at, second_at, Proof::IdleCondition { other: second.id.clone() });
    }
    Ok(None)
}

/// Whether `one` is asked of the same people, in the same places and as strictly as `other`.
fn can_stand_for(one: &Condition, other: &Condition) -> bool {
    one.actor == other.actor
        && one.per == other.per
        && strictness(one.strength) >= strictness(other.strength)
        && (other.boundary_unclear || !one.boundary_unclear)
}

const fn strictness(strength: Strength) -> u8 {
    match strength {
        Strength::Must | Strength::Should => 3,
        Strength::InPrinciple | Strength::Generally => 2,
        Strength::Priority => 1,
        Strength::May | Strength::Advice => 0,
    }
}

/// When a condition applies. The scope, which can hold, is left out where it reads no fact of these conditions.
fn applies(document: &DocumentRules, condition: &Condition, beside: &[&Condition]) -> Condition {
    let of_scope = facts_in(&[&document.scope]);
    let tests: Vec<&Test> = beside.iter().flat_map(|one| [&one.when, &one.require]).collect();
    let free = facts_in(&tests).iter().all(|fact| !of_scope.contains(fact));
    let when = condition.when.clone();
    let test = if free { when } else { Test::All(vec![document.scope.clone(), when]) };
    as_condition(test, condition)
}

fn requires(condition: &Condition) -> Condition {
    as_condition(condition.require.clone(), condition)
}

fn share_a_fact(one: &Condition, other: &Condition) -> bool {
    let of_other = facts_in(&[&other.require]);
    facts_in(&[&one.require]).iter().any(|fact| of_other.contains(fact))
}

fn facts_in(tests: &[&Test]) -> Vec<usize> {
    let part = |test: &&Test| (*test).clone();
    facts_of(&[document_of(Test::All(tests.iter().map(part).collect()), Vec::new())])
}

fn document_of(scope: Test, conditions: Vec<Condition>) -> DocumentRules {
    DocumentRules {
        document: String::new(),
        title: String::new(),
        url: String::new(),
        archived: false,
        scope,
        conditions,
    }
}

/// Tries all complete declarations that matter to these conditions, each met or not, until `visit` has seen enough;
/// whether it never had.
fn truths(
    ruleset: &Ruleset,
    conditions: &[Condition],
    visit: &mut dyn FnMut(&[bool]) -> bool,
) -> Result<bool, LeftOut> {
    let mut holds = Vec::new();
    let document = document_of(Test::ALWAYS, conditions.to_vec());
    let tried = try_all(ruleset, &[document], Answered::All, &mut |verdicts| {
        holds.clear();
        holds.extend(verdicts.iter().map(|verdict| *verdict == Verdict::Met));
        visit(&holds)
    });
    match tried {
        Tried::All => Ok(true),
        Tried::Enough => Ok(false),
        Tried::TooMany => Err(LeftOut),
    }
}
