//! One page: its address, what it is called, and the template that draws it.

use rules::Date;
use serde::Serialize;

use crate::flavour::Flavour;
use crate::output_path::{InvalidOutputPath, OutputPath};
use crate::templates::Variables;
use crate::view::Subject;

/// A page ready to be drawn.
pub(crate) struct Page<'a> {
    /// Name of the template, e.g. `policy.html`.
    pub(crate) template: &'static str,
    /// What its template sees as `page`.
    pub(crate) head: PageHead,
    /// What its template sees besides, made when the page is drawn: a large portal has thousands of pages.
    makers: Vec<Maker<'a>>,
    /// What it tells programs that it is about.
    pub(crate) subject: Subject<'a>,
    /// It belongs into the site map and into search engines.
    pub(crate) listed: bool,
    /// It is one of so many that people find it by lists rather than in the site map.
    pub(crate) is_found_by_lists: bool,
}

/// Longest description in characters; search engines show no more.
const LONGEST_DESCRIPTION: usize = 160;

/// Adds one variable.
type Maker<'a> = Box<dyn Fn(Variables) -> Variables + Send + Sync + 'a>;

/// What every template sees as `page`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PageHead {
    /// Address relative to the root, e.g. `policies/ah-2024/`; empty for the home page.
    pub(crate) path: String,
    /// Its heading, for the window's title and the breadcrumb.
    pub(crate) title: String,
    /// One or two sentences for search engines, 160 characters at most.
    pub(crate) description: String,
    /// `home`, `policies`, `policy`, …: the name of the template without `.html`.
    pub(crate) kind: &'static str,
    /// The entry of the navigation it stands under; empty for none.
    pub(crate) section: &'static str,
    /// The pages above it, outermost first.
    pub(crate) breadcrumbs: Vec<Crumb>,
    /// Absolute address; empty when the portal's own is not known.
    pub(crate) canonical: String,
    /// Absolute address of the picture shown where the page is shared; empty when there is none or the portal's own address
    /// is not known.
    pub(crate) share_image: String,
}

/// A page above this one.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    /// Address relative to the root.
    pub(crate) url: String,
    /// Heading.
    pub(crate) title: String,
}

impl<'a> Page<'a> {
    /// A page of this kind, drawn by the template of the same name.
    pub(crate) fn new(
        kind: Kind,
        path: impl Into<String>,
        title: impl Into<String>,
        description: &str,
    ) -> Self {
        let head = PageHead {
            path: path.into(),
            title: title.into(),
            description: shortened(&description.split_whitespace().collect::<Vec<_>>().join(" ")),
            kind: kind.name,
            section: kind.section,
            breadcrumbs: Vec::new(),
            canonical: String::new(),
            share_image: String::new(),
        };
        let (template, makers) = (kind.template, Vec::new());
        Self { template, head, makers, subject: Subject::Nothing, listed: true, is_found_by_lists: false }
    }

    /// The same below these pages.
    pub(crate) fn below(mut self, crumbs: &[(&str, &str)]) -> Self {
        self.head.breadcrumbs = crumbs
            .iter()
            .map(|(url, title)| Crumb { url: (*url).to_owned(), title: (*title).to_owned() })
            .collect();
        self
    }

    /// The same, telling programs that it is about this.
    pub(crate) fn about(mut self, subject: Subject<'a>) -> Self {
        self.subject = subject;
        self
    }

    /// The same with one more variable for its template.
    pub(crate) fn with<T: Serialize>(
        mut self,
        name: &'static str,
        value: impl Fn() -> T + Send + Sync + 'a,
    ) -> Self {
        self.makers.push(Box::new(move |variables| variables.with(name, &value())));
        self
    }

    /// What its template sees besides `page`, `root` and `assets`.
    pub(crate) fn variables(&self) -> Variables {
        self.makers.iter().fold(Variables::default(), |variables, make| make(variables))
    }

    /// The same, left out of the site map and of search engines.
    pub(crate) fn unlisted(mut self) -> Self {
        self.listed = false;
        self
    }

    /// The same, one of so many that the site map page names their lists instead.
    pub(crate) fn found_by_lists(mut self) -> Self {
        self.is_found_by_lists = true;
        self
    }

    /// Pages that a server or a browser shows in place of others are of no use among files. `is_kept`: browsers may keep
    /// the portal.
    pub(crate) fn belongs_to(&self, flavour: Flavour, is_kept: bool) -> bool {
        match self.head.kind {
            kind if kind == NOT_FOUND.name => flavour == Flavour::Site,
            kind if kind == OFFLINE.name => is_kept,
            _ => true,
        }
    }

    /// It is for those who write the portal, not for those who read it.
    pub(crate) fn is_for_authors(&self) -> bool {
        [AUTHORING, AUTHORING_PAGE, STYLE].iter().any(|kind| kind.name == self.head.kind)
    }

    /// What leads from this page back to the root: `./`, `../`, …. The 404 page may be served at any depth, so that it
    /// takes the path of the portal's own address.
    pub(crate) fn root(&self, base_url: &str) -> String {
        if self.head.kind == NOT_FOUND.name {
            return path_of(base_url);
        }
        match self.head.path.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The file it is written to.
    pub(crate) fn file(&self) -> Result<OutputPath, InvalidOutputPath> {
        OutputPath::of_page(&self.head.path)
    }
}

/// The text, or as much of it as may stand in a description.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_DESCRIPTION) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(LONGEST_DESCRIPTION - 1).collect();
            format!("{kept}…")
        }
    }
}

fn path_of(base_url: &str) -> String {
    let without_scheme = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    match without_scheme.find('/') {
        Some(start) if base_url.contains("://") => without_scheme[start..].to_owned(),
        _ => "/".to_owned(),
    }
}

/// What sort of page it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    name: &'static str,
    template: &'static str,
    section: &'static str,
}

macro_rules! kinds {
    ($($constant:ident = $name:literal in $section:literal;)*) => {
        $(pub(crate) const $constant: Kind =
            Kind { name: $name, template: concat!($name, ".html"), section: $section };)*
    };
}

/// `policies/` of a large portal: the same page by the template of a list.
pub(crate) const POLICIES_IN_LISTS: Kind = Kind { template: POLICY_LIST.template, ..POLICIES };

kinds! {
    HOME = "home" in "";
    POLICIES = "policies" in "policies";
    POLICY = "policy" in "policies";
    POLICY_LIST = "policy_list" in "policies";
    PROVINCES = "provinces" in "provinces";
    PROVINCE = "province" in "provinces";
    FAQ = "faq" in "faq";
    FAQ_TOPIC = "faq_topic" in "faq";
    LINKS = "links" in "links";
    CERTIFICATES = "certificates" in "certificates";
    CALENDAR = "calendar" in "calendar";
    CHECK = "check" in "check";
    BATCH = "batch" in "check";
    CONDITIONS = "conditions" in "check";
    CONDITION = "condition" in "check";
    FACTS = "facts" in "check";
    FACT = "fact" in "check";
    INTERPRETATIONS = "interpretations" in "check";
    COVERAGE = "coverage" in "check";
    COVERAGE_DOCUMENT = "coverage_document" in "check";
    SEARCH = "search" in "";
    GLOSSARY = "glossary" in "glossary";
    ABOUT = "about" in "";
    COMPARE = "compare" in "provinces";
    UPDATES = "updates" in "";
    SITE_MAP = "site_map" in "";
    STYLE = "style" in "";
    AUTHORING = "authoring" in "";
    AUTHORING_PAGE = "authoring_page" in "";
    ACCESSIBILITY = "accessibility" in "";
    NOT_FOUND = "404" in "";
    OFFLINE = "offline" in "";
}

/// A span of days for people: both ends, or the one that is known.
pub(crate) fn chinese_span(opens: Option<Date>, closes: Option<Date>) -> String {
    match (opens, closes) {
        (Some(first), Some(last)) if first == last => first.chinese(),
        (Some(first), Some(last)) => format!("{}至{}", first.chinese(), chinese_end(first, last)),
        (Some(first), None) => format!("{}起", first.chinese()),
        (None, Some(last)) => format!("截至{}", last.chinese()),
        (None, None) => String::new(),
    }
}

/// The last day of a span, without the year and month that its first day has told.
pub(crate) fn chinese_end(first: Date, last: Date) -> String {
    let (year, month, _) = first.year_month_day();
    let (last_year, last_month, last_day) = last.year_month_day();
    match (year == last_year, month == last_month) {
        (true, true) => format!("{last_day}日"),
        (true, false) => format!("{last_month}月{last_day}日"),
        _ => last.chinese(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(kind: Kind, path: &str, base_url: &str) -> String {
        Page::new(kind, path, "", "").root(base_url)
    }

    #[test]
    fn the_root_is_as_far_up_as_the_page_is_deep() {
        assert_eq!(root(HOME, "", "https://a.cn/b/"), "./");
        assert_eq!(root(FAQ, "faq/", ""), "../");
        assert_eq!(root(POLICY, "policies/ah-2024/", ""), "../../");
    }

    #[test]
    fn the_404_page_takes_the_path_of_the_portal() {
        assert_eq!(root(NOT_FOUND, "404.html", "https://a.cn/b/c/"), "/b/c/");
        assert_eq!(root(NOT_FOUND, "404.html", "https://a.cn"), "/");
        assert_eq!(root(NOT_FOUND, "404.html", ""), "/");
    }

    #[test]
    fn a_long_description_is_cut_short() {
        let described = |length| Page::new(FAQ, "faq/", "", &"问".repeat(length)).head.description;
        assert_eq!(described(160), "问".repeat(160));
        assert_eq!(described(161), format!("{}…", "问".repeat(159)));
    }

    #[test]
    fn a_span_repeats_nothing() {
        let day = |text: &str| text.parse().ok();
        assert_eq!(chinese_span(day("2024-09-15"), day("2024-09-25")), "2024年9月15日至25日");
        assert_eq!(chinese_span(day("2024-03-22"), day("2024-04-02")), "2024年3月22日至4月2日");
        assert_eq!(chinese_span(day("2024-12-22"), day("2025-01-02")), "2024年12月22日至2025年1月2日");
        assert_eq!(chinese_span(None, day("2024-03-25")), "截至2024年3月25日");
        assert_eq!(chinese_span(day("2024-03-25"), None), "2024年3月25日起");
        assert_eq!(chinese_span(day("2024-03-25"), day("2024-03-25")), "2024年3月25日");
    }
}
