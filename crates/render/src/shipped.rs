//! The templates that come with the program, held to what every page promises.

use std::collections::BTreeSet;

use crate::{Artifact, Assets, Flavour, RenderOptions, Templates, render, sample};

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../templates/", $name)))),*]
    };
}

/// The sample portal by the templates that come with the program.
pub(crate) fn portal_of_shipped_templates(flavour: Flavour) -> Vec<Artifact> {
    made_by_shipped_templates(&sample::portal(), flavour)
}

/// This portal by the templates that come with the program.
pub(crate) fn made_by_shipped_templates(portal: &content::Portal, flavour: Flavour) -> Vec<Artifact> {
    let templates = Templates::new(shipped![
        "404.html",
        "about.html",
        "authoring.html",
        "authoring_page.html",
        "updates.html",
        "style.html",
        "site_map.html",
        "compare.html",
        "accessibility.html",
        "base.html",
        "batch.html",
        "calendar.html",
        "certificates.html",
        "check.html",
        "condition.html",
        "conditions.html",
        "coverage.html",
        "coverage_document.html",
        "fact.html",
        "facts.html",
        "faq.html",
        "faq_topic.html",
        "glossary.html",
        "home.html",
        "interpretations.html",
        "links.html",
        "offline.html",
        "partials/components.html",
        "partials/mark.html",
        "policies.html",
        "policy.html",
        "policy_list.html",
        "province.html",
        "provinces.html",
        "search.html",
    ])
    .expect("the templates parse");
    let files = [
        "style.css/00-tokens.css",
        "favicon.svg",
        "pages/drawings.css",
        "pages/guide.css",
        "pages/home.css",
        "pages/policy.css",
        "pages/style.css",
        "pages/compare.css",
        "terms.js",
        "contents.js",
        "compare.js",
        "beside.js",
        "cite.js",
        "load.js",
        "modules.js",
        "noscript.css",
        "offline-page.js",
        "offline.js",
        "pages/authoring.css",
        "pages/batch.css",
        "pages/check-parts.css",
        "pages/check.css",
        "pages/conditions.css",
        "pages/search.css",
        "portable.js",
        "search-box.js",
        "search-directory.bin",
        "search-index.js",
        "search.js",
        "share-sx.png",
        "share.png",
        "site.js",
        "web_search.js",
        "web_search.wasm",
        "worker/kept.js",
        "worker/removed.js",
    ];
    let assets = Assets::new(files.map(|name| (name, Vec::new()))).expect("the names are paths");
    let options = RenderOptions { today: rules::Date::from_days(20_000), flavour };
    render(portal, &templates, &assets, &options).expect("every page can be made")
}

/// Path and text of every page.
pub(crate) fn pages(artifacts: &[Artifact]) -> impl Iterator<Item = (&str, &str)> {
    artifacts.iter().filter(|artifact| artifact.path.as_str().ends_with(".html")).map(|artifact| {
        (artifact.path.as_str(), std::str::from_utf8(&artifact.bytes).expect("a page is text"))
    })
}

/// Values of an attribute, in order.
pub(crate) fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_page_has_one_title_and_nothing_that_its_policy_forbids() {
    for (path, html) in pages(&portal_of_shipped_templates(Flavour::Site)) {
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert!(html.contains("<html lang=\"zh-CN\">") && html.contains("Content-Security-Policy"), "{path}");
        assert!(
            !html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="),
            "{path}"
        );
        // A script has an address; a data block, which nobody runs, has the one type that search engines read.
        let scripts = html.matches("<script").count();
        let data = html.matches("<script type=\"application/ld+json\">").count();
        assert_eq!(scripts, html.matches("<script src=").count() + data, "{path}");
        assert!(data <= 1, "{path}");
        assert!(html.contains("本站不是官方网站"), "{path} must say that it is not official");
    }
}

#[test]
fn no_page_has_an_id_twice() {
    for (path, html) in pages(&portal_of_shipped_templates(Flavour::Site)) {
        let mut ids = attributes(html, "id");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{path}");
    }
}

#[test]
fn every_link_within_the_portal_leads_to_a_page_and_an_anchor() {
    for flavour in [Flavour::Site, Flavour::Portable] {
        check_links(&portal_of_shipped_templates(flavour), flavour);
    }
}

/// Fails at the first link within the portal that leads nowhere.
pub(crate) fn check_links(artifacts: &[Artifact], flavour: Flavour) {
    let files: BTreeSet<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    let anchors: BTreeSet<String> = pages(artifacts)
        .flat_map(|(path, html)| attributes(html, "id").into_iter().map(move |id| format!("{path}#{id}")))
        .collect();
    for (path, html) in pages(artifacts) {
        for href in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            if href.contains("://") || href.starts_with("mailto:") || href.starts_with("tel:") {
                continue;
            }
            let (address, anchor) =
                href.split_once('#').map_or((href, ""), |(address, anchor)| (address, anchor));
            let address = address.split('?').next().unwrap_or_default();
            assert!(flavour == Flavour::Site || !address.ends_with('/'), "{path} links to the folder {href}");
            let file = resolve(path, address);
            assert!(files.contains(file.as_str()), "{path} links to {href}");
            // A fragment with answers is read by the check page.
            let answers = anchor.starts_with("v=1&amp;");
            assert!(
                answers || anchor.is_empty() || anchors.contains(&format!("{file}#{anchor}")),
                "{path} links to {href}"
            );
        }
    }
}

/// The file an address stands for, seen from the page at this path.
pub(crate) fn resolve(page: &str, address: &str) -> String {
    if address.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let address = match address.strip_prefix("/guide/") {
        Some(rest) if page == "404.html" => rest,
        _ => address,
    };
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    let file = parts.join("/");
    if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file }
}
