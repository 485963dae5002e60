//! The folder `check/`: facts, conditions and scenarios, typed against each other, and what is proved of them.

mod computed;
pub(crate) mod conditions;
pub(crate) mod coverage;
mod cut_points;
pub(crate) mod facts;
mod figures;
mod logic;
mod modal;
pub(crate) mod mutants;
pub(crate) mod mutate;
mod numbers;
pub(crate) mod places;
pub(crate) mod plan;
pub(crate) mod prove;
pub(crate) mod scenarios;
pub(crate) mod statements;
mod test;
mod unused;
mod value;
