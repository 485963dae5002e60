//! A table as an office sees it: rows with their numbers, cells with their types.

use std::fmt;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing, or only white space.
    #[default]
    Blank,
    /// Text.
    Text(String),
    /// A number; a share formatted as `45%` is 0.45.
    Number(f64),
    /// A day, counted from 1970-01-01; the time of day is left out.
    Day(i32),
    /// TRUE or FALSE.
    Boolean(bool),
    /// What a formula gave that failed, e.g. `#N/A`.
    Error(String),
}

/// A row with its number in the sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// From 1, as the program that shows the sheet counts.
    pub number: u32,
    /// From column A.
    pub cells: Vec<Cell>,
}

/// The rows of a sheet in their order; rows without any cell may be left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
}

/// The place of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Number of the row, from 1.
    pub row: u32,
    /// Index of the column, from 0, which is A.
    pub column: u32,
}

impl Cell {
    /// A cell with this text, blank where it has nothing but white space.
    pub fn text(text: &str) -> Self {
        if text.trim().is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// What it shows, plainly.
    pub fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(days) => rules::Date::from_days(*days).iso(),
            Self::Boolean(is_true) => if *is_true { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

impl Row {
    /// The cell in this column; blank past the end.
    pub fn cell(&self, column: u32) -> &Cell {
        const BLANK: &Cell = &Cell::Blank;
        self.cells.get(column as usize).unwrap_or(BLANK)
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

impl Table {
    /// A table of these rows, numbered from 1.
    pub fn of(rows: Vec<Vec<Cell>>) -> Self {
        let rows = (1..).zip(rows).map(|(number, cells)| Row { number, cells });
        Self { rows: rows.collect() }
    }
}

/// Letters of a column: 0 is A, 26 is AA.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for Address {
    /// As spreadsheets write it: `C12`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", column_letters(self.column), self.row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        for (column, letters) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(column_letters(column), letters);
        }
        assert_eq!(Address { row: 12, column: 2 }.to_string(), "C12");
    }
}
