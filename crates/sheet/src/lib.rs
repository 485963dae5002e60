//! Spreadsheets of planned lines: a [`Table`] to declarations with every wrong cell at its place, verdicts to tables.
//!
//! [`read_delimited`] reads CSV, TSV and what is pasted from a spreadsheet; the feature `xlsx` reads and writes workbooks,
//! the feature `gbk` decodes bytes natively. [`read_table`] turns a table into a [`Batch`]. Text that a spreadsheet would
//! take for a formula is written so that it stays text.
//!
//! What stays out: judging (`rules`), files and pages. Nothing here reads a disk or a clock.

mod answer;
mod batch;
#[cfg(feature = "gbk")]
mod decode;
mod delimited;
mod export;
mod head;
mod json;
mod limits;
mod pack;
mod problem;
#[cfg(test)]
mod sample;
mod table;
mod template;
mod tidy;
mod verdicts;
mod workbook;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use batch::{Batch, Planned, read_table};
#[cfg(feature = "gbk")]
pub use decode::decode;
pub use delimited::read_delimited;
pub use export::{MOST_REASONS, export_json, export_sheets, matrix_sheet, reasons_sheet};
pub use json::Json;
pub use limits::{MOST_BYTES, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, MOST_ROWS_ABOVE, Refusal};
pub use pack::{pack, unpack};
pub use problem::{CellProblem, CellProblemKind};
pub use table::{Address, Cell, Row, Table, column_letters};
pub use template::{answers_sheet, template};
pub use verdicts::{VerdictRow, condition_text, conditions, line_title, verdict_rows};
pub use workbook::{Prompt, Sheet, harmless, write_csv};
#[cfg(feature = "xlsx")]
pub use xlsx::{read_xlsx, write_xlsx};
