//! Source texts to one checked [`Portal`], with every problem reported at its position.
//!
//! [`Sources::decode`] turns bytes into texts, [`compile`] turns texts into a [`Portal`] and a list of [`Diagnostic`]s. What
//! can be wrong is a [`Problem`]; its [`Code`] has a page that explains it; what may be written stands in [`mod@format`].
//! Nothing here reads the disk or prints.

mod audit;
mod cache;
mod check;
mod citation;
mod clause;
mod compile;
mod diagnostic;
mod faq;
mod fields;
mod file;
pub mod format;
mod front_matter;
mod guide;
mod limits;
mod lists;
mod markdown;
mod model;
mod names;
mod outline;
mod policy;
mod problem;
mod references;
mod settings;
mod source;
mod statement;
mod suspicions;
mod tidy;
mod windows;
mod yaml;

pub use audit::Audit;
pub use cache::Cache;
pub use check::coverage::{Seen, scenario_coverage};
pub use check::mutants::{Fate, Mutant, MutatedPart, mutants};
pub use check::mutate::Change;
pub use check::plan::read_plan;
pub use check::prove::Proved;
pub use clause::{Clause, ClauseNumber, clause_number};
pub use compile::{Compiled, compile, compile_again};
pub use diagnostic::{Diagnostic, Language, Place, Related, Severity};
pub use fields::id_problem;
pub use limits::{
    DEEPEST_NESTING, LARGEST_FILE, LARGEST_PAGE, LONGEST_ADDRESS, LONGEST_LINE, MOST_PARTS, MOST_PROBLEMS,
    MOST_VALUES,
};
pub use markdown::ROOT_PLACEHOLDER;
pub use model::*;
pub use names::{folded_name, name_fault};
pub use outline::{provinces, topics};
pub use problem::{
    Code, Counted, Encoding, Explanation, FactProblem, NameFault, NoteName, Problem, Proof, ReferenceKind,
    Shape, Suspicion, ValueForm, YamlHint,
};
pub use source::{Source, Sources, not_utf8};
pub use statement::{Cover, CoverKind, Statement};
pub use tidy::tidy;
