//! The words of the portal with the readings of their characters.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::ToPinyinMulti;

use super::common_characters::COMMON_CHARACTERS;
use super::export::Terms;
use crate::atoms::{Atoms, is_han};
use crate::entry::Entry;
use crate::sounds::encode;
use crate::vocabulary::Vocabulary;

/// Most words in the file, the commonest ones.
const MOST_WORDS: usize = 5_000;
/// A pair of characters that stands in fewer entries is no word, unless it is in a heading.
const FEWEST_ENTRIES: u32 = 2;
/// A longer run of characters has to stand in as many headings to be a word.
const FEWEST_HEADINGS: u32 = 3;

/// Writes the file of sounds.
pub(super) fn pronounce(entries: &[Entry], vocabulary: &Vocabulary, terms: &Terms) -> Vec<u8> {
    let entries_of = |word: &str| {
        terms
            .binary_search_by(|(term, _)| term.as_str().cmp(word))
            .ok()
            .and_then(|index| terms.get(index))
            .map(|term| term.1)
    };
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    for (term, entries) in terms {
        if *entries >= FEWEST_ENTRIES && term.chars().count() == 2 && term.chars().all(is_han) {
            counted.insert(term.clone(), *entries);
        }
    }
    for (run, times) in runs_of_headings(entries) {
        let length = run.chars().count();
        if length == 2 || times >= FEWEST_HEADINGS {
            let entries = entries_of(&run).unwrap_or(times);
            counted.entry(run).or_insert(entries);
        }
    }
    let mut ranked: Vec<(String, u32)> = counted.into_iter().collect();
    ranked.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    ranked.truncate(MOST_WORDS);
    for word in vocabulary.words() {
        if word.chars().all(is_han)
            && let Some(entries) = entries_of(word)
        {
            ranked.push((word.clone(), entries));
        }
    }
    let words: BTreeMap<String, u8> =
        ranked.into_iter().map(|(word, entries)| (word, (entries.max(1).ilog2() + 1) as u8)).collect();
    let mut readings: BTreeMap<char, BTreeSet<&'static str>> = BTreeMap::new();
    // Wrong characters of the right sound are not in the portal: all common characters need their readings.
    for character in words.keys().flat_map(|word| word.chars()).chain(COMMON_CHARACTERS.chars()) {
        readings.entry(character).or_insert_with(|| spoken(character));
    }
    readings.retain(|_, list| !list.is_empty());
    encode(&words, &readings)
}

/// Runs of two to four Han characters in titles, headings and other ways to ask, with the number of texts that have them.
fn runs_of_headings(entries: &[Entry]) -> BTreeMap<String, u32> {
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    let texts =
        entries.iter().flat_map(|entry| [&entry.title, &entry.heading].into_iter().chain(&entry.also));
    let distinct: BTreeSet<&str> = texts.map(String::as_str).collect();
    for text in distinct {
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

/// All readings of a character, without tones; ü is typed as v.
fn spoken(character: char) -> BTreeSet<&'static str> {
    let readings = character.to_pinyin_multi().into_iter().flatten();
    readings.map(|reading| typed(reading.plain())).filter(|reading| reading.is_ascii()).collect()
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
