//! Bytes to text, in the encodings in which Chinese offices save CSV. Native only: a browser has `TextDecoder`.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::limits::{MOST_BYTES, Refusal};

/// Reads UTF-8, UTF-16 with a byte order mark, or GBK (as GB 18030, which contains it).
///
/// # Errors
/// Where the bytes are none of these, or more than the limit.
pub fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::FileTooLarge);
    }
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => GB18030,
    };
    let (text, _, is_broken) = encoding.decode(bytes);
    if is_broken || text.contains('\0') { Err(Refusal::Encoding) } else { Ok(text.into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_of_offices_are_read() {
        let text = "名称,计划人数\r\n合肥职院,60";
        let utf16: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let marked = format!("\u{feff}{text}").into_bytes();
        for bytes in [text.as_bytes().to_vec(), marked, GB18030.encode(text).0.into_owned(), utf16] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
        assert_eq!(decode(&[0xff, 0x80, 0x00]), Err(Refusal::Encoding));
        assert_eq!(decode(b"PK\x03\x04\0\0"), Err(Refusal::Encoding));
    }
}
