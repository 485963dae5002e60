//! What stays of a file after it was handed over: enough for the files that tell of all others.

use crate::artifact::Artifact;
use crate::assets::sha256_hex;
use crate::output_path::OutputPath;

/// A file that was made and handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Made {
    /// Its place.
    pub(crate) path: OutputPath,
    /// SHA-256 of its content, in lower-case hex.
    pub(crate) sha256: String,
    /// How many bytes it has.
    pub(crate) bytes: usize,
    /// Addresses of the assets that it loads, where it is a page that browsers may keep beforehand.
    pub(crate) loads: Vec<String>,
}

impl Made {
    /// What is to be known of this file, which loads nothing.
    pub(crate) fn of(artifact: &Artifact) -> Self {
        Self {
            path: artifact.path.clone(),
            sha256: sha256_hex(&artifact.bytes),
            bytes: artifact.bytes.len(),
            loads: Vec::new(),
        }
    }
}
