//! Names of cells in the parts of a workbook, looked at while they are unpacked: what stands beyond the last column and row that
//! Excel has makes the reading library count too far.

use std::io::{self, Write};

/// Letters and digits of `XFD1048576`, the last cell of a sheet.
const MOST_LETTERS: usize = 3;
const MOST_DIGITS: usize = 7;

/// Takes the bytes of a part and remembers whether one of its `r` and `ref` attributes names an impossible cell.
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
    /// In the value, which ends with this quotation mark, after so many letters and then so many digits.
    Value(u8, usize, usize),
}

impl References {
    fn take(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::Value(quote, ..), end) if end == quote => State::Elsewhere,
            // No value has this: the part is cut off.
            (State::Value(..), b'<') => State::Elsewhere,
            (State::Value(quote, letters, digits), b'a'..=b'z' | b'A'..=b'Z') => {
                self.is_impossible |= letters == MOST_LETTERS;
                State::Value(quote, letters + 1, digits)
            }
            (State::Value(quote, letters, digits), b'0'..=b'9') => {
                self.is_impossible |= digits == MOST_DIGITS;
                State::Value(quote, letters, digits + 1)
            }
            (State::Value(..), b'$') => self.state,
            (State::Value(quote, ..), _) => State::Value(quote, 0, 0),
            (_, b' ' | b'\t' | b'\r' | b'\n') => State::Name(0),
            (State::Name(0), b'r') => State::Name(1),
            (State::Name(1), b'e') => State::Name(2),
            (State::Name(2), b'f') => State::Name(3),
            (State::Name(1 | 3), b'=') => State::Equals,
            (State::Equals, quote @ (b'"' | b'\'')) => State::Value(quote, 0, 0),
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
    fn s08_cells_beyond_the_last_are_noticed() {
        for text in ["<c r=\"AAAA1\"/>", "<c\nr='A12345678'>", "<mergeCell ref=\"A1:B99999999999\"/>"] {
            assert!(is_impossible(text), "{text}");
        }
        for text in [
            "<c r=\"XFD1048576\" t=\"s\">",
            "<mergeCell ref=\"A1:XFD1048576\"/>",
            "<sheet r:id=\"rId12345678901\"/>",
            "<v>123456789012345</v><t>a r = \"b</t>",
        ] {
            assert!(!is_impossible(text), "{text}");
        }
    }
}
