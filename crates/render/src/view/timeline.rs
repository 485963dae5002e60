//! A timeline of windows: bars over months, in the units of a drawing 860 wide.

use content::Window;
use rules::Date;
use serde::Serialize;

/// The drawing. Coordinates are units of its own; the template draws them one to one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Timeline {
    /// Width.
    pub(crate) width: i32,
    /// Height.
    pub(crate) height: i32,
    /// Where the axis lies.
    pub(crate) axis_y: i32,
    /// First days of months.
    pub(crate) months: Vec<Month>,
    /// One per window, in order.
    pub(crate) bars: Vec<Bar>,
}

/// The first day of a month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Month {
    /// Where it lies.
    pub(crate) x: i32,
    /// `3月`, with the year in January and at the beginning; empty where months are too narrow for their names.
    pub(crate) label: String,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Bar {
    /// Left end.
    pub(crate) x: i32,
    /// Top.
    pub(crate) y: i32,
    /// Width, at least wide enough to be seen.
    pub(crate) width: i32,
    /// Where its text begins or ends.
    pub(crate) text_x: i32,
    /// The text ends at `text_x` because it would not fit behind it.
    pub(crate) text_ends: bool,
    /// Its base line.
    pub(crate) text_y: i32,
    /// Title and days.
    pub(crate) label: String,
    /// Only the last day is known.
    pub(crate) deadline: bool,
}

const WIDTH: i32 = 860;
const MARGIN: i32 = 8;
const ROW: i32 = 44;
const AXIS: i32 = 32;
const NARROWEST: i32 = 6;
/// Width of a character of the labels, which are set at 14.
const EM: f32 = 14.0;

/// Draws windows; none when there is nothing to draw or it would span more than three years.
pub(crate) fn timeline(windows: &[&Window]) -> Option<Timeline> {
    let days = || windows.iter().flat_map(|window| [window.opens, window.closes]).flatten();
    let (first, last) = (days().min()?, days().max()?);
    let start = first_of_month(first, 0)?;
    let end = first_of_month(last, 1)?;
    let span = end.days() - start.days();
    if span > 3 * 366 {
        return None;
    }
    let x = |day: Date| MARGIN + (day.days() - start.days()) * (WIDTH - 2 * MARGIN) / span;
    let bars =
        windows.iter().enumerate().map(|(row, window)| bar(window, AXIS + ROW * row as i32, x)).collect();
    Some(Timeline {
        width: WIDTH,
        height: AXIS + ROW * windows.len() as i32 + MARGIN,
        axis_y: AXIS - MARGIN,
        months: months(start, end, x),
        bars,
    })
}

fn bar(window: &Window, top: i32, x: impl Fn(Date) -> i32) -> Bar {
    let next_day = |day: Date| Date::from_days(day.days() + 1);
    let right = window.closes.map_or(WIDTH - MARGIN, |day| x(next_day(day)));
    let left = window.opens.map_or(right - NARROWEST, &x);
    let label = format!("{}　{}", window.title, crate::page::chinese_span(window.opens, window.closes));
    let label_width = (super::text_width::width_in_ems(&label) * EM) as i32;
    let text_ends = left + label_width > WIDTH - MARGIN;
    Bar {
        x: left,
        y: top + 24,
        width: (right - left).max(NARROWEST),
        text_x: if text_ends { right.max(label_width + MARGIN) } else { left },
        text_ends,
        text_y: top + 18,
        label,
        deadline: window.opens.is_none(),
    }
}

fn months(start: Date, end: Date, x: impl Fn(Date) -> i32) -> Vec<Month> {
    let mut months = Vec::new();
    let mut day = start;
    let count = (end.days() - start.days()) / 28;
    let every = 1 + count / 14;
    while day < end {
        let (year, month, _) = day.year_month_day();
        let label = match months.len() as i32 % every {
            0 if month == 1 || months.is_empty() => format!("{year}年{month}月"),
            0 => format!("{month}月"),
            _ => String::new(),
        };
        months.push(Month { x: x(day), label });
        let Some(next) = first_of_month(day, 1) else { break };
        day = next;
    }
    months
}

/// The first day of the month that is this many months after the day's own.
fn first_of_month(day: Date, after: u32) -> Option<Date> {
    let (year, month, _) = day.year_month_day();
    let index = month - 1 + after;
    Date::new(year + (index / 12) as i32, index % 12 + 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(opens: &str, closes: &str) -> Window {
        Window {
            condition: "a/b".into(),
            title: "院校申报".into(),
            province: String::new(),
            province_name: String::new(),
            actor: rules::Actor::School,
            opens: opens.parse().ok(),
            closes: closes.parse().ok(),
            archived: false,
            citation: crate::sample::citation(),
        }
    }

    #[test]
    fn bars_lie_within_the_drawing() {
        let windows =
            [window("2024-03-22", "2024-04-02"), window("", "2024-12-31"), window("2024-12-20", "")];
        let drawing = timeline(&windows.iter().collect::<Vec<_>>()).expect("there are days");
        assert_eq!(drawing.months.len(), 10);
        assert_eq!(drawing.months[0].label, "2024年3月");
        for bar in &drawing.bars {
            assert!(bar.x >= 0 && bar.x + bar.width <= drawing.width, "{bar:?}");
            assert!(bar.width >= NARROWEST && bar.y < drawing.height);
        }
        assert!(drawing.bars[1].deadline && drawing.bars[1].text_ends);
    }

    #[test]
    fn nothing_to_draw_is_no_drawing() {
        assert_eq!(timeline(&[]), None);
        assert_eq!(timeline(&[&window("", "")]), None);
        assert_eq!(timeline(&[&window("2019-01-01", "2024-01-01")]), None);
    }
}
