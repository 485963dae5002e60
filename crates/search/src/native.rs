//! A reader with its files at hand, for the command line and for tests: it is handed what it asks for, as in the browser.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::blocks::Part;
use crate::codec::ReadError;
use crate::entry::{DIRECTORY_NAME, IndexFile};
use crate::explain::Explanation;
use crate::query::{Answer, Query, Results, Suggestion};
use crate::reader::Reader;

/// Most bytes of one block, unpacked; none comes near.
const MOST_BYTES: u64 = 64 << 20;

/// An index with all its files.
#[derive(Debug)]
pub struct OpenIndex<'a> {
    reader: Reader,
    files: BTreeMap<&'a str, &'a [u8]>,
    read: Vec<Part>,
}

impl<'a> OpenIndex<'a> {
    /// Opens an index.
    ///
    /// # Errors
    /// When the directory is missing or damaged.
    pub fn new(files: &'a [IndexFile]) -> Result<Self, ReadError> {
        let files: BTreeMap<&str, &[u8]> =
            files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
        let directory = files.get(DIRECTORY_NAME).ok_or(ReadError::Missing)?;
        let reader = Reader::open(&unpack(directory)?)?;
        Ok(Self { reader, files, read: Vec::new() })
    }

    /// Answers a query.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn search(&mut self, query: &Query) -> Result<Results, ReadError> {
        self.complete(|reader| reader.ask(query))
    }

    /// What somebody who typed this may mean.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn suggest(&mut self, text: &str, limit: usize) -> Result<Vec<Suggestion>, ReadError> {
        self.complete(|reader| reader.suggest(text, limit))
    }

    /// How a query was understood, and what the scores of its hits are made of.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn explain(&mut self, query: &Query) -> Result<Explanation, ReadError> {
        self.complete(|reader| reader.explain(query))
    }

    /// Parts of files read so far, in the order in which they were needed.
    pub fn read(&self) -> &[Part] {
        &self.read
    }

    /// Hands over what is needed until there is an answer.
    pub(crate) fn complete<T>(
        &mut self,
        ask: impl Fn(&Reader) -> Result<Answer<T>, ReadError>,
    ) -> Result<T, ReadError> {
        loop {
            let parts = match ask(&self.reader)? {
                Answer::Found(answer) => return Ok(answer),
                Answer::Needs(parts) => parts,
            };
            if parts.is_empty() {
                return Err(ReadError::Missing);
            }
            for part in parts {
                let file = self.files.get(part.file.as_str()).ok_or(ReadError::Missing)?;
                let bytes = file.get(part.from as usize..part.to as usize).ok_or(ReadError::Truncated)?;
                self.reader.supply(&part.file, part.from, &unpack(bytes)?)?;
                self.read.push(part);
            }
        }
    }
}

/// What a block was before it was packed.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut block = Vec::new();
    let read = ZlibDecoder::new(bytes).take(MOST_BYTES).read_to_end(&mut block);
    read.map(|_| block).map_err(|_| ReadError::Checksum)
}
