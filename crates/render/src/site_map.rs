//! The list of all pages for people: what the site map page shows.

use serde::Serialize;

use crate::page::Page;

/// Pages that hang below one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SiteMapSection {
    /// The page itself.
    pub(crate) head: SiteMapPage,
    /// The pages below it, at any depth.
    pub(crate) pages: Vec<SiteMapPage>,
}

/// A page with its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SiteMapPage {
    /// Address relative to the root.
    pub(crate) url: String,
    /// Heading.
    pub(crate) title: String,
    /// How many pages stand between it and the head of its section.
    pub(crate) depth: usize,
}

/// Most pages of a section that are named one by one; of a longer one only those right below its head are.
const LONGEST_SECTION: usize = 500;

/// Every listed page under the page of the first level that it hangs below, in the order of the portal. The home page stands
/// first and alone. In a large portal the pages that have lists of their own are left to them.
pub(crate) fn sections(pages: &[Page<'_>]) -> Vec<SiteMapSection> {
    let mut sections: Vec<SiteMapSection> = Vec::new();
    for page in pages.iter().filter(|page| page.listed && !page.is_found_by_lists) {
        let crumbs = &page.head.breadcrumbs;
        let entry = SiteMapPage {
            url: page.head.path.clone(),
            title: page.head.title.clone(),
            depth: crumbs.len().saturating_sub(2),
        };
        let above = crumbs.get(1).map(|crumb| crumb.url.as_str());
        match sections.iter_mut().find(|section| Some(section.head.url.as_str()) == above) {
            Some(section) => section.pages.push(entry),
            None => sections.push(SiteMapSection { head: entry, pages: Vec::new() }),
        }
    }
    for section in sections.iter_mut().filter(|section| section.pages.len() > LONGEST_SECTION) {
        section.pages.retain(|page| page.depth == 0);
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page;
    use crate::pages::HOME;

    #[test]
    fn pages_stand_under_the_page_they_hang_below() {
        let faq = ("faq/", "常见问题");
        let pages = [
            Page::new(page::HOME, "", "指南", ""),
            Page::new(page::FAQ, "faq/", "常见问题", "").below(&[HOME]),
            Page::new(page::FAQ_TOPIC, "faq/account/", "账号", "").below(&[HOME, faq]),
            Page::new(page::FACT, "faq/account/a/", "甲", "").below(&[HOME, faq, ("faq/account/", "账号")]),
            Page::new(page::SEARCH, "search/", "搜索", "").below(&[HOME]).unlisted(),
        ];
        let sections = sections(&pages);
        let found: Vec<(&str, Vec<(&str, usize)>)> = sections
            .iter()
            .map(|section| {
                let below = section.pages.iter().map(|page| (page.url.as_str(), page.depth)).collect();
                (section.head.url.as_str(), below)
            })
            .collect();
        assert_eq!(found, [("", vec![]), ("faq/", vec![("faq/account/", 0), ("faq/account/a/", 1)])]);
    }

    #[test]
    fn a_long_section_names_what_is_right_below_its_head() {
        let check = ("check/", "自查");
        let all = ("check/conditions/", "条件");
        let mut pages = vec![
            Page::new(page::CHECK, check.0, check.1, "").below(&[HOME]),
            Page::new(page::CONDITIONS, all.0, all.1, "").below(&[HOME, check]),
        ];
        let condition = |number: usize| {
            Page::new(page::CONDITION, format!("{}{number}/", all.0), "", "").below(&[HOME, check, all])
        };
        pages.extend((1..LONGEST_SECTION).map(condition));
        assert_eq!(sections(&pages)[0].pages.len(), LONGEST_SECTION);
        pages.push(condition(LONGEST_SECTION));
        let sections = sections(&pages);
        assert_eq!(sections[0].pages.iter().map(|page| page.url.as_str()).collect::<Vec<_>>(), [all.0]);
    }
}
