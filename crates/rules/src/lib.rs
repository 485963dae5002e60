//! What a declaration is, what conditions are, and how a declaration is checked.
//!
//! A [`Ruleset`] holds the facts a school can state and the [`Condition`]s of every document, typed and
//! resolved: a condition names facts by index and every constant is an integer. A [`Declaration`] holds
//! what a school answered. Checking one against the other gives a [`Finding`] per condition and line.
//!
//! The crate reads no text format, has no clock and no positions: `content` turns YAML into a `Ruleset` and
//! reports what is wrong with it at its place.

mod condition;
mod date;
mod declaration;
mod fact;
mod verdict;

pub use condition::{
    Actor, Citation, Comparison, Condition, ConditionKind, DocumentRules, Operand, Say, Stage, Strength, Test,
};
pub use date::{Date, InvalidDate};
pub use declaration::{Answers, Declaration};
pub use fact::{Choice, Effort, Fact, FactGroup, FactKind, Changeable, Per, Ruleset};
pub use verdict::{Finding, Verdict};
