//! Where the parts of conditions were read from, for what is proved of them afterwards.

use std::collections::BTreeMap;
use std::ops::Range;

use rules::DocumentRules;

use crate::diagnostic::Place;

/// The conditions of one document with the places they were read from.
pub(crate) struct Written {
    pub(crate) path: String,
    pub(crate) rules: DocumentRules,
    /// The first key of `scope`, or the value of `document` where there is none.
    pub(crate) scope: Range<usize>,
    /// In the order of the conditions.
    pub(crate) conditions: Vec<ConditionPlaces>,
}

/// Where the parts of one condition stand.
pub(crate) struct ConditionPlaces {
    pub(crate) id: Range<usize>,
    pub(crate) strength: Range<usize>,
    /// The first key of `when`, or the id where there is none.
    pub(crate) when: Range<usize>,
    /// The first key of `require`.
    pub(crate) require: Range<usize>,
    /// Every constant of `when` and `require`.
    pub(crate) constants: Vec<Constant>,
}

/// A constant that some fact is compared with.
pub(crate) struct Constant {
    /// Index of the fact.
    pub(crate) fact: usize,
    /// In the shape of the fact's type.
    pub(crate) value: i32,
    pub(crate) span: Range<usize>,
}

/// Where each condition stands, by its id, and each scope, by the id of its document.
pub(crate) fn by_id(written: &[Written]) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    for Written { path, rules, scope, conditions } in written {
        places.insert(rules.document.clone(), Place::new(path, scope.clone()));
        for (condition, at) in rules.conditions.iter().zip(conditions) {
            places.insert(condition.id.clone(), Place::new(path, at.id.clone()));
        }
    }
    places
}
