//! Numbers and texts as bytes: LEB128 varints, zigzag for signed numbers, a length before each text.
//!
//! Reading is total: whatever the bytes are, it ends with a value or a [`DecodeError`], and nothing is allocated
//! that is larger than the bytes that stand for it.

use std::fmt;

/// Why bytes are not a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeError {
    /// The bytes do not begin as a rule set does.
    NotRules,
    /// They were written by another version of the program.
    OtherVersion,
    /// The checksum does not fit.
    Damaged,
    /// They end too early or go on too long.
    WrongLength,
    /// A number stands for nothing, at this place of a section.
    Invalid(usize),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotRules => "these bytes are not a rule set",
            Self::OtherVersion => "the rule set was written by another version",
            Self::Damaged => "the rule set is damaged",
            Self::WrongLength => "the rule set is cut off or too long",
            Self::Invalid(_) => "the rule set holds a value that means nothing",
        })
    }
}

impl std::error::Error for DecodeError {}

/// FNV-1a, 64 bits, after Fowler, Noll and Vo: enough to notice damage and change; no protection against intent.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Writes a section.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(crate) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    pub(crate) fn signed(&mut self, number: i32) {
        self.number(u64::from(zigzag(number)));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Small for numbers near zero, on both sides.
pub(crate) const fn zigzag(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)) as u32
}

/// The reverse of [`zigzag`].
pub(crate) const fn unzigzag(number: u32) -> i32 {
    (number >> 1) as i32 ^ -((number & 1) as i32)
}

/// Reads a section. After the first error everything reads as nothing, so that a reader is asked for it but once, at
/// the end.
pub(crate) struct Reader<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
    error: Option<DecodeError>,
}

impl<'bytes> Reader<'bytes> {
    pub(crate) const fn new(bytes: &'bytes [u8]) -> Self {
        Self { bytes, at: 0, error: None }
    }

    #[inline(never)]
    fn fail(&mut self, error: DecodeError) {
        self.error.get_or_insert(error);
        self.bytes = &[];
        self.at = 0;
    }

    /// Notes that this place holds something meaningless.
    #[inline(never)]
    pub(crate) fn refuse(&mut self) {
        self.fail(DecodeError::Invalid(self.at));
    }

    #[inline(never)]
    pub(crate) fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte.unwrap_or_else(|| {
            self.fail(DecodeError::WrongLength);
            0
        })
    }

    #[inline(never)]
    pub(crate) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return number;
            }
        }
        self.refuse();
        0
    }

    /// How many things follow; each takes a byte at least, so a count beyond the bytes left is refused.
    #[inline(never)]
    pub(crate) fn count(&mut self) -> usize {
        let count = self.number() as usize;
        if count > self.bytes.len() - self.at {
            self.fail(DecodeError::WrongLength);
            return 0;
        }
        count
    }

    /// An index below `limit`.
    #[inline(never)]
    pub(crate) fn index(&mut self, limit: usize) -> usize {
        let index = self.number() as usize;
        if index >= limit {
            self.refuse();
            return 0;
        }
        index
    }

    #[inline(never)]
    pub(crate) fn signed(&mut self) -> i32 {
        let number = self.number();
        if number > u64::from(u32::MAX) {
            self.refuse();
        }
        unzigzag(number as u32)
    }

    #[inline(never)]
    pub(crate) fn bytes(&mut self, count: usize) -> &'bytes [u8] {
        let rest = self.rest();
        if count > rest.len() {
            self.fail(DecodeError::WrongLength);
            return &[];
        }
        self.at += count;
        &rest[..count]
    }

    #[inline(never)]
    pub(crate) fn text(&mut self) -> &'bytes str {
        let count = self.count();
        let bytes = self.bytes(count);
        std::str::from_utf8(bytes).unwrap_or_else(|_| {
            self.refuse();
            ""
        })
    }

    /// All that is left.
    pub(crate) fn rest(&self) -> &'bytes [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// What went wrong, if anything did; so does a section that goes on too long.
    pub(crate) fn finish(&self) -> Result<(), DecodeError> {
        match self.error {
            Some(error) => Err(error),
            None if self.at < self.bytes.len() => Err(DecodeError::WrongLength),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive() {
        let mut writer = Writer::default();
        let numbers = [0, 1, -1, 63, -64, 64, 300, 19_990, i32::MAX, i32::MIN];
        numbers.iter().for_each(|number| writer.signed(*number));
        writer.text("人");
        let mut reader = Reader::new(&writer.bytes);
        for number in numbers {
            assert_eq!(reader.signed(), number);
        }
        assert_eq!(reader.text(), "人");
        assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn a_count_beyond_the_bytes_is_refused() {
        let error = |bytes: &[u8], read: fn(&mut Reader<'_>)| {
            let mut reader = Reader::new(bytes);
            read(&mut reader);
            assert_eq!(
                (reader.byte(), reader.count(), reader.text()),
                (0, 0, ""),
                "nothing is read after it"
            );
            reader.finish()
        };
        let count = |reader: &mut Reader<'_>| assert_eq!(reader.count(), 0);
        assert_eq!(error(&[0xff, 0xff, 0xff, 0xff, 0x0f], count), Err(DecodeError::WrongLength));
        assert_eq!(error(&[0x80; 9], count), Err(DecodeError::Invalid(5)));
        assert_eq!(
            error(&[2, 0xff, 0xff], |reader| assert_eq!(reader.text(), "")),
            Err(DecodeError::Invalid(3))
        );
        assert_eq!(error(&[7], |reader| assert_eq!(reader.index(7), 0)), Err(DecodeError::Invalid(1)));
    }
}
