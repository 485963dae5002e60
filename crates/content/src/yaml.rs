//! YAML texts become trees of nodes with their places.
//!
//! The only file that names serde_yaml. Scalars keep their text as written: `061001` stays six digits and `no` two
//! letters; what a scalar means is decided by the field it stands in, see [`crate::fields`].

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_yaml::budget::BudgetBreach;
use serde_yaml::{Error, Location, Spanned};

use crate::diagnostic::Diagnostic;
use crate::limits::{DEEPEST_NESTING, MOST_VALUES};
use crate::problem::{Counted, Problem, Shape, YamlHint};
use crate::source::is_forbidden;

/// A value with its place in the file.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value,
}

/// A value without what a scalar means.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
    Nothing,
}

/// One `key: value`.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) node: Node,
}

impl Node {
    pub(crate) fn shape(&self) -> Shape {
        match self.value {
            Value::Text(_) => Shape::Text,
            Value::List(_) => Shape::List,
            Value::Map(_) => Shape::Map,
            Value::Nothing => Shape::Nothing,
        }
    }

    /// The value under this key, when it is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node),
            _ => None,
        }
    }

    /// The entry with this key, when it is a map that has it.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// Where a map's first key stands, which says more than its bracket; the place itself for anything else.
    pub(crate) fn first_key(&self) -> Range<usize> {
        match &self.value {
            Value::Map(entries) => entries.first().map_or(&self.span, |entry| &entry.key_span).clone(),
            _ => self.span.clone(),
        }
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads the YAML that stands at `range` of a file's text.
pub(crate) fn parse(path: &str, text: &str, range: Range<usize>) -> Result<Node, Box<Diagnostic>> {
    parse_within(path, text, range, MOST_VALUES)
}

/// The same, with so many values at most.
pub(crate) fn parse_within(
    path: &str,
    text: &str,
    range: Range<usize>,
    most_values: usize,
) -> Result<Node, Box<Diagnostic>> {
    let yaml = &text[range.clone()];
    let limits = serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_nodes: most_values,
            max_depth: DEEPEST_NESTING,
        },
    };
    match serde_yaml::from_str_with_options::<Raw>(yaml, limits) {
        Ok(raw) => {
            let node = raw.into_node(yaml, range.start);
            match escaped_character(&node) {
                Some((span, character)) => {
                    Err(Box::new(Diagnostic::new(path, span, Problem::ForbiddenCharacter { character })))
                }
                None => Ok(node),
            }
        }
        Err(error) => {
            let error = error.without_snippet();
            let offset = error.location().map_or(0, |location| offset_of(yaml, &location));
            let start = range.start + offset;
            let detail = plain_message(&error.to_string());
            if let Some(problem) = limit(error, most_values) {
                return Err(Box::new(Diagnostic::new(path, start..start, problem)));
            }
            let hint = hint(yaml, offset, &detail);
            let line = line_at(yaml, offset);
            let span = if hint == YamlHint::MissingSpaceAfterDash && !yaml[line.clone()].starts_with('-') {
                shift(&line_at(yaml, yaml[..line.start].rfind('\n').unwrap_or(0)), range.start)
            } else if matches!(hint, YamlHint::Indentation | YamlHint::MissingSpaceAfterDash) {
                shift(&line, range.start)
            } else {
                let first = yaml[offset..].chars().next().filter(|c| *c != '\n');
                start..start + first.map_or(0, char::len_utf8)
            };
            Err(Box::new(Diagnostic::new(path, span, Problem::YamlSyntax { detail, hint })))
        }
    }
}

/// The limit that a text goes beyond, if that is what is wrong with it. The parser has one of its own for brackets, which it
/// meets first where it reads ahead.
fn limit(error: &Error, most_values: usize) -> Option<Problem> {
    let too_deep = Problem::TooDeep { limit: DEEPEST_NESTING };
    match error {
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => Some(too_deep),
        Error::AliasError { error, .. } => limit(error, most_values),
        Error::Budget { .. } => Some(Problem::TooManyParts { counted: Counted::Values, limit: most_values }),
        _ => error.to_string().contains("recursion limit").then_some(too_deep),
    }
}

/// The first scalar or key that has a forbidden character, which can only have come in by an escape such as `"\x01"`.
fn escaped_character(node: &Node) -> Option<(Range<usize>, char)> {
    let found = |text: &str, span: &Range<usize>| {
        text.chars().find(|&c| is_forbidden(c)).map(|character| (span.clone(), character))
    };
    match &node.value {
        Value::Text(text) => found(text, &node.span),
        Value::List(items) => items.iter().find_map(escaped_character),
        Value::Map(entries) => entries
            .iter()
            .find_map(|entry| found(&entry.key, &entry.key_span).or_else(|| escaped_character(&entry.node))),
        Value::Nothing => None,
    }
}

/// A node as the deserializer gives it; scalars that are not text carry none, their text is taken from the source.
struct Raw(Spanned<RawValue>);

enum RawValue {
    Text(String),
    Untyped,
    List(Vec<Raw>),
    Map(Vec<(Spanned<String>, Raw)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Untyped)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Untyped)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Untyped)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawValue, E> {
        Ok(RawValue::Untyped)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawValue, E> {
        Ok(RawValue::Untyped)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Untyped)
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Untyped)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Untyped)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map: Vec<(Spanned<String>, Raw)> = Vec::new();
        while let Some(entry) = entries.next_entry::<Spanned<String>, Raw>()? {
            if map.iter().any(|(key, _)| key.value == entry.0.value) {
                return Err(A::Error::custom(format!("duplicate mapping key: {}", entry.0.value)));
            }
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}

impl Raw {
    fn into_node(self, yaml: &str, base: usize) -> Node {
        let span = span_of(&self.0.defined, yaml);
        let value = match self.0.value {
            RawValue::Text(text) => Value::Text(text),
            RawValue::Untyped => match yaml[span.clone()].trim() {
                "" | "~" | "null" | "Null" | "NULL" => Value::Nothing,
                text => Value::Text(text.to_owned()),
            },
            RawValue::List(items) => {
                Value::List(items.into_iter().map(|item| item.into_node(yaml, base)).collect())
            }
            RawValue::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, raw)| {
                        let key_span = shift(&span_of(&key.defined, yaml), base);
                        let node = raw.into_node(yaml, base);
                        Entry { key: key.value, key_span, node }
                    })
                    .collect(),
            ),
        };
        Node { span: shift(&span, base), value }
    }
}

fn shift(span: &Range<usize>, base: usize) -> Range<usize> {
    span.start + base..span.end + base
}

fn span_of(location: &Location, yaml: &str) -> Range<usize> {
    let start = offset_of(yaml, location);
    let length = location.span().byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let end = (start + length).min(yaml.len());
    let text = yaml.get(start..end).unwrap_or("").trim_end();
    start..start + text.len()
}

/// Byte offset of a location, from its line and column where the library gives no bytes.
fn offset_of(yaml: &str, location: &Location) -> usize {
    if let Some(offset) = location.span().byte_offset().and_then(|offset| usize::try_from(offset).ok()) {
        return (0..=offset.min(yaml.len())).rev().find(|&index| yaml.is_char_boundary(index)).unwrap_or(0);
    }
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let line_start: usize = yaml.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let in_line: usize =
        yaml[line_start..].chars().take_while(|c| *c != '\n').take(column - 1).map(char::len_utf8).sum();
    line_start + in_line
}

/// The library's first line without its own position, which the diagnostic shows better.
fn plain_message(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    let first = first.split(" at line ").next().unwrap_or(first);
    first.split(", set DuplicateKeyPolicy").next().unwrap_or(first).trim().to_owned()
}

/// The line around an offset without the blanks at its ends.
fn line_at(yaml: &str, offset: usize) -> Range<usize> {
    let start = yaml[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let line = yaml[start..].lines().next().unwrap_or_default();
    let indented = start + line.len() - line.trim_start().len();
    indented..indented + line.trim().len()
}

/// Guesses which of YAML's traps an office worker stepped into.
fn hint(yaml: &str, offset: usize, detail: &str) -> YamlHint {
    let line_start = yaml[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let line = yaml[line_start..].lines().next().unwrap_or_default();
    let before = yaml[..line_start].lines().next_back().unwrap_or_default();
    if detail.contains("duplicate mapping key") {
        return YamlHint::DuplicateKey;
    }
    if detail.contains("unclosed quote") {
        return YamlHint::UnclosedQuote;
    }
    if detail.contains("trailing content after") {
        return YamlHint::TextAfterQuote;
    }
    if detail.contains("unclosed") {
        return YamlHint::UnclosedBracket;
    }
    if detail.contains("unexpected character") || detail.contains("anchor") {
        return YamlHint::SpecialCharacter;
    }
    if detail.contains("found a tab") {
        return YamlHint::Tab;
    }
    for candidate in [line, before] {
        let indentation = candidate.len() - candidate.trim_start().len();
        if candidate[..indentation].contains('\t') {
            return YamlHint::Tab;
        }
        if looks_like_full_width_field(candidate) {
            return YamlHint::FullWidthColon;
        }
    }
    if line.matches(": ").count() > 1 {
        return YamlHint::UnquotedColon;
    }
    for candidate in [line, before] {
        if candidate.contains(':') && !candidate.contains(": ") && !candidate.trim_end().ends_with(':') {
            return YamlHint::MissingSpaceAfterColon;
        }
    }
    for candidate in [line, before] {
        let item = candidate.trim_start();
        if item.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && !rest.starts_with([' ', '-'])) {
            return YamlHint::MissingSpaceAfterDash;
        }
    }
    if detail.contains("mapping values") || detail.contains("expected key") || detail.contains("block") {
        return YamlHint::Indentation;
    }
    let opened = yaml[..offset].matches(['[', '{', '"']).count();
    let closed = yaml[..offset].matches([']', '}']).count();
    if opened > closed { YamlHint::UnclosedBracket } else { YamlHint::None }
}

/// `标题：值` or `title：值`: a name, then a full-width colon where an ASCII one was meant.
pub(crate) fn looks_like_full_width_field(line: &str) -> bool {
    let name = line.trim_start().trim_start_matches("- ");
    match name.find('：') {
        Some(colon) => {
            let name = &name[..colon];
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(yaml: &str) -> (usize, YamlHint) {
        match parse("a.yaml", yaml, 0..yaml.len()) {
            Ok(node) => panic!("no problem in {yaml:?}: {node:?}"),
            Err(diagnostic) => match diagnostic.problem {
                Problem::YamlSyntax { hint, .. } => (diagnostic.place.span.start, hint),
                other => panic!("{other:?}"),
            },
        }
    }

    #[test]
    fn scalars_keep_their_text() {
        let yaml =
            "code: 061001\nanswer: no\nprice: 1.50\nquoted: \"a: b\"\nnothing:\ndate: 2024-09-04 # remark\n";
        let node = parse("a.yaml", yaml, 0..yaml.len()).expect("proper YAML");
        let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        assert_eq!(text("code").as_deref(), Some("061001"));
        assert_eq!(text("answer").as_deref(), Some("no"));
        assert_eq!(text("price").as_deref(), Some("1.50"));
        assert_eq!(text("quoted").as_deref(), Some("a: b"));
        assert_eq!(text("nothing"), None);
        assert_eq!(text("date").as_deref(), Some("2024-09-04"));
        let date = node.get("date").expect("is there");
        assert_eq!(&yaml[date.span.clone()], "2024-09-04");
    }

    #[test]
    fn r04_an_escape_brings_no_character_that_texts_may_not_have() {
        for (yaml, place) in [
            ("a: \"\\x01\"\n", 3),
            ("a: [b, \"c\\r\\nd\"]\n", 7),
            ("a:\n  \"b\\u2028\": c\n", 5),
            ("- \"\\0\"\n", 2),
            ("- \"\\x92root:/\"\n", 2),
        ] {
            let found = parse("a.yaml", yaml, 0..yaml.len()).expect_err("refused");
            assert_eq!((found.code(), found.place.span.start), ("forbidden-character", place), "{yaml}");
        }
        assert!(parse("a.yaml", "a: \"b\\n\\tc\"", 0..11).is_ok());
    }

    #[test]
    fn spans_count_from_the_start_of_the_file() {
        let text = "---\n标题: 值\n---\n";
        let node = parse("a.md", text, 4..text.len() - 4).expect("proper YAML");
        let Value::Map(entries) = &node.value else { panic!("a map") };
        assert_eq!(&text[entries[0].key_span.clone()], "标题");
        assert_eq!(&text[entries[0].node.span.clone()], "值");
    }

    #[test]
    fn r11_bombs_are_refused() {
        let code =
            |yaml: &str| parse("a.yaml", yaml, 0..yaml.len()).map_or_else(|found| found.code(), |_| "");
        // Nine lists of nine, each of the one before: 9⁹ values in a few hundred bytes.
        let list = |name: char, item: &str| format!("{name}: &{name} [{}]\n", [item; 9].join(", "));
        let bomb: String =
            ('b'..='i').zip('a'..).map(|(name, before)| list(name, &format!("*{before}"))).collect();
        assert_eq!(code(&(list('a', "x") + &bomb)), "too-many-parts");
        assert_eq!(
            code(&(0..300_000).map(|key| format!("k{key}: 1\n")).collect::<String>()),
            "too-many-parts"
        );
        for deep in
            ["[".repeat(10_000), "[".repeat(33) + &"]".repeat(33), "{a: ".repeat(40) + &"}".repeat(40)]
        {
            assert_eq!(code(&format!("a: {deep}\n")), "too-deep", "{}", &deep[..9]);
        }
        let nested = |depth| (0..depth).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
        assert_eq!(
            (code(&nested(10_000)), code(&nested(33)), code(&nested(32))),
            ("too-deep", "too-deep", "")
        );
        assert_eq!(code(&format!("a: \"{}\"\n", "\\u0041".repeat(600_000))), "");
    }

    #[test]
    fn traps_are_named() {
        assert_eq!(problem("title: a\ntitle: b\n").1, YamlHint::DuplicateKey);
        assert_eq!(problem("title: a: b\n").1, YamlHint::UnquotedColon);
        assert_eq!(problem("a:\n\tb: 1\n").1, YamlHint::Tab);
        assert_eq!(problem("title: a\nnumber：b\nyear: 1\n").1, YamlHint::FullWidthColon);
        assert_eq!(problem("list: [a, b\nnext: c\n").1, YamlHint::UnclosedBracket);
        assert_eq!(problem("title: \"a\nnext: c\n").1, YamlHint::UnclosedQuote);
        assert_eq!(problem("title: \"a\" b\n").1, YamlHint::TextAfterQuote);
        assert_eq!(problem("title: @a\n").1, YamlHint::SpecialCharacter);
        assert_eq!(problem("a: b\n  c: d\n").1, YamlHint::Indentation);
        assert_eq!(problem("-id: a\n title: b\n").1, YamlHint::MissingSpaceAfterDash);
    }
}
