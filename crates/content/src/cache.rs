//! What was read of files, for the next time: after an edit most files are as they were.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::file::File;
use crate::policy::Finished;
use crate::source::{Source, Sources};

/// Files as they were read the last time. Nothing is taken from it that depends on what has changed: a file is known again by its
/// being the very same [`Source`] in memory, and a text with links by where each of them leads.
#[derive(Default)]
pub struct Cache {
    files: BTreeMap<String, File>,
    /// Texts of policy documents, by path: they are the same as long as their links lead where they led.
    pub(crate) finished: BTreeMap<String, Finished>,
}

impl Cache {
    /// Reads each file alone, but for those that were read before, and forgets those that are gone.
    pub(crate) fn read(&mut self, sources: &Sources) -> BTreeMap<String, File> {
        let sources: Vec<&Arc<Source>> = sources.iter().collect();
        let known = std::mem::take(&mut self.files);
        let read: Vec<(String, File)> = sources
            .into_par_iter()
            .map(|source| {
                let file = match known.get(&source.path) {
                    Some(file) if Arc::ptr_eq(&file.source, source) => file.clone(),
                    _ => File::read(Arc::clone(source)),
                };
                (source.path.clone(), file)
            })
            .collect();
        self.files = read.into_iter().collect();
        self.files.clone()
    }
}
