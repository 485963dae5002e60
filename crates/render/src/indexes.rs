//! Files for machines that look after the whole portal: site map, robots, the manifest of hashes.

use std::collections::BTreeMap;
use std::fmt::Write;

use content::Portal;
use rules::Date;

use crate::artifact::Artifact;
use crate::made::Made;
use crate::output_path::InvalidOutputPath;
use crate::page::Page;
use crate::xml::escape_xml;

/// What sitemaps.org allows, less some bytes for head and end.
const MOST: Most = Most { addresses: 50_000, bytes: 50 * 1024 * 1024 - 1024 };

/// `sitemap.xml`, where there is too much for one file an index of `sitemap-1.xml` and so on; none when the portal's
/// own address is not known, since a site map needs absolute addresses.
pub(crate) fn sitemap(portal: &Portal, pages: &[Page<'_>]) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let base_url = &portal.settings.base_url;
    if base_url.is_empty() {
        return Ok(Vec::new());
    }
    let listed: Vec<String> =
        pages.iter().filter(|page| page.listed).map(|page| format!("{base_url}{}", page.head.path)).collect();
    site_maps(base_url, &listed, portal.settings.checked, MOST)
}

/// How much one site map may hold.
#[derive(Debug, Clone, Copy)]
struct Most {
    addresses: usize,
    bytes: usize,
}

/// Site maps that hold at most so much each, all of whose pages were last changed on the day that the texts were compared.
fn site_maps(
    base_url: &str,
    addresses: &[String],
    changed: Date,
    most: Most,
) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let file = |name: &str, text: String| {
        Ok::<_, InvalidOutputPath>(Artifact { path: name.parse()?, bytes: text.into_bytes() })
    };
    let mut parts = parts(&lines("url", addresses, changed), most);
    if parts.len() <= 1 {
        return Ok(vec![file("sitemap.xml", list_of("urlset", &parts.pop().unwrap_or_default()))?]);
    }
    let names: Vec<String> = (1..=parts.len()).map(|number| format!("sitemap-{number}.xml")).collect();
    let mut files = Vec::new();
    for (name, part) in names.iter().zip(&parts) {
        files.push(file(name, list_of("urlset", part))?);
    }
    let of_parts: Vec<String> = names.iter().map(|name| format!("{base_url}{name}")).collect();
    let index = list_of("sitemapindex", &lines("sitemap", &of_parts, changed).concat());
    files.push(file("sitemap.xml", index)?);
    Ok(files)
}

fn lines(item: &str, addresses: &[String], changed: Date) -> Vec<String> {
    let line = |address: &String| {
        format!("<{item}><loc>{}</loc><lastmod>{changed}</lastmod></{item}>\n", escape_xml(address))
    };
    addresses.iter().map(line).collect()
}

/// The lines, together as far as there is room.
fn parts(lines: &[String], most: Most) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut count = 0;
    for line in lines {
        match parts.last_mut() {
            Some(part) if count < most.addresses && part.len() + line.len() <= most.bytes => {
                part.push_str(line);
                count += 1;
            }
            _ => {
                parts.push(line.clone());
                count = 1;
            }
        }
    }
    parts
}

fn list_of(list: &str, lines: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{list} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{lines}</{list}>\n"
    )
}

/// `robots.txt`: everything may be read.
pub(crate) fn robots(portal: &Portal) -> Result<Artifact, InvalidOutputPath> {
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if !portal.settings.base_url.is_empty() {
        let _ = writeln!(text, "Sitemap: {}sitemap.xml", portal.settings.base_url);
    }
    Ok(Artifact { path: "robots.txt".parse()?, bytes: text.into_bytes() })
}

/// Where [`manifest`] is.
pub(crate) const MANIFEST: &str = "assets/manifest.json";

/// The SHA-256 of every file by its path, for those who carry the portal by hand.
pub(crate) fn manifest(made: &[Made]) -> Result<Artifact, InvalidOutputPath> {
    let hashes: BTreeMap<&str, &str> =
        made.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
    let text = format!("{:#}\n", serde_json::json!({ "sha256": hashes }));
    Ok(Artifact { path: MANIFEST.parse()?, bytes: text.into_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn text(artifact: Artifact) -> String {
        String::from_utf8(artifact.bytes).expect("it is text")
    }

    #[test]
    fn too_many_addresses_make_an_index() {
        let addresses: Vec<String> = (0..5).map(|number| format!("https://a.cn/{number}/?a&b")).collect();
        let day = Date::from_days(20_000);
        let made = |addresses_of_one, bytes| {
            let most = Most { addresses: addresses_of_one, bytes };
            site_maps("https://a.cn/", &addresses, day, most).expect("the names are paths")
        };
        assert_eq!(made(5, 1_000).len(), 1);
        let line = lines("url", &addresses[..1], day)[0].len();
        assert_eq!(made(2, 1_000), made(5, 2 * line), "bytes part them as well");
        let files = made(2, 1_000);
        let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        let texts: Vec<String> = files.into_iter().map(text).collect();
        assert_eq!(texts.iter().map(|text| text.matches("<url>").count()).collect::<Vec<_>>(), [2, 2, 1, 0]);
        assert!(
            texts[2].contains("<loc>https://a.cn/4/?a&amp;b</loc><lastmod>2024-10-04</lastmod>"),
            "{}",
            texts[2]
        );
        assert!(texts[3].contains("<sitemap><loc>https://a.cn/sitemap-3.xml</loc>"), "{}", texts[3]);
    }

    #[test]
    fn there_is_no_site_map_without_an_address() {
        let mut portal = sample::portal();
        portal.settings.base_url = String::new();
        assert_eq!(sitemap(&portal, &[]), Ok(Vec::new()));
        assert_eq!(text(robots(&portal).expect("the name is a path")), "User-agent: *\nDisallow:\n");
    }
}
