//! Words and names of the portal, for those who are still typing and for those who found nothing.
//!
//! One block, bounded in size, fetched with the first letters typed. Each phrase finds something.

use crate::atoms::Atoms;
use crate::codec::{BlockKind, Decoder, ReadError, unframe};
use crate::query::{Answer, Suggestion};
use crate::reader::Reader;
use crate::sounds::Sounds;
use crate::understand::Lacking;

/// Most words offered where nothing was found.
const MOST_SIMILAR: usize = 5;
/// Likeness, from 0 to 1, from which on a phrase is offered where nothing was found.
const LEAST_LIKENESS: f32 = 0.4;
/// The same for pinyin, which has so few letters that anything is a little like anything.
const LEAST_LIKENESS_OF_PINYIN: f32 = 0.55;
/// Longest text, in characters, that suggestions are made for.
const LONGEST: usize = 64;

/// A word, or the title of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// As it is written.
    pub(crate) text: String,
    /// `word`, or the kind of the entry.
    pub(crate) kind: String,
    /// How common or how important it is, from 0 to 15.
    pub(crate) weight: u8,
}

/// The checked block of phrases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Phrases {
    /// Each with its text in one spelling, nothing between its atoms.
    list: Vec<(Phrase, String)>,
}

impl Phrases {
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut decoder = Decoder::new(unframe(BlockKind::Phrases, 0, bytes)?);
        let mut kinds: Vec<&str> = Vec::new();
        for _ in 0..decoder.count()? {
            kinds.push(decoder.text()?);
        }
        let mut list = Vec::new();
        for _ in 0..decoder.count()? {
            let form = decoder.byte()?;
            let kind = kinds.get(usize::from(form >> 4)).ok_or(ReadError::Malformed("kind of a phrase"))?;
            let text = decoder.text()?.to_owned();
            let spelling = squeezed(&text);
            list.push((Phrase { text, kind: (*kind).to_owned(), weight: form & 15 }, spelling));
        }
        Ok(Self { list })
    }

    /// Phrases that begin with the typed text, then those that have it inside, then those that have all its words.
    fn completing(&self, typed: &str) -> Vec<Completion<'_>> {
        let whole = squeezed(typed);
        let words: Vec<String> =
            typed.split_whitespace().map(squeezed).filter(|word| !word.is_empty()).collect();
        let tier = |spelling: &str| {
            if whole.is_empty() || spelling == whole {
                None
            } else if spelling.starts_with(&whole) {
                Some(0)
            } else if spelling.contains(&whole) {
                Some(1)
            } else {
                (words.len() > 1 && words.iter().all(|word| spelling.contains(word.as_str()))).then_some(2)
            }
        };
        self.matching(false, tier)
    }

    /// Phrases that begin with what the letters sound like, then those that have it inside.
    fn sounding(&self, letters: &str, sounds: &Sounds) -> Vec<Completion<'_>> {
        self.matching(true, |spelling| {
            let from = |at: usize| spelling.get(at..).is_some_and(|rest| sounds.sounds_like(letters, rest));
            if from(0) {
                Some(0)
            } else {
                spelling.char_indices().skip(1).any(|(at, _)| from(at)).then_some(1)
            }
        })
    }

    fn matching(&self, reading: bool, tier: impl Fn(&str) -> Option<u8>) -> Vec<Completion<'_>> {
        let list = self.list.iter();
        list.filter_map(|(phrase, spelling)| Some(Completion { reading, tier: tier(spelling)?, phrase }))
            .collect()
    }

    /// Phrases that share most of their characters with a text, or, where it is of letters alone, most of the letters of
    /// their pinyin; the likest first.
    pub(crate) fn similar(&self, text: &str, sounds: Option<&Sounds>) -> Vec<String> {
        let typed = squeezed(text);
        let sounds = sounds.filter(|_| typed.bytes().all(|byte| byte.is_ascii_lowercase()));
        let typed = grams(&typed);
        let mut found: Vec<(f32, &Phrase)> = Vec::new();
        for (phrase, spelling) in &self.list {
            let written = likeness(&typed, &grams(spelling));
            let spoken = sounds.map_or(0.0, |sounds| likeness(&typed, &grams(&sounds.pinyin(spelling))));
            if written >= LEAST_LIKENESS || spoken >= LEAST_LIKENESS_OF_PINYIN {
                found.push((written.max(spoken), phrase));
            }
        }
        let by_weight =
            |left: &Phrase, right: &Phrase| right.weight.cmp(&left.weight).then(left.text.cmp(&right.text));
        found.sort_by(|left, right| right.0.total_cmp(&left.0).then(by_weight(left.1, right.1)));
        found.into_iter().take(MOST_SIMILAR).map(|(_, phrase)| phrase.text.clone()).collect()
    }
}

impl Reader {
    /// What somebody who typed this may mean, or what is lacking to say that.
    ///
    /// # Errors
    /// When a block says something impossible.
    pub fn suggest(&self, text: &str, limit: usize) -> Result<Answer<Vec<Suggestion>>, ReadError> {
        let lacking = Lacking::default();
        let mut found = Vec::new();
        if text.chars().count() <= LONGEST
            && let Some(phrases) = self.phrases(&lacking)
        {
            found = phrases.completing(text);
            let letters = text.trim().to_ascii_lowercase();
            let latin = letters.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b' ' | b'\''));
            if found.len() < limit
                && latin
                && letters.len() > 1
                && let Some(sounds) = self.sounds(&lacking)
            {
                let known = |other: &Completion<'_>| found.iter().any(|known| known.phrase == other.phrase);
                let sounding: Vec<_> =
                    phrases.sounding(&letters, sounds).into_iter().filter(|other| !known(other)).collect();
                found.extend(sounding);
            }
        }
        found.sort_by(|left, right| left.order().cmp(&right.order()));
        let suggestions =
            (!lacking.any()).then(|| found.into_iter().take(limit).map(Completion::suggestion).collect());
        Ok(lacking.answer(suggestions))
    }
}

/// A phrase that may be meant.
#[derive(Debug, Clone, Copy)]
struct Completion<'a> {
    /// It sounds like what was typed.
    reading: bool,
    /// 0 for one that begins so.
    tier: u8,
    phrase: &'a Phrase,
}

impl<'a> Completion<'a> {
    /// The order in which they are offered.
    fn order(&self) -> (bool, u8, u8, usize, &'a str) {
        let phrase = self.phrase;
        (self.reading, self.tier, 15 - phrase.weight.min(15), phrase.text.chars().count(), &phrase.text)
    }

    fn suggestion(self) -> Suggestion {
        let Phrase { text, kind, .. } = self.phrase;
        Suggestion { text: text.clone(), kind: kind.clone(), reading: self.reading }
    }
}

/// The text in one spelling, without anything between its atoms.
fn squeezed(text: &str) -> String {
    let atoms = Atoms::of(text);
    atoms.list.iter().map(|atom| atoms.text(atom)).collect()
}

/// Characters and pairs of neighbours, sorted.
fn grams(text: &str) -> Vec<(char, char)> {
    let mut before = '\0';
    let mut grams: Vec<(char, char)> = Vec::new();
    for character in text.chars() {
        grams.push(('\0', character));
        if before != '\0' {
            grams.push((before, character));
        }
        before = character;
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// The Dice coefficient of two sorted lists: twice what they share, by what they have.
fn likeness(left: &[(char, char)], right: &[(char, char)]) -> f32 {
    let shared = left.iter().filter(|gram| right.binary_search(gram).is_ok()).count();
    2.0 * shared as f32 / (left.len() + right.len()).max(1) as f32
}

/// Writes what [`Phrases::open`] reads; at most 16 kinds.
#[cfg(any(feature = "build", test))]
pub(crate) fn encode(list: &[Phrase]) -> Vec<u8> {
    let mut kinds: Vec<&str> = list.iter().map(|phrase| phrase.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.truncate(16);
    let mut encoder = crate::codec::Encoder::new();
    encoder.count(kinds.len());
    for kind in &kinds {
        encoder.text(kind);
    }
    let known: Vec<(usize, &Phrase)> = list
        .iter()
        .filter_map(|phrase| Some((kinds.binary_search(&phrase.kind.as_str()).ok()?, phrase)))
        .collect();
    encoder.count(known.len());
    for (kind, phrase) in known {
        encoder.byte((kind as u8) << 4 | phrase.weight.min(15));
        encoder.text(&phrase.text);
    }
    encoder.frame(BlockKind::Phrases, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases {
        let list = [
            ("申报时间", "word", 9),
            ("1+X 证书", "word", 12),
            ("忘记密码怎么办？", "faq", 8),
            ("网上申报", "word", 3),
        ];
        let list = list.map(|(text, kind, weight)| Phrase { text: text.into(), kind: kind.into(), weight });
        Phrases::open(&encode(&list)).unwrap()
    }

    #[test]
    fn completes_what_is_typed() {
        let check = |typed: &str, expected: &[&str]| {
            let phrases = phrases();
            let mut found = phrases.completing(typed);
            found.sort_by(|left, right| left.order().cmp(&right.order()));
            let found: Vec<&str> = found.iter().map(|found| found.phrase.text.as_str()).collect();
            assert_eq!(found, expected, "{typed}");
        };
        check("申报", &["申报时间", "网上申报"]);
        check("１＋x", &["1+X 证书"]);
        check("密码 忘记", &["忘记密码怎么办？"]);
        check("申报时间", &[]);
        check(" ", &[]);
    }

    #[test]
    fn offers_what_looks_alike() {
        assert_eq!(phrases().similar("申报期间", None), ["申报时间", "网上申报"]);
        assert!(phrases().similar("魑魅魍魉", None).is_empty());
        assert!(phrases().similar("", None).is_empty());
    }
}
