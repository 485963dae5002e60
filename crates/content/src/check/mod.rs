//! The folder `check/`: facts, conditions and scenarios, typed against each other.

mod computed;
pub(crate) mod conditions;
pub(crate) mod facts;
pub(crate) mod plan;
pub(crate) mod scenarios;
pub(crate) mod statements;
mod test;
mod value;
