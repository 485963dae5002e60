//! The calendar: windows drawn from the conditions of kind `window`.

use std::collections::BTreeMap;

use rules::{Actor, Comparison, ConditionKind, Date, DocumentRules, FactKind, Operand, Ruleset, Test};

use crate::diagnostic::Diagnostic;
use crate::fields::Reporter;
use crate::file::File;
use crate::model::{PolicyDocument, Window};
use crate::problem::Problem;
use crate::references::References;
use crate::yaml::Node;

/// Draws the windows of every document, by opening day (or deadline), then by condition.
pub(crate) fn draw(ruleset: &Ruleset, references: &References) -> Vec<Window> {
    let mut windows: Vec<Window> =
        ruleset.documents.iter().flat_map(|document| draw_document(document, ruleset, references)).collect();
    windows.sort_by(|a, b| (a.opens.or(a.closes), &a.condition).cmp(&(b.opens.or(b.closes), &b.condition)));
    windows
}

fn draw_document<'a>(
    document: &'a DocumentRules,
    ruleset: &'a Ruleset,
    references: &'a References,
) -> impl Iterator<Item = Window> + 'a {
    let entry = references.documents.get(&document.document);
    let province = entry.map(|entry| entry.province.clone()).unwrap_or_default();
    document.conditions.iter().filter(|condition| condition.kind == ConditionKind::Window).filter_map(
        move |condition| {
            let (opens, closes) = days(&condition.require, ruleset)?;
            Some(Window {
                condition: condition.id.clone(),
                title: condition.title.clone(),
                province_name: references.province_name(&province),
                province: province.clone(),
                actor: condition.actor,
                opens,
                closes,
                archived: document.archived,
                citation: condition.citation.clone(),
            })
        },
    )
}

/// First and last day a requirement on dates allows, where it is a plain span.
fn days(require: &Test, ruleset: &Ruleset) -> Option<(Option<Date>, Option<Date>)> {
    let (mut opens, mut closes) = (None, None);
    require.for_each_comparison(&mut |fact, comparison| {
        if !matches!(ruleset.facts.get(fact).map(|fact| &fact.kind), Some(FactKind::Date)) {
            return;
        }
        match comparison {
            Comparison::Between(Operand::Value(first), Operand::Value(last)) => {
                opens = Some(Date::from_days(*first));
                closes = Some(Date::from_days(*last));
            }
            Comparison::AtLeast(Operand::Value(first)) => opens = Some(Date::from_days(*first)),
            Comparison::AtMost(Operand::Value(last)) => closes = Some(Date::from_days(*last)),
            Comparison::Is(Operand::Value(day)) => {
                opens = Some(Date::from_days(*day));
                closes = opens;
            }
            _ => {}
        }
    });
    (opens.is_some() || closes.is_some()).then_some((opens, closes))
}

/// Warns of a deadline that falls into a school's own window of the same document before it closes, unless a note on the
/// text stands beside that clause.
pub(crate) fn check_deadlines(
    windows: &[Window],
    policies: &[PolicyDocument],
    files: &BTreeMap<String, File<'_>>,
) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for deadline in windows.iter().filter(|window| window.opens.is_none()) {
        let document = &deadline.citation.document;
        let Some(last) = deadline.closes else { continue };
        let clashing = windows.iter().find(|window| {
            window.actor == Actor::School
                && window.citation.document == *document
                && window.opens.is_some_and(|opens| opens <= last)
                && window.closes.is_some_and(|closes| last < closes)
        });
        let explained = policies
            .iter()
            .filter(|policy| policy.id == *document)
            .flat_map(|policy| &policy.notes)
            .any(|note| note.cite.clause == deadline.citation.clause);
        let (Some(window), false) = (clashing, explained) else { continue };
        let path = format!("check/{document}/conditions.yaml");
        let Some(node) = files.get(&path).and_then(|file| file.node.as_ref()) else { continue };
        let problem = Problem::DeadlineBeforeWindow {
            deadline: last.to_string(),
            closes: window.closes.map(|closes| closes.to_string()).unwrap_or_default(),
        };
        let reporter = Reporter::new(&path);
        let place = |condition: &str| reporter.place(span_of(node, condition));
        warnings.push(Diagnostic::new(&path, span_of(node, &deadline.condition), problem).related(
            place(&window.condition),
            "院校的窗口",
            "the schools' window",
        ));
    }
    warnings
}

/// Where the id of a condition stands.
fn span_of(node: &Node, condition: &str) -> std::ops::Range<usize> {
    let id = condition.split_once('/').map_or(condition, |(_, id)| id);
    node.get("conditions")
        .map_or(&[][..], Node::items)
        .iter()
        .filter_map(|item| item.get("id"))
        .find(|node| node.text() == Some(id))
        .map_or(0..0, |node| node.span.clone())
}
