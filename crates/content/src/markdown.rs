//! Markdown texts become events, and events become HTML or plain text.
//!
//! The only file that names pulldown-cmark. Three things are added to CommonMark: `**` next to Chinese punctuation is
//! emphasis (commonmark-spec#650 leaves it as asterisks), a line break between Chinese characters is no space, and raw
//! HTML is text. Links are resolved when HTML is made, because a text may point at things that are read after it.

mod beyond;
mod mending;
mod output;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, LinkType, Options, Parser, html};
pub(crate) use pulldown_cmark::{Event, Tag, TagEnd};

use crate::fields::Reporter;
use crate::limits::{DEEPEST_NESTING, MOST_PARTS};
use crate::problem::{Counted, Problem, Suspicion};
use crate::source::is_forbidden;
use beyond::beyond_at_once;
use mending::{hide_strong, is_inline_end, mend_line_breaks, mend_strong, merge_texts};
pub(crate) use output::{Target, has_links, links, to_html, to_text};

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
