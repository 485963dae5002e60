//! The file that tells a folder zhinan made from any other, and what can be told from it of the tree.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::packing::LEVEL;

/// Its name, at the top of every portal.
pub(crate) const MARKER: &str = "zhinan-site.json";

/// What it says. The same tree has the same marker.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marker {
    /// The program that made the tree.
    generator: String,
    /// How many files it has, without this one.
    files: usize,
    /// How hard packed forms were packed, where there are some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gzip: Option<i32>,
}

impl Marker {
    /// The marker of a tree that is made now.
    pub(crate) fn new(files: usize, packed: bool) -> Self {
        Self {
            generator: format!("zhinan {}", env!("CARGO_PKG_VERSION")),
            files,
            gzip: packed.then_some(LEVEL),
        }
    }

    /// The marker of a folder; none where it is no portal.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(MARKER)).ok()?).ok()
    }

    /// Whether packed forms of that tree are what they would be if they were made anew.
    pub(crate) fn packs_alike(&self) -> bool {
        let now = Self::new(0, true);
        self.generator == now.generator && self.gzip == now.gzip
    }

    /// As the text of the file.
    pub(crate) fn to_text(&self) -> String {
        let mut text = serde_json::to_string(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_forms_of_another_program_are_not_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let says = |text: &str| {
            fs::write(folder.path().join(MARKER), text).expect("written");
            Marker::read(folder.path()).map(|marker| marker.packs_alike())
        };
        assert_eq!(Marker::read(folder.path()), None);
        assert_eq!(says(&Marker::new(3, true).to_text()), Some(true));
        assert_eq!(says(&Marker::new(3, false).to_text()), Some(false));
        assert_eq!(says("{\"generator\": \"zhinan 0.0.1\", \"files\": 3, \"gzip\": 1}"), Some(false));
        assert_eq!(says("{\"generator\": \"zhinan 0.1.0\", \"files\": 534}"), Some(false));
    }
}
