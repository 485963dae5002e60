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

/// Most addresses in one site map (sitemaps.org).
const MOST_ADDRESSES: usize = 50_000;

/// `sitemap.xml`, where there are too many addresses for it an index of `sitemap-1.xml` and so on; none when the portal's
/// own address is not known, since a site map needs absolute addresses.
pub(crate) fn sitemap(portal: &Portal, pages: &[Page<'_>]) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let base_url = &portal.settings.base_url;
    if base_url.is_empty() {
        return Ok(Vec::new());
    }
    let listed: Vec<String> =
        pages.iter().filter(|page| page.listed).map(|page| format!("{base_url}{}", page.head.path)).collect();
    site_maps(base_url, &listed, portal.settings.checked, MOST_ADDRESSES)
}

/// Site maps of at most so many addresses each, all of which were last changed on the day that the texts were compared.
fn site_maps(
    base_url: &str,
    addresses: &[String],
    changed: Date,
    most: usize,
) -> Result<Vec<Artifact>, InvalidOutputPath> {
    if addresses.len() <= most {
        let text = list_of("urlset", "url", addresses, changed);
        return Ok(vec![Artifact { path: "sitemap.xml".parse()?, bytes: text.into_bytes() }]);
    }
    let mut files = Vec::new();
    let mut parts = Vec::new();
    for (index, part) in addresses.chunks(most).enumerate() {
        let name = format!("sitemap-{}.xml", index + 1);
        parts.push(format!("{base_url}{name}"));
        let text = list_of("urlset", "url", part, changed);
        files.push(Artifact { path: name.parse()?, bytes: text.into_bytes() });
    }
    let index = list_of("sitemapindex", "sitemap", &parts, changed);
    files.push(Artifact { path: "sitemap.xml".parse()?, bytes: index.into_bytes() });
    Ok(files)
}

fn list_of(list: &str, item: &str, addresses: &[String], changed: Date) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{list} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        let address = escape_xml(address);
        let _ = writeln!(text, "<{item}><loc>{address}</loc><lastmod>{changed}</lastmod></{item}>");
    }
    let _ = writeln!(text, "</{list}>");
    text
}

/// `robots.txt`: everything may be read.
pub(crate) fn robots(portal: &Portal) -> Result<Artifact, InvalidOutputPath> {
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if !portal.settings.base_url.is_empty() {
        let _ = writeln!(text, "Sitemap: {}sitemap.xml", portal.settings.base_url);
    }
    Ok(Artifact { path: "robots.txt".parse()?, bytes: text.into_bytes() })
}

/// `assets/manifest.json`: the SHA-256 of every file by its path, for those who carry the portal by hand.
pub(crate) fn manifest(made: &[&Made]) -> Result<Artifact, InvalidOutputPath> {
    let hashes: BTreeMap<&str, &str> =
        made.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
    let text = format!("{:#}\n", serde_json::json!({ "sha256": hashes }));
    Ok(Artifact { path: "assets/manifest.json".parse()?, bytes: text.into_bytes() })
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
        let one = site_maps("https://a.cn/", &addresses, day, 5).expect("the names are paths");
        assert_eq!(one.len(), 1);
        let files = site_maps("https://a.cn/", &addresses, day, 2).expect("the names are paths");
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
