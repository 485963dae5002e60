//! Markdown texts become events, and events become HTML or plain text.
//!
//! The only file that names pulldown-cmark. Three things are added to CommonMark: `**` next to Chinese punctuation is
//! emphasis (commonmark-spec#650 leaves it as asterisks), a line break between Chinese characters is no space, and raw
//! HTML is text. Links are resolved when HTML is made, because a text may point at things that are read after it.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType, Options, Parser, html};
pub(crate) use pulldown_cmark::{Event, Tag, TagEnd};

use crate::fields::Reporter;
use crate::problem::Problem;

/// Stands in the HTML of texts for the way to the portal's root, which depends on the page that shows the text.
pub const ROOT_PLACEHOLDER: &str = "zhinan-root:/";

/// An event with its byte range in the file.
pub(crate) type Located = (Event<'static>, Range<usize>);

/// Stands for `**` while pulldown-cmark parses; two bytes as well, so that ranges stay true. Sources cannot contain it.
const STRONG: char = '\u{91}';

/// Parses the Markdown at `range` of a file's text.
pub(crate) fn parse(text: &str, range: Range<usize>, reporter: &mut Reporter) -> Vec<Located> {
    let body = hide_strong(&text[range.clone()]);
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events = Vec::new();
    for (event, span) in Parser::new_ext(&body, options).into_offset_iter() {
        let span = span.start + range.start..span.end + range.start;
        let event = match event.into_static() {
            Event::Html(raw) | Event::InlineHtml(raw) => {
                let shown = raw.trim_end().replace(STRONG, "**");
                reporter.report(span.clone(), Problem::RawHtml { html: shown.clone() });
                Event::Text(shown.into())
            }
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Code(code) => Event::Code(code.replace(STRONG, "**").into()),
            event => event,
        };
        events.push((event, span));
    }
    mend_line_breaks(mend_strong(merge_texts(events)))
}

/// Replaces each `**` that is neither escaped nor part of a longer run.
fn hide_strong(body: &str) -> String {
    let mut result = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(start) = rest.find('*') {
        let (before, from) = rest.split_at(start);
        result.push_str(before);
        let stars = from.len() - from.trim_start_matches('*').len();
        if stars == 2 && !result.ends_with('\\') {
            result.push(STRONG);
        } else {
            result.push_str(&from[..stars]);
        }
        rest = &from[stars..];
    }
    result.push_str(rest);
    result
}

/// Joins neighbouring texts, so that what stands beside a `**` can be seen.
fn merge_texts(events: Vec<Located>) -> Vec<Located> {
    let mut merged: Vec<Located> = Vec::with_capacity(events.len());
    // The text that grows, while texts follow each other.
    let mut growing: Option<String> = None;
    for (event, span) in events {
        if let (Event::Text(text), Some((Event::Text(before), before_span))) = (&event, merged.last_mut()) {
            growing
                .get_or_insert_with(|| std::mem::replace(before, CowStr::Borrowed("")).into_string())
                .push_str(text);
            before_span.end = span.end;
            continue;
        }
        settle(&mut merged, growing.take());
        merged.push((event, span));
    }
    settle(&mut merged, growing);
    merged
}

/// Puts the text that grew into the event it began with.
fn settle(merged: &mut [Located], grown: Option<String>) {
    if let (Some(grown), Some((Event::Text(text), _))) = (grown, merged.last_mut()) {
        *text = grown.into();
    }
}

/// Turns pairs of [`STRONG`] within one block into emphasis, and single ones back into `**`.
fn mend_strong(events: Vec<Located>) -> Vec<Located> {
    let mut mended: Vec<Located> = Vec::with_capacity(events.len());
    let mut open: Option<(usize, usize)> = None;
    let mut depth = 0;
    for (event, span) in events {
        match event {
            Event::Text(text) if text.contains(STRONG) => {
                let pieces: Vec<&str> = text.split(STRONG).collect();
                for (index, piece) in pieces.iter().enumerate() {
                    if !piece.is_empty() {
                        mended.push((Event::Text((*piece).to_owned().into()), span.clone()));
                    }
                    let Some(after) = pieces.get(index + 1) else { continue };
                    let closes = open.is_some_and(|(_, opened_at)| opened_at == depth)
                        && !ends_blank(&mended, open.map_or(0, |(start, _)| start + 1));
                    if let (true, Some((start, _))) = (closes, open) {
                        mended[start].0 = Event::Start(Tag::Strong);
                        mended.push((Event::End(TagEnd::Strong), span.clone()));
                        open = None;
                    } else {
                        let opens = open.is_none() && !after.starts_with(char::is_whitespace);
                        mended.push((Event::Text("**".into()), span.clone()));
                        if opens {
                            open = Some((mended.len() - 1, depth));
                        }
                    }
                }
            }
            event => {
                match &event {
                    Event::Start(tag) if is_inline(tag) => depth += 1,
                    Event::End(end) if is_inline_end(*end) => depth -= 1,
                    Event::Start(_) | Event::End(_) => (open, depth) = (None, 0),
                    _ => {}
                }
                mended.push((event, span));
            }
        }
    }
    merge_texts(mended)
}

/// Nothing, or white space, stands just before the end of the events from `start`.
fn ends_blank(events: &[Located], start: usize) -> bool {
    match events.get(start..).and_then(<[Located]>::last) {
        Some((Event::Text(text), _)) => text.ends_with(char::is_whitespace) || text.is_empty(),
        Some(_) => false,
        None => true,
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. })
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image)
}

/// A line break in the source is a space between Latin words and nothing next to Chinese ones.
fn mend_line_breaks(events: Vec<Located>) -> Vec<Located> {
    let mut mended = Vec::with_capacity(events.len());
    let mut before = None;
    let mut events = events.into_iter().peekable();
    while let Some((event, span)) = events.next() {
        let last = last_character(&event);
        if matches!(event, Event::SoftBreak) {
            let after = events.peek().and_then(|(event, _)| first_character(event));
            if !before.is_some_and(is_wide) && !after.is_some_and(is_wide) {
                mended.push((Event::Text(" ".into()), span));
            }
        } else {
            mended.push((event, span));
        }
        before = last;
    }
    merge_texts(mended)
}

fn last_character(event: &Event<'_>) -> Option<char> {
    match event {
        Event::Text(text) | Event::Code(text) => text.chars().next_back(),
        _ => None,
    }
}

fn first_character(event: &Event<'_>) -> Option<char> {
    match event {
        Event::Text(text) | Event::Code(text) => text.chars().next(),
        _ => None,
    }
}

/// Chinese characters, their punctuation and full-width forms.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{2018}'..='\u{201d}' | '\u{2460}'..='\u{24ff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether there is a link, whose address is still to be resolved.
pub(crate) fn has_links(events: &[Located]) -> bool {
    events.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Link { .. })))
}

/// The address of each link and where it stands, in the order in which [`to_html`] asks for them.
pub(crate) fn links<'a>(events: impl Iterator<Item = &'a Located>) -> Vec<(String, Range<usize>)> {
    let link = |(event, span): &Located| match event {
        Event::Start(Tag::Link { link_type, dest_url, .. }) => {
            Some((address_of(*link_type, dest_url), span.clone()))
        }
        _ => None,
    };
    events.filter_map(link).collect()
}

fn address_of(link_type: LinkType, written: &str) -> String {
    match link_type {
        LinkType::Email => format!("mailto:{written}"),
        _ => written.to_owned(),
    }
}

/// What a link in a text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A page of the portal, relative to its root.
    Inside(String),
    /// Any other address.
    Outside(String),
    /// Not accepted: the words stay, the link goes.
    Nowhere,
}

/// Makes HTML of events; `resolve` says where each link leads.
pub(crate) fn to_html(events: &[Located], resolve: &mut dyn FnMut(&str, Range<usize>) -> Target) -> String {
    let mut shown: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let mut open_links = Vec::new();
    for (event, span) in events {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let target = resolve(&address_of(*link_type, dest_url), span.clone());
                open_links.push(!matches!(target, Target::Nowhere));
                let start = match target {
                    Target::Inside(url) => format!("<a href=\"{ROOT_PLACEHOLDER}{}\">", escape(&url)),
                    Target::Outside(url) if url.starts_with("http") => {
                        format!(
                            "<a class=\"external\" rel=\"noopener noreferrer\" href=\"{}\">",
                            escape(&url)
                        )
                    }
                    Target::Outside(url) => format!("<a href=\"{}\">", escape(&url)),
                    Target::Nowhere => continue,
                };
                shown.push(Event::InlineHtml(start.into()));
            }
            Event::End(TagEnd::Link) => {
                if open_links.pop() == Some(true) {
                    shown.push(Event::InlineHtml(CowStr::Borrowed("</a>")));
                }
            }
            // A picture would be loaded from elsewhere: its text alternative stays.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Table(alignments)) => {
                shown.push(Event::Html(CowStr::Borrowed(
                    "<div class=\"table-wrap\" tabindex=\"0\" role=\"group\" aria-label=\"表格\">",
                )));
                shown.push(Event::Start(Tag::Table(alignments.clone())));
            }
            Event::End(TagEnd::Table) => {
                shown.push(Event::End(TagEnd::Table));
                shown.push(Event::Html(CowStr::Borrowed("</div>")));
            }
            Event::Text(text) => shown.push(Event::Text(CowStr::Borrowed(text))),
            event => shown.push(event.clone()),
        }
    }
    let mut result = String::new();
    html::push_html(&mut result, shown.into_iter());
    if result.contains("<th>") { result.replace("<th>", "<th scope=\"col\">") } else { result }
}

/// Plain text of events outside tables, and of the tables; blocks and rows end with a line break.
pub(crate) fn to_text(events: &[Located]) -> (String, String) {
    let (mut prose, mut tables) = (String::new(), String::new());
    let mut in_table = false;
    for (event, _) in events {
        let text = if in_table { &mut tables } else { &mut prose };
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::HardBreak => text.push('\n'),
            Event::End(TagEnd::TableCell) => text.push(' '),
            Event::End(end) if ends_line(*end) && !text.is_empty() && !text.ends_with('\n') => {
                text.push('\n')
            }
            _ => {}
        }
    }
    (prose.trim().to_owned(), tables.trim().to_owned())
}

fn ends_line(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::CodeBlock
    )
}

/// Escapes a text for HTML, inside and outside of attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html_of(markdown: &str) -> String {
        let mut reporter = Reporter::new("a.md");
        let events = parse(markdown, 0..markdown.len(), &mut reporter);
        to_html(&events, &mut |address, _| match address.split_once(':') {
            Some(("http" | "https" | "mailto", _)) => Target::Outside(address.to_owned()),
            Some(("policy", rest)) => Target::Inside(format!("policies/{rest}")),
            _ => Target::Nowhere,
        })
    }

    #[test]
    fn strong_works_next_to_chinese_punctuation() {
        // The marks of commonmark-spec#650.
        for mark in "，。、；：？！…—～·“”‘’（）《》〈〉【】".chars() {
            assert_eq!(
                html_of(&format!("前**中文{mark}**后文")),
                format!("<p>前<strong>中文{mark}</strong>后文</p>\n")
            );
            assert_eq!(
                html_of(&format!("前文**{mark}中文**后")),
                format!("<p>前文<strong>{mark}中文</strong>后</p>\n")
            );
        }
        assert_eq!(html_of("**“甲”**和**“乙”**"), "<p><strong>“甲”</strong>和<strong>“乙”</strong></p>\n");
        assert_eq!(html_of("a **b** c"), "<p>a <strong>b</strong> c</p>\n");
    }

    #[test]
    fn stars_that_are_no_pair_stay() {
        assert_eq!(html_of("2 ** 3"), "<p>2 ** 3</p>\n");
        assert_eq!(html_of("\\*\\*甲\\*\\*"), "<p>**甲**</p>\n");
        assert_eq!(html_of("`a ** b`"), "<p><code>a ** b</code></p>\n");
        assert_eq!(html_of("**甲\n\n乙**"), "<p>**甲</p>\n<p>乙**</p>\n");
    }

    #[test]
    fn line_breaks_between_chinese_characters_vanish() {
        assert_eq!(html_of("教育部\n办公厅"), "<p>教育部办公厅</p>\n");
        assert_eq!(html_of("open\nsource"), "<p>open source</p>\n");
    }

    #[test]
    fn links_go_where_they_may() {
        assert_eq!(html_of("[a](policy:x#s1)"), "<p><a href=\"zhinan-root:/policies/x#s1\">a</a></p>\n");
        assert_eq!(html_of("[a](javascript:alert)"), "<p>a</p>\n");
        assert_eq!(html_of("<a@b.cn>"), "<p><a href=\"mailto:a@b.cn\">a@b.cn</a></p>\n");
        assert!(html_of("<https://a.cn/?a=1&b=2>").contains("href=\"https://a.cn/?a=1&amp;b=2\""));
    }

    #[test]
    fn raw_html_is_text_and_reported() {
        let mut reporter = Reporter::new("a.md");
        let markdown = "甲<script>x</script>";
        let events = parse(markdown, 0..markdown.len(), &mut reporter);
        assert_eq!(
            to_html(&events, &mut |_, _| Target::Nowhere),
            "<p>甲&lt;script&gt;x&lt;/script&gt;</p>\n"
        );
        assert_eq!(reporter.into_problems().len(), 2);
        assert!(!html_of("<script>alert(1)</script>\n").contains("<script"));
    }

    #[test]
    fn plain_text_keeps_tables_apart() {
        let mut reporter = Reporter::new("a.md");
        let markdown = "甲\n\n| 序号 | 文件 |\n|---|---|\n| 1 | 通知 |\n\n乙";
        let events = parse(markdown, 0..markdown.len(), &mut reporter);
        assert_eq!(to_text(&events), ("甲\n乙".to_owned(), "序号 文件 \n1 通知".to_owned()));
    }
}
