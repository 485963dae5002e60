//! A day of the Gregorian calendar, without time or zone.

use std::fmt;
use std::str::FromStr;

use crate::answer::read_date;
use crate::text::number;

/// A day, counted from 1970-01-01, which is day 0. Only the years 1900 to 2199 are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// A text that is not a day of the form `2024-09-04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDate;

impl fmt::Display for InvalidDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a date of the form 2024-09-04")
    }
}

impl std::error::Error for InvalidDate {}

impl Date {
    /// The day of this year, month (1–12) and day of month, or `None` where the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1900..=2199).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        if day == 0 || day > days_in_month(year, month) {
            return None;
        }
        // Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let shifted_year = if month <= 2 { year - 1 } else { year };
        let era = shifted_year.div_euclid(400);
        let year_of_era = shifted_year.rem_euclid(400);
        let month_from_march = (month as i32 + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// The day that stands `days` after 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, month (1–12) and day of month.
    pub fn year_month_day(self) -> (i32, u32, u32) {
        // In 64 bits, so that no number of days can overflow.
        let shifted = i64::from(self.0) + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u32;
        let year = (year_of_era + era * 400) as i32 + i32::from(month <= 2);
        (year, month, day)
    }

    /// The day in Chinese: `2024年9月4日`.
    pub fn chinese(self) -> String {
        crate::answer::show_date(self, ["年", "月", "日"])
    }

    /// ISO 8601: `2024-09-04`.
    pub fn iso(self) -> String {
        let (year, month, day) = self.year_month_day();
        let mut text = number(year.into());
        for part in [month, day] {
            text.push_str(if part < 10 { "-0" } else { "-" });
            text.push_str(&number(part.into()));
        }
        text
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    /// ISO 8601: `2024-09-04`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.iso())
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    /// Takes `2024-09-04` alone; two digits for month and day are required.
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let date = read_date(text).map(Self).ok_or(InvalidDate)?;
        if date.iso() == text { Ok(date) } else { Err(InvalidDate) }
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_survives_the_way_to_a_number_and_back() {
        let first = Date::new(1900, 1, 1).expect("a day");
        let last = Date::new(2199, 12, 31).expect("a day");
        for days in first.days()..=last.days() {
            let (year, month, day) = Date::from_days(days).year_month_day();
            assert_eq!(Date::new(year, month, day), Some(Date::from_days(days)));
        }
        assert_eq!(Date::new(1970, 1, 1), Some(Date::from_days(0)));
    }

    #[test]
    fn text_must_be_a_real_day() {
        assert_eq!("2024-09-04".parse::<Date>().map(|date| date.to_string()), Ok("2024-09-04".to_owned()));
        assert_eq!("2024-02-29".parse::<Date>().map(Date::chinese), Ok("2024年2月29日".to_owned()));
        for wrong in [
            "2023-02-29",
            "2024-9-4",
            "2024/09/04",
            "2024-13-01",
            "2024-00-01",
            "",
            "04-09-2024",
            "2024-09-04-1",
        ] {
            assert_eq!(wrong.parse::<Date>(), Err(InvalidDate), "{wrong}");
        }
    }
}
