//! A page taken apart into tags and text, as far as the checks before publishing need it.

use std::ops::Range;

use memchr::{memchr, memmem};

/// Elements whose content is text to a browser, whatever stands in it.
const RAW: [&[u8]; 2] = [b"script", b"style"];

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A tag from `<` to `>`.
    Tag { range: Range<usize>, name: &'a [u8], closes: bool },
    /// Text between tags.
    Text(Range<usize>),
    /// A comment, a declaration, or the content of a script or style.
    Other(Range<usize>),
}

/// The pieces of a page in order. Nothing is refused: what is no tag is text.
pub(crate) struct Pieces<'a> {
    page: &'a [u8],
    at: usize,
    raw: Option<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    pub(crate) fn of(page: &'a [u8]) -> Self {
        Self { page, at: 0, raw: None }
    }

    fn end_of(&self, needle: &[u8], from: usize) -> usize {
        let rest = self.page.get(from..).unwrap_or_default();
        memmem::find(rest, needle).map_or(self.page.len(), |found| from + found + needle.len())
    }

    /// Where a tag ends: at the first `>` outside of quotes.
    fn end_of_tag(&self, from: usize) -> usize {
        let mut quote = None;
        for (index, &byte) in self.page.iter().enumerate().skip(from) {
            if quote.is_none() && byte == b'>' {
                return index + 1;
            }
            quote = after(quote, byte);
        }
        self.page.len()
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let (page, start) = (self.page, self.at);
        let rest = page.get(start..).filter(|rest| !rest.is_empty())?;
        if let Some(name) = self.raw.take() {
            let ends = |at: &usize| {
                rest[at + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            };
            let length = memmem::find_iter(rest, b"</").find(ends).unwrap_or(rest.len());
            if length > 0 {
                self.at = start + length;
                return Some(Piece::Other(start..self.at));
            }
        }
        let closes = rest.starts_with(b"</");
        let name_start = start + 1 + usize::from(closes);
        let starts_tag = rest[0] == b'<' && page.get(name_start).is_some_and(u8::is_ascii_alphabetic);
        if starts_tag {
            let length = page[name_start..]
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
                .unwrap_or(page.len() - name_start);
            let name = &page[name_start..name_start + length];
            self.at = self.end_of_tag(name_start + length);
            if !closes {
                self.raw = RAW.into_iter().find(|raw| raw.eq_ignore_ascii_case(name));
            }
            return Some(Piece::Tag { range: start..self.at, name, closes });
        }
        if rest.starts_with(b"<!") || rest.starts_with(b"<?") {
            self.at = if rest.starts_with(b"<!--") {
                self.end_of(b"-->", start + 4)
            } else {
                self.end_of(b">", start)
            };
            return Some(Piece::Other(start..self.at));
        }
        self.at = memchr(b'<', &rest[1..]).map_or(page.len(), |next| start + 1 + next);
        Some(Piece::Text(start..self.at))
    }
}

/// The quotation mark of the value that this beginning of a tag ends in; none where it ends outside of values.
pub(crate) fn quote_open_at(tag: &[u8]) -> Option<u8> {
    tag.iter().fold(None, |quote, &byte| after(quote, byte))
}

/// The quotation mark that is open behind a byte, where this one was before it.
fn after(quote: Option<u8>, byte: u8) -> Option<u8> {
    match (quote, byte) {
        (None, b'"' | b'\'') => Some(byte),
        (Some(open), _) if open == byte => None,
        _ => quote,
    }
}

/// Line of a byte of a text, from 1.
pub(crate) fn line_of(text: &[u8], at: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', text.get(..at).unwrap_or(text)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_text_and_the_rest_are_told_apart() {
        let page = "<!DOCTYPE html><p title='a>b'>1 < 2</p><!-- <a> --><script>\"<b>\"</script>尾";
        let shown: Vec<String> = Pieces::of(page.as_bytes())
            .map(|piece| match piece {
                Piece::Tag { range, name, closes } => {
                    format!(
                        "{}{}:{}",
                        if closes { "/" } else { "" },
                        String::from_utf8_lossy(name),
                        &page[range]
                    )
                }
                Piece::Text(range) => format!("text:{}", &page[range]),
                Piece::Other(range) => format!("other:{}", &page[range]),
            })
            .collect();
        let expected = [
            "other:<!DOCTYPE html>",
            "p:<p title='a>b'>",
            "text:1 ",
            "text:< 2",
            "/p:</p>",
            "other:<!-- <a> -->",
            "script:<script>",
            "other:\"<b>\"",
            "/script:</script>",
            "text:尾",
        ];
        assert_eq!(shown, expected);
        for cut in 0..page.len() {
            // Whatever is cut off, the pieces are the whole.
            let cut = &page.as_bytes()[..cut];
            let total: usize = Pieces::of(cut)
                .map(|piece| match piece {
                    Piece::Tag { range, .. } | Piece::Text(range) | Piece::Other(range) => range.len(),
                })
                .sum();
            assert_eq!(total, cut.len());
        }
        assert_eq!(line_of(b"a\nb\nc", 4), 3);
    }
}
