//! The attributes in a page, where they stand: enough of HTML to find addresses in what our own templates write.
//!
//! Texts are escaped when a page is drawn, so that `<` begins a tag and nothing else. Comments and the content of scripts
//! and styles are passed over.

use std::ops::Range;

/// An attribute of a start tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    /// Name as it is written.
    pub(crate) name: &'a str,
    /// Value as it is written, with character references.
    pub(crate) value: &'a str,
    /// Place of the value in the page.
    pub(crate) place: Range<usize>,
}

/// Every attribute that has a value, in order.
pub(crate) fn attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|offset| at + offset) {
        let rest = &html[open + 1..];
        at = if rest.starts_with("!--") {
            after(html, open, "-->")
        } else if rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            let end = start_tag(html, open + 1, &mut found);
            match ["script", "style"].iter().find(|name| is_tag(rest, name)) {
                Some(name) => after(html, end, &format!("</{name}")),
                None => end,
            }
        } else {
            open + 1
        };
    }
    found
}

/// The place behind the next `mark`, or the end.
fn after(html: &str, from: usize, mark: &str) -> usize {
    html[from..].find(mark).map_or(html.len(), |offset| from + offset + mark.len())
}

fn is_tag(rest: &str, name: &str) -> bool {
    rest.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '>', '/', '\n', '\t']))
}

/// Reads a tag whose name begins at `from`; gives the place behind it.
fn start_tag<'a>(html: &'a str, from: usize, found: &mut Vec<Attribute<'a>>) -> usize {
    let mut at = skip(html, from, |letter| letter.is_ascii_alphanumeric() || letter == '-');
    loop {
        at = skip(html, at, |letter| letter.is_ascii_whitespace() || letter == '/');
        match html[at..].chars().next() {
            None => return html.len(),
            Some('>') => return at + 1,
            Some(_) => {}
        }
        let end =
            skip(html, at, |letter| !letter.is_ascii_whitespace() && !['=', '>', '/'].contains(&letter));
        if end == at {
            // A sign that begins no name, like a `=` alone.
            at += html[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let name = &html[at..end];
        let equals = skip(html, end, |letter| letter.is_ascii_whitespace());
        at = end;
        if html[equals..].starts_with('=') {
            let place = value(html, skip(html, equals + 1, |letter| letter.is_ascii_whitespace()));
            let quote = usize::from(html[place.end..].starts_with(['"', '\'']));
            at = place.end + quote;
            found.push(Attribute { name, value: &html[place.clone()], place });
        }
    }
}

fn value(html: &str, from: usize) -> Range<usize> {
    match html[from..].chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let start = from + 1;
            start..html[start..].find(quote).map_or(html.len(), |offset| start + offset)
        }
        _ => from..skip(html, from, |letter| !letter.is_ascii_whitespace() && letter != '>'),
    }
}

fn skip(html: &str, from: usize, wanted: impl Fn(char) -> bool) -> usize {
    html[from..].find(|letter| !wanted(letter)).map_or(html.len(), |offset| from + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[(&str, &str)]) {
        let all = attributes(html);
        let found: Vec<(&str, &str)> = all.iter().map(|one| (one.name, one.value)).collect();
        assert_eq!(found, expected, "{html}");
        assert!(all.iter().all(|one| &html[one.place.clone()] == one.value), "{html}");
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        check(
            "<a href=\"x/\" hidden class=b>甲</a><img src='y'/><br>",
            &[("href", "x/"), ("class", "b"), ("src", "y")],
        );
        check("<input\n name = \"q\"\n value=\"\">", &[("name", "q"), ("value", "")]);
        check("<a title=\"1 > 0\" href=\"z\">", &[("title", "1 > 0"), ("href", "z")]);
    }

    #[test]
    fn what_only_looks_like_a_tag_is_passed_over() {
        check("甲 href=\"x/\" &lt;a href=\"y/\"&gt; 1 < 2 <3 </a>", &[]);
        check("<!-- <a href=\"x\"> --><!doctype html><p id=\"y\">", &[("id", "y")]);
        check("<script src=\"s\">\"<a href='x'>\"</script><b id=\"z\">", &[("src", "s"), ("id", "z")]);
    }

    #[test]
    fn a_page_that_breaks_off_ends_the_search() {
        for broken in ["<", "<a", "<a href", "<a href=", "<a href=\"x", "<!--", "<script>", "<a ="] {
            let _ = attributes(broken);
        }
    }
}
