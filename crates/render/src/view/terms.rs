//! Terms of the glossary where a reader meets them: the first place of each on a page links to its meaning at the foot of
//! the page, which scripts open beside the word.
//!
//! It reads the HTML that `content` makes of Markdown, no other: every `<` begins a tag. Words inside links and headings
//! stay as they are.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};
use content::{ClauseReference, Term};
use serde::Serialize;

/// Other names shorter than this are everyday words too often.
const SHORTEST_OTHER_NAME: usize = 3;

/// Elements whose text is left alone.
const UNTOUCHED: [&str; 11] = ["a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "th", "summary"];

/// The names of all terms, ready to be found; made once for all pages.
pub(crate) struct Terms<'a> {
    terms: &'a [Term],
    names: Option<AhoCorasick>,
    /// Index of the term of each name.
    owners: Vec<usize>,
}

/// The terms of one page.
pub(crate) struct PageTerms<'a> {
    terms: &'a Terms<'a>,
    met: BTreeSet<usize>,
}

/// A term as a page explains it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TermView<'a> {
    id: &'a str,
    term: &'a str,
    meaning_html: &'a str,
    cite: Option<&'a ClauseReference>,
}

impl<'a> Terms<'a> {
    /// Those of this glossary.
    pub(crate) fn of(terms: &'a [Term]) -> Self {
        let names: Vec<(&str, usize)> = terms
            .iter()
            .enumerate()
            .flat_map(|(index, term)| {
                let others = term.also.iter().filter(|name| name.chars().count() >= SHORTEST_OTHER_NAME);
                std::iter::once(&term.term).chain(others).map(move |name| (name.as_str(), index))
            })
            .collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, _)| name));
        Self {
            terms,
            // It is only refused for more names than fit into an index.
            names: automaton.ok().filter(|_| !names.is_empty()),
            owners: names.into_iter().map(|(_, index)| index).collect(),
        }
    }

    /// Begins a page.
    pub(crate) fn page(&'a self) -> PageTerms<'a> {
        PageTerms { terms: self, met: BTreeSet::new() }
    }
}

impl<'a> PageTerms<'a> {
    /// The HTML with the first place of each term as a link to its meaning on the same page.
    pub(crate) fn linked(&mut self, html: &str) -> String {
        let Some(names) = &self.terms.names else { return html.to_owned() };
        let mut out = String::with_capacity(html.len() + 64);
        let mut untouched = 0_usize;
        let mut rest = html;
        while !rest.is_empty() {
            let text_end = rest.find('<').unwrap_or(rest.len());
            let (text, after) = rest.split_at(text_end);
            if untouched > 0 {
                out.push_str(text);
            } else {
                self.link_text(names, text, &mut out);
            }
            let (tag, after) = after.split_at(after.find('>').map_or(after.len(), |end| end + 1));
            match UNTOUCHED.contains(&tag_name(tag)) {
                true if tag.starts_with("</") => untouched = untouched.saturating_sub(1),
                true => untouched += 1,
                false => {}
            }
            out.push_str(tag);
            rest = after;
        }
        out
    }

    fn link_text(&mut self, names: &AhoCorasick, text: &str, out: &mut String) {
        let mut end = 0;
        for found in names.find_iter(text) {
            let index = self.terms.owners[found.pattern().as_usize()];
            if self.met.insert(index) {
                out.push_str(&text[end..found.start()]);
                let id = &self.terms.terms[index].id;
                let word = &text[found.start()..found.end()];
                out.push_str(&format!("<a class=\"term\" href=\"#term-{id}\">{word}</a>"));
                end = found.end();
            }
        }
        out.push_str(&text[end..]);
    }

    /// The terms that were met, in the order of the glossary.
    pub(crate) fn met(&self) -> Vec<TermView<'a>> {
        self.met
            .iter()
            .map(|index| &self.terms.terms[*index])
            .map(|term| TermView {
                id: &term.id,
                term: &term.term,
                meaning_html: &term.meaning_html,
                cite: term.cite.as_ref(),
            })
            .collect()
    }
}

fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    &name[..name.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(id: &str, name: &str, also: &[&str]) -> Term {
        Term {
            id: id.into(),
            term: name.into(),
            also: also.iter().map(|name| (*name).to_owned()).collect(),
            meaning_html: String::new(),
            meaning: String::new(),
            cite: None,
        }
    }

    #[test]
    fn the_first_place_of_each_term_is_a_link() {
        let terms = [term("bank", "学分银行", &["国家学分银行"]), term("site", "考核站点", &["考点"])];
        let terms = Terms::of(&terms);
        let mut page = terms.page();
        assert_eq!(
            page.linked("<p>国家学分银行与学分银行，考点。</p>"),
            "<p><a class=\"term\" href=\"#term-bank\">国家学分银行</a>与学分银行，考点。</p>"
        );
        assert_eq!(page.linked("<p>学分银行</p>"), "<p>学分银行</p>");
        assert_eq!(
            page.linked("<p>考核站点</p>"),
            "<p><a class=\"term\" href=\"#term-site\">考核站点</a></p>"
        );
        assert_eq!(page.met().iter().map(|term| term.id).collect::<Vec<_>>(), ["bank", "site"]);
    }

    #[test]
    fn links_and_headings_stay_as_they_are() {
        let terms = [term("bank", "学分银行", &[])];
        let terms = Terms::of(&terms);
        let html = "<h3>学分银行</h3><p><a href=\"x\">学分<b>银行</b>学分银行</a></p><img alt=\"学分银行\">";
        let mut page = terms.page();
        assert_eq!(page.linked(html), html);
        assert!(page.met().is_empty());
    }

    #[test]
    fn a_portal_without_a_glossary_has_no_links() {
        let terms = Terms::of(&[]);
        assert_eq!(terms.page().linked("<p>学分银行</p>"), "<p>学分银行</p>");
    }
}
