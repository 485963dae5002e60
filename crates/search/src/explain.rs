//! Why a query finds what it finds: its terms with their weights, where they were read, and what each score is made of.

use serde::Serialize;

use crate::blocks::Part;
use crate::codec::{BlockKind, ReadError};
use crate::query::{Answer, Note, Query};
use crate::rank::Ranked;
use crate::reader::{Listed, Reader};
use crate::understand::{Lacking, Understood};

/// How a query was understood and answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Remarks, as with the results.
    pub notes: Vec<Note>,
    /// What was looked for and found, in the order of the query.
    pub terms: Vec<ExplainedTerm>,
    /// Terms that were looked for and stand nowhere.
    pub absent: Vec<String>,
    /// The hits in their order.
    pub hits: Vec<ExplainedHit>,
}

/// A term that was looked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedTerm {
    /// What was typed that it stands for.
    pub typed: String,
    /// As it is in the index.
    pub term: String,
    /// What the typed words count for in the query.
    pub weight: f32,
    /// What the term is worth instead of the typed one; 1 if it is the typed one.
    pub worth: f32,
    /// Rarity: ln(1 + (N − n + 0.5) / (n + 0.5)).
    pub rarity: f32,
    /// Number of entries that have it.
    pub entries: u32,
    /// How many of them were looked at.
    pub looked_at: usize,
    /// File of the block it was read from.
    pub file: String,
    /// First byte of that block, and the byte after its last.
    pub bytes: (u32, u32),
}

/// What the score of a hit is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedHit {
    /// Number of the entry.
    pub entry: u32,
    /// Product of the factors.
    pub score: f32,
    /// Sum of what the terms weigh.
    pub terms: f32,
    /// How much of the query is there.
    pub coverage: f32,
    /// What kind of entry it is, and where it holds.
    pub prior: f32,
    /// That it is more than a bare heading.
    pub substance: f32,
    /// That the words stand together.
    pub closeness: f32,
    /// Each term with what it weighs, the heaviest first.
    pub parts: Vec<(String, f32)>,
}

impl Reader {
    /// Explains the answer to a query, or says what it lacks for that.
    ///
    /// # Errors
    /// When a block says something impossible.
    pub fn explain(&self, query: &Query) -> Result<Answer<Explanation>, ReadError> {
        let lacking = Lacking::default();
        let explanation = self.explanation(query, &lacking)?;
        Ok(lacking.answer(explanation))
    }

    fn explanation(&self, query: &Query, lacking: &Lacking) -> Result<Option<Explanation>, ReadError> {
        let Some(Understood { plan, notes }) = self.understand(&query.text, lacking)? else {
            return Ok(None);
        };
        let Some(listed) = self.listed(&plan, query, lacking)? else { return Ok(None) };
        let name = |slot: usize, option: usize| {
            let option = plan.slots.get(slot).and_then(|slot| slot.options.get(option));
            option.map(|(term, _)| term.clone()).unwrap_or_default()
        };
        let mut terms = Vec::new();
        for (index, filled) in listed.filled.iter().enumerate() {
            let Some(slot) = plan.slots.get(filled.slot) else { continue };
            let atoms = plan.atoms.list.get(slot.atom..slot.atom + slot.span).unwrap_or_default();
            let term = name(filled.slot, filled.option);
            let block = self.directory.term_block(&term);
            let part = block.and_then(|block| self.directory.terms.part(BlockKind::Terms, block));
            let (file, bytes) =
                part.map(|Part { file, from, to, .. }| (file, (from, to))).unwrap_or_default();
            terms.push(ExplainedTerm {
                typed: atoms.iter().map(|atom| plan.atoms.text(atom)).collect(),
                term,
                weight: slot.weight,
                worth: filled.worth,
                rarity: listed.ranking.rarities.get(index).copied().unwrap_or_default(),
                entries: filled.entries,
                looked_at: filled.postings.len(),
                file,
                bytes,
            });
        }
        let mut absent: Vec<String> = Vec::new();
        for (index, slot) in plan.slots.iter().enumerate() {
            let found = listed.filled.iter().any(|filled| filled.slot == index);
            absent.extend(slot.options.first().filter(|_| !found).map(|(term, _)| term.clone()));
        }
        let kept: Vec<Ranked> =
            listed.entries.iter().filter(|entry| self.passes(entry, &query.filter)).copied().collect();
        let hits = self.side_by_side(&plan, &kept, query.limit);
        let hits = hits.iter().map(|ranked| explained(ranked, &listed, &name)).collect();
        Ok(Some(Explanation { notes, terms, absent, hits }))
    }
}

fn explained(ranked: &Ranked, listed: &Listed<'_>, name: &dyn Fn(usize, usize) -> String) -> ExplainedHit {
    let matches = listed.ranking.matches.get(ranked.matches.0..ranked.matches.1).unwrap_or_default();
    let mut parts: Vec<(String, f32)> = matches
        .iter()
        .filter(|found| found.entry == ranked.entry)
        .filter_map(|found| {
            let filled = listed.filled.get(found.filled)?;
            Some((name(filled.slot, filled.option), found.score))
        })
        .collect();
    parts.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    ExplainedHit {
        entry: ranked.entry,
        score: ranked.score,
        terms: ranked.factors.terms,
        coverage: ranked.factors.coverage,
        prior: ranked.factors.prior,
        substance: ranked.factors.substance,
        closeness: ranked.factors.closeness,
        parts,
    }
}
