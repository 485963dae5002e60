//! What is no error but looks like one: look-alike addresses, deadlines that come too early, papers nobody lists, the
//! same thing twice.
//!
//! Each file has one kind and looks at the whole content, after everything was read. What a note on the text explains is
//! kept apart: it is the text's own, and a build says nothing about it.

pub(crate) mod addresses;
mod deadlines;
mod duplicates;
mod materials;
mod passages;
mod schemes;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::file::File;
use crate::model::{PolicyDocument, Window};
use crate::problem::NoteName;
use crate::references::References;

type Files = BTreeMap<String, File>;

/// Suspicions: those nobody has explained, and those that a note on the text stands beside.
#[derive(Debug, Default)]
pub(crate) struct Suspicions {
    pub(crate) open: Vec<Diagnostic>,
    pub(crate) noted: Vec<Diagnostic>,
    /// Every full address of the content, with the first place where it stands: whether it answers is for others to see.
    pub(crate) addresses: BTreeMap<String, Place>,
    /// A document could not be read: whether one of its notes explains something is not known, so nothing that may be is open.
    has_unread_notes: bool,
}

impl Suspicions {
    /// Keeps a diagnostic that these notes explain.
    fn keep<Note>(&mut self, diagnostic: Diagnostic, notes: &[Note]) {
        match notes {
            [] if self.has_unread_notes => {}
            [] => self.open.push(diagnostic),
            _ => self.noted.push(diagnostic),
        }
    }
}

/// Looks for everything suspicious.
pub(crate) fn look(
    files: &Files,
    policies: &[PolicyDocument],
    windows: &[Window],
    references: &References,
) -> Suspicions {
    let has_unread_notes = !references.has_read("policies/");
    let mut suspicions = Suspicions { has_unread_notes, ..Suspicions::default() };
    deadlines::look(windows, policies, files, &mut suspicions);
    let found = addresses::in_files(files);
    let look = || addresses::look(&found, policies, &mut suspicions);
    let (external, ()) = rayon::join(|| addresses::external(&found), look);
    suspicions.addresses = external;
    schemes::look(&found, policies, files, &mut suspicions);
    materials::look(files, policies, &mut suspicions);
    duplicates::look(files, policies, &mut suspicions);
    suspicions
}

/// The notes on the text, of any document, that name these words.
fn notes_naming(policies: &[PolicyDocument], words: &str) -> Vec<NoteName> {
    let notes = policies.iter().flat_map(|policy| &policy.notes);
    notes
        .filter(|note| note.quote.contains(words) || note.note.contains(words))
        .map(|note| NoteName { document: note.cite.document.clone(), number: note.number })
        .collect()
}
