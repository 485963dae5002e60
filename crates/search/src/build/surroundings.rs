//! What stands beside each pair of characters: how words are told from parts of words.

use rustc_hash::FxHashMap;

use crate::atoms::{Atoms, Gap};
use crate::entry::Entry;
use crate::function_words::is_joint;

/// Most bytes of texts that are looked through, the first ones: in a large portal they repeat each other.
const MOST_BYTES: usize = 6_000_000;

/// What stands before and after each pair of characters: a word meets different neighbours, a part of one always the same.
///
/// The idea is that of branching entropy (Z. Jin, K. Tanaka-Ishii, *Unsupervised Segmentation of Chinese Text by Use of
/// Branching Entropy*, 2006), with "more than one" instead of a measure, since small portals say each thing but once or twice.
#[derive(Default)]
pub(super) struct Surroundings {
    pairs: FxHashMap<(char, char), [Neighbour; 2]>,
}

/// What stands on one side of a pair.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Neighbour {
    #[default]
    None,
    Only(char),
    Several,
}

impl Neighbour {
    fn meet(&mut self, character: Option<char>) {
        *self = match (*self, character) {
            // The border of a sentence is the border of a word.
            (_, None) | (Self::Several, _) => Self::Several,
            (Self::None, Some(character)) => Self::Only(character),
            (Self::Only(before), Some(character)) if before == character => Self::Only(before),
            _ => Self::Several,
        };
    }
}

impl Surroundings {
    /// Of how many entries, the first ones, the texts are looked at.
    pub(super) fn reach(entries: &[Entry<'_>]) -> usize {
        let size = |entry: &Entry<'_>| {
            entry.heading.len() + entry.text.len() + entry.also.iter().map(|text| text.len()).sum::<usize>()
        };
        let before = entries.iter().scan(0, |bytes, entry| {
            *bytes += size(entry);
            Some(*bytes)
        });
        (before.take_while(|bytes| *bytes <= MOST_BYTES).count() + 1).min(entries.len())
    }

    /// Looks at a text.
    pub(super) fn look_at(&mut self, atoms: &Atoms) {
        // A character, or nothing where something else or a border stands.
        let han = |at: Option<usize>| {
            let atom = atoms.list.get(at?).filter(|atom| atom.han)?;
            atoms.text(atom).chars().next()
        };
        let beside = |at: usize| atoms.list.get(at).is_some_and(|atom| atom.gap <= Gap::Space);
        for at in 0..atoms.list.len().saturating_sub(1) {
            let (Some(first), Some(second)) = (han(Some(at)), han(Some(at + 1))) else { continue };
            if !beside(at + 1) {
                continue;
            }
            let [before, after] = self.pairs.entry((first, second)).or_default();
            before.meet(han(at.checked_sub(1)).filter(|_| beside(at)));
            after.meet(han(Some(at + 2)).filter(|_| beside(at + 2)));
        }
    }

    /// What was seen in all texts, from what was seen in some.
    pub(super) fn together<'a>(parts: impl Iterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        parts.for_each(|part| all.add(part));
        all
    }

    /// Adds what was seen in other texts.
    #[expect(clippy::iter_over_hash_type, reason = "what comes out is the same in any order")]
    fn add(&mut self, others: &Self) {
        for (pair, others) in &others.pairs {
            let own = self.pairs.entry(*pair).or_default();
            for (own, other) in own.iter_mut().zip(others) {
                match other {
                    Neighbour::None => {}
                    Neighbour::Only(character) => own.meet(Some(*character)),
                    Neighbour::Several => own.meet(None),
                }
            }
        }
    }

    /// Whether a pair is a word of its own.
    pub(super) fn are_free(&self, first: char, second: char) -> bool {
        let joins = |character: char| is_joint(character.encode_utf8(&mut [0; 4])) || character == '的';
        !joins(first)
            && !joins(second)
            && self.pairs.get(&(first, second)) == Some(&[Neighbour::Several, Neighbour::Several])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_meet_different_neighbours() {
        let texts = ["按属地原则报送材料", "原则上报送汇总表", "坚持原则，不报送"];
        let mut surroundings = Surroundings::default();
        for text in texts {
            // In whatever order and by whom they were looked at.
            let mut own = Surroundings::default();
            own.look_at(&Atoms::of(text));
            surroundings = Surroundings::together([&own, &surroundings].into_iter());
        }
        assert!(surroundings.are_free('报', '送') && surroundings.are_free('原', '则'));
        assert!(!surroundings.are_free('则', '报') && !surroundings.are_free('属', '地'));
    }

    #[test]
    fn the_first_texts_of_a_large_portal_are_enough() {
        let entry = |bytes| Entry { text: "x".repeat(bytes).into(), ..Entry::default() };
        assert_eq!(Surroundings::reach(&[entry(3), entry(4)]), 2);
        assert_eq!(Surroundings::reach(&[entry(MOST_BYTES), entry(1), entry(1)]), 2);
    }
}
