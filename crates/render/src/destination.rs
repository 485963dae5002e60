//! Where files go as soon as they are made.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use crate::artifact::Artifact;
use crate::output_path::{InvalidOutputPath, OutputPath};
use crate::render_error::RenderError;

/// Takes the files of a portal, one at a time, from several threads and in any order.
pub trait Destination: Send + Sync {
    /// Why a file cannot be taken.
    type Error: Send;

    /// Is told before the first file which paths there will be, sorted. Not among them are files that no page leads to: late
    /// assets that were not promised and the service worker with its list.
    ///
    /// # Errors
    /// When nothing can be taken at all.
    fn begin(&mut self, paths: &[OutputPath]) -> Result<(), Self::Error>;

    /// Takes a file.
    ///
    /// # Errors
    /// When it cannot be taken; no other file is of use then.
    fn take(&self, file: Artifact) -> Result<(), Self::Error>;
}

/// Why a portal was not made.
#[derive(Debug)]
pub enum Unmade<E> {
    /// It cannot be rendered: every reason.
    Rendering(Vec<RenderError>),
    /// The destination failed, or whoever makes late assets.
    Destination(E),
}

impl<E> From<InvalidOutputPath> for Unmade<E> {
    fn from(error: InvalidOutputPath) -> Self {
        Self::Rendering(vec![error.into()])
    }
}

/// Keeps files in memory: those that are wanted.
pub struct Kept<W> {
    is_wanted: W,
    files: Mutex<Vec<Artifact>>,
}

impl<W: Fn(&Artifact) -> bool + Send + Sync> Kept<W> {
    /// Keeps those files of which `is_wanted` holds.
    pub fn new(is_wanted: W) -> Self {
        Self { is_wanted, files: Mutex::default() }
    }

    /// What was kept, sorted by path.
    pub fn sorted(self) -> Vec<Artifact> {
        let mut files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.sort_by(|left, right| left.path.cmp(&right.path));
        files
    }
}

impl<W: Fn(&Artifact) -> bool + Send + Sync> Destination for Kept<W> {
    type Error = Infallible;

    fn begin(&mut self, _: &[OutputPath]) -> Result<(), Infallible> {
        Ok(())
    }

    fn take(&self, file: Artifact) -> Result<(), Infallible> {
        if (self.is_wanted)(&file) {
            self.files.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        }
        Ok(())
    }
}
