//! CSV and tables pasted from a spreadsheet, read with the row numbers that the spreadsheet would show.
//!
//! The delimiter is the one that cuts the first row into the most cells. A quoted cell may hold line breaks, so that
//! rows are not lines; blank rows count although the reader of CSV passes over them.

use csv::{ByteRecord, ReaderBuilder};

use crate::limits::{MOST_BYTES, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, MOST_ROWS_ABOVE, Refusal};
use crate::table::{Address, Cell, Row, Table};

const DELIMITERS: [u8; 4] = *b",\t;|";

/// Reads CSV, TSV, or CSV with semicolons or bars; with or without a byte order mark.
///
/// # Errors
/// Where the table is larger than the limits, or empty.
pub fn read_delimited(text: &str) -> Result<Table, Refusal> {
    if text.len() > MOST_BYTES {
        return Err(Refusal::FileTooLarge);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (named, text) = named_delimiter(text);
    let delimiter = named.unwrap_or_else(|| best_delimiter(text));
    let mut reader = reader(text, delimiter);
    let mut table = Table::default();
    let mut record = ByteRecord::new();
    let (mut number, mut ended) = (0, 0);
    loop {
        let has_more = reader.read_byte_record(&mut record).map_err(|_| Refusal::Encoding)?;
        if !has_more {
            break;
        }
        number += 1 + blank_rows(text, ended);
        ended = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let cells = cells(&record, number)?;
        table.rows.push(Row { number, cells });
        if table.rows.len() > MOST_ROWS + MOST_ROWS_ABOVE {
            return Err(Refusal::TooManyRows);
        }
    }
    if table.rows.iter().all(Row::is_blank) {
        return Err(Refusal::Empty);
    }
    Ok(table)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// `sep=;` in a first row, which Excel writes for itself and does not show.
fn named_delimiter(text: &str) -> (Option<u8>, &str) {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) if DELIMITERS.contains(&delimiter) => {
            let rest = &text[line.len()..];
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
            (Some(delimiter), rest)
        }
        _ => (None, text),
    }
}

/// The delimiter that gives the most cells in the first row; where that is a title of one or two cells, in one of the
/// next, of which an earlier one counts for more. Of equally good ones the first.
fn best_delimiter(text: &str) -> u8 {
    let cells = |delimiter: u8| {
        let mut reader = reader(text, delimiter);
        let mut record = ByteRecord::new();
        let mut counts = [0; 3];
        for count in &mut counts {
            if let Ok(true) = reader.read_byte_record(&mut record) {
                *count = record.iter().filter(|cell| !cell.trim_ascii().is_empty()).count();
            }
        }
        let [first, second, third] = counts;
        let head = if first > 2 { first } else { 0 };
        let most = (6 * first).max(3 * second).max(2 * third);
        (head, if first.max(second).max(third) > 1 { most } else { 0 })
    };
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| cells(*delimiter)).unwrap_or(b',')
}

/// How many blank rows the reader passes over after this byte, at which the row before ended.
fn blank_rows(text: &str, ended: usize) -> u32 {
    let rest = &text.as_bytes()[ended.min(text.len())..];
    let breaks = &rest[..rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()];
    // The reader stops between the two bytes of a line break.
    let is_half = ended > 0 && text.as_bytes()[ended - 1] == b'\r' && breaks.first() == Some(&b'\n');
    let breaks = if is_half { &breaks[1..] } else { breaks };
    let pairs = breaks.windows(2).filter(|pair| pair == b"\r\n").count();
    u32::try_from(breaks.len() - pairs).unwrap_or(u32::MAX)
}

fn cells(record: &ByteRecord, row: u32) -> Result<Vec<Cell>, Refusal> {
    let filled = record.iter().rposition(|cell| !cell.trim_ascii().is_empty()).map_or(0, |last| last + 1);
    if filled > MOST_COLUMNS {
        return Err(Refusal::TooManyColumns);
    }
    (0..)
        .zip(record.iter().take(filled))
        .map(|(column, cell)| {
            let text = std::str::from_utf8(cell).map_err(|_| Refusal::Encoding)?;
            if text.len() > MOST_CHARACTERS && text.chars().count() > MOST_CHARACTERS {
                return Err(Refusal::CellTooLong(Address { row, column }));
            }
            Ok(Cell::text(text))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(u32, &[&str])]) {
        let table = read_delimited(text).expect("a table");
        let shown: Vec<(u32, Vec<String>)> = table
            .rows
            .iter()
            .filter(|row| !row.is_blank())
            .map(|row| (row.number, row.cells.iter().map(Cell::shown).collect()))
            .collect();
        let expected: Vec<(u32, Vec<String>)> =
            expected.iter().map(|(row, cells)| (*row, cells.iter().map(|&c| c.into()).collect())).collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn rows_have_the_numbers_of_the_spreadsheet() {
        for end in ["\n", "\r\n"] {
            let text = format!("\u{feff}甲,乙{end}1,2{end}{end}{end}3,\"4{end}第二行\"{end},{end}5,6");
            let broken = format!("4{end}第二行");
            check(&text, &[(1, &["甲", "乙"]), (2, &["1", "2"]), (5, &["3", &broken]), (7, &["5", "6"])]);
        }
        check("甲,乙\r1,2\r\r3,4", &[(1, &["甲", "乙"]), (2, &["1", "2"]), (4, &["3", "4"])]);
        check("\n\n甲,乙\n1,2", &[(3, &["甲", "乙"]), (4, &["1", "2"])]);
        check("\r\n甲,乙\r\n\"\r\n\",\"\"\r\n\"a\"\"b\",2", &[(2, &["甲", "乙"]), (4, &["a\"b", "2"])]);
    }

    #[test]
    fn the_delimiter_is_found() {
        check("甲\t乙，丙\n1\t2", &[(1, &["甲", "乙，丙"]), (2, &["1", "2"])]);
        check("甲;乙\n1,5;2", &[(1, &["甲", "乙"]), (2, &["1,5", "2"])]);
        check(
            "2024 年计划\n甲|乙|丙\n1|2|3",
            &[(1, &["2024 年计划"]), (2, &["甲", "乙", "丙"]), (3, &["1", "2", "3"])],
        );
        check("sep=;\r\n甲;乙,丙,丁\r\n1;2", &[(1, &["甲", "乙,丙,丁"]), (2, &["1", "2"])]);
        check("甲\n1\n2", &[(1, &["甲"]), (2, &["1"]), (3, &["2"])]);
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let long = "x".repeat(MOST_CHARACTERS + 1);
        let rows = |count: usize| "1\n".repeat(count);
        let refused = |text: &str| read_delimited(text).expect_err("it is refused");
        assert_eq!(refused(""), Refusal::Empty);
        assert_eq!(refused("\n , \n"), Refusal::Empty);
        assert_eq!(refused(&rows(MOST_ROWS + MOST_ROWS_ABOVE + 1)), Refusal::TooManyRows);
        assert_eq!(refused(&"甲,".repeat(MOST_COLUMNS + 1)), Refusal::TooManyColumns);
        assert_eq!(refused(&format!("甲,乙\n1,{long}")), Refusal::CellTooLong(Address { row: 2, column: 1 }));
        assert_eq!(refused(&" ".repeat(MOST_BYTES + 1)), Refusal::FileTooLarge);
        assert!(read_delimited(&format!("甲\n{}", rows(MOST_ROWS))).is_ok());
        assert!(
            read_delimited(&format!("甲\n1{}", ",".repeat(16_384))).is_ok(),
            "empty columns do not count"
        );
    }
}
