//! Events become HTML, whose links are resolved on the way, or plain text.

use std::ops::Range;

use super::{CowStr, Event, LinkType, Located, ROOT_PLACEHOLDER, Tag, TagEnd, html};

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
fn escape(text: &str) -> String {
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
