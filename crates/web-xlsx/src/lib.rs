//! Thin browser binding of workbooks (.xlsx): bytes to packed sheets and back.
//!
//! Of all modules the largest, so that a page fetches it only when a workbook is opened or saved. It knows nothing of
//! conditions: what stands between it and the other modules is the packed form of `sheet`.

use wasm_bindgen::prelude::wasm_bindgen;

/// Reads the first sheet that is shown, packed. Where the workbook is refused, the reason behind an exclamation mark.
#[wasm_bindgen]
pub fn read(bytes: &[u8]) -> String {
    match sheet::read_xlsx(bytes, None) {
        Ok(sheet) => sheet::pack(&[sheet]),
        Err(refusal) => format!("!{}", refusal.chinese()),
    }
}

/// Packed sheets as a workbook; empty where it cannot be made.
#[wasm_bindgen]
pub fn write(packed: &str) -> Vec<u8> {
    sheet::write_xlsx(&sheet::unpack(packed)).unwrap_or_default()
}
