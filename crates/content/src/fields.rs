//! Reading the fields of a record: every problem is reported at its place and reading goes on.
//!
//! A [`Fields`] is opened with the [`Record`] that says which fields there are, with their words and bounds. Debug builds hold
//! what is read to it: no name that is not in it, and as required what it says is required. [`Fields::finish`] reports the fields
//! nobody asked for.

use std::ops::Range;

use rules::{Date, nearest};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::format::{Field, Kind, Presence, Record};
use crate::limits::{LONGEST_ADDRESS, MOST_PROBLEMS};
use crate::names::name_fault;
use crate::problem::{Problem, Shape, YamlHint};
use crate::yaml::{Entry, Node, Value, looks_like_full_width_field};

/// Collects the problems of one file.
#[derive(Debug, Clone)]
pub(crate) struct Reporter {
    path: String,
    found: Vec<Diagnostic>,
}

impl Reporter {
    pub(crate) fn new(path: &str) -> Self {
        Self { path: path.to_owned(), found: Vec::new() }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn report(&mut self, span: Range<usize>, problem: impl Into<Problem>) {
        self.push(Diagnostic::new(&self.path, span, problem));
    }

    /// Takes a problem; the last one that is taken says that there are more.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.found.len() + 1 < MOST_PROBLEMS {
            self.found.push(diagnostic);
        } else if self.found.len() < MOST_PROBLEMS {
            let problem = Problem::TooManyProblems { limit: MOST_PROBLEMS };
            self.found.push(Diagnostic::new(&self.path, diagnostic.place.span, problem));
        }
    }

    /// A place in this file, to be shown with another problem.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place::new(&self.path, span)
    }

    pub(crate) fn duplicate(&mut self, id: &str, span: Range<usize>, first: Place) {
        let problem = Problem::DuplicateId { id: id.to_owned() };
        self.push(Diagnostic::new(&self.path, span, problem).related(
            first,
            "第一次在这里",
            "first used here",
        ));
    }

    /// Whether a problem that overlaps these bytes was reported.
    pub(crate) fn has_reported(&self, span: &Range<usize>) -> bool {
        self.found.iter().any(|one| one.place.span.start < span.end && span.start < one.place.span.end)
    }

    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.found.iter().any(|one| one.severity() == Severity::Error)
    }

    pub(crate) fn into_problems(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// The fields of one record.
pub(crate) struct Fields<'node> {
    span: Range<usize>,
    record: &'static Record,
    entries: &'node [Entry],
    known: Vec<&'static str>,
    needed: Vec<&'static str>,
}

impl<'node> Fields<'node> {
    /// The fields of a map; anything else is reported.
    pub(crate) fn open(node: &'node Node, record: &'static Record, reporter: &mut Reporter) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => {
                let first = entries.first().map_or(node.span.clone(), |entry| entry.key_span.clone());
                Some(Self { span: first, record, entries, known: Vec::new(), needed: Vec::new() })
            }
            _ => {
                wrong_shape(node, Shape::Map, reporter);
                None
            }
        }
    }

    /// Where the record begins.
    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The value of a field that may be absent or empty.
    pub(crate) fn optional(&mut self, name: &'static str) -> Option<&'node Node> {
        self.field(name);
        self.known.push(name);
        let entry = self.entries.iter().find(|entry| entry.key == name)?;
        (!matches!(entry.node.value, Value::Nothing)).then_some(&entry.node)
    }

    /// The value of a field that must be there.
    pub(crate) fn required(&mut self, name: &'static str, reporter: &mut Reporter) -> Option<&'node Node> {
        let value = self.optional(name);
        self.needed.push(name);
        if value.is_none() {
            let span = self
                .entries
                .iter()
                .find(|entry| entry.key == name)
                .map_or(self.span(), |entry| entry.key_span.clone());
            reporter.report(span, Problem::MissingField { field: name });
        }
        value
    }

    /// A text that must be there and not be blank.
    pub(crate) fn text(&mut self, name: &'static str, reporter: &mut Reporter) -> String {
        let Some(node) = self.required(name, reporter) else { return String::new() };
        let text = text_of(node, reporter).unwrap_or_default();
        if text.trim().is_empty() && node.text().is_some() {
            reporter.report(node.span.clone(), Problem::EmptyText);
        }
        text
    }

    /// A text that may be absent, but not blank.
    pub(crate) fn optional_filled_text(&mut self, name: &'static str, reporter: &mut Reporter) -> String {
        let Some(node) = self.optional(name) else { return String::new() };
        let text = text_of(node, reporter).unwrap_or_default();
        if text.trim().is_empty() && node.text().is_some() {
            reporter.report(node.span.clone(), Problem::EmptyText);
        }
        text
    }

    /// A text that may be absent; then it is empty.
    pub(crate) fn optional_text(&mut self, name: &'static str, reporter: &mut Reporter) -> String {
        self.optional(name).and_then(|node| text_of(node, reporter)).unwrap_or_default()
    }

    /// A list of texts that may be absent.
    pub(crate) fn texts(&mut self, name: &'static str, reporter: &mut Reporter) -> Vec<String> {
        let items = self.list(name, reporter);
        items.iter().filter_map(|item| text_of(item, reporter)).collect()
    }

    /// The items of a list that may be absent.
    pub(crate) fn list(&mut self, name: &'static str, reporter: &mut Reporter) -> &'node [Node] {
        match self.optional(name) {
            Some(node) => list_of(node, reporter),
            None => &[],
        }
    }

    /// A day that may be absent.
    pub(crate) fn optional_date(&mut self, name: &'static str, reporter: &mut Reporter) -> Option<Date> {
        self.optional(name).and_then(|node| date_of(node, reporter))
    }

    /// A whole number that must be there.
    pub(crate) fn integer(&mut self, name: &'static str, reporter: &mut Reporter) -> i64 {
        let (least, most) = self.bounds(name);
        self.required(name, reporter)
            .and_then(|node| integer_of(node, least, most, reporter))
            .unwrap_or(least)
    }

    /// A whole number that may be absent.
    pub(crate) fn optional_integer(&mut self, name: &'static str, reporter: &mut Reporter) -> Option<i64> {
        let (least, most) = self.bounds(name);
        self.optional(name).and_then(|node| integer_of(node, least, most, reporter))
    }

    /// One of some words, or `default` where the field is absent.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        choices: &[(&str, T)],
        default: T,
        reporter: &mut Reporter,
    ) -> T {
        self.hold_words(name, choices);
        self.optional(name).and_then(|node| choice_of(node, choices, reporter)).unwrap_or(default)
    }

    /// One of some words; its absence is reported and gives the first.
    pub(crate) fn required_choice<T: Copy>(
        &mut self,
        name: &'static str,
        choices: &[(&str, T)],
        reporter: &mut Reporter,
    ) -> T {
        self.hold_words(name, choices);
        self.required(name, reporter)
            .and_then(|node| choice_of(node, choices, reporter))
            .unwrap_or(choices[0].1)
    }

    /// An id that must be there, with its place.
    pub(crate) fn id(&mut self, name: &'static str, reporter: &mut Reporter) -> (String, Range<usize>) {
        let Some(node) = self.required(name, reporter) else { return (String::new(), self.span()) };
        let id = text_of(node, reporter).unwrap_or_default();
        if let Some(problem) = id_problem(&id) {
            reporter.report(node.span.clone(), problem);
        }
        (id, node.span.clone())
    }

    /// A web address that may be absent.
    pub(crate) fn optional_address(&mut self, name: &'static str, reporter: &mut Reporter) -> String {
        let Some(node) = self.optional(name) else { return String::new() };
        let address = text_of(node, reporter).unwrap_or_default();
        let rest = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://"));
        let has_host = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
        if rest
            .is_none_or(|rest| !has_host(rest) || rest.chars().any(|c| c.is_whitespace() || c.is_control()))
        {
            reporter.report(node.span.clone(), Problem::InvalidAddress { found: address.clone() });
        } else if let Some(problem) = long_address(&address) {
            reporter.report(node.span.clone(), problem);
        }
        address
    }

    /// What the record says of a field.
    fn field(&self, name: &str) -> Option<&'static Field> {
        let field = self.record.field(name);
        debug_assert!(field.is_some(), "the record `{}` has no field `{name}`", self.record.id);
        field
    }

    fn bounds(&self, name: &str) -> (i64, i64) {
        match self.field(name).map(|field| &field.kind) {
            Some(Kind::Integer { least, most }) => (*least, *most),
            _ => {
                debug_assert!(false, "`{name}` of `{}` is no whole number", self.record.id);
                (i64::MIN, i64::MAX)
            }
        }
    }

    fn hold_words<T>(&self, name: &str, choices: &[(&str, T)]) {
        let words = self.field(name).map_or(&[][..], |field| field.kind.words());
        debug_assert!(
            words.iter().map(|word| word.word).eq(choices.iter().map(|(word, _)| *word)),
            "`{name}` of `{}` has other words",
            self.record.id
        );
    }

    /// Holds what was asked for to what the record says must be there.
    fn hold_presence(&self) {
        for field in self.record.fields {
            let is_sound = match field.presence {
                Presence::Required => self.needed.contains(&field.name),
                Presence::Optional => !self.needed.contains(&field.name),
                Presence::RequiredWhere { .. } => true,
            };
            debug_assert!(is_sound, "`{}` of `{}` is read otherwise", field.name, self.record.id);
        }
    }

    /// Reports fields nobody asked for.
    pub(crate) fn finish(self, reporter: &mut Reporter) {
        if cfg!(debug_assertions) {
            self.hold_presence();
        }
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key.as_str())) {
            let suggestion = nearest(&entry.key, self.known.iter().copied()).map(str::to_owned);
            let problem =
                Problem::UnknownField { field: entry.key.clone(), suggestion, known: self.known.clone() };
            reporter.report(entry.key_span.clone(), problem);
        }
    }
}

/// Whether a text can be an id: lower-case ASCII letters, digits, `-` and `_`, beginning with a letter.
pub(crate) fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
        && text.len() <= 80
}

/// What is wrong with an id, if anything is.
pub fn id_problem(text: &str) -> Option<Problem> {
    if !is_id(text) {
        return Some(Problem::InvalidId { found: text.to_owned() });
    }
    // An id becomes the name of a folder.
    name_fault(text).map(|fault| Problem::UnusableName { name: text.to_owned(), fault })
}

/// That an address is too long, where it is.
pub(crate) fn long_address(address: &str) -> Option<Problem> {
    (address.len() > LONGEST_ADDRESS)
        .then_some(Problem::AddressTooLong { size: address.len(), limit: LONGEST_ADDRESS })
}

/// Reports that a value has another shape than expected.
pub(crate) fn wrong_shape(node: &Node, expected: Shape, reporter: &mut Reporter) {
    let full_width = node.text().is_some_and(|text| text.lines().any(looks_like_full_width_field));
    let hint = if full_width { YamlHint::FullWidthColon } else { YamlHint::None };
    reporter.report(node.span.clone(), Problem::WrongShape { expected, found: node.shape(), hint });
}

/// The text of a scalar; anything else is reported.
pub(crate) fn text_of(node: &Node, reporter: &mut Reporter) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.trim_end_matches('\n').to_owned()),
        _ => {
            wrong_shape(node, Shape::Text, reporter);
            None
        }
    }
}

/// The items of a list; anything but a list or nothing is reported.
pub(crate) fn list_of<'node>(node: &'node Node, reporter: &mut Reporter) -> &'node [Node] {
    match &node.value {
        Value::List(items) => items,
        Value::Nothing => &[],
        _ => {
            wrong_shape(node, Shape::List, reporter);
            &[]
        }
    }
}

/// The entries of a map; anything but a map or nothing is reported.
pub(crate) fn entries_of<'node>(node: &'node Node, reporter: &mut Reporter) -> &'node [Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        Value::Nothing => &[],
        _ => {
            wrong_shape(node, Shape::Map, reporter);
            &[]
        }
    }
}

/// The day a scalar states.
pub(crate) fn date_of(node: &Node, reporter: &mut Reporter) -> Option<Date> {
    let text = text_of(node, reporter)?;
    let date = text.parse().ok();
    if date.is_none() {
        reporter.report(node.span.clone(), Problem::InvalidDate { found: text });
    }
    date
}

fn integer_of(node: &Node, least: i64, most: i64, reporter: &mut Reporter) -> Option<i64> {
    let text = text_of(node, reporter)?;
    let number = text.parse().ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        reporter.report(node.span.clone(), Problem::InvalidNumber { found: text, least, most });
    }
    number
}

fn choice_of<T: Copy>(node: &Node, choices: &[(&str, T)], reporter: &mut Reporter) -> Option<T> {
    let text = text_of(node, reporter)?;
    if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text) {
        return Some(*value);
    }
    let words = || choices.iter().map(|(word, _)| *word);
    let suggestion = nearest(&text, words()).map(str::to_owned);
    let known = words().map(str::to_owned).collect();
    reporter.report(node.span.clone(), Problem::UnknownChoice { found: text, suggestion, known });
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r12_problems_of_one_file_are_counted() {
        let mut reporter = Reporter::new("a.md");
        for start in 0..MOST_PROBLEMS + 5 {
            reporter.report(start..start, Problem::EmptyText);
        }
        let problems = reporter.into_problems();
        assert_eq!(problems.len(), MOST_PROBLEMS);
        assert_eq!(problems[MOST_PROBLEMS - 1].problem, Problem::TooManyProblems { limit: MOST_PROBLEMS });
        assert_eq!(problems[MOST_PROBLEMS - 2].problem, Problem::EmptyText);
    }

    #[test]
    fn r09_addresses_have_a_longest_length() {
        let address = format!("https://a.cn/{}", "x".repeat(LONGEST_ADDRESS - 13));
        assert_eq!(long_address(&address), None);
        let size = LONGEST_ADDRESS + 1;
        assert_eq!(
            long_address(&format!("{address}x")),
            Some(Problem::AddressTooLong { size, limit: LONGEST_ADDRESS })
        );
        let mut reporter = Reporter::new("a.md");
        let references = crate::references::References::default();
        references.resolve_link(&format!("{address}x"), 0..1, &mut reporter);
        references.resolve_link(&address, 0..1, &mut reporter);
        assert_eq!(reporter.into_problems().len(), 1);
    }

    #[test]
    fn r07_an_id_that_windows_takes_for_a_device_is_refused() {
        assert!(matches!(id_problem("con"), Some(Problem::UnusableName { .. })));
        assert!(matches!(id_problem("lpt9"), Some(Problem::UnusableName { .. })));
        assert_eq!((id_problem("contact"), id_problem("null")), (None, None));
        assert!(matches!(id_problem(&"a".repeat(81)), Some(Problem::InvalidId { .. })));
    }
    use crate::format::portal::PORTAL;
    use crate::yaml;

    fn read(work: impl FnOnce(&mut Fields<'_>, &mut Reporter)) {
        let node = yaml::parse("portal.yaml", "title: a", 0..8).expect("proper YAML");
        let mut reporter = Reporter::new("portal.yaml");
        let mut fields = Fields::open(&node, &PORTAL, &mut reporter).expect("a map");
        work(&mut fields, &mut reporter);
        fields.finish(&mut reporter);
    }

    #[test]
    #[should_panic = "has no field `titel`"]
    fn a_field_that_is_not_described_cannot_be_read() {
        read(|fields, _| _ = fields.optional("titel"));
    }

    #[test]
    #[should_panic = "`title` of `portal` is read otherwise"]
    fn what_is_described_as_required_must_be_read_so() {
        read(|fields, _| _ = fields.optional("title"));
    }

    #[test]
    #[should_panic = "`offline` of `portal` has other words"]
    fn words_are_those_that_are_described() {
        read(|fields, reporter| {
            _ = fields.choice("offline", &[("yes", true), ("no", false)], true, reporter);
        });
    }
}
