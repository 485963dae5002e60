//! Names of cells in the parts of a workbook, looked at while they are unpacked: what stands beyond the last column and row that
//! Excel has makes the reading library count too far, and what ends before it begins makes it count below nothing.

use std::io::{self, Write};

/// Letters and digits of `XFD1048576`, the last cell of a sheet.
const MOST_LETTERS: usize = 3;
const MOST_DIGITS: usize = 7;

/// Takes the bytes of a part and remembers whether one of its `r` and `ref` attributes names an impossible cell, or cells from a
/// later one to an earlier.
#[derive(Debug, Default)]
pub(super) struct References {
    state: State,
    /// One was found.
    pub(super) is_impossible: bool,
}

/// Where in the text it is.
#[derive(Debug, Default, Clone, Copy)]
enum State {
    #[default]
    Elsewhere,
    /// Behind white space and so many characters of a name that may be `r` or `ref`.
    Name(u8),
    /// Behind the name and `=`.
    Equals,
    /// In the value, which ends with this quotation mark: the cell before the last colon, and the one that is being read.
    Value(u8, Option<Cell>, Cell),
}

/// A cell as far as its name was read.
#[derive(Debug, Default, Clone, Copy)]
struct Cell {
    letters: usize,
    digits: usize,
    column: u32,
    row: u32,
}

impl Cell {
    fn is_possible(self) -> bool {
        self.letters <= MOST_LETTERS && self.digits <= MOST_DIGITS
    }

    /// Whether it stands above or left of another.
    fn is_before(self, other: Self) -> bool {
        self.row < other.row || self.column < other.column
    }
}

impl References {
    fn take(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::Value(quote, first, cell), end) if end == quote => {
                self.is_impossible |= first.is_some_and(|first| cell.is_before(first));
                State::Elsewhere
            }
            // No value has this: the part is cut off.
            (State::Value(..), b'<') => State::Elsewhere,
            (State::Value(quote, first, mut cell), b'a'..=b'z' | b'A'..=b'Z') => {
                cell.letters += 1;
                let letter = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                cell.column = cell.column.saturating_mul(26).saturating_add(letter);
                self.is_impossible |= !cell.is_possible();
                State::Value(quote, first, cell)
            }
            (State::Value(quote, first, mut cell), b'0'..=b'9') => {
                cell.digits += 1;
                cell.row = cell.row.saturating_mul(10).saturating_add(u32::from(byte - b'0'));
                self.is_impossible |= !cell.is_possible();
                State::Value(quote, first, cell)
            }
            (State::Value(..), b'$') => self.state,
            (State::Value(quote, _, cell), b':') => State::Value(quote, Some(cell), Cell::default()),
            (State::Value(quote, ..), _) => State::Value(quote, None, Cell::default()),
            (_, b' ' | b'\t' | b'\r' | b'\n') => State::Name(0),
            (State::Name(0), b'r') => State::Name(1),
            (State::Name(1), b'e') => State::Name(2),
            (State::Name(2), b'f') => State::Name(3),
            (State::Name(1 | 3), b'=') => State::Equals,
            (State::Equals, quote @ (b'"' | b'\'')) => State::Value(quote, None, Cell::default()),
            _ => State::Elsewhere,
        };
    }
}

impl Write for References {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes.iter().for_each(|byte| self.take(*byte));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_impossible(text: &str) -> bool {
        let mut references = References::default();
        references.write_all(text.as_bytes()).expect("it takes everything");
        references.is_impossible
    }

    #[test]
    fn s08_cells_beyond_the_last_and_ranges_from_their_end_are_noticed() {
        for text in ["<c r=\"AAAA1\"/>", "<c\nr='A12345678'>", "<mergeCell ref=\"A1:B99999999999\"/>"] {
            assert!(is_impossible(text), "{text}");
        }
        for text in
            ["<mergeCell ref=\"A4:B2\"/>", "<mergeCell ref='$B$1:$A$2'/>", "<mergeCell ref=\"A1:B\"/>"]
        {
            assert!(is_impossible(text), "{text}");
        }
        for text in [
            "<mergeCell ref=\"A2:$B$4\"/>",
            "<c r=\"XFD1048576\" t=\"s\">",
            "<mergeCell ref=\"A1:XFD1048576\"/>",
            "<sheet r:id=\"rId12345678901\"/>",
            "<v>123456789012345</v><t>a r = \"b</t>",
        ] {
            assert!(!is_impossible(text), "{text}");
        }
    }
}
