//! A policy text is divided into clauses by the numbers printed in it.
//!
//! 一、 stands above （一） above `1.` above （1） above ①. A number at the start of a heading, of a paragraph or of an item of
//! a numbered list begins a clause; what follows without a number belongs to it. The anchor is made of the numbers on
//! the way down (`s3-1`), so it never moves while the text stays. Parts without a number get a name: `{#contact}` at the end
//! of a heading or paragraph.

mod number;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::fields::{Reporter, is_id};
use crate::markdown::{self, Event, Located, Tag, TagEnd, Target};
use crate::problem::Problem;
use crate::references::squeeze;
use number::{Marker, Rank, marker_of};

pub use number::{ClauseNumber, clause_number};

/// One clause of a text: a heading with its own text, or a numbered item.
#[derive(Debug, Clone, Serialize)]
pub struct Clause {
    /// Anchor, e.g. `s3-1`; unique in the document and fixed for ever.
    pub id: String,
    /// Number as printed, e.g. `1.` or `（二）`; empty for a named clause.
    pub marker: String,
    /// Number for people with those above it, e.g. `三·1`; for a named clause its heading or first words.
    pub label: String,
    /// Depth from 1; the depth of a heading is its level in the table of contents.
    pub depth: usize,
    /// It begins with a heading (is listed in the table of contents).
    pub heading: bool,
    /// Text of the heading with its number; empty when it is not a heading.
    pub title: String,
    /// Titles (or labels) of the clauses above it, outermost first.
    pub path: Vec<String>,
    /// HTML of the heading's inner text; empty when it is not a heading.
    pub title_html: String,
    /// HTML of its own text without heading, without the clauses below it.
    pub html: String,
    /// Plain text of heading and own text, tables left out.
    pub text: String,
    /// Plain text of its tables; empty when it has none.
    pub table_text: String,
}

/// A clause before its links are resolved.
#[derive(Debug, Clone)]
pub(crate) struct ParsedClause {
    pub(crate) id: String,
    marker: String,
    label: String,
    depth: usize,
    path: Vec<String>,
    content: Content,
}

/// What a clause says.
#[derive(Debug, Clone)]
enum Content {
    /// As events: its links are still to be resolved.
    Parsed { heading: Vec<Located>, body: Vec<Located> },
    /// Without links nothing has to wait; events take many times the room of the text.
    Finished(Arc<Clause>),
}

impl ParsedClause {
    /// All its words: heading, own text, tables.
    pub(crate) fn full_text(&self) -> String {
        match &self.content {
            Content::Parsed { heading, body } => {
                let (prose, tables) = markdown::to_text(body);
                format!("{}\n{prose}\n{tables}", markdown::to_text(heading).0)
            }
            Content::Finished(clause) => format!("{}\n{}", clause.text, clause.table_text),
        }
    }

    /// The same without white space.
    pub(crate) fn squeezed(&self) -> String {
        squeeze(&self.full_text())
    }

    /// Name for people.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// The same, finished where it has no links.
    pub(crate) fn settled(mut self) -> Self {
        if let Content::Parsed { heading, body } = &self.content
            && !markdown::has_links(heading)
            && !markdown::has_links(body)
        {
            self.content = Content::Finished(self.finish(&mut |_, _| Target::Nowhere));
        }
        self
    }

    /// Its links in order, as far as they are still to be resolved.
    pub(crate) fn links(&self) -> Vec<(String, Range<usize>)> {
        match &self.content {
            Content::Parsed { heading, body } => markdown::links(heading.iter().chain(body)),
            Content::Finished(_) => Vec::new(),
        }
    }

    /// Makes HTML and plain text of it.
    pub(crate) fn finish(&self, resolve: &mut dyn FnMut(&str, Range<usize>) -> Target) -> Arc<Clause> {
        let (heading, body) = match &self.content {
            Content::Parsed { heading, body } => (heading, body),
            Content::Finished(clause) => return Arc::clone(clause),
        };
        let title = markdown::to_text(heading).0;
        let (prose, table_text) = markdown::to_text(body);
        let text = [title.as_str(), prose.as_str()]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("\n");
        Arc::new(Clause {
            id: self.id.clone(),
            marker: self.marker.clone(),
            label: self.label.clone(),
            depth: self.depth,
            heading: !heading.is_empty(),
            title_html: markdown::to_html(heading, resolve).trim().to_owned(),
            title,
            path: self.path.clone(),
            html: markdown::to_html(body, resolve).trim().to_owned(),
            text,
            table_text,
        })
    }

    /// Puts a block at the end of its own text.
    fn extend(&mut self, block: Vec<Located>) {
        if let Content::Parsed { body, .. } = &mut self.content {
            body.extend(block);
        }
    }
}

/// Divides a text into clauses.
pub(crate) fn divide(text: &str, events: Vec<Located>, reporter: &mut Reporter) -> Vec<ParsedClause> {
    let mut division = Division { clauses: Vec::new(), places: BTreeMap::new(), above: Vec::new() };
    for block in blocks(events) {
        division.add(text, block, reporter);
    }
    division.clauses.into_iter().map(ParsedClause::settled).collect()
}

/// Splits events into top-level blocks; the items of a numbered list at top level are blocks of their own.
fn blocks(events: Vec<Located>) -> Vec<Vec<Located>> {
    let mut blocks = Vec::new();
    let mut block: Vec<Located> = Vec::new();
    let mut depth = 0_usize;
    let mut in_numbered_list = false;
    for (event, span) in events {
        let starts = matches!(event, Event::Start(_));
        let ends = matches!(event, Event::End(_));
        if depth == 0 && matches!(event, Event::Start(Tag::List(Some(_)))) {
            in_numbered_list = true;
            continue;
        }
        if depth == 0 && in_numbered_list && matches!(event, Event::End(TagEnd::List(true))) {
            in_numbered_list = false;
            continue;
        }
        depth += usize::from(starts);
        depth -= usize::from(ends);
        block.push((event, span));
        if depth == 0 {
            blocks.push(std::mem::take(&mut block));
        }
    }
    blocks
}

struct Above {
    rank: Rank,
    id: String,
    label: String,
    title: String,
}

struct Division {
    clauses: Vec<ParsedClause>,
    /// Where the clause of each id stands.
    places: BTreeMap<String, Range<usize>>,
    above: Vec<Above>,
}

impl Division {
    fn add(&mut self, text: &str, mut block: Vec<Located>, reporter: &mut Reporter) {
        let span = block.first().map_or(0..0, |(_, span)| span.clone());
        let is_heading = matches!(block.first(), Some((Event::Start(Tag::Heading { .. }), _)));
        let is_item = matches!(block.first(), Some((Event::Start(Tag::Item), _)));
        let name = take_name(&mut block);
        let printed_in_source = is_item.then(|| item_marker(&text[span.clone()])).flatten();
        if is_item {
            unwrap_item(&mut block, printed_in_source.as_ref());
        }
        let marker =
            if is_heading || is_item || matches!(block.first(), Some((Event::Start(Tag::Paragraph), _))) {
                marker_of(&first_text(&block))
            } else {
                None
            };
        match (name, marker) {
            (Some(name), _) => {
                if !is_id(&name) {
                    reporter.report(span.clone(), Problem::InvalidId { found: name.clone() });
                }
                self.begin(
                    Marker { rank: Rank::Name, number: 0, printed: String::new() },
                    Some(name),
                    span,
                    reporter,
                    is_heading,
                    block,
                );
            }
            (None, Some(marker)) => self.begin(marker, None, span, reporter, is_heading, block),
            (None, None) if is_heading => reporter.report(span, Problem::UnnamedHeading),
            (None, None) => match self.clauses.last_mut() {
                Some(clause) => clause.extend(block),
                None => reporter.report(span, Problem::UnnamedHeading),
            },
        }
    }

    fn begin(
        &mut self,
        marker: Marker,
        name: Option<String>,
        span: Range<usize>,
        reporter: &mut Reporter,
        is_heading: bool,
        block: Vec<Located>,
    ) {
        self.above.retain(|above| {
            above.rank < marker.rank && !(above.rank == Rank::Name && marker.rank == Rank::ChineseComma)
        });
        let id = match (&name, self.above.last()) {
            (Some(name), _) => name.clone(),
            (None, None) => format!("s{}", marker.number),
            (None, Some(above)) => format!("{}-{}", above.id, marker.number),
        };
        match self.places.entry(id.clone()) {
            Entry::Occupied(first) => {
                reporter.duplicate(&id, span.clone(), reporter.place(first.get().clone()));
            }
            Entry::Vacant(place) => {
                place.insert(span.clone());
            }
        }
        let words: String = first_text(&block).chars().take(20).collect();
        let label = match marker.rank {
            Rank::Name => words.clone(),
            _ => label_below(self.above.last(), &marker),
        };
        let title = if is_heading { first_text(&block) } else { label.clone() };
        let path = self.above.iter().map(|above| above.title.clone()).collect();
        let depth = self.above.len() + 1;
        self.above.push(Above { rank: marker.rank, id: id.clone(), label: label.clone(), title });
        let (heading, body) = if is_heading { (inner(block), Vec::new()) } else { (Vec::new(), block) };
        self.clauses.push(ParsedClause {
            id,
            marker: marker.printed,
            label,
            depth,
            path,
            content: Content::Parsed { heading, body },
        });
    }
}

/// `三` and `1.` give `三·1`; `三` and `（五）` give `三（五）`; below a name the name is left out.
fn label_below(above: Option<&Above>, marker: &Marker) -> String {
    let bare = marker.printed.trim_end_matches(['、', '.', '．']);
    match above {
        None => bare.to_owned(),
        Some(above) if above.rank == Rank::Name => format!("{}·{bare}", above.label),
        Some(above) if above.rank == Rank::ChineseComma && marker.rank == Rank::Digits => {
            format!("{}·{bare}", above.label)
        }
        Some(above) => format!("{}{bare}", above.label),
    }
}

/// Removes the tags around a heading's inner events.
fn inner(mut block: Vec<Located>) -> Vec<Located> {
    block.pop();
    block.remove(0);
    block
}

fn first_text(block: &[Located]) -> String {
    markdown::to_text(block).0.lines().next().unwrap_or_default().trim().to_owned()
}

/// Takes the name `{#name}` off a heading or from the end of a paragraph.
fn take_name(block: &mut [Located]) -> Option<String> {
    if let Some((Event::Start(Tag::Heading { id, .. }), _)) = block.first_mut() {
        return id.take().map(|id| id.to_string());
    }
    if !matches!(block.first(), Some((Event::Start(Tag::Paragraph), _))) {
        return None;
    }
    let (Event::Text(text), _) = block.iter_mut().rev().nth(1)? else { return None };
    let before = text.trim_end().strip_suffix('}')?;
    let start = before.rfind("{#")?;
    let name = before[start + 2..].to_owned();
    *text = before[..start].trim_end().to_owned().into();
    Some(name)
}

/// The number of a list item as written in the source: `2.`.
fn item_marker(source: &str) -> Option<String> {
    let digits = source.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| source[..digits].to_owned() + ".")
}

/// Makes paragraphs of a list item, the printed number in front.
fn unwrap_item(block: &mut Vec<Located>, printed: Option<&String>) {
    let span = block.first().map_or(0..0, |(_, span)| span.clone());
    block.pop();
    block.remove(0);
    let tight = !matches!(block.first(), Some((Event::Start(Tag::Paragraph), _)));
    if tight {
        // Inline events up to the first nested block are one paragraph.
        let end = block
            .iter()
            .position(|(event, _)| matches!(event, Event::Start(Tag::List(_))))
            .unwrap_or(block.len());
        block.insert(end, (Event::End(TagEnd::Paragraph), span.clone()));
        block.insert(0, (Event::Start(Tag::Paragraph), span.clone()));
    }
    if let Some(printed) = printed {
        block.insert(1, (Event::Text(format!("{printed} ").into()), span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(markdown: &str) -> Vec<Arc<Clause>> {
        let mut reporter = Reporter::new("a.md");
        let events = markdown::parse(markdown, 0..markdown.len(), &mut reporter);
        let parsed = divide(markdown, events, &mut reporter);
        assert!(reporter.count() == 0, "{:?}", reporter.into_problems());
        parsed.into_iter().map(|clause| clause.finish(&mut |_, _| Target::Nowhere)).collect()
    }

    #[test]
    fn numbers_become_anchors() {
        let text = "# 通知 {#head}\n\n各市：\n\n## 三、条件\n\n1.开设专业。\n\n2.有方案。\n\n## 十二、其他\n\n### （二）学校\n\n#### 2. 提交\n\n（3）审核\n\n续段。\n\n① 甲\n\n联系人：张 {#contact}\n\n电话：1\n";
        let found = clauses(text);
        let ids: Vec<&str> = found.iter().map(|clause| clause.id.as_str()).collect();
        assert_eq!(
            ids,
            ["head", "s3", "s3-1", "s3-2", "s12", "s12-2", "s12-2-2", "s12-2-2-3", "s12-2-2-3-1", "contact"]
        );
        assert_eq!(found[2].label, "三·1");
        assert_eq!(found[7].label, "十二（二）2（3）");
        assert_eq!(found[7].text, "（3）审核\n续段。");
        assert_eq!(found[7].path, ["十二、其他", "（二）学校", "2. 提交"]);
        assert_eq!(found[9].text, "联系人：张\n电话：1");
    }

    #[test]
    fn items_of_a_numbered_list_keep_their_printed_number() {
        let found = clauses("### （一）问？\n\n1. 甲。\n2. 乙：丙。\n\n建议丁。\n");
        let ids: Vec<&str> = found.iter().map(|clause| clause.id.as_str()).collect();
        assert_eq!(ids, ["s1", "s1-1", "s1-2"]);
        assert_eq!(found[2].text, "2. 乙：丙。\n建议丁。");
        assert_eq!(found[2].html, "<p>2. 乙：丙。</p>\n<p>建议丁。</p>");
    }

    #[test]
    fn a_heading_without_number_or_name_is_reported() {
        let mut reporter = Reporter::new("a.md");
        let markdown = "## 一、甲\n\n## 乙\n";
        let events = markdown::parse(markdown, 0..markdown.len(), &mut reporter);
        divide(markdown, events, &mut reporter);
        let codes: Vec<_> = reporter.into_problems().iter().map(|problem| problem.code()).collect();
        assert_eq!(codes, ["unnamed-heading"]);
    }
}
