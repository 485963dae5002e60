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

/// Every listed page under the page of the first level that it hangs below, in the order of the portal. The home page stands
/// first and alone.
pub(crate) fn sections(pages: &[Page<'_>]) -> Vec<SiteMapSection> {
    let mut sections: Vec<SiteMapSection> = Vec::new();
    for page in pages.iter().filter(|page| page.listed) {
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
}
