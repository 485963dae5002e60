//! The vocabulary of the portal, and what its words are to each other.

use crate::atoms::Atoms;
use crate::directory::SynonymGroup;
use crate::entry::{Entry, Synonyms};
use crate::vocabulary::Vocabulary;

/// Most atoms of a word.
const LONGEST_WORD: usize = 20;
/// Most words taken from names; synonyms are always taken.
const MOST_NAMES: usize = 4_000;
/// What the name of a province ends in when it is written out.
const ENDINGS: [&str; 8] =
    ["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市", "兵团"];

/// All words, in one spelling.
pub(super) fn vocabulary(entries: &[Entry<'_>], synonyms: &[Synonyms]) -> Vocabulary {
    let mut words: Vec<String> = Vec::new();
    for group in synonyms {
        let lists = [&group.same, &group.narrower, &group.suggest];
        words.extend(canonical(group).into_iter().filter_map(spelt));
        words.extend(lists.into_iter().flatten().filter_map(|word| spelt(word)));
    }
    let mut names: Vec<String> = Vec::new();
    for entry in entries {
        if matches!(entry.kind.as_ref(), "term" | "certificate") {
            names.extend(spelt(&entry.title));
            names.extend(entry.also.iter().filter_map(|word| spelt(word)));
        }
    }
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST_NAMES);
    words.extend(names);
    let mut provinces: Vec<&str> = entries.iter().map(|entry| entry.province_name.as_ref()).collect();
    provinces.sort_unstable();
    provinces.dedup();
    words.extend(provinces.into_iter().flat_map(names_of).filter_map(spelt));
    Vocabulary::new(words)
}

/// Words that name a province: index of the word, index of the province.
pub(super) fn places(provinces: &[(String, String)], vocabulary: &Vocabulary) -> Vec<(u32, u32)> {
    let mut places = Vec::new();
    for (index, (code, name)) in provinces.iter().enumerate() {
        if !code.is_empty() {
            let words = names_of(name).into_iter().filter_map(spelt);
            places.extend(words.filter_map(|word| Some((vocabulary.find(&word)? as u32, index as u32))));
        }
    }
    places
}

/// The synonyms by indexes of the vocabulary.
pub(super) fn groups(synonyms: &[Synonyms], vocabulary: &Vocabulary) -> Vec<SynonymGroup> {
    let find = |word: &str| spelt(word).and_then(|word| vocabulary.find(&word)).map(|index| index as u32);
    let all = |list: &[String]| list.iter().filter_map(|word| find(word)).collect::<Vec<u32>>();
    synonyms
        .iter()
        .map(|group| SynonymGroup {
            canonical: canonical(group).into_iter().filter_map(find).collect(),
            same: all(&group.same),
            narrower: all(&group.narrower),
            suggest: all(&group.suggest),
            shown: group.canonical.clone(),
            note: group.note.clone(),
        })
        .collect()
}

/// A canonical word may be several of one rank: `申报表/申报书`.
fn canonical(group: &Synonyms) -> Vec<&str> {
    group.canonical.split('/').map(str::trim).collect()
}

/// A word in one spelling; none if it is too long or cut by punctuation.
fn spelt(word: &str) -> Option<String> {
    let atoms = Atoms::of(word);
    let fits = (1..=LONGEST_WORD).contains(&atoms.list.len());
    let text = atoms.joined(0, atoms.list.len())?;
    (fits && text.chars().count() > 1).then(|| text.to_owned())
}

/// A province's name, and without its ending.
fn names_of(name: &str) -> Vec<&str> {
    let short = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    [Some(name), short].into_iter().flatten().filter(|name| name.chars().count() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_synonyms_names_and_provinces() {
        let synonyms = [Synonyms {
            canonical: "申报表/申报书".into(),
            narrower: vec!["申请表".into(), "做什么，怎么做".into()],
            ..Synonyms::default()
        }];
        let entries = [Entry {
            kind: "term".into(),
            title: "Ｘ证书".into(),
            province: "GX".into(),
            province_name: "广西壮族自治区".into(),
            ..Entry::default()
        }];
        let vocabulary = vocabulary(&entries, &synonyms);
        assert_eq!(vocabulary.words(), ["x证书", "广西", "广西壮族自治区", "申报书", "申报表", "申请表"]);
        assert_eq!(places(&[("GX".into(), "广西壮族自治区".into())], &vocabulary), [(2, 0), (1, 0)]);
        assert_eq!(groups(&synonyms, &vocabulary)[0].canonical, [4, 3]);
    }
}
