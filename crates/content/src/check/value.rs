//! What a written value means for a fact: `10 人`, `50%`, `2024-09-04`, `yes`, `安徽`.

use std::ops::Range;

use rules::{Date, Fact, FactKind, nearest};

use crate::fields::{Reporter, text_of};
use crate::problem::{FactProblem, ValueForm};
use crate::yaml::Node;

/// Reads the value of a scalar for a fact; a wrong one is reported.
pub(crate) fn value_of(fact: &Fact, node: &Node, reporter: &mut Reporter) -> Option<i32> {
    let text = text_of(node, reporter)?;
    match parse(fact, text.trim()) {
        Ok(value) => Some(value),
        Err(problem) => {
            reporter.report(node.span.clone(), problem);
            None
        }
    }
}

/// The value a text means for a fact, in the shape of [`FactKind`].
pub(crate) fn parse(fact: &Fact, text: &str) -> Result<i32, FactProblem> {
    let wrong =
        |expected| FactProblem::WrongValue { fact: fact.id.clone(), found: text.to_owned(), expected };
    match &fact.kind {
        FactKind::Boolean => match text {
            "yes" | "true" | "是" => Ok(1),
            "no" | "false" | "否" => Ok(0),
            _ => Err(wrong(ValueForm::YesNo)),
        },
        FactKind::Integer { min, max } => integer(fact, text, *min..=*max),
        FactKind::Total(_) => integer(fact, text, 0..=1 << 30),
        FactKind::Percent | FactKind::Ratio { .. } => percent(text).ok_or_else(|| wrong(ValueForm::Percent)),
        FactKind::Date => text.parse().map(Date::days).map_err(|_| wrong(ValueForm::Date)),
        FactKind::Choice { options } => options
            .iter()
            .position(|option| option.id == text || option.label == text)
            .map(|index| index as i32)
            .ok_or_else(|| {
                let ids = || options.iter().map(|option| option.id.as_str());
                let labels = options.iter().map(|option| option.label.as_str());
                FactProblem::UnknownOption {
                    fact: fact.id.clone(),
                    found: text.to_owned(),
                    suggestion: nearest(text, ids().chain(labels)).map(str::to_owned),
                    known: ids().map(str::to_owned).collect(),
                }
            }),
        FactKind::Text => Ok(0),
    }
}

fn integer(fact: &Fact, text: &str, range: std::ops::RangeInclusive<i32>) -> Result<i32, FactProblem> {
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(text.len());
    let unit = text[digits..].trim();
    let Ok(number) = text[..digits].parse::<i64>() else {
        return Err(FactProblem::WrongValue {
            fact: fact.id.clone(),
            found: text.to_owned(),
            expected: ValueForm::Integer,
        });
    };
    if !unit.is_empty() && unit != fact.unit {
        return Err(FactProblem::WrongUnit {
            fact: fact.id.clone(),
            found: unit.to_owned(),
            expected: fact.unit.clone(),
        });
    }
    i32::try_from(number).ok().filter(|number| range.contains(number)).ok_or_else(|| {
        FactProblem::OutOfRange {
            fact: fact.id.clone(),
            found: text.to_owned(),
            least: *range.start(),
            most: *range.end(),
        }
    })
}

/// `50%` is 5000 hundredths of a percent; two decimals are kept.
fn percent(text: &str) -> Option<i32> {
    let number = text.strip_suffix('%').or_else(|| text.strip_suffix('％'))?.trim();
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let value = whole.parse::<i32>().ok()? * 100 + format!("{decimals:0<2}").parse::<i32>().ok()?;
    (value <= 10_000).then_some(value)
}

/// The text of a value that reads back to the same value.
pub(crate) fn canonical(fact: &Fact, value: i32) -> String {
    match &fact.kind {
        FactKind::Boolean => if value == 0 { "no" } else { "yes" }.to_owned(),
        FactKind::Integer { .. } | FactKind::Total(_) | FactKind::Text => value.to_string(),
        FactKind::Percent | FactKind::Ratio { .. } => match value % 100 {
            0 => format!("{}%", value / 100),
            rest => format!("{}.{rest:02}%", value / 100),
        },
        FactKind::Date => Date::from_days(value).to_string(),
        FactKind::Choice { options } => usize::try_from(value)
            .ok()
            .and_then(|index| options.get(index))
            .map_or_else(String::new, |option| option.id.clone()),
    }
}

/// Reports a range whose end lies before its start.
pub(crate) fn check_range(low: i32, high: i32, span: Range<usize>, reporter: &mut Reporter) {
    if low > high {
        reporter.report(span, FactProblem::RangeReversed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_keep_two_decimals() {
        assert_eq!(percent("50%"), Some(5000));
        assert_eq!(percent("12.5 %"), Some(1250));
        assert_eq!(percent("0.05％"), Some(5));
        for wrong in ["50", "0.5", "101%", "-1%", "1.234%", "%", "a%"] {
            assert_eq!(percent(wrong), None, "{wrong}");
        }
    }
}
