//! The engine alone as a browser module: conditions and declarations are handed over first, then judged without any text.
//!
//! `cargo xtask bench check` measures it beside other engines, whose declarations are ready-made objects too. It is
//! built like the module of the check page and ships with no portal.

use std::cell::RefCell;

use rules::{Declaration, Program, Verdict};
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static KEPT: RefCell<Option<(Program, Vec<Declaration>)>> = const { RefCell::new(None) };
}

/// Takes the conditions; false where the bytes are none.
#[wasm_bindgen(skip_jsdoc)]
pub fn start(rules: &[u8]) -> bool {
    let Ok(program) = Program::decode(rules) else { return false };
    KEPT.with(|kept| *kept.borrow_mut() = Some((program, Vec::new())));
    true
}

/// Takes a declaration; they are numbered from 0.
#[wasm_bindgen(skip_jsdoc)]
pub fn keep(fragment: &str) {
    KEPT.with(|kept| {
        if let Some((program, declarations)) = kept.borrow_mut().as_mut() {
            declarations.push(rules::parse_fragment(program, fragment).declaration);
        }
    });
}

/// The verdicts of a declaration in the order of the conditions: 0 not applicable, 1 met, 2 not met, 3 unknown, 9 other.
#[wasm_bindgen(skip_jsdoc)]
pub fn judge(declaration: usize) -> Vec<u8> {
    KEPT.with(|kept| {
        let kept = kept.borrow();
        let Some((program, declarations)) = kept.as_ref() else { return Vec::new() };
        let Some(declaration) = declarations.get(declaration) else { return Vec::new() };
        rules::verdicts(program, declaration).into_iter().map(code).collect()
    })
}

const fn code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotApplicable => 0,
        Verdict::Met => 1,
        Verdict::NotMet => 2,
        Verdict::Unknown => 3,
        Verdict::Advice | Verdict::Judge => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_conditions_nothing_is_judged() {
        assert!(!start(b"no conditions"));
        keep("#v=1");
        assert!(judge(0).is_empty());
    }

    #[test]
    fn a_declaration_is_judged_by_its_number() {
        assert!(start(&rules::encode(&rules::Ruleset::default())));
        keep("#v=1");
        assert!(judge(0).is_empty() && judge(1).is_empty(), "no conditions, no verdicts");
        assert_eq!(code(Verdict::NotMet), 2);
    }
}
