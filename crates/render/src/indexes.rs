//! Files for machines that look after the whole portal: site map, robots, the manifest of hashes.

use std::collections::BTreeMap;
use std::fmt::Write;

use content::Portal;

use crate::artifact::Artifact;
use crate::assets::sha256_hex;
use crate::output_path::InvalidOutputPath;
use crate::page::Page;

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

/// `assets/manifest.json`: the SHA-256 of every artifact by its path, for those who carry the portal by hand.
pub(crate) fn manifest(artifacts: &[Artifact]) -> Result<Artifact, InvalidOutputPath> {
    let hashes: BTreeMap<&str, String> =
        artifacts.iter().map(|artifact| (artifact.path.as_str(), sha256_hex(&artifact.bytes))).collect();
    let text = format!("{:#}\n", serde_json::json!({ "sha256": hashes }));
    Ok(Artifact { path: "assets/manifest.json".parse()?, bytes: text.into_bytes() })
}

pub(crate) fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn text(artifact: Artifact) -> String {
        String::from_utf8(artifact.bytes).expect("it is text")
    }

    #[test]
    fn there_is_no_site_map_without_an_address() {
        let mut portal = sample::portal();
        portal.settings.base_url = String::new();
        assert_eq!(sitemap(&portal, &[]), Ok(None));
        assert_eq!(text(robots(&portal).expect("the name is a path")), "User-agent: *\nDisallow:\n");
    }
}
