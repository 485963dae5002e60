//! Whether the links of a page lead to files that are published with it.
//!
//! Attributes are searched for by their name, and only a link that leads nowhere is looked at more closely: whether it stands in
//! a tag at all, and not in a comment, a script or a text.

use std::collections::HashSet;

use memchr::memmem::Finder;

use super::html::{Piece, Pieces, line_of, quote_open_at};
use super::marker::MARKER;

/// What links may lead to.
pub(crate) struct Places {
    files: HashSet<Box<str>>,
    /// Path of the portal's own address, with `/` at both ends: `/guide/`.
    base: String,
    attributes: [Finder<'static>; 2],
}

/// A link that leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BrokenLink {
    pub(crate) address: String,
    /// In the page, from 1.
    pub(crate) line: usize,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// Out of the portal, or nowhere but to its own page.
    Elsewhere,
    /// To the path in the buffer.
    Inside,
    /// Above the root of the portal.
    Outside,
}

impl Places {
    /// The files of a portal that is published at `base_url`, which may be empty.
    pub(crate) fn new<'a>(paths: impl Iterator<Item = &'a str>, base_url: &str) -> Self {
        let mut files: HashSet<Box<str>> = paths.map(Box::from).collect();
        files.insert(Box::from(MARKER));
        let path = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
        let base = format!("/{}", path.map_or("", |(_, path)| path));
        Self {
            files,
            base: if base.ends_with('/') { base } else { base + "/" },
            attributes: [Finder::new("href="), Finder::new("src=")],
        }
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// The first link of a page that leads to no file of the portal.
    pub(crate) fn broken_link(&self, path: &str, page: &[u8]) -> Option<BrokenLink> {
        let folder = path.rfind('/').map_or("", |end| &path[..=end]);
        let mut buffer = String::with_capacity(120);
        for attribute in &self.attributes {
            for at in attribute.find_iter(page) {
                let Some(value) = value_at(page, at, attribute.needle().len()) else { continue };
                if self.leads_somewhere(value, folder, &mut buffer) {
                    continue;
                }
                if is_attribute(page, at) {
                    return Some(BrokenLink { address: value.to_owned(), line: line_of(page, at) });
                }
            }
        }
        None
    }

    fn leads_somewhere(&self, value: &str, folder: &str, buffer: &mut String) -> bool {
        match self.target(value, folder, buffer) {
            Target::Elsewhere => true,
            Target::Outside => false,
            Target::Inside => {
                if buffer.is_empty() || buffer.ends_with('/') {
                    buffer.push_str("index.html");
                    return self.has(buffer);
                }
                if self.has(buffer) {
                    return true;
                }
                // Servers lead from `faq` to `faq/`.
                buffer.push_str("/index.html");
                self.has(buffer)
            }
        }
    }

    fn target(&self, value: &str, folder: &str, buffer: &mut String) -> Target {
        buffer.clear();
        let decoded;
        let value = if value.contains(['&', '%']) {
            decoded = decode(value);
            decoded.as_str()
        } else {
            value
        };
        let path = value.trim_ascii();
        if path.is_empty() || path.starts_with("//") || has_scheme(path) {
            return Target::Elsewhere;
        }
        let parts = if path.starts_with('/') {
            match path.strip_prefix(&self.base) {
                Some(inside) => inside,
                None => return Target::Elsewhere,
            }
        } else {
            buffer.push_str(folder);
            path
        };
        for part in parts.split_inclusive('/') {
            match part {
                "." | "./" | "/" => {}
                ".." | "../" => match buffer.strip_suffix('/') {
                    None => return Target::Outside,
                    Some(inner) => buffer.truncate(inner.rfind('/').map_or(0, |end| end + 1)),
                },
                part => buffer.push_str(part),
            }
        }
        Target::Inside
    }
}

/// The value of the attribute whose name begins at `at`, up to a query or fragment; none where `at` is the end of another name.
fn value_at(page: &[u8], at: usize, length: usize) -> Option<&str> {
    let before = at.checked_sub(1).and_then(|before| page.get(before))?;
    if !before.is_ascii_whitespace() && !matches!(before, b'"' | b'\'') {
        return None;
    }
    let rest = &page[at + length..];
    let (quote, start) = match rest.first()? {
        quote @ (b'"' | b'\'') => (Some(*quote), 1),
        _ => (None, 0),
    };
    let rest = &rest[start..];
    let ends = |byte: &u8| match quote {
        Some(quote) => *byte == quote,
        None => byte.is_ascii_whitespace() || *byte == b'>',
    };
    let value = &rest[..rest.iter().position(ends)?];
    // A reference such as `&#39;` has a `#` as well.
    let cut = value
        .iter()
        .enumerate()
        .position(|(index, byte)| *byte == b'?' || *byte == b'#' && (index == 0 || value[index - 1] != b'&'));
    std::str::from_utf8(&value[..cut.unwrap_or(value.len())]).ok()
}

/// Whether an address begins with the name of a scheme, such as `mailto:`.
fn has_scheme(address: &str) -> bool {
    let name =
        address.split(['/', '?', '#']).next().and_then(|first| first.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|name| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|one| one.is_ascii_alphanumeric() || "+-.".contains(one))
    })
}

/// An address without character references and percent escapes.
fn decode(address: &str) -> String {
    const REFERENCES: [(&str, &str); 6] =
        [("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/"), ("&#x2f;", "/"), ("&amp;", "&")];
    let text =
        REFERENCES.iter().fold(address.to_owned(), |text, (reference, meant)| text.replace(reference, meant));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or(text)
}

/// Whether an attribute of a tag begins at a byte of a page, and relative links begin at the page: with `<base>` they do not. The words
/// `href=` in the value of another attribute, a description for one, are no attribute.
fn is_attribute(page: &[u8], at: usize) -> bool {
    let mut is_one = false;
    for piece in Pieces::of(page) {
        if let Piece::Tag { range, name, closes } = piece {
            if name.eq_ignore_ascii_case(b"base") {
                return false;
            }
            is_one |= !closes && range.contains(&at) && quote_open_at(&page[range.start..at]).is_none();
        }
    }
    is_one
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(base_url: &str) -> Places {
        let files = ["index.html", "faq/index.html", "政策/甲.html", "assets/style.css", "404.html"];
        Places::new(files.into_iter(), base_url)
    }

    #[test]
    fn r21_a_link_leads_to_a_file_or_is_named() {
        let check = |page: &str, expected: Option<&str>| {
            let found = places("https://a.cn/guide/").broken_link("faq/index.html", page.as_bytes());
            assert_eq!(found.map(|link| link.address).as_deref(), expected, "{page}");
        };
        for sound in [
            "<a href=\"\">",
            "<a href=\"#s1\">",
            "<a href=\"../\">",
            "<a href=\"..\">",
            "<a href=\"./\">",
            "<a href=\"../faq\">",
            "<a href=\"../?q=1\">",
            "<a href='../404.html#a'>",
            "<a href=../404.html>",
            "<a href=\"../%E6%94%BF%E7%AD%96/%E7%94%B2.html\">",
            "<a href=\"../政策/甲.html\">",
            "<a href=\"/guide/faq/\">",
            "<a href=\"/other/\">",
            "<a href=\"//b.cn/x\">",
            "<a href=\"https://b.cn/x\">",
            "<a href=\"mailto:a@b.cn\">",
            "<link rel=\"icon\" href=\"../assets/style.css\">",
            "<a data-href=\"nowhere/\">",
            "<code>&lt;a href=\"nowhere/\"&gt;</code>",
            "<meta name=\"description\" content=\"&lt;a href=nowhere/ &quot;\">",
            "<!-- <a href=\"nowhere/\"> -->",
            "<script>'<a href=\"nowhere/\">'</script>",
            "<base href=\"../\"><a href=\"faq/\">",
            "<a href=\"",
        ] {
            check(sound, None);
        }
        check("<a href=\"nowhere/\">", Some("nowhere/"));
        check("<a href=\"nowhere/?q#s\">", Some("nowhere/"));
        check("<a href=\"../../\">", Some("../../"));
        check("<a href=\"/guide/nowhere\">", Some("/guide/nowhere"));
        check("<script src='../assets/x&#39;.js'></script>", Some("../assets/x&#39;.js"));
        check("<a title='a > b' href=\"nowhere\">", Some("nowhere"));
        let found = places("").broken_link("404.html", b"<p>\n<a href='/guide/'>");
        assert_eq!(found, Some(BrokenLink { address: "/guide/".to_owned(), line: 2 }));
    }
}
