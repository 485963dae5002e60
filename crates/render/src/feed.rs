//! The changes of the portal as an Atom feed (RFC 4287), for readers and for other portals.

use std::fmt::Write;

use content::{Portal, Settings};
use rules::Date;

use crate::artifact::Artifact;
use crate::output_path::InvalidOutputPath;
use crate::xml::escape_xml;

/// Where the feed stands.
pub(crate) const FEED_FILE: &str = "updates/feed.xml";

/// The way from the feed to the root, for addresses where the portal's own is not known.
const TO_ROOT: &str = "../";

/// Most entries of the feed: readers ask for the whole file again and again, and keep what they had.
const MOST_ENTRIES: usize = 50;

/// The feed of the latest updates, newest first.
pub(crate) fn feed(portal: &Portal) -> Result<Artifact, InvalidOutputPath> {
    let settings = &portal.settings;
    let newest = portal.updates.first().map_or(settings.checked, |update| update.date);
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n",
    );
    let _ = writeln!(text, "<id>{}</id>", id(settings, ""));
    let _ = writeln!(text, "<title>{}</title>", escape_xml(&format!("{} 更新", settings.short_title)));
    let _ = writeln!(text, "<subtitle>{}</subtitle>", escape_xml(&settings.disclaimer));
    let _ = writeln!(text, "<updated>{}</updated>", instant(newest));
    let _ = writeln!(text, "<author><name>{}</name></author>", escape_xml(author(settings)));
    let _ = writeln!(
        text,
        "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
        link(settings, "updates/")
    );
    if !settings.base_url.is_empty() {
        let _ = writeln!(
            text,
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
            link(settings, FEED_FILE)
        );
    }
    for update in portal.updates.iter().take(MOST_ENTRIES) {
        let _ = write!(
            text,
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            id(settings, &update.id),
            escape_xml(&update.title),
            instant(update.date),
            link(settings, &update.page_url),
            escape_xml(&update.text),
        );
    }
    text.push_str("</feed>\n");
    Ok(Artifact { path: FEED_FILE.parse()?, bytes: text.into_bytes() })
}

/// Stays the same when a title or text is mended, and where the portal's address is known also when it is built elsewhere.
fn id(settings: &Settings, update: &str) -> String {
    let anchor = if update.is_empty() { String::new() } else { format!("#{update}") };
    if settings.base_url.is_empty() {
        format!("urn:zhinan:updates{}", anchor.replace('#', ":"))
    } else {
        escape_xml(&format!("{}updates/{anchor}", settings.base_url))
    }
}

fn link(settings: &Settings, path: &str) -> String {
    let base = if settings.base_url.is_empty() { TO_ROOT } else { &settings.base_url };
    escape_xml(&format!("{base}{path}"))
}

fn author(settings: &Settings) -> &str {
    if settings.maintainer.is_empty() { &settings.short_title } else { &settings.maintainer }
}

/// Updates have days, Atom wants instants (RFC 3339): the beginning of the day in China.
fn instant(day: Date) -> String {
    format!("{day}T00:00:00+08:00")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn text(portal: &Portal) -> String {
        String::from_utf8(feed(portal).expect("the name is a path").bytes).expect("it is text")
    }

    #[test]
    fn every_update_is_an_entry_with_escaped_words() {
        let feed = text(&sample::portal());
        assert_eq!(feed.matches("<entry>").count(), 1);
        assert!(feed.contains("<title>收录 &lt;陕西&gt; &amp; 安徽</title>"), "{feed}");
        assert!(feed.contains("<updated>2024-10-04T00:00:00+08:00</updated>"), "{feed}");
        assert!(feed.contains("href=\"https://example.cn/guide/updates/#first\""), "{feed}");
    }

    #[test]
    fn only_the_newest_are_told() {
        let mut portal = sample::portal();
        let first = portal.updates[0].clone();
        portal.updates = (0..MOST_ENTRIES + 9)
            .map(|number| content::Update { id: format!("n{number}"), ..first.clone() })
            .collect();
        let feed = text(&portal);
        assert_eq!(feed.matches("<entry>").count(), MOST_ENTRIES);
        assert!(
            feed.contains("#n0</id>") && feed.contains("#n49</id>") && !feed.contains("#n50</id>"),
            "{feed}"
        );
    }

    #[test]
    fn without_an_address_links_are_relative_to_the_feed() {
        let mut portal = sample::portal();
        portal.settings.base_url = String::new();
        let feed = text(&portal);
        assert!(
            feed.contains("<id>urn:zhinan:updates:first</id>") && feed.contains("href=\"../updates/#first\"")
        );
        assert!(!feed.contains("rel=\"self\""));
    }
}
