//! The documents of a large portal as lists: all of them, those of a place, of a year, of a kind.
//!
//! A small portal has no such lists: its documents stand on one page.

use std::collections::BTreeMap;

use content::{PolicyDocument, Portal};
use rules::Date;
use serde::Serialize;

use super::PolicySummary;
use super::document_kind::{OTHERS, document_kind};

/// Up to so many documents stand on one page, grouped by place.
const FEW: usize = 50;

/// Id of the facet of places.
const PLACES: &str = "province";

/// The lists of a large portal.
#[derive(Debug)]
pub(crate) struct PolicyLists<'a> {
    /// Every document.
    pub(crate) all: PolicyList<'a>,
    /// Ways to part them.
    pub(crate) facets: Vec<Facet<'a>>,
}

/// One way to part the documents: every document stands in exactly one of its lists.
#[derive(Debug)]
pub(crate) struct Facet<'a> {
    /// ASCII id.
    id: &'static str,
    /// What its lists share, for people.
    title: &'static str,
    /// The lists, none empty.
    pub(crate) lists: Vec<PolicyList<'a>>,
}

/// Documents that have something in common, the newest first.
#[derive(Debug)]
pub(crate) struct PolicyList<'a> {
    /// What they have in common: `陕西省`, `2024年`, `通知`.
    name: String,
    /// Heading of its page.
    pub(crate) title: String,
    /// Address of its first page.
    pub(crate) url: String,
    /// The documents.
    pub(crate) documents: Vec<&'a PolicyDocument>,
}

/// A facet as a template sees it.
#[derive(Debug, Serialize)]
pub(crate) struct FacetView<'a> {
    id: &'a str,
    title: &'a str,
    lists: Vec<ListLink<'a>>,
}

/// A list to choose.
#[derive(Debug, Serialize)]
pub(crate) struct ListLink<'a> {
    name: &'a str,
    url: &'a str,
    count: usize,
}

impl<'a> From<&'a PolicyList<'_>> for ListLink<'a> {
    fn from(list: &'a PolicyList<'_>) -> Self {
        Self { name: &list.name, url: &list.url, count: list.documents.len() }
    }
}

impl<'a> PolicyLists<'a> {
    /// The lists of this portal; none where few documents can stand on one page.
    pub(crate) fn of(portal: &'a Portal) -> Option<Self> {
        if portal.policies.len() <= FEW {
            return None;
        }
        let mut documents: Vec<&PolicyDocument> = portal.policies.iter().collect();
        documents.sort_by(|a, b| day_of(b).cmp(&day_of(a)).then_with(|| a.id.cmp(&b.id)));
        let (by_kind, (by_place, by_year)) =
            rayon::join(|| by_kind(&documents), || (by_place(portal, &documents), by_year(&documents)));
        let facets = [
            Facet { id: PLACES, title: "按地区", lists: by_place },
            Facet { id: "year", title: "按年份", lists: by_year },
            Facet { id: "kind", title: "按文种", lists: by_kind },
        ];
        let all = PolicyList {
            name: "全部".to_owned(),
            title: "全部政策文件".to_owned(),
            url: "policies/".to_owned(),
            documents,
        };
        // A list of everything is there already.
        Some(Self { all, facets: facets.into_iter().filter(|facet| facet.lists.len() > 1).collect() })
    }

    /// The list of the place with this code; none where all documents are of one place.
    pub(crate) fn of_place(&self, code: &str) -> Option<ListLink<'_>> {
        let places = self.facets.iter().find(|facet| facet.id == PLACES)?;
        let is_of =
            |list: &&PolicyList<'_>| list.documents.first().is_some_and(|first| first.province == code);
        places.lists.iter().find(is_of).map(ListLink::from)
    }

    /// The facets with their counts.
    pub(crate) fn facet_views(&self) -> Vec<FacetView<'_>> {
        self.facets
            .iter()
            .map(|facet| FacetView {
                id: facet.id,
                title: facet.title,
                lists: facet.lists.iter().map(ListLink::from).collect(),
            })
            .collect()
    }
}

impl<'a> PolicyList<'a> {
    fn new(facet: &str, id: &str, name: String, title: String, documents: Vec<&'a PolicyDocument>) -> Self {
        Self { name, title, url: format!("policies/{facet}/{id}/"), documents }
    }
}

/// Documents as a list shows them.
pub(crate) fn summaries<'a>(documents: &[&'a PolicyDocument]) -> Vec<PolicySummary<'a>> {
    documents.iter().map(|document| PolicySummary::from(*document)).collect()
}

/// The day by which a document is sorted; one without a date stands at the beginning of the year it is about.
fn day_of(document: &PolicyDocument) -> Option<Date> {
    document.issued.or_else(|| Date::new(document.year, 1, 1))
}

/// The nation first, then the provinces in the order of the guides, then others by their codes.
fn by_place<'a>(portal: &Portal, documents: &[&'a PolicyDocument]) -> Vec<PolicyList<'a>> {
    let mut parts = parted(documents, |document| document.province.as_str());
    let mut codes = vec![""];
    codes.extend(portal.guides.iter().map(|guide| guide.code.as_str()).filter(|code| !code.is_empty()));
    let mut places: Vec<(&str, Vec<&PolicyDocument>)> =
        codes.into_iter().filter_map(|code| parts.remove_entry(code)).collect();
    places.extend(parts);
    places
        .into_iter()
        .map(|(code, documents)| {
            let guide = portal.guides.iter().find(|guide| guide.code == code);
            let id = match guide {
                Some(guide) => guide.id.clone(),
                None if code.is_empty() => "national".to_owned(),
                None => code.to_lowercase(),
            };
            let name = documents.first().map_or_else(String::new, |first| first.province_name.clone());
            let title = format!("{name}政策文件");
            PolicyList::new(PLACES, &id, name, title, documents)
        })
        .collect()
}

/// The newest first.
fn by_year<'a>(documents: &[&'a PolicyDocument]) -> Vec<PolicyList<'a>> {
    parted(documents, |document| document.year)
        .into_iter()
        .rev()
        .map(|(year, documents)| {
            let name = format!("{year}年");
            let title = format!("{name}政策文件");
            PolicyList::new("year", &year.to_string(), name, title, documents)
        })
        .collect()
}

/// The kind with the most documents first, titles that name no kind last.
fn by_kind<'a>(documents: &[&'a PolicyDocument]) -> Vec<PolicyList<'a>> {
    let mut lists: Vec<PolicyList<'a>> = parted(documents, |document| {
        let kind = document_kind(&document.title);
        (kind == OTHERS, kind.id, kind.name)
    })
    .into_iter()
    .map(|((_, id, name), documents)| {
        PolicyList::new("kind", id, name.to_owned(), format!("政策文件：{name}"), documents)
    })
    .collect();
    let others = format!("policies/kind/{}/", OTHERS.id);
    lists.sort_by_key(|list| (list.url == others, std::cmp::Reverse(list.documents.len())));
    lists
}

/// Documents by what the function says of them, each part in the order they come in.
fn parted<'a, K: Ord>(
    documents: &[&'a PolicyDocument],
    key: impl Fn(&'a PolicyDocument) -> K,
) -> BTreeMap<K, Vec<&'a PolicyDocument>> {
    let mut parts: BTreeMap<K, Vec<&PolicyDocument>> = BTreeMap::new();
    for document in documents {
        parts.entry(key(document)).or_default().push(document);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn few_documents_need_no_lists() {
        assert!(PolicyLists::of(&sample::portal_of(FEW)).is_none());
        assert!(PolicyLists::of(&sample::portal_of(FEW + 1)).is_some());
    }

    #[test]
    fn every_document_stands_once_in_every_facet() {
        let portal = sample::portal_of(130);
        let lists = PolicyLists::of(&portal).expect("there are many");
        assert_eq!(
            lists.facets.iter().map(|facet| facet.id).collect::<Vec<_>>(),
            ["province", "year", "kind"]
        );
        for facet in &lists.facets {
            let mut ids: Vec<&str> =
                facet.lists.iter().flat_map(|list| &list.documents).map(|one| one.id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), 130, "{}", facet.id);
            assert_eq!(
                facet.lists.iter().map(|list| list.documents.len()).sum::<usize>(),
                130,
                "{}",
                facet.id
            );
        }
    }

    #[test]
    fn the_nation_the_newest_year_and_the_usual_kind_come_first() {
        let portal = sample::portal_of(130);
        let lists = PolicyLists::of(&portal).expect("there are many");
        let names = |facet: usize| -> Vec<&str> {
            lists.facets[facet].lists.iter().map(|list| list.name.as_str()).collect()
        };
        assert_eq!(names(0), ["国家", "陕西省"]);
        assert_eq!(names(1), ["2024年", "2023年", "2022年"]);
        assert_eq!(names(2), ["通知", "办法", "其他"]);
        let days: Vec<_> = lists.all.documents.iter().map(|document| day_of(document)).collect();
        assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "the newest first");
    }

    #[test]
    fn what_parts_nothing_is_no_facet() {
        let mut portal = sample::portal_of(60);
        for document in &mut portal.policies {
            (document.year, document.title) = (2024, "通知".into());
        }
        let lists = PolicyLists::of(&portal).expect("there are many");
        assert_eq!(lists.facets.iter().map(|facet| facet.id).collect::<Vec<_>>(), ["province"]);
    }
}
