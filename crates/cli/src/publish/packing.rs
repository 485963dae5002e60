//! Files packed beforehand, `page.html.gz` beside `page.html`, for servers that send them as they are.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use flate2::Crc;
use libdeflater::{CompressionLvl, Compressor};

use crate::shipped;

/// What is worth packing: texts and modules. Parts of the index and pictures are packed already.
const PACKED: [&str; 11] = ["atom", "css", "csv", "html", "ics", "js", "json", "svg", "txt", "wasm", "xml"];
/// Shorter files fit into one packet of the network as they are.
const LEAST_BYTES: usize = 1_400;
/// How hard they are packed. A page of 21 KB takes 0.15 ms; level 3 takes 0.12 ms for 2 % more bytes, level 9 0.26 ms for 0.3 % fewer
/// (399 generated pages, one core; zlib-rs at level 6 took 0.21 ms for 4 % more). What has not changed is not packed again,
/// and modules come as the binary carries them.
pub(crate) const LEVEL: i32 = 6;
/// The same for a file of at least [`LARGE`] bytes, which programs fetch and no page needs: 84 MB of data take 0.38 s instead of 0.59 s for 7 % more
/// bytes (level 1: 0.26 s, 20 %), on one core, and after every edit again.
const LEVEL_OF_LARGE: i32 = 3;
const LARGE: usize = 4 << 20;
/// Bytes of the end of a packed file that name the checksum and the length of what is in it.
const TRAILER: usize = 8;

/// Whether a file of this name and length is packed.
pub(crate) fn is_worth_packing(path: &str, length: usize) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    length >= LEAST_BYTES && PACKED.contains(&extension)
}

/// The packed form; none of a file that would not become smaller. The same bytes every time.
pub(crate) fn packed(bytes: &[u8]) -> Option<Cow<'static, [u8]>> {
    if let Some(packed) = carried(bytes) {
        return Some(packed.into());
    }
    let level = if bytes.len() < LARGE { LEVEL } else { LEVEL_OF_LARGE };
    let mut compressor = Compressor::new(CompressionLvl::new(level).ok()?);
    // What has no room here has not become smaller.
    let mut made = vec![0; bytes.len().saturating_sub(1)];
    let length = compressor.gzip_compress(bytes, &mut made).ok()?;
    made.truncate(length);
    Some(made.into())
}

/// The packed form that the binary carries of one of its modules.
fn carried(bytes: &[u8]) -> Option<&'static [u8]> {
    let length = (bytes.len() as u32).to_le_bytes();
    let mut alike = shipped::packed_modules().filter(|packed| packed.ends_with(&length)).peekable();
    // Seldom: the checksum of a page is not needed.
    alike.peek()?;
    let trailer = trailer_of(bytes);
    alike.find(|packed| packed.ends_with(&trailer))
}

/// Whether a packed file says at its end that it is the packed form of these bytes.
pub(crate) fn is_packed_form_of(path: &Path, bytes: &[u8]) -> bool {
    let mut trailer = [0; TRAILER];
    let read = File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::End(-(TRAILER as i64)))?;
        file.read_exact(&mut trailer)
    });
    read.is_ok() && trailer == trailer_of(bytes)
}

/// Checksum and length of these bytes, as a packed file ends with them (RFC 1952, 2.3.1).
fn trailer_of(bytes: &[u8]) -> [u8; TRAILER] {
    let mut crc = Crc::new();
    crc.update(bytes);
    let (sum, length) = (u64::from(crc.sum()), u64::from(crc.amount()));
    (sum | length << 32).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn texts_are_packed_and_can_be_read_again() {
        let large = "政策文件".repeat(LARGE / 12 + 1);
        let made = packed(large.as_bytes()).expect("it becomes smaller");
        let mut read = String::new();
        GzDecoder::new(&*made).read_to_string(&mut read).expect("it is gzip");
        assert!(large.len() > LARGE && read == large);

        let text = "政策文件".repeat(1_000);
        assert!(is_worth_packing("a/index.html", text.len()) && !is_worth_packing("a/b.bin", text.len()));
        let made = packed(text.as_bytes()).expect("it becomes smaller");
        let mut read = String::new();
        GzDecoder::new(&*made).read_to_string(&mut read).expect("it is gzip");
        assert_eq!(read, text);
        assert_eq!(Some(&made), packed(text.as_bytes()).as_ref(), "the same bytes");

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("index.html.gz");
        std::fs::write(&path, &made).expect("written");
        assert!(is_packed_form_of(&path, text.as_bytes()));
        assert!(!is_packed_form_of(&path, "政策文档".repeat(1_000).as_bytes()), "of another text");
        std::fs::write(&path, &made[..made.len() - 1]).expect("written");
        assert!(!is_packed_form_of(&path, text.as_bytes()), "cut short");
        std::fs::write(&path, "").expect("written");
        assert!(!is_packed_form_of(&path, text.as_bytes()), "empty");
    }

    #[test]
    fn a_module_of_the_binary_has_the_form_it_is_carried_in() {
        for packed_module in shipped::packed_modules() {
            let mut module = Vec::new();
            GzDecoder::new(packed_module).read_to_end(&mut module).expect("it is gzip");
            assert_eq!(packed(&module).as_deref(), Some(packed_module));
            // Of the same length, but another one.
            module[0] ^= 1;
            assert_ne!(packed(&module).as_deref(), Some(packed_module));
        }
    }

    #[test]
    fn what_gains_nothing_is_left_as_it_is() {
        let mut state = 1_u32;
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        };
        let noise: Vec<u8> = (0..4_000).map(|_| random()).collect();
        assert!(!is_worth_packing("short.html", 3) && packed(&noise).is_none());
    }
}
