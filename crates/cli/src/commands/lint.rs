//! `zhinan lint`: every problem of the content, without building.

use crate::arguments::{Arguments, Lint};
use crate::failure::Failure;
use crate::pipeline;

/// Compiles the content and prints what is wrong with it.
pub(crate) fn run(_: &Lint, arguments: &Arguments) -> Result<(), Failure> {
    pipeline::portal(arguments).map(|_| ())
}
