//! The table of everything that can be referred to, and the finding of what a reference means.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rules::nearest;

use crate::clause::ParsedClause;
use crate::fields::{Reporter, long_address};
use crate::markdown::Target;
use crate::model::{ClauseReference, DocumentReference};
use crate::policy::ParsedPolicy;
use crate::problem::{Problem, ReferenceKind};
use crate::yaml::Node;

/// Pages that exist in every portal, by the name used in `page:NAME`.
const PAGES: [(&str, &str); 16] = [
    ("home", ""),
    ("policies", "policies/"),
    ("provinces", "provinces/"),
    ("faq", "faq/"),
    ("links", "links/"),
    ("certificates", "certificates/"),
    ("calendar", "calendar/"),
    ("check", "check/"),
    ("search", "search/"),
    ("glossary", "glossary/"),
    ("about", "about/"),
    ("compare", "compare/"),
    ("updates", "updates/"),
    ("site-map", "site-map/"),
    ("style", "style/"),
    ("accessibility", "accessibility/"),
];

/// Everything that can be referred to.
#[derive(Debug, Default)]
pub(crate) struct References {
    pub(crate) documents: BTreeMap<String, Arc<ParsedPolicy>>,
    /// Paths of files that could not be read: what refers to something in them is not reported a second time.
    pub(crate) unread: BTreeSet<String>,
    /// Province code to short name.
    pub(crate) provinces: BTreeMap<String, String>,
    pub(crate) guides: BTreeSet<String>,
    /// FAQ entry to topic.
    pub(crate) faq: BTreeMap<String, String>,
    pub(crate) conditions: BTreeSet<String>,
    pub(crate) links: BTreeSet<String>,
    pub(crate) terms: BTreeSet<String>,
}

/// A text without its white space.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether what has this id would stand in the file at this path.
fn is_defined_in(path: &str, kind: ReferenceKind, id: &str) -> bool {
    match kind {
        ReferenceKind::Document => path == format!("policies/{id}.md"),
        ReferenceKind::Guide => path == format!("provinces/{id}/guide.md"),
        ReferenceKind::Faq => path == format!("faq/{id}.md"),
        ReferenceKind::Topic => path == "faq/topics.yaml",
        ReferenceKind::Link => path == "links.yaml",
        ReferenceKind::Term => path == "glossary.yaml",
        // Their ids stand inside, where nothing can be read.
        ReferenceKind::Province => path.starts_with("provinces/") && path.ends_with("/guide.md"),
        ReferenceKind::Condition => path.starts_with("check/") && path.ends_with("/conditions.yaml"),
        ReferenceKind::Statement => path.starts_with("check/") && path.ends_with("/statements.yaml"),
        ReferenceKind::Clause | ReferenceKind::Page | ReferenceKind::Group => false,
    }
}

fn unknown<'a>(kind: ReferenceKind, found: &str, known: impl IntoIterator<Item = &'a str>) -> Problem {
    let suggestion = nearest(found, known).map(str::to_owned);
    Problem::UnknownReference { kind, found: found.to_owned(), suggestion }
}

impl References {
    /// Whether every file could be read whose path begins like this.
    pub(crate) fn has_read(&self, beginning: &str) -> bool {
        !self.unread.iter().any(|path| path.starts_with(beginning))
    }

    /// Reports that nothing of this kind has this id, unless it may stand in a file that could not be read.
    pub(crate) fn report_unknown<'a>(
        &self,
        kind: ReferenceKind,
        id: &str,
        known: impl IntoIterator<Item = &'a str>,
        span: Range<usize>,
        reporter: &mut Reporter,
    ) {
        if !self.unread.iter().any(|path| is_defined_in(path, kind, id)) {
            reporter.report(span, unknown(kind, id, known));
        }
    }

    /// The document with this id.
    pub(crate) fn document(
        &self,
        id: &str,
        span: Range<usize>,
        reporter: &mut Reporter,
    ) -> Option<&ParsedPolicy> {
        let found = self.documents.get(id).map(Arc::as_ref);
        if found.is_none() {
            let known = self.documents.keys().map(String::as_str);
            self.report_unknown(ReferenceKind::Document, id, known, span, reporter);
        }
        found
    }

    /// A document for lists.
    pub(crate) fn document_reference(
        &self,
        node: &Node,
        reporter: &mut Reporter,
    ) -> Option<DocumentReference> {
        let id = crate::fields::text_of(node, reporter)?;
        let parsed = self.document(&id, node.span.clone(), reporter)?;
        Some(DocumentReference {
            url: format!("policies/{id}/"),
            title: parsed.document.short_title.clone(),
            id,
        })
    }

    /// The clause `document#clause`.
    pub(crate) fn clause(
        &self,
        reference: &str,
        span: Range<usize>,
        reporter: &mut Reporter,
    ) -> Option<ClauseReference> {
        let Some((document, clause)) = reference.split_once('#') else {
            let known = self.documents.keys().map(String::as_str);
            reporter.report(span, unknown(ReferenceKind::Clause, reference, known));
            return None;
        };
        self.clause_in(document, clause, span, reporter)
    }

    /// A clause of a document.
    pub(crate) fn clause_in(
        &self,
        document: &str,
        clause: &str,
        span: Range<usize>,
        reporter: &mut Reporter,
    ) -> Option<ClauseReference> {
        let parsed = self.document(document, span.clone(), reporter)?;
        let Some(found) = parsed.clauses().iter().find(|candidate| candidate.id == clause) else {
            let known = parsed.clauses().iter().map(|clause| clause.id.as_str());
            reporter.report(span, unknown(ReferenceKind::Clause, clause, known));
            return None;
        };
        Some(ClauseReference {
            document: document.to_owned(),
            document_title: parsed.document.short_title.clone(),
            clause: clause.to_owned(),
            label: found.label().to_owned(),
            url: format!("policies/{document}/#{clause}"),
        })
    }

    /// Checks that a quote stands in a clause or below it, white space aside.
    pub(crate) fn verify_quote(
        &self,
        cite: &ClauseReference,
        quote: &str,
        span: Range<usize>,
        reporter: &mut Reporter,
    ) {
        let Some(parsed) = self.documents.get(&cite.document) else { return };
        let below = format!("{}-", cite.clause);
        let text = parsed.words(|clause| clause.id == cite.clause || clause.id.starts_with(&below));
        let wanted = squeeze(quote);
        if text.contains(&wanted) {
            return;
        }
        let holds = |clause: &&ParsedClause| clause.squeezed().contains(&wanted);
        let elsewhere = parsed.clauses().iter().find(holds).map(|clause| clause.id.clone());
        let (matched, instead) = departure(&text, &wanted);
        reporter.report(
            span,
            Problem::QuoteNotInClause { clause: cite.clause.clone(), matched, instead, elsewhere },
        );
    }

    /// Checks that words stand anywhere in a document, white space aside.
    pub(crate) fn stands_in_document(&self, document: &str, words: &str) -> bool {
        let wanted = squeeze(words);
        self.documents.get(document).is_none_or(|parsed| parsed.words(|_| true).contains(&wanted))
    }

    /// Name of a province; 国家 without a code.
    pub(crate) fn province_name(&self, code: &str) -> String {
        match code {
            "" => "国家".to_owned(),
            code => self.provinces.get(code).cloned().unwrap_or_else(|| code.to_owned()),
        }
    }

    /// Checks a province code.
    pub(crate) fn check_province(&self, code: &str, span: Range<usize>, reporter: &mut Reporter) {
        if !self.provinces.contains_key(code) {
            let known = self.provinces.keys().map(String::as_str);
            self.report_unknown(ReferenceKind::Province, code, known, span, reporter);
        }
    }

    /// Where a link in a text leads.
    pub(crate) fn resolve_link(&self, address: &str, span: Range<usize>, reporter: &mut Reporter) -> Target {
        let Some((scheme, rest)) = address.split_once(':') else {
            reporter.report(span, Problem::LinkDropped { address: address.to_owned() });
            return Target::Nowhere;
        };
        let known = |set: &BTreeSet<String>, kind, url: String, reporter: &mut Reporter| {
            if set.contains(rest) {
                return Target::Inside(url);
            }
            self.report_unknown(kind, rest, set.iter().map(String::as_str), span.clone(), reporter);
            Target::Nowhere
        };
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" | "tel" => match long_address(address) {
                Some(problem) => {
                    reporter.report(span, problem);
                    Target::Nowhere
                }
                None => Target::Outside(address.to_owned()),
            },
            "policy" if rest.contains('#') => {
                self.clause(rest, span, reporter).map_or(Target::Nowhere, |clause| Target::Inside(clause.url))
            }
            "policy" => match self.document(rest, span, reporter) {
                Some(_) => Target::Inside(format!("policies/{rest}/")),
                None => Target::Nowhere,
            },
            "faq" => match self.faq.get(rest) {
                Some(topic) => Target::Inside(format!("faq/{topic}/#{rest}")),
                None => {
                    let known = self.faq.keys().map(String::as_str);
                    self.report_unknown(ReferenceKind::Faq, rest, known, span, reporter);
                    Target::Nowhere
                }
            },
            "guide" => known(&self.guides, ReferenceKind::Guide, format!("provinces/{rest}/"), reporter),
            "link" => known(&self.links, ReferenceKind::Link, format!("links/#{rest}"), reporter),
            "term" => known(&self.terms, ReferenceKind::Term, format!("glossary/#{rest}"), reporter),
            "condition" => known(
                &self.conditions,
                ReferenceKind::Condition,
                format!("check/conditions/{rest}/"),
                reporter,
            ),
            "page" => match PAGES.iter().find(|(name, _)| *name == rest) {
                Some((_, url)) => Target::Inside((*url).to_owned()),
                None => {
                    reporter.report(
                        span,
                        unknown(ReferenceKind::Page, rest, PAGES.iter().map(|(name, _)| *name)),
                    );
                    Target::Nowhere
                }
            },
            _ => {
                reporter.report(span, Problem::LinkDropped { address: address.to_owned() });
                Target::Nowhere
            }
        }
    }
}

/// The longest beginning of `wanted` that stands in `text` (its last characters), and what `text` has after it.
fn departure(text: &str, wanted: &str) -> (String, String) {
    let ends = wanted.char_indices().map(|(index, _)| index).skip(1);
    let longest = ends.take_while(|&end| text.contains(&wanted[..end])).last().unwrap_or(0);
    if longest == 0 {
        return (String::new(), String::new());
    }
    let start = text.find(&wanted[..longest]).map_or(text.len(), |start| start + longest);
    let matched: Vec<char> = wanted[..longest].chars().collect();
    let tail = matched[matched.len().saturating_sub(8)..].iter().collect();
    (tail, text[start..].chars().take(8).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    /// The HTML of a text and the codes of what is reported.
    fn made(markdown: &str) -> (String, Vec<&'static str>) {
        made_with(&References::default(), markdown)
    }

    fn made_with(references: &References, markdown: &str) -> (String, Vec<&'static str>) {
        let mut reporter = Reporter::new("a.md");
        let events = markdown::parse(markdown, 0..markdown.len(), &mut reporter);
        let html =
            markdown::to_html(&events, &mut |to, span| references.resolve_link(to, span, &mut reporter));
        (html, reporter.into_problems().iter().map(|one| one.code()).collect())
    }

    #[test]
    fn what_may_stand_in_a_file_that_could_not_be_read_is_not_unknown() {
        let unread = [
            "check/a/conditions.yaml",
            "faq/a.md",
            "glossary.yaml",
            "links.yaml",
            "policies/a.md",
            "provinces/a/guide.md",
        ];
        let references =
            References { unread: unread.map(str::to_owned).into_iter().collect(), ..References::default() };
        for address in
            ["condition:a", "faq:a", "guide:a", "link:a", "policy:a", "policy:a#s1", "term:a", "condition:b"]
        {
            let (html, codes) = made_with(&references, &format!("[甲]({address})"));
            assert_eq!((html.as_str(), codes), ("<p>甲</p>\n", vec![]), "{address}");
        }
        for address in ["faq:b", "guide:b", "page:b", "policy:b"] {
            let (_, codes) = made_with(&references, &format!("[甲]({address})"));
            assert_eq!(codes, ["unknown-reference"], "{address}");
        }
    }

    #[test]
    fn s02_addresses_that_are_not_let_through_are_dropped_and_reported() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "javascript&colon;alert(1)",
            "&#106;avascript:alert(1)",
            "&#x6A;avascript&#58;alert(1)",
            "java&#9;script:alert(1)",
            "java&Tab;script:alert(1)",
            "java&NewLine;script:alert(1)",
            "java\tscript:alert(1)",
            "&#32;javascript:alert(1)",
            "\\javascript:alert(1)",
            "%6aavascript:alert(1)",
            "ｊavascript:alert(1)",
            "javascript：alert(1)",
            "vbscript:msgbox(1)",
            "data:text/html,x",
            "DATA:text/html;base64,PHNjcmlwdD4=",
            "file:///etc/passwd",
            "FILE://server/share",
            "blob:https://a.cn/1",
            "view-source:https://a.cn/",
            "feed:javascript:alert(1)",
            "ws://a.cn/",
            "intent://a.cn#Intent;end",
            "ms-excel:ofe|u|https://a.cn/x.xls",
            "//evil.example/",
            "//evil.example:80/",
            "/\\evil.example/",
            "\\\\\\\\evil.example/",
            "///evil.example/",
            "/etc/passwd",
            "../index.html",
            "?q=1",
            "#top",
            "",
            "zhinan-root:/",
            "httpx://a.cn/",
            "page :check",
        ] {
            let (html, codes) = made(&format!("[甲](<{address}>)"));
            assert_eq!(html, "<p>甲</p>\n", "{address}");
            assert_eq!(codes, ["link-dropped"], "{address}");
        }
        for auto in ["<javascript:alert(1)>", "<data:text/html,x>", "<vbscript:x>", "<file:///etc/passwd>"] {
            let (html, codes) = made(auto);
            assert!(!html.contains("<a"), "{html}");
            assert_eq!(codes, ["link-dropped"], "{auto}");
        }
        let (html, codes) = made("[甲][a]\n\n[a]: javascript:alert(1)\n");
        assert_eq!((html.as_str(), codes), ("<p>甲</p>\n", vec!["link-dropped"]));
    }

    #[test]
    fn s02_addresses_of_other_sites_are_kept_as_they_are() {
        for (address, shown) in [
            ("https://a.cn/?a=1&b=<2>", "https://a.cn/?a=1&amp;b=&lt;2&gt;"),
            ("HTTP://a.cn/", "HTTP://a.cn/"),
            ("https://a.cn/\"onmouseover=\"alert(1)", "https://a.cn/&quot;onmouseover=&quot;alert(1)"),
            ("mailto:a@b.cn", "mailto:a@b.cn"),
            ("tel:029-1", "tel:029-1"),
        ] {
            let (html, codes) = made(&format!("[甲](<{}>)", address.replace('<', "\\<").replace('>', "\\>")));
            assert!(
                html.contains(&format!(" href=\"{shown}\">甲</a>"))
                    || html.contains(&format!("<a href=\"{shown}\">")),
                "{html}"
            );
            assert!(codes.is_empty(), "{address}");
        }
    }

    #[test]
    fn s02_addresses_of_records_are_of_the_web_or_reported() {
        for (address, is_taken) in [
            ("https://a.cn/", true),
            ("http://a.cn/x?y#z", true),
            ("javascript:alert(1)", false),
            ("\\tjavascript:alert(1)", false),
            ("data:text/html,x", false),
            ("vbscript:x", false),
            ("file:///etc/passwd", false),
            ("//evil.example/", false),
            ("https:evil.example", false),
            ("https:///", false),
            ("https://a b.cn/", false),
            ("https://a.cn/\\nb", false),
            ("https://", false),
            (" https://a.cn/", false),
            ("ftp://a.cn/", false),
        ] {
            let settings = format!("title: a\nbase_url: \"{address}\"\n");
            let (sources, _) = crate::Sources::decode([("portal.yaml".to_owned(), settings.into_bytes())]);
            let found = crate::compile(&sources).diagnostics;
            let is_reported = found.iter().any(|one| one.code() == "invalid-address");
            assert_eq!(is_reported, !is_taken, "{address}");
        }
    }

    #[test]
    fn a_wrong_quote_is_shown_where_it_departs() {
        assert_eq!(
            departure("须加盖学校公章，无需行文", "须加盖学校印章"),
            ("须加盖学校".to_owned(), "公章，无需行文".to_owned())
        );
        assert_eq!(departure("甲乙", "丙丁"), (String::new(), String::new()));
    }
}
