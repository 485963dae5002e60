//! Thin browser binding of the checker: answers in, verdicts with their reasons out, both as plain text.
//!
//! `templates/static/check.js` reads the form and writes the page; this module decides. It holds no text of its own, as
//! those travel with the conditions, and passes strings alone, so that its glue is small and the same module runs
//! under Node in tests. It never panics: built with `immediate-abort` a panic would be a bare trap.

mod report;

use std::cell::OnceCell;

use rules::Program;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// The conditions, set once by [`start`].
    static PROGRAM: OnceCell<Box<Program>> = const { OnceCell::new() };
}

/// Reads the conditions; false where the bytes are none, or were written by another version.
#[wasm_bindgen]
pub fn start(rules: &[u8]) -> bool {
    let Ok(program) = Program::decode(rules) else { return false };
    PROGRAM.with(|kept| kept.set(Box::new(program)).is_ok())
}

/// Judges the declaration in a fragment and tells all that the page shows, as records; `report.rs` lists them.
#[wasm_bindgen]
pub fn check(fragment: &str) -> String {
    with_program(|program| report::report(program, fragment))
}

/// The findings on the declaration in a fragment, a line each: condition id, line or -1, verdict id, missing facts
/// joined by commas, reason; with tabs between. Tests hold this equal to what native code finds.
#[wasm_bindgen]
pub fn verdicts(fragment: &str) -> String {
    with_program(|program| report::verdicts(program, fragment))
}

fn with_program(tell: impl FnOnce(&Program) -> String) -> String {
    PROGRAM.with(|program| program.get().map(|program| tell(program)).unwrap_or_default())
}
