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

/// Windows that collide: those nobody has explained, and those that a note on the text stands beside.
#[derive(Default)]
pub(crate) struct Collisions {
    pub(crate) open: Vec<Diagnostic>,
    pub(crate) noted: Vec<Diagnostic>,
}

/// Finds deadlines and review windows that end while the schools' own window of the same document is still open: who
/// submits on its last day is too late for them.
pub(crate) fn collisions(
    windows: &[Window],
    policies: &[PolicyDocument],
    files: &BTreeMap<String, File<'_>>,
) -> Collisions {
    let mut collisions = Collisions::default();
    let ends_for_others = |window: &&Window| window.opens.is_none() || window.actor != Actor::School;
    for deadline in windows.iter().filter(ends_for_others) {
        let document = &deadline.citation.document;
        let Some(last) = deadline.closes else { continue };
        let open_then = windows.iter().find(|window| {
            window.actor == Actor::School
                && window.citation.document == *document
                && window.opens.is_some_and(|opens| opens <= last)
                && window.closes.is_some_and(|closes| last < closes)
        });
        let Some(window) = open_then else { continue };
        let path = format!("check/{document}/conditions.yaml");
        let Some(node) = files.get(&path).and_then(|file| file.node.as_ref()) else { continue };
        let notes = notes_beside(policies, document, &deadline.citation.clause);
        let problem = Problem::DeadlineBeforeWindow {
            deadline: last.to_string(),
            closes: window.closes.map(|closes| closes.to_string()).unwrap_or_default(),
            notes: notes.clone(),
        };
        let place = Reporter::new(&path).place(span_of(node, &window.condition));
        let diagnostic = Diagnostic::new(&path, span_of(node, &deadline.condition), problem).related(
            place,
            "院校的窗口",
            "the schools' window",
        );
        if notes.is_empty() { &mut collisions.open } else { &mut collisions.noted }.push(diagnostic);
    }
    collisions
}

/// Numbers of the notes on the text that stand beside a clause.
fn notes_beside(policies: &[PolicyDocument], document: &str, clause: &str) -> Vec<usize> {
    let notes = policies.iter().filter(|policy| policy.id == document).flat_map(|policy| &policy.notes);
    notes.filter(|note| note.cite.clause == clause).map(|note| note.number).collect()
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
