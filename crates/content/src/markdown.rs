//! Markdown texts become events, and events become HTML or plain text.
//!
//! The only file that names pulldown-cmark. Three things are added to CommonMark: `**` next to Chinese punctuation is
//! emphasis (commonmark-spec#650 leaves it as asterisks), a line break between Chinese characters is no space, and raw
//! HTML is text. Links are resolved when HTML is made, because a text may point at things that are read after it.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, LinkType, Options, Parser, html};
pub(crate) use pulldown_cmark::{Event, Tag, TagEnd};

use crate::fields::Reporter;
use crate::limits::{DEEPEST_NESTING, MOST_PARTS};
use crate::problem::{Counted, Problem, Suspicion};
use crate::source::is_forbidden;

/// Stands in the HTML of texts for the way to the portal's root, which depends on the page that shows the text.
/// Like `STRONG` it begins with a character that no source can contain, so that no author can write it.
pub const ROOT_PLACEHOLDER: &str = "\u{92}root:/";

/// An event with its byte range in the file.
pub(crate) type Located = (Event<'static>, Range<usize>);

/// Stands for `**` while pulldown-cmark parses; two bytes as well, so that ranges stay true. Sources cannot contain it.
const STRONG: char = '\u{91}';

/// Parses the Markdown at `range` of a file's text. One beyond a limit is reported, and gives nothing.
pub(crate) fn parse(text: &str, range: Range<usize>, reporter: &mut Reporter) -> Vec<Located> {
    if let Some((offset, problem)) = beyond_at_once(&text[range.clone()]) {
        reporter.report(range.start + offset..range.start + offset, problem);
        return Vec::new();
    }
    let body = hide_strong(&text[range.clone()]);
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events = Vec::new();
    let mut depth = 0;
    let mut of_heading = None;
    for (event, span) in Parser::new_ext(&body, options).into_offset_iter() {
        let span = span.start + range.start..span.end + range.start;
        match &event {
            Event::Start(tag) if nests(&tag.to_end()) => depth += 1,
            Event::End(end) if nests(end) => depth -= 1,
            _ => {}
        }
        let beyond = if depth > DEEPEST_NESTING {
            Some(Problem::TooDeep { limit: DEEPEST_NESTING })
        } else if events.len() == MOST_PARTS {
            Some(Problem::TooManyParts { counted: Counted::Parts, limit: MOST_PARTS })
        } else {
            None
        };
        if let Some(problem) = beyond {
            reporter.report(span.start..span.start, problem);
            return Vec::new();
        }
        let event = match event.into_static() {
            // `{#id}` names a heading; anything else in braces would become attributes, `onclick` among them.
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                of_heading = attributes_as_text(&classes, &attrs);
                if let Some(shown) = &of_heading {
                    let start = text[span.clone()].rfind('{').map_or(span.start, |brace| span.start + brace);
                    let place = start..start + text[start..span.end].trim_end().len();
                    reporter.report(place, Problem::RawHtml { html: shown.clone() });
                }
                Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() })
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some(shown) = of_heading.take() {
                    events.push((Event::Text(format!(" {shown}").into()), span.clone()));
                }
                Event::End(TagEnd::Heading(level))
            }
            Event::Html(raw) | Event::InlineHtml(raw) => {
                let shown = raw.trim_end().replace(STRONG, "**");
                reporter.report(span.clone(), Problem::RawHtml { html: shown.clone() });
                Event::Text(shown.into())
            }
            // A character reference may name what no text may have.
            Event::Text(shown)
                if text[span.clone()].starts_with('&') && report_forbidden(&shown, &span, reporter) =>
            {
                Event::Text(CowStr::Borrowed(""))
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let address = dest_url.replace(STRONG, "**");
                let dest_url =
                    if report_forbidden(&address, &span, reporter) { String::new() } else { address };
                Event::Start(Tag::Link { link_type, dest_url: dest_url.into(), title, id })
            }
            // What language a block is in, nothing on the pages asks.
            Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Code(code) => Event::Code(code.replace(STRONG, "**").into()),
            event => event,
        };
        events.push((event, span));
    }
    let events = mend_strong(merge_texts(events));
    report_headings_without_space(text, &events, reporter);
    mend_line_breaks(events)
}

/// Whether something of this kind stands in another of its kind, and so on without an end.
fn nests(end: &TagEnd) -> bool {
    match end {
        TagEnd::BlockQuote(_) | TagEnd::List(_) => true,
        end => is_inline_end(*end),
    }
}

/// What costs the parser most before it gives its first event, and where: a line that opens many quotes and lists, against all
/// of which every line after it is held, and tables, of which it fills up every row that is short of cells.
fn beyond_at_once(body: &str) -> Option<(usize, Problem)> {
    let (mut start, mut columns, mut cells) = (0, 0, 0);
    for line in body.split('\n') {
        if opened_by(line) > DEEPEST_NESTING {
            return Some((start, Problem::TooDeep { limit: DEEPEST_NESTING }));
        }
        columns = match (line.trim().is_empty(), columns_below(line)) {
            (true, _) => 0,
            (false, 0) => columns,
            (false, begun) => begun,
        };
        cells += columns;
        if cells > MOST_PARTS {
            return Some((start, Problem::TooManyParts { counted: Counted::Parts, limit: MOST_PARTS }));
        }
        start += line.len() + 1;
    }
    None
}

/// How many columns a table has below this line, `|---|---|`; none where it is another line.
fn columns_below(line: &str) -> usize {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let is_line = line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    if is_line { line.matches('|').count() } else { 0 }
}

/// How many quotes and lists the line opens, counted up to the first that is one too many.
fn opened_by(line: &str) -> usize {
    let mut rest = line;
    let mut opened = 0;
    while opened <= DEEPEST_NESTING {
        rest = rest.trim_start_matches([' ', '\t']);
        let is_rule = |mark: char| rest.chars().all(|c| c == mark || c == ' ' || c == '\t');
        let after = if let Some(after) = rest.strip_prefix('>') {
            after
        } else if let Some(after) = rest.strip_prefix(['-', '+', '*'])
            && after.starts_with([' ', '\t'])
            && !is_rule('-')
            && !is_rule('*')
        {
            after
        } else {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            match rest[digits..].strip_prefix(['.', ')']) {
                Some(after) if digits > 0 && after.starts_with([' ', '\t']) => after,
                _ => return opened,
            }
        };
        opened += 1;
        rest = after;
    }
    opened
}

/// Reports texts that begin a line with `#` and no space, or with a full-width `＃`: they are meant as headings and are none.
fn report_headings_without_space(text: &str, events: &[Located], reporter: &mut Reporter) {
    let mut before: Option<&Event<'_>> = None;
    for (event, span) in events {
        let begins = matches!(
            before,
            Some(Event::Start(Tag::Paragraph | Tag::Item) | Event::SoftBreak | Event::HardBreak)
        );
        if let (true, Event::Text(words)) = (begins, event) {
            let marks = words.chars().take_while(|c| matches!(c, '#' | '＃')).count();
            let is_escaped = text[..span.start].ends_with('\\');
            if (1..=6).contains(&marks) && !is_escaped {
                let line = text[span.start..].lines().next().unwrap_or_default();
                let found = line.chars().take(LONGEST_SHOWN).collect();
                let end = span.start + line.len();
                reporter.report(span.start..end, Suspicion::HeadingWithoutSpace { found });
            }
        }
        before = Some(event);
    }
}

/// Characters shown of a line that may be meant as a heading.
const LONGEST_SHOWN: usize = 20;

/// Reports the first character that no text may have; whether there was one.
fn report_forbidden(text: &str, span: &Range<usize>, reporter: &mut Reporter) -> bool {
    let character = text.chars().find(|&c| is_forbidden(c));
    if let Some(character) = character {
        reporter.report(span.clone(), Problem::ForbiddenCharacter { character });
    }
    character.is_some()
}

/// What was written in braces behind a heading beside its id; none where nothing was.
fn attributes_as_text(
    classes: &[CowStr<'_>],
    attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
) -> Option<String> {
    let classes = classes.iter().map(|class| format!(".{class}"));
    let attributes = attributes.iter().map(|(name, value)| match value {
        Some(value) => format!("{name}={value}"),
        None => name.to_string(),
    });
    let words: Vec<String> = classes.chain(attributes).collect();
    (!words.is_empty()).then(|| format!("{{{}}}", words.join(" ")).replace(STRONG, "**"))
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
    let is_text = |(event, _): &Located| matches!(event, Event::Text(_));
    let mut merged: Vec<Located> = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some((event, mut span)) = events.next() {
        let event = match event {
            // Joined at once: one after the other would copy the beginning each time.
            Event::Text(first) if events.peek().is_some_and(is_text) => {
                let mut joined = first.into_string();
                while let Some((Event::Text(text), its_span)) = events.next_if(is_text) {
                    joined.push_str(&text);
                    span.end = its_span.end;
                }
                Event::Text(joined.into())
            }
            event => event,
        };
        merged.push((event, span));
    }
    merged
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
                    Event::End(end) if is_inline_end(*end) => {
                        depth -= 1;
                        // What was opened inside of it cannot be closed outside.
                        open = open.filter(|(_, opened_at)| *opened_at <= depth);
                    }
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
                    Target::Outside(url) if is_web_address(&url) => {
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
    // Where a page has these marks, a template was not carried out.
    if result.contains("{{") || result.contains("{%") {
        result = result.replace('{', "&#123;");
    }
    // The pages' rules allow no `style`. A `<` of a text is written as `&lt;`, so that these are tags alone.
    if result.contains("<t") {
        for (written, meant) in CELLS {
            result = result.replace(written, meant);
        }
    }
    result
}

/// Cells of tables as pulldown-cmark writes them, and as the pages have them.
const CELLS: [(&str, &str); 7] = [
    ("<th style=\"text-align: left\">", "<th>"),
    ("<th style=\"text-align: center\">", "<th scope=\"col\" class=\"align-center\">"),
    ("<th style=\"text-align: right\">", "<th scope=\"col\" class=\"align-right\">"),
    ("<th>", "<th scope=\"col\">"),
    ("<td style=\"text-align: left\">", "<td>"),
    ("<td style=\"text-align: center\">", "<td class=\"align-center\">"),
    ("<td style=\"text-align: right\">", "<td class=\"align-right\">"),
];

/// Whether an address leads to a page of another site: a browser reads `HTTP://` and `http:` alone as well.
fn is_web_address(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    })
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
    fn r20_strong_text_ends_where_it_began() {
        assert_eq!(html_of("*甲 **乙* [丙**](https://a.cn/)").matches("<strong>").count(), 0);
        assert_eq!(
            html_of("*甲 **乙** 丙* **丁**"),
            "<p><em>甲 <strong>乙</strong> 丙</em> <strong>丁</strong></p>\n"
        );
    }

    #[test]
    fn m01_strong_works_next_to_chinese_punctuation() {
        // The marks of commonmark-spec#650, and those of the other styles of quotation marks and brackets.
        let marks = "，。、；：？！…—～·“”‘’（）《》〈〉【】「」『』〔〕";
        assert!(marks.chars().count() >= 24);
        for mark in marks.chars() {
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

    fn problems_of(markdown: &str) -> Vec<&'static str> {
        let mut reporter = Reporter::new("a.md");
        parse(markdown, 0..markdown.len(), &mut reporter);
        reporter.into_problems().iter().map(crate::diagnostic::Diagnostic::code).collect()
    }

    #[test]
    fn r12_what_nests_or_grows_without_end_is_refused_or_linear() {
        for nested in [
            ">".repeat(100_000),
            "- ".repeat(100_000) + "a",
            "1. > ".repeat(100_000),
            format!("{}a", "[".repeat(33))
                + &"](http://a.cn)".repeat(33)
                + &">".repeat(33)
                + "\n\n"
                + &"> ".repeat(33),
            (0..40).map(|depth| "  ".repeat(depth) + "- a\n").collect(),
            "*a _b ".repeat(20) + &"b_ a* ".repeat(20),
        ] {
            assert_eq!(problems_of(&nested), ["too-deep"], "{}", &nested[..9]);
        }
        let row = format!("{}\n", "|a".repeat(200));
        let table = format!("{row}{}\n{}\n", "|-".repeat(200), "|a\n".repeat(1_000));
        for many in [
            "[\n".repeat(60_000),
            "*a *a\n".repeat(50_000),
            "**a\n".repeat(100_000),
            "a\n\n".repeat(50_000),
            "<a\n".repeat(100_000),
            table,
        ] {
            assert_eq!(problems_of(&many), ["too-many-parts"], "{}", &many[..9]);
        }
        // Beyond no limit, but of the kind that makes other parsers slow.
        for sound in [
            "[".repeat(50_000),
            "*a ".repeat(20_000),
            "**a ".repeat(15_000),
            "_a ".repeat(20_000),
            "`".repeat(20_000),
            (1..300).map(|length| "`".repeat(length) + " ").collect(),
            "[a](".repeat(15_000),
            "[a".repeat(30_000),
            "![".repeat(30_000),
            "&".repeat(60_000),
            format!("{}\n", "- ".repeat(30_000)),
            format!("> {}", "> ".repeat(31)),
            format!("[a]: http://a.cn/{}\n\n{}", "x".repeat(1_000), "[a] ".repeat(2_000)),
        ] {
            assert_eq!(problems_of(&sound), [""; 0], "{}", &sound[..9]);
            assert!(html_of(&sound).len() < 1_000_000, "{}", &sound[..9]);
        }
    }

    #[test]
    fn m01_a_heading_without_a_space_is_told() {
        for (meant, found) in [
            ("#标题", "#标题"),
            ("甲\n##一、时间\n", "##一、时间"),
            ("＃ 标题", "＃ 标题"),
            ("- #标题", "#标题"),
        ] {
            let mut reporter = Reporter::new("a.md");
            parse(meant, 0..meant.len(), &mut reporter);
            let problems = reporter.into_problems();
            let [problem] = problems.as_slice() else { panic!("{meant}: {problems:?}") };
            assert_eq!(problem.problem, Suspicion::HeadingWithoutSpace { found: found.to_owned() }.into());
            assert_eq!(&meant[problem.place.span.clone()], found);
        }
        for sound in
            ["# 标题", "## 一、时间", "\\#标题", "C#语言", "甲#乙", "`#标题`", "    #标题", "#######标题"]
        {
            assert_eq!(problems_of(sound), [""; 0], "{sound}");
        }
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
        assert_eq!(
            html_of("[a](policy:x#s1)"),
            format!("<p><a href=\"{ROOT_PLACEHOLDER}policies/x#s1\">a</a></p>\n")
        );
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
    fn s01_a_heading_takes_no_attribute_but_its_id() {
        let mut reporter = Reporter::new("a.md");
        let markdown = "# 题 {#t onclick=alert(1) .wide style=\"color:red\"}\n\n## 次 {#u}\n";
        let events = parse(markdown, 0..markdown.len(), &mut reporter);
        assert_eq!(
            to_html(&events, &mut |_, _| Target::Nowhere),
            "<h1 id=\"t\">题 {.wide onclick=alert(1) style=\"color:red\"}</h1>\n<h2 id=\"u\">次</h2>\n"
        );
        let reported = reporter.into_problems();
        assert_eq!((reported.len(), reported[0].code()), (1, "raw-html"));
    }

    #[test]
    fn s01_references_to_characters_bring_none_that_texts_may_not_have() {
        let cases = [
            "a&#1;b",
            "&#x91;",
            "&#x92;root:/",
            "&#x2028;",
            "&#0;",
            "[a](https://a.cn/&#x92;)",
            "<https://a.cn/&#x7f;>",
        ];
        for markdown in cases {
            let mut reporter = Reporter::new("a.md");
            let events = parse(markdown, 0..markdown.len(), &mut reporter);
            let html = to_html(&events, &mut |address, _| Target::Outside(address.to_owned()));
            assert!(!html.chars().any(is_forbidden), "{html:?}");
            let codes: Vec<_> = reporter.into_problems().iter().map(|one| one.code()).collect();
            let is_reference_in_autolink = markdown.starts_with('<');
            assert_eq!(
                codes,
                if is_reference_in_autolink { vec![] } else { vec!["forbidden-character"] },
                "{markdown}"
            );
        }
        assert!(html_of_outside("[a](https://a.cn/**b**)").contains("href=\"https://a.cn/**b**\""));
        assert_eq!(html_of("```x&#x92;\n甲 ** 乙\n```"), "<pre><code>甲 ** 乙\n</code></pre>\n");
    }

    #[test]
    fn s05_cells_are_aligned_without_a_style() {
        assert_eq!(
            html_of(
                "| 甲 | 乙 | 丙 | 丁 |\n|:--|:-:|--:|---|\n| <td style=\"text-align: right\"> | 2 | 3 | 4 |"
            ),
            "<div class=\"table-wrap\" tabindex=\"0\" role=\"group\" aria-label=\"表格\"><table><thead><tr>\
             <th scope=\"col\">甲</th><th scope=\"col\" class=\"align-center\">乙</th>\
             <th scope=\"col\" class=\"align-right\">丙</th><th scope=\"col\">丁</th></tr></thead><tbody>\n\
             <tr><td>&lt;td style=\"text-align: right\"&gt;</td><td class=\"align-center\">2</td>\
             <td class=\"align-right\">3</td><td>4</td></tr>\n</tbody></table>\n</div>"
        );
    }

    #[test]
    fn s04_links_to_other_sites_tell_them_nothing() {
        for address in ["https://a.cn/", "HTTP://a.cn/", "http:a.cn", "hTTps:\\\\a.cn"] {
            let html = html_of_outside(&format!("[a]({address})"));
            assert!(html.contains("<a class=\"external\" rel=\"noopener noreferrer\" href="), "{html}");
        }
        assert_eq!(html_of_outside("[a](httpx:a)"), "<p><a href=\"httpx:a\">a</a></p>\n");
    }

    fn html_of_outside(markdown: &str) -> String {
        let events = parse(markdown, 0..markdown.len(), &mut Reporter::new("a.md"));
        to_html(&events, &mut |address, _| Target::Outside(address.to_owned()))
    }

    #[test]
    fn plain_text_keeps_tables_apart() {
        let mut reporter = Reporter::new("a.md");
        let markdown = "甲\n\n| 序号 | 文件 |\n|---|---|\n| 1 | 通知 |\n\n乙";
        let events = parse(markdown, 0..markdown.len(), &mut reporter);
        assert_eq!(to_text(&events), ("甲\n乙".to_owned(), "序号 文件 \n1 通知".to_owned()));
    }
}
