//! Which words and names of the portal are offered to those who are typing.

use std::collections::BTreeMap;

use super::lists::Lists;
use crate::atoms::{Atoms, is_han};
use crate::entry::{Entry, HEADING_JOINT, Synonyms};
use crate::phrases::{Phrase, encode};

/// Most phrases; the commonest and most important ones stay.
const MOST_PHRASES: usize = 1_500;
/// Most bytes of all phrases together, before packing.
const MOST_BYTES: usize = 48_000;
/// Characters of a phrase.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=40;
/// Characters of a heading that is offered as a word.
const LONGEST_HEADING: usize = 14;

/// Writes the block of phrases.
pub(super) fn suggested(entries: &[Entry<'_>], synonyms: &[Synonyms], lists: &Lists) -> Vec<u8> {
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
    let mut headings: BTreeMap<&str, u32> = BTreeMap::new();
    let mut titles: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for entry in entries {
        *titles.entry((&entry.title, &entry.kind)).or_default() += 1;
        if let Some(heading) = entry.heading.rsplit(HEADING_JOINT).next() {
            *headings.entry(unnumbered(heading)).or_default() += 1;
        }
    }
    for (heading, times) in headings {
        if heading.chars().count() <= LONGEST_HEADING && entries_with(heading, lists).is_some() {
            offer(heading, "word", 3 + weight_of(times));
        }
    }
    for ((title, kind), _) in titles {
        let weight = match kind {
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

/// A heading without the number before it: `四、申报程序`, `（二）市级初审`, `1.前期准备`.
fn unnumbered(heading: &str) -> &str {
    let number = |character: char| {
        character.is_ascii_digit()
            || "一二三四五六七八九十百第".contains(character)
            || "（）()".contains(character)
    };
    let rest = heading.trim_start_matches(number);
    match rest.chars().next() {
        Some('、' | '.' | '．' | ' ' | '　') => rest.trim_start_matches(['、', '.', '．', ' ', '　']),
        _ if heading.starts_with(['（', '(']) => rest,
        _ => heading,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::lists::Written;
    use super::*;

    #[test]
    fn numbers_are_no_part_of_a_name() {
        assert_eq!(unnumbered("四、申报程序"), "申报程序");
        assert_eq!(unnumbered("（二）市级初审"), "市级初审");
        assert_eq!(unnumbered("1.前期准备"), "前期准备");
        assert_eq!(unnumbered("三年规划"), "三年规划");
        assert_eq!(unnumbered("1+X 证书"), "1+X 证书");
    }

    #[test]
    fn words_that_stand_nowhere_are_not_offered() {
        let list = |(term, entries): (&str, u32)| {
            Arc::new(Written { term: term.to_owned(), entries, head: Vec::new(), tail: Vec::new() })
        };
        let lists = Lists([("1+x", 9), ("申报", 7), ("试点", 3)].map(list).to_vec());
        assert_eq!(entries_with("试点", &lists), Some(3));
        assert_eq!(entries_with("1+X", &lists), Some(9));
        assert_eq!(entries_with("试点申报", &lists), None);
        assert_eq!(entries_with("表", &lists), None);
    }
}
