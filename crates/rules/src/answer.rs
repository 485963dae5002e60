//! Answers as text: as people read them, as addresses carry them, and read back from what people type.

use crate::date::Date;
use crate::declaration::Declaration;
use crate::evaluate::Situation;
use crate::phrases::Phrase;
use crate::program::{Program, Shape};
use crate::text::{cut, fill, number, read_number};

/// A text that is no answer to the question it was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongForm;

impl Program {
    /// Reads an answer: 是 / 否 / yes / no, `60`, `60 人`, `45%`, `2024-09-20`, `2024/9/20`, `2024年9月20日`, the id
    /// or label of an option. Blank, `unknown` and 暂不清楚 are `None`.
    ///
    /// # Errors
    /// Where the text is none of these, or there is no such fact, or the fact is computed.
    pub fn read_answer(&self, fact: usize, text: &str) -> Result<Option<i32>, WrongForm> {
        let text = text.trim_ascii();
        let found = self.facts.get(fact).ok_or(WrongForm)?;
        if matches!(text, "" | "unknown" | "暂不清楚") {
            return Ok(None);
        }
        let answer = match &found.shape {
            Shape::Boolean => match text {
                "yes" | "是" | "true" | "1" => Some(1),
                "no" | "否" | "false" | "0" => Some(0),
                _ => None,
            },
            Shape::Integer { .. } => {
                read_number(text.strip_suffix(self.unit(fact)).unwrap_or(text).trim_ascii_end())
            }
            Shape::Percent => read_percent(text),
            Shape::Date => read_date(text),
            Shape::Choice { options } => {
                let options = || 0..*options as i32;
                options()
                    .find(|option| self.option_id(fact, *option) == text)
                    .or_else(|| options().find(|option| self.option_label(fact, *option) == text))
            }
            Shape::Text => return Ok(None),
            Shape::Ratio { .. } | Shape::Total { .. } => None,
        };
        answer.map(Some).ok_or(WrongForm)
    }

    /// An answer as addresses carry it: `yes`, `60`, `45%`, `2024-09-20`, the id of an option.
    pub fn write_answer(&self, fact: usize, answer: i32) -> String {
        match self.facts.get(fact).map(|fact| &fact.shape) {
            Some(Shape::Boolean) => if answer == 0 { "no" } else { "yes" }.to_owned(),
            Some(Shape::Percent) => percent(answer),
            Some(Shape::Date) => Date::from_days(answer).iso(),
            Some(Shape::Choice { .. }) => self.option_id(fact, answer).to_owned(),
            _ => number(i64::from(answer)),
        }
    }

    /// An answer as people read it: 是, `60 人`, `45%`, 2024年9月20日, the label of an option.
    pub fn show_answer(&self, fact: usize, answer: i32) -> String {
        match self.facts.get(fact).map(|fact| &fact.shape) {
            Some(Shape::Boolean) => {
                self.phrase(if answer == 0 { Phrase::No } else { Phrase::Yes }).to_owned()
            }
            Some(Shape::Percent) => percent(answer),
            Some(Shape::Date) => show_date(
                Date::from_days(answer),
                [self.phrase(Phrase::Year), self.phrase(Phrase::Month), self.phrase(Phrase::Day)],
            ),
            Some(Shape::Choice { .. }) => self.option_label(fact, answer).to_owned(),
            _ => with_unit(answer, self.unit(fact)),
        }
    }
}

/// The computed facts of a declaration whose value is known, with that value as people read it.
pub fn computed(program: &Program, declaration: &Declaration) -> Vec<(usize, String)> {
    let situation = Situation::new(program, declaration, None);
    let is_computed = |fact: &usize| matches!(program.facts.get(*fact), Some(found) if matches!(found.shape, Shape::Ratio { .. } | Shape::Total { .. }));
    let known = (0..program.fact_count()).filter(is_computed).filter(|fact| situation.value(*fact).is_some());
    known.map(|fact| (fact, situation.shown(fact))).collect()
}

impl Situation<'_> {
    /// The value of a fact as people read it, a share with its counts: 45%（18/40）.
    pub(crate) fn shown(&self, fact: usize) -> String {
        let not_given = || self.program.phrase(Phrase::NotGiven).to_owned();
        if let Some(Shape::Ratio { part, whole }) = self.program.facts.get(fact).map(|fact| &fact.shape) {
            let (Some(above), Some(below)) = (self.answer(*part), self.answer(*whole)) else {
                return not_given();
            };
            if below <= 0 {
                return not_given();
            }
            // Rounded down, so that a share just below a limit never reads as if it reached it.
            let scaled = i64::from(above) * 1_000;
            let tenths = scaled / i64::from(below);
            let about = if scaled % i64::from(below) == 0 { "" } else { self.program.phrase(Phrase::About) };
            let hundredths = i32::try_from(tenths * 10).unwrap_or(i32::MAX);
            let share = about.to_owned() + &percent(hundredths);
            return self
                .program
                .fill(Phrase::ShareOf, &[&share, &number(above.into()), &number(below.into())]);
        }
        let value = match self.program.facts.get(fact).map(|fact| &fact.shape) {
            Some(Shape::Total { count, facts }) => self.total(*count, facts),
            _ => self.answer(fact),
        };
        value.map_or_else(not_given, |answer| self.program.show_answer(fact, answer))
    }

    /// A sentence of the author with each `「fact label」` replaced by the value of that fact.
    pub(crate) fn fill_placeholders(&self, sentence: &str) -> String {
        let mut filled = String::new();
        let mut rest = sentence;
        while let Some((before, after)) = cut(rest, "「") {
            filled.push_str(before);
            let named = cut(after, "」").and_then(|(label, after)| {
                let fact =
                    (0..self.program.fact_count()).find(|fact| self.program.fact_label(*fact) == label)?;
                Some((fact, after))
            });
            if let Some((fact, after)) = named {
                filled.push_str(&self.shown(fact));
                rest = after;
            } else {
                filled.push('「');
                rest = after;
            }
        }
        filled.push_str(rest);
        filled
    }
}

/// A number with its unit: `60 人`.
pub(crate) fn with_unit(value: i32, unit: &str) -> String {
    let mut text = number(value.into());
    if !unit.is_empty() {
        text.push(' ');
        text.push_str(unit);
    }
    text
}

/// Hundredths of a percent as text: 5000 is `50%`, 4550 is `45.5%`.
pub(crate) fn percent(hundredths: i32) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    let mut text = sign.to_owned() + &number((size / 100).into());
    let rest = size % 100;
    if rest != 0 {
        text.push('.');
        text.push_str(&number((rest / 10).into()));
        if !rest.is_multiple_of(10) {
            text.push_str(&number((rest % 10).into()));
        }
    }
    text.push('%');
    text
}

/// A day with the words for year, month and day.
pub(crate) fn show_date(date: Date, words: [&str; 3]) -> String {
    let (year, month, day) = date.year_month_day();
    fill(
        "______",
        &[&number(year.into()), words[0], &number(month.into()), words[1], &number(day.into()), words[2]],
    )
}

fn read_percent(text: &str) -> Option<i32> {
    let text = text.strip_suffix("%").or(text.strip_suffix("％")).unwrap_or(text).trim_ascii_end();
    let (whole, rest) = cut(text, ".").unwrap_or((text, "0"));
    let hundredths = match rest.len() {
        1 => read_number(rest)? * 10,
        2 => read_number(rest)?,
        _ => return None,
    };
    if text.starts_with("-") || hundredths < 0 {
        return None;
    }
    read_number(whole)?.checked_mul(100)?.checked_add(hundredths)
}

/// A day as people write it.
pub(crate) fn read_date(text: &str) -> Option<i32> {
    let text = text.strip_suffix("日").unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let [year, month, day] = [year, month, day].map(read_number);
    Some(Date::new(year?, u32::try_from(month?).ok()?, u32::try_from(day?).ok()?)?.days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Test;
    use crate::fixture::*;

    #[test]
    fn answers_are_read_in_the_forms_people_write() {
        let program = program(condition(crate::Per::School, Test::ALWAYS));
        let rows = [
            (BUDGET, "是", Ok(Some(1))),
            (BUDGET, "no", Ok(Some(0))),
            (BUDGET, "暂不清楚", Ok(None)),
            (BUDGET, "也许", Err(WrongForm)),
            (TEAM, " 40 ", Ok(Some(40))),
            (TEAM, "40 人", Ok(Some(40))),
            (TEAM, "40人", Ok(Some(40))),
            (TEAM, "", Ok(None)),
            (TEAM, "4.5", Err(WrongForm)),
            (TEAM, "99999999999", Err(WrongForm)),
            (GOOD_SHARE, "50%", Ok(Some(5000))),
            (GOOD_SHARE, "45.5％", Ok(Some(4550))),
            (GOOD_SHARE, "33.33", Ok(Some(3333))),
            (GOOD_SHARE, "33.333%", Err(WrongForm)),
            (GOOD_SHARE, "-1%", Err(WrongForm)),
            (GOOD_SHARE, "99999999%", Err(WrongForm)),
            (DAY, "2024-09-20", Ok(Some(day("2024-09-20")))),
            (DAY, "2024/9/20", Ok(Some(day("2024-09-20")))),
            (DAY, "2024年9月20日", Ok(Some(day("2024-09-20")))),
            (DAY, "2024-02-30", Err(WrongForm)),
            (DAY, "9-20", Err(WrongForm)),
            (PROVINCE, "SX", Ok(Some(1))),
            (PROVINCE, "陕西", Ok(Some(1))),
            (PROVINCE, "江西", Err(WrongForm)),
            (DUAL_SHARE, "50%", Err(WrongForm)),
            (99, "1", Err(WrongForm)),
        ];
        for (fact, text, expected) in rows {
            assert_eq!(program.read_answer(fact, text), expected, "{fact} {text}");
            if let Ok(Some(answer)) = expected {
                assert_eq!(program.read_answer(fact, &program.write_answer(fact, answer)), expected);
                assert_eq!(program.read_answer(fact, &program.show_answer(fact, answer)), expected);
            }
        }
    }

    #[test]
    fn what_is_computed_is_told_once_it_is_known() {
        let program = program(condition(crate::Per::School, Test::ALWAYS));
        let told =
            |given: &[(usize, i32)], lines: &[&[(usize, i32)]]| computed(&program, &plan(given, lines));
        assert_eq!(told(&[(TEAM, 40)], &[]), []);
        let known = told(&[(TEAM, 40), (DUAL, 18)], &[&[(PLANNED, 60)], &[(PLANNED, 40)]]);
        let text = |text: &str| text.to_owned();
        assert_eq!(
            known,
            [(DUAL_SHARE, text("45%（18/40）")), (LINES, text("2 个")), (PLANNED_SUM, text("100 人"))]
        );
    }

    #[test]
    fn placeholders_become_answers() {
        let program = program(condition(crate::Per::School, Test::ALWAYS));
        let filled = |text: &str, given: &[(usize, i32)]| {
            Situation::new(&program, &plan(given, &[]), None).fill_placeholders(text)
        };
        assert_eq!(filled("共 「团队人数」，「经费列入预算」", &[(TEAM, 40)]), "共 40 人，（未填）");
        assert_eq!(filled("占「“双师型”教师占比」", &[(TEAM, 40), (DUAL, 18)]), "占45%（18/40）");
        assert_eq!(filled("占「“双师型”教师占比」", &[(TEAM, 3), (DUAL, 1)]), "占约 33.3%（1/3）");
        assert_eq!(
            filled("占「“双师型”教师占比」", &[(TEAM, 10_000), (DUAL, 4_999)]),
            "占约 49.9%（4999/10000）"
        );
        assert_eq!(filled("「没有这个」「团队人数", &[(TEAM, 40)]), "「没有这个」「团队人数");
    }
}
