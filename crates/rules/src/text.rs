//! Numbers and lists as text, without the formatting machinery of the standard library: in the browser module that
//! would take more room than the conditions.

/// A number in digits.
pub(crate) fn number(number: i64) -> String {
    let mut digits = Vec::new();
    let mut rest = number.unsigned_abs();
    loop {
        digits.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    digits.iter().rev().for_each(|digit| text.push(char::from(*digit)));
    text
}

/// A count in digits, for the browser module.
pub fn decimal(count: u32) -> String {
    number(count.into())
}

/// A number as [`number`] writes it; `None` for anything else, or beyond 32 bits.
pub(crate) fn read_number(text: &str) -> Option<i32> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || digits.len() > 12 {
        return None;
    }
    let mut size = 0;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        size = size * 10 + i64::from(byte - b'0');
    }
    i32::try_from(if digits.len() < text.len() { -size } else { size }).ok()
}

/// What stands before the first `at` and what behind it; unlike that of the standard library in a few bytes.
pub(crate) fn cut<'text>(text: &'text str, at: &str) -> Option<(&'text str, &'text str)> {
    let place = text.as_bytes().windows(at.len()).position(|piece| piece == at.as_bytes())?;
    Some((text.get(..place)?, text.get(place + at.len()..)?))
}

/// Texts with another between each two.
pub(crate) fn join(texts: &[String], between: &str) -> String {
    let mut joined = String::new();
    for text in texts {
        if !joined.is_empty() {
            joined.push_str(between);
        }
        joined.push_str(text);
    }
    joined
}

/// The template with each `_` replaced by the next argument.
pub(crate) fn fill(template: &str, arguments: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = template;
    for argument in arguments {
        let Some((before, after)) = cut(rest, "_") else { break };
        text.push_str(before);
        text.push_str(argument);
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_there_and_back() {
        for value in [0, 7, 10, -1, 20_240_904, i32::MAX, i32::MIN] {
            assert_eq!(number(i64::from(value)), value.to_string());
            assert_eq!(read_number(&value.to_string()), Some(value));
        }
        for wrong in ["", "-", "4.5", "１", "2147483648", "-2147483649", "9999999999999999999", "--1"] {
            assert_eq!(read_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn arguments_go_in_in_order() {
        assert_eq!(fill("_（_/_）", &["45%", "18", "40"]), "45%（18/40）");
        assert_eq!(fill("没有", &["多余"]), "没有");
        assert_eq!(fill("__", &["一"]), "一_");
        assert_eq!(fill("“_”", &["_"]), "“_”");
        assert_eq!(join(&["甲".into(), "乙".into()], "、"), "甲、乙");
        assert_eq!(cut("甲「乙「丙", "「"), Some(("甲", "乙「丙")));
        assert_eq!((cut("甲", "「"), cut("", "=")), (None, None));
    }
}
