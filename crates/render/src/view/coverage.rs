//! What the portal accounts for: each statement of the documents, and each condition by the scenarios that try it.

use std::collections::BTreeMap;

use content::{CoverKind, Portal, Seen, Statement};
use rules::DocumentRules;
use serde::Serialize;

use super::condition::condition_url;

/// One document in the overview.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DocumentCoverage<'a> {
    /// Id of the document.
    pub(crate) id: &'a str,
    /// Its short title.
    pub(crate) title: &'a str,
    /// It is archived.
    archived: bool,
    /// Page of its statements, relative to the root.
    pub(crate) page_url: String,
    /// How many statements it has.
    pub(crate) total: usize,
    /// How many of them somebody accounts for.
    accounted: usize,
    /// How many statements each sort of record accounts for; a statement may be counted under several.
    kinds: Vec<KindCount>,
    conditions: Vec<ConditionCoverage<'a>>,
    /// Conditions seen met, not met and open.
    tried: usize,
}

/// How many statements a sort of record accounts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct KindCount {
    label: &'static str,
    count: usize,
}

/// How the scenarios that expect something of a condition see it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ConditionCoverage<'a> {
    title: &'a str,
    url: String,
    seen: Seen,
}

/// A statement with the sorts of what accounts for it in words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StatementView<'a> {
    #[serde(flatten)]
    statement: &'a Statement,
    covers: Vec<CoverView<'a>>,
    /// Its row on the page of its document, relative to the root.
    page_url: String,
}

/// A record that accounts for a statement.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CoverView<'a> {
    label: &'static str,
    title: &'a str,
    url: &'a str,
}

/// Every document that has statements or conditions, in the order of the portal.
pub(crate) fn coverage(portal: &Portal) -> Vec<DocumentCoverage<'_>> {
    let seen = content::scenario_coverage(portal);
    let policies = portal.policies.iter();
    policies
        .filter_map(|policy| {
            let rules = portal.ruleset.documents.iter().find(|rules| rules.document == policy.id);
            let statements: Vec<&Statement> = statements_of(portal, &policy.id).collect();
            if rules.is_none() && statements.is_empty() {
                return None;
            }
            let conditions = rules.map(|rules| conditions(rules, &seen)).unwrap_or_default();
            Some(DocumentCoverage {
                id: &policy.id,
                title: &policy.short_title,
                archived: policy.status == content::Status::Archived,
                page_url: document_url(&policy.id),
                total: statements.len(),
                accounted: statements.iter().filter(|statement| statement.is_accounted_for()).count(),
                kinds: kinds(&statements),
                tried: conditions.iter().filter(|condition| condition.seen.in_every_way()).count(),
                conditions,
            })
        })
        .collect()
}

/// The statements of one document in the order of its file.
pub(crate) fn statement_views<'a>(portal: &'a Portal, document: &str) -> Vec<StatementView<'a>> {
    statements_of(portal, document).map(statement_view).collect()
}

/// The statements a condition accounts for.
pub(crate) fn statements_covered_by<'a>(portal: &'a Portal, condition: &str) -> Vec<StatementView<'a>> {
    let url = condition_url(condition);
    let covered = portal
        .statements
        .iter()
        .filter(|statement| statement.covered_by.iter().any(|cover| cover.url == url));
    covered.map(statement_view).collect()
}

fn document_url(document: &str) -> String {
    format!("check/coverage/{document}/")
}

fn statements_of<'a>(portal: &'a Portal, document: &str) -> impl Iterator<Item = &'a Statement> {
    portal.statements.iter().filter(move |statement| statement.document == document)
}

fn statement_view(statement: &Statement) -> StatementView<'_> {
    StatementView {
        statement,
        covers: statement
            .covered_by
            .iter()
            .map(|cover| CoverView { label: cover.kind.label(), title: &cover.title, url: &cover.url })
            .collect(),
        page_url: format!("{}#{}", document_url(&statement.document), statement.id),
    }
}

fn kinds(statements: &[&Statement]) -> Vec<KindCount> {
    let mut counts: BTreeMap<CoverKind, usize> = BTreeMap::new();
    for statement in statements {
        let mut kinds: Vec<CoverKind> = statement.covered_by.iter().map(|cover| cover.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let information = statements.iter().filter(|statement| statement.covered_by.is_empty());
    let information = information.filter(|statement| !statement.information.is_empty()).count();
    let mut kinds: Vec<KindCount> =
        counts.into_iter().map(|(kind, count)| KindCount { label: kind.label(), count }).collect();
    if information > 0 {
        kinds.push(KindCount { label: "说明", count: information });
    }
    kinds
}

fn conditions<'a>(rules: &'a DocumentRules, seen: &BTreeMap<String, Seen>) -> Vec<ConditionCoverage<'a>> {
    let conditions = rules.conditions.iter();
    conditions
        .map(|condition| ConditionCoverage {
            title: &condition.title,
            url: condition_url(&condition.id),
            seen: seen.get(&condition.id).copied().unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use content::{Cover, Expectation, Scenario};
    use rules::{Strength, Verdict};

    use super::*;
    use crate::sample;

    fn statement(id: &str, information: &str, covered_by: Vec<Cover>) -> Statement {
        Statement {
            id: id.into(),
            document: "sx-2024".into(),
            title: "开设对应专业".into(),
            cite: sample::reference(),
            quote: "条件".into(),
            asked_as: Vec::new(),
            information: information.into(),
            covered_by,
        }
    }

    fn cover(kind: CoverKind, url: &str) -> Cover {
        Cover { kind, title: "甲".into(), url: url.into() }
    }

    #[test]
    fn every_statement_is_counted_once_for_each_sort() {
        let mut portal = sample::portal();
        let own = || cover(CoverKind::Condition, "check/conditions/sx-2024/major/");
        portal.statements = vec![
            statement("S1", "", vec![own(), own(), cover(CoverKind::Step, "provinces/sx/#step-1")]),
            statement("S2", "只是说明", Vec::new()),
            statement("S3", "", Vec::new()),
        ];
        let all = coverage(&portal);
        assert_eq!((all.len(), all[0].total, all[0].accounted), (1, 3, 2));
        let count = |label, count| KindCount { label, count };
        assert_eq!(all[0].kinds, [count("条件", 1), count("流程", 1), count("说明", 1)]);
        let covered: Vec<String> = statements_covered_by(&portal, "sx-2024/major")
            .into_iter()
            .map(|statement| statement.page_url)
            .collect();
        assert_eq!(covered, ["check/coverage/sx-2024/#S1"]);
    }

    #[test]
    fn a_soft_condition_is_seen_not_met_as_well() {
        let mut portal = sample::portal();
        portal.ruleset.documents[0].conditions[0].strength = Strength::Advice;
        let mut declaration = rules::Declaration::default();
        for answer in [Some(0), Some(1), None] {
            let mut line = rules::Answers::default();
            line.set(0, answer);
            declaration.lines.push(line);
        }
        let lines = [Some(0), Some(1), Some(2), None];
        let expect = lines.map(|line| Expectation {
            condition: "sx-2024/major".into(),
            line,
            verdict: Verdict::Unknown,
        });
        let expect = expect.into();
        let document = "sx-2024".to_owned();
        portal.scenarios =
            vec![Scenario { name: String::new(), document, declaration, answers: Vec::new(), expect }];
        let all = coverage(&portal);
        assert_eq!(all[0].conditions[0].seen, Seen { met: 1, not_met: 2, unknown: 1 });
        assert_eq!(all[0].tried, 1);
    }
}
