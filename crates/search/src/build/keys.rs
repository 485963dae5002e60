//! Numbers that tell whether something is as it was the last time. They are never written down.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::FxHasher;

use crate::entry::Entry;

/// The same for the same value; for others it is another one but for the odd accident in 2^64.
pub(super) fn key_of(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Entries with their keys.
pub(super) struct Keyed<'a> {
    pub(super) entries: &'a [Entry<'a>],
    /// For each entry, of what its terms are made of.
    pub(super) counted: Vec<u64>,
    /// For each entry, of what is shown of it.
    pub(super) shown: Vec<u64>,
    /// Of what all of them are called.
    pub(super) named: u64,
}

impl<'a> Keyed<'a> {
    pub(super) fn of(entries: &'a [Entry<'a>]) -> Self {
        let keys = entries.par_iter().map(|entry| {
            let Entry { url, title, heading, text, kind, source, also, group, .. } = entry;
            let [title, heading, text, also] = [key_of(title), key_of(heading), key_of(text), key_of(also)];
            let counted = key_of([title, heading, text, also, u64::from(entry.is_clause())]);
            let shown = key_of((url, title, heading, text, source, group));
            (counted, (shown, key_of((title, heading, also, kind))))
        });
        let (counted, (shown, named)): (Vec<u64>, (Vec<u64>, Vec<u64>)) = keys.unzip();
        Self { entries, counted, shown, named: key_of(named) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_what_has_changed() {
        let entry = Entry { title: "通知".into(), text: "申报".into(), ..Entry::default() };
        let keys = |entry: &Entry<'_>| {
            let Keyed { counted, shown, named, .. } = Keyed::of(std::slice::from_ref(entry));
            [counted[0], shown[0], named]
        };
        let before = keys(&entry);
        let check = |changed: Entry<'_>, expected: [bool; 3]| {
            let same: Vec<bool> =
                before.iter().zip(keys(&changed)).map(|(before, now)| *before == now).collect();
            assert_eq!(same, expected, "{changed:?}");
        };
        check(entry.clone(), [true, true, true]);
        check(Entry { text: "申报。".into(), ..entry.clone() }, [false, false, true]);
        check(Entry { title: "办法".into(), ..entry.clone() }, [false, false, false]);
        check(Entry { also: vec!["申报".into()], ..entry.clone() }, [false, true, false]);
        check(Entry { url: "#1".into(), ..entry.clone() }, [true, false, true]);
        check(Entry { year: 2024, ..entry.clone() }, [true, true, true]);
    }
}
