//! One file per command.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod deploy;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod import;
pub(crate) mod lint;
mod mutants;
pub(crate) mod new;
pub(crate) mod rollback;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod serve;
