//! The windows of current documents as iCalendar (RFC 5545), for the calendars of phones and offices to subscribe to: one file
//! for all of them, one for each province.

use content::{Portal, Window};
use rules::Date;

use crate::artifact::Artifact;
use crate::output_path::InvalidOutputPath;
use crate::page::chinese_span;
use crate::view::ProvinceWindows;

/// Where the calendar of all provinces stands.
pub(crate) const WHOLE_CALENDAR: &str = "calendar/windows.ics";

/// The calendar of all windows, then one for each province that has a file of its own.
pub(crate) fn calendars(
    portal: &Portal,
    provinces: &[ProvinceWindows],
) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let title = &portal.settings.short_title;
    let all = file(WHOLE_CALENDAR, title, portal, |_| true)?;
    let each = provinces.iter().filter(|province| !province.calendar_file.is_empty()).map(|province| {
        let title = format!("{title}（{}）", province.name);
        file(&province.calendar_file, &title, portal, |window| window.province == province.code)
    });
    [Ok(all)].into_iter().chain(each).collect()
}

fn file(
    path: &str,
    title: &str,
    portal: &Portal,
    belongs: impl Fn(&Window) -> bool,
) -> Result<Artifact, InvalidOutputPath> {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Zhinan//windows//ZH".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("X-WR-CALNAME:{}", escape(title)),
    ];
    let current = portal.windows.iter().filter(|window| !window.archived && belongs(window));
    lines.extend(current.flat_map(|window| event(portal, window)));
    lines.push("END:VCALENDAR".to_owned());
    let text: String = lines.iter().map(|line| fold(line)).collect();
    Ok(Artifact { path: path.parse()?, bytes: text.into_bytes() })
}

/// The lines of an event; none where no day is known. A window of which one end is open is that single day.
fn event(portal: &Portal, window: &Window) -> Vec<String> {
    let Some(first) = window.opens.or(window.closes) else { return Vec::new() };
    let last = window.closes.unwrap_or(first);
    let settings = &portal.settings;
    let summary = format!("{} {}", window.province_name, window.title);
    let span = chinese_span(window.opens, window.closes);
    let description = format!("{span}。{}\n{}", window.citation.quote, settings.disclaimer);
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@zhinan", window.condition.replace('/', ".")),
        format!("DTSTAMP:{}T000000Z", compact(settings.checked)),
        format!("DTSTART;VALUE=DATE:{}", compact(first)),
        format!("DTEND;VALUE=DATE:{}", compact(Date::from_days(last.days() + 1))),
        format!("SUMMARY:{}", escape(&summary)),
        format!("DESCRIPTION:{}", escape(&description)),
    ];
    // A property that needs an absolute address (RFC 5545, 3.8.4.6).
    if !settings.base_url.is_empty() {
        lines.push(format!("URL:{}{}", settings.base_url, window.citation.url));
    }
    // A day does not make anybody busy.
    lines.extend(["TRANSP:TRANSPARENT".to_owned(), "END:VEVENT".to_owned()]);
    lines
}

fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A content line, folded after at most 75 octets, with its line end.
fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > 75 {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(character);
        octets += character.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use crate::view::windows_by_province;

    fn texts(portal: &Portal) -> Vec<(String, String)> {
        calendars(portal, &windows_by_province(portal, Date::from_days(20_000)))
            .expect("the names are paths")
            .into_iter()
            .map(|file| (file.path.to_string(), String::from_utf8(file.bytes).expect("it is text")))
            .collect()
    }

    #[test]
    fn a_long_line_is_folded_between_characters() {
        let folded = fold(&"政".repeat(40));
        assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded:?}");
        assert_eq!(folded.replace("\r\n ", "").trim_end(), "政".repeat(40));
    }

    #[test]
    fn an_event_ends_on_the_day_after_the_last() {
        let (path, calendar) = &texts(&sample::portal())[0];
        assert_eq!(path, WHOLE_CALENDAR);
        let days = "DTSTART;VALUE=DATE:20240904\r\nDTEND;VALUE=DATE:20241008\r\n";
        assert!(calendar.contains(days), "{calendar}");
    }

    #[test]
    fn a_province_has_its_own_windows_and_no_others() {
        let mut portal = sample::portal();
        let mut other = portal.windows[0].clone();
        (other.condition, other.province, other.province_name) =
            ("ah-2024/window".into(), "AH".into(), "安徽省".into());
        portal.windows.push(other);
        let files = texts(&portal);
        let events = |path: &str| {
            let file = files.iter().find(|(name, _)| name == path).expect("it is written");
            file.1.matches("BEGIN:VEVENT").count()
        };
        assert_eq!((events(WHOLE_CALENDAR), events("calendar/sx.ics"), events("calendar/ah.ics")), (2, 1, 1));
    }

    #[test]
    fn without_an_address_events_have_none() {
        let mut portal = sample::portal();
        assert!(texts(&portal)[0].1.contains("URL:https://example.cn/guide/policies/sx-2024/#s1-1"));
        portal.settings.base_url = String::new();
        assert!(!texts(&portal)[0].1.contains("URL:"));
    }
}
