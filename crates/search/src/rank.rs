//! Scores entries: BM25F of each slot, how much of the query is there, how close together, and what kind of entry it is.

use crate::directory::{Directory, FIELDS, Run, TEXT, Tail};
use crate::plan::Plan;
use crate::postings::{Posting, read_positions};
use crate::weights::{K1, field_weight, length};
use crate::{codec::ReadError, weights::rarity};

/// Numbers chosen on the training half of `tests/search/queries.tsv`.
mod weight {
    /// What is left of a score when almost nothing of the query is there.
    pub(super) const COVERAGE_FLOOR: f32 = 0.35;
    /// What a query found word for word adds.
    pub(super) const CLOSENESS: f32 = 0.8;
    /// Words in the same passage, not beside each other.
    pub(super) const NEAR: f32 = 0.45;
    /// Words of whose places nothing is known, since they were read from a tail.
    pub(super) const UNKNOWN: f32 = 0.4;
    /// Entries of a province the query does not name, when it names one.
    pub(super) const OTHER_PROVINCE: f32 = 0.45;
    /// Entries that hold everywhere, when the query names a province.
    pub(super) const EVERYWHERE: f32 = 0.6;
    /// Documents no longer in force.
    pub(super) const ARCHIVED: f32 = 0.93;
    /// Length of text, in tokens, at which half of the penalty for bare headings is gone.
    pub(super) const SUBSTANCE: f32 = 6.0;
}
/// Distance within which words are near.
const NEAR_DISTANCE: u32 = 14;
/// Entries whose positions are looked at.
const CLOSELY_READ: usize = 200;

/// Postings of one term that fills a slot.
#[derive(Debug, Clone)]
pub(crate) struct Filled<'a> {
    pub(crate) slot: usize,
    /// Which of the slot's options it is: the first is the term typed, the others stand instead of it.
    pub(crate) option: usize,
    /// What this term is worth in its slot.
    pub(crate) worth: f32,
    /// Number of entries that have it.
    pub(crate) entries: u32,
    pub(crate) bytes: &'a [u8],
    pub(crate) postings: Vec<Posting>,
    /// More of them are in a tail that was not read.
    pub(crate) unread: Option<Tail>,
}

/// An entry with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) entry: u32,
    pub(crate) score: f32,
    pub(crate) factors: Factors,
    pub(crate) run: Run,
    /// Its matches, as a range of the ranking's.
    pub(crate) matches: (usize, usize),
}

/// What the score of an entry is made of: all multiplied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Factors {
    /// What its terms weigh together.
    pub(crate) terms: f32,
    /// How much of the query is there.
    pub(crate) coverage: f32,
    /// What kind of entry it is, and where it holds.
    pub(crate) prior: f32,
    /// That it is more than a bare heading.
    pub(crate) substance: f32,
    /// That the words stand together; 1 where they do not.
    pub(crate) closeness: f32,
}

impl Factors {
    fn score(&self) -> f32 {
        self.terms * self.coverage * self.prior * self.substance * self.closeness
    }
}

/// A term found in an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Match {
    pub(crate) entry: u32,
    pub(crate) slot: usize,
    /// Which of the filled terms, and which of its postings.
    pub(crate) filled: usize,
    pub(crate) posting: usize,
    pub(crate) score: f32,
}

/// What a slot may add to an entry of which is not known whether it has its term: the chance that it has, times the least that
/// the known ones get. Without it, the known ones would stand before better entries for a word that almost all have.
#[derive(Debug, Clone, Copy, Default)]
struct Expected {
    score: f32,
    worth: f32,
}

impl Expected {
    /// Of several words for one thing, the one that promises most.
    fn add(&mut self, score: f32, worth: f32) {
        if score > self.score {
            *self = Self { score, worth };
        }
    }
}

/// All entries that have any of a query, the best first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Ranking {
    pub(crate) entries: Vec<Ranked>,
    pub(crate) matches: Vec<Match>,
    /// Rarity that each filled term counts with.
    pub(crate) rarities: Vec<f32>,
}

/// Scores all entries that have any of the query.
pub(crate) fn rank(directory: &Directory, plan: &Plan, filled: &[Filled<'_>]) -> Result<Ranking, ReadError> {
    let averages = directory.average_lengths();
    let rarities = rarities(directory, plan, filled);
    let mut matches: Vec<Match> = Vec::new();
    let mut expected = vec![Expected::default(); plan.slots.len()];
    for (index, term) in filled.iter().enumerate() {
        let Some(slot) = plan.slots.get(term.slot) else { continue };
        let rare = rarities.get(index).copied().unwrap_or_default();
        let mut least = f32::INFINITY;
        for (at, posting) in term.postings.iter().enumerate() {
            let frequency: f32 = (0..FIELDS).map(|field| weighted(posting, field, &averages)).sum();
            let score = slot.weight * term.worth * rare * frequency * (K1 + 1.0) / (frequency + K1);
            least = least.min(score);
            matches.push(Match { entry: posting.entry, slot: term.slot, filled: index, posting: at, score });
        }
        if term.unread.is_some()
            && let Some(expected) = expected.get_mut(term.slot)
        {
            let read = term.postings.len() as f32;
            let others = (directory.entries as f32 - read).max(1.0);
            let share = ((term.entries as f32 - read) / others).clamp(0.0, 1.0);
            expected.add(share * least, share * term.worth);
        }
    }
    matches.sort_by(|left, right| {
        (left.entry, left.slot).cmp(&(right.entry, right.slot)).then(right.score.total_cmp(&left.score))
    });
    matches.dedup_by_key(|found| (found.entry, found.slot));
    let most: Vec<f32> = (0..plan.slots.len()).map(|slot| mass(plan, slot, filled, &rarities)).collect();
    let all: f32 = most.iter().sum();
    let mut entries: Vec<Ranked> = Vec::new();
    let mut from = 0;
    while let Some(first) = matches.get(from) {
        let count = matches.iter().skip(from).take_while(|found| found.entry == first.entry).count();
        let here = matches.get(from..from + count).unwrap_or_default();
        if let Some(run) = directory.run(first.entry) {
            let mut there: f32 = here
                .iter()
                .filter_map(|found| Some(most.get(found.slot)? * filled.get(found.filled)?.worth))
                .sum();
            let mut terms: f32 = here.iter().map(|found| found.score).sum();
            for (slot, expected) in expected.iter().enumerate().filter(|(_, expected)| expected.score > 0.0) {
                if !here.iter().any(|found| found.slot == slot) {
                    terms += expected.score;
                    there += expected.worth * most.get(slot).copied().unwrap_or_default();
                }
            }
            let factors = Factors {
                terms,
                coverage: weight::COVERAGE_FLOOR
                    + (1.0 - weight::COVERAGE_FLOOR) * there / all.max(f32::MIN_POSITIVE),
                prior: prior(directory, plan, run),
                substance: substantial(here.iter().filter_map(|found| text_length(filled, found)).max()),
                closeness: 1.0,
            };
            let matches = (from, from + count);
            let (entry, score) = (first.entry, factors.score());
            entries.push(Ranked { entry, score, factors, run: *run, matches });
        }
        from += count;
    }
    sort(&mut entries);
    for entry in entries.iter_mut().take(CLOSELY_READ) {
        let here = matches.get(entry.matches.0..entry.matches.1).unwrap_or_default();
        entry.factors.closeness += weight::CLOSENESS * closeness(plan, filled, here, &most, &expected)?;
        entry.score = entry.factors.score();
    }
    sort(&mut entries);
    Ok(Ranking { entries, matches, rarities })
}

fn sort(entries: &mut [Ranked]) {
    entries.sort_by(|left, right| right.score.total_cmp(&left.score).then(left.entry.cmp(&right.entry)));
}

/// Rarity that each filled term counts with.
fn rarities(directory: &Directory, plan: &Plan, filled: &[Filled<'_>]) -> Vec<f32> {
    filled
        .iter()
        .map(|term| {
            let pooled = plan.slots.get(term.slot).is_some_and(|slot| slot.pooled);
            let others = filled.iter().filter(|other| other.slot == term.slot).map(|other| other.entries);
            rarity(if pooled { others.fold(0, u32::saturating_add) } else { term.entries }, directory.entries)
        })
        .collect()
}

/// What a slot adds at most to the query: that of its typed term where there is one.
fn mass(plan: &Plan, slot: usize, filled: &[Filled<'_>], rarities: &[f32]) -> f32 {
    let weight = plan.slots.get(slot).map_or(0.0, |slot| slot.weight);
    let rare = filled.iter().zip(rarities).filter(|(term, _)| term.slot == slot);
    weight * rare.map(|(term, rare)| term.worth * rare).fold(0.0, f32::max)
}

fn weighted(posting: &Posting, field: usize, averages: &[f32; FIELDS]) -> f32 {
    let frequency = posting.frequency.get(field).copied().unwrap_or_default();
    let class = posting.length_class.get(field).copied().unwrap_or_default();
    field_weight(field, frequency, class, averages)
}

fn text_length(filled: &[Filled<'_>], found: &Match) -> Option<u32> {
    let posting = filled.get(found.filled)?.postings.get(found.posting)?;
    (*posting.frequency.get(TEXT)? > 0)
        .then(|| posting.length_class.get(TEXT).map_or(0, |class| length(*class)))
}

/// A bare heading answers nothing.
fn substantial(tokens: Option<u32>) -> f32 {
    let share = |tokens: f32| tokens * tokens / (tokens * tokens + weight::SUBSTANCE * weight::SUBSTANCE);
    tokens.map_or(1.0, |tokens| share(tokens as f32))
}

/// What an entry is worth before any word is looked at.
fn prior(directory: &Directory, plan: &Plan, run: &Run) -> f32 {
    let kind = match directory.kinds.get(run.kind as usize).map(String::as_str) {
        Some("faq" | "policy" | "contact" | "window" | "link") => 1.0,
        Some("guide" | "step" | "material") => 0.9,
        Some("term") => 0.65,
        Some("certificate") => 0.55,
        _ => 0.85,
    };
    let place = if plan.places.is_empty() || plan.places.contains(&run.province) {
        1.0
    } else if directory.provinces.get(run.province as usize).is_some_and(|(code, _)| code.is_empty()) {
        weight::EVERYWHERE
    } else {
        weight::OTHER_PROVINCE
    };
    kind * place * if run.archived { weight::ARCHIVED } else { 1.0 }
}

/// How close together the words of the query stand, from 0 to 1.
fn closeness(
    plan: &Plan,
    filled: &[Filled<'_>],
    here: &[Match],
    most: &[f32],
    expected: &[Expected],
) -> Result<f32, ReadError> {
    let mut places: Vec<(usize, Vec<(u8, u32)>)> = Vec::new();
    for found in here {
        let Some(term) = filled.get(found.filled) else { continue };
        let Some(posting) = term.postings.get(found.posting) else { continue };
        places.push((found.filled, read_positions(term.bytes, posting)?));
    }
    let order = order(plan, filled);
    let (mut reached, mut possible) = (0.0, 0.0);
    for pair in order.windows(2) {
        let [left, right] = pair else { continue };
        let worth =
            most.get(*left).copied().unwrap_or_default().min(most.get(*right).copied().unwrap_or_default());
        possible += worth;
        let of = |slot: usize| {
            places.iter().find(|(term, _)| filled.get(*term).is_some_and(|term| term.slot == slot))
        };
        let (Some((one, before)), Some((other, after))) = (of(*left), of(*right)) else {
            let share = |slot: usize| match of(slot) {
                Some(_) => 1.0,
                None => expected.get(slot).map_or(0.0, |expected| expected.worth),
            };
            reached += worth * weight::UNKNOWN * share(*left) * share(*right);
            continue;
        };
        let (Some(first), Some(second)) = (plan.slots.get(*left), plan.slots.get(*right)) else { continue };
        let typed = [one, other].iter().all(|term| filled.get(**term).is_some_and(|term| term.option == 0));
        let apart = second.atom.saturating_sub(first.atom) as u32;
        let unknown = before.is_empty() || after.is_empty();
        reached += worth * if unknown { weight::UNKNOWN } else { nearest(before, after, apart, typed) };
    }
    Ok(if possible > 0.0 { reached / possible } else { 0.0 })
}

/// Slots that anything was found for, in the order of the query, without those inside others.
fn order(plan: &Plan, filled: &[Filled<'_>]) -> Vec<usize> {
    let known = |slot: usize| filled.iter().any(|term| term.slot == slot && !term.postings.is_empty());
    let mut order: Vec<usize> = (0..plan.slots.len()).filter(|slot| known(*slot)).collect();
    order
        .sort_by_key(|slot| plan.slots.get(*slot).map_or((0, 0), |slot| (slot.atom, usize::MAX - slot.span)));
    order.dedup_by_key(|slot| plan.slots.get(*slot).map_or(0, |slot| slot.atom));
    order
}

/// 1 for words as far apart as in the query, less for words near each other.
fn nearest(before: &[(u8, u32)], after: &[(u8, u32)], apart: u32, typed: bool) -> f32 {
    let mut best = 0.0_f32;
    for (field, position) in before {
        for (_, other) in after.iter().filter(|(other, _)| other == field) {
            let exact = other.checked_sub(*position) == Some(apart);
            let distance = other.abs_diff(*position);
            let closeness = if exact {
                if typed { 1.0 } else { 0.8 }
            } else if distance <= NEAR_DISTANCE && distance > 0 {
                weight::NEAR * (1.0 - distance as f32 / (NEAR_DISTANCE + 1) as f32)
            } else {
                0.0
            };
            best = best.max(closeness);
        }
    }
    best
}
