//! Source files: bytes of the disk become texts, or a problem that says what is wrong with the bytes.
//!
//! A byte order mark is dropped and line ends become `\n`, so that a file saved on any system gives the same
//! portal; lines and columns stay those of the file.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::limits::{LARGEST_FILE, LONGEST_LINE};
use crate::names;
use crate::problem::{Encoding, Problem};

/// One text file of the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the content folder, with `/`.
    pub path: String,
    /// The text; `\n` ends its lines.
    pub text: String,
}

impl Source {
    /// Decodes a plan file for `zhinan check`: programs write all of it into one line, so that lines may be of any length.
    ///
    /// # Errors
    /// When the bytes are no proper text.
    pub fn plan(path: &str, bytes: Vec<u8>) -> Result<Self, Box<Diagnostic>> {
        decode(path, bytes, LARGEST_FILE).map(|text| Self { path: path.to_owned(), text })
    }
}

/// All text files of the content folder, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Arc<Source>>,
    /// Paths of the files that could not be decoded.
    refused: Vec<String>,
}

impl Sources {
    /// Decodes files given as path and bytes, in any order. Files that are no proper text are reported and left out; names
    /// that another system cannot store or takes for one are reported.
    pub fn decode(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> (Self, Vec<Diagnostic>) {
        Self::decode_again(files, [])
    }

    /// The same with files that were decoded before and are as they were: a [`crate::Cache`] knows them again.
    pub fn decode_again(
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
        unchanged: impl IntoIterator<Item = Arc<Source>>,
    ) -> (Self, Vec<Diagnostic>) {
        let files: Vec<_> = files.into_iter().collect();
        let decoded: Vec<_> = files
            .into_par_iter()
            .map(|(path, bytes)| {
                let text = decode(&path, bytes, LONGEST_LINE);
                (path, text)
            })
            .collect();
        let mut sources = Self::default();
        let mut problems = Vec::new();
        for (path, file) in decoded {
            match file {
                Ok(text) => sources.files.push(Arc::new(Source { path, text })),
                Err(problem) => {
                    sources.refused.push(path);
                    problems.push(*problem);
                }
            }
        }
        sources.files.extend(unchanged);
        sources.files.sort_by(|a, b| a.path.cmp(&b.path));
        problems.extend(names::problems(sources.files.iter().map(|file| file.path.as_str())));
        problems.sort_by(|a, b| a.place.path.cmp(&b.place.path));
        (sources, problems)
    }

    /// The warning of a file that is no Markdown and no YAML, so that nothing of it is read.
    pub fn not_read(path: &str) -> Diagnostic {
        Diagnostic::new(path, 0..0, Problem::UnusedFile)
    }

    /// Notes a file that is not read for its size, and gives the error.
    pub fn too_large(&mut self, path: &str, size: usize) -> Diagnostic {
        self.refused.push(path.to_owned());
        Diagnostic::new(path, 0..0, Problem::FileTooLarge { size, limit: LARGEST_FILE })
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.files.iter()
    }

    /// Paths of files that are there but could not be decoded: what refers to them cannot be judged.
    pub(crate) fn refused(&self) -> &[String] {
        &self.refused
    }

    /// The file at this path.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()
            .map(|index| self.files[index].as_ref())
    }
}

fn decode(path: &str, bytes: Vec<u8>, longest_line: usize) -> Result<String, Box<Diagnostic>> {
    let fail = |problem, span: Range<usize>| Err(Box::new(Diagnostic::new(path, span, problem)));
    if bytes.len() > LARGEST_FILE {
        return fail(Problem::FileTooLarge { size: bytes.len(), limit: LARGEST_FILE }, 0..0);
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let (offset, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
            let before = std::str::from_utf8(&bytes[..offset]).unwrap_or_default();
            let problem = not_utf8(bytes, offset);
            return Err(Box::new(Diagnostic::new(path, offset..offset, problem).in_text(before)));
        }
    };
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n");
    }
    if let Some((offset, character)) = text.char_indices().find(|&(_, c)| is_forbidden(c)) {
        let span = offset..offset + character.len_utf8();
        let problem = Diagnostic::new(path, span, Problem::ForbiddenCharacter { character });
        return Err(Box::new(shortened(problem.in_text(&text))));
    }
    let mut start = 0;
    for line in text.split('\n') {
        if line.len() > longest_line {
            let problem = Problem::LineTooLong { size: line.len(), limit: longest_line };
            return Err(Box::new(shortened(Diagnostic::new(path, start..start, problem).in_text(&text))));
        }
        start += line.len() + 1;
    }
    Ok(text)
}

/// The same, showing no more of a long line than its beginning.
fn shortened(mut problem: Diagnostic) -> Diagnostic {
    const SHOWN: usize = 80;
    if problem.place.source_line.len() > LONGEST_LINE {
        problem.place.source_line = problem.place.source_line.chars().take(SHOWN).collect();
    }
    problem
}

/// What is wrong with bytes that are UTF-8 only up to there.
pub fn not_utf8(bytes: &[u8], offset: usize) -> Problem {
    Problem::NotUtf8 { guess: guess_encoding(bytes), offset }
}

/// Characters that no text may have, whether they stand in it or are written as an escape: they break XML, calendars or
/// lines, and some of them mean something else inside the program.
pub(crate) fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffd}' | '\u{feff}')
}

/// Names the encoding that office programs most likely wrote.
fn guess_encoding(bytes: &[u8]) -> Encoding {
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    if bytes.starts_with(&[0xff, 0xfe]) || zeros(1) * 8 > bytes.len() {
        return Encoding::Utf16LittleEndian;
    }
    if bytes.starts_with(&[0xfe, 0xff]) || zeros(0) * 8 > bytes.len() {
        return Encoding::Utf16BigEndian;
    }
    // Of texts in another encoding hardly two bytes in a row happen to be UTF-8.
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if sound > broken {
        return Encoding::DamagedUtf8;
    }
    guess_chinese_encoding(bytes)
}

/// GBK has a lead byte 0x81–0xFE and a trail byte 0x40–0xFE; GB 18030 has four bytes as well, where digits follow.
fn guess_chinese_encoding(bytes: &[u8]) -> Encoding {
    let mut guess = Encoding::Gbk;
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            0..=0x7f => {}
            0x81..=0xfe => match rest.next() {
                Some(trail) if trail.is_ascii_digit() => {
                    guess = Encoding::Gb18030;
                    if !matches!((rest.next(), rest.next()), (Some(0x81..=0xfe), Some(b'0'..=b'9'))) {
                        return Encoding::Unknown;
                    }
                }
                Some(0x40..=0x7e | 0x80..=0xfe) => {}
                _ => return Encoding::Unknown,
            },
            _ => return Encoding::Unknown,
        }
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn one(bytes: &[u8]) -> Result<String, Problem> {
        decode("a.md", bytes.to_vec(), LONGEST_LINE).map_err(|diagnostic| diagnostic.problem)
    }

    #[test]
    fn r04_line_ends_and_byte_order_mark_make_no_difference() {
        assert_eq!(one("\u{feff}一\r\n二\r\n".as_bytes()), one("一\n二\n".as_bytes()));
    }

    #[test]
    fn r03_other_encodings_are_named_with_the_byte_where_they_show() {
        for (bytes, guess, offset) in [
            // 申报 in GBK; 申 and 㐂, which GBK lacks, in GB 18030.
            (&[b'a', b'\n', 0xc9, 0xea, 0xb1, 0xa8][..], Encoding::Gbk, 2),
            (&[0xc9, 0xea, 0x81, 0x39, 0xee, 0x39], Encoding::Gb18030, 0),
            (&[0xff, 0xfe, 0x33, 0x75], Encoding::Utf16LittleEndian, 0),
            (&[0xfe, 0xff, 0x75, 0x33], Encoding::Utf16BigEndian, 0),
            // Without a mark, Latin letters and 申.
            (&[b'a', 0, b'b', 0, b'c', 0, 0x33, 0xf5], Encoding::Utf16LittleEndian, 7),
            (&[0, b'a', 0, b'b', 0, b'c', 0xf5, 0x33], Encoding::Utf16BigEndian, 6),
            // 申报 with the last byte cut off; Latin-1.
            (&[0xe7, 0x94, 0xb3, 0xe6, 0x8a, 0xa5, 0xe7, 0x94], Encoding::DamagedUtf8, 6),
            (&[0xfc, b' ', 0xe4], Encoding::Unknown, 0),
        ] {
            assert_eq!(one(bytes), Err(Problem::NotUtf8 { guess, offset }), "{bytes:x?}");
        }
        let problem = Problem::NotUtf8 { guess: Encoding::Gbk, offset: 2 };
        let words = problem.message(Language::Chinese) + &problem.help(Language::Chinese);
        assert!(["GBK", "第 2 字节", "另存为", "UTF-8"].iter().all(|part| words.contains(part)), "{words}");
    }

    #[test]
    fn r12_files_have_a_largest_size() {
        let bytes = vec![b'a'; LARGEST_FILE + 1];
        let size = bytes.len();
        assert_eq!(one(&bytes), Err(Problem::FileTooLarge { size, limit: LARGEST_FILE }));
        let lines = [&b"a\n".repeat(LARGEST_FILE / 2)[..]].concat();
        assert!(one(&lines).is_ok());
    }

    #[test]
    fn r04_control_characters_are_refused() {
        for text in
            ["a\rb", "a\0b", "a\u{7}b", "a\u{85}b", "a\u{2028}b", "a\u{2029}b", "a\u{fffd}b", "a\u{feff}b"]
        {
            assert!(matches!(one(text.as_bytes()), Err(Problem::ForbiddenCharacter { .. })), "{text:?}");
        }
    }

    #[test]
    fn r12_lines_have_a_longest_length() {
        let line = "申".repeat(LONGEST_LINE / 3);
        assert!(one(format!("甲\n{line}\n").as_bytes()).is_ok());
        let long = format!("甲\n{line}申\n");
        let problem = decode("a.md", long.into_bytes(), LONGEST_LINE).expect_err("it is too long");
        assert_eq!(problem.problem, Problem::LineTooLong { size: line.len() + 3, limit: LONGEST_LINE });
        assert_eq!((problem.place.line, problem.place.source_line.chars().count()), (2, 80));
    }
}
