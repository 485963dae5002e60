//! Thin browser binding of the checker: judges a declaration and writes verdicts with their reasons into the check page
//! through web-sys.
//!
//! `templates/static/check.js` loads it, keeps the form, and hands it what stands there as a fragment. It never panics:
//! built with `immediate-abort` a panic would be a bare trap, so what a page lacks is left out. Module and glue have to
//! stay below 30 KB compressed. Hence few functions of the DOM, each called from one place in `dom` that is not
//! inlined; short comments on what is exported, as they go into the glue; and an allocator far smaller than the usual.

mod cards;
mod dom;
mod records;
mod results;
mod verdicts;
mod windows;

use std::cell::OnceCell;

use rules::{Date, Program, Role, Roles};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What stays from one call to the next.
struct Page {
    program: Box<Program>,
    /// The element with everything the check writes.
    root: HtmlElement,
}

thread_local! {
    /// Set once by [`start`].
    static PAGE: OnceCell<Page> = const { OnceCell::new() };
}

fn with_page(tell: impl FnOnce(&Page) -> String) -> String {
    PAGE.with(|page| page.get().map(tell)).unwrap_or_default()
}

// False where the bytes are no conditions, or were written by another version.
/// Takes the page over.
#[wasm_bindgen(skip_jsdoc)]
pub fn start(rules: &[u8], root: HtmlElement) -> bool {
    let Ok(program) = Program::decode(rules) else { return false };
    PAGE.with(|kept| kept.set(Page { program: Box::new(program), root }).is_ok())
}

// What the form has to show comes back as records; `records.rs` lists them. An unknown role sees everything.
/// Shows which documents apply to a fragment; tells a role what the form has to show.
#[wasm_bindgen(skip_jsdoc)]
pub fn show(fragment: &str, role: &str) -> String {
    with_page(|page| {
        let read = rules::parse_fragment(&page.program, fragment);
        let roles = Role::from_id(role).map_or(Roles::ALL, Roles::of);
        results::show_documents(page, &read.declaration);
        records::records(&page.program, &read, roles)
    })
}

// Cards are many, and a page that writes all of them at once stands still on a slow machine; written in parts it does not.
/// Shows the results of a fragment on the cards from one number to before another; false where there are no more.
#[wasm_bindgen(skip_jsdoc)]
pub fn cards(fragment: &str, from: usize, to: usize) -> bool {
    PAGE.with(|page| {
        page.get().is_some_and(|page| {
            let read = rules::parse_fragment(&page.program, fragment);
            results::show_cards(page, &read.declaration, from, to)
        })
    })
}

// Condition id, then where the day (counted from 1970-01-01) stands in that window; with tabs between.
/// A line for each window that may apply.
#[wasm_bindgen(skip_jsdoc)]
pub fn windows(fragment: &str, day: i32) -> String {
    with_page(|page| windows::windows(&page.program, fragment, Date::from_days(day)))
}

// Condition id, line or -1, verdict id, missing facts joined by commas, reason; with tabs between. Tests hold this
// equal to what native code finds.
/// A line for each finding.
#[wasm_bindgen(skip_jsdoc)]
pub fn verdicts(fragment: &str) -> String {
    with_page(|page| verdicts::verdicts(&page.program, fragment))
}

// Nothing where the bytes are no conditions, or were written by another version.
/// The same lines under other conditions.
#[wasm_bindgen(skip_jsdoc)]
pub fn verdicts_under(rules: &[u8], fragment: &str) -> String {
    Program::decode(rules).map(|program| verdicts::verdicts(&program, fragment)).unwrap_or_default()
}
