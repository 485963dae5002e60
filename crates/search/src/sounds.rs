//! How the portal's words are spoken: for queries typed in pinyin and for words typed with a wrong character of the right sound.
//!
//! Fetched only when something typed has no direct hit. Characters have all their readings; tones are left out.

use crate::codec::{BlockKind, Decoder, ReadError, unframe};

/// A syllable by its index in the block.
type Syllable = u16;

/// The checked block of sounds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sounds {
    syllables: Vec<String>,
    /// Sorted by character; its readings as a range of `readings`.
    characters: Vec<(char, usize, usize)>,
    readings: Vec<Syllable>,
    /// Words of two and more characters with their commonness; 0 for what only stands beside each other in another word.
    words: Vec<(String, u32)>,
    /// For each syllable the words whose first character can be read so.
    by_first: Vec<Vec<u32>>,
}

/// Words that a stretch of letters spells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spelt {
    /// The commonest first.
    pub(crate) words: Vec<String>,
    /// Number of syllables.
    pub(crate) syllables: usize,
}

/// What a word of exactly the same sound has before one that southern speakers say alike.
const EXACT: u32 = 16;
/// Most words for one stretch of letters.
const MOST_READINGS: usize = 4;
/// Worth of a syllable that belongs to no word, beside the square of its letters for a word.
const NO_WORD: i32 = -24;
/// What a word is worth less if it may be none, or by a rare reading.
const UNSURE: i32 = 12;
/// Longest stretch of letters looked at.
const LONGEST_LETTERS: usize = 64;

impl Sounds {
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut decoder = Decoder::new(unframe(BlockKind::Sounds, 0, bytes)?);
        let mut sounds = Self::default();
        for _ in 0..decoder.count()? {
            sounds.syllables.push(decoder.text()?.to_owned());
        }
        let mut code = 0_u32;
        for _ in 0..decoder.count()? {
            code = code.checked_add(decoder.number()?).ok_or(ReadError::Malformed("character"))?;
            let character = char::from_u32(code).ok_or(ReadError::Malformed("character"))?;
            let from = sounds.readings.len();
            loop {
                let reading = decoder.number()?;
                if reading as usize >> 1 >= sounds.syllables.len() {
                    return Err(ReadError::Malformed("reading"));
                }
                sounds.readings.push((reading >> 1) as Syllable);
                if reading & 1 == 0 {
                    break;
                }
            }
            sounds.characters.push((character, from, sounds.readings.len()));
        }
        let mut first = 0_usize;
        for _ in 0..decoder.count()? {
            first = first.saturating_add(decoder.number()? as usize);
            let form = decoder.byte()?;
            let mut word = String::new();
            for place in 0..form >> 4 {
                let index = if place == 0 { first } else { decoder.number()? as usize };
                let (character, ..) =
                    sounds.characters.get(index).ok_or(ReadError::Malformed("character of a word"))?;
                word.push(*character);
            }
            sounds.words.push((word, u32::from(form & 15)));
        }
        sounds.by_first = vec![Vec::new(); sounds.syllables.len()];
        for (index, (word, _)) in sounds.words.iter().enumerate() {
            let Some(first) = word.chars().next() else { continue };
            let (from, to) = range(&sounds.characters, first);
            for syllable in sounds.readings.get(from..to).unwrap_or_default() {
                if let Some(list) = sounds.by_first.get_mut(usize::from(*syllable)) {
                    list.push(index as u32);
                }
            }
        }
        Ok(sounds)
    }

    fn readings(&self, character: char) -> &[Syllable] {
        let (from, to) = range(&self.characters, character);
        self.readings.get(from..to).unwrap_or_default()
    }

    /// Readings that two characters have in common, southern pronunciation forgiven.
    fn alike(&self, left: char, right: char) -> bool {
        left == right
            || self.readings(left).iter().any(|one| {
                self.readings(right).iter().any(|other| {
                    one == other
                        || match (
                            self.syllables.get(usize::from(*one)),
                            self.syllables.get(usize::from(*other)),
                        ) {
                            (Some(one), Some(other)) => plain(one) == plain(other),
                            _ => false,
                        }
                })
            })
    }

    /// Words that sound like the given characters and differ from them in one character, the commonest first.
    pub(crate) fn same_sound(&self, typed: &[char]) -> Vec<(&str, u32)> {
        let mut found: Vec<(&str, u32)> = self
            .words
            .iter()
            .filter(|(word, commonness)| {
                if *commonness == 0 {
                    return false;
                }
                let mut different = 0;
                let mut length = 0;
                for character in word.chars() {
                    match typed.get(length) {
                        Some(other) if *other == character => {}
                        Some(_) => different += 1,
                        None => return false,
                    }
                    length += 1;
                }
                length == typed.len()
                    && different == 1
                    && word.chars().zip(typed).all(|(character, other)| self.alike(character, *other))
            })
            .map(|(word, commonness)| {
                let exact = word.chars().zip(typed).all(|(character, other)| self.same(character, *other));
                (word.as_str(), if exact { commonness + EXACT } else { *commonness })
            })
            .collect();
        found.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(right.0)));
        found
    }

    /// Two characters with a reading in common.
    fn same(&self, left: char, right: char) -> bool {
        left == right || self.readings(left).iter().any(|reading| self.readings(right).contains(reading))
    }

    /// Words that the letters spell, in order; `'` parts syllables. Empty when a part of the letters spells nothing.
    pub(crate) fn spell(&self, letters: &str) -> Vec<Spelt> {
        if letters.len() > LONGEST_LETTERS || !letters.is_ascii() {
            return Vec::new();
        }
        // Best way from each place to the end: its worth, the place after the first stretch, the stretch.
        let mut best: Vec<Option<(i32, usize, Spelt)>> = vec![None; letters.len() + 1];
        if let Some(end) = best.last_mut() {
            *end = Some((0, letters.len(), Spelt { words: Vec::new(), syllables: 0 }));
        }
        for at in (0..letters.len()).rev() {
            for (end, spelt, worth) in self.stretches(letters, at) {
                let Some(Some((rest, ..))) = best.get(end) else { continue };
                let total = rest + worth;
                if let Some(slot) = best.get_mut(at)
                    && slot.as_ref().is_none_or(|(before, ..)| total > *before)
                {
                    *slot = Some((total, end, spelt));
                }
            }
        }
        let mut path = Vec::new();
        let mut at = 0;
        while let Some(Some((_, end, spelt))) = best.get(at) {
            if *end <= at {
                break;
            }
            path.push(spelt.clone());
            at = *end;
        }
        if path.iter().all(|spelt| spelt.words.is_empty()) { Vec::new() } else { path }
    }

    /// The characters begin as the letters sound: whole syllables, of which the last may be typed in part, or their first letters.
    pub(crate) fn sounds_like(&self, letters: &str, characters: &str) -> bool {
        self.spelt_by(letters, characters) || self.abbreviated_by(letters, characters)
    }

    /// The characters in pinyin, each with its first reading; what has none as it is.
    pub(crate) fn pinyin(&self, characters: &str) -> String {
        let mut pinyin = String::new();
        for character in characters.chars() {
            match self
                .readings(character)
                .first()
                .and_then(|reading| self.syllables.get(usize::from(*reading)))
            {
                Some(syllable) => pinyin.push_str(syllable),
                None => pinyin.push(character),
            }
        }
        pinyin
    }

    fn spelt_by(&self, letters: &str, characters: &str) -> bool {
        let letters = letters.trim_start_matches([' ', '\'']);
        let Some(character) = characters.chars().next() else { return letters.is_empty() };
        let after = characters.get(character.len_utf8()..).unwrap_or_default();
        letters.is_empty()
            || self
                .readings(character)
                .iter()
                .filter_map(|reading| self.syllables.get(usize::from(*reading)))
                .any(|syllable| match letters.strip_prefix(syllable.as_str()) {
                    Some(rest) => self.spelt_by(rest, after),
                    None => syllable.starts_with(letters),
                })
    }

    fn abbreviated_by(&self, letters: &str, characters: &str) -> bool {
        let first = |reading: &Syllable| {
            let syllable = self.syllables.get(usize::from(*reading))?;
            syllable.bytes().next()
        };
        letters.len() > 1
            && letters.len() <= characters.chars().count()
            && letters.bytes().zip(characters.chars()).all(|(letter, character)| {
                self.readings(character).iter().any(|reading| first(reading) == Some(letter))
            })
    }

    /// Words whose syllables begin with these letters, one each.
    pub(crate) fn initials(&self, letters: &str) -> Vec<String> {
        let mut found: Vec<(&str, u32)> = self
            .words
            .iter()
            .filter(|(word, _)| {
                word.chars().count() == letters.len()
                    && word.chars().zip(letters.bytes()).all(|(character, letter)| {
                        self.readings(character).iter().any(|reading| {
                            self.syllables
                                .get(usize::from(*reading))
                                .is_some_and(|syllable| syllable.as_bytes().first() == Some(&letter))
                        })
                    })
            })
            .map(|(word, commonness)| (word.as_str(), *commonness))
            .collect();
        found.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(right.0)));
        found.into_iter().take(MOST_READINGS).map(|(word, _)| word.to_owned()).collect()
    }

    /// Stretches of letters from `at` on that spell words, or one syllable that is none.
    fn stretches(&self, letters: &str, at: usize) -> Vec<(usize, Spelt, i32)> {
        let Some(rest) = letters.get(at..) else { return Vec::new() };
        if let Some(after) = rest.strip_prefix('\'') {
            return vec![(letters.len() - after.len(), Spelt { words: Vec::new(), syllables: 0 }, 0)];
        }
        let mut found: Vec<(usize, Spelt, i32)> = Vec::new();
        let mut candidates: Vec<(usize, u32, u32, &str)> = Vec::new();
        for (syllable, words) in self.syllables.iter().zip(&self.by_first) {
            if !rest.starts_with(syllable.as_str()) {
                continue;
            }
            found.push((at + syllable.len(), Spelt { words: Vec::new(), syllables: 1 }, NO_WORD));
            for index in words {
                let Some((word, commonness)) = self.words.get(*index as usize) else { continue };
                let mut characters = word.chars();
                characters.next();
                if let Some((end, syllables, rare)) =
                    self.follow(letters, at + syllable.len(), characters.as_str())
                {
                    let first = word.chars().next().map_or(0, |first| self.rareness(first, syllable));
                    // A rare reading counts against a word as much as being half as common three times over.
                    let common = i64::from(*commonness) - 3 * i64::from(rare + first);
                    candidates.push((end, syllables + 1, common.max(0) as u32, word));
                }
            }
        }
        candidates.sort_by(|left, right| {
            (left.0, right.1, right.2).cmp(&(right.0, left.1, left.2)).then(left.3.cmp(right.3))
        });
        candidates.dedup_by(|left, right| left.3 == right.3 && left.0 == right.0);
        let mut next = 0;
        while let Some((end, syllables, commonness, _)) = candidates.get(next).copied() {
            let same =
                candidates.iter().skip(next).take_while(|other| other.0 == end && other.1 == syllables);
            let words: Vec<String> =
                same.clone().take(MOST_READINGS).map(|(.., word)| (*word).to_owned()).collect();
            next += same.count();
            // Few long words rather than many short ones; a word nobody is sure of only where there is no other.
            let length = end.saturating_sub(at).min(100) as i32;
            let worth =
                length * length + commonness.min(15) as i32 - if commonness == 0 { UNSURE } else { 0 };
            found.push((end, Spelt { words, syllables: syllables as usize }, worth));
        }
        found
    }

    /// 0 for the first reading of a character, 1 for another.
    fn rareness(&self, character: char, syllable: &str) -> u32 {
        let first =
            self.readings(character).first().and_then(|first| self.syllables.get(usize::from(*first)));
        u32::from(first.is_none_or(|first| first != syllable))
    }

    /// Where the letters end that spell these characters from `at` on, how many characters they spell, and how many of those by
    /// another than their first reading; the last of them may be cut short at the very end.
    fn follow(&self, letters: &str, at: usize, characters: &str) -> Option<(usize, u32, u32)> {
        let Some(character) = characters.chars().next() else { return Some((at, 0, 0)) };
        let after = characters.get(character.len_utf8()..).unwrap_or_default();
        let mut rest = letters.get(at..)?;
        rest = rest.strip_prefix('\'').unwrap_or(rest);
        let from = letters.len() - rest.len();
        let mut best: Option<(usize, u32, u32)> = None;
        for (place, reading) in self.readings(character).iter().enumerate() {
            let rare = u32::from(place > 0);
            let syllable = self.syllables.get(usize::from(*reading))?;
            let found = if rest.starts_with(syllable.as_str()) {
                let further = self.follow(letters, from + syllable.len(), after);
                further.map(|(end, count, before)| (end, count + 1, before + rare))
            } else if !rest.is_empty() && after.is_empty() && syllable.starts_with(rest) {
                Some((letters.len(), 1, rare))
            } else {
                None
            };
            let order = |(end, count, rare): (usize, u32, u32)| (end, count, u32::MAX - rare);
            if found.map(order) > best.map(order) {
                best = found;
            }
        }
        best
    }
}

fn range(characters: &[(char, usize, usize)], character: char) -> (usize, usize) {
    match characters.binary_search_by(|(other, ..)| other.cmp(&character)) {
        Ok(index) => characters.get(index).map_or((0, 0), |(_, from, to)| (*from, *to)),
        Err(_) => (0, 0),
    }
}

/// A syllable without what southern speakers do not tell apart: zh/z, ch/c, sh/s, -ng/-n.
fn plain(syllable: &str) -> (&str, &str) {
    let initial = syllable.get(..1).unwrap_or_default();
    let rest = syllable.get(1..).unwrap_or_default();
    let rest = if matches!(initial, "z" | "c" | "s") { rest.strip_prefix('h').unwrap_or(rest) } else { rest };
    let short = if rest.ends_with("ng") { rest.strip_suffix('g').unwrap_or(rest) } else { rest };
    (initial, short)
}

#[cfg(any(feature = "build", test))]
pub(crate) use encode::encode;

#[cfg(any(feature = "build", test))]
mod encode {
    use std::collections::{BTreeMap, BTreeSet};

    use crate::codec::{BlockKind, Encoder};

    /// A word by its characters' places in the list; none if it is too short or too long, or a character is silent.
    fn indexes(word: &str, characters: &[char]) -> Option<Vec<usize>> {
        let indexes: Option<Vec<usize>> =
            word.chars().map(|character| characters.binary_search(&character).ok()).collect();
        indexes.filter(|indexes| (2..=15).contains(&indexes.len()))
    }

    /// Writes words with their commonness and the readings of their characters, the usual reading first.
    pub(crate) fn encode(words: &BTreeMap<String, u8>, readings: &BTreeMap<char, Vec<&str>>) -> Vec<u8> {
        let syllables: BTreeSet<&str> = readings.values().flatten().copied().collect();
        let syllables: Vec<&str> = syllables.into_iter().collect();
        let mut encoder = Encoder::new();
        encoder.count(syllables.len());
        for syllable in &syllables {
            encoder.text(syllable);
        }
        encoder.count(readings.len());
        let mut before = 0;
        for (character, list) in readings {
            encoder.number(*character as u32 - before);
            before = *character as u32;
            for (index, reading) in list.iter().enumerate() {
                let more = usize::from(index + 1 < list.len());
                encoder.count(syllables.binary_search(reading).unwrap_or_default() << 1 | more);
            }
        }
        let characters: Vec<char> = readings.keys().copied().collect();
        let words: Vec<(Vec<usize>, u8)> = words
            .iter()
            .filter_map(|(word, commonness)| Some((indexes(word, &characters)?, *commonness)))
            .collect();
        encoder.count(words.len());
        let mut before = 0;
        for (indexes, commonness) in &words {
            encoder.count(indexes[0] - before);
            before = indexes[0];
            encoder.byte((indexes.len() as u8) << 4 | (*commonness).min(15));
            for index in &indexes[1..] {
                encoder.count(*index);
            }
        }
        encoder.frame(BlockKind::Sounds, 0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn sounds() -> Sounds {
        let readings = [
            ('试', "shi"),
            ('点', "dian"),
            ('电', "dian"),
            ('学', "xue"),
            ('分', "fen"),
            ('银', "yin"),
            ('行', "hang"),
            ('行', "xing"),
            ('时', "shi"),
            ('间', "jian"),
            ('实', "shi"),
            ('践', "jian"),
            ('增', "zeng"),
            ('曾', "ceng"),
            ('曾', "zeng"),
            ('方', "fang"),
            ('案', "an"),
            ('安', "an"),
        ];
        let mut characters: BTreeMap<char, Vec<&str>> = BTreeMap::new();
        for (character, reading) in readings {
            characters.entry(character).or_default().push(reading);
        }
        let words = [("试点", 5), ("学分银行", 3), ("时间", 6), ("实践", 2), ("方案", 4), ("点学", 0)];
        let words = words.map(|(word, commonness)| (word.to_owned(), commonness)).into_iter().collect();
        Sounds::open(&encode(&words, &characters)).unwrap()
    }

    #[test]
    fn spells_words_from_letters() {
        let check = |letters: &str, expected: &[&[&str]]| {
            let found: Vec<Vec<String>> =
                sounds().spell(letters).into_iter().map(|spelt| spelt.words).collect();
            assert_eq!(found, expected, "{letters}");
        };
        check("xuefenyinhang", &[&["学分银行"]]);
        check("xuefen'yinhang", &[&["学分银行"]]);
        check("xuefenyinh", &[&["学分银行"]]);
        check("shijian", &[&["时间", "实践"]]);
        check("shidianfangan", &[&["试点"], &["方案"]]);
        check("vslc", &[]);
        assert_eq!(sounds().initials("xfyh"), ["学分银行"]);
        assert_eq!(sounds().initials("xfyx"), ["学分银行"], "all readings of 行");
        for letters in ["xuefenyin", "xue fen yinhang", "xuefenyinh", "x", "xfyh", "xf"] {
            assert!(sounds().sounds_like(letters, "学分银行"), "{letters}");
        }
        for letters in ["xuefa", "fen", "xy", "vslc", "xuefenyinhangx"] {
            assert!(!sounds().sounds_like(letters, "学分银行"), "{letters}");
        }
    }

    #[test]
    fn finds_the_word_meant() {
        assert_eq!(sounds().same_sound(&['试', '电']), [("试点", 5 + EXACT)]);
        assert_eq!(sounds().same_sound(&['方', '安']), [("方案", 4 + EXACT)]);
        assert!(sounds().same_sound(&['学', '分']).is_empty());
        assert!(sounds().same_sound(&['电', '学']).is_empty(), "no word, only beside each other");
    }
}
