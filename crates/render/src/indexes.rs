//! Files for machines that look after the whole portal: site map, robots, calendar, the manifest of hashes.

use std::collections::BTreeMap;
use std::fmt::Write;

use content::{Portal, Window};
use rules::Date;

use crate::artifact::Artifact;
use crate::assets::sha256_hex;
use crate::output_path::InvalidOutputPath;
use crate::page::Page;

/// Where the calendar for other programs stands.
pub(crate) const CALENDAR_FILE: &str = "calendar/windows.ics";

/// `sitemap.xml`; none when the portal's own address is not known, since a site map needs absolute addresses.
pub(crate) fn sitemap(portal: &Portal, pages: &[Page<'_>]) -> Result<Option<Artifact>, InvalidOutputPath> {
    let base_url = &portal.settings.base_url;
    if base_url.is_empty() {
        return Ok(None);
    }
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages.iter().filter(|page| page.listed) {
        let address = escape_xml(&format!("{base_url}{}", page.head.path));
        let _ =
            writeln!(text, "<url><loc>{address}</loc><lastmod>{}</lastmod></url>", portal.settings.checked);
    }
    text.push_str("</urlset>\n");
    Ok(Some(Artifact { path: "sitemap.xml".parse()?, bytes: text.into_bytes() }))
}

/// `robots.txt`: everything may be read.
pub(crate) fn robots(portal: &Portal) -> Result<Artifact, InvalidOutputPath> {
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if !portal.settings.base_url.is_empty() {
        let _ = writeln!(text, "Sitemap: {}sitemap.xml", portal.settings.base_url);
    }
    Ok(Artifact { path: "robots.txt".parse()?, bytes: text.into_bytes() })
}

/// The windows of current documents as iCalendar (RFC 5545), for calendars to subscribe to.
pub(crate) fn calendar(portal: &Portal) -> Result<Artifact, InvalidOutputPath> {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Zhinan//windows//ZH".to_owned(),
        format!("X-WR-CALNAME:{}", escape_ics(&portal.settings.short_title)),
    ];
    let stamp = compact(portal.settings.checked);
    for window in portal.windows.iter().filter(|window| !window.archived) {
        if let Some((first, last)) = ends(window) {
            lines.extend([
                "BEGIN:VEVENT".to_owned(),
                format!("UID:{}@zhinan", window.condition.replace('/', ".")),
                format!("DTSTAMP:{stamp}T000000Z"),
                format!("DTSTART;VALUE=DATE:{}", compact(first)),
                format!("DTEND;VALUE=DATE:{}", compact(Date::from_days(last.days() + 1))),
                format!("SUMMARY:{}", escape_ics(&format!("{} {}", window.province_name, window.title))),
                format!("DESCRIPTION:{}", escape_ics(&window.citation.quote)),
                format!("URL:{}{}", portal.settings.base_url, window.citation.url),
                "END:VEVENT".to_owned(),
            ]);
        }
    }
    lines.push("END:VCALENDAR".to_owned());
    let text: String = lines.iter().map(|line| fold(line)).collect();
    Ok(Artifact { path: CALENDAR_FILE.parse()?, bytes: text.into_bytes() })
}

/// `assets/manifest.json`: the SHA-256 of every artifact by its path, for those who carry the portal by hand.
pub(crate) fn manifest(artifacts: &[Artifact]) -> Result<Artifact, InvalidOutputPath> {
    let hashes: BTreeMap<&str, String> =
        artifacts.iter().map(|artifact| (artifact.path.as_str(), sha256_hex(&artifact.bytes))).collect();
    let text = format!("{:#}\n", serde_json::json!({ "sha256": hashes }));
    Ok(Artifact { path: "assets/manifest.json".parse()?, bytes: text.into_bytes() })
}

/// First and last day of an event; a window of which one end is open is that single day.
fn ends(window: &Window) -> Option<(Date, Date)> {
    let first = window.opens.or(window.closes)?;
    Some((first, window.closes.unwrap_or(first)))
}

fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn escape_ics(text: &str) -> String {
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

    fn text(artifact: Artifact) -> String {
        String::from_utf8(artifact.bytes).expect("it is text")
    }

    #[test]
    fn a_long_line_is_folded_between_characters() {
        let folded = fold(&"政".repeat(40));
        assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded:?}");
        assert_eq!(folded.replace("\r\n ", "").trim_end(), "政".repeat(40));
    }

    #[test]
    fn the_calendar_ends_on_the_day_after_the_last() {
        let calendar = text(calendar(&sample::portal()).expect("the name is a path"));
        assert!(
            calendar.contains("DTSTART;VALUE=DATE:20240904\r\nDTEND;VALUE=DATE:20241008\r\n"),
            "{calendar}"
        );
    }

    #[test]
    fn there_is_no_site_map_without_an_address() {
        let mut portal = sample::portal();
        portal.settings.base_url = String::new();
        assert_eq!(sitemap(&portal, &[]), Ok(None));
        assert_eq!(text(robots(&portal).expect("the name is a path")), "User-agent: *\nDisallow:\n");
    }
}
