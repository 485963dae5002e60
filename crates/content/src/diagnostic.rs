//! A problem at its place, ready to be printed.
//!
//! What went wrong is a [`Problem`]; this file adds where. Nothing is printed here: `cli` turns diagnostics into text,
//! short lines or JSON.

use std::ops::Range;

use crate::problem::Problem;

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// 中文
    Chinese,
    /// English
    English,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The portal is built all the same.
    Warning,
    /// Nothing is built.
    Error,
}

/// A byte range of one file with the line and column of its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path relative to the content folder.
    pub path: String,
    /// Byte range in the text.
    pub span: Range<usize>,
    /// Line from 1; 0 until the text is known, or when the file as a whole is meant.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// The line itself, without its end.
    pub source_line: String,
    /// How many characters of that line are meant.
    pub width: usize,
}

/// A place that helps to understand the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// In Chinese.
    pub chinese: &'static str,
    /// In English.
    pub english: &'static str,
}

/// One problem an author can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// Where.
    pub place: Place,
    /// Other places that belong to it, e.g. the first use of a duplicate id.
    pub related: Vec<Related>,
}

impl Place {
    pub(crate) fn new(path: &str, span: Range<usize>) -> Self {
        Self { path: path.to_owned(), span, line: 0, column: 0, source_line: String::new(), width: 0 }
    }

    /// Computes line, column and source line from the file's text.
    pub(crate) fn locate(&mut self, text: &str) {
        let start = floor_char_boundary(text, self.span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let end = floor_char_boundary(text, self.span.end.clamp(start, line_end));
        self.line = 1 + text.as_bytes()[..start].iter().filter(|&&byte| byte == b'\n').count();
        self.column = 1 + text[line_start..start].chars().count();
        text[line_start..line_end].clone_into(&mut self.source_line);
        self.width = text[start..end].chars().count().max(1);
    }
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&index| text.is_char_boundary(index)).unwrap_or(0)
}

impl Diagnostic {
    pub(crate) fn new(path: &str, span: Range<usize>, problem: impl Into<Problem>) -> Self {
        Self { problem: problem.into(), place: Place::new(path, span), related: Vec::new() }
    }

    pub(crate) fn related(mut self, place: Place, chinese: &'static str, english: &'static str) -> Self {
        self.related.push(Related { place, chinese, english });
        self
    }

    /// Fills in line, column and source line of every place in this text.
    pub(crate) fn in_text(mut self, text: &str) -> Self {
        self.place.locate(text);
        self
    }

    pub(crate) fn locate<'text>(&mut self, text_of: &dyn Fn(&str) -> Option<&'text str>) {
        let places =
            std::iter::once(&mut self.place).chain(self.related.iter_mut().map(|related| &mut related.place));
        for place in places.filter(|place| place.line == 0) {
            if let Some(text) = text_of(&place.path) {
                place.locate(text);
            }
        }
    }

    /// The order in which problems are shown: by file, then by place in it.
    pub fn by_place(&self, other: &Self) -> std::cmp::Ordering {
        (&self.place.path, self.place.span.start).cmp(&(&other.place.path, other.place.span.start))
    }

    /// Short name of the kind of problem, fixed for ever: `unknown-field`.
    pub fn code(&self) -> &'static str {
        self.problem.code().name()
    }

    /// Whether the portal can be built all the same.
    pub fn severity(&self) -> Severity {
        self.problem.code().severity()
    }

    /// What is wrong, one sentence.
    pub fn message(&self, language: Language) -> String {
        self.problem.message(language)
    }

    /// How to mend it.
    pub fn help(&self, language: Language) -> String {
        self.problem.help(language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "一行\n键: 值错\n";
        let start = text.find('值').expect("is there");
        let diagnostic =
            Diagnostic::new("a.yaml", start..start + "值错".len(), Problem::EmptyText).in_text(text);
        let place = diagnostic.place;
        assert_eq!(
            (place.line, place.column, place.width, place.source_line.as_str()),
            (2, 4, 2, "键: 值错")
        );
    }

    #[test]
    fn a_span_past_the_end_points_at_the_last_line() {
        let diagnostic = Diagnostic::new("a.yaml", 90..99, Problem::EmptyText).in_text("一\n二");
        assert_eq!((diagnostic.place.line, diagnostic.place.column), (2, 2));
    }
}
