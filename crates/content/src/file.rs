//! One file after reading it alone: its YAML as nodes, its Markdown as events, its problems so far.

use std::ops::Range;

use crate::fields::Reporter;
use crate::front_matter;
use crate::markdown::{self, Located};
use crate::source::Source;
use crate::yaml::{self, Node};

/// A file read alone, before anything in it is compared with other files.
pub(crate) struct File<'source> {
    pub(crate) source: &'source Source,
    pub(crate) reporter: Reporter,
    /// The YAML of the file or of its front matter; absent when it could not be read.
    pub(crate) node: Option<Node>,
    /// The body of a Markdown file.
    pub(crate) body: Vec<Located>,
    /// It was asked for.
    pub(crate) used: bool,
}

impl<'source> File<'source> {
    pub(crate) fn read(source: &'source Source) -> Self {
        let mut reporter = Reporter::new(&source.path);
        let text = source.text.as_str();
        let mut body = Vec::new();
        let range: Option<Range<usize>> = if source.path.ends_with(".md") {
            match front_matter::split(&source.path, text) {
                Ok((yaml, markdown)) => {
                    body = markdown::parse(text, markdown, &mut reporter);
                    Some(yaml)
                }
                Err(problem) => {
                    reporter.push(*problem);
                    None
                }
            }
        } else {
            Some(0..text.len())
        };
        let node = range.and_then(|range| match yaml::parse(&source.path, text, range) {
            Ok(node) => Some(node),
            Err(problem) => {
                reporter.push(*problem);
                None
            }
        });
        Self { source, reporter, node, body, used: false }
    }

    /// File name without folder and extension.
    pub(crate) fn stem(&self) -> &'source str {
        let name = self.source.path.rsplit('/').next().unwrap_or(&self.source.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}
