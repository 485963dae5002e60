//! Terms of the index: for each, where it stands.
//!
//! A term that stands in very many entries has its best ones here, in its *head*, and the rest in a *tail*, which is read only by
//! those who want more results than the heads have: what a query costs does not grow with the portal. Each posting carries the
//! lengths of its fields, so that no table of all entries has to be fetched before the first result. A list stands by columns,
//! which pack better than rows.

use crate::codec::{BlockKind, Decoder, ReadError, hash, sound, unframe};
use crate::directory::{FIELDS, TITLE, Tail};

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
    /// Where its positions are in the list's bytes.
    pub(crate) positions: (usize, usize),
}

/// What a block has of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TermEntry<'a> {
    /// Number of entries in which it stands, those of the tail included.
    pub(crate) entries: u32,
    /// Where the rest of them is.
    pub(crate) tail: Option<Tail>,
    pub(crate) postings: &'a [u8],
}

/// A checked block of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TermBlock {
    content: Vec<u8>,
}

impl TermBlock {
    /// Takes the block that begins with this term.
    pub(crate) fn open(first: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        Ok(Self { content: unframe(BlockKind::Terms, term_number(first), bytes)?.to_vec() })
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

    /// Terms of this block that begin so, with the number of their entries.
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
            let length = decoder.number()?;
            let tail = if length > 0 {
                Some(Tail { length, file: decoder.number()?, from: decoder.number()? })
            } else {
                None
            };
            let length = decoder.count()?;
            let postings = decoder.bytes(length)?;
            if !visit(&word, TermEntry { entries, tail, postings }) {
                break;
            }
        }
        Ok(())
    }
}

/// A tail that was handed over; whether it is that of a term is seen when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TailBlock {
    file: String,
    from: u32,
    bytes: Vec<u8>,
}

impl TailBlock {
    pub(crate) fn open(file: &str, from: u32, bytes: &[u8]) -> Result<Self, ReadError> {
        sound(BlockKind::Tail, bytes)?;
        Ok(Self { file: file.to_owned(), from, bytes: bytes.to_vec() })
    }

    pub(crate) fn is_at(&self, file: &str, from: u32) -> bool {
        self.file == file && self.from == from
    }

    /// The postings, if it is the tail of this term.
    pub(crate) fn postings(&self, term: &str) -> Result<Vec<Posting>, ReadError> {
        read_postings(read_tail(term, &self.bytes)?)
    }
}

/// The number in the frame of a term's tail, and of a block that begins with the term.
pub(crate) fn term_number(term: &str) -> u32 {
    hash(term.as_bytes()) as u32
}

/// Reads a list of postings, without their positions.
pub(crate) fn read_postings(bytes: &[u8]) -> Result<Vec<Posting>, ReadError> {
    let mut decoder = Decoder::new(bytes);
    let mut list = vec![Posting::default(); decoder.count()?];
    let mut entry = 0_u32;
    for posting in &mut list {
        entry = entry.checked_add(decoder.number()?).ok_or(ReadError::Malformed("entry of a posting"))?;
        posting.entry = entry;
    }
    for posting in &mut list {
        // For each field whether it is there at all, and whether more than once.
        let present = decoder.byte()?;
        for (field, frequency) in posting.frequency.iter_mut().enumerate() {
            *frequency = u32::from(present >> field & 1) + u32::from(present >> field >> FIELDS & 1);
        }
    }
    for posting in &mut list {
        for frequency in posting.frequency.iter_mut().filter(|frequency| **frequency > 1) {
            *frequency = decoder.number()?;
        }
    }
    for posting in &mut list {
        for (field, class) in posting.length_class.iter_mut().enumerate() {
            if field != TITLE && posting.frequency.get(field).is_some_and(|frequency| *frequency > 0) {
                *class = decoder.byte()?;
            }
        }
    }
    if !decoder.is_empty() {
        for posting in &mut list {
            posting.positions.1 = decoder.number()? as usize;
        }
        let mut at = bytes.len() - decoder.remaining();
        for posting in &mut list {
            let length = posting.positions.1;
            decoder.bytes(length)?;
            posting.positions = (at, at + length);
            at += length;
        }
    }
    if decoder.is_empty() { Ok(list) } else { Err(ReadError::Malformed("bytes after postings")) }
}

/// A list with its entries from `from` on moved by so many, wrapping; nothing where it has none of those. No entry moves past
/// another.
#[cfg(feature = "build")]
pub(crate) fn move_entries(list: &[u8], from: u32, by: u32) -> Result<Option<Vec<u8>>, ReadError> {
    let mut decoder = Decoder::new(list);
    let mut entry = 0_u32;
    for _ in 0..decoder.count()? {
        let before = list.len() - decoder.remaining();
        let step = decoder.number()?;
        entry = entry.checked_add(step).ok_or(ReadError::Malformed("entry of a posting"))?;
        if entry >= from {
            // Those after it are told by how far they are from one another.
            let mut moved = crate::codec::Encoder::new();
            moved.bytes(list.get(..before).unwrap_or_default());
            moved.number(step.wrapping_add(by));
            moved.bytes(decoder.bytes(decoder.remaining())?);
            return Ok(Some(moved.content()));
        }
    }
    Ok(None)
}

/// The postings of a term's tail.
pub(crate) fn read_tail<'a>(term: &str, tail: &'a [u8]) -> Result<&'a [u8], ReadError> {
    unframe(BlockKind::Tail, term_number(term), tail)
}

/// Reads the positions of one posting: field and position, in order.
pub(crate) fn read_positions(bytes: &[u8], posting: &Posting) -> Result<Vec<(u8, u32)>, ReadError> {
    let (from, to) = posting.positions;
    let mut decoder = Decoder::new(bytes.get(from..to).ok_or(ReadError::Truncated)?);
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
pub(crate) use encode::{TermPostings, write_postings, write_tail, write_term};

#[cfg(any(feature = "build", test))]
mod encode {
    use super::{FIELDS, MOST_POSITIONS, TITLE, Tail, term_number};
    use crate::codec::{BlockKind, Encoder};

    /// A term in one entry, to be written.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub(crate) struct TermPostings {
        pub(crate) entry: u32,
        pub(crate) frequency: [u32; FIELDS],
        pub(crate) length_class: [u8; FIELDS],
        /// Ranges of a list of positions that all postings of the term share.
        pub(crate) positions: [(u32, u32); FIELDS],
    }

    /// Writes postings in the order of their entries, with their positions if the list of all is given: heads have them, tails do not.
    pub(crate) fn write_postings(list: &[&TermPostings], all: Option<&[u32]>) -> Vec<u8> {
        let mut encoder = Encoder::new();
        encoder.count(list.len());
        let mut before = 0;
        for posting in list {
            encoder.number(posting.entry - before);
            before = posting.entry;
        }
        for posting in list {
            let mut present = 0_u8;
            for (field, frequency) in posting.frequency.iter().enumerate() {
                present |= u8::from(*frequency > 0) << field | u8::from(*frequency > 1) << (FIELDS + field);
            }
            encoder.byte(present);
        }
        for frequency in list.iter().flat_map(|posting| posting.frequency).filter(|frequency| *frequency > 1)
        {
            encoder.number(frequency);
        }
        for posting in list {
            for (field, class) in posting.length_class.iter().enumerate() {
                if field != TITLE && posting.frequency[field] > 0 {
                    encoder.byte(*class);
                }
            }
        }
        if let Some(all) = all {
            let mut positions = Encoder::new();
            for posting in list {
                let before = positions.len();
                write_positions(&mut positions, &posting.positions, all);
                encoder.count(positions.len() - before);
            }
            encoder.bytes(&positions.content());
        }
        encoder.content()
    }

    /// Steps from position to position, each at least 1; a 0 goes on to the next field.
    fn write_positions(encoder: &mut Encoder, fields: &[(u32, u32); FIELDS], all: &[u32]) {
        let mut skipped = 0;
        for (from, to) in fields {
            let mut before = 0;
            for position in
                all.get(*from as usize..*to as usize).unwrap_or_default().iter().take(MOST_POSITIONS)
            {
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
    }

    /// Writes a term and its postings into a block.
    pub(crate) fn write_term(
        encoder: &mut Encoder,
        before: &str,
        term: &str,
        entries: u32,
        tail: Option<Tail>,
        postings: &[u8],
    ) {
        encoder.next_word(before, term);
        encoder.number(entries);
        encoder.number(tail.map_or(0, |tail| tail.length));
        if let Some(tail) = tail {
            encoder.number(tail.file);
            encoder.number(tail.from);
        }
        encoder.count(postings.len());
        encoder.bytes(postings);
    }

    /// The block of a term's tail.
    pub(crate) fn write_tail(term: &str, postings: &[u8]) -> Vec<u8> {
        let mut encoder = Encoder::new();
        encoder.bytes(postings);
        encoder.frame(BlockKind::Tail, term_number(term))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Encoder;

    #[test]
    fn postings_come_back() {
        let all = [0, 7, 300, 2];
        let list = [
            TermPostings {
                entry: 3,
                frequency: [1, 0, 2, 0],
                length_class: [0, 0, 41, 0],
                positions: [(0, 1), (0, 0), (1, 3), (0, 0)],
            },
            TermPostings {
                entry: 9,
                frequency: [0, 0, 0, 1],
                length_class: [0, 0, 0, 5],
                positions: [(0, 0), (0, 0), (0, 0), (3, 4)],
            },
        ];
        let list: Vec<&TermPostings> = list.iter().collect();
        let bytes = write_postings(&list, Some(&all));
        let mut encoder = Encoder::new();
        let tail = Tail { file: 2, from: 5, length: 70_000 };
        write_term(&mut encoder, "", "试点", 2, None, &bytes);
        write_term(&mut encoder, "试点", "试题", 7, Some(tail), &bytes);
        let block = TermBlock::open("试点", &encoder.frame(BlockKind::Terms, term_number("试点"))).unwrap();
        assert_eq!(block.find("试验"), Ok(None));
        let entry = block.find("试题").unwrap().unwrap();
        assert_eq!((entry.entries, entry.tail), (7, Some(tail)));
        let postings = read_postings(entry.postings).unwrap();
        assert_eq!(postings.len(), 2);
        assert_eq!(postings[0].frequency, [1, 0, 2, 0]);
        assert_eq!(postings[0].length_class, [0, 0, 41, 0]);
        assert_eq!(read_positions(entry.postings, &postings[0]), Ok(vec![(0, 0), (2, 7), (2, 300)]));
        assert_eq!(read_positions(entry.postings, &postings[1]), Ok(vec![(3, 2)]));
        assert_eq!(block.with_prefix("试").unwrap().len(), 2);
        #[cfg(feature = "build")]
        for (from, by, expected) in [(4, 5, Some([3, 14])), (0, 1, Some([4, 10])), (10, 1, None)] {
            let moved = move_entries(&bytes, from, by).unwrap();
            let entries = moved.map(|moved| {
                let moved = read_postings(&moved).unwrap();
                [moved[0].entry, moved[1].entry]
            });
            assert_eq!(entries, expected);
        }
        let bytes = write_tail("试题", &write_postings(&list, None));
        let tail = TailBlock::open("a", 0, &bytes).unwrap();
        assert_eq!(tail.postings("试题").map(|list| list.len()), Ok(2));
        assert_eq!(tail.postings("试点"), Err(ReadError::UnknownFile));
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
            let block = TermBlock::open("试", &encoder.frame(BlockKind::Terms, term_number("试"))).unwrap();
            let _ = block.find("试点");
        }
    }
}
