//! Files packed into one piece of bytes: what the build script writes is what the command reads, by this one file.
//!
//! For each file: the length of its name, the name, the length of its packed bytes, those bytes (gzip, RFC 1952). Each is packed
//! alone, so that only what is wanted is unpacked, and can be sent to browsers as it is. Lengths are four bytes, the lowest first.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// Packs files given as name and bytes, in the order given.
#[allow(dead_code, reason = "the build script packs, the command unpacks")]
pub(crate) fn pack(files: &[(String, Vec<u8>)]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    for (name, bytes) in files {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes)?;
        for part in [name.as_bytes(), &encoder.finish()?] {
            let length = u32::try_from(part.len()).map_err(io::Error::other)?;
            packed.extend_from_slice(&length.to_le_bytes());
            packed.extend_from_slice(part);
        }
    }
    Ok(packed)
}

/// Names and packed bytes, in the order they were given.
#[allow(dead_code, reason = "the build script packs, the command unpacks")]
pub(crate) fn files(packed: &'static [u8]) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let mut rest = packed;
    std::iter::from_fn(move || {
        let name = std::str::from_utf8(part(&mut rest)?).ok()?;
        Some((name, part(&mut rest)?))
    })
}

/// The bytes of a file that was packed.
#[allow(dead_code, reason = "the build script packs, the command unpacks")]
pub(crate) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn part(rest: &mut &'static [u8]) -> Option<&'static [u8]> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let (part, after) = after.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    *rest = after;
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let given =
            [("a.html".to_owned(), "甲".repeat(1000).into_bytes()), ("空/b.js".to_owned(), Vec::new())];
        let packed: &'static [u8] = pack(&given).expect("it can be packed").leak();
        assert!(packed.len() < 220, "{}", packed.len());
        let found: Vec<(String, Vec<u8>)> = files(packed)
            .map(|(name, packed)| (name.to_owned(), unpack(packed).expect("it can be unpacked")))
            .collect();
        assert_eq!(found, given);
    }

    #[test]
    fn what_is_cut_off_ends_there() {
        let packed: &'static [u8] = pack(&[("a".to_owned(), vec![1; 9])]).expect("it can be packed").leak();
        assert_eq!(files(&packed[..packed.len() - 1]).count(), 0);
    }
}
