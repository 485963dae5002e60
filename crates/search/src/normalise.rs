//! One spelling for what is typed in several: NFKC and lower case for the characters of Chinese office texts.
//!
//! Whole Unicode tables would be most of the browser module. This covers full-width forms, enclosed numbers and letters, Roman
//! numerals, radicals and compatibility ideographs, and leaves the rest as it is; both sides use it, so both agree.

use crate::lookalikes::{COMPATIBILITY_IDEOGRAPHS, RADICALS};

/// Calls `emit` with each character that `character` stands for.
pub(crate) fn fold(character: char, mut emit: impl FnMut(char)) {
    let code = character as u32;
    match code {
        0..=0x7f => emit(character.to_ascii_lowercase()),
        0xff01..=0xff5e => emit(nth(code - 0xff01, '!').to_ascii_lowercase()),
        0x3000 | 0x00a0 | 0x2000..=0x200b | 0x202f | 0x205f | 0xfeff => emit(' '),
        0x2460..=0x2473 => number(code - 0x245f, emit),
        0x2474..=0x2487 => number(code - 0x2473, emit),
        0x2488..=0x249b => number(code - 0x2487, emit),
        0x249c..=0x24b5 => emit(nth(code - 0x249c, 'a')),
        0x24b6..=0x24cf => emit(nth(code - 0x24b6, 'a')),
        0x24d0..=0x24e9 => emit(nth(code - 0x24d0, 'a')),
        0x3220..=0x3229 => table("一二三四五六七八九十", code - 0x3220, character, emit),
        0x3280..=0x3289 => table("一二三四五六七八九十", code - 0x3280, character, emit),
        0x2160..=0x216b => roman(code - 0x2160, emit),
        0x2170..=0x217b => roman(code - 0x2170, emit),
        0x2070 | 0x2074..=0x2079 => emit(nth(code - 0x2070, '0')),
        0x2080..=0x2089 => emit(nth(code - 0x2080, '0')),
        0x00b2 | 0x00b3 => emit(nth(code - 0x00b2, '2')),
        0x00b9 => emit('1'),
        0x207a | 0xfe62 => emit('+'),
        0x2010..=0x2015 | 0x2212 | 0xfe58 | 0xfe63 => emit('-'),
        0xfe6b => emit('@'),
        0x2116 => "no".chars().for_each(emit),
        0x2f00..=0x2fd5 => table(RADICALS, code - 0x2f00, character, emit),
        0xf900..=0xfad9 => table(COMPATIBILITY_IDEOGRAPHS, code - 0xf900, character, emit),
        0x00c0..=0x00de if code != 0x00d7 => emit(nth(code - 0x00c0, 'à')),
        0x0391..=0x03a9 => emit(nth(code - 0x0391, 'α')),
        0x0410..=0x042f => emit(nth(code - 0x0410, 'а')),
        _ => emit(character),
    }
}

/// The whole of a text, folded.
#[cfg(test)]
pub(crate) fn folded(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        fold(character, |folded| result.push(folded));
    }
    result
}

fn nth(offset: u32, first: char) -> char {
    char::from_u32(first as u32 + offset).unwrap_or(first)
}

fn number(value: u32, mut emit: impl FnMut(char)) {
    if value >= 10 {
        emit(nth(value / 10, '0'));
    }
    emit(nth(value % 10, '0'));
}

fn roman(index: u32, emit: impl FnMut(char)) {
    let numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    if let Some(numeral) = numerals.get(index as usize) {
        numeral.chars().for_each(emit);
    }
}

fn table(characters: &str, index: u32, otherwise: char, mut emit: impl FnMut(char)) {
    emit(characters.chars().nth(index as usize).unwrap_or(otherwise));
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// What NFKC and lower case make of it, letters and numbers alone.
    fn nfkc(character: char) -> String {
        let text: String = character.to_string().nfkc().collect::<String>().to_lowercase();
        text.chars().filter(|folded| !matches!(folded, '(' | ')' | '.')).collect()
    }

    #[test]
    fn agrees_with_unicode() {
        let ranges = [
            0x21..=0x2d,
            0x30..=0x7e,
            0xff01..=0xff07,
            0xff0a..=0xff0d,
            0xff0f..=0xff5e,
            0x2460..=0x249b,
            0x249c..=0x24e9,
            0x2160..=0x216b,
            0x2170..=0x217b,
            0x3220..=0x3229,
            0x3280..=0x3289,
            0x2074..=0x2079,
            0x2080..=0x2089,
            0xb2..=0xb3,
            0xb9..=0xb9,
            0x2f00..=0x2fd5,
            0xf900..=0xfad9,
            0xc0..=0xd6,
            0xd8..=0xde,
            0x391..=0x3a1,
            0x410..=0x42f,
            0x2116..=0x2116,
            0x3000..=0x3000,
            0xa0..=0xa0,
        ];
        for code in ranges.into_iter().flatten() {
            let Some(character) = char::from_u32(code) else { continue };
            if matches!(character, '(' | ')' | '.') {
                continue;
            }
            assert_eq!(folded(&character.to_string()), nfkc(character), "U+{code:04X}");
        }
    }

    #[test]
    fn folds_what_offices_type() {
        assert_eq!(folded("１＋Ｘ　ⅱ ①⑫ №８ ⽉"), "1+x ii 112 no8 月");
    }
}
