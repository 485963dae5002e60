//! The numbers, shares and days that stand in a Chinese sentence.

use std::collections::BTreeSet;

/// What a sentence counts and dates.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    /// Whole numbers, years and days included.
    pub(crate) numbers: BTreeSet<i32>,
    /// Shares in hundredths of a percent.
    pub(crate) shares: BTreeSet<i32>,
    /// Month and day.
    pub(crate) days: BTreeSet<(i32, i32)>,
    /// Numbers before 年 that can only be years.
    pub(crate) years: BTreeSet<i32>,
}

impl Figures {
    /// Reads digits of both widths and Chinese numerals; white space does not matter, and the 1 of 1+X is no number.
    pub(crate) fn read(text: &str) -> Self {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
                '＋' => '+',
                '％' => '%',
                'Ｘ' => 'X',
                other => other,
            })
            .collect();
        let plain = plain.replace("1+X", "");
        let mut figures = Self::default();
        let mut month = None;
        let mut rest = plain.as_str();
        while let Some(first) = rest.chars().next() {
            if let Some(behind) = rest.strip_prefix("百分之")
                && let Some((number, length)) = number_at(behind)
            {
                figures.shares.insert(number.saturating_mul(100));
                rest = &behind[length..];
                continue;
            }
            let Some((number, length)) = number_at(rest) else {
                rest = &rest[first.len_utf8()..];
                continue;
            };
            rest = &rest[length..];
            let decimals = decimals_at(rest);
            if let Some((hundredths, length)) = decimals {
                rest = &rest[length..];
                if rest.starts_with('%') {
                    figures.shares.insert(number.saturating_mul(100).saturating_add(hundredths));
                }
                continue;
            }
            figures.numbers.insert(number);
            match rest.chars().next() {
                Some('%') => {
                    figures.shares.insert(number.saturating_mul(100));
                }
                Some('年') if number > 1900 => {
                    figures.years.insert(number);
                }
                Some('月') => month = Some(number),
                // 9 月 15 日-25 日: the second day is of the same month.
                Some('日' | '号') => figures.days.extend(month.map(|month| (month, number))),
                _ => {}
            }
        }
        figures
    }
}

/// The number a text begins with, and its length in bytes.
fn number_at(text: &str) -> Option<(i32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, digits));
    }
    let length: usize =
        text.chars().take_while(|c| numeral(*c).is_some() || scale(*c).is_some()).map(char::len_utf8).sum();
    if length == 0 { None } else { Some((chinese(&text[..length])?, length)) }
}

/// `.5` behind a number as hundredths, with its length.
fn decimals_at(text: &str) -> Option<(i32, usize)> {
    let behind = text.strip_prefix('.')?;
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let number = format!("{behind:.digits$}00").get(..2)?.parse().ok()?;
    (digits > 0).then_some((number, digits + 1))
}

fn numeral(character: char) -> Option<i32> {
    "零一二三四五六七八九".chars().position(|c| c == character).map(|value| value as i32).or(
        match character {
            '〇' => Some(0),
            '两' => Some(2),
            _ => None,
        },
    )
}

const fn scale(character: char) -> Option<i32> {
    match character {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' => Some(10_000),
        _ => None,
    }
}

/// 四百四十七, 二〇二四, 十二.
fn chinese(text: &str) -> Option<i32> {
    let is_positional = text.chars().all(|c| numeral(c).is_some());
    let (mut whole, mut part, mut digit): (i32, i32, Option<i32>) = (0, 0, None);
    for character in text.chars() {
        match (numeral(character), scale(character)) {
            (Some(value), _) if is_positional => {
                digit = Some(digit.unwrap_or(0).checked_mul(10)?.checked_add(value)?);
            }
            (Some(value), _) => digit = Some(value),
            (None, Some(10_000)) => {
                let below = part.checked_add(digit.take().unwrap_or(0))?.max(1);
                whole = whole.checked_add(below.checked_mul(10_000)?)?;
                part = 0;
            }
            (None, Some(scale)) => part = part.checked_add(digit.take().unwrap_or(1).checked_mul(scale)?)?,
            (None, None) => return None,
        }
    }
    whole.checked_add(part)?.checked_add(digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_a_span_share_their_month_and_need_no_year() {
        let figures = Figures::read("初审时间分别为 3 月 22 日-4 月 5 日，9 月 15 日-28 日");
        assert_eq!(figures.days, BTreeSet::from([(3, 22), (4, 5), (9, 15), (9, 28)]));
        assert!(figures.years.is_empty());
        let dated = Figures::read("于2019年９月20日前");
        assert_eq!((dated.days, dated.years), (BTreeSet::from([(9, 20)]), BTreeSet::from([2019])));
    }

    #[test]
    fn shares_are_read_in_every_form() {
        let shares = |text| Figures::read(text).shares.into_iter().collect::<Vec<_>>();
        assert_eq!(shares("“双师型”教师不少于 50%，专家不低于百分之二十"), [2000, 5000]);
        assert_eq!(shares("不低于 12.5％"), [1250]);
        assert_eq!(shares("不少于50人"), [0; 0]);
    }

    #[test]
    fn chinese_numerals_count() {
        for (text, number) in [
            ("四批", 4),
            ("十个", 10),
            ("二十一条", 21),
            ("四百四十七个", 447),
            ("两千人", 2000),
            ("二〇二四年", 2024),
            ("一百零五", 105),
            ("三万二千", 32_000),
        ] {
            assert!(Figures::read(text).numbers.contains(&number), "{text}");
        }
        assert!(Figures::read("1+X 证书、1＋Ｘ").numbers.is_empty());
        assert!(Figures::read("没有数").numbers.is_empty());
    }
}
