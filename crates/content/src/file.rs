//! One file after reading it alone: its YAML as nodes, its Markdown as events, its problems so far.

use std::ops::Range;
use std::sync::Arc;

use crate::fields::Reporter;
use crate::front_matter;
use crate::markdown::{self, Located};
use crate::policy::{self, ParsedPolicy};
use crate::problem::Suspicion;
use crate::source::Source;
use crate::suspicions::addresses::{self, Written};
use crate::yaml::{self, Node, Value};

/// A file read alone, before anything in it is compared with other files. A copy shares what was read.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) source: Arc<Source>,
    pub(crate) reporter: Reporter,
    /// The YAML of the file or of its front matter; absent when it could not be read.
    pub(crate) node: Option<Arc<Node>>,
    /// The body of a Markdown file; of a policy document the clauses have it.
    pub(crate) body: Arc<Vec<Located>>,
    /// What it says where it is a policy document.
    pub(crate) policy: Option<Arc<ParsedPolicy>>,
    /// Addresses of hosts and mailboxes in it.
    pub(crate) addresses: Arc<Vec<Written>>,
    /// It was asked for.
    pub(crate) used: bool,
}

impl File {
    pub(crate) fn read(source: Arc<Source>) -> Self {
        let mut reporter = Reporter::new(&source.path);
        let text = source.text.as_str();
        let (mut body, mut is_whole) = (Vec::new(), true);
        let range: Option<Range<usize>> = if source.path.ends_with(".md") {
            match front_matter::split(&source.path, text) {
                Ok((yaml, markdown)) => {
                    body = markdown::parse(text, markdown, &mut reporter);
                    // Beyond a limit: what refers to this file cannot be judged, as when its front matter is broken.
                    is_whole = !reporter.has_errors();
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
        if let Some(node) = &node {
            report_cut_values(node, text, &mut reporter);
        }
        let mut file = Self {
            reporter,
            node: node.filter(|_| is_whole).map(Arc::new),
            body: Arc::new(body),
            policy: None,
            addresses: Arc::default(),
            used: false,
            source,
        };
        file.addresses = Arc::new(addresses::of(&file));
        if policy::is_one(&file.source.path) {
            file.policy = policy::parse(&mut file).map(Arc::new);
        }
        file
    }

    /// File name without folder and extension.
    pub(crate) fn stem(&self) -> &str {
        let name = self.source.path.rsplit('/').next().unwrap_or(&self.source.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// Reports values without quotes that end at a `#` with something right behind it: a remark has a space there.
fn report_cut_values(node: &Node, text: &str, reporter: &mut Reporter) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| report_cut_values(item, text, reporter)),
        Value::Map(entries) => {
            for entry in entries {
                if matches!(entry.node.value, Value::Nothing) {
                    report_comment_after(entry.key_span.end, text, reporter);
                }
                report_cut_values(&entry.node, text, reporter);
            }
        }
        Value::Text(_) if !text[node.span.clone()].starts_with(['"', '\'', '|', '>']) => {
            report_comment_after(node.span.end, text, reporter);
        }
        Value::Text(_) | Value::Nothing => {}
    }
}

fn report_comment_after(end: usize, text: &str, reporter: &mut Reporter) {
    let line = text[end..].lines().next().unwrap_or_default();
    let comment = line.trim_start_matches([':', ' ', '\t']);
    let glued =
        comment.strip_prefix('#').is_some_and(|rest| !rest.starts_with([' ', '#', '!']) && !rest.is_empty());
    if glued && comment.len() < line.len() {
        let start = end + line.len() - comment.len();
        let lost = comment.trim_end().to_owned();
        reporter.report(start..start + lost.len(), Suspicion::ValueCutByComment { lost });
    }
}
