//! Source files in one form, with the same meaning: trailing spaces, the end of the file, tabs that indent YAML, a full-width
//! colon behind a key.
//!
//! Every change is tried: it stays only where the file says the same afterwards, or where nothing could be read before and
//! all can be read now. Byte order mark and line ends are a matter of [`Sources::decode`](crate::Sources::decode).

use std::ops::Range;

use crate::fields::Reporter;
use crate::front_matter;
use crate::markdown::{self, Event};
use crate::source::Source;
use crate::yaml::{self, Node, Value, looks_like_full_width_field};

/// Spaces for a tab, in the order they are tried.
const TAB_WIDTHS: [usize; 2] = [2, 4];

/// The text of a file in its one form.
pub fn tidy(source: &Source) -> String {
    let path = source.path.as_str();
    let text = readable(path, &source.text).unwrap_or_else(|| source.text.clone());
    let Some(meaning) = meaning(path, &text) else { return text };
    let says_the_same = |changed: &str| self::meaning(path, changed).as_ref() == Some(&meaning);
    let text = without_trailing_spaces(&text, &says_the_same);
    let ended = format!("{}\n", text.trim_end_matches('\n'));
    if ended != text && says_the_same(&ended) { ended } else { text }
}

/// The lines whose trailing spaces mean nothing lose them: all at once, or else those that can be spared one by one.
fn without_trailing_spaces(text: &str, says_the_same: &dyn Fn(&str) -> bool) -> String {
    let trim = |line: &str| line.trim_end_matches([' ', '\t']).to_owned();
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let trimmed = lines.iter().map(|line| trim(line)).collect::<Vec<_>>().join("\n");
    if trimmed == text || says_the_same(&trimmed) {
        return trimmed;
    }
    for at in 0..lines.len() {
        let shorter = trim(&lines[at]);
        if shorter != lines[at] {
            let before = std::mem::replace(&mut lines[at], shorter);
            if !says_the_same(&lines.join("\n")) {
                lines[at] = before;
            }
        }
    }
    lines.join("\n")
}

/// The text with tabs and colons mended, where its YAML could not be read before and can be then.
fn readable(path: &str, text: &str) -> Option<String> {
    if reading(path, text)? == Reading::Right {
        return None;
    }
    let with_tabs = TAB_WIDTHS.iter().filter_map(|&width| without_tabs(path, text, width));
    std::iter::once(text.to_owned())
        .chain(with_tabs)
        .map(|text| with_colons(path, text))
        .find(|text| reading(path, text) == Some(Reading::Right))
}

/// How the YAML of a file is read.
#[derive(PartialEq)]
enum Reading {
    Right,
    /// As a text, where there should be fields; in this place.
    Text(Range<usize>),
    /// Not at all, as shows in this line.
    Broken(usize),
}

fn reading(path: &str, text: &str) -> Option<Reading> {
    let (yaml, _) = parts(path, text)?;
    let looks = |node: &Node| {
        node.text().is_some() && text[node.span.clone()].lines().any(looks_like_full_width_field)
    };
    Some(match yaml::parse(path, text, yaml) {
        // A file is a map or a list of maps.
        Ok(node) => match std::iter::once(&node).chain(node.items()).find(|node| looks(node)) {
            Some(node) => Reading::Text(node.span.clone()),
            None => Reading::Right,
        },
        Err(problem) => Reading::Broken(text[..problem.place.span.start].matches('\n').count()),
    })
}

/// The text with spaces for the tabs that indent its YAML; nothing where a line is indented by both.
fn without_tabs(path: &str, text: &str, width: usize) -> Option<String> {
    let (yaml, _) = parts(path, text)?;
    let mut mended = text[..yaml.start].to_owned();
    for line in text[yaml.clone()].split_inclusive('\n') {
        let tabs = line.bytes().take_while(|&byte| byte == b'\t').count();
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if tabs != indentation && line[..indentation].contains('\t') {
            return None;
        }
        mended.push_str(&" ".repeat(tabs * width));
        mended.push_str(&line[tabs..]);
    }
    mended.push_str(&text[yaml.end..]);
    Some(mended)
}

/// The text with ASCII colons behind keys, as far as full-width ones are what is wrong.
fn with_colons(path: &str, mut text: String) -> String {
    loop {
        let mended = match reading(path, &text) {
            None | Some(Reading::Right) => None,
            Some(Reading::Text(place)) => full_width_colons(&text)
                .into_iter()
                .find(|colon| place.contains(colon))
                .map(|at| with_colons_at(&text, &[at])),
            Some(Reading::Broken(line)) => fewest_colons(path, &text, line),
        };
        match mended {
            Some(mended) => text = mended,
            None => return text,
        }
    }
}

/// The text with so few colons mended that more than up to this line can be read. What is wrong shows in the line of a colon or
/// below, so the nearest above are tried, and each is given back that was not needed.
fn fewest_colons(path: &str, text: &str, line: usize) -> Option<String> {
    let goes_further = |colons: &[usize]| match reading(path, &with_colons_at(text, colons)) {
        Some(Reading::Broken(further)) => further > line,
        reading => reading.is_some(),
    };
    let end = text.split_inclusive('\n').take(line + 1).map(str::len).sum::<usize>();
    let above: Vec<usize> = full_width_colons(text).into_iter().filter(|&colon| colon < end).collect();
    let first = (0..above.len()).rev().find(|&first| goes_further(&above[first..]))?;
    let mut needed = above[first..].to_vec();
    for colon in &above[first..] {
        let without: Vec<usize> = needed.iter().copied().filter(|other| other != colon).collect();
        if goes_further(&without) {
            needed = without;
        }
    }
    Some(with_colons_at(text, &needed))
}

/// Where full-width colons stand behind what looks like a key.
fn full_width_colons(text: &str) -> Vec<usize> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if looks_like_full_width_field(line) {
            found.extend(line.find('：').map(|at| start + at));
        }
        start += line.len();
    }
    found
}

/// The text with ASCII colons at these places, given in order.
fn with_colons_at(text: &str, colons: &[usize]) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut start = 0;
    for &at in colons {
        let after = at + '：'.len_utf8();
        let is_spaced = text[after..].is_empty() || text[after..].starts_with([' ', '\n']);
        mended.push_str(&text[start..at]);
        mended.push_str(if is_spaced { ":" } else { ": " });
        start = after;
    }
    mended.push_str(&text[start..]);
    mended
}

/// What a file says, without places.
#[derive(PartialEq)]
struct Meaning {
    yaml: Plain,
    markdown: Vec<Event<'static>>,
}

#[derive(PartialEq)]
enum Plain {
    Text(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
    Nothing,
}

fn plain(node: &Node) -> Plain {
    match &node.value {
        Value::Text(text) => Plain::Text(text.clone()),
        Value::List(items) => Plain::List(items.iter().map(plain).collect()),
        Value::Map(entries) => {
            Plain::Map(entries.iter().map(|entry| (entry.key.clone(), plain(&entry.node))).collect())
        }
        Value::Nothing => Plain::Nothing,
    }
}

/// The ranges of a file's YAML and Markdown.
fn parts(path: &str, text: &str) -> Option<(Range<usize>, Range<usize>)> {
    if path.ends_with(".md") { front_matter::split(path, text).ok() } else { Some((0..text.len(), 0..0)) }
}

fn meaning(path: &str, text: &str) -> Option<Meaning> {
    let (yaml, body) = parts(path, text)?;
    let yaml = plain(&yaml::parse(path, text, yaml).ok()?);
    let events = markdown::parse(text, body, &mut Reporter::new(path));
    Some(Meaning { yaml, markdown: events.into_iter().map(|(event, _)| event).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(path: &str, text: &str) -> String {
        tidy(&Source { path: path.to_owned(), text: text.to_owned() })
    }

    #[test]
    fn spaces_that_mean_nothing_go() {
        assert_eq!(tidied("a.yaml", "a: 1  \n# b\t\n   \nc: 2\n\n\n"), "a: 1\n# b\n\nc: 2\n");
        assert_eq!(tidied("a.md", "---\na: 1 \n---\n甲 \n\n乙"), "---\na: 1\n---\n甲\n\n乙\n");
    }

    #[test]
    fn spaces_that_mean_something_stay() {
        // A hard line break, the text of a block, code.
        let markdown = "---\na: 1\n---\n甲  \n乙 \n\n```\nx \n```\n";
        assert_eq!(tidied("a.md", markdown), markdown.replace("乙 ", "乙"));
        let yaml = "a: |+\n  甲 \n  乙\n\n\nb: \"丙\n\n  丁\"  \n";
        assert_eq!(tidied("a.yaml", yaml), yaml.replace("\"  \n", "\"\n"));
        assert_eq!(tidied("a.yaml", "a: |+\n  甲\n\n\n"), "a: |+\n  甲\n\n\n");
    }

    #[test]
    fn tabs_and_colons_are_mended_where_the_file_could_not_be_read() {
        for (text, expected) in [
            ("a:\n\tb: 1\n\tc:\n\t\t- 2\n", "a:\n  b: 1\n  c:\n    - 2\n"),
            ("a：甲\nb： 乙\nc：\n", "a: 甲\nb: 乙\nc:\n"),
            ("a: 甲\nb：乙：丙\n", "a: 甲\nb: 乙：丙\n"),
            ("- a：甲\n  b：乙\n- a: 丙\n", "- a: 甲\n  b: 乙\n- a: 丙\n"),
            ("a：甲\nb：乙\n# c\nd: 丙\n", "a: 甲\nb: 乙\n# c\nd: 丙\n"),
            ("a: |\n  API：甲\nb：乙\nc: 丙\n", "a: |\n  API：甲\nb: 乙\nc: 丙\n"),
            ("a：甲\n\n# 乙\nb: |\n  API：丙\nc: 丁\n", "a: 甲\n\n# 乙\nb: |\n  API：丙\nc: 丁\n"),
            ("- a:\n\t\tb: 1\n\t\tc：2\n", "- a:\n    b: 1\n    c: 2\n"),
        ] {
            assert_eq!(tidied("a.yaml", text), expected, "{text:?}");
        }
        assert_eq!(tidied("a.md", "---\ntopic：时间\n---\nnote：甲\n"), "---\ntopic: 时间\n---\nnote：甲\n");
    }

    #[test]
    fn what_is_a_text_or_wrong_for_another_reason_stays() {
        for text in
            ["a: |\n  API：甲\n", "a: 甲\n  b：乙\n", "a: [1\nb： 2 \n", " \tb: 1\n  a: 2\n", "a: \"x\ty\"\n"]
        {
            assert_eq!(tidied("a.yaml", text), text, "{text:?}");
        }
        assert_eq!(tidied("a.md", "没有属性 \n"), "没有属性 \n");
    }
}
