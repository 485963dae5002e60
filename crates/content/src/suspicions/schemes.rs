//! Addresses of sites without `http://` in texts that readers see.

use std::collections::BTreeSet;

use super::addresses::{Found, Kind};
use super::{Files, Suspicions, notes_naming};
use crate::diagnostic::Diagnostic;
use crate::model::PolicyDocument;
use crate::problem::Suspicion;

/// Reports the first bare address of each kind in every file. Quotes below `check/` are copies of a text that is looked
/// at itself.
pub(super) fn look(
    found: &[Found<'_>],
    policies: &[PolicyDocument],
    files: &Files,
    suspicions: &mut Suspicions,
) {
    let mut seen = BTreeSet::new();
    for Found { passage, address } in found {
        if address.kind != Kind::Bare || passage.path.starts_with("check/") {
            continue;
        }
        let span = passage.in_file(&address.range);
        // `[www.example.cn](https://…)` can be opened, and fields for addresses are errors already.
        let leads_somewhere = passage.text[address.range.end..].starts_with("](");
        let reported = files.get(passage.path).is_some_and(|file| file.reporter.has_reported(&span));
        if leads_somewhere || reported || !seen.insert((passage.path, &address.name)) {
            continue;
        }
        let found = passage.text[address.range.clone()].to_owned();
        let notes = notes_naming(policies, &found);
        let suspicion = Suspicion::LinkWithoutScheme { found, notes: notes.clone() };
        suspicions.keep(Diagnostic::new(passage.path, span, suspicion), &notes);
    }
}
