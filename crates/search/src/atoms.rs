//! Text cut into atoms: one Han character, or one word of letters and digits.
//!
//! Scans put spaces into numbers and line breaks into sentences, and quotation marks into the middle of words: none of them counts.
//! What does count is kept as the distance between positions, so that a phrase cannot reach over a full stop.

use crate::normalise::fold;

/// What stands between an atom and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing, a quotation mark, or a line break inside a sentence.
    None,
    /// White space.
    Space,
    /// A bracket.
    Bracket,
    /// A comma and the like.
    Comma,
    /// The end of a sentence.
    Stop,
}

/// One Han character, or one word of letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Atom {
    /// It is a Han character.
    pub(crate) han: bool,
    pub(crate) gap: Gap,
    /// Where it counts as standing; greater than that of the atom before it.
    pub(crate) position: u32,
    /// Bytes in the folded text.
    pub(crate) folded: (usize, usize),
    /// Bytes in the original text.
    pub(crate) original: (usize, usize),
}

/// A text in one spelling, with its atoms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Atoms {
    /// The atoms' texts, with a space where two words would run together and a line feed where something stands between.
    pub(crate) folded: String,
    pub(crate) list: Vec<Atom>,
}

/// A folded character with the bytes it comes from.
type Folded = (char, usize, usize);

impl Atoms {
    /// Cuts a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut characters: Vec<Folded> = Vec::with_capacity(text.len() / 2);
        for (start, character) in text.char_indices() {
            fold(character, |folded| characters.push((folded, start, start + character.len_utf8())));
        }
        let mut atoms = Self { folded: String::with_capacity(text.len()), list: Vec::new() };
        let mut gap = Gap::None;
        let mut at = 0;
        while let Some(&(character, start, end)) = characters.get(at) {
            let length = if is_han(character) {
                atoms.push(true, gap, &[(character, start, end)]);
                1
            } else if is_word(character) {
                let (word, length) = word_at(&characters, at);
                atoms.push(false, gap, &word);
                length
            } else {
                gap = gap.max(gap_of(character));
                at += 1;
                continue;
            };
            gap = Gap::None;
            at += length;
        }
        atoms
    }

    /// Folded text of one atom.
    pub(crate) fn text(&self, atom: &Atom) -> &str {
        self.folded.get(atom.folded.0..atom.folded.1).unwrap_or_default()
    }

    /// Folded text of `count` atoms from `first` on, if nothing stands between them.
    pub(crate) fn joined(&self, first: usize, count: usize) -> Option<&str> {
        let last = first.checked_add(count)?.checked_sub(1)?;
        let (from, to) = (self.list.get(first)?, self.list.get(last)?);
        let inner = self.list.get(first + 1..=last)?;
        if inner.iter().any(|atom| atom.gap > Gap::Space) {
            return None;
        }
        self.folded.get(from.folded.0..to.folded.1)
    }

    fn push(&mut self, han: bool, gap: Gap, characters: &[Folded]) {
        let (Some(first), Some(last)) = (characters.first(), characters.last()) else { return };
        let mut position = 0;
        if let Some(before) = self.list.last() {
            position = before.position
                + match gap {
                    Gap::None | Gap::Space => 1,
                    Gap::Bracket | Gap::Comma => 2,
                    Gap::Stop => 6,
                };
            if gap > Gap::Space {
                self.folded.push('\n');
            } else if gap == Gap::Space && !han && !before.han {
                self.folded.push(' ');
            }
        }
        let from = self.folded.len();
        self.folded.extend(characters.iter().map(|(character, ..)| character));
        self.list.push(Atom {
            han,
            gap,
            position,
            folded: (from, self.folded.len()),
            original: (first.1, last.2),
        });
    }
}

/// The word that begins at `at`, without spaces around a plus, and how many characters it takes.
fn word_at(characters: &[Folded], at: usize) -> (Vec<Folded>, usize) {
    let mut word: Vec<Folded> = Vec::new();
    let mut next = at;
    loop {
        while let Some(folded) = characters.get(next).filter(|(character, ..)| is_word(*character)) {
            word.push(*folded);
            next += 1;
        }
        let mut after = skip_spaces(characters, next);
        let Some(joint) = characters.get(after) else { break };
        let spaced = after > next;
        match joint.0 {
            '+' => after = skip_spaces(characters, after + 1),
            '.' | '@' | '_' | '-' if !spaced => after += 1,
            '%' if !spaced && word.last().is_some_and(|(last, ..)| last.is_ascii_digit()) => {
                word.push(*joint);
                next += 1;
                break;
            }
            _ => break,
        }
        if !characters.get(after).is_some_and(|(character, ..)| is_word(*character)) {
            break;
        }
        word.push(*joint);
        next = after;
    }
    (word, next - at)
}

fn skip_spaces(characters: &[Folded], mut at: usize) -> usize {
    while characters.get(at).is_some_and(|(character, ..)| *character == ' ') {
        at += 1;
    }
    at
}

/// Characters that stand for a word or syllable each and are searched by pairs.
pub(crate) fn is_han(character: char) -> bool {
    matches!(character as u32,
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x3ffff | 0x3005..=0x3007 | 0xf900..=0xfaff | 0x3041..=0x30fe | 0xac00..=0xd7a3)
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character as u32, 0xc0..=0x24f | 0x370..=0x52f) && !matches!(character, '×' | '÷')
}

fn gap_of(character: char) -> Gap {
    match character {
        ' ' | '\t' | '\r' | '\n' => Gap::Space,
        '"'
        | '\''
        | '“'
        | '”'
        | '‘'
        | '’'
        | '《'
        | '》'
        | '〈'
        | '〉'
        | '「'
        | '」'
        | '『'
        | '』'
        | '*'
        | '`'
        | '\u{200b}'..='\u{200f}' => Gap::None,
        '〔' | '〕' | '[' | ']' | '【' | '】' | '〖' | '〗' | '(' | ')' => Gap::Bracket,
        '。' | '!' | '?' | ';' => Gap::Stop,
        _ => Gap::Comma,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let atoms = Atoms::of(text);
        let found: Vec<&str> = atoms.list.iter().map(|atom| atoms.text(atom)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn cuts_words_and_characters() {
        check("1 + X 证书", &["1+x", "证", "书"]);
        check("“１＋Ｘ”试点", &["1+x", "试", "点"]);
        check("9 月 4 日", &["9", "月", "4", "日"]);
        check("皖教秘职成〔2024〕22号", &["皖", "教", "秘", "职", "成", "2024", "22", "号"]);
        check("发至 ahxzsbg@126.com。", &["发", "至", "ahxzsbg@126.com"]);
        check("https://vslc.ncb.edu.cn/ 查", &["https", "vslc.ncb.edu.cn", "查"]);
        check("不低于 20%，", &["不", "低", "于", "20%"]);
        check("电话:0771-6709558", &["电", "话", "0771-6709558"]);
        check("1.开设", &["1", "开", "设"]);
    }

    #[test]
    fn quotation_marks_do_not_part_words_and_full_stops_do() {
        let atoms = Atoms::of("“双师型”教师。学校");
        let positions: Vec<u32> = atoms.list.iter().map(|atom| atom.position).collect();
        assert_eq!(positions, [0, 1, 2, 3, 4, 10, 11]);
        assert_eq!(atoms.joined(2, 2), Some("型教"));
        assert_eq!(atoms.joined(4, 2), None);
    }
}
