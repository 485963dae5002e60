//! What is counted of the content besides its problems, for whoever keeps it.

use std::collections::BTreeMap;

use crate::check::prove::Proved;
use crate::diagnostic::{Diagnostic, Place};
use crate::statement::Statement;

/// What was counted; it is there even where the content has errors.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    /// Warnings that a note on the text answers, so that a build is silent about them.
    pub noted: Vec<Diagnostic>,
    /// Every statement of every document, with who accounts for it.
    pub statements: Vec<Statement>,
    /// What was proved of the conditions; nothing where they are not sound.
    pub proved: Proved,
    /// Where each condition stands, by its id, and the scope of each document, by the document's id.
    pub places: BTreeMap<String, Place>,
    /// Every address of another site, with the first place where it stands.
    pub addresses: BTreeMap<String, Place>,
}

impl Audit {
    /// How many statements somebody accounts for.
    pub fn accounted_for(&self) -> usize {
        self.statements.iter().filter(|statement| statement.is_accounted_for()).count()
    }

    pub(crate) fn locate<'text>(&mut self, text_of: &dyn Fn(&str) -> Option<&'text str>) {
        self.noted.iter_mut().for_each(|diagnostic| diagnostic.locate(text_of));
        for place in self.places.values_mut().chain(self.addresses.values_mut()) {
            if let Some(text) = text_of(&place.path) {
                place.locate(text);
            }
        }
    }
}
