//! Facts that no condition uses: neither compared, nor part of a share or a total that is, nor shown in a sentence.

use std::collections::BTreeSet;

use rules::{FactKind, Ruleset};

use crate::check::cut_points::facts_of;

/// The facts that are asked for nothing, in order; free texts are kept for the reader of a declaration.
pub(crate) fn unused(ruleset: &Ruleset) -> Vec<usize> {
    let mut used: BTreeSet<usize> = facts_of(&ruleset.documents).into_iter().collect();
    let conditions = || ruleset.documents.iter().flat_map(|document| &document.conditions);
    let sentences = || {
        conditions().flat_map(|condition| {
            let say = &condition.say;
            [&say.met, &say.not_met, &say.unknown]
        })
    };
    for (index, fact) in ruleset.facts.iter().enumerate() {
        let placeholder = format!("「{}」", fact.label);
        if sentences().any(|sentence| sentence.contains(&placeholder)) {
            used.insert(index);
        }
    }
    for computed in used.clone() {
        used.extend(ruleset.facts[computed].kind.made_of());
    }
    (0..ruleset.facts.len())
        .filter(|fact| !used.contains(fact) && ruleset.facts[*fact].kind != FactKind::Text)
        .collect()
}
