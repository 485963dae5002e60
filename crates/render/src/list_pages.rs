//! The pages on which a large portal lists its documents: `policies/`, its further pages, and those of each place, year
//! and kind. They stay small however many documents there are.

use crate::page::{self, Page};
use crate::pages::{HOME, POLICIES, Shared, some_of};
use crate::view::{self, PolicyList, PolicyLists};

/// Most documents on one page.
const ON_A_PAGE: usize = 100;

/// Where the further pages of the list of everything stand; the first is `policies/`.
const ALL: &str = "policies/all/";

impl Shared<'_> {
    /// `policies/` and its further pages.
    pub(crate) fn pages_of_all<'a>(&'a self, lists: &'a PolicyLists<'a>) -> impl Iterator<Item = Page<'a>> {
        parts(&lists.all).map(move |(number, count)| {
            let page = if number == 1 {
                Page::new(page::POLICIES_IN_LISTS, POLICIES.0, POLICIES.1, &description(&lists.all, 1))
                    .below(&[HOME])
                    .with("facets", || lists.facet_views())
            } else {
                further(&lists.all, ALL, number).below(&[HOME, POLICIES]).with("facets", none)
            };
            filled(page, &lists.all, ALL, number, count)
        })
    }

    /// The pages of each place, year and kind.
    pub(crate) fn pages_of_parts<'a>(&'a self, lists: &'a PolicyLists<'a>) -> impl Iterator<Item = Page<'a>> {
        lists.facets.iter().flat_map(|facet| &facet.lists).flat_map(|list| {
            parts(list).map(move |(number, count)| {
                let page = if number == 1 {
                    Page::new(page::POLICY_LIST, list.url.clone(), list.title.clone(), &description(list, 1))
                        .below(&[HOME, POLICIES])
                } else {
                    further(list, &list.url, number).below(&[HOME, POLICIES, (&list.url, &list.title)])
                };
                filled(page.with("facets", none), list, &list.url, number, count)
            })
        })
    }
}

fn none() -> [(); 0] {
    []
}

/// Number of each page, and how many there are.
fn parts(list: &PolicyList<'_>) -> impl Iterator<Item = (usize, usize)> + use<> {
    let count = list.documents.len().div_ceil(ON_A_PAGE);
    (1..=count).map(move |number| (number, count))
}

/// A page of a list behind its first.
fn further<'a>(list: &PolicyList<'a>, folder: &str, number: usize) -> Page<'a> {
    let title = format!("{}（第 {number} 页）", list.title);
    Page::new(page::POLICY_LIST, address(list, folder, number), title, &description(list, number))
        .found_by_lists()
}

/// Address of a page of a list whose further pages stand in this folder.
fn address(list: &PolicyList<'_>, folder: &str, number: usize) -> String {
    if number == 1 { list.url.clone() } else { format!("{folder}{number}/") }
}

fn filled<'a>(
    page: Page<'a>,
    list: &'a PolicyList<'a>,
    folder: &'a str,
    number: usize,
    count: usize,
) -> Page<'a> {
    page.with("total", || list.documents.len())
        .with("policies", move || view::summaries(documents_of(list, number)))
        .with("pagination", move || view::pagination(number, count, |number| address(list, folder, number)))
}

/// The documents on the page of this number.
fn documents_of<'a, 'l>(list: &'l PolicyList<'a>, number: usize) -> &'l [&'a content::PolicyDocument] {
    list.documents.chunks(ON_A_PAGE).nth(number - 1).unwrap_or_default()
}

fn description(list: &PolicyList<'_>, number: usize) -> String {
    let titles = documents_of(list, number).iter().map(|document| document.short_title.as_str());
    format!(
        "{}，共 {} 份，最新的在最前，每一条款都有固定地址：{}。",
        list.title,
        list.documents.len(),
        some_of(titles)
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::shipped::{attributes, check_links, made_by_shipped_templates, pages, resolve};
    use crate::{Artifact, Flavour, sample};

    const MANY: usize = 230;

    fn portal_of(count: usize) -> Vec<Artifact> {
        made_by_shipped_templates(&sample::portal_of(count), Flavour::Site)
    }

    fn is_list(path: &str) -> bool {
        path == "policies/index.html"
            || ["policies/all/", "policies/province/", "policies/year/", "policies/kind/"]
                .iter()
                .any(|folder| path.starts_with(folder))
    }

    /// The documents that a page leads to.
    fn documents_on(path: &str, html: &str) -> Vec<String> {
        let files = attributes(html, "href").into_iter().map(|address| resolve(path, address));
        files
            .filter(|file| file.starts_with("policies/document-") || file == "policies/sx-2024/index.html")
            .collect()
    }

    fn between<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
        let from = html.find(start).expect("the page has it") + start.len();
        html[from..].split(end).next().unwrap_or_default()
    }

    #[test]
    fn a_small_portal_has_one_list() {
        let artifacts = portal_of(50);
        let lists: Vec<&str> = pages(&artifacts).map(|(path, _)| path).filter(|path| is_list(path)).collect();
        assert_eq!(lists, ["policies/index.html"]);
    }

    #[test]
    fn every_document_of_a_large_portal_is_reached_by_pages_that_stay_short() {
        let artifacts = portal_of(MANY);
        let lists: Vec<(&str, &str)> = pages(&artifacts).filter(|(path, _)| is_list(path)).collect();
        let names: BTreeSet<&str> = lists.iter().map(|(path, _)| *path).collect();
        for expected in [
            "policies/index.html",
            "policies/all/2/index.html",
            "policies/all/3/index.html",
            "policies/province/national/index.html",
            "policies/province/sx/index.html",
            "policies/province/sx/2/index.html",
            "policies/year/2022/index.html",
            "policies/kind/tongzhi/2/index.html",
            "policies/kind/others/index.html",
        ] {
            assert!(names.contains(expected), "{expected} of {names:?}");
        }
        let mut in_list_of_all = Vec::new();
        for (path, html) in &lists {
            let documents = documents_on(path, html);
            assert!((1..=ON_A_PAGE).contains(&documents.len()), "{path}: {}", documents.len());
            if *path == "policies/index.html" || path.starts_with("policies/all/") {
                in_list_of_all.extend(documents);
            }
        }
        assert_eq!(in_list_of_all.len(), MANY);
        assert_eq!(in_list_of_all.iter().collect::<BTreeSet<_>>().len(), MANY, "each document stands once");
    }

    #[test]
    fn every_page_of_a_list_has_a_title_an_address_and_neighbours_of_its_own() {
        let artifacts = portal_of(MANY);
        check_links(&artifacts, Flavour::Site);
        let portable = made_by_shipped_templates(&sample::portal_of(MANY), Flavour::Portable);
        check_links(&portable, Flavour::Portable);
        let mut titles = BTreeSet::new();
        for (path, html) in pages(&artifacts).filter(|(path, _)| is_list(path)) {
            assert!(titles.insert(between(html, "<title>", "</title>").to_owned()), "{path}");
            let address = format!("https://example.cn/guide/{}", path.trim_end_matches("index.html"));
            assert_eq!(between(html, "rel=\"canonical\" href=\"", "\""), address);
        }
        let html = |wanted: &str| {
            pages(&artifacts).find(|(path, _)| *path == wanted).map(|(_, html)| html).expect("it is made")
        };
        let guide = html("provinces/sx/index.html");
        assert!(
            guide.contains("href=\"../../policies/province/sx/\">") && guide.contains("的全部文件（172 份）")
        );
        let second = html("policies/province/sx/2/index.html");
        assert!(second.contains("<title>陕西省政策文件（第 2 页） - 指南</title>"));
        assert!(
            second.contains("<link rel=\"prev\" href=\"../../../../policies/province/sx/\">"),
            "{second}"
        );
        assert!(!second.contains("<link rel=\"next\""), "{second}");
        let crumbs = between(second, "aria-label=\"所在位置\">", "</nav>");
        let above: Vec<&str> = attributes(crumbs, "href");
        assert_eq!(above, ["../../../../", "../../../../policies/", "../../../../policies/province/sx/"]);
    }

    #[test]
    fn lists_stand_in_the_site_map_for_people_and_everything_in_that_for_programs() {
        let artifacts = portal_of(MANY);
        let text = |path: &str| {
            let artifact = artifacts.iter().find(|one| one.path.as_str() == path).expect("it is made");
            std::str::from_utf8(&artifact.bytes).expect("it is text")
        };
        let for_people = text("site-map/index.html");
        assert!(for_people.contains("href=\"../policies/province/sx/\""));
        assert!(!for_people.contains("document-7") && !for_people.contains("policies/all/"));
        let for_programs = text("sitemap.xml");
        assert!(for_programs.contains("<loc>https://example.cn/guide/policies/document-7/</loc>"));
        assert!(for_programs.contains("<loc>https://example.cn/guide/policies/all/3/</loc>"));
    }

    #[test]
    fn of_many_questions_the_list_shows_the_first_of_each_topic() {
        let mut portal = sample::portal();
        let entry = portal.faq[0].entries[0].clone();
        let with = |portal: &mut content::Portal, count: usize| {
            let numbered = |number: usize| content::FaqEntry {
                id: format!("q{number}"),
                url: format!("{}#q{number}", portal.faq[0].url),
                ..entry.clone()
            };
            portal.faq[0].entries = (0..count).map(numbered).collect();
        };
        let linked = |portal: &content::Portal| {
            let artifacts = made_by_shipped_templates(portal, Flavour::Site);
            let (_, html) =
                pages(&artifacts).find(|(path, _)| *path == "faq/index.html").expect("it is made");
            (html.matches("/#q").count(), html.contains("全部 201 题"))
        };
        with(&mut portal, 200);
        assert_eq!(linked(&portal), (200, false));
        with(&mut portal, 201);
        assert_eq!(linked(&portal), (5, true));
    }
}
