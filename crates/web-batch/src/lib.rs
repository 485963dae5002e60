//! Thin browser binding of spreadsheets: tables to verdicts, verdicts to tables, for the batch page and for the exports
//! of the check page.
//!
//! Text goes in, text comes out: JSON for what a page shows, CSV or JSON for what is saved. Workbooks are another module,
//! fetched only when one is opened or saved; what stands between both is the packed form of `sheet`. A page calls
//! [`start`] once, reads one table ([`read_text`], [`read_sheet`], [`take`]), calls [`check`] until nothing is left to
//! judge, and then asks for [`matrix`], [`detail`] and exports.

mod state;

use std::cell::RefCell;

use rules::Program;
use sheet::Planned;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::state::State;

thread_local! {
    /// Set by [`start`].
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
}

fn with_state<T: Default>(tell: impl FnOnce(&mut State) -> T) -> T {
    STATE
        .with(|state| state.try_borrow_mut().ok().and_then(|mut state| state.as_mut().map(tell)))
        .unwrap_or_default()
}

/// Takes the conditions; false where the bytes are none, or were written by another version.
#[wasm_bindgen]
pub fn start(rules: &[u8]) -> bool {
    let Ok(program) = Program::decode(rules) else { return false };
    STATE.with(|state| state.replace(Some(State::new(program))));
    true
}

/// Reads CSV, TSV or pasted cells; says as JSON what was found (see `State::summary`).
#[wasm_bindgen]
pub fn read_text(text: &str) -> String {
    with_state(|state| state.read(sheet::read_delimited(text)))
}

/// Reads what the workbook module unpacked.
#[wasm_bindgen]
pub fn read_sheet(packed: &str) -> String {
    with_state(|state| {
        let first = sheet::unpack(packed).into_iter().next();
        state.read(first.map(|sheet| sheet.table).ok_or(sheet::Refusal::Empty))
    })
}

/// Takes the declaration of a fragment, as the check page hands it over.
#[wasm_bindgen]
pub fn take(fragment: &str) -> String {
    with_state(|state| state.take(fragment))
}

/// Judges the next declarations, at most this many; gives how many are left.
#[wasm_bindgen]
pub fn check(count: usize) -> usize {
    with_state(|state| state.check(count))
}

/// Every row of the matrix as JSON: `[declaration, line or null, row in the sheet, name, line's title, verdicts]`, the
/// verdicts as a digit for each condition, 0 for the best.
#[wasm_bindgen]
pub fn matrix() -> String {
    with_state(|state| state.matrix())
}

/// One cell of the matrix as JSON: `{verdict, word, shape, title, reason, hints, quote, clause, url, document}`; a line
/// below 0 is none.
#[wasm_bindgen]
pub fn detail(declaration: usize, line: i32, condition: usize) -> String {
    with_state(|state| state.detail(declaration, usize::try_from(line).ok(), condition))
}

/// A declaration as a fragment for the check page; empty where it has more lines than an address holds.
#[wasm_bindgen]
pub fn fragment(declaration: usize) -> String {
    with_state(|state| state.fragment(declaration))
}

/// The wrong cells as CSV.
#[wasm_bindgen]
pub fn problems_csv() -> String {
    with_state(|state| state.problems_csv())
}

/// The verdicts of the batch: `csv` gives the matrix, `json` everything, `sheets` what the workbook module writes.
/// Notes, a line each, go below the tables.
#[wasm_bindgen]
pub fn export_batch(form: &str, notes: &str) -> String {
    with_state(|state| state.export(form, notes))
}

/// The verdicts of one declaration: `csv` gives a row for each finding, `json` everything, `sheets` what the workbook
/// module writes.
#[wasm_bindgen]
pub fn export_one(fragment: &str, form: &str, notes: &str) -> String {
    with_state(|state| {
        let declaration = rules::parse_fragment(&state.program, fragment).declaration;
        state::exported(&state.program, &[Planned::alone(declaration)], form, notes)
    })
}

/// The table to fill in: `csv`, or `sheets` for the workbook module.
#[wasm_bindgen]
pub fn template(form: &str) -> String {
    with_state(|state| {
        let sheets = sheet::template(&state.program);
        match (form, sheets.first()) {
            ("csv", Some(first)) => sheet::write_csv(&first.table),
            _ => sheet::pack(&sheets),
        }
    })
}
