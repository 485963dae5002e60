//! Blocks packed into files: each alone where there are few, several in one file where there are many.

use std::collections::BTreeMap;
use std::sync::Arc;

use libdeflater::{CompressionLvl, Compressor};
use rayon::prelude::*;

use super::keys::key_of;
use super::layout::{firsts, roughly};
use crate::blocks::{BlockTable, FileId};
use crate::codec::BlockKind;
use crate::entry::IndexFile;

/// Packs blocks one after another: making its tables anew for each would take a quarter of the time.
pub(super) struct Packer {
    compressor: Compressor,
    /// As long as the longest that was needed.
    room: Vec<u8>,
}

impl Default for Packer {
    fn default() -> Self {
        Self::of_level(CompressionLvl::default())
    }
}

impl Packer {
    /// For tails, of which an edit packs long ones again and a search seldom reads one: at level 3 they have 1.4 % more bytes than at
    /// level 6 (10,000 generated pages), and a preview has its index a tenth sooner.
    pub(super) fn for_tails() -> Self {
        Self::of_level(CompressionLvl::new(3).expect("it is one of libdeflate's levels"))
    }

    fn of_level(level: CompressionLvl) -> Self {
        Self { compressor: Compressor::new(level), room: Vec::new() }
    }

    /// A block as a zlib stream; the same bytes every time.
    pub(super) fn pack(&mut self, block: &[u8]) -> Vec<u8> {
        let bound = self.compressor.zlib_compress_bound(block.len());
        if self.room.len() < bound {
            self.room.resize(bound, 0);
        }
        let length = self
            .compressor
            .zlib_compress(block, &mut self.room)
            .expect("there is room for whatever it becomes");
        self.room.get(..length).unwrap_or_default().to_vec()
    }
}

/// Divides lengths among at most `most` files: for each, in which file it is and where in it.
///
/// Neighbours stay together and files are about equally large.
pub(super) fn places(lengths: &[u32], most: usize) -> Vec<(usize, u32)> {
    let total: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
    let share = roughly(total.div_ceil(most.max(1) as u64) as usize).max(1) as u64;
    let mut places: Vec<(usize, u32)> = Vec::with_capacity(lengths.len());
    let (mut before, mut at, mut last) = (0_u64, 0_u32, None);
    let mut file = 0;
    for (index, length) in lengths.iter().enumerate() {
        let next = if lengths.len() <= most { index as u64 } else { before / share };
        if last.is_some_and(|last| last != next) {
            file += 1;
            at = 0;
        }
        last = Some(next);
        places.push((file, at));
        at += length;
        before += u64::from(*length);
    }
    places
}

/// The items of each file, by their [`places`].
pub(super) fn shelves<'a, T>(items: &'a [T], places: &[(usize, u32)]) -> Vec<&'a [T]> {
    let (mut shelves, mut rest) = (Vec::new(), items);
    for shelf in places.chunk_by(|left, right| left.0 == right.0) {
        let (items, others) = rest.split_at(shelf.len().min(rest.len()));
        shelves.push(items);
        rest = others;
    }
    shelves
}

/// Packed blocks by the keys of what they were made of.
pub(super) type Packs = BTreeMap<u64, Arc<[u8]>>;

/// The files of an index that is made.
pub(super) struct Files {
    pub(super) list: Vec<IndexFile>,
    /// What need not be packed again.
    known: Packs,
    /// What was packed or taken over, where it is kept for the next time.
    packed: Option<Packs>,
}

impl Files {
    /// With what is known from before, where blocks are kept for the next time.
    pub(super) fn new(known: Option<Packs>) -> Self {
        let packed = known.is_some().then(Packs::new);
        Self { list: Vec::new(), known: known.unwrap_or_default(), packed }
    }

    /// Adds files and says by which ids they are named.
    pub(super) fn store(
        &mut self,
        kind: BlockKind,
        contents: impl IndexedParallelIterator<Item = Vec<u8>>,
    ) -> Vec<FileId> {
        let named: Vec<(FileId, Vec<u8>)> = contents.map(|bytes| (FileId::of(&bytes), bytes)).collect();
        let (ids, files): (Vec<FileId>, Vec<IndexFile>) =
            named.into_iter().map(|(id, bytes)| (id, IndexFile { name: id.name(kind), bytes })).unzip();
        self.list.extend(files);
        ids
    }

    /// Packs blocks and puts them into at most `most` files. Each is written only if its key, which is that of all that goes into
    /// it, is not known from before.
    pub(super) fn shelve<Write: FnOnce() -> Vec<u8>>(
        &mut self,
        blocks: impl IndexedParallelIterator<Item = (u64, Write)>,
        kind: BlockKind,
        most: usize,
    ) -> BlockTable {
        let known = &self.known;
        let blocks: Vec<(u64, Arc<[u8]>)> = blocks
            .map_init(Packer::default, |packer, (key, write)| {
                let key = key_of((kind as isize, key));
                (key, known.get(&key).map_or_else(|| packer.pack(&write()).into(), Arc::clone))
            })
            .collect();
        let lengths: Vec<u32> = blocks.iter().map(|(_, block)| block.len() as u32).collect();
        let places = places(&lengths, most);
        let shelves = shelves(&blocks, &places);
        let firsts = firsts(&shelves);
        let content = |shelf: &[(u64, Arc<[u8]>)]| {
            shelf.iter().map(|(_, block)| &**block).collect::<Vec<&[u8]>>().concat()
        };
        let ids = self.store(kind, shelves.into_par_iter().map(content));
        if let Some(packed) = &mut self.packed {
            packed.extend(blocks);
        }
        BlockTable { files: ids.into_iter().zip(firsts).collect(), lengths }
    }

    /// The files by their names, and what is kept for the next time.
    pub(super) fn finish(mut self) -> (Vec<IndexFile>, Option<Packs>) {
        self.list.sort_by(|left, right| left.name.cmp(&right.name));
        self.list.dedup_by(|left, right| left.name == right.name);
        (self.list, self.packed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Encoder;
    use crate::native::unpack;

    #[test]
    fn what_is_packed_comes_back() {
        let block = "申报时间".repeat(100);
        let mut packer = Packer::default();
        let packed = packer.pack(block.as_bytes());
        assert_eq!(packed, packer.pack(block.as_bytes()), "the same bytes");
        assert!(packed.len() < block.len() / 10);
        assert_eq!(unpack(&packed).as_deref(), Ok(block.as_bytes()));
        assert!(unpack(&packed[..packed.len() - 1]).is_err());
    }

    #[test]
    fn few_blocks_have_files_of_their_own_and_many_share() {
        assert_eq!(places(&[5, 5, 5], 3), [(0, 0), (1, 0), (2, 0)]);
        assert_eq!(places(&[5, 5, 5, 5], 2), [(0, 0), (0, 5), (1, 0), (1, 5)]);
        assert_eq!(places(&[100, 1, 1], 2), [(0, 0), (1, 0), (1, 1)]);
        assert!(places(&[], 3).is_empty());
        let mut files = Files::new(Some(Packs::new()));
        let block = |byte: u8| {
            let mut encoder = Encoder::new();
            encoder.bytes(&[byte; 10]);
            encoder.frame(BlockKind::Texts, 0)
        };
        let blocks = || [1, 2, 3].into_par_iter().map(|byte| (u64::from(byte), move || block(byte)));
        let table = files.shelve(blocks(), BlockKind::Texts, 2);
        let part = table.part(BlockKind::Texts, 1).unwrap();
        let (list, packed) = files.finish();
        let packed = packed.unwrap();
        assert_eq!((list.len(), packed.len()), (2, 3));
        let file = list.iter().find(|file| file.name == part.file).unwrap();
        assert_eq!(unpack(&file.bytes[part.from as usize..part.to as usize]).as_ref(), Ok(&block(2)));
        // What is known is not packed again.
        let known = packed.into_keys().map(|key| (key, Arc::from([7]))).collect();
        let mut files = Files::new(Some(known));
        files.shelve(blocks(), BlockKind::Texts, 1);
        assert_eq!(files.finish().0[0].bytes, [7, 7, 7]);
    }
}
