//! Deadlines that come too early: before the schools' own window closes, or before it opens.

use std::ops::Range;

use rules::{Actor, Date};

use super::{Files, Suspicions};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{PolicyDocument, Window};
use crate::problem::Suspicion;
use crate::yaml::Node;

/// Finds deadlines and review windows that end while the schools' own window of the same document is still open, so that
/// who submits on its last day is too late for them; and those that end before any such window opens.
pub(super) fn look(
    windows: &[Window],
    policies: &[PolicyDocument],
    files: &Files,
    suspicions: &mut Suspicions,
) {
    let ends_for_others = |window: &&Window| window.opens.is_none() || window.actor != Actor::School;
    for deadline in windows.iter().filter(ends_for_others) {
        let document = &deadline.citation.document;
        let Some(last) = deadline.closes else { continue };
        let Some((window, kind)) = collision(last, document, windows) else { continue };
        let path = format!("check/{document}/conditions.yaml");
        let Some(node) = files.get(&path).and_then(|file| file.node.as_ref()) else { continue };
        let notes = notes_beside(policies, document, &deadline.citation.clause);
        let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let suspicion = match kind {
            Collision::BeforeClosing => Suspicion::DeadlineBeforeWindowCloses {
                deadline: last.to_string(),
                closes: day(window.closes),
                notes: notes.clone(),
            },
            Collision::BeforeOpening => Suspicion::DeadlineBeforeWindowOpens {
                deadline: last.to_string(),
                opens: day(window.opens),
                notes: notes.clone(),
            },
        };
        let diagnostic = Diagnostic::new(&path, span_of(node, &deadline.condition), suspicion).related(
            Place::new(&path, span_of(node, &window.condition)),
            "院校的窗口",
            "the schools' window",
        );
        suspicions.keep(diagnostic, &notes);
    }
}

/// How a deadline stands to a window.
enum Collision {
    BeforeClosing,
    BeforeOpening,
}

/// The schools' window that is open on the last day; where every one of them opens later, the first.
fn collision<'a>(last: Date, document: &str, windows: &'a [Window]) -> Option<(&'a Window, Collision)> {
    let of_schools = || {
        windows.iter().filter(|window| {
            window.actor == Actor::School && window.citation.document == document && window.opens.is_some()
        })
    };
    let is_open = |window: &&Window| {
        window.opens.is_some_and(|opens| opens <= last) && window.closes.is_some_and(|closes| last < closes)
    };
    if let Some(window) = of_schools().find(is_open) {
        return Some((window, Collision::BeforeClosing));
    }
    // Of several windows a deadline may belong to an earlier one.
    let first = of_schools().min_by_key(|window| window.opens)?;
    first.opens.filter(|opens| last < *opens).map(|_| (first, Collision::BeforeOpening))
}

/// Numbers of the notes on the text that stand beside a clause.
fn notes_beside(policies: &[PolicyDocument], document: &str, clause: &str) -> Vec<usize> {
    let notes = policies.iter().filter(|policy| policy.id == document).flat_map(|policy| &policy.notes);
    notes.filter(|note| note.cite.clause == clause).map(|note| note.number).collect()
}

/// Where the id of a condition stands.
fn span_of(node: &Node, condition: &str) -> Range<usize> {
    let id = condition.split_once('/').map_or(condition, |(_, id)| id);
    node.get("conditions")
        .map_or(&[][..], Node::items)
        .iter()
        .filter_map(|item| item.get("id"))
        .find(|node| node.text() == Some(id))
        .map_or(0..0, |node| node.span.clone())
}
