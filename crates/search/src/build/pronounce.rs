//! The words of the portal with the readings of their characters.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::{ToPinyin, ToPinyinMulti};
use rustc_hash::FxHashMap;

use super::common_characters::COMMON_CHARACTERS;
use super::export::{Terms, entries_of};
use crate::atoms::{Atoms, Gap, is_han};
use crate::entry::Entry;
use crate::function_words::is_joint;
use crate::sounds::encode;
use crate::vocabulary::Vocabulary;

/// Most words in the block, the commonest ones.
const MOST_WORDS: usize = 6_000;
/// Most characters that are looked through for words, the first ones: in a large portal they repeat each other.
const MOST_CHARACTERS: usize = 2_000_000;
/// Most headings that are looked through, the first ones: in a large portal they repeat each other.
const MOST_HEADINGS: usize = 20_000;
/// A longer run of characters has to stand in as many headings to be a word.
const FEWEST_HEADINGS: u32 = 3;

/// What the texts tell of their words by themselves, before it is known where each term stands.
pub(super) struct Heard {
    surroundings: Surroundings,
    /// Runs of headings, with the number of texts that have them.
    runs: BTreeMap<String, u32>,
}

impl Heard {
    /// Looks through the entries.
    pub(super) fn of(entries: &[Entry<'_>]) -> Self {
        let (surroundings, runs) = rayon::join(|| Surroundings::of(entries), || runs_of_headings(entries));
        Self { surroundings, runs }
    }
}

/// Writes the block of sounds.
pub(super) fn pronounce(heard: Heard, vocabulary: &Vocabulary, terms: &Terms) -> Vec<u8> {
    let Heard { surroundings, runs } = heard;
    let halves = halves(vocabulary);
    // A word with its commonness, 0 where it may be none.
    let mut counted: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for (term, entries) in terms {
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
            let entries = entries_of(&run, terms).unwrap_or(times);
            counted.entry(run).or_insert((entries, entries));
        }
    }
    let mut ranked: Vec<(String, (u32, u32))> = counted.into_iter().collect();
    ranked.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    ranked.truncate(MOST_WORDS);
    for word in vocabulary.words() {
        if word.chars().all(is_han)
            && let Some(entries) = entries_of(word, terms)
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

/// What stands before and after each pair of characters: a word meets different neighbours, a part of one always the same.
///
/// The idea is that of branching entropy (Z. Jin, K. Tanaka-Ishii, *Unsupervised Segmentation of Chinese Text by Use of
/// Branching Entropy*, 2006), with "more than one" instead of a measure, since small portals say each thing but once or twice.
#[derive(Default)]
struct Surroundings {
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
    fn of(entries: &[Entry<'_>]) -> Self {
        let mut found = Self::default();
        let mut characters = 0;
        for entry in entries {
            for text in [&entry.title, &entry.heading, &entry.text].into_iter().chain(&entry.also) {
                characters += found.look_at(text);
            }
            if characters > MOST_CHARACTERS {
                break;
            }
        }
        found
    }

    /// Looks at a text and says how long it is.
    fn look_at(&mut self, text: &str) -> usize {
        let atoms = Atoms::of(text);
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
        atoms.list.len()
    }

    fn are_free(&self, first: char, second: char) -> bool {
        let joins = |character: char| is_joint(character.encode_utf8(&mut [0; 4])) || character == '的';
        !joins(first)
            && !joins(second)
            && self.pairs.get(&(first, second)) == Some(&[Neighbour::Several, Neighbour::Several])
    }
}

/// Runs of two to four Han characters in titles, headings and other ways to ask, with the number of texts that have them.
fn runs_of_headings(entries: &[Entry<'_>]) -> BTreeMap<String, u32> {
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
    fn words_meet_different_neighbours() {
        let texts = ["按属地原则报送材料", "原则上报送汇总表", "坚持原则，不报送"];
        let entries = texts.map(|text| Entry { text: text.into(), ..Entry::default() });
        let surroundings = Surroundings::of(&entries);
        assert!(surroundings.are_free('报', '送') && surroundings.are_free('原', '则'));
        assert!(!surroundings.are_free('则', '报') && !surroundings.are_free('属', '地'));
    }

    #[test]
    fn the_usual_reading_comes_first() {
        assert_eq!(spoken('号').first(), Some(&"hao"));
        assert!(spoken('行').contains(&"hang") && spoken('行').contains(&"xing"));
        assert_eq!(spoken('绿').first(), Some(&"lv"));
    }
}
