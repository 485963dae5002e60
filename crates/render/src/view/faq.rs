//! Questions that belong to a document or a province.

use content::{FaqEntry, FaqTopic, Portal};
use serde::Serialize;

use super::terms::{TermView, Terms};

/// A question with its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FaqLink {
    /// The question.
    pub(crate) question: String,
    /// Address of the entry, relative to the root.
    pub(crate) url: String,
    /// Name of the province it holds for; 全国 for all.
    pub(crate) province_name: String,
}

impl From<&FaqEntry> for FaqLink {
    fn from(entry: &FaqEntry) -> Self {
        Self {
            question: entry.question.clone(),
            url: entry.url.clone(),
            province_name: entry.province_name.clone(),
        }
    }
}

/// The answers of a topic with its terms.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExplainedAnswers<'a> {
    /// HTML, in the order of the entries; terms lead to their meanings.
    answers: Vec<String>,
    /// The terms that were met.
    terms: Vec<TermView<'a>>,
}

/// The answers of this topic, the first place of each term a link to its meaning.
pub(crate) fn explained_answers<'a>(topic: &FaqTopic, terms: &'a Terms<'a>) -> ExplainedAnswers<'a> {
    let mut page = terms.page();
    let answers = topic.entries.iter().map(|entry| page.linked(&entry.answer_html)).collect();
    ExplainedAnswers { answers, terms: page.met() }
}

/// The questions whose answers stand on one of these documents, in the order of the FAQ.
pub(crate) fn related_questions(portal: &Portal, documents: &[&str]) -> Vec<FaqLink> {
    entries(portal)
        .filter(|entry| entry.sources.iter().any(|source| documents.contains(&source.document.as_str())))
        .map(FaqLink::from)
        .collect()
}

/// A few questions to begin with: the first of each topic, then the second of each, up to this many.
pub(crate) fn starting_questions(portal: &Portal, count: usize) -> Vec<FaqLink> {
    let longest = portal.faq.iter().map(|topic| topic.entries.len()).max().unwrap_or(0);
    (0..longest)
        .flat_map(|rank| portal.faq.iter().filter_map(move |topic| topic.entries.get(rank)))
        .take(count)
        .map(FaqLink::from)
        .collect()
}

fn entries(portal: &Portal) -> impl Iterator<Item = &FaqEntry> {
    portal.faq.iter().flat_map(|topic| &topic.entries)
}
