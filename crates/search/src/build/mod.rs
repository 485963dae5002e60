//! Building an index: words, tantivy's segment, and its export into files for the browser.

mod common_characters;
mod export;
mod layout;
mod pack;
mod pronounce;
mod segment;
mod suggested;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use rayon::prelude::*;
use thiserror::Error;

use crate::codec::BlockKind;
use crate::directory::{Directory, Run};
use crate::entry::{DIRECTORY_NAME, Entry, IndexFile, Synonyms};
use crate::texts::BlockEncoder;
use crate::vocabulary::Vocabulary;

pub use layout::BuildOptions;
use layout::Layout;
use pack::{Packer, shelve};

/// Why an index could not be built.
#[derive(Debug, Error)]
pub enum BuildError {
    /// The search engine failed.
    #[error("the search engine could not index the texts: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// Its segment could not be read.
    #[error("the search engine's segment could not be read: {0}")]
    Segment(#[from] std::io::Error),
    /// More entries than an index holds.
    #[error("{0} entries are more than an index holds")]
    TooMany(usize),
}

/// Builds an index: the directory first, then the other files by name.
///
/// The bytes depend on the entries, their order, the synonyms and the number of files alone.
///
/// # Errors
/// When the engine fails; what the entries say cannot make it fail.
pub fn build(
    entries: &[Entry<'_>],
    synonyms: &[Synonyms],
    options: &BuildOptions,
) -> Result<Vec<IndexFile>, BuildError> {
    if entries.len() > i32::MAX as usize {
        return Err(BuildError::TooMany(entries.len()));
    }
    let layout = Layout::new(options);
    let vocabulary = Arc::new(words::vocabulary(entries, synonyms));
    let (kinds, provinces, runs) = runs(entries);
    let mut directory = Directory {
        entries: entries.len() as u32,
        places: words::places(&provinces, &vocabulary),
        synonyms: words::groups(synonyms, &vocabulary),
        vocabulary: Vocabulary::clone(&vocabulary),
        kinds,
        provinces,
        runs,
        ..Directory::default()
    };
    let mut files = Vec::new();
    if !entries.is_empty() {
        let (heard, segments) = rayon::join(
            || pronounce::Heard::of(entries),
            || segment::Segment::build_all(entries, &vocabulary),
        );
        let segments = segments?;
        for (field, tokens) in directory.tokens.iter_mut().enumerate() {
            let total: u64 = segments.iter().map(|segment| segment.tokens[field]).sum();
            *tokens = u32::try_from(total).map_err(|_| BuildError::TooMany(entries.len()))?;
        }
        let terms = export::export(segments, &layout, &mut directory, &mut files)?;
        let (sounds, phrases) = rayon::join(
            || Packer::new().pack(&pronounce::pronounce(heard, &vocabulary, &terms)),
            || Packer::new().pack(&suggested::suggested(entries, synonyms, &terms)),
        );
        directory.sounds = shelve(vec![sounds], BlockKind::Sounds, 1, &mut files);
        directory.phrases = shelve(vec![phrases], BlockKind::Phrases, 1, &mut files);
    }
    // Last, when what the terms needed is gone from memory.
    let (first_entries, texts) = text_blocks(entries);
    directory.first_entries = first_entries;
    directory.texts = shelve(texts, BlockKind::Texts, layout.text_files, &mut files);
    files.sort_by(|left, right| left.name.cmp(&right.name));
    files.dedup_by(|left, right| left.name == right.name);
    files.insert(
        0,
        IndexFile { name: DIRECTORY_NAME.to_owned(), bytes: Packer::new().pack(&directory.encode()) },
    );
    Ok(files)
}

/// The texts in packed blocks, with the first entry of each.
fn text_blocks(entries: &[Entry<'_>]) -> (Vec<u32>, Vec<Vec<u8>>) {
    let size = |entry: &Entry<'_>| entry.text.len() + entry.heading.len();
    let blocks = layout::blocks(entries, size, Layout::TEXT_BLOCK_BYTES, Layout::MOST_TEXT_BLOCKS);
    let next = |first: &mut u32, block: &&[Entry<'_>]| {
        let this = *first;
        *first += block.len() as u32;
        Some(this)
    };
    let firsts = blocks.iter().scan(0, next).collect();
    let packed = blocks.par_iter().enumerate().map_init(Packer::new, |packer, (number, entries)| {
        let mut block = BlockEncoder::default();
        entries.iter().for_each(|entry| block.push(entry));
        packer.pack(&block.finish(number as u32))
    });
    (firsts, packed.collect())
}

/// Labels of the filters, and entries alike in them put together.
fn runs(entries: &[Entry<'_>]) -> (Vec<String>, Vec<(String, String)>, Vec<Run>) {
    let (mut kinds, mut provinces, mut groups) = (Vec::new(), Vec::new(), Numbers::default());
    let mut runs: Vec<Run> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let run = Run {
            first: index as u32,
            kind: place(&mut kinds, entry.kind.to_string()),
            province: place(&mut provinces, (entry.province.to_string(), entry.province_name.to_string())),
            year: entry.year,
            archived: entry.archived,
            group: groups.of(&entry.group),
        };
        if runs.last().is_none_or(|last| Run { first: run.first, ..*last } != run) {
            runs.push(run);
        }
    }
    (kinds, provinces, runs)
}

/// Index of a label in a short list, which gets it if it has it not.
fn place<T: PartialEq>(list: &mut Vec<T>, item: T) -> u32 {
    let index = list.iter().position(|other| *other == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    });
    index as u32
}

/// Numbers for names, in the order of first use.
#[derive(Default)]
struct Numbers {
    by_name: std::collections::HashMap<String, u32>,
}

impl Numbers {
    fn of(&mut self, name: &str) -> u32 {
        let next = self.by_name.len() as u32;
        match self.by_name.get(name) {
            Some(number) => *number,
            None => *self.by_name.entry(name.to_owned()).or_insert(next),
        }
    }
}
