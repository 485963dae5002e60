//! Holds what a workbook unpacks to within bounds, and the cells it names, before anything else looks into it.

use std::io::{Cursor, Read, copy};

use zip::ZipArchive;

use super::references::References;
use crate::limits::{MOST_BYTES, Refusal};

/// Bytes of all parts together; the largest table allowed takes about half.
const MOST_UNPACKED: u64 = 100 * 1024 * 1024;
/// Below this the ratio does not matter.
const MODEST: u64 = 8 * 1024 * 1024;
/// XML of tables packs at most about sixty to one.
const MOST_RATIO: u64 = 150;
/// Parts of a workbook; one has about a dozen and one for each sheet and picture.
const MOST_PARTS: usize = 2_000;

/// Refuses an archive by the sizes that it states, and one that states them wrong.
pub(super) fn require_modest(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::FileTooLarge);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::NotAWorkbook)?;
    if archive.len() > MOST_PARTS {
        return Err(Refusal::UnpacksTooLarge);
    }
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| Refusal::NotAWorkbook)?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > MOST_UNPACKED || unpacked > MODEST.max(bytes.len() as u64 * MOST_RATIO) {
        return Err(Refusal::UnpacksTooLarge);
    }
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Refusal::NotAWorkbook)?;
        let stated = part.size();
        let mut references = References::default();
        match copy(&mut part.take(stated + 1), &mut references) {
            Ok(_) if references.is_impossible => return Err(Refusal::NotAWorkbook),
            Ok(read) if read <= stated => {}
            Ok(_) => return Err(Refusal::UnpacksTooLarge),
            Err(_) => return Err(Refusal::NotAWorkbook),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    fn archive(zeros: usize) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file("xl/worksheets/sheet1.xml", options).expect("started");
        let block = vec![b' '; 1 << 20];
        let mut left = zeros;
        while left > 0 {
            let now = left.min(block.len());
            writer.write_all(&block[..now]).expect("written");
            left -= now;
        }
        writer.finish().expect("finished").into_inner()
    }

    #[test]
    fn s08_a_bomb_is_refused_by_the_sizes_it_states() {
        let bomb = archive(40 << 20);
        assert!(bomb.len() < 50_000, "it packs a thousand to one: {}", bomb.len());
        assert_eq!(require_modest(&bomb), Err(Refusal::UnpacksTooLarge));
        assert_eq!(require_modest(&archive(1 << 20)), Ok(()));
    }

    #[test]
    fn s08_a_bomb_that_states_a_small_size_is_refused() {
        let mut bomb = archive(40 << 20);
        let stated = (40_u32 << 20).to_le_bytes();
        let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..*at + 4] == stated).collect();
        assert!(!places.is_empty(), "the size stands in the archive");
        for at in places {
            bomb[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
        }
        assert!(require_modest(&bomb).is_err());
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", "名称,计划人数".as_bytes()] {
            assert_eq!(require_modest(bytes), Err(Refusal::NotAWorkbook));
        }
    }
}
