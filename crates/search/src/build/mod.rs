//! Building an index: words, what stands where, and its export into files for the browser.
//!
//! In this order: `words` is the vocabulary; `shares` divides the entries; `segment` counts each share; `walk` goes through the
//! segments as if they were one; `lists` writes down where each term stands; `export` puts the lists into blocks, and `pack` the
//! blocks into files. `layout` says how large all that is. `cache` keeps segments, lists and packed blocks for the next time: the layout is
//! such that an edit changes few of them, and that they are the same with and without a cache.

mod cache;
mod common_characters;
mod export;
mod keys;
mod layout;
mod lists;
mod names;
#[cfg(test)]
mod oracle;
mod pack;
mod pronounce;
mod segment;
mod shares;
mod suggested;
mod surroundings;
#[cfg(test)]
mod tests;
mod walk;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use thiserror::Error;

use crate::codec::BlockKind;
use crate::directory::{Directory, Run};
use crate::entry::{DIRECTORY_NAME, Entry, IndexFile, Synonyms};
use crate::texts::BlockEncoder;
use crate::vocabulary::Vocabulary;

use cache::Before;
pub use cache::Cache;
use keys::{Keyed, key_of};
pub use layout::BuildOptions;
use layout::Layout;
use lists::Lists;
use names::Names;
use pack::{Files, Packer};
use segment::Placed;
use surroundings::Surroundings;

/// Why an index could not be built.
#[derive(Debug, Error)]
pub enum BuildError {
    /// More entries than an index holds.
    #[error("{0} entries are more than an index holds")]
    TooMany(usize),
}

/// Builds an index: the directory first, then the other files by name.
///
/// The bytes depend on the entries, their order, the synonyms and the number of files alone.
///
/// # Errors
/// When there are too many entries; what they say cannot make it fail.
pub fn build(
    entries: &[Entry<'_>],
    synonyms: &[Synonyms],
    options: &BuildOptions,
) -> Result<Vec<IndexFile>, BuildError> {
    build_with(entries, synonyms, options, None)
}

/// The same index, for those who build it again and again: what has not changed since the last time is not made anew.
///
/// # Errors
/// As [`build`]; the cache is of use after an error as well.
///
/// # Example
/// ```
/// use search::{BuildOptions, Cache, Entry, build, build_again};
///
/// let (options, mut cache) = (BuildOptions::default(), Cache::default());
/// for text in ["试点院校", "试点企业"] {
///     let entries = [Entry { text: text.into(), ..Entry::default() }];
///     let again = build_again(&entries, &[], &options, &mut cache)?;
///     assert_eq!(again, build(&entries, &[], &options)?);
/// }
/// # Ok::<(), search::BuildError>(())
/// ```
pub fn build_again(
    entries: &[Entry<'_>],
    synonyms: &[Synonyms],
    options: &BuildOptions,
    cache: &mut Cache,
) -> Result<Vec<IndexFile>, BuildError> {
    build_with(entries, synonyms, options, Some(cache))
}

fn build_with(
    entries: &[Entry<'_>],
    synonyms: &[Synonyms],
    options: &BuildOptions,
    mut cache: Option<&mut Cache>,
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
    let keyed = Keyed::of(entries);
    let mut files = Files::new(cache.as_mut().map(|cache| std::mem::take(&mut cache.packs)));
    if !entries.is_empty() {
        let cache = cache.as_deref_mut();
        term_files(&keyed, synonyms, &layout, &vocabulary, cache, &mut directory, &mut files)?;
    }
    // Last, when what the terms needed is gone from memory.
    text_files(&keyed, &layout, &mut directory, &mut files);
    let (mut files, packs) = files.finish();
    if let (Some(cache), Some(packs)) = (cache, packs) {
        cache.packs = packs;
    }
    let directory = Packer::default().pack(&directory.encode());
    files.insert(0, IndexFile { name: DIRECTORY_NAME.to_owned(), bytes: directory });
    Ok(files)
}

/// Terms, tails, sounds and phrases.
fn term_files(
    keyed: &Keyed<'_>,
    synonyms: &[Synonyms],
    layout: &Layout,
    vocabulary: &Arc<Vocabulary>,
    cache: Option<&mut Cache>,
    directory: &mut Directory,
    files: &mut Files,
) -> Result<(), BuildError> {
    let (names, segments) = rayon::join(
        || match &cache {
            Some(cache) => cache.names(keyed),
            None => Arc::new(Names::of(keyed.entries)),
        },
        || match &cache {
            Some(cache) => Placed::all(shares::of_content(keyed), vocabulary, &cache.segments(vocabulary)),
            None => Placed::all(shares::of_size(keyed), vocabulary, &BTreeMap::new()),
        },
    );
    for (field, tokens) in directory.tokens.iter_mut().enumerate() {
        let total: u64 = segments.iter().map(|placed| placed.segment.tokens[field]).sum();
        *tokens = u32::try_from(total).map_err(|_| BuildError::TooMany(keyed.entries.len()))?;
    }
    let averages = lists::rough(directory.average_lengths());
    let (surroundings, lists) = rayon::join(
        || Surroundings::together(segments.iter().map(|placed| &placed.segment.surroundings)),
        || match &cache {
            Some(cache) => cache.lists(vocabulary, &averages, &keyed.counted, &segments),
            None => Lists::all(&segments, &averages),
        },
    );
    // Where they are not kept, their memory is needed for what comes.
    let segments = cache.is_some().then_some(segments);
    let ((), (sounds, phrases)) = rayon::join(
        || export::export(&lists, layout, directory, files),
        || {
            rayon::join(
                || pronounce::pronounce(&surroundings, &names.runs, vocabulary, &lists),
                || suggested::suggested(&names, synonyms, &lists),
            )
        },
    );
    for (block, kind, table) in [
        (sounds, BlockKind::Sounds, &mut directory.sounds),
        (phrases, BlockKind::Phrases, &mut directory.phrases),
    ] {
        *table = files.shelve([(key_of(&block), || block)].into_par_iter(), kind, 1);
    }
    if let (Some(cache), Some(segments)) = (cache, segments) {
        cache.terms = Some(Before {
            vocabulary: Arc::clone(vocabulary),
            averages,
            keys: keyed.counted.clone(),
            names: (keyed.named, names),
            segments,
            lists,
        });
    }
    Ok(())
}

/// The texts.
fn text_files(keyed: &Keyed<'_>, layout: &Layout, directory: &mut Directory, files: &mut Files) {
    let size = |entry: &Entry<'_>| entry.text.len() + entry.heading.len();
    let blocks =
        layout::blocks(keyed.entries, size, |_| false, Layout::TEXT_BLOCK_BYTES, Layout::MOST_TEXT_BLOCKS);
    directory.first_entries = layout::firsts(&blocks);
    let blocks = blocks.par_iter().zip(&directory.first_entries).map(|(entries, first)| {
        let from = *first as usize;
        let key = key_of((first, keyed.shown.get(from..from + entries.len())));
        let write = move || {
            let mut block = BlockEncoder::default();
            entries.iter().for_each(|entry| block.push(entry));
            block.finish(*first)
        };
        (key, write)
    });
    directory.texts = files.shelve(blocks, BlockKind::Texts, layout.text_files);
}

/// Labels of the filters, and entries alike in them put together.
fn runs(entries: &[Entry<'_>]) -> (Vec<String>, Vec<(String, String)>, Vec<Run>) {
    let (mut kinds, mut provinces, mut groups) = (Vec::new(), Vec::new(), Numbers::default());
    let mut runs: Vec<Run> = Vec::new();
    let is_like = |entry: &Entry<'_>, before: &Entry<'_>| {
        (entry.year, entry.archived) == (before.year, before.archived)
            && entry.group == before.group
            && entry.kind == before.kind
            && entry.province == before.province
            && entry.province_name == before.province_name
    };
    let mut before: Option<&Entry<'_>> = None;
    for (index, entry) in entries.iter().enumerate() {
        if !before.is_some_and(|before| is_like(entry, before)) {
            runs.push(Run {
                first: index as u32,
                kind: place(&mut kinds, |kind| *kind == entry.kind, || entry.kind.to_string()),
                province: place(
                    &mut provinces,
                    |(code, name)| *code == entry.province && *name == entry.province_name,
                    || (entry.province.to_string(), entry.province_name.to_string()),
                ),
                year: entry.year,
                archived: entry.archived,
                group: groups.of(&entry.group),
            });
        }
        before = Some(entry);
    }
    (kinds, provinces, runs)
}

/// Index of a label in a short list, which gets it if it has it not.
fn place<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> u32 {
    let index = list.iter().position(is_it).unwrap_or_else(|| {
        list.push(make());
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
