//! What the portal accounts for: each statement of the documents, and each condition by the scenarios that try it.

use std::collections::BTreeMap;

use content::{CoverKind, Portal, Statement};
use rules::{ConditionKind, DocumentRules, Program, Ruleset, Strength, Verdict};
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

/// In how many scenarios a requirement stood how, on the line they name or on the worst of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Seen {
    met: usize,
    not_met: usize,
    unknown: usize,
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
    let policies = portal.policies.iter();
    policies
        .filter_map(|policy| {
            let rules = portal.ruleset.documents.iter().find(|rules| rules.document == policy.id);
            let statements: Vec<&Statement> = statements_of(portal, &policy.id).collect();
            if rules.is_none() && statements.is_empty() {
                return None;
            }
            let conditions = rules.map(|rules| conditions(portal, rules)).unwrap_or_default();
            Some(DocumentCoverage {
                id: &policy.id,
                title: &policy.short_title,
                archived: policy.status == content::Status::Archived,
                page_url: document_url(&policy.id),
                total: statements.len(),
                accounted: statements.iter().filter(|statement| statement.is_accounted_for()).count(),
                kinds: kinds(&statements),
                tried: conditions.iter().filter(|condition| condition.seen.is_complete()).count(),
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

impl Seen {
    fn count(&mut self, worst: Option<Verdict>) {
        match worst {
            Some(Verdict::Met) => self.met += 1,
            Some(Verdict::NotMet) => self.not_met += 1,
            Some(Verdict::Unknown) => self.unknown += 1,
            Some(Verdict::NotApplicable | Verdict::Advice | Verdict::Judge) | None => {}
        }
    }

    const fn is_complete(self) -> bool {
        self.met > 0 && self.not_met > 0 && self.unknown > 0
    }
}

fn conditions<'a>(portal: &'a Portal, rules: &'a DocumentRules) -> Vec<ConditionCoverage<'a>> {
    let mut seen = vec![Seen::default(); rules.conditions.len()];
    let place = |id: &str| rules.conditions.iter().position(|condition| condition.id == id);
    if let Some(program) = plain_program(&portal.ruleset, rules) {
        for scenario in &portal.scenarios {
            let expected = scenario.expect.iter();
            let own: Vec<(usize, Option<usize>)> =
                expected.filter_map(|expected| Some((place(&expected.condition)?, expected.line))).collect();
            if own.is_empty() {
                continue;
            }
            let findings = rules::check(&program, &scenario.declaration);
            for (condition, line) in own {
                let of_condition = findings.iter().filter(|finding| finding.condition == condition);
                let on_line = of_condition.filter(|finding| line.is_none() || finding.line == line);
                seen[condition].count(on_line.map(|finding| finding.verdict).max());
            }
        }
    }
    let conditions = rules.conditions.iter().zip(seen);
    conditions
        .map(|(condition, seen)| ConditionCoverage {
            title: &condition.title,
            url: condition_url(&condition.id),
            seen,
        })
        .collect()
}

/// The conditions of a document without kind and strength, so that each verdict tells how its requirement stands.
fn plain_program(ruleset: &Ruleset, rules: &DocumentRules) -> Option<Program> {
    let mut plain = rules.clone();
    for condition in &mut plain.conditions {
        condition.kind = ConditionKind::Condition;
        condition.strength = Strength::Must;
    }
    let alone = Ruleset { groups: Vec::new(), facts: ruleset.facts.clone(), documents: vec![plain] };
    Program::new(&alone).ok()
}

#[cfg(test)]
mod tests {
    use content::{Cover, Expectation, Scenario};

    use super::*;
    use crate::sample;

    fn statement(id: &str, information: &str, covered_by: Vec<Cover>) -> Statement {
        Statement {
            id: id.into(),
            document: "sx-2024".into(),
            title: "开设对应专业".into(),
            cite: sample::reference(),
            quote: "条件".into(),
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
