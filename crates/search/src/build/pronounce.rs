//! The words of the portal with the readings of their characters.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::{ToPinyin, ToPinyinMulti};

use super::common_characters::COMMON_CHARACTERS;
use super::lists::Lists;
use super::surroundings::Surroundings;
use crate::atoms::{Atoms, is_han};
use crate::entry::Entry;
use crate::sounds::encode;
use crate::vocabulary::Vocabulary;

/// Most words in the block, the commonest ones.
const MOST_WORDS: usize = 6_000;
/// Most headings that are looked through, the first ones: in a large portal they repeat each other.
const MOST_HEADINGS: usize = 20_000;
/// A longer run of characters has to stand in as many headings to be a word.
const FEWEST_HEADINGS: u32 = 3;

/// Writes the block of sounds; `runs` are those of [`runs_of_headings`].
pub(super) fn pronounce(
    surroundings: &Surroundings,
    runs: BTreeMap<String, u32>,
    vocabulary: &Vocabulary,
    lists: &Lists,
) -> Vec<u8> {
    let halves = halves(vocabulary);
    // A word with its commonness, 0 where it may be none.
    let mut counted: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for list in &lists.0 {
        let (term, entries) = (&list.term, &list.entries);
        let mut characters = term.chars();
        if let (Some(first), Some(second), None) = (characters.next(), characters.next(), characters.next())
            && is_han(first)
            && is_han(second)
        {
            let is_word = surroundings.are_free(first, second) || halves.contains(&(first, second));
            counted.insert(term.clone(), (if is_word { *entries } else { 0 }, *entries));
        }
    }
    for (run, times) in runs {
        let length = run.chars().count();
        if length > 2 && times >= FEWEST_HEADINGS {
            let entries = lists.entries_of(&run).unwrap_or(times);
            counted.entry(run).or_insert((entries, entries));
        }
    }
    let mut ranked: Vec<(String, (u32, u32))> = counted.into_iter().collect();
    ranked.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    ranked.truncate(MOST_WORDS);
    for word in vocabulary.words() {
        if word.chars().all(is_han)
            && let Some(entries) = lists.entries_of(word)
        {
            ranked.push((word.clone(), (entries, entries)));
        }
    }
    let commonness = |entries: u32| if entries == 0 { 0 } else { (entries.ilog2() + 1) as u8 };
    let words: BTreeMap<String, u8> =
        ranked.into_iter().map(|(word, (entries, _))| (word, commonness(entries))).collect();
    let mut readings: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
    // Wrong characters of the right sound are not in the portal: all common characters need their readings.
    for character in words.keys().flat_map(|word| word.chars()).chain(COMMON_CHARACTERS.chars()) {
        readings.entry(character).or_insert_with(|| spoken(character));
    }
    readings.retain(|_, list| !list.is_empty());
    encode(&words, &readings)
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

/// Runs of two to four Han characters in titles, headings and other ways to ask, with the number of texts that have them.
pub(super) fn runs_of_headings(entries: &[Entry<'_>]) -> BTreeMap<String, u32> {
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    let texts =
        entries.iter().flat_map(|entry| [&entry.title, &entry.heading].into_iter().chain(&entry.also));
    let distinct: BTreeSet<&str> = texts.map(AsRef::as_ref).collect();
    for text in distinct.into_iter().take(MOST_HEADINGS) {
        let atoms = Atoms::of(text);
        let mut runs: BTreeSet<&str> = BTreeSet::new();
        for first in 0..atoms.list.len() {
            for length in 2..=4 {
                let Some(run) = atoms.joined(first, length) else { break };
                if !run.chars().all(is_han) {
                    break;
                }
                runs.insert(run);
            }
        }
        for run in runs {
            *counted.entry(run.to_owned()).or_default() += 1;
        }
    }
    counted
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
