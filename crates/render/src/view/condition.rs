//! Conditions as pages print them: in words, with their clause.

use rules::{ConditionKind, DocumentRules, Ruleset, Test};
use serde::Serialize;

/// One condition in words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ConditionView {
    /// Public id, `ah-2024/min-examinees`.
    pub(crate) id: String,
    /// Id of the document.
    pub(crate) document: String,
    /// Short title of the document.
    pub(crate) document_title: String,
    /// The document is archived.
    pub(crate) archived: bool,
    /// One line.
    pub(crate) title: String,
    /// Id of its kind: `threshold`, `window`, ….
    pub(crate) kind: ConditionKind,
    /// 数量要求, 时间要求, ….
    pub(crate) kind_label: &'static str,
    /// 必须, 原则上, ….
    pub(crate) strength_label: &'static str,
    /// 院校, 市级教育行政部门, ….
    pub(crate) actor_label: &'static str,
    /// 申报前, 提交, 审核, ….
    pub(crate) stage_label: &'static str,
    /// The school has to act.
    pub(crate) by_school: bool,
    /// It is judged for each certificate and level.
    pub(crate) per_line: bool,
    /// What must hold, a sentence.
    pub(crate) requirement: String,
    /// When it applies beyond the document's scope; empty when always.
    pub(crate) when_text: String,
    /// The numbers are a reading of the text.
    pub(crate) interpretation: bool,
    /// The text leaves open whether the last day itself counts.
    pub(crate) boundary_unclear: bool,
    /// Anchor of the clause.
    pub(crate) clause: String,
    /// `三·1`
    pub(crate) clause_label: String,
    /// Words that give the quote its force; may be empty.
    pub(crate) lead_in: String,
    /// The words of the document.
    pub(crate) quote: String,
    /// Address of the clause, relative to the root.
    pub(crate) url: String,
    /// Its own page, relative to the root.
    pub(crate) page_url: String,
}

/// The page of the condition with this public id, relative to the root.
pub(crate) fn condition_url(id: &str) -> String {
    format!("check/conditions/{id}/")
}

/// The conditions of one document in its order.
pub(crate) fn conditions_of(ruleset: &Ruleset, document: &str) -> Vec<ConditionView> {
    ruleset
        .documents
        .iter()
        .filter(|rules| rules.document == document)
        .flat_map(|rules| {
            rules.conditions.iter().map(move |condition| condition_view(ruleset, rules, condition))
        })
        .collect()
}

/// One condition in words.
pub(crate) fn condition_view(
    ruleset: &Ruleset,
    rules: &DocumentRules,
    condition: &rules::Condition,
) -> ConditionView {
    let citation = &condition.citation;
    ConditionView {
        id: condition.id.clone(),
        document: rules.document.clone(),
        document_title: rules.title.clone(),
        archived: rules.archived,
        title: condition.title.clone(),
        kind: condition.kind,
        kind_label: condition.kind.label(),
        strength_label: condition.strength.label(),
        actor_label: condition.actor.label(),
        stage_label: condition.stage.label(),
        by_school: condition.actor == rules::Actor::School,
        per_line: condition.per == rules::Per::Line,
        requirement: in_words(&condition.require, ruleset),
        when_text: in_words(&condition.when, ruleset),
        interpretation: condition.interpretation,
        boundary_unclear: condition.boundary_unclear,
        clause: citation.clause.clone(),
        clause_label: citation.clause_label.clone(),
        lead_in: citation.lead_in.clone(),
        quote: citation.quote.clone(),
        url: citation.url.clone(),
        page_url: condition_url(&condition.id),
    }
}

/// A test as a sentence; empty for one that always holds.
fn in_words(test: &Test, ruleset: &Ruleset) -> String {
    if *test == Test::ALWAYS { String::new() } else { rules::describe(test, ruleset) }
}
