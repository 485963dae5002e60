//! What each fuzz target does with its bytes. The targets in `fuzz_targets/` call it with bytes that libFuzzer makes up, and
//! `tests/tests/fuzz.rs`, which is a part of the suite, with those of `corpus/`.
//!
//! A function returns when the bytes end in an answer or a refusal, and panics when they end in anything else.

mod archive;
mod declarations;
mod html;
mod index;
mod portal;
mod program;
mod queries;
mod texts;

/// Takes the bytes of a target.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const TARGETS: [(&str, Target); 9] = [
    ("blocks", queries::blocks),
    ("conditions", texts::conditions),
    ("declarations", declarations::declarations),
    ("fragment", program::fragment),
    ("front_matter", texts::front_matter),
    ("markdown", texts::markdown),
    ("plan", program::plan),
    ("program", program::program),
    ("query", queries::query),
];

/// Runs a target.
///
/// # Panics
/// When there is no such target, or when it finds something.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target of the list");
    target(bytes);
}

/// The first bytes as a number, and the others.
fn number(bytes: &[u8]) -> (u16, &[u8]) {
    match bytes {
        [low, high, rest @ ..] => (u16::from_le_bytes([*low, *high]), rest),
        rest => (0, rest),
    }
}
