//! Which of the ranked entries are shown, and how many there are of each kind.

use crate::plan::Plan;
use crate::query::{Count, Facets, Filter};
use crate::rank::Ranked;
use crate::reader::Reader;

/// Neighbours in the ranking that may change places.
const WINDOW: usize = 40;
/// What is left of a score for each answer of the same document before it.
const AGAIN: f32 = 0.94;
/// What is left of a score for each answer of the same province before it.
const SAME_PLACE: f32 = 0.93;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facet {
    Kind,
    Province,
    Year,
}

impl Reader {
    /// The entry is what the filter asks for.
    pub(crate) fn passes(&self, ranked: &Ranked, filter: &Filter) -> bool {
        self.passes_without(ranked, filter, None)
    }

    fn passes_without(&self, ranked: &Ranked, filter: &Filter, without: Option<Facet>) -> bool {
        let kind = self.directory.kinds.get(ranked.run.kind as usize);
        let province = self.directory.provinces.get(ranked.run.province as usize);
        (without == Some(Facet::Kind) || filter.kind.as_ref().is_none_or(|wanted| kind == Some(wanted)))
            && (without == Some(Facet::Province)
                || filter
                    .province
                    .as_ref()
                    .is_none_or(|wanted| province.is_some_and(|(code, _)| code == wanted)))
            && (without == Some(Facet::Year) || filter.year.is_none_or(|wanted| ranked.run.year == wanted))
    }

    /// Counts by kind, province and year.
    pub(crate) fn facets(&self, ranked: &[Ranked], filter: &Filter) -> Facets {
        let count = |facet: Facet, label: &dyn Fn(&Ranked) -> Option<(String, String)>| {
            let mut counts: Vec<Count> = Vec::new();
            for entry in ranked.iter().filter(|entry| self.passes_without(entry, filter, Some(facet))) {
                let Some((value, label)) = label(entry) else { continue };
                match counts.iter_mut().find(|count| count.value == value) {
                    Some(known) => known.count += 1,
                    None => counts.push(Count { value, label, count: 1 }),
                }
            }
            counts.sort_by(|left, right| right.count.cmp(&left.count).then(left.value.cmp(&right.value)));
            counts
        };
        let kind = |entry: &Ranked| {
            let kind = self.directory.kinds.get(entry.run.kind as usize)?;
            Some((kind.clone(), kind.clone()))
        };
        let province = |entry: &Ranked| self.directory.provinces.get(entry.run.province as usize).cloned();
        let year = |entry: &Ranked| Some((entry.run.year.to_string(), entry.run.year.to_string()));
        let mut years = count(Facet::Year, &year);
        years.sort_by(|left, right| right.value.cmp(&left.value));
        Facets { kinds: count(Facet::Kind, &kind), provinces: count(Facet::Province, &province), years }
    }

    /// The best ones; where no province was asked for, near-equal answers of several provinces take turns.
    ///
    /// Each window of the ranking is put into turn by itself, so that asking for more does not change what came before.
    pub(crate) fn side_by_side(&self, plan: &Plan, ranked: &[Ranked], limit: usize) -> Vec<Ranked> {
        if !plan.places.is_empty() {
            return ranked.iter().take(limit).copied().collect();
        }
        ranked.chunks(WINDOW).flat_map(|window| self.in_turn(window)).take(limit).collect()
    }

    /// A window of the ranking, with less for each further answer of one document and of one province.
    fn in_turn(&self, window: &[Ranked]) -> Vec<Ranked> {
        let mut rest: Vec<Ranked> = window.to_vec();
        let mut chosen: Vec<Ranked> = Vec::with_capacity(rest.len());
        loop {
            let value = |entry: &Ranked| {
                let before = chosen.iter().filter(|other| other.run.group == entry.run.group).count();
                let place = self.is_place(entry.run.province);
                let beside =
                    chosen.iter().filter(|other| place && other.run.province == entry.run.province).count();
                entry.score * AGAIN.powi(before.min(8) as i32) * SAME_PLACE.powi(beside.min(4) as i32)
            };
            let best = rest
                .iter()
                .enumerate()
                .max_by(|left, right| value(left.1).total_cmp(&value(right.1)).then(right.0.cmp(&left.0)));
            let Some((index, _)) = best else { return chosen };
            chosen.push(rest.remove(index));
        }
    }

    /// It is a province, not the whole country.
    fn is_place(&self, province: u32) -> bool {
        self.directory.provinces.get(province as usize).is_some_and(|(code, _)| !code.is_empty())
    }
}
