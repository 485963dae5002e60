//! The numbers that clauses begin with: 三、 （五） 1. （2） ③.

/// The kinds of numbers, from the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Name,
    ChineseComma,
    ChineseBrackets,
    Digits,
    DigitsBrackets,
    Circled,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) rank: Rank,
    pub(super) number: u32,
    /// As it stands in the text.
    pub(super) printed: String,
}

/// The number a text begins with.
pub(super) fn marker_of(text: &str) -> Option<Marker> {
    let marker =
        |rank, number, length: usize| Some(Marker { rank, number, printed: text[..length].to_owned() });
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return marker(Rank::Circled, u32::from(first) - u32::from('①') + 1, first.len_utf8());
    }
    if matches!(first, '（' | '(') {
        let end = text.find(['）', ')'])?;
        let inside = &text[first.len_utf8()..end];
        let length = end + text[end..].chars().next().map_or(1, char::len_utf8);
        if let Some(number) = chinese_number(inside) {
            return marker(Rank::ChineseBrackets, number, length);
        }
        let number = inside
            .parse()
            .ok()
            .filter(|_| inside.len() <= 3 && inside.bytes().all(|byte| byte.is_ascii_digit()))?;
        return marker(Rank::DigitsBrackets, number, length);
    }
    if let Some(end) = text.find('、')
        && let Some(number) = chinese_number(&text[..end])
    {
        return marker(Rank::ChineseComma, number, end + '、'.len_utf8());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let dot = text[digits..].chars().next().filter(|c| matches!(c, '.' | '．'))?;
    let after = text[digits + dot.len_utf8()..].chars().next();
    if (1..=3).contains(&digits) && !after.is_some_and(|c| c.is_ascii_digit()) {
        return marker(Rank::Digits, text[..digits].parse().ok()?, digits + dot.len_utf8());
    }
    None
}

/// A number that begins a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClauseNumber {
    /// 1 for 一、, 2 for （一）, 3 for `1.`, 4 for （1）, 5 for ①.
    pub level: usize,
    /// The number itself.
    pub number: u32,
}

/// The number that a paragraph begins with, where it begins a clause.
pub fn clause_number(paragraph: &str) -> Option<ClauseNumber> {
    marker_of(paragraph.trim())
        .map(|marker| ClauseNumber { level: marker.rank as usize, number: marker.number })
}

/// 一 to 九十九.
fn chinese_number(text: &str) -> Option<u32> {
    let digit =
        |c: char| "零一二三四五六七八九".chars().position(|d| d == c).filter(|&d| d > 0).map(|d| d as u32);
    let characters: Vec<char> = text.chars().collect();
    match characters.as_slice() {
        ['十'] => Some(10),
        [ones] => digit(*ones),
        ['十', ones] => Some(10 + digit(*ones)?),
        [tens, '十'] => Some(10 * digit(*tens)?),
        [tens, '十', ones] => Some(10 * digit(*tens)? + digit(*ones)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_shares_and_names_are_no_markers() {
        for text in ["2022 年", "1+X 证书", "3.5 分", "（简称试点）", "十分重要、必须"] {
            assert_eq!(marker_of(text), None, "{text}");
        }
        assert_eq!(marker_of("二十一、附则").map(|marker| marker.number), Some(21));
        assert_eq!(marker_of("(一) 国家").map(|marker| marker.rank), Some(Rank::ChineseBrackets));
    }
}
