//! The passage of a text that shows best why it was found, cut where sentences end, with marks.

use crate::atoms::Atoms;
use crate::query::Piece;
use crate::tokens::tokens;
use crate::vocabulary::Vocabulary;

/// Characters of an excerpt.
const LENGTH: usize = 110;

/// A word looked for and what it is worth.
pub(crate) type Sought<'a> = (&'a str, f32);

/// The whole text with marks.
pub(crate) fn marked(text: &str, sought: &[Sought<'_>], vocabulary: &Vocabulary) -> Vec<Piece> {
    pieces(text, 0, text.len(), &marks(text, sought, vocabulary))
}

/// The best passage with marks; an ellipsis where it is cut.
pub(crate) fn excerpt(text: &str, sought: &[Sought<'_>], vocabulary: &Vocabulary) -> Vec<Piece> {
    let marks = marks(text, sought, vocabulary);
    let parts = parts(text);
    let (mut best, mut best_worth) = ((0, 0), -1.0_f32);
    for first in 0..parts.len() {
        let mut length = 0;
        for last in first..parts.len() {
            let Some((from, to)) = span(&parts, first, last) else { continue };
            length += parts.get(last).map_or(0, |part| part.characters);
            if length > LENGTH && last > first {
                break;
            }
            let worth = worth(&marks, from, to, length)
                + if parts.get(first).is_some_and(|part| part.begins) { 0.05 } else { 0.0 };
            if worth > best_worth {
                (best, best_worth) = ((first, last), worth);
            }
        }
    }
    let Some((from, mut to)) = span(&parts, best.0, best.1) else { return Vec::new() };
    let mut shown = text.get(from..to).unwrap_or_default();
    if shown.chars().count() > LENGTH * 2 {
        to = from + shown.char_indices().nth(LENGTH * 2).map_or(shown.len(), |(at, _)| at);
        shown = text.get(from..to).unwrap_or_default();
    }
    let (from, to) = (from + shown.len() - shown.trim_start().len(), from + shown.trim_end().len());
    let mut excerpt = pieces(text, from, to, &marks);
    if text.get(..from).is_some_and(|before| !before.trim().is_empty()) {
        excerpt.insert(0, Piece { text: "…".to_owned(), marked: false });
    }
    if text.get(to..).is_some_and(|after| !after.trim().is_empty()) {
        excerpt.push(Piece { text: "…".to_owned(), marked: false });
    }
    excerpt
}

/// A marked range of bytes, which word it is, and what that is worth.
struct Mark {
    from: usize,
    to: usize,
    word: usize,
    worth: f32,
}

fn marks(text: &str, sought: &[Sought<'_>], vocabulary: &Vocabulary) -> Vec<Mark> {
    let atoms = Atoms::of(text);
    let mut marks = Vec::new();
    tokens(&atoms, vocabulary, |token| {
        let found = sought.iter().enumerate().filter(|(_, (word, _))| *word == token.term);
        let Some((word, (_, worth))) = found.max_by(|left, right| left.1.1.total_cmp(&right.1.1)) else {
            return;
        };
        let last = token.atom + token.span.max(1) - 1;
        if let (Some(first), Some(last)) = (atoms.list.get(token.atom), atoms.list.get(last)) {
            marks.push(Mark { from: first.original.0, to: last.original.1, word, worth: *worth });
        }
    });
    marks
}

/// What a passage shows of the words: each counts once, and shorter is better.
fn worth(marks: &[Mark], from: usize, to: usize, characters: usize) -> f32 {
    let inside = || marks.iter().filter(|mark| from <= mark.from && mark.to <= to);
    let mut worth = 0.0;
    for (index, mark) in inside().enumerate() {
        let repeated = inside().take(index).any(|before| before.word == mark.word);
        worth += if repeated { mark.worth * 0.1 } else { mark.worth };
    }
    // A longer passage is better as long as it fits, by less than any word.
    worth + characters.min(LENGTH) as f32 * 0.0005
}

/// A part of a text that is not cut.
struct Part {
    from: usize,
    to: usize,
    characters: usize,
    /// It begins a sentence.
    begins: bool,
}

/// Sentences; those that are too long are parted at their commas.
fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut from, mut characters, mut begins) = (0, 0, true);
    for (at, character) in text.char_indices() {
        characters += 1;
        let stop = matches!(character, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n');
        let comma = matches!(character, '，' | '、' | ',' | '：' | '）') && characters > LENGTH / 3;
        let forced = characters >= LENGTH;
        if stop || comma || forced {
            let to = at + character.len_utf8();
            parts.push(Part { from, to, characters, begins });
            (from, characters, begins) = (to, 0, stop);
        }
    }
    if from < text.len() {
        parts.push(Part { from, to: text.len(), characters, begins });
    }
    parts
}

fn span(parts: &[Part], first: usize, last: usize) -> Option<(usize, usize)> {
    Some((parts.get(first)?.from, parts.get(last)?.to))
}

/// A range of the text cut at the borders of marks; line breaks become spaces.
fn pieces(text: &str, from: usize, to: usize, marks: &[Mark]) -> Vec<Piece> {
    let mut ranges: Vec<(usize, usize)> = marks
        .iter()
        .filter(|mark| from <= mark.from && mark.to <= to)
        .map(|mark| (mark.from, mark.to))
        .collect();
    ranges.sort_unstable();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |from: usize, to: usize, marked: bool| {
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.replace('\n', " "), marked });
        }
    };
    let mut at = from;
    let mut next = 0;
    while let Some((start, mut end)) = ranges.get(next).copied() {
        next += 1;
        while let Some((_, further)) = ranges.get(next).filter(|(start, _)| *start <= end) {
            end = end.max(*further);
            next += 1;
        }
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, to, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn shows_the_best_sentences_with_marks() {
        let text = "学校主要负责人牵头。".repeat(20)
            + "上传《试点工作方案》（须加盖学校公章），无需行文报送。"
            + &"其他事项另行通知。".repeat(20);
        let sought = [("试点", 1.0), ("点工", 0.5), ("工作", 0.5), ("公章", 1.0)];
        let found = shown(&excerpt(&text, &sought, &Vocabulary::default()));
        assert!(found.contains("上传《[试点工作]方案》（须加盖学校[公章]），无需行文报送。"), "{found}");
        assert!(found.starts_with('…') && found.ends_with('…'), "{found}");
        assert!(found.chars().count() < 130, "{found}");
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        let found = shown(&excerpt("电话：0771-6709558", &[("电话", 1.0)], &Vocabulary::default()));
        assert_eq!(found, "[电话]：0771-6709558");
        assert!(excerpt("", &[("电话", 1.0)], &Vocabulary::default()).is_empty());
    }
}
