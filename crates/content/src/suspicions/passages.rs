//! The texts of a file as they are written, with their places: the values of its YAML and its Markdown.
//!
//! Comments are no texts, and the notes on a policy text are left out: they name what is wrong with the text.

use std::ops::Range;

use crate::file::File;
use crate::front_matter;
use crate::yaml::{Node, Value};

/// A stretch of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage<'a> {
    pub(super) path: &'a str,
    /// Where it begins in the file, in bytes.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Passage<'_> {
    /// A range of the passage as one of the file.
    pub(super) fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }
}

/// All passages of a file.
pub(super) fn of<'a>(file: &'a File) -> Vec<Passage<'a>> {
    let mut passages = file.node.as_ref().map_or_else(Vec::new, |node| below(node, file));
    if file.source.path.ends_with(".md")
        && let Ok((_, body)) = front_matter::split(&file.source.path, &file.source.text)
    {
        passages.extend(passage(body, file));
    }
    passages
}

/// The passages of one value of a file.
pub(super) fn below<'a>(node: &Node, file: &'a File) -> Vec<Passage<'a>> {
    let mut spans = Vec::new();
    collect(node, &mut spans);
    spans.into_iter().filter_map(|span| passage(span, file)).collect()
}

/// The passage at this place of a file.
pub(super) fn passage<'a>(span: Range<usize>, file: &'a File) -> Option<Passage<'a>> {
    let text = file.source.text.get(span.clone())?;
    Some(Passage { path: &file.source.path, start: span.start, text })
}

fn collect(node: &Node, spans: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Text(_) => spans.push(node.span.clone()),
        Value::List(items) => items.iter().for_each(|item| collect(item, spans)),
        Value::Map(entries) => {
            let entries = entries.iter().filter(|entry| entry.key != "notes");
            entries.for_each(|entry| collect(&entry.node, spans));
        }
        Value::Nothing => {}
    }
}
