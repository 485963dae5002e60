//! Writes the blocks of terms and their tails.

use std::sync::Arc;

use rayon::prelude::*;

use super::keys::key_of;
use super::layout::{self, Layout};
use super::lists::{Lists, Written};
use super::pack::{Files, places, shelves};
use crate::codec::{BlockKind, Encoder, hash};
use crate::directory::{Directory, Tail};
use crate::postings::{term_number, write_term};

/// Bytes in whose multiples tails are placed.
const TAIL_STEP: usize = 64;

/// A term, with the place of its tail.
type Shelved<'a> = (&'a Written, Option<Tail>);

/// Writes terms and tails, and names their files in the directory.
pub(super) fn export(lists: &Lists, layout: &Layout, directory: &mut Directory, files: &mut Files) {
    let tails = shelve_tails(&lists.0, layout, directory, files);
    let shelved: Vec<Shelved<'_>> = lists.0.iter().map(AsRef::as_ref).zip(tails).collect();
    let size = |(list, _): &Shelved<'_>| list.head.len() + 8;
    let may_begin = |(list, _): &Shelved<'_>| hash(list.term.as_bytes()).is_multiple_of(2);
    let blocks =
        layout::blocks(&shelved, size, may_begin, Layout::TERM_BLOCK_BYTES, Layout::MOST_TERM_BLOCKS);
    directory.first_terms =
        blocks.iter().filter_map(|block| Some(block.first()?.0.term.to_string())).collect();
    let blocks = blocks.par_iter().map(|block| {
        let parts = block.iter().map(|(list, tail)| (list.key, tail.map(|tail| (tail.file, tail.from))));
        (key_of(parts.collect::<Vec<_>>()), || term_block(block))
    });
    directory.terms = files.shelve(blocks, BlockKind::Terms, layout.term_files);
}

/// Within a block a term is written by what it has more than the one before it.
fn term_block(terms: &[Shelved<'_>]) -> Vec<u8> {
    let mut block = Encoder::new();
    let mut before = "";
    for (list, tail) in terms {
        write_term(&mut block, before, &list.term, list.entries, *tail, &list.head);
        before = &list.term;
    }
    block.frame(BlockKind::Terms, terms.first().map_or(0, |(list, _)| term_number(&list.term)))
}

/// Puts the tails into files; for each term, where its tail is. There is a little room behind each: one that becomes longer seldom
/// moves those after it, and what the terms say of them.
fn shelve_tails(
    lists: &[Arc<Written>],
    layout: &Layout,
    directory: &mut Directory,
    files: &mut Files,
) -> Vec<Option<Tail>> {
    let tails: Vec<&[u8]> = lists.iter().map(|list| &*list.tail).filter(|tail| !tail.is_empty()).collect();
    let room = |tail: &[u8]| tail.len().next_multiple_of(TAIL_STEP);
    let rooms: Vec<u32> = tails.iter().map(|tail| room(tail) as u32).collect();
    let places = places(&rooms, layout.tail_files);
    let content = |tails: &[&[u8]]| {
        let mut content = Vec::with_capacity(tails.iter().map(|tail| room(tail)).sum());
        for tail in tails {
            let end = content.len() + room(tail);
            content.extend_from_slice(tail);
            content.resize(end, 0);
        }
        content
    };
    directory.tails = files.store(BlockKind::Tail, shelves(&tails, &places).into_par_iter().map(content));
    let mut places = places.into_iter();
    let tail = |list: &Arc<Written>| {
        let length = Some(list.tail.len() as u32).filter(|length| *length > 0)?;
        let (file, from) = places.next()?;
        Some(Tail { file: file as u32, from, length })
    };
    lists.iter().map(tail).collect()
}
