//! Source texts to one checked portal, with every problem reported at its position.

mod markdown;
mod model;

pub use markdown::Clause;
pub use model::*;
