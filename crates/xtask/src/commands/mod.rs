//! One file per command.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod help;
pub(crate) mod serve;
pub(crate) mod test;
