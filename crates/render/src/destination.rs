//! Where files go as soon as they are made.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use crate::artifact::Artifact;
use crate::output_path::{InvalidOutputPath, OutputPath};
use crate::rendering::RenderError;

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

/// Keeps all files in memory.
#[derive(Default)]
pub(crate) struct AllOf(Mutex<Vec<Artifact>>);

impl AllOf {
    /// All files, sorted by path.
    pub(crate) fn sorted(self) -> Vec<Artifact> {
        let mut all = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.sort_by(|left, right| left.path.cmp(&right.path));
        all
    }
}

impl Destination for AllOf {
    type Error = Infallible;

    fn begin(&mut self, _: &[OutputPath]) -> Result<(), Infallible> {
        Ok(())
    }

    fn take(&self, file: Artifact) -> Result<(), Infallible> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        Ok(())
    }
}
