//! Writes the blocks of terms and their tails.

use std::sync::Arc;

use rayon::prelude::*;

use super::layout::{self, Layout};
use super::lists::Written;
use super::pack::{Packer, places, shelve, store};
use crate::codec::{BlockKind, Encoder};
use crate::directory::{Directory, Tail};
use crate::entry::IndexFile;
use crate::postings::write_term;

/// A term, with the place of its tail.
type Shelved<'a> = (&'a Written, Option<Tail>);

/// Writes terms and tails, and names their files in the directory.
pub(super) fn export(
    lists: &[Arc<Written>],
    layout: &Layout,
    directory: &mut Directory,
    files: &mut Vec<IndexFile>,
) {
    let tails = shelve_tails(lists, layout, directory, files);
    let shelved: Vec<Shelved<'_>> = lists.iter().map(AsRef::as_ref).zip(tails).collect();
    let size = |(list, _): &Shelved<'_>| list.head.len() + 8;
    let blocks = layout::blocks(&shelved, size, Layout::TERM_BLOCK_BYTES, Layout::MOST_TERM_BLOCKS);
    directory.first_terms = blocks.iter().filter_map(|block| Some(block.first()?.0.term.clone())).collect();
    let packed: Vec<Vec<u8>> = blocks
        .par_iter()
        .enumerate()
        .map_init(Packer::new, |packer, (number, block)| packer.pack(&term_block(block, number)))
        .collect();
    directory.terms = shelve(packed, BlockKind::Terms, layout.term_files, files);
}

/// Within a block a term is written by what it has more than the one before it.
fn term_block(terms: &[Shelved<'_>], number: usize) -> Vec<u8> {
    let mut block = Encoder::new();
    let mut before = "";
    for (list, tail) in terms {
        write_term(&mut block, before, &list.term, list.entries, *tail, &list.head);
        before = &list.term;
    }
    block.frame(BlockKind::Terms, number as u32)
}

/// Puts the tails into files; for each term, where its tail is.
fn shelve_tails(
    lists: &[Arc<Written>],
    layout: &Layout,
    directory: &mut Directory,
    files: &mut Vec<IndexFile>,
) -> Vec<Option<Tail>> {
    let tails: Vec<&[u8]> =
        lists.iter().map(|list| list.tail.as_slice()).filter(|tail| !tail.is_empty()).collect();
    let lengths: Vec<u32> = tails.iter().map(|tail| tail.len() as u32).collect();
    let places = places(&lengths, layout.tail_files);
    let mut tails = tails.into_iter();
    for shelf in places.chunk_by(|left, right| left.0 == right.0) {
        let content: Vec<&[u8]> = tails.by_ref().take(shelf.len()).collect();
        directory.tails.push(store(files, BlockKind::Tail, content.concat()));
    }
    let mut places = places.into_iter();
    let tail = |list: &Arc<Written>| {
        let length = Some(list.tail.len() as u32).filter(|length| *length > 0)?;
        let (file, from) = places.next()?;
        Some(Tail { file: file as u32, from, length })
    };
    lists.iter().map(tail).collect()
}
