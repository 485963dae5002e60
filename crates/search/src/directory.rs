//! The first file a reader gets: what is where, and the words of the portal.

use crate::codec::{Decoder, FileKind, ReadError, hash, unframe};
use crate::vocabulary::Vocabulary;

/// Fields that are ranked, by index: what it stands in, its own name, text, other ways to ask.
pub(crate) const FIELDS: usize = 4;
pub(crate) const TITLE: usize = 0;
pub(crate) const TEXT: usize = 2;

/// A file by the first 40 bits of its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) [u8; 5]);

impl FileId {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let [a, b, c, d, e, ..] = hash(bytes).to_le_bytes();
        Self([a, b, c, d, e])
    }

    /// Name of a file of this kind and content.
    pub(crate) fn name(self, kind: FileKind) -> String {
        let kind = match kind {
            FileKind::Directory => "directory",
            FileKind::Terms => "terms",
            FileKind::Tail => "tail",
            FileKind::Texts => "texts",
            FileKind::Sounds => "sounds",
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
    pub(crate) texts: Vec<(u32, FileId)>,
    /// First term of each shard.
    pub(crate) shards: Vec<(String, FileId)>,
    pub(crate) vocabulary: Vocabulary,
    /// Words that name a province: word, province.
    pub(crate) places: Vec<(u32, u32)>,
    pub(crate) synonyms: Vec<SynonymGroup>,
    pub(crate) sounds: Option<FileId>,
}

impl Directory {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut decoder = Decoder::new(unframe(FileKind::Directory, bytes)?);
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
        let mut first = 0_u32;
        for _ in 0..decoder.count()? {
            first = first.checked_add(decoder.number()?).ok_or(ReadError::Malformed("block of texts"))?;
            directory.texts.push((first, FileId::read(decoder)?));
        }
        let mut term = String::new();
        for _ in 0..decoder.count()? {
            decoder.next_word(&mut term)?;
            directory.shards.push((term.clone(), FileId::read(decoder)?));
        }
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
        directory.sounds = if decoder.byte()? == 1 { Some(FileId::read(decoder)?) } else { None };
        if !decoder.is_empty() {
            return Err(ReadError::Malformed("bytes after the directory"));
        }
        Ok(directory)
    }

    fn decode_runs(&mut self, decoder: &mut Decoder<'_>) -> Result<(), ReadError> {
        let (mut first, mut group) = (0_u32, 0_u32);
        for index in 0..decoder.count()? {
            let length = decoder.number()?;
            if index > 0 {
                first = first.checked_add(length).ok_or(ReadError::Malformed("run of entries"))?;
            }
            let kind = decoder.number()?;
            let province = decoder.number()?;
            let year = decoder.number()? as i32;
            let flags = decoder.number()?;
            // How far the group's number is from the one before it, positive and negative in turn.
            let step = (flags >> 2) as i32 ^ -((flags >> 1 & 1) as i32);
            group = group.wrapping_add(step as u32);
            if kind as usize >= self.kinds.len() || province as usize >= self.provinces.len() {
                return Err(ReadError::Malformed("label of a run"));
            }
            self.runs.push(Run { first, kind, province, year, archived: flags & 1 == 1, group });
        }
        if self.entries > 0 && self.runs.first().is_none_or(|run| run.first != 0) {
            return Err(ReadError::Malformed("runs of entries"));
        }
        Ok(())
    }

    /// What is known of an entry without its text.
    pub(crate) fn run(&self, entry: u32) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.first <= entry);
        self.runs.get(after.checked_sub(1)?)
    }

    /// The shard that has a term if any has.
    pub(crate) fn shard(&self, term: &str) -> Option<FileId> {
        let after = self.shards.partition_point(|(first, _)| first.as_str() <= term);
        self.shards.get(after.checked_sub(1)?).map(|(_, id)| *id)
    }

    /// The block that has the text of an entry, with its first entry.
    pub(crate) fn text_block(&self, entry: u32) -> Option<(u32, FileId)> {
        let after = self.texts.partition_point(|(first, _)| *first <= entry);
        self.texts.get(after.checked_sub(1)?).copied()
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
    use crate::codec::{Encoder, FileKind};

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
            encoder.count(self.texts.len());
            let mut before = 0;
            for (first, id) in &self.texts {
                encoder.number(first - before);
                encoder.bytes(&id.0);
                before = *first;
            }
            encoder.count(self.shards.len());
            let mut before = "";
            for (term, id) in &self.shards {
                encoder.next_word(before, term);
                encoder.bytes(&id.0);
                before = term;
            }
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
            encoder.byte(u8::from(self.sounds.is_some()));
            if let Some(id) = self.sounds {
                encoder.bytes(&id.0);
            }
            encoder.frame(FileKind::Directory)
        }

        fn encode_runs(&self, encoder: &mut Encoder) {
            encoder.count(self.runs.len());
            let (mut before, mut group_before) = (0, 0);
            for Run { first, kind, province, year, archived, group } in &self.runs {
                encoder.number(first - before);
                encoder.number(*kind);
                encoder.number(*province);
                encoder.number(*year as u32);
                let step = group.wrapping_sub(group_before) as i32;
                encoder.number(((step << 1 ^ step >> 31) as u32) << 1 | u32::from(*archived));
                (before, group_before) = (*first, *group);
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
