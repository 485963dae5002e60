//! A cell to an answer: what [`Program::read_answer`] reads, and what spreadsheets bring besides.

use rules::{AnswerForm, Date, Program};

use crate::table::Cell;
use crate::tidy::{key, tidy};

/// Why a cell is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is none of the forms the fact takes.
    Form,
    /// `1` for a share, which may be 1 % or 100 %.
    OneOrAll,
    /// A date without its year.
    NoYear,
    /// A whole number outside its bounds, or a share above 100 %.
    Range,
}

/// What people write where they do not know.
const UNKNOWN: [&str; 11] = ["", "-", "--", "/", "?", "unknown", "n/a", "未知", "待定", "不清楚", "暂不清楚"];
const YES: [&str; 10] = ["是", "yes", "y", "true", "1", "√", "✓", "✔", "☑", "对"];
const NO: [&str; 12] = ["否", "no", "n", "false", "0", "×", "✗", "✘", "✕", "x", "☒", "不是"];

/// Day 0 of spreadsheets, as days since 1970-01-01.
const SERIAL_ZERO: i32 = -25_569;
/// Serials that are read as days: 1954 to 2119.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;

/// Reads the answer to a fact that is asked; `None` where it is not known.
pub(crate) fn read_answer(program: &Program, fact: usize, cell: &Cell) -> Result<Option<i32>, Wrong> {
    let text = tidy(&cell.shown());
    if matches!(cell, Cell::Error(_)) {
        return Err(Wrong::Form);
    }
    if UNKNOWN.contains(&text.to_lowercase().as_str()) {
        return Ok(None);
    }
    let form = program.answer_form(fact);
    let answer = match &form {
        AnswerForm::Text => return Ok(None),
        AnswerForm::Boolean => boolean(cell, &text),
        AnswerForm::Integer { .. } => integer(program, fact, cell, &text),
        AnswerForm::Percent => return percent(cell, &text),
        AnswerForm::Date => return date(program, fact, cell, &text).map(Some),
        AnswerForm::Choice(options) => choice(options, &text),
        AnswerForm::Computed => None,
    };
    match (answer, form) {
        (Some(answer), AnswerForm::Integer { min, max }) if answer < min || answer > max => Err(Wrong::Range),
        (Some(answer), _) => Ok(Some(answer)),
        (None, _) => Err(Wrong::Form),
    }
}

fn boolean(cell: &Cell, text: &str) -> Option<i32> {
    if matches!(cell, Cell::Day(_)) {
        return None;
    }
    let text = text.to_lowercase();
    if YES.contains(&text.as_str()) { Some(1) } else { NO.contains(&text.as_str()).then_some(0) }
}

fn integer(program: &Program, fact: usize, cell: &Cell, text: &str) -> Option<i32> {
    if matches!(cell, Cell::Day(_) | Cell::Boolean(_)) {
        return None;
    }
    let unit = program.fact_unit(fact);
    let without_unit = [unit, "人", "名", "个", "位"]
        .iter()
        .filter(|unit| !unit.is_empty())
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
        .trim_end();
    let digits = without_thousands(without_unit)?;
    let digits = match digits.split_once('.') {
        Some((whole, rest)) if !rest.is_empty() && rest.bytes().all(|digit| digit == b'0') => {
            whole.to_owned()
        }
        _ => digits,
    };
    program.read_answer(fact, &digits).ok().flatten()
}

/// `1,200` without its comma; `None` where commas stand elsewhere than before each three digits.
fn without_thousands(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches('-').split(',');
    let is_first = |group: &str| (1..=3).contains(&group.len());
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().is_some_and(|group| is_first(group) && are_digits(group));
    let sound = first && groups.all(|group| group.len() == 3 && are_digits(group));
    sound.then(|| text.replace(',', ""))
}

/// A share: `45%`, `45`, or 0.45 as spreadsheets keep it.
fn percent(cell: &Cell, text: &str) -> Result<Option<i32>, Wrong> {
    if matches!(cell, Cell::Day(_) | Cell::Boolean(_)) {
        return Err(Wrong::Form);
    }
    let (number, has_sign) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    if !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Err(if number.starts_with('-') { Wrong::Range } else { Wrong::Form });
    }
    let value: f64 = number.parse().map_err(|_| Wrong::Form)?;
    let is_number = matches!(cell, Cell::Number(_));
    let hundredths = match (has_sign, value) {
        (false, value) if value == 1.0 && !is_number => return Err(Wrong::OneOrAll),
        (false, value) if value <= 1.0 => value * 10_000.0,
        _ => value * 100.0,
    };
    let rounded = hundredths.round();
    if rounded > 10_000.0 {
        Err(Wrong::Range)
    } else if (hundredths - rounded).abs() > 1e-6 {
        Err(Wrong::Form)
    } else {
        Ok(Some(rounded as i32))
    }
}

fn date(program: &Program, fact: usize, cell: &Cell, text: &str) -> Result<i32, Wrong> {
    if let Cell::Day(days) = cell {
        let year = Date::from_days(*days).year_month_day().0;
        return if (1950..=2199).contains(&year) { Ok(*days) } else { Err(Wrong::Range) };
    }
    if matches!(cell, Cell::Boolean(_)) {
        return Err(Wrong::Form);
    }
    if let Ok(serial) = text.parse::<f64>() {
        if SERIALS.contains(&serial) {
            return Ok(serial as i32 + SERIAL_ZERO);
        }
        let is_compact = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let compact = is_compact.then(|| [&text[..4], &text[4..6], &text[6..]].join("-"));
        return compact.and_then(|day| day.parse().ok()).map(Date::days).ok_or(Wrong::Form);
    }
    // A time of day behind it is left out: `2024-9-20 00:00:00`, `2024-09-20T08:00`.
    let day = match text.split_once(['T', ' ']) {
        Some((day, time))
            if time.trim().starts_with(|one: char| one.is_ascii_digit()) && time.contains(':') =>
        {
            day
        }
        _ => text,
    };
    let day: String = day.chars().filter(|one| *one != ' ').collect::<String>().replace('号', "日");
    if let Ok(Some(days)) = program.read_answer(fact, &day) {
        return Ok(days);
    }
    let parts = day.trim_end_matches('日').split(['-', '/', '.', '月']).filter(|part| !part.is_empty());
    let (count, are_numbers) = parts
        .fold((0, true), |(count, all), part| (count + 1, all && part.bytes().all(|b| b.is_ascii_digit())));
    Err(if count == 2 && are_numbers { Wrong::NoYear } else { Wrong::Form })
}

/// An option by id or label; 安徽省 for 安徽 as well.
fn choice(options: &[(&str, &str)], text: &str) -> Option<i32> {
    let written = key(text);
    let exact = options.iter().position(|(id, label)| key(label) == written || id.eq_ignore_ascii_case(text));
    let found = exact.or_else(|| {
        let is_province = |label: &str| {
            written
                .strip_prefix(&key(label))
                .is_some_and(|rest| matches!(rest, "省" | "市") || rest.ends_with("自治区"))
        };
        options.iter().position(|(_, label)| is_province(label))
    });
    found.and_then(|option| i32::try_from(option).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::*;

    const DAY_0920: &str = "2024-09-20";

    fn check(fact: &str, cell: &Cell, expected: Result<Option<&str>, Wrong>) {
        let program = program();
        let index = program.fact_index(fact).expect("a fact");
        let read = read_answer(&program, index, cell)
            .map(|answer| answer.map(|answer| program.write_answer(index, answer)));
        assert_eq!(read, expected.map(|answer| answer.map(str::to_owned)), "{fact} {cell:?}");
    }

    fn texts(fact: &str, texts: &[&str], expected: Result<Option<&str>, Wrong>) {
        texts.iter().for_each(|text| check(fact, &Cell::text(text), expected));
    }

    #[test]
    fn nothing_known_is_never_an_answer() {
        for fact in ["budget", "planned", "good_share", "submit_date", "province"] {
            texts(fact, &["", "　", "—", "——", "/", "／", "待定", "暂不清楚", "N/A", "unknown"], Ok(None));
            check(fact, &Cell::Error("#N/A".into()), Err(Wrong::Form));
            check(fact, &Cell::Error("".into()), Err(Wrong::Form));
        }
    }

    #[test]
    fn yes_and_no() {
        texts("budget", &["是", " 是 ", "√", "Yes", "TRUE", "1", "１", "'是"], Ok(Some("yes")));
        texts("budget", &["否", "×", "no", "X", "0", "不是"], Ok(Some("no")));
        texts("budget", &["有", "无", "也许", "2", "是否"], Err(Wrong::Form));
        check("budget", &Cell::Boolean(true), Ok(Some("yes")));
        check("budget", &Cell::Number(0.0), Ok(Some("no")));
        check("budget", &Cell::Day(1), Err(Wrong::Form));
    }

    #[test]
    fn whole_numbers() {
        texts(
            "planned",
            &["1200", "1,200", "1，200 人", "１２００", "1200人", "1200名", "1200.0"],
            Ok(Some("1200")),
        );
        check("planned", &Cell::Number(60.0), Ok(Some("60")));
        texts(
            "planned",
            &["60.5", "约60", "12,00", ",200", "1,2000", "60%", "1e3", "六十"],
            Err(Wrong::Form),
        );
        texts("planned", &["-1", "20001"], Err(Wrong::Range));
        check("planned", &Cell::Number(60.5), Err(Wrong::Form));
        check("planned", &Cell::Number(f64::NAN), Err(Wrong::Form));
        check("planned", &Cell::Day(60), Err(Wrong::Form));
        check("planned", &Cell::Boolean(true), Err(Wrong::Form));
    }

    #[test]
    fn shares() {
        texts("good_share", &["45%", "45", "0.45", "45％", "４５ ％", "45.0%"], Ok(Some("45%")));
        check("good_share", &Cell::Number(0.45), Ok(Some("45%")));
        check("good_share", &Cell::Number(0.07), Ok(Some("7%")));
        check("good_share", &Cell::Number(1.0), Ok(Some("100%")));
        texts("good_share", &["1%"], Ok(Some("1%")));
        texts("good_share", &["1", "1.0"], Err(Wrong::OneOrAll));
        texts("good_share", &["0", "0%"], Ok(Some("0%")));
        texts("good_share", &["101%", "-5%", "9999999999"], Err(Wrong::Range));
        texts("good_share", &["一半", "33.333%", "45%%", ".", "1e1"], Err(Wrong::Form));
        check("good_share", &Cell::Number(1.0 / 3.0), Err(Wrong::Form));
    }

    #[test]
    fn days() {
        let forms = [
            "2024-09-20",
            "2024/9/20",
            "2024年9月20日",
            "2024 年 9 月 20 日",
            "2024.9.20",
            "20240920",
            "45555",
            "２０２４／９／２０",
            "2024/9/20 0:00",
            "2024-09-20T08:30:00",
            "2024年9月20号",
        ];
        texts("submit_date", &forms, Ok(Some(DAY_0920)));
        check("submit_date", &Cell::Number(45_555.0), Ok(Some(DAY_0920)));
        check("submit_date", &Cell::Number(45_555.75), Ok(Some(DAY_0920)));
        check("submit_date", &Cell::Day(19_986), Ok(Some(DAY_0920)));
        texts("submit_date", &["9月20日", "9-20", "9/20"], Err(Wrong::NoYear));
        texts(
            "submit_date",
            &["2024-02-30", "24-9-20", "明年", "20241340", "60", "2024年9月", "9月"],
            Err(Wrong::Form),
        );
        check("submit_date", &Cell::Boolean(true), Err(Wrong::Form));
        check("submit_date", &Cell::Day(-100_000), Err(Wrong::Range));
    }

    #[test]
    fn options() {
        texts("province", &["AH", "ah", "安徽", " 安 徽 ", "安徽省"], Ok(Some("AH")));
        texts("province", &["江西", "安", "安徽陕西", "0", "徽"], Err(Wrong::Form));
    }
}
