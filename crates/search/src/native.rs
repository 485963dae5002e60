//! A reader with all its files at hand, for the command line and for tests.

use crate::codec::ReadError;
use crate::entry::{DIRECTORY_NAME, IndexFile};
use crate::query::{Query, Results};
use crate::reader::Reader;

/// Opens an index and hands it all its files.
///
/// # Errors
/// When the directory is missing, or a file is damaged.
pub fn open_all(files: &[IndexFile]) -> Result<Reader, ReadError> {
    let directory = files.iter().find(|file| file.name == DIRECTORY_NAME).ok_or(ReadError::Missing)?;
    let mut reader = Reader::open(&directory.bytes)?;
    for file in files.iter().filter(|file| file.name != DIRECTORY_NAME) {
        reader.supply(&file.name, &file.bytes)?;
    }
    Ok(reader)
}

/// Answers one query from the files of an index.
///
/// # Errors
/// When the directory is missing, or a file is damaged.
pub fn search_all(files: &[IndexFile], query: &str, limit: usize) -> Result<Results, ReadError> {
    open_all(files)?.search(&Query { limit, ..Query::new(query) })
}
