//! What CommonMark makes of Chinese texts, put right on the events: `**` beside punctuation, line breaks between characters.

use super::{Event, Located, STRONG, Tag, TagEnd};

/// Replaces each `**` that is neither escaped nor part of a longer run.
pub(super) fn hide_strong(body: &str) -> String {
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
pub(super) fn merge_texts(events: Vec<Located>) -> Vec<Located> {
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
pub(super) fn mend_strong(events: Vec<Located>) -> Vec<Located> {
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

pub(super) fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image)
}

/// A line break in the source is a space between Latin words and nothing next to Chinese ones.
pub(super) fn mend_line_breaks(events: Vec<Located>) -> Vec<Located> {
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
