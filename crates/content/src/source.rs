//! Source files: bytes of the disk become texts, or a problem that says what is wrong with the bytes.
//!
//! A byte order mark is dropped and line ends become `\n`, so that a file saved on any system gives the same
//! portal; lines and columns stay those of the file.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::problem::Problem;

/// Largest source file accepted, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// One text file of the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the content folder, with `/`.
    pub path: String,
    /// The text; `\n` ends its lines.
    pub text: String,
}

/// All text files of the content folder, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Decodes files given as path and bytes, in any order. Files that are no proper text are reported and left out.
    pub fn decode(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> (Self, Vec<Diagnostic>) {
        let mut sources = Self::default();
        let mut problems = Vec::new();
        for (path, bytes) in files {
            match decode(&path, &bytes) {
                Ok(text) => sources.files.push(Source { path, text }),
                Err(problem) => problems.push(*problem),
            }
        }
        sources.files.sort_by(|a, b| a.path.cmp(&b.path));
        problems.sort_by(|a, b| a.place.path.cmp(&b.place.path));
        (sources, problems)
    }

    /// The warning of a file that is no Markdown and no YAML, so that nothing of it is read.
    pub fn not_read(path: &str) -> Diagnostic {
        Diagnostic::new(path, 0..0, Problem::UnusedFile)
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    /// The file at this path.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|index| &self.files[index])
    }
}

fn decode(path: &str, bytes: &[u8]) -> Result<String, Box<Diagnostic>> {
    let fail = |problem, span: Range<usize>| Err(Box::new(Diagnostic::new(path, span, problem)));
    if bytes.len() > LARGEST_FILE {
        return fail(Problem::FileTooLarge { size: bytes.len(), limit: LARGEST_FILE }, 0..0);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.valid_up_to();
            let before = std::str::from_utf8(&bytes[..offset]).unwrap_or_default();
            let problem = Problem::NotUtf8 { guess: guess_encoding(bytes), offset };
            return Err(Box::new(Diagnostic::new(path, offset..offset, problem).in_text(before)));
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    match text.char_indices().find(|&(_, c)| is_forbidden(c)) {
        Some((offset, character)) => {
            let problem = Diagnostic::new(
                path,
                offset..offset + character.len_utf8(),
                Problem::ForbiddenCharacter { character },
            );
            Err(Box::new(problem.in_text(&text)))
        }
        None => Ok(text),
    }
}

/// Characters that no text may have, whether they stand in it or are written as an escape: they break XML, calendars or
/// lines, and some of them mean something else inside the program.
pub(crate) fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffd}' | '\u{feff}')
}

/// Names the encoding that office programs most likely wrote.
fn guess_encoding(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return "UTF-16";
    }
    if bytes.iter().filter(|&&byte| byte == 0).count() * 4 > bytes.len() {
        return "UTF-16";
    }
    // GBK and GB18030: a lead byte 0x81–0xFE is followed by a trail byte 0x40–0xFE (or a digit, for four bytes).
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        if byte < 0x80 {
            continue;
        }
        let trail = rest.next().unwrap_or(0);
        if !(0x81..=0xfe).contains(&byte) || !(trail.is_ascii_digit() || (0x40..=0xfe).contains(&trail)) {
            return "";
        }
    }
    "GBK/GB18030"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(bytes: &[u8]) -> Result<String, Problem> {
        decode("a.md", bytes).map_err(|diagnostic| diagnostic.problem)
    }

    #[test]
    fn line_ends_and_byte_order_mark_make_no_difference() {
        assert_eq!(one("\u{feff}一\r\n二\r\n".as_bytes()), one("一\n二\n".as_bytes()));
    }

    #[test]
    fn other_encodings_are_named() {
        // 申报 in GBK.
        assert_eq!(
            one(&[b'a', b'\n', 0xc9, 0xea, 0xb1, 0xa8]),
            Err(Problem::NotUtf8 { guess: "GBK/GB18030", offset: 2 })
        );
        assert!(matches!(one(&[0xff, 0xfe, 0x33, 0x75]), Err(Problem::NotUtf8 { guess: "UTF-16", .. })));
        assert!(matches!(one(&[0xe4, 0xb8]), Err(Problem::NotUtf8 { .. })));
    }

    #[test]
    fn files_have_a_largest_size() {
        let bytes = vec![b'a'; LARGEST_FILE + 1];
        let size = bytes.len();
        assert_eq!(one(&bytes), Err(Problem::FileTooLarge { size, limit: LARGEST_FILE }));
        assert!(one(&bytes[1..]).is_ok());
    }

    #[test]
    fn control_characters_are_refused() {
        for text in ["a\rb", "a\0b", "a\u{2028}b", "a\u{fffd}b"] {
            assert!(matches!(one(text.as_bytes()), Err(Problem::ForbiddenCharacter { .. })), "{text:?}");
        }
    }
}
