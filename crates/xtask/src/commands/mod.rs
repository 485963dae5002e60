//! One file per command.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod chaos;
pub(crate) mod dist;
pub(crate) mod fuzz;
pub(crate) mod help;
mod licences;
pub(crate) mod reproduce;
mod sbom;
pub(crate) mod serve;
pub(crate) mod test;
