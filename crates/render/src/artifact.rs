//! What comes out: bytes with a place.

use crate::output_path::OutputPath;

/// One file of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its place below the output folder.
    pub path: OutputPath,
    /// Its content.
    pub bytes: Vec<u8>,
}
