//! The words of this portal: from synonyms, glossary, names of certificates and provinces.
//!
//! It is the only dictionary there is. Text is split by it when the index is built, and queries by the same list in the browser.

use crate::atoms::Atoms;

/// Longest word, in atoms.
const LONGEST: usize = 24;

/// The first two characters of a text.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    /// The first in the upper half, the second, or 0 where there is none, in the lower: one comparison of numbers instead of
    /// several of characters.
    code: u64,
    /// In bytes.
    length: usize,
}

impl Beginning {
    fn of(text: &str) -> Option<Self> {
        let mut characters = text.chars();
        let first = characters.next()?;
        let second = characters.next();
        let code = u64::from(first) << 32 | second.map_or(0, u64::from);
        Some(Self { code, length: first.len_utf8() + second.map_or(0, char::len_utf8) })
    }
}

/// Sorted words in one spelling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    /// For each beginning in order: its code, and the index of its first word.
    starts: Vec<(u64, usize)>,
    beginnings: Beginnings,
}

/// The first two characters of all words, as bits at places that follow from them: at most places of a text no word begins,
/// and this tells so at once. Two pairs may share a bit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Beginnings {
    bits: Vec<u64>,
    /// A word of one character begins with nothing else.
    has_single: bool,
}

impl Beginnings {
    const WORDS: usize = 1024;

    fn of(words: &[String]) -> Self {
        let mut beginnings = Self { bits: vec![0; Self::WORDS], has_single: false };
        for word in words {
            let mut characters = word.chars();
            match (characters.next(), characters.next()) {
                (Some(first), Some(second)) => {
                    let (word, bit) = Self::place(first, second);
                    if let Some(bits) = beginnings.bits.get_mut(word) {
                        *bits |= bit;
                    }
                }
                _ => beginnings.has_single = true,
            }
        }
        beginnings
    }

    fn place(first: char, second: char) -> (usize, u64) {
        // Multiplied by the golden ratio, the upper bits depend on all of the lower ones.
        let pair = (first as u32).wrapping_mul(31).wrapping_add(second as u32);
        let mixed = pair.wrapping_mul(0x9e37_79b9);
        ((mixed >> 22) as usize, 1 << ((mixed >> 16) & 63))
    }

    /// Whether a word may begin like this text.
    fn may_begin(&self, text: &str) -> bool {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(first), Some(second)) => {
                let (word, bit) = Self::place(first, second);
                self.has_single || self.bits.get(word).is_some_and(|bits| bits & bit != 0)
            }
            _ => self.has_single,
        }
    }
}

impl Vocabulary {
    /// Takes folded words in any order.
    pub(crate) fn new(mut words: Vec<String>) -> Self {
        words.retain(|word| !word.is_empty());
        words.sort_unstable();
        words.dedup();
        let mut starts: Vec<(u64, usize)> = Vec::new();
        for (index, word) in words.iter().enumerate() {
            if let Some(Beginning { code, .. }) = Beginning::of(word)
                && starts.last().is_none_or(|(before, _)| *before != code)
            {
                starts.push((code, index));
            }
        }
        let beginnings = Beginnings::of(&words);
        Self { words, starts, beginnings }
    }

    /// The words, sorted.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// Index of a word.
    pub(crate) fn find(&self, word: &str) -> Option<usize> {
        self.words.binary_search_by(|other| other.as_str().cmp(word)).ok()
    }

    /// Calls `emit` with each word that begins at atom `first` and ends at the end of an atom, shortest first.
    pub(crate) fn words_at(&self, atoms: &Atoms, first: usize, mut emit: impl FnMut(&str, usize)) {
        let Some(rest) = atoms.list.get(first).and_then(|atom| atoms.folded.get(atom.folded.0..)) else {
            return;
        };
        if !self.beginnings.may_begin(rest) {
            return;
        }
        let Some(beginning) = Beginning::of(rest) else { return };
        // A word of one character stands before all others that begin with it.
        let first_of_all =
            if self.beginnings.has_single { beginning.code >> 32 << 32 } else { beginning.code };
        let start = self.starts.partition_point(|(other, _)| *other < first_of_all);
        let mut starts = self.starts.get(start..).unwrap_or_default().iter();
        let Some((_, from)) = starts.next().filter(|(other, _)| *other <= beginning.code) else { return };
        let to =
            starts.find(|(other, _)| *other > beginning.code).map_or(self.words.len(), |(_, index)| *index);
        let mut candidates = self.words.get(*from..to).unwrap_or_default();
        // Up to here they are all alike, and need not be searched.
        let alike = if self.beginnings.has_single { 0 } else { beginning.length };
        for span in 1..=LONGEST {
            let Some(text) = atoms.joined(first, span) else { return };
            if text.len() > alike {
                let lower = candidates.partition_point(|word| word.as_str() < text);
                candidates = candidates.get(lower..).unwrap_or_default();
            }
            match candidates.first() {
                Some(word) if word == text => emit(word, span),
                Some(word) if word.starts_with(text) => {}
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_all_words_that_begin_at_an_atom() {
        let words = ["申报", "申报时间", "申请", "x证书"].map(String::from).to_vec();
        let vocabulary = Vocabulary::new(words);
        let atoms = Atoms::of("申报时间 1+X证书");
        let mut found = Vec::new();
        for first in 0..atoms.list.len() {
            vocabulary.words_at(&atoms, first, |word, span| found.push((first, word.to_owned(), span)));
        }
        assert_eq!(found, [(0, "申报".to_owned(), 2), (0, "申报时间".to_owned(), 4)]);
        assert_eq!(vocabulary.find("申请"), Some(3));
    }
}
