//! The words of this portal: from synonyms, glossary, names of certificates and provinces.
//!
//! It is the only dictionary there is. Text is split by it when the index is built, and queries by the same list in the browser.

use crate::atoms::Atoms;

/// Longest word, in atoms.
const LONGEST: usize = 24;

/// Sorted words in one spelling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    /// For each first character in order: the character and the index of its first word.
    starts: Vec<(char, usize)>,
}

impl Vocabulary {
    /// Takes folded words in any order.
    pub(crate) fn new(mut words: Vec<String>) -> Self {
        words.retain(|word| !word.is_empty());
        words.sort_unstable();
        words.dedup();
        let mut starts: Vec<(char, usize)> = Vec::new();
        for (index, word) in words.iter().enumerate() {
            if let Some(first) = word.chars().next()
                && starts.last().is_none_or(|(before, _)| *before != first)
            {
                starts.push((first, index));
            }
        }
        Self { words, starts }
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
        let Some(initial) = atoms.list.get(first).and_then(|atom| atoms.text(atom).chars().next()) else {
            return;
        };
        let Ok(start) = self.starts.binary_search_by(|(character, _)| character.cmp(&initial)) else {
            return;
        };
        let from = self.starts.get(start).map_or(0, |(_, index)| *index);
        let to = self.starts.get(start + 1).map_or(self.words.len(), |(_, index)| *index);
        let mut candidates = self.words.get(from..to).unwrap_or_default();
        for span in 1..=LONGEST {
            let Some(text) = atoms.joined(first, span) else { return };
            let lower = candidates.partition_point(|word| word.as_str() < text);
            candidates = candidates.get(lower..).unwrap_or_default();
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
