//! What fuzz targets need of the inside of an index: blocks taken apart and put together again with a right checksum.

use crate::blocks::Part;
use crate::codec::{BlockKind, Encoder, ReadError, sound};
use crate::directory::Directory;
use crate::entry::{DIRECTORY_NAME, IndexFile};
use crate::native::unpack;

/// A block of an index.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it is.
    pub part: Part,
    /// With frame and checksum.
    pub bytes: Vec<u8>,
    /// Without.
    pub content: Vec<u8>,
    kind: BlockKind,
    number: u32,
}

/// All blocks of an index, its directory first; tails are left out.
///
/// # Errors
/// When the index is damaged.
pub fn blocks(files: &[IndexFile]) -> Result<Vec<Block>, ReadError> {
    let file = |name: &str| files.iter().find(|file| file.name == name).ok_or(ReadError::Missing);
    let bytes = unpack(&file(DIRECTORY_NAME)?.bytes)?;
    let directory = Directory::decode(&bytes)?;
    let part = Part { file: DIRECTORY_NAME.to_owned(), from: 0, to: bytes.len() as u32, whole: true };
    let mut blocks = vec![block(part, bytes, BlockKind::Directory)?];
    for (table, kind) in [
        (&directory.terms, BlockKind::Terms),
        (&directory.texts, BlockKind::Texts),
        (&directory.sounds, BlockKind::Sounds),
        (&directory.phrases, BlockKind::Phrases),
    ] {
        for number in 0..table.len() {
            let part = table.part(kind, number).ok_or(ReadError::Truncated)?;
            let packed = file(&part.file)?.bytes.get(part.from as usize..part.to as usize);
            let bytes = unpack(packed.ok_or(ReadError::Truncated)?)?;
            blocks.push(block(part, bytes, kind)?);
        }
    }
    Ok(blocks)
}

fn block(part: Part, bytes: Vec<u8>, kind: BlockKind) -> Result<Block, ReadError> {
    let mut decoder = sound(kind, &bytes)?;
    let number = decoder.number()?;
    let content = decoder.bytes(decoder.remaining())?.to_vec();
    Ok(Block { part, bytes, content, kind, number })
}

/// A block in the place of another, with other content.
pub fn sealed(block: &Block, content: &[u8]) -> Vec<u8> {
    let mut encoder = Encoder::new();
    encoder.bytes(content);
    encoder.frame(block.kind, block.number)
}
