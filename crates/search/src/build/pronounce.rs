//! The words of the portal with the readings of their characters.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::{ToPinyin, ToPinyinMulti};
use rayon::prelude::*;

use super::common_characters::COMMON_CHARACTERS;
use super::lists::Lists;
use super::surroundings::Surroundings;
use crate::atoms::is_han;
use crate::sounds::encode;
use crate::vocabulary::Vocabulary;

/// Most words in the block, the commonest ones.
const MOST_WORDS: usize = 6_000;
/// Terms that one thread looks at together.
const FEWEST_AT_ONCE: usize = 1_000;

/// A word with its commonness, 0 where it may be none, and the number of its entries.
type Ranked<'a> = (&'a str, (u32, u32));

/// Writes the block of sounds; `runs` are those of the names.
pub(super) fn pronounce(
    surroundings: &Surroundings,
    runs: &BTreeMap<String, u32>,
    vocabulary: &Vocabulary,
    lists: &Lists,
) -> Vec<u8> {
    let halves = halves(vocabulary);
    let mut ranked: Vec<Ranked<'_>> = lists
        .0
        .par_iter()
        .with_min_len(FEWEST_AT_ONCE)
        .filter_map(|list| {
            let (first, second) = pair(&list.term)?;
            let is_word = surroundings.are_free(first, second) || halves.contains(&(first, second));
            Some((&*list.term, (if is_word { list.entries } else { 0 }, list.entries)))
        })
        .collect();
    for (run, times) in runs {
        let entries = lists.entries_of(run).unwrap_or(*times);
        ranked.push((run, (entries, entries)));
    }
    if ranked.len() > MOST_WORDS {
        let order = |left: &Ranked<'_>, right: &Ranked<'_>| right.1.cmp(&left.1).then(left.0.cmp(right.0));
        ranked.select_nth_unstable_by(MOST_WORDS, order);
        ranked.truncate(MOST_WORDS);
    }
    for word in vocabulary.words() {
        if word.chars().all(is_han)
            && let Some(entries) = lists.entries_of(word)
        {
            ranked.push((word, (entries, entries)));
        }
    }
    let commonness = |entries: u32| if entries == 0 { 0 } else { (entries.ilog2() + 1) as u8 };
    let words: BTreeMap<String, u8> =
        ranked.into_iter().map(|(word, (entries, _))| (word.to_owned(), commonness(entries))).collect();
    let mut readings: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
    // Wrong characters of the right sound are not in the portal: all common characters need their readings.
    for character in words.keys().flat_map(|word| word.chars()).chain(COMMON_CHARACTERS.chars()) {
        readings.entry(character).or_insert_with(|| spoken(character));
    }
    readings.retain(|_, list| !list.is_empty());
    encode(&words, &readings)
}

/// The two characters of a term that is a pair.
fn pair(term: &str) -> Option<(char, char)> {
    let mut characters = term.chars();
    let (first, second) = (characters.next()?, characters.next()?);
    (characters.next().is_none() && is_han(first) && is_han(second)).then_some((first, second))
}

/// The pairs that longer words of the vocabulary are made of: 学分 and 银行 of 学分银行.
fn halves(vocabulary: &Vocabulary) -> BTreeSet<(char, char)> {
    let mut halves = BTreeSet::new();
    for word in vocabulary.words() {
        let characters: Vec<char> = word.chars().collect();
        if characters.len().is_multiple_of(2) && characters.iter().all(|character| is_han(*character)) {
            halves.extend(characters.chunks_exact(2).map(|pair| (pair[0], pair[1])));
        }
    }
    halves
}

/// All readings of a character without tones, the usual one first; ü is typed as v.
fn spoken(character: char) -> Vec<&'static str> {
    let mut list: Vec<&'static str> = Vec::new();
    let usual = character.to_pinyin().into_iter();
    for reading in usual.chain(character.to_pinyin_multi().into_iter().flatten()) {
        let reading = typed(reading.plain());
        if reading.is_ascii() && !list.contains(&reading) {
            list.push(reading);
        }
    }
    list
}

/// A syllable as it is typed.
fn typed(syllable: &'static str) -> &'static str {
    match syllable {
        "lü" => "lv",
        "lüe" => "lve",
        "nü" => "nv",
        "nüe" => "nve",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_reading_comes_first() {
        assert_eq!(spoken('号').first(), Some(&"hao"));
        assert!(spoken('行').contains(&"hang") && spoken('行').contains(&"xing"));
        assert_eq!(spoken('绿').first(), Some(&"lv"));
    }
}
