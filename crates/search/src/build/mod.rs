//! Building an index: words, tantivy's segment, and its export into files for the browser.

mod common_characters;
mod export;
mod pronounce;
mod segment;
#[cfg(test)]
mod tests;
mod words;

use thiserror::Error;

use crate::codec::FileKind;
use crate::directory::{Directory, FileId, Run};
use crate::entry::{DIRECTORY_NAME, Entry, IndexFile, Synonyms};
use crate::texts::{BlockEncoder, Shown};

/// Size at which a block of texts is closed, in bytes before compression.
const TEXT_BLOCK_BYTES: usize = 3_500;
/// Most blocks of texts: larger portals get larger blocks.
const MOST_TEXT_BLOCKS: usize = 4_000;

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
/// The bytes depend on the entries, their order and the synonyms alone.
///
/// # Errors
/// When the engine fails; what the entries say cannot make it fail.
pub fn build(entries: &[Entry], synonyms: &[Synonyms]) -> Result<Vec<IndexFile>, BuildError> {
    if entries.len() > i32::MAX as usize {
        return Err(BuildError::TooMany(entries.len()));
    }
    let vocabulary = words::vocabulary(entries, synonyms);
    let (kinds, provinces, runs) = runs(entries);
    let mut directory = Directory {
        entries: entries.len() as u32,
        places: words::places(&provinces, &vocabulary),
        synonyms: words::groups(synonyms, &vocabulary),
        vocabulary,
        kinds,
        provinces,
        runs,
        ..Directory::default()
    };
    let mut files = Vec::new();
    for (first, bytes) in text_blocks(entries) {
        directory.texts.push((first, store(&mut files, FileKind::Texts, bytes)));
    }
    if !entries.is_empty() {
        let segment = segment::Segment::build(entries, &directory.vocabulary)?;
        directory.tokens = segment.tokens;
        let terms = export::export(&segment, &mut directory, &mut files)?;
        let sounds = pronounce::pronounce(entries, &directory.vocabulary, &terms);
        directory.sounds = Some(store(&mut files, FileKind::Sounds, sounds));
    }
    files.sort_by(|left, right| left.name.cmp(&right.name));
    files.dedup_by(|left, right| left.name == right.name);
    files.insert(0, IndexFile { name: DIRECTORY_NAME.to_owned(), bytes: directory.encode() });
    Ok(files)
}

/// Adds a file under the name its content gives it.
fn store(files: &mut Vec<IndexFile>, kind: FileKind, bytes: Vec<u8>) -> FileId {
    let id = FileId::of(&bytes);
    files.push(IndexFile { name: id.name(kind), bytes });
    id
}

fn text_blocks(entries: &[Entry]) -> Vec<(u32, Vec<u8>)> {
    let total: usize = entries.iter().map(|entry| entry.text.len()).sum();
    let block_bytes = TEXT_BLOCK_BYTES.max(total / MOST_TEXT_BLOCKS);
    let mut blocks = Vec::new();
    let mut block = BlockEncoder::default();
    let mut first = 0;
    for (index, entry) in entries.iter().enumerate() {
        if block.len() > 0 && block.len() + entry.text.len() > block_bytes {
            blocks.push((first, std::mem::take(&mut block).finish()));
            first = index as u32;
        }
        block.push(Shown {
            url: entry.url.clone(),
            title: entry.title.clone(),
            heading: entry.heading.clone(),
            text: entry.text.clone(),
            source: entry.source.clone(),
            group: entry.group.clone(),
        });
    }
    if block.len() > 0 {
        blocks.push((first, block.finish()));
    }
    blocks
}

/// Labels of the filters, and entries alike in them put together.
fn runs(entries: &[Entry]) -> (Vec<String>, Vec<(String, String)>, Vec<Run>) {
    let (mut kinds, mut provinces, mut groups) = (Vec::new(), Vec::new(), Numbers::default());
    let mut runs: Vec<Run> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let run = Run {
            first: index as u32,
            kind: place(&mut kinds, &entry.kind),
            province: place(&mut provinces, &(entry.province.clone(), entry.province_name.clone())),
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
fn place<T: Clone + PartialEq>(list: &mut Vec<T>, item: &T) -> u32 {
    let index = list.iter().position(|other| other == item).unwrap_or_else(|| {
        list.push(item.clone());
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
