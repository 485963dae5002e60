//! Shards of the index: for each term, where it stands.
//!
//! A term that stands in very many entries has its best ones in the shard and the rest in a *tail* that only an exact reading asks
//! for: what a query costs does not grow with the portal. Each posting carries the lengths of its fields, so that no table of all
//! entries has to be fetched before the first result.

use crate::codec::{Decoder, FileKind, ReadError, unframe};
use crate::directory::{FIELDS, FileId, TITLE};

/// Most positions kept of one term in one field of one entry.
#[cfg(any(feature = "build", test))]
pub(crate) const MOST_POSITIONS: usize = 24;

/// A term in one entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) entry: u32,
    /// How often in each field.
    pub(crate) frequency: [u32; FIELDS],
    /// Length class of each field in which it stands; the title's is not kept.
    pub(crate) length_class: [u8; FIELDS],
    /// Where its positions begin in the list's bytes.
    pub(crate) positions_at: usize,
}

/// What a shard has of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TermEntry<'a> {
    /// Number of entries in which it stands, those of the tail included.
    pub(crate) entries: u32,
    /// The file with the rest of them.
    pub(crate) tail: Option<FileId>,
    pub(crate) postings: &'a [u8],
}

/// A checked shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shard {
    content: Vec<u8>,
}

impl Shard {
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        Ok(Self { content: unframe(FileKind::Terms, bytes)?.to_vec() })
    }

    /// Looks a term up.
    pub(crate) fn find(&self, term: &str) -> Result<Option<TermEntry<'_>>, ReadError> {
        let mut found = None;
        self.each(|word, entry| {
            if word == term {
                found = Some(entry);
            }
            word < term
        })?;
        Ok(found)
    }

    /// Terms of this shard that begin so, with the number of their entries.
    pub(crate) fn with_prefix(&self, prefix: &str) -> Result<Vec<(String, u32)>, ReadError> {
        let mut found = Vec::new();
        self.each(|word, entry| {
            if word.starts_with(prefix) {
                found.push((word.to_owned(), entry.entries));
            }
            word <= prefix || word.starts_with(prefix)
        })?;
        Ok(found)
    }

    fn each<'a>(&'a self, mut visit: impl FnMut(&str, TermEntry<'a>) -> bool) -> Result<(), ReadError> {
        let mut decoder = Decoder::new(&self.content);
        let mut word = String::new();
        while !decoder.is_empty() {
            decoder.next_word(&mut word)?;
            let entries = decoder.number()?;
            let tail = if decoder.byte()? == 1 { Some(FileId::read(&mut decoder)?) } else { None };
            let length = decoder.count()?;
            let postings = decoder.bytes(length)?;
            if !visit(&word, TermEntry { entries, tail, postings }) {
                break;
            }
        }
        Ok(())
    }
}

/// The postings in a tail file.
pub(crate) fn open_tail(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    Ok(unframe(FileKind::Tail, bytes)?.to_vec())
}

/// Reads a list of postings, without their positions.
pub(crate) fn read_postings(bytes: &[u8]) -> Result<Vec<Posting>, ReadError> {
    let mut decoder = Decoder::new(bytes);
    let mut list = Vec::new();
    let mut entry = 0_u32;
    while !decoder.is_empty() {
        entry = entry.checked_add(decoder.number()?).ok_or(ReadError::Malformed("entry of a posting"))?;
        let mut posting = Posting { entry, ..Posting::default() };
        let present = decoder.byte()?;
        for field in 0..FIELDS {
            if present & 1 << field == 0 {
                continue;
            }
            if let Some(frequency) = posting.frequency.get_mut(field) {
                *frequency = if present & 16 << field == 0 { 1 } else { decoder.number()? };
            }
            if field != TITLE
                && let Some(class) = posting.length_class.get_mut(field)
            {
                *class = decoder.byte()?;
            }
        }
        posting.positions_at = bytes.len() - decoder.remaining();
        let length = decoder.count()?;
        decoder.bytes(length)?;
        list.push(posting);
    }
    Ok(list)
}

/// Reads the positions of one posting: field and position, in order.
pub(crate) fn read_positions(bytes: &[u8], posting: &Posting) -> Result<Vec<(u8, u32)>, ReadError> {
    let mut decoder = Decoder::new(bytes.get(posting.positions_at..).unwrap_or_default());
    let length = decoder.count()?;
    let mut decoder = Decoder::new(decoder.bytes(length)?);
    let mut list = Vec::new();
    let (mut field, mut position) = (0_u8, 0_u32);
    while !decoder.is_empty() {
        let step = decoder.number()?;
        if step == 0 {
            field += 1;
            position = 0;
            if usize::from(field) >= FIELDS {
                return Err(ReadError::Malformed("field of a position"));
            }
        } else {
            position = position.checked_add(step).ok_or(ReadError::Malformed("position"))?;
            list.push((field, position - 1));
        }
    }
    Ok(list)
}

#[cfg(any(feature = "build", test))]
pub(crate) use encode::{TermPostings, write_postings, write_term};

#[cfg(any(feature = "build", test))]
mod encode {
    use super::{FIELDS, FileId, MOST_POSITIONS, TITLE};
    use crate::codec::Encoder;

    /// A term in one entry, to be written.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub(crate) struct TermPostings {
        pub(crate) entry: u32,
        pub(crate) frequency: [u32; FIELDS],
        pub(crate) length_class: [u8; FIELDS],
        pub(crate) positions: [Vec<u32>; FIELDS],
    }

    /// Writes postings in the order of their entries.
    pub(crate) fn write_postings<'a>(list: impl IntoIterator<Item = &'a TermPostings>) -> Vec<u8> {
        let mut encoder = Encoder::new();
        let mut before = 0;
        for posting in list {
            encoder.number(posting.entry - before);
            before = posting.entry;
            let mut present = 0_u8;
            for (field, frequency) in posting.frequency.iter().enumerate() {
                present |= u8::from(*frequency > 0) << field | u8::from(*frequency > 1) << (4 + field);
            }
            encoder.byte(present);
            for (field, (frequency, class)) in posting.frequency.iter().zip(posting.length_class).enumerate()
            {
                if *frequency > 1 {
                    encoder.number(*frequency);
                }
                if *frequency > 0 && field != TITLE {
                    encoder.byte(class);
                }
            }
            let positions = positions(&posting.positions);
            encoder.count(positions.len());
            encoder.bytes(&positions);
        }
        encoder.content()
    }

    /// Steps from position to position, each at least 1; a 0 goes on to the next field.
    fn positions(fields: &[Vec<u32>; FIELDS]) -> Vec<u8> {
        let mut encoder = Encoder::new();
        let mut skipped = 0;
        for list in fields {
            let mut before = 0;
            for position in list.iter().take(MOST_POSITIONS) {
                while skipped > 0 {
                    encoder.number(0);
                    skipped -= 1;
                }
                let after = position + 1;
                // The same position twice says nothing more.
                if after > before {
                    encoder.number(after - before);
                    before = after;
                }
            }
            skipped += 1;
        }
        encoder.content()
    }

    /// Writes a term and its postings into a shard.
    pub(crate) fn write_term(
        encoder: &mut Encoder,
        before: &str,
        term: &str,
        entries: usize,
        tail: Option<FileId>,
        postings: &[u8],
    ) {
        encoder.next_word(before, term);
        encoder.count(entries);
        encoder.byte(u8::from(tail.is_some()));
        if let Some(id) = tail {
            encoder.bytes(&id.0);
        }
        encoder.count(postings.len());
        encoder.bytes(postings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Encoder;

    #[test]
    fn postings_come_back() {
        let list = [
            TermPostings {
                entry: 3,
                frequency: [1, 0, 2, 0],
                length_class: [0, 0, 41, 0],
                positions: [vec![0], vec![], vec![7, 300], vec![]],
            },
            TermPostings {
                entry: 9,
                frequency: [0, 0, 0, 1],
                length_class: [0, 0, 0, 5],
                positions: [vec![], vec![], vec![], vec![2]],
            },
        ];
        let bytes = write_postings(&list);
        let mut encoder = Encoder::new();
        write_term(&mut encoder, "", "试点", 2, None, &bytes);
        write_term(&mut encoder, "试点", "试题", 7, Some(FileId([4; 5])), &bytes);
        let shard = Shard::open(&encoder.frame(FileKind::Terms)).unwrap();
        assert_eq!(shard.find("试验"), Ok(None));
        let entry = shard.find("试题").unwrap().unwrap();
        assert_eq!((entry.entries, entry.tail), (7, Some(FileId([4; 5]))));
        let postings = read_postings(entry.postings).unwrap();
        assert_eq!(postings.len(), 2);
        assert_eq!(postings[0].frequency, [1, 0, 2, 0]);
        assert_eq!(postings[0].length_class, [0, 0, 41, 0]);
        assert_eq!(read_positions(entry.postings, &postings[0]), Ok(vec![(0, 0), (2, 7), (2, 300)]));
        assert_eq!(read_positions(entry.postings, &postings[1]), Ok(vec![(3, 2)]));
        assert_eq!(shard.with_prefix("试").unwrap().len(), 2);
    }

    #[test]
    fn any_bytes_end_in_a_value_or_an_error() {
        let mut state = 7_u64;
        for length in 0..400 {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    state = crate::codec::hash(&state.to_le_bytes());
                    (state >> 20) as u8 & if length % 3 == 0 { 0x1f } else { 0xff }
                })
                .collect();
            if let Ok(postings) = read_postings(&bytes) {
                for posting in &postings {
                    let _ = read_positions(&bytes, posting);
                }
            }
            let mut encoder = Encoder::new();
            encoder.bytes(&bytes);
            let shard = Shard::open(&encoder.frame(FileKind::Terms)).unwrap();
            let _ = shard.find("试点");
        }
    }
}
