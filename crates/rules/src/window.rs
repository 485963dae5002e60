//! Where a day stands in a window: before it opens, inside, or after it has closed.

use crate::check::judge;
use crate::condition::{ConditionKind, Operand};
use crate::date::Date;
use crate::declaration::Declaration;
use crate::evaluate::Situation;
use crate::phrases::Phrase;
use crate::program::{Program, Relation, Shape, Step};
use crate::text::number;
use crate::truth::Truth;

/// A window and where a day stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowStatus {
    /// Its first day, where it has one.
    pub opens: Option<Date>,
    /// Its last day, where it has one.
    pub closes: Option<Date>,
    /// Where the day stands.
    pub state: WindowState,
}

/// Where a day stands in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowState {
    /// The window opens in so many days, one at least.
    NotYetOpen {
        /// Days until the first day.
        days: u32,
    },
    /// The day lies in the window.
    Open {
        /// Days until the last day, 0 on the day itself; `None` where the window does not close.
        days_left: Option<u32>,
    },
    /// The day is the last one, and the text leaves open whether that still counts.
    OnLastDay,
    /// The window has closed so many days ago, one at least.
    Closed {
        /// Days since the last day.
        days: u32,
    },
}

/// Where a day stands in the window that a condition is; `None` where the condition is no window, asks for more than a
/// plain span of days, or does not apply to the declaration.
pub fn window_status(
    program: &Program,
    declaration: &Declaration,
    document: usize,
    condition: usize,
    day: Date,
) -> Option<WindowStatus> {
    let scope = program.documents.get(document)?.scope;
    let of = program.condition(document, condition)?;
    let situation = Situation::new(program, declaration, None);
    if of.kind != ConditionKind::Window || judge(&situation, scope, of).applies == Truth::False {
        return None;
    }
    let Span { opens, closes, .. } = span(program, of.require)?;
    let days = |from: Date, to: Date| to.days().abs_diff(from.days());
    let state = match (opens, closes) {
        (Some(opens), _) if day < opens => WindowState::NotYetOpen { days: days(day, opens) },
        (_, Some(closes)) if day > closes => WindowState::Closed { days: days(closes, day) },
        (_, Some(closes)) if day == closes && of.boundary_unclear => WindowState::OnLastDay,
        _ => WindowState::Open { days_left: closes.map(|closes| days(day, closes)) },
    };
    Some(WindowStatus { opens, closes, state })
}

/// The days a requirement leaves to one date.
pub(crate) struct Span {
    /// Index of the fact that tells the day.
    pub(crate) fact: usize,
    /// First day.
    pub(crate) opens: Option<Date>,
    /// Last day.
    pub(crate) closes: Option<Date>,
}

/// The span of a test that compares one date with constants, and nothing else.
pub(crate) fn span(program: &Program, test: usize) -> Option<Span> {
    let (mut opens, mut closes, mut date) = (None, None, None);
    let end = program.nodes.get(test)?.end;
    for node in program.nodes.get(test..end)? {
        let (fact, low, high) = match &node.step {
            Step::All => continue,
            Step::Between { fact, low, high } => (*fact, Some(*low), Some(*high)),
            Step::Compare { fact, relation, operand } => match relation {
                Relation::AtLeast => (*fact, Some(*operand), None),
                Relation::AtMost => (*fact, None, Some(*operand)),
                Relation::Equal => (*fact, Some(*operand), Some(*operand)),
                _ => return None,
            },
            _ => return None,
        };
        if program.facts.get(fact)?.shape != Shape::Date || *date.get_or_insert(fact) != fact {
            return None;
        }
        for (operand, end) in [(low, &mut opens), (high, &mut closes)] {
            match operand {
                Some(Operand::Value(day)) if end.is_none() => *end = Some(Date::from_days(day)),
                Some(_) => return None,
                None => {}
            }
        }
    }
    date.map(|fact| Span { fact, opens, closes })
}

impl Program {
    /// Where a day stands in a window, in words: 尚未开始，还有 3 天.
    pub fn window_sentence(&self, state: WindowState) -> String {
        let (phrase, days) = match state {
            WindowState::NotYetOpen { days } => (Phrase::WindowNotYetOpen, days),
            WindowState::Open { days_left: None } => (Phrase::WindowOpen, 0),
            WindowState::Open { days_left: Some(0) } => (Phrase::WindowLastDay, 0),
            WindowState::Open { days_left: Some(days) } => (Phrase::WindowDaysLeft, days),
            WindowState::OnLastDay => (Phrase::WindowOnLastDay, 0),
            WindowState::Closed { days } => (Phrase::WindowClosed, days),
        };
        self.fill(phrase, &[&number(days.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Per;
    use crate::condition::{Comparison, Condition, Test};
    use crate::fixture::*;

    fn window(require: Test) -> Condition {
        Condition { kind: ConditionKind::Window, ..condition(Per::School, require) }
    }

    fn sentence(of: Condition, on: &str) -> Option<String> {
        let (program, declaration) = (program(of), plan(&[(PROVINCE, 0)], &[]));
        let day = Date::from_days(day(on));
        let status = window_status(&program, &declaration, 0, 0, day)?;
        Some(program.window_sentence(status.state))
    }

    fn value(text: &str) -> Operand {
        Operand::Value(day(text))
    }

    #[test]
    fn a_day_stands_before_in_or_after_a_window() {
        let span = || compare(DAY, Comparison::Between(value("2024-09-15"), value("2024-09-25")));
        let rows = [
            ("2024-09-14", "尚未开始，还有 1 天"),
            ("2024-09-15", "进行中，还剩 10 天"),
            ("2024-09-25", "进行中，当日截止"),
            ("2024-09-26", "已截止 1 天"),
            ("2026-09-25", "已截止 730 天"),
        ];
        for (on, expected) in rows {
            assert_eq!(sentence(window(span()), on).as_deref(), Some(expected), "{on}");
        }
        let unclear = Condition { boundary_unclear: true, ..window(span()) };
        let expected = "当日正好是期限，原文未写明是否包含当日";
        assert_eq!(sentence(unclear.clone(), "2024-09-25").as_deref(), Some(expected));
        assert_eq!(sentence(unclear, "2024-09-24").as_deref(), Some("进行中，还剩 1 天"));
    }

    #[test]
    fn a_window_may_lack_an_end_and_be_written_in_two_halves() {
        let until = || compare(DAY, Comparison::AtMost(value("2024-09-20")));
        let from = || compare(DAY, Comparison::AtLeast(value("2024-09-04")));
        assert_eq!(sentence(window(until()), "1999-01-01").as_deref(), Some("进行中，还剩 9394 天"));
        assert_eq!(sentence(window(from()), "2024-09-04").as_deref(), Some("进行中"));
        let both = window(Test::All(vec![from(), until()]));
        assert_eq!(sentence(both, "2024-09-03").as_deref(), Some("尚未开始，还有 1 天"));
        let day = window(compare(DAY, Comparison::Is(value("2024-09-20"))));
        assert_eq!(sentence(day, "2024-09-21").as_deref(), Some("已截止 1 天"));
    }

    #[test]
    fn what_is_no_plain_span_or_does_not_apply_has_no_state() {
        let until = || compare(DAY, Comparison::AtMost(value("2024-09-20")));
        assert_eq!(sentence(condition(Per::School, until()), "2024-09-20"), None);
        for require in [
            Test::ALWAYS,
            is(BUDGET, 1),
            Test::Any(vec![until(), until()]),
            Test::Not(Box::new(until())),
            Test::All(vec![until(), is(BUDGET, 1)]),
            compare(DAY, Comparison::AtMost(Operand::Fact(DAY))),
        ] {
            assert_eq!(sentence(window(require), "2024-09-20"), None);
        }
        let (program, today) = (program(window(until())), Date::from_days(day("2024-09-20")));
        let status = |given: &[(usize, i32)]| window_status(&program, &plan(given, &[]), 0, 0, today);
        assert!(status(&[(PROVINCE, 1)]).is_none() && status(&[]).is_some());
    }
}
