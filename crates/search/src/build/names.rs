//! What the entries are called, counted: of this are the words made that are offered, and those whose sounds are known.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::atoms::{Atoms, is_han};
use crate::entry::{Entry, HEADING_JOINT};

/// Most names whose runs are counted, the first ones: in a large portal they repeat each other.
const MOST_NAMES: usize = 20_000;
/// A run of characters has to stand in as many names to be a word.
const FEWEST_NAMES: u32 = 3;
/// Characters of a heading that is offered as a word.
const LONGEST_HEADING: usize = 14;

/// What the entries are called.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Runs of three or four Han characters that stand in several names, with in how many.
    pub(super) runs: BTreeMap<String, u32>,
    /// Short headings without the numbers before them and the headings above, with how many entries have them.
    pub(super) headings: BTreeMap<String, u32>,
    /// Titles of entries and their kinds, each once, in order.
    pub(super) titles: Vec<(String, String)>,
}

impl Names {
    pub(super) fn of(entries: &[Entry<'_>]) -> Self {
        let ((headings, titles), runs) = rayon::join(|| headings_and_titles(entries), || runs(entries));
        Self { runs, headings, titles }
    }
}

fn headings_and_titles(entries: &[Entry<'_>]) -> (BTreeMap<String, u32>, Vec<(String, String)>) {
    let mut headings: FxHashMap<&str, u32> = FxHashMap::default();
    let mut titles: FxHashSet<(&str, &str)> = FxHashSet::default();
    for entry in entries {
        titles.insert((&entry.title, &entry.kind));
        let heading = entry.heading.rsplit(HEADING_JOINT).next().unwrap_or_default();
        *headings.entry(heading).or_default() += 1;
    }
    let mut short: BTreeMap<String, u32> = BTreeMap::new();
    #[expect(clippy::iter_over_hash_type, reason = "the sums are the same in any order")]
    for (heading, times) in headings {
        let heading = unnumbered(heading);
        if heading.chars().count() <= LONGEST_HEADING {
            *short.entry(heading.to_owned()).or_default() += times;
        }
    }
    let mut titles: Vec<(String, String)> =
        titles.into_iter().map(|(title, kind)| (title.to_owned(), kind.to_owned())).collect();
    titles.sort_unstable();
    (short, titles)
}

/// Runs in titles, headings and other ways to ask.
fn runs(entries: &[Entry<'_>]) -> BTreeMap<String, u32> {
    let names =
        entries.iter().flat_map(|entry| [&entry.title, &entry.heading].into_iter().chain(&entry.also));
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let mut counted: FxHashMap<String, u32> = FxHashMap::default();
    for name in names.map(AsRef::as_ref).filter(|name| known.insert(name)).take(MOST_NAMES) {
        let atoms = Atoms::of(name);
        let mut runs: Vec<&str> = Vec::new();
        for first in 0..atoms.list.len() {
            for length in 3..=4 {
                let Some(run) = atoms.joined(first, length) else { break };
                if !run.chars().all(is_han) {
                    break;
                }
                runs.push(run);
            }
        }
        runs.sort_unstable();
        runs.dedup();
        for run in runs {
            match counted.get_mut(run) {
                Some(times) => *times += 1,
                None => {
                    counted.insert(run.to_owned(), 1);
                }
            }
        }
    }
    counted.into_iter().filter(|(_, times)| *times >= FEWEST_NAMES).collect()
}

/// A heading without the number before it: `四、申报程序`, `（二）市级初审`, `1.前期准备`.
fn unnumbered(heading: &str) -> &str {
    let number = |character: char| {
        character.is_ascii_digit()
            || "一二三四五六七八九十百第".contains(character)
            || "（）()".contains(character)
    };
    let rest = heading.trim_start_matches(number);
    match rest.chars().next() {
        Some('、' | '.' | '．' | ' ' | '　') => rest.trim_start_matches(['、', '.', '．', ' ', '　']),
        _ if heading.starts_with(['（', '(']) => rest,
        _ => heading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted() {
        let entry = |title: &str, heading: &str| Entry {
            title: title.to_owned().into(),
            heading: heading.to_owned().into(),
            kind: "policy".into(),
            ..Entry::default()
        };
        let entries = [
            entry("申报通知", "一、申报程序"),
            entry("申报通知", "二、组织 › （一）申报程序"),
            entry("申报办法", "没有人会把这么长的一个标题当作词来用的"),
        ];
        let Names { runs, headings, titles } = Names::of(&entries);
        assert_eq!(runs, BTreeMap::new());
        assert_eq!(headings, BTreeMap::from([("申报程序".to_owned(), 2)]));
        assert_eq!(titles, ["申报办法", "申报通知"].map(|title| (title.to_owned(), "policy".to_owned())));
        let twice = Names::of(&[&entries[..], &[entry("改", "申报程序规定")]].concat());
        assert_eq!(
            twice.runs,
            BTreeMap::from([("报程序".to_owned(), 3), ("申报程".to_owned(), 3), ("申报程序".to_owned(), 3)])
        );
    }

    #[test]
    fn numbers_are_no_part_of_a_name() {
        assert_eq!(unnumbered("四、申报程序"), "申报程序");
        assert_eq!(unnumbered("（二）市级初审"), "市级初审");
        assert_eq!(unnumbered("1.前期准备"), "前期准备");
        assert_eq!(unnumbered("三年规划"), "三年规划");
        assert_eq!(unnumbered("1+X 证书"), "1+X 证书");
    }
}
