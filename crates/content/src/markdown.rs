//! Markdown texts become events, and events become HTML or plain text.
//!
//! The only file that names pulldown-cmark. Three things are added to CommonMark: `**` next to Chinese punctuation is
//! emphasis (commonmark-spec#650 leaves it as asterisks), a line break between Chinese characters is no space, and raw
//! HTML is text. Links are resolved when HTML is made, because a text may point at things that are read after it.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, LinkType, Options, Parser, html};
pub(crate) use pulldown_cmark::{Event, Tag, TagEnd};

use crate::fields::Reporter;
use crate::problem::Problem;
use crate::source::is_forbidden;

/// Stands in the HTML of texts for the way to the portal's root, which depends on the page that shows the text.
/// Like [`STRONG`] it begins with a character that no source can contain, so that no author can write it.
pub const ROOT_PLACEHOLDER: &str = "\u{92}root:/";

/// An event with its byte range in the file.
pub(crate) type Located = (Event<'static>, Range<usize>);

/// Stands for `**` while pulldown-cmark parses; two bytes as well, so that ranges stay true. Sources cannot contain it.
const STRONG: char = '\u{91}';

/// Parses the Markdown at `range` of a file's text.
pub(crate) fn parse(text: &str, range: Range<usize>, reporter: &mut Reporter) -> Vec<Located> {
    let body = hide_strong(&text[range.clone()]);
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events = Vec::new();
    let mut of_heading = None;
    for (event, span) in Parser::new_ext(&body, options).into_offset_iter() {
        let span = span.start + range.start..span.end + range.start;
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
    mend_line_breaks(mend_strong(merge_texts(events)))
}

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
    let bytes = body.as_bytes();
    let mut result = String::with_capacity(body.len());
    let mut position = 0;
    while position < body.len() {
        let rest = &body[position..];
        let stars = rest.bytes().take_while(|&byte| byte == b'*').count();
        if stars == 2 && !(position > 0 && bytes[position - 1] == b'\\') {
            result.push(STRONG);
            position += 2;
        } else {
            let step = if stars > 0 { stars } else { rest.chars().next().map_or(1, char::len_utf8) };
            result.push_str(&rest[..step]);
            position += step;
        }
    }
    result
}

/// Joins neighbouring texts, so that what stands beside a `**` can be seen.
fn merge_texts(events: Vec<Located>) -> Vec<Located> {
    let mut merged: Vec<Located> = Vec::with_capacity(events.len());
    for (event, span) in events {
        if let (Event::Text(text), Some((Event::Text(before), before_span))) = (&event, merged.last_mut()) {
            *before = format!("{before}{text}").into();
            before_span.end = span.end;
        } else {
            merged.push((event, span));
        }
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
    for index in 0..events.len() {
        let (event, span) = &events[index];
        if matches!(event, Event::SoftBreak) {
            let before = index.checked_sub(1).and_then(|before| last_character(&events[before].0));
            let after = events.get(index + 1).and_then(|(event, _)| first_character(event));
            if before.is_some_and(is_wide) || after.is_some_and(is_wide) {
                continue;
            }
            mended.push((Event::Text(" ".into()), span.clone()));
        } else {
            mended.push((event.clone(), span.clone()));
        }
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

/// What a link in a text leads to.
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
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let target = resolve(&address, span.clone());
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
            event => shown.push(event.clone()),
        }
    }
    let mut result = String::new();
    html::push_html(&mut result, shown.into_iter());
    // The pages' rules allow no `style`. A `<` of a text is written as `&lt;`, so that these are tags alone.
    for (written, meant) in CELLS {
        result = result.replace(written, meant);
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
