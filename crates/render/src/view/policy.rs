//! A policy document with what was drawn from each clause beside it.

use std::sync::Arc;

use content::{Clause, PolicyDocument, Portal, Status, TextNote};
use serde::Serialize;

use super::marked::marked;
use super::terms::{PageTerms, TermView, Terms};
use super::{ConditionView, FaqLink, PolicySummary, conditions_of, related_questions};

/// Stands between heading and text while words are marked in both.
const SEAM: &str = "<!---->";

/// What the page of a policy document shows.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PolicyView<'a> {
    /// The document without its text, which is in `clauses` below.
    document: DocumentView<'a>,
    /// Clauses that begin with a heading.
    pub(crate) contents: Vec<ContentsEntry<'a>>,
    /// The text in order.
    pub(crate) clauses: Vec<ClauseView<'a>>,
    /// How many conditions were drawn from it.
    pub(crate) condition_count: usize,
    /// Terms of the glossary in its text.
    pub(crate) terms: Vec<TermView<'a>>,
    /// Questions whose answers stand on it.
    pub(crate) questions: Vec<FaqLink>,
    /// Page of the guide of its province; empty when there is none.
    pub(crate) guide_url: String,
    /// Name of that guide's province.
    pub(crate) guide_name: String,
}

/// What is told of a document besides its text.
#[derive(Debug, Clone, Serialize)]
struct DocumentView<'a> {
    #[serde(flatten)]
    summary: PolicySummary<'a>,
    issued_note: &'a str,
    source: &'a str,
    source_url: &'a str,
    attachments: &'a [String],
    notes: &'a [TextNote],
}

impl<'a> From<&'a PolicyDocument> for DocumentView<'a> {
    fn from(document: &'a PolicyDocument) -> Self {
        Self {
            summary: document.into(),
            issued_note: &document.issued_note,
            source: &document.source,
            source_url: &document.source_url,
            attachments: &document.attachments,
            notes: &document.notes,
        }
    }
}

/// A line of the table of contents.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ContentsEntry<'a> {
    id: &'a str,
    title: &'a str,
    depth: usize,
}

/// One clause and what belongs to it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ClauseView<'a> {
    id: &'a str,
    label: &'a str,
    depth: usize,
    heading: bool,
    /// Its heading, with the words of notes marked.
    title_html: String,
    /// Its own text, likewise.
    html: String,
    /// Level of its heading on the page, 2 to 6; the page's title is level 1.
    level: usize,
    notes: Vec<&'a TextNote>,
    conditions: Vec<ConditionView>,
}

/// Documents of one place: the nation or a province.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PolicyGroup<'a> {
    name: &'a str,
    policies: Vec<PolicySummary<'a>>,
}

/// What the page of this document shows.
pub(crate) fn policy_view<'a>(
    portal: &'a Portal,
    terms: &'a Terms<'a>,
    document: &'a PolicyDocument,
) -> PolicyView<'a> {
    let mut page_terms = terms.page();
    let conditions = conditions_of(&portal.ruleset, &document.id);
    let condition_count = conditions.len();
    let guide = portal.guides.iter().find(|guide| guide.code == document.province);
    let level = heading_levels(&document.clauses);
    PolicyView {
        document: document.into(),
        contents: document
            .clauses
            .iter()
            .filter(|clause| clause.heading && !is_title(clause, document))
            .map(|clause| ContentsEntry { id: &clause.id, title: &clause.title, depth: clause.depth })
            .collect(),
        clauses: document
            .clauses
            .iter()
            .zip(level)
            .map(|(clause, level)| clause_view(document, &conditions, &mut page_terms, clause, level))
            .collect(),
        terms: page_terms.met(),
        condition_count,
        questions: related_questions(portal, &[&document.id]),
        guide_url: guide.map(|guide| guide.url.clone()).unwrap_or_default(),
        guide_name: guide.map(|guide| guide.name.clone()).unwrap_or_default(),
    }
}

fn clause_view<'a>(
    document: &'a PolicyDocument,
    conditions: &[ConditionView],
    page_terms: &mut PageTerms<'_>,
    clause: &'a Clause,
    level: usize,
) -> ClauseView<'a> {
    let notes: Vec<&TextNote> = document.notes.iter().filter(|note| note.cite.clause == clause.id).collect();
    // A quote may begin in the heading and end in the text.
    let whole = format!("{}{SEAM}{}", clause.title_html, clause.html);
    let whole = marked(&whole, notes.iter().map(|note| note.quote.as_str()));
    let (title_html, html) = whole.split_once(SEAM).unwrap_or(("", &whole));
    ClauseView {
        id: &clause.id,
        label: &clause.label,
        depth: clause.depth,
        heading: clause.heading,
        title_html: title_html.to_owned(),
        html: page_terms.linked(html),
        level,
        notes,
        conditions: conditions.iter().filter(|condition| condition.clause == clause.id).cloned().collect(),
    }
}

/// The heading only repeats the title of the document.
fn is_title(clause: &Clause, document: &PolicyDocument) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    bare(&clause.title) == bare(&document.title)
}

/// Heading levels from 2 to 6 that follow the depths without leaving one out.
fn heading_levels(clauses: &[Arc<Clause>]) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    clauses
        .iter()
        .map(|clause| {
            if clause.heading {
                open.retain(|depth| *depth < clause.depth);
                open.push(clause.depth);
            }
            (open.len() + 1).clamp(2, 6)
        })
        .collect()
}

/// Documents grouped by place: the nation first, then provinces in the order of the guides; places of which every
/// document is archived come last.
pub(crate) fn policies_by_place(portal: &Portal) -> Vec<PolicyGroup<'_>> {
    let mut codes = vec![""];
    codes.extend(portal.guides.iter().map(|guide| guide.code.as_str()));
    codes.extend(portal.policies.iter().map(|policy| policy.province.as_str()));
    let mut groups: Vec<(bool, PolicyGroup<'_>)> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for code in codes {
        if seen.contains(&code) {
            continue;
        }
        seen.push(code);
        let policies: Vec<&PolicyDocument> =
            portal.policies.iter().filter(|policy| policy.province == code).collect();
        if let Some(first) = policies.first() {
            groups.push((
                policies.iter().all(|policy| policy.status == Status::Archived),
                PolicyGroup {
                    name: &first.province_name,
                    policies: policies.iter().map(|policy| PolicySummary::from(*policy)).collect(),
                },
            ));
        }
    }
    groups.sort_by_key(|(archived, _)| *archived);
    groups.into_iter().map(|(_, group)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn heading_levels_leave_none_out() {
        let clause = |depth, heading| Arc::new(Clause { depth, heading, ..sample::clause("s1") });
        let clauses = [clause(1, true), clause(3, true), clause(4, false), clause(3, true), clause(1, true)];
        assert_eq!(heading_levels(&clauses), [2, 3, 3, 3, 2]);
    }

    #[test]
    fn notes_and_conditions_stand_beside_their_clause() {
        let portal = sample::portal();
        let terms = Terms::of(&portal.glossary);
        let view = policy_view(&portal, &terms, &portal.policies[0]);
        let beside = |id: &str| {
            let clause = view.clauses.iter().find(|view| view.id == id).expect("the sample has it");
            (clause.notes.len(), clause.conditions.len())
        };
        assert_eq!((beside("s1"), beside("s1-1")), ((1, 0), (0, 1)));
        assert_eq!(view.questions.len(), 1);
        assert_eq!(view.contents.len(), 1);
        assert_eq!(view.clauses[0].title_html, "一、<mark>条件</mark>");
    }
}
