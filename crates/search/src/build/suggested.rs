//! Which words and names of the portal are offered to those who are typing.

use std::collections::BTreeMap;

use super::lists::Lists;
use super::names::Names;
use crate::atoms::{Atoms, is_han};
use crate::entry::Synonyms;
use crate::phrases::{Phrase, encode};

/// Most phrases; the commonest and most important ones stay.
const MOST_PHRASES: usize = 1_500;
/// Most bytes of all phrases together, before packing.
const MOST_BYTES: usize = 48_000;
/// Characters of a phrase.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=40;

/// Writes the block of phrases.
pub(super) fn suggested(names: &Names, synonyms: &[Synonyms], lists: &Lists) -> Vec<u8> {
    // By text, so that each is offered once: kind and weight of the most important.
    let mut phrases: BTreeMap<String, (String, u8)> = BTreeMap::new();
    let mut offer = |text: &str, kind: &str, weight: u8| {
        let text = text.trim();
        if !LENGTHS.contains(&text.chars().count()) || text.contains(['\n', '\t']) {
            return;
        }
        let known = phrases.entry(text.to_owned()).or_insert_with(|| (kind.to_owned(), weight));
        if weight > known.1 {
            *known = (kind.to_owned(), weight);
        }
    };
    for group in synonyms {
        for word in group.canonical.split('/').chain(group.same.iter().map(String::as_str)) {
            if let Some(entries) = entries_with(word, lists) {
                offer(word, "word", 9 + weight_of(entries).min(6));
            }
        }
    }
    for (heading, times) in &names.headings {
        if entries_with(heading, lists).is_some() {
            offer(heading, "word", 3 + weight_of(*times));
        }
    }
    for (title, kind) in &names.titles {
        let weight = match kind.as_str() {
            "faq" | "term" => 8,
            "certificate" | "window" => 6,
            "contact" | "policy" => 5,
            _ => 3,
        };
        offer(title, kind, weight);
    }
    let mut list: Vec<Phrase> =
        phrases.into_iter().map(|(text, (kind, weight))| Phrase { text, kind, weight }).collect();
    list.sort_by(|left, right| right.weight.cmp(&left.weight).then(left.text.cmp(&right.text)));
    let mut bytes = 0;
    list.retain(|phrase| {
        bytes += phrase.text.len() + 2;
        bytes <= MOST_BYTES
    });
    list.truncate(MOST_PHRASES);
    encode(&list)
}

/// In how many entries a word stands at most; none if a part of it stands nowhere.
fn entries_with(word: &str, lists: &Lists) -> Option<u32> {
    let atoms = Atoms::of(word);
    let last = atoms.list.len().checked_sub(1)?;
    let mut fewest = u32::MAX;
    for (index, atom) in atoms.list.iter().enumerate() {
        // Every occurrence of a pair is a term, and so is every word of letters and digits.
        let pair = if atom.han && index < last { atoms.joined(index, 2) } else { None };
        match pair {
            Some(pair) if pair.chars().all(is_han) => fewest = fewest.min(lists.entries_of(pair)?),
            _ if !atom.han => fewest = fewest.min(lists.entries_of(atoms.text(atom))?),
            _ => {}
        }
    }
    (fewest < u32::MAX).then_some(fewest)
}

/// From 1 for one entry, by one more for each doubling, to 6.
fn weight_of(entries: u32) -> u8 {
    (entries.max(1).ilog2() + 1).min(6) as u8
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::lists::Written;
    use super::*;

    #[test]
    fn words_that_stand_nowhere_are_not_offered() {
        let list = |(term, entries): (&str, u32)| Arc::new(Written::new(term, entries, &[], &[]));
        let lists = Lists([("1+x", 9), ("申报", 7), ("试点", 3)].map(list).to_vec());
        assert_eq!(entries_with("试点", &lists), Some(3));
        assert_eq!(entries_with("1+X", &lists), Some(9));
        assert_eq!(entries_with("试点申报", &lists), None);
        assert_eq!(entries_with("表", &lists), None);
    }
}
