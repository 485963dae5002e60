//! Why a step could not be done, told to a person.

use std::fmt;
use std::path::Path;

/// One sentence (sometimes a few lines) that says what went wrong and, where it is known, what to do.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure with this text.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A failure of the file system: what was tried, on which path, and what the system said.
    pub(crate) fn of_path(verb: &str, path: &Path, cause: &std::io::Error) -> Self {
        Self(format!("cannot {verb} {}: {cause}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
