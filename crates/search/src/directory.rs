//! The first file a reader gets: what is where, and the words of the portal.

use crate::blocks::{BlockTable, FileId, Part};
use crate::codec::{BlockKind, Decoder, ReadError, unframe};
use crate::vocabulary::Vocabulary;

/// Fields that are ranked, by index: what it stands in, its own name, text, other ways to ask.
pub(crate) const FIELDS: usize = 4;
pub(crate) const TITLE: usize = 0;
pub(crate) const TEXT: usize = 2;

/// Neighbouring entries that are alike in everything a filter can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// First entry.
    pub(crate) first: u32,
    pub(crate) kind: u32,
    pub(crate) province: u32,
    pub(crate) year: i32,
    pub(crate) archived: bool,
    /// Equal for entries of one document.
    pub(crate) group: u32,
}

/// Where the tail of a term is: the file by its place in the table, and the bytes in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tail {
    pub(crate) file: u32,
    pub(crate) from: u32,
    pub(crate) length: u32,
}

/// A group of synonyms by indexes of the vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SynonymGroup {
    pub(crate) canonical: Vec<u32>,
    pub(crate) same: Vec<u32>,
    pub(crate) narrower: Vec<u32>,
    pub(crate) suggest: Vec<u32>,
    /// For people: the canonical word as written.
    pub(crate) shown: String,
    pub(crate) note: String,
}

/// Everything the directory file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Directory {
    /// Number of entries.
    pub(crate) entries: u32,
    /// Number of tokens of each field, in all entries.
    pub(crate) tokens: [u32; FIELDS],
    pub(crate) kinds: Vec<String>,
    /// Code and name.
    pub(crate) provinces: Vec<(String, String)>,
    pub(crate) runs: Vec<Run>,
    /// First entry of each block of texts.
    pub(crate) first_entries: Vec<u32>,
    pub(crate) texts: BlockTable,
    /// First term of each block of terms.
    pub(crate) first_terms: Vec<String>,
    pub(crate) terms: BlockTable,
    /// Files of tails; the terms say where in them theirs is.
    pub(crate) tails: Vec<FileId>,
    pub(crate) sounds: BlockTable,
    pub(crate) phrases: BlockTable,
    pub(crate) vocabulary: Vocabulary,
    /// Words that name a province: word, province.
    pub(crate) places: Vec<(u32, u32)>,
    pub(crate) synonyms: Vec<SynonymGroup>,
}

impl Directory {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut decoder = Decoder::new(unframe(BlockKind::Directory, 0, bytes)?);
        let decoder = &mut decoder;
        let mut directory = Self { entries: decoder.number()?, ..Self::default() };
        for tokens in &mut directory.tokens {
            *tokens = decoder.number()?;
        }
        for _ in 0..decoder.count()? {
            directory.kinds.push(decoder.text()?.to_owned());
        }
        for _ in 0..decoder.count()? {
            directory.provinces.push((decoder.text()?.to_owned(), decoder.text()?.to_owned()));
        }
        directory.decode_runs(decoder)?;
        directory.texts = BlockTable::read(decoder)?;
        let mut first = 0_u32;
        for _ in 0..directory.texts.len() {
            first = first.checked_add(decoder.number()?).ok_or(ReadError::Malformed("block of texts"))?;
            directory.first_entries.push(first);
        }
        directory.terms = BlockTable::read(decoder)?;
        let mut term = String::new();
        for _ in 0..directory.terms.len() {
            decoder.next_word(&mut term)?;
            directory.first_terms.push(term.clone());
        }
        for _ in 0..decoder.count()? {
            directory.tails.push(FileId::read(decoder)?);
        }
        directory.sounds = BlockTable::read(decoder)?;
        directory.phrases = BlockTable::read(decoder)?;
        let mut words = Vec::new();
        let mut word = String::new();
        for _ in 0..decoder.count()? {
            decoder.next_word(&mut word)?;
            words.push(word.clone());
        }
        directory.vocabulary = Vocabulary::new(words);
        for _ in 0..decoder.count()? {
            directory.places.push((decoder.number()?, decoder.number()?));
        }
        for _ in 0..decoder.count()? {
            directory.synonyms.push(SynonymGroup {
                canonical: indexes(decoder)?,
                same: indexes(decoder)?,
                narrower: indexes(decoder)?,
                suggest: indexes(decoder)?,
                shown: decoder.text()?.to_owned(),
                note: decoder.text()?.to_owned(),
            });
        }
        if !decoder.is_empty() {
            return Err(ReadError::Malformed("bytes after the directory"));
        }
        Ok(directory)
    }

    /// The runs stand by columns, which pack better: labels with those that occur, lengths, groups.
    fn decode_runs(&mut self, decoder: &mut Decoder<'_>) -> Result<(), ReadError> {
        let mut labels = Vec::new();
        for _ in 0..decoder.count()? {
            let kind = decoder.number()?;
            let province = decoder.number()?;
            let year = decoder.number()? as i32;
            let archived = decoder.byte()? == 1;
            if kind as usize >= self.kinds.len() || province as usize >= self.provinces.len() {
                return Err(ReadError::Malformed("label of a run"));
            }
            labels.push(Run { first: 0, kind, province, year, archived, group: 0 });
        }
        for _ in 0..decoder.count()? {
            let label = labels.get(decoder.number()? as usize);
            self.runs.push(*label.ok_or(ReadError::Malformed("label of a run"))?);
        }
        let mut first = 0_u32;
        for run in &mut self.runs {
            run.first = first;
            first = first.checked_add(decoder.number()?).ok_or(ReadError::Malformed("run of entries"))?;
        }
        let mut group = 0_u32;
        for run in &mut self.runs {
            // How far the group's number is from the one after the one before it, positive and negative in turn.
            let step = decoder.number()?;
            let step = (step >> 1) as i32 ^ -((step & 1) as i32);
            group = group.wrapping_add(1).wrapping_add(step as u32);
            run.group = group;
        }
        if self.entries > 0 && self.runs.is_empty() {
            return Err(ReadError::Malformed("runs of entries"));
        }
        Ok(())
    }

    /// What is known of an entry without its text.
    pub(crate) fn run(&self, entry: u32) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.first <= entry);
        self.runs.get(after.checked_sub(1)?)
    }

    /// The block of terms that has a term if any has.
    pub(crate) fn term_block(&self, term: &str) -> Option<u32> {
        self.first_terms
            .partition_point(|first| first.as_str() <= term)
            .checked_sub(1)
            .map(|block| block as u32)
    }

    /// The block that has the text of an entry, with its first entry.
    pub(crate) fn text_block(&self, entry: u32) -> Option<(u32, u32)> {
        let block = self.first_entries.partition_point(|first| *first <= entry).checked_sub(1)?;
        Some((block as u32, *self.first_entries.get(block)?))
    }

    /// Where the tail of a term is.
    pub(crate) fn tail_part(&self, tail: Tail) -> Option<Part> {
        let id = self.tails.get(tail.file as usize)?;
        let to = tail.from.checked_add(tail.length)?;
        Some(Part { file: id.name(BlockKind::Tail), from: tail.from, to, whole: false })
    }

    /// Word of the vocabulary by index.
    pub(crate) fn word(&self, index: u32) -> Option<&str> {
        self.vocabulary.words().get(index as usize).map(String::as_str)
    }
}

fn indexes(decoder: &mut Decoder<'_>) -> Result<Vec<u32>, ReadError> {
    let mut list = Vec::new();
    for _ in 0..decoder.count()? {
        list.push(decoder.number()?);
    }
    Ok(list)
}

#[cfg(any(feature = "build", test))]
mod encode {
    use super::{Directory, Run};
    use crate::codec::{BlockKind, Encoder};

    impl Directory {
        /// The file; the vocabulary is written in its own order, to which all indexes refer.
        pub(crate) fn encode(&self) -> Vec<u8> {
            let mut encoder = Encoder::new();
            encoder.number(self.entries);
            for tokens in self.tokens {
                encoder.number(tokens);
            }
            encoder.count(self.kinds.len());
            for kind in &self.kinds {
                encoder.text(kind);
            }
            encoder.count(self.provinces.len());
            for (code, name) in &self.provinces {
                encoder.text(code);
                encoder.text(name);
            }
            self.encode_runs(&mut encoder);
            self.texts.write(&mut encoder);
            let mut before = 0;
            for first in &self.first_entries {
                encoder.number(first - before);
                before = *first;
            }
            self.terms.write(&mut encoder);
            let mut before = "";
            for term in &self.first_terms {
                encoder.next_word(before, term);
                before = term;
            }
            encoder.count(self.tails.len());
            for id in &self.tails {
                encoder.bytes(&id.0);
            }
            self.sounds.write(&mut encoder);
            self.phrases.write(&mut encoder);
            encoder.count(self.vocabulary.words().len());
            let mut before = "";
            for word in self.vocabulary.words() {
                encoder.next_word(before, word);
                before = word;
            }
            encoder.count(self.places.len());
            for (word, province) in &self.places {
                encoder.number(*word);
                encoder.number(*province);
            }
            self.encode_synonyms(&mut encoder);
            encoder.frame(BlockKind::Directory, 0)
        }

        fn encode_runs(&self, encoder: &mut Encoder) {
            let label = |run: &Run| (run.kind, run.province, run.year, run.archived);
            let mut labels: Vec<_> = self.runs.iter().map(label).collect();
            labels.sort_unstable();
            labels.dedup();
            encoder.count(labels.len());
            for (kind, province, year, archived) in &labels {
                encoder.number(*kind);
                encoder.number(*province);
                encoder.number(*year as u32);
                encoder.byte(u8::from(*archived));
            }
            encoder.count(self.runs.len());
            for run in &self.runs {
                encoder.count(labels.binary_search(&label(run)).unwrap_or_default());
            }
            for (index, run) in self.runs.iter().enumerate() {
                encoder.number(self.runs.get(index + 1).map_or(self.entries, |next| next.first) - run.first);
            }
            let mut before = 0_u32;
            for run in &self.runs {
                let step = run.group.wrapping_sub(before).wrapping_sub(1) as i32;
                encoder.number((step << 1 ^ step >> 31) as u32);
                before = run.group;
            }
        }

        fn encode_synonyms(&self, encoder: &mut Encoder) {
            encoder.count(self.synonyms.len());
            for group in &self.synonyms {
                for list in [&group.canonical, &group.same, &group.narrower, &group.suggest] {
                    encoder.count(list.len());
                    for index in list {
                        encoder.number(*index);
                    }
                }
                encoder.text(&group.shown);
                encoder.text(&group.note);
            }
        }
    }
}
