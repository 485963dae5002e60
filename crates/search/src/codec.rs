//! Bytes of the blocks of an index: variable-length numbers, front-coded words, a frame with version and checksum.
//!
//! Decoding is total. Whatever the bytes are, it ends in a value or a [`ReadError`], and no length read from a
//! file is believed before the bytes it speaks of are seen to be there: a damaged file cannot ask for memory.

use thiserror::Error;

/// Version of all blocks; a reader accepts its own version only.
const VERSION: u8 = 4;
/// Bytes that every block begins with, before the letter of its kind and the version.
const MAGIC: [u8; 3] = *b"ZNS";
const CHECKSUM_BYTES: usize = 8;

/// What can be wrong with an index file, or with the order in which files are handed over.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The bytes end too early.
    #[error("the block ends too early")]
    Truncated,
    /// The bytes are no index file of the kind expected here.
    #[error("not a search index file of this kind")]
    NotAnIndex,
    /// Written by another version of the builder.
    #[error("index version {0} is not supported")]
    Version(u8),
    /// The checksum does not fit the bytes.
    #[error("the checksum does not match")]
    Checksum,
    /// The bytes say something impossible.
    #[error("malformed index: {0}")]
    Malformed(&'static str),
    /// The directory does not know this part of a file, or it is another part.
    #[error("the directory does not know this part of a file")]
    UnknownFile,
    /// A file is not there.
    #[error("a file of the index is missing")]
    Missing,
}

/// Kind of a block, as its fourth byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Directory = b'd' as isize,
    Terms = b't' as isize,
    Tail = b'l' as isize,
    Texts = b'x' as isize,
    Sounds = b's' as isize,
    Phrases = b'p' as isize,
}

/// Checks frame, place and checksum and returns what is inside.
///
/// The number tells the block from the others of its kind: a server that sends the wrong part of a file is found out.
pub(crate) fn unframe(kind: BlockKind, number: u32, bytes: &[u8]) -> Result<&[u8], ReadError> {
    let mut decoder = sound(kind, bytes)?;
    if decoder.number()? == number { Ok(decoder.rest) } else { Err(ReadError::UnknownFile) }
}

/// Checks all but the number of a block, which comes next.
pub(crate) fn sound(kind: BlockKind, bytes: &[u8]) -> Result<Decoder<'_>, ReadError> {
    let header = MAGIC.len() + 2;
    if bytes.len() < header + CHECKSUM_BYTES {
        return Err(ReadError::Truncated);
    }
    let (content, checksum) = bytes.split_at(bytes.len() - CHECKSUM_BYTES);
    if !content.starts_with(&MAGIC) || content.get(3) != Some(&(kind as isize as u8)) {
        return Err(ReadError::NotAnIndex);
    }
    // Before the checksum: another version may have another one.
    match content.get(4) {
        Some(&VERSION) => {}
        Some(&other) => return Err(ReadError::Version(other)),
        None => return Err(ReadError::Truncated),
    }
    if hash(content).to_le_bytes() != checksum {
        return Err(ReadError::Checksum);
    }
    Ok(Decoder::new(content.get(header..).ok_or(ReadError::Truncated)?))
}

/// Eight bytes at a time are mixed in, each time by a step that can be undone: two blocks that differ in eight neighbouring bytes at
/// most never have the same hash. 64 bits: finds accidents, is no defence against malice.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    // Odd, so that multiplying by them can be undone: 2^64 by the golden ratio, and a prime.
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    const END: u64 = 0xd6e8_feb8_6659_fd93;
    let mixed = |state: u64, word: [u8; 8]| {
        let state = (state ^ u64::from_le_bytes(word)).wrapping_mul(STEP);
        state ^ (state >> 32)
    };
    let mut words = bytes.chunks_exact(8);
    let mut state = bytes.len() as u64;
    for word in &mut words {
        state = mixed(state, word.try_into().unwrap_or_default());
    }
    let mut last = [0; 8];
    last.iter_mut().zip(words.remainder()).for_each(|(last, byte)| *last = *byte);
    state = mixed(state, last).wrapping_mul(END);
    state ^ (state >> 32)
}

/// Reads the content of a frame from its beginning to its end.
#[derive(Debug, Clone)]
pub(crate) struct Decoder<'a> {
    rest: &'a [u8],
}

impl<'a> Decoder<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Bytes not read yet.
    pub(crate) fn remaining(&self) -> usize {
        self.rest.len()
    }

    pub(crate) fn byte(&mut self) -> Result<u8, ReadError> {
        let (first, rest) = self.rest.split_first().ok_or(ReadError::Truncated)?;
        self.rest = rest;
        Ok(*first)
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], ReadError> {
        let taken = self.rest.get(..length).ok_or(ReadError::Truncated)?;
        self.rest = self.rest.get(length..).ok_or(ReadError::Truncated)?;
        Ok(taken)
    }

    /// A number of up to 32 bits, seven bits a byte, lowest first.
    pub(crate) fn number(&mut self) -> Result<u32, ReadError> {
        let mut value = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return u32::try_from(value).map_err(|_| ReadError::Malformed("number too large"));
            }
        }
        Err(ReadError::Malformed("number too long"))
    }

    /// A number of things that follow, each of at least one byte.
    pub(crate) fn count(&mut self) -> Result<usize, ReadError> {
        let count = self.number()? as usize;
        if count > self.rest.len() { Err(ReadError::Truncated) } else { Ok(count) }
    }

    /// A text with its length before it.
    pub(crate) fn text(&mut self) -> Result<&'a str, ReadError> {
        let length = self.number()? as usize;
        core::str::from_utf8(self.bytes(length)?).map_err(|_| ReadError::Malformed("text is not UTF-8"))
    }

    /// The next of a sorted list of words: how much it shares with the one before it, then the rest.
    pub(crate) fn next_word(&mut self, word: &mut String) -> Result<(), ReadError> {
        let shared = self.number()? as usize;
        let suffix = self.text()?;
        if !word.is_char_boundary(shared) {
            return Err(ReadError::Malformed("shared part of a word"));
        }
        word.truncate(shared);
        word.push_str(suffix);
        Ok(())
    }
}

#[cfg(any(feature = "build", test))]
pub(crate) use encode::Encoder;

#[cfg(any(feature = "build", test))]
mod encode {
    use super::{BlockKind, MAGIC, VERSION, hash};

    /// Writes what [`super::Decoder`] reads.
    #[derive(Debug, Clone, Default)]
    pub(crate) struct Encoder {
        bytes: Vec<u8>,
    }

    impl Encoder {
        pub(crate) fn new() -> Self {
            Self::default()
        }

        pub(crate) fn byte(&mut self, value: u8) {
            self.bytes.push(value);
        }

        pub(crate) fn bytes(&mut self, value: &[u8]) {
            self.bytes.extend_from_slice(value);
        }

        pub(crate) fn number(&mut self, mut value: u32) {
            while value >= 0x80 {
                self.bytes.push((value & 0x7f) as u8 | 0x80);
                value >>= 7;
            }
            self.bytes.push(value as u8);
        }

        /// A count or an index; more than 2³² of anything does not fit an index.
        pub(crate) fn count(&mut self, value: usize) {
            self.number(u32::try_from(value).unwrap_or(u32::MAX));
        }

        pub(crate) fn text(&mut self, value: &str) {
            self.count(value.len());
            self.bytes(value.as_bytes());
        }

        pub(crate) fn next_word(&mut self, before: &str, word: &str) {
            let shared: usize = before
                .chars()
                .zip(word.chars())
                .take_while(|(left, right)| left == right)
                .map(|(character, _)| character.len_utf8())
                .sum();
            self.count(shared);
            self.text(word.get(shared..).unwrap_or_default());
        }

        /// Bytes written so far.
        pub(crate) fn len(&self) -> usize {
            self.bytes.len()
        }

        /// What was written so far, without a frame.
        pub(crate) fn content(self) -> Vec<u8> {
            self.bytes
        }

        /// The finished block: frame, content, checksum.
        pub(crate) fn frame(self, kind: BlockKind, number: u32) -> Vec<u8> {
            let mut block = Self { bytes: Vec::with_capacity(self.bytes.len() + 20) };
            block.bytes(&MAGIC);
            block.byte(kind as isize as u8);
            block.byte(VERSION);
            block.number(number);
            block.bytes(&self.bytes);
            let checksum = hash(&block.bytes);
            block.bytes(&checksum.to_le_bytes());
            block.bytes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_come_back() {
        let mut encoder = Encoder::new();
        for number in [0, 1, 127, 128, 16_384, u32::MAX] {
            encoder.number(number);
        }
        encoder.next_word("", "试点");
        encoder.next_word("试点", "试题");
        let file = encoder.frame(BlockKind::Terms, 300);
        let mut decoder = Decoder::new(unframe(BlockKind::Terms, 300, &file).unwrap());
        for number in [0, 1, 127, 128, 16_384, u32::MAX] {
            assert_eq!(decoder.number(), Ok(number));
        }
        let mut word = String::new();
        decoder.next_word(&mut word).unwrap();
        assert_eq!(word, "试点");
        decoder.next_word(&mut word).unwrap();
        assert_eq!(word, "试题");
        assert!(decoder.is_empty());
    }

    #[test]
    fn a_damaged_frame_is_refused() {
        let mut encoder = Encoder::new();
        encoder.text("学分银行");
        let file = encoder.frame(BlockKind::Texts, 7);
        for length in 0..file.len() {
            assert!(unframe(BlockKind::Texts, 7, file.get(..length).unwrap()).is_err(), "cut to {length}");
        }
        for position in 0..file.len() {
            let mut damaged = file.clone();
            damaged[position] ^= 0x10;
            assert!(unframe(BlockKind::Texts, 7, &damaged).is_err(), "flipped byte {position}");
        }
        assert_eq!(unframe(BlockKind::Terms, 7, &file), Err(ReadError::NotAnIndex));
        assert_eq!(unframe(BlockKind::Texts, 8, &file), Err(ReadError::UnknownFile));
    }

    #[test]
    fn a_length_beyond_the_end_asks_for_no_memory() {
        let mut encoder = Encoder::new();
        encoder.number(u32::MAX);
        let content = encoder.content();
        assert_eq!(Decoder::new(&content).count(), Err(ReadError::Truncated));
        assert_eq!(Decoder::new(&content).text(), Err(ReadError::Truncated));
    }
}
