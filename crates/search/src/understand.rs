//! What was meant: the plan of a query, corrected where something typed is nowhere in the portal.

use std::cell::RefCell;

use crate::blocks::Part;
use crate::codec::{BlockKind, ReadError};
use crate::function_words::is_everyday;
use crate::plan::{Plan, Slot, weight};
use crate::postings::{TermBlock, TermEntry};
use crate::query::{Answer, Note};
use crate::reader::{Reader, supplied};
use crate::sounds::Sounds;
use crate::tokens::TokenKind;

/// Most terms that stand for a beginning of a word.
const MOST_COMPLETIONS: usize = 8;
/// Most blocks read for a beginning of a word.
const MOST_PREFIX_BLOCKS: usize = 3;

/// A query as far as it can be understood with the files at hand.
pub(crate) struct Understood {
    pub(crate) plan: Plan,
    pub(crate) notes: Vec<Note>,
}

/// Collects the parts of files that a stage lacks.
#[derive(Debug, Default)]
pub(crate) struct Lacking {
    parts: RefCell<Vec<Part>>,
}

impl Lacking {
    /// Notes a part; a place that the directory does not know is let pass and found out when it is read.
    pub(crate) fn add(&self, part: Option<Part>) {
        let mut parts = self.parts.borrow_mut();
        if let Some(part) = part
            && !parts.contains(&part)
        {
            parts.push(part);
        }
    }

    pub(crate) fn any(&self) -> bool {
        !self.parts.borrow().is_empty()
    }

    /// The answer if there is one, or else what is lacking for it.
    pub(crate) fn answer<T>(self, found: Option<T>) -> Answer<T> {
        found.map_or_else(|| Answer::Needs(self.parts.into_inner()), Answer::Found)
    }
}

impl Reader {
    /// The plan of what was meant: as typed, or corrected where something typed is nowhere.
    pub(crate) fn understand(&self, text: &str, lacking: &Lacking) -> Result<Option<Understood>, ReadError> {
        let mut plan = Plan::new(text, &self.directory);
        let mut notes = Vec::new();
        for _ in 0..2 {
            self.require(&plan, lacking);
            if lacking.any() {
                return Ok(None);
            }
            let Some(corrected) = self.correct(&plan, lacking)? else { break };
            notes.retain(|note| !matches!(note, Note::Corrected { .. }));
            let suggestions = std::mem::take(&mut plan.suggestions);
            plan = Plan::new(&corrected, &self.directory);
            for suggestion in suggestions {
                if !plan.suggestions.contains(&suggestion) {
                    plan.suggestions.push(suggestion);
                }
            }
            notes.push(Note::Corrected { text: corrected });
        }
        self.require(&plan, lacking);
        if lacking.any() {
            return Ok(None);
        }
        self.complete(&mut plan, lacking)?;
        self.require(&plan, lacking);
        for (word, group) in &plan.suggestions {
            if let (Some(typed), Some(group)) =
                (self.directory.word(*word), self.directory.synonyms.get(*group as usize))
            {
                let (typed, word, note) = (typed.to_owned(), group.shown.clone(), group.note.clone());
                notes.push(Note::Suggestion { typed, word, note });
            }
        }
        Ok((!lacking.any()).then_some(Understood { plan, notes }))
    }

    /// Asks for the blocks of all terms of a plan.
    fn require(&self, plan: &Plan, lacking: &Lacking) {
        for (term, _) in plan.slots.iter().flat_map(|slot| &slot.options) {
            if let Some(block) = self.directory.term_block(term) {
                self.term_block(block, lacking);
            }
        }
    }

    /// A block of terms; noted as lacking where it was not handed over.
    fn term_block(&self, block: u32, lacking: &Lacking) -> Option<&TermBlock> {
        let found = supplied(&self.terms, block);
        if found.is_none() {
            lacking.add(self.directory.terms.part(BlockKind::Terms, block));
        }
        found
    }

    pub(crate) fn term(&self, term: &str) -> Result<Option<TermEntry<'_>>, ReadError> {
        match self.directory.term_block(term).and_then(|block| supplied(&self.terms, block)) {
            Some(block) => block.find(term),
            None => Ok(None),
        }
    }

    /// Any term of the slot stands somewhere; a file that cannot be read counts as not found here and fails later.
    fn found(&self, slot: &Slot) -> bool {
        slot.options.iter().any(|(term, _)| matches!(self.term(term), Ok(Some(_))))
    }

    /// What was meant, if what was typed is nowhere and sounds like something that is.
    fn correct(&self, plan: &Plan, lacking: &Lacking) -> Result<Option<String>, ReadError> {
        let letters = plan.unknown_letters(|slot| self.found(slot));
        let mut strange = plan.uncovered(|slot| self.found(slot));
        strange.retain(|atom| {
            let everyday = plan.atoms.list.get(*atom).is_none_or(|atom| is_everyday(plan.atoms.text(atom)));
            !everyday && !plan.known.contains(atom)
        });
        if letters.is_empty() && strange.is_empty() {
            return Ok(None);
        }
        let Some(sounds) = self.sounds(lacking) else { return Ok(None) };
        let mut replacements = Vec::new();
        for (from, to) in letters {
            if let Some(words) = spelt_words(plan, sounds, from, to) {
                replacements.push((from, to, words));
            }
        }
        replacements.extend(same_sound(plan, sounds, &strange));
        Ok((!replacements.is_empty()).then(|| plan.replaced(&replacements)))
    }

    /// Adds terms that begin with what is nowhere in itself: letters typed in part, characters alone.
    fn complete(&self, plan: &mut Plan, lacking: &Lacking) -> Result<(), ReadError> {
        let mut starts: Vec<(usize, usize, String, f32)> = Vec::new();
        for (from, to) in plan.unknown_letters(|slot| self.found(slot)) {
            starts.extend((from..to).map(|atom| (atom, 1, String::new(), weight::PLAIN * 0.7)));
        }
        for slot in &plan.slots {
            if slot.kind == TokenKind::Plain
                && !self.found(slot)
                && !starts.iter().any(|start| start.0 == slot.atom)
            {
                starts.push((slot.atom, 1, String::new(), weight::PLAIN * 0.7));
            }
        }
        starts.extend(
            plan.uncovered(|slot| self.found(slot))
                .into_iter()
                .map(|atom| (atom, 1, String::new(), weight::SINGLE)),
        );
        for (atom, _, prefix, _) in &mut starts {
            prefix.push_str(plan.atoms.list.get(*atom).map_or("", |atom| plan.atoms.text(atom)));
        }
        for (atom, span, prefix, weight) in starts {
            let mut options: Vec<(String, u32)> = Vec::new();
            for block in self.prefix_blocks(&prefix) {
                if let Some(block) = self.term_block(block, lacking) {
                    options.extend(block.with_prefix(&prefix)?);
                }
            }
            options.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
            let options: Vec<(String, f32)> =
                options.into_iter().take(MOST_COMPLETIONS).map(|(term, _)| (term, 1.0)).collect();
            if !options.is_empty() {
                plan.slots.push(Slot { atom, span, weight, options, kind: TokenKind::Single, pooled: true });
            }
        }
        Ok(())
    }

    /// The blocks that may have terms with this beginning, the first few.
    fn prefix_blocks(&self, prefix: &str) -> Vec<u32> {
        let terms = &self.directory.first_terms;
        let first = terms.partition_point(|term| term.as_str() <= prefix).saturating_sub(1);
        let inside = |(index, term): &(usize, &String)| *index == first || term.starts_with(prefix);
        let list = terms.iter().enumerate().skip(first).take_while(inside);
        list.map(|(block, _)| block as u32).take(MOST_PREFIX_BLOCKS).collect()
    }
}

/// What letters that are nowhere spell: words as they would be typed.
fn spelt_words(plan: &Plan, sounds: &Sounds, from: usize, to: usize) -> Option<String> {
    let texts: Vec<&str> = plan.atoms.list.get(from..to)?.iter().map(|atom| plan.atoms.text(atom)).collect();
    let letters = texts.join("'");
    let spelt = sounds.spell(&letters);
    let mut words: Vec<String> =
        spelt.into_iter().filter_map(|spelt| spelt.words.into_iter().next()).collect();
    if words.is_empty() {
        let initials =
            |text: &&str| if text.len() > 2 { sounds.initials(text).into_iter().next() } else { None };
        words = texts.iter().filter_map(initials).collect();
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// Same-sound words for pairs of characters of which one is in no word found.
fn same_sound(plan: &Plan, sounds: &Sounds, strange: &[usize]) -> Vec<(usize, usize, String)> {
    let character = |atom: usize| {
        let atom = plan.atoms.list.get(atom).filter(|atom| atom.han)?;
        plan.atoms.text(atom).chars().next()
    };
    let mut replacements: Vec<(usize, usize, String)> = Vec::new();
    for atom in strange {
        if replacements.iter().any(|(from, to, _)| from <= atom && atom < to) {
            continue;
        }
        let mut best: Option<(u32, usize, String)> = None;
        let pairs = [atom.checked_sub(1).map(|before| (before, *atom)), Some((*atom, atom + 1))];
        for (left, right) in pairs.into_iter().flatten() {
            let (Some(first), Some(second)) = (character(left), character(right)) else { continue };
            if plan.idle.get(left) == Some(&true) || plan.idle.get(right) == Some(&true) {
                continue;
            }
            let changed = |word: &str| word.chars().nth(atom - left) != character(*atom);
            let candidate = sounds.same_sound(&[first, second]).into_iter().find(|(word, _)| changed(word));
            if let Some((word, commonness)) = candidate
                && best.as_ref().is_none_or(|(before, ..)| commonness > *before)
            {
                best = Some((commonness, left, word.to_owned()));
            }
        }
        if let Some((_, from, word)) = best
            && !replacements.iter().any(|(other, to, _)| *other < from + 2 && from < *to)
        {
            replacements.push((from, from + 2, word));
        }
    }
    replacements
}
