//! A typed query made into slots: what to look for, in which words, and how much each counts.

use crate::atoms::{Atoms, Gap, is_han};
use crate::directory::Directory;
use crate::function_words::{asked_for, idle, is_joint};
use crate::tokens::{TokenKind, tokens};

/// How much the words of a slot count. Chosen on the training half of `tests/search/queries.tsv`.
pub(crate) mod weight {
    /// A word of the vocabulary, or a pair of characters that is one.
    pub(crate) const WORD: f32 = 1.0;
    /// Each atom of a word beyond two.
    pub(crate) const LONGER: f32 = 0.15;
    /// A pair inside a word.
    pub(crate) const INSIDE: f32 = 0.45;
    /// A pair with one foot in a word.
    pub(crate) const ACROSS: f32 = 0.35;
    /// A pair of characters of no known word.
    pub(crate) const PAIR: f32 = 0.85;
    /// A pair with a character that mostly joins.
    pub(crate) const JOINT: f32 = 0.4;
    /// A pair with one foot in a phrase that only asks.
    pub(crate) const IDLE: f32 = 0.15;
    /// A character alone.
    pub(crate) const SINGLE: f32 = 0.35;
    /// Letters and digits.
    pub(crate) const PLAIN: f32 = 1.2;
    /// A number of one or two digits.
    pub(crate) const SMALL_NUMBER: f32 = 0.6;
    /// Part of letters and digits.
    pub(crate) const PART: f32 = 0.5;
    /// A number with what it counts.
    pub(crate) const COUNTED: f32 = 0.8;
    /// A document number.
    pub(crate) const DOCUMENT_NUMBER: f32 = 3.0;
    /// The name of a province: it mostly decides by another way.
    pub(crate) const PLACE: f32 = 0.3;
    /// What a question word asks for.
    pub(crate) const ASKED_FOR: f32 = 0.3;
    /// A synonym instead of the typed word.
    pub(crate) const SAME: f32 = 0.8;
    /// The word of the documents instead of a narrower one.
    pub(crate) const CANONICAL: f32 = 0.85;
}

/// One thing to look for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    /// First atom of the query and number of atoms.
    pub(crate) atom: usize,
    pub(crate) span: usize,
    pub(crate) weight: f32,
    /// Terms that fill it, with what each is worth; the first is the one typed.
    pub(crate) options: Vec<(String, f32)>,
    pub(crate) kind: TokenKind,
    /// The rarity of all its terms together counts, not of each.
    pub(crate) pooled: bool,
}

/// A query ready to be looked up.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Plan {
    pub(crate) atoms: Atoms,
    pub(crate) idle: Vec<bool>,
    pub(crate) slots: Vec<Slot>,
    /// Provinces that it names.
    pub(crate) places: Vec<u32>,
    /// Atoms in words of the vocabulary: typed on purpose even if no text has them.
    pub(crate) known: Vec<usize>,
    /// Words typed that are not the same as another: indexes of the vocabulary and of the group.
    pub(crate) suggestions: Vec<(u32, u32)>,
}

impl Plan {
    /// Analyses a query.
    pub(crate) fn new(text: &str, directory: &Directory) -> Self {
        let atoms = Atoms::of(text);
        let mut idle = idle(&atoms);
        if idle.iter().all(|idle| *idle) {
            idle.fill(false);
        }
        let mut plan = Self { idle, ..Self::default() };
        let words = plan.words(&atoms, directory);
        tokens(&atoms, &directory.vocabulary, |token| {
            let slot = Slot {
                atom: token.atom,
                span: token.span,
                weight: 0.0,
                options: vec![(token.term.to_owned(), 1.0)],
                kind: token.kind,
                pooled: false,
            };
            let weight = plan.weight(&slot, token.term, &atoms, &words);
            if weight > 0.0 {
                plan.slots.push(Slot { weight, ..slot });
            }
        });
        for word in &words {
            plan.add_synonyms(word, directory);
        }
        plan.known = words
            .iter()
            .filter(|word| word.span > 1)
            .flat_map(|word| word.atom..word.atom + word.span)
            .collect();
        for atom in 0..atoms.list.len() {
            let options: Vec<(String, f32)> =
                asked_for(&atoms, atom).iter().map(|term| ((*term).to_owned(), 1.0)).collect();
            if !options.is_empty() {
                plan.slots.push(Slot {
                    atom,
                    span: 1,
                    weight: weight::ASKED_FOR,
                    options,
                    kind: TokenKind::Single,
                    pooled: true,
                });
            }
        }
        plan.atoms = atoms;
        plan
    }

    /// Words of the vocabulary in the query, and whether each is part of a longer one.
    fn words(&mut self, atoms: &Atoms, directory: &Directory) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        for atom in 0..atoms.list.len() {
            directory.vocabulary.words_at(atoms, atom, |word, span| {
                let Some(index) = directory.vocabulary.find(word) else { return };
                let spaced = |atom: &crate::atoms::Atom| atom.gap == Gap::Space && atom.han;
                if !atoms.list.get(atom + 1..atom + span).unwrap_or_default().iter().any(spaced) {
                    words.push(Word { index: index as u32, atom, span, inside: false, place: false });
                }
            });
        }
        for at in 0..words.len() {
            let Some(word) = words.get(at).copied() else { continue };
            let inside = words.iter().any(|other| {
                other.span > word.span
                    && other.atom <= word.atom
                    && word.atom + word.span <= other.atom + other.span
            });
            let places = directory.places.iter().filter(|(index, _)| *index == word.index);
            let mut place = false;
            for (_, province) in places {
                place = true;
                if !self.places.contains(province) {
                    self.places.push(*province);
                }
            }
            if let Some(word) = words.get_mut(at) {
                (word.inside, word.place) = (inside, place);
            }
        }
        words
    }

    fn weight(&self, slot: &Slot, term: &str, atoms: &Atoms, words: &[Word]) -> f32 {
        let (from, to) = (slot.atom, slot.atom + slot.span);
        let idle = self.idle.get(from..to).unwrap_or_default();
        let word = words.iter().find(|word| word.atom == from && word.span == slot.span);
        let place = words.iter().any(|word| word.place && word.atom <= from && to <= word.atom + word.span);
        if place {
            return weight::PLACE;
        }
        match slot.kind {
            TokenKind::Word => {
                let longer = weight::WORD + weight::LONGER * (slot.span.min(8) as f32 - 2.0);
                if word.is_some_and(|word| word.inside) { weight::INSIDE } else { longer.max(weight::WORD) }
            }
            TokenKind::Pair => {
                let spaced = atoms.list.get(from + 1).is_some_and(|atom| atom.gap == Gap::Space);
                let joint = || atoms.list.iter().skip(from).take(2).any(|atom| is_joint(atoms.text(atom)));
                if spaced || idle.iter().all(|idle| *idle) {
                    0.0
                } else if let Some(word) = word {
                    if word.inside { weight::INSIDE } else { weight::WORD }
                } else if idle.iter().any(|idle| *idle) {
                    weight::IDLE
                } else if words.iter().any(|word| word.atom <= from && to <= word.atom + word.span) {
                    weight::INSIDE
                } else if joint() {
                    weight::JOINT
                } else if words
                    .iter()
                    .any(|word| word.span > 1 && word.atom < to && from < word.atom + word.span)
                {
                    weight::ACROSS
                } else {
                    weight::PAIR
                }
            }
            // Characters alone are added where nothing longer is found.
            TokenKind::Single => 0.0,
            TokenKind::Plain => {
                let small = term.len() <= 2 && term.bytes().all(|byte| byte.is_ascii_digit());
                if small { weight::SMALL_NUMBER } else { weight::PLAIN }
            }
            TokenKind::Part => weight::PART,
            TokenKind::Counted => weight::COUNTED,
            TokenKind::DocumentNumber | TokenKind::Issued => weight::DOCUMENT_NUMBER,
        }
    }

    /// Gives the slot of a word the other words of its groups.
    fn add_synonyms(&mut self, word: &Word, directory: &Directory) {
        let mut options: Vec<(u32, f32)> = Vec::new();
        for (index, group) in directory.synonyms.iter().enumerate() {
            if group.suggest.contains(&word.index) {
                self.suggestions.push((word.index, index as u32));
            }
            let canonical = group.canonical.contains(&word.index);
            if canonical || group.same.contains(&word.index) || group.narrower.contains(&word.index) {
                options.extend(group.canonical.iter().map(|other| (*other, weight::CANONICAL)));
                options.extend(group.same.iter().map(|other| (*other, weight::SAME)));
            }
        }
        let (atom, span) = (word.atom, word.span);
        let Some(slot) = self.slots.iter_mut().find(|slot| {
            slot.atom == atom
                && slot.span == span
                && !matches!(slot.kind, TokenKind::Part | TokenKind::Counted)
        }) else {
            return;
        };
        for (other, worth) in options {
            if let Some(term) = directory.word(other)
                && !slot.options.iter().any(|(before, _)| before == term)
            {
                slot.options.push((term.to_owned(), worth));
            }
        }
    }

    /// Atoms that are Han, say something, and are covered by no slot for which `found` holds.
    pub(crate) fn uncovered(&self, found: impl Fn(&Slot) -> bool) -> Vec<usize> {
        let mut covered = self.idle.clone();
        for slot in self.slots.iter().filter(|slot| found(slot)) {
            for flag in covered.iter_mut().skip(slot.atom).take(slot.span) {
                *flag = true;
            }
        }
        let han = |atom: usize| self.atoms.list.get(atom).is_some_and(|atom| atom.han);
        covered
            .iter()
            .enumerate()
            .filter(|(atom, covered)| !**covered && han(*atom))
            .map(|(atom, _)| atom)
            .collect()
    }

    /// Runs of letters alone, as ranges of atoms, whose slots are not found.
    pub(crate) fn unknown_letters(&self, found: impl Fn(&Slot) -> bool) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for slot in &self.slots {
            let letters = slot.kind == TokenKind::Plain
                && slot
                    .options
                    .first()
                    .is_some_and(|(term, _)| term.bytes().all(|byte| byte.is_ascii_lowercase()));
            if !letters || found(slot) {
                continue;
            }
            match runs.last_mut() {
                Some((_, to)) if *to == slot.atom => *to = slot.atom + 1,
                _ => runs.push((slot.atom, slot.atom + 1)),
            }
        }
        runs
    }

    /// The query with the atoms of a range replaced, as people would type it.
    pub(crate) fn replaced(&self, replacements: &[(usize, usize, String)]) -> String {
        let mut text = String::new();
        let mut at = 0;
        while let Some(atom) = self.atoms.list.get(at) {
            let replacement = replacements.iter().find(|(from, ..)| *from == at);
            let typed = self.atoms.text(atom);
            let (piece, next) = replacement.map_or((typed, at + 1), |(_, to, text)| (text.as_str(), *to));
            let words = piece.chars().next().is_some_and(|next| !is_han(next))
                && text.chars().next_back().is_some_and(|last| !is_han(last));
            if atom.gap >= Gap::Space || words {
                text.push(' ');
            }
            text.push_str(piece);
            at = next.max(at + 1);
        }
        text.trim().to_owned()
    }
}

/// A word of the vocabulary in a query.
#[derive(Debug, Clone, Copy)]
struct Word {
    index: u32,
    atom: usize,
    span: usize,
    inside: bool,
    place: bool,
}
