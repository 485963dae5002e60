//! Which conditions read which facts, in both directions.

use rules::{Condition, Operand, Ruleset, Test};

/// Who reads each fact, by its index; made once for all pages.
#[derive(Debug)]
pub(crate) struct Readers(Vec<FactReaders>);

/// Who reads one fact.
#[derive(Debug, Default, Clone)]
pub(crate) struct FactReaders {
    /// Documents whose scope it decides, by index.
    pub(crate) scopes: Vec<usize>,
    /// Conditions that read it themselves or through a computed fact, as (document, condition).
    pub(crate) conditions: Vec<(usize, usize)>,
    /// Facts computed from it.
    pub(crate) computed: Vec<usize>,
}

/// A fact that a condition reads, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Index of the fact.
    pub(crate) fact: usize,
    /// It decides whether the requirement is met.
    pub(crate) in_requirement: bool,
    /// It decides whether the condition applies.
    pub(crate) in_when: bool,
    /// It decides whether the whole document applies.
    pub(crate) in_scope: bool,
}

impl Readers {
    /// Those of this rule set.
    pub(crate) fn of(ruleset: &Ruleset) -> Self {
        let mut readers = vec![FactReaders::default(); ruleset.facts.len()];
        for (index, fact) in ruleset.facts.iter().enumerate() {
            for part in fact.kind.made_of() {
                if let Some(part) = readers.get_mut(part) {
                    part.computed.push(index);
                }
            }
        }
        for (document, rules) in ruleset.documents.iter().enumerate() {
            for fact in with_parts(ruleset, facts_of(&rules.scope)) {
                readers[fact].scopes.push(document);
            }
            for (number, condition) in rules.conditions.iter().enumerate() {
                for fact in with_parts(ruleset, own_facts(condition)) {
                    readers[fact].conditions.push((document, number));
                }
            }
        }
        Self(readers)
    }

    /// Who reads this fact.
    pub(crate) fn of_fact(&self, fact: usize) -> &FactReaders {
        &self.0[fact]
    }
}

/// What a condition reads: its requirement first, then when it applies, then the scope of its document. A computed fact
/// is followed by what it is computed from.
pub(crate) fn readings(ruleset: &Ruleset, scope: &Test, condition: &Condition) -> Vec<Reading> {
    let facts = |test: &Test| with_parts(ruleset, facts_of(test));
    let [require, when, scope] = [facts(&condition.require), facts(&condition.when), facts(scope)];
    let mut all = require.clone();
    all.extend(&when);
    all.extend(&scope);
    each_once(all)
        .into_iter()
        .map(|fact| Reading {
            fact,
            in_requirement: require.contains(&fact),
            in_when: when.contains(&fact),
            in_scope: scope.contains(&fact),
        })
        .collect()
}

/// The facts a requirement is about, computed ones themselves and not what they are computed from.
pub(crate) fn facts_of(test: &Test) -> Vec<usize> {
    let mut facts = Vec::new();
    test.for_each_comparison(&mut |fact, comparison| {
        facts.push(fact);
        facts.extend(comparison.operands().iter().filter_map(|operand| match operand {
            Operand::Fact(fact) => Some(*fact),
            Operand::Value(_) => None,
        }));
    });
    each_once(facts)
}

fn own_facts(condition: &Condition) -> Vec<usize> {
    let mut facts = facts_of(&condition.require);
    facts.extend(facts_of(&condition.when));
    facts
}

fn with_parts(ruleset: &Ruleset, facts: Vec<usize>) -> Vec<usize> {
    let with_parts = facts.into_iter().flat_map(|fact| {
        let parts = ruleset.facts.get(fact).map(|fact| fact.kind.made_of()).unwrap_or_default();
        [fact].into_iter().chain(parts)
    });
    each_once(with_parts.filter(|fact| *fact < ruleset.facts.len()).collect())
}

fn each_once(facts: Vec<usize>) -> Vec<usize> {
    let mut once = Vec::with_capacity(facts.len());
    for fact in facts {
        if !once.contains(&fact) {
            once.push(fact);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use rules::{Comparison, FactKind};

    use super::*;
    use crate::sample;

    #[test]
    fn a_share_is_read_with_its_counts() {
        let mut ruleset = sample::portal().ruleset;
        let fact = |id: &str, kind| rules::Fact { id: id.into(), kind, ..ruleset.facts[0].clone() };
        let facts = vec![
            fact("team", FactKind::Integer { min: 0, max: 9 }),
            fact("dual", FactKind::Integer { min: 0, max: 9 }),
            fact("share", FactKind::Ratio { part: 1, whole: 0 }),
            fact("year", FactKind::Integer { min: 0, max: 9 }),
        ];
        ruleset.facts = facts;
        let compare = |fact, right| Test::Compare { fact, comparison: Comparison::AtLeast(right) };
        ruleset.documents[0].scope = compare(3, Operand::Value(1));
        ruleset.documents[0].conditions[0].require = compare(2, Operand::Value(5000));
        ruleset.documents[0].conditions[0].when = compare(0, Operand::Fact(3));
        let document = &ruleset.documents[0];
        let found: Vec<(usize, bool, bool, bool)> =
            readings(&ruleset, &document.scope, &document.conditions[0])
                .iter()
                .map(|one| (one.fact, one.in_requirement, one.in_when, one.in_scope))
                .collect();
        assert_eq!(
            found,
            [
                (2, true, false, false),
                (1, true, false, false),
                (0, true, true, false),
                (3, false, true, true)
            ]
        );
        let readers = Readers::of(&ruleset);
        assert_eq!(readers.of_fact(1).conditions, [(0, 0)]);
        assert_eq!(readers.of_fact(1).computed, [2]);
        assert_eq!(readers.of_fact(3).scopes, [0]);
        assert!(readers.of_fact(1).scopes.is_empty());
    }
}
