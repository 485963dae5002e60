//! What is written: sheets with widths, frozen panes and lists to choose from; as CSV, or for the writer of workbooks.

use crate::table::{Cell, Table};

/// A sheet to be written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Its cells; the numbers of rows are not looked at.
    pub table: Table,
    /// How many rows at the top and columns at the left stay in place.
    pub frozen: (u32, u32),
    /// Widths of the columns, in characters.
    pub widths: Vec<u32>,
    /// Columns with something to choose from or to know before writing.
    pub prompts: Vec<Prompt>,
}

/// What a column says when one of its cells is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt {
    /// Index of the column.
    pub column: u32,
    /// The text shown.
    pub text: String,
    /// Where the options to choose from stand: name of the sheet, column, how many from row 2 on.
    pub options: Option<(String, u32, u32)>,
}

impl Sheet {
    /// A sheet of these rows, the first of which stays in place.
    pub fn new(name: &str, rows: Vec<Vec<Cell>>) -> Self {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let widest = |column: usize| {
            let widths =
                rows.iter().take(200).filter_map(|row| row.get(column)).map(|cell| width(&cell.shown()));
            widths.max().unwrap_or_default().clamp(6, 60) + 2
        };
        let widths = (0..columns).map(widest).collect();
        Self { name: name.to_owned(), table: Table::of(rows), frozen: (1, 0), widths, prompts: Vec::new() }
    }
}

/// How many columns of a terminal a text takes; a Chinese character takes two.
fn width(text: &str) -> u32 {
    text.chars().map(|one| if one.is_ascii() { 1 } else { 2 }).sum()
}

/// Text that no spreadsheet takes for a formula: an apostrophe is put before `=`, `+`, `-`, `@`, tab and line breaks, also
/// behind white space and in full width. After OWASP, "CSV Injection".
pub fn harmless(text: &str) -> String {
    let is_passed = |one: char| {
        matches!(one, '\u{feff}' | '\'') || (one.is_whitespace() && !matches!(one, '\t' | '\r' | '\n'))
    };
    let first = text.trim_start_matches(is_passed).chars().next();
    let starts =
        |one: char| matches!(one, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    if first.is_some_and(starts) { format!("'{text}") } else { text.to_owned() }
}

/// A table as CSV that Excel and WPS open with the right characters: a byte order mark, CRLF, harmless cells.
pub fn write_csv(table: &Table) -> String {
    let mut text = "\u{feff}".to_owned();
    for row in &table.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            if column > 0 {
                text.push(',');
            }
            let shown = match cell {
                Cell::Text(words) | Cell::Error(words) => harmless(words),
                _ => cell.shown(),
            };
            if shown.contains(['"', ',', ';', '\t', '\r', '\n']) || shown != shown.trim() {
                text.push('"');
                text.push_str(&shown.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(&shown);
            }
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::delimited::read_delimited;
    use crate::table::Row;

    #[test]
    fn s07_formulas_stay_text() {
        for formula in
            ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1", "'=1", "=cmd|' /C calc'!A0"]
        {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for text in ["", "1-1", "安徽", "a=b", "'甲"] {
            assert_eq!(harmless(text), text);
        }
        let rows = vec![vec![Cell::Text("=1+1".into()), Cell::Number(-5.0), Cell::text("甲,\"乙\"\n丙")]];
        assert_eq!(write_csv(&Table::of(rows)), "\u{feff}'=1+1,-5,\"甲,\"\"乙\"\"\n丙\"\r\n");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(rows in proptest::collection::vec(proptest::collection::vec("[ -~甲乙，\t\n\"']{0,6}", 2..5), 1..9)) {
            let mut rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(|text| Cell::text(text)).collect()).collect();
            // The first row decides on the delimiter.
            rows.insert(0, (0..5).map(|column| Cell::Text(format!("列{column}"))).collect());
            let written = Table::of(rows);
            let read = read_delimited(&write_csv(&written)).expect("a table");
            let shown = |table: &Table| -> Vec<(u32, Vec<String>)> {
                let filled = |row: &Row| {
                    let last = row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
                    row.cells[..last].iter().map(|cell| harmless(&cell.shown())).collect()
                };
                table.rows.iter().filter(|row| !row.is_blank()).map(|row| (row.number, filled(row))).collect()
            };
            let expected = shown(&written);
            let found: Vec<(u32, Vec<String>)> = read
                .rows
                .iter()
                .filter(|row| !row.is_blank())
                .map(|row| (row.number, row.cells.iter().map(Cell::shown).collect()))
                .collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn s07_no_text_ever_opens_a_cell_with_a_formula(text in "\\PC{0,8}") {
            let made = harmless(&text);
            prop_assert!(!made.trim_start().starts_with(['=', '+', '-', '@']));
        }

        #[test]
        fn nothing_breaks_the_reader(text in "[,;\t\r\n\"甲a ]{0,60}") {
            if let Ok(table) = read_delimited(&text) {
                prop_assert!(table.rows.windows(2).all(|pair| pair[0].number < pair[1].number));
            }
        }
    }
}
