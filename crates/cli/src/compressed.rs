//! Files packed beforehand, `page.html.gz` beside `page.html`, for servers that send them as they are.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;
use render::Artifact;

/// What is worth packing: texts and modules. Parts of the index and pictures are packed already.
const PACKED: [&str; 11] = ["atom", "css", "csv", "html", "ics", "js", "json", "svg", "txt", "wasm", "xml"];
/// Shorter files fit into one packet of the network as they are.
const LEAST_BYTES: usize = 1_400;

/// The packed forms of these files; of files that would not become smaller there is none. The same bytes every time.
pub(crate) fn gzipped(artifacts: &[Artifact]) -> Vec<Artifact> {
    artifacts.par_iter().filter_map(pack).collect()
}

fn pack(artifact: &Artifact) -> Option<Artifact> {
    let path = artifact.path.as_str();
    let (_, extension) = path.rsplit_once('.')?;
    if artifact.bytes.len() < LEAST_BYTES || !PACKED.contains(&extension) {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(artifact.bytes.len() / 3), Compression::default());
    encoder.write_all(&artifact.bytes).ok()?;
    let bytes = encoder.finish().ok()?;
    (bytes.len() < artifact.bytes.len()).then_some(())?;
    Some(Artifact { path: format!("{path}.gz").parse().ok()?, bytes })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    fn artifact(path: &str, bytes: &[u8]) -> Artifact {
        Artifact { path: path.parse().expect("an output path"), bytes: bytes.to_vec() }
    }

    #[test]
    fn texts_are_packed_and_can_be_read_again() {
        let text = "政策文件".repeat(1_000);
        let made =
            gzipped(&[artifact("a/index.html", text.as_bytes()), artifact("a/b.bin", text.as_bytes())]);
        assert_eq!(made.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["a/index.html.gz"]);
        let mut read = String::new();
        GzDecoder::new(made[0].bytes.as_slice()).read_to_string(&mut read).expect("it is gzip");
        assert_eq!(read, text);
        assert_eq!(made, gzipped(&[artifact("a/index.html", text.as_bytes())]), "the same bytes");
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
        assert_eq!(gzipped(&[artifact("short.html", b"<p>"), artifact("noise.js", &noise)]).len(), 0);
    }
}
