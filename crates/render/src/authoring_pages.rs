//! The pages that tell how the content of a portal is written; `authoring_guide: false` leaves them out.

use crate::page::{self, Page};
use crate::pages::{HOME, Shared};
use crate::view::{self, CHAPTERS, CLAUSES, LINKS, SLIPS, TRAPS};

const AUTHORING: (&str, &str) = ("authoring/", "编写指南");

impl Shared<'_> {
    /// The overview, then the chapters.
    pub(crate) fn authoring_pages(&self) -> Vec<Page<'_>> {
        if !self.portal.settings.authoring_guide {
            return Vec::new();
        }
        let mut pages = vec![overview()];
        pages.extend(CHAPTERS.iter().map(chapter));
        pages
    }
}

fn overview<'a>() -> Page<'a> {
    let description = "给维护本站内容的人：文件放在哪里、每一项怎么写、怎样引用条款、怎样写校注、YAML 有哪些坑、出错时怎么办。不用写程序。";
    Page::new(page::AUTHORING, AUTHORING.0, AUTHORING.1, description)
        .below(&[HOME])
        .with("files", || view::file_rows(&CHAPTERS))
        .with("traps", || view::mistake_views(&TRAPS))
        .with("slips", || view::mistake_views(&SLIPS))
        .with("links", || LINKS)
        .with("clauses", || CLAUSES)
        .with("limits", view::limits)
}

fn chapter<'a>(chapter: &'static view::Chapter) -> Page<'a> {
    let description = format!("编写指南：{}", chapter.lead.replace('`', ""));
    Page::new(page::AUTHORING_PAGE, chapter.url(), chapter.title, &description)
        .below(&[HOME, AUTHORING])
        .with("chapter", move || view::chapter_view(chapter))
}

#[cfg(test)]
mod tests {
    use crate::shipped::{made_by_shipped_templates, pages};
    use crate::{Flavour, sample};

    #[test]
    fn a_portal_may_leave_them_out() {
        for is_wanted in [true, false] {
            let mut portal = sample::portal();
            portal.settings.authoring_guide = is_wanted;
            let artifacts = made_by_shipped_templates(&portal, Flavour::Site);
            let is_there = |path: &str| pages(&artifacts).any(|(known, _)| known == path);
            assert_eq!(is_there("authoring/index.html"), is_wanted);
            assert_eq!(is_there("authoring/policies/index.html"), is_wanted);
            for (path, html) in pages(&artifacts).filter(|(path, _)| !path.starts_with("authoring/")) {
                let links = matches!(path, "about/index.html" | "site-map/index.html");
                assert_eq!(html.contains("authoring/"), is_wanted && links, "{path}");
            }
        }
    }
}
