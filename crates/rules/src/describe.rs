//! A test as a Chinese sentence, for pages and for the texts of the binary form. Runs at build time only.

use crate::answer::{percent, show_date, with_unit};
use crate::condition::{Comparison, Operand, Test};
use crate::date::Date;
use crate::fact::{Fact, FactKind, Ruleset};

/// What a test asks, as a Chinese sentence without a full stop; a test that always holds gives an empty text.
pub fn describe(test: &Test, ruleset: &Ruleset) -> String {
    match test {
        Test::All(parts) => join(parts, "，且", ruleset),
        Test::Any(parts) => join(parts, "，或", ruleset),
        Test::Not(part) => format!("并非“{}”", describe(part, ruleset)),
        Test::Compare { fact, comparison } => match ruleset.facts.get(*fact) {
            Some(found) => comparison_text(found, comparison, ruleset),
            None => String::new(),
        },
    }
}

fn join(parts: &[Test], between: &str, ruleset: &Ruleset) -> String {
    let texts: Vec<String> = parts
        .iter()
        .map(|part| {
            let text = describe(part, ruleset);
            let group = matches!(part, Test::All(inner) | Test::Any(inner) if inner.len() > 1);
            if group && parts.len() > 1 { format!("（{text}）") } else { text }
        })
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(between)
}

fn comparison_text(fact: &Fact, comparison: &Comparison, ruleset: &Ruleset) -> String {
    let label = &fact.label;
    let operand = |operand: &Operand| match operand {
        Operand::Value(value) => show(fact, *value),
        Operand::Fact(other) => {
            ruleset.facts.get(*other).map_or_else(String::new, |other| other.label.clone())
        }
    };
    let list = |values: &[i32]| values.iter().map(|value| show(fact, *value)).collect::<Vec<_>>();
    let is_date = fact.kind == FactKind::Date;
    let is_share = matches!(fact.kind, FactKind::Percent | FactKind::Ratio { .. });
    match comparison {
        Comparison::Is(right) => format!("{label}为{}", operand(right)),
        Comparison::OneOf(values) => format!("{label}为{}", list(values).join("或")),
        Comparison::NoneOf(values) => format!("{label}不是{}", list(values).join("、")),
        Comparison::AtLeast(right) if is_date => format!("{label}不早于{}", operand(right)),
        Comparison::AtMost(right) if is_date => format!("{label}不晚于{}", operand(right)),
        Comparison::MoreThan(right) if is_date => format!("{label}晚于{}", operand(right)),
        Comparison::LessThan(right) if is_date => format!("{label}早于{}", operand(right)),
        Comparison::AtLeast(right) if is_share => format!("{label}不低于{}", operand(right)),
        Comparison::AtMost(right) if is_share => format!("{label}不高于{}", operand(right)),
        Comparison::MoreThan(right) if is_share => format!("{label}高于{}", operand(right)),
        Comparison::LessThan(right) if is_share => format!("{label}低于{}", operand(right)),
        Comparison::AtLeast(right) => format!("{label}不少于{}", spaced(&operand(right))),
        Comparison::AtMost(right) => format!("{label}不多于{}", spaced(&operand(right))),
        Comparison::MoreThan(right) => format!("{label}多于{}", spaced(&operand(right))),
        Comparison::LessThan(right) => format!("{label}少于{}", spaced(&operand(right))),
        Comparison::Between(low, high) => format!("{label}在{}至{}之间", operand(low), operand(high)),
    }
}

/// A space before a number, none before a word.
fn spaced(text: &str) -> String {
    if text.starts_with(|first: char| first.is_ascii_digit()) { format!(" {text}") } else { text.to_owned() }
}

/// A constant in the shape of a fact as people read it.
fn show(fact: &Fact, value: i32) -> String {
    match &fact.kind {
        FactKind::Boolean => if value == 0 { "“否”" } else { "“是”" }.to_owned(),
        FactKind::Percent | FactKind::Ratio { .. } => percent(value),
        FactKind::Date => show_date(Date::from_days(value), ["年", "月", "日"]),
        FactKind::Choice { options } => usize::try_from(value)
            .ok()
            .and_then(|value| options.get(value))
            .map_or_else(String::new, |option| format!("“{}”", option.label)),
        FactKind::Integer { .. } | FactKind::Total(_) | FactKind::Text => with_unit(value, &fact.unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::*;

    #[test]
    fn tests_read_as_sentences() {
        let value = Operand::Value;
        let rows = [
            (is(BUDGET, 1), "经费列入预算为“是”"),
            (is(PROVINCE, 1), "所在省份为“陕西”"),
            (compare(FACILITIES, Comparison::OneOf(vec![0, 1])), "实训设施为“自有”或“租用”"),
            (compare(FACILITIES, Comparison::NoneOf(vec![2])), "实训设施不是“尚不具备”"),
            (compare(PLANNED, Comparison::AtLeast(Operand::Fact(LEAST))), "计划人数不少于开考最低人数"),
            (compare(PLANNED, Comparison::LessThan(value(10))), "计划人数少于 10 人"),
            (compare(DUAL_SHARE, Comparison::AtLeast(value(5000))), "“双师型”教师占比不低于50%"),
            (
                compare(DAY, Comparison::Between(value(day("2024-09-15")), value(day("2024-09-25")))),
                "计划提交日期在2024年9月15日至2024年9月25日之间",
            ),
            (compare(DAY, Comparison::AtMost(value(day("2024-03-25")))), "计划提交日期不晚于2024年3月25日"),
            (Test::All(vec![]), ""),
            (
                Test::All(vec![is(BUDGET, 1), Test::Any(vec![is(MEETING, 1), is(PROVINCE, 0)])]),
                "经费列入预算为“是”，且（校长办公会研究为“是”，或所在省份为“安徽”）",
            ),
            (Test::Not(Box::new(is(BUDGET, 0))), "并非“经费列入预算为“否””"),
        ];
        let ruleset = ruleset(Vec::new());
        for (test, expected) in rows {
            assert_eq!(describe(&test, &ruleset), expected);
        }
    }
}
