//! Where the blocks of an index are: packed, one after another, in files that carry the hash of their content.
//!
//! A block is what is read at once. A small portal has a file for each; in a large one many blocks share a file, so that
//! the number of files stays bounded, and a reader asks for its part of the file by an HTTP range (RFC 9110, section 14).

use crate::codec::{BlockKind, Decoder, ReadError};

/// A stretch of an index file that a reader asks for. It holds one block, packed as a zlib stream (RFC 1950).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Name of the file, which stands beside the directory.
    pub file: String,
    /// First byte.
    pub from: u32,
    /// Byte after the last one.
    pub to: u32,
    /// It is all of the file.
    pub whole: bool,
}

/// A file by the first 40 bits of its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) [u8; 5]);

impl FileId {
    #[cfg(any(feature = "build", test))]
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let [a, b, c, d, e, ..] = crate::codec::hash(bytes).to_le_bytes();
        Self([a, b, c, d, e])
    }

    /// Name of a file of this content with blocks of this kind.
    pub(crate) fn name(self, kind: BlockKind) -> String {
        let kind = match kind {
            BlockKind::Directory => "directory",
            BlockKind::Terms => "terms",
            BlockKind::Tail => "tails",
            BlockKind::Texts => "texts",
            BlockKind::Sounds => "sounds",
            BlockKind::Phrases => "phrases",
        };
        let mut name = String::from("search-");
        name.push_str(kind);
        name.push('.');
        for byte in self.0 {
            for digit in [byte >> 4, byte & 15] {
                name.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
            }
        }
        name.push_str(".bin");
        name
    }

    pub(crate) fn read(decoder: &mut Decoder<'_>) -> Result<Self, ReadError> {
        let bytes = decoder.bytes(5)?;
        <[u8; 5]>::try_from(bytes).map(Self).map_err(|_| ReadError::Truncated)
    }
}

/// The blocks of one kind, numbered through all its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BlockTable {
    /// Each file with the number of its first block.
    pub(crate) files: Vec<(FileId, u32)>,
    /// Bytes of each block, packed.
    pub(crate) lengths: Vec<u32>,
}

impl BlockTable {
    /// Number of blocks.
    pub(crate) fn len(&self) -> u32 {
        self.lengths.len() as u32
    }

    /// Where a block is.
    pub(crate) fn part(&self, kind: BlockKind, block: u32) -> Option<Part> {
        let after = self.files.partition_point(|(_, first)| *first <= block);
        let (id, first) = self.files.get(after.checked_sub(1)?)?;
        let before = self.lengths.get(*first as usize..block as usize)?;
        let from = before.iter().fold(0_u32, |sum, length| sum.saturating_add(*length));
        let to = from.checked_add(*self.lengths.get(block as usize)?)?;
        let next = self.files.get(after).map_or(self.len(), |(_, first)| *first);
        Some(Part { file: id.name(kind), from, to, whole: next == first + 1 })
    }

    /// The block that begins at this byte of a file.
    pub(crate) fn block(&self, kind: BlockKind, file: &str, from: u32) -> Option<u32> {
        let index = self.files.iter().position(|(id, _)| id.name(kind) == file)?;
        let (_, first) = self.files.get(index)?;
        let end = self.files.get(index + 1).map_or(self.len(), |(_, first)| *first);
        let mut at = 0_u32;
        for block in *first..end {
            if at == from {
                return Some(block);
            }
            at = at.checked_add(*self.lengths.get(block as usize)?)?;
        }
        None
    }

    pub(crate) fn read(decoder: &mut Decoder<'_>) -> Result<Self, ReadError> {
        let mut table = Self::default();
        let mut first = 0_u32;
        for _ in 0..decoder.count()? {
            table.files.push((FileId::read(decoder)?, first));
            first = first
                .checked_add(decoder.number()?)
                .ok_or(ReadError::Malformed("number of blocks in a file"))?;
        }
        for _ in 0..decoder.count()? {
            table.lengths.push(decoder.number()?);
        }
        if table.len() == first { Ok(table) } else { Err(ReadError::Malformed("number of blocks")) }
    }

    #[cfg(any(feature = "build", test))]
    pub(crate) fn write(&self, encoder: &mut crate::codec::Encoder) {
        encoder.count(self.files.len());
        for (index, (id, first)) in self.files.iter().enumerate() {
            encoder.bytes(&id.0);
            encoder.number(self.files.get(index + 1).map_or(self.len(), |(_, next)| *next) - first);
        }
        encoder.count(self.lengths.len());
        for length in &self.lengths {
            encoder.number(*length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Encoder;

    #[test]
    fn blocks_are_found_in_their_files() {
        let (one, other) = (FileId([1; 5]), FileId([0xab; 5]));
        let table = BlockTable { files: vec![(one, 0), (other, 2)], lengths: vec![10, 20, 300] };
        let mut encoder = Encoder::new();
        table.write(&mut encoder);
        let content = encoder.content();
        assert_eq!(BlockTable::read(&mut Decoder::new(&content)).as_ref(), Ok(&table));
        let name = "search-texts.0101010101.bin".to_owned();
        let part = table.part(BlockKind::Texts, 1).unwrap();
        assert_eq!(part, Part { file: name, from: 10, to: 30, whole: false });
        assert_eq!(table.block(BlockKind::Texts, &part.file, 10), Some(1));
        assert_eq!(table.block(BlockKind::Texts, &part.file, 11), None);
        assert_eq!(table.block(BlockKind::Terms, &part.file, 10), None);
        let part = table.part(BlockKind::Texts, 2).unwrap();
        assert!(part.whole && part.file == "search-texts.ababababab.bin" && part.to == 300);
        assert_eq!(table.part(BlockKind::Texts, 3), None);
    }
}
