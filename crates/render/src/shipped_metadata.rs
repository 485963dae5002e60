//! What the pages of the shipped templates tell search engines and those who share them.

use std::collections::BTreeSet;

use content::Portal;
use serde_json::Value;

use crate::Flavour;
use crate::shipped::{attributes, made_by_shipped_templates, pages, portal_of_shipped_templates, resolve};
use crate::{Artifact, sample};

const BASE: &str = "https://example.cn/guide/";

/// What schema.org or those who read it ask of each type; a type that is not here is not one of ours.
const REQUIRED: [(&str, &[&str]); 21] = [
    ("AdministrativeArea", &["name"]),
    ("Answer", &["text"]),
    ("BreadcrumbList", &["itemListElement"]),
    ("ContactPoint", &["telephone", "contactType"]),
    ("Country", &["name"]),
    ("DataDownload", &["contentUrl", "encodingFormat"]),
    ("Dataset", &["name", "description", "url", "distribution"]),
    ("DefinedTerm", &["name", "description", "url"]),
    ("DefinedTermSet", &["name", "url", "hasDefinedTerm"]),
    ("EntryPoint", &["urlTemplate"]),
    ("FAQPage", &["name", "url", "mainEntity"]),
    ("GovernmentOrganization", &["name"]),
    (
        "GovernmentService",
        &["name", "serviceType", "provider", "areaServed", "availableChannel", "subjectOf"],
    ),
    ("Legislation", &["name", "url"]),
    ("ListItem", &["position", "name"]),
    ("Organization", &["name"]),
    ("Question", &["name", "url", "acceptedAnswer"]),
    ("SearchAction", &["target", "query-input"]),
    ("ServiceChannel", &["name"]),
    ("WebPage", &["name", "url", "isBasedOn"]),
    ("WebSite", &["name", "url", "description", "potentialAction"]),
];

/// The one part of a page between two marks.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Option<&'a str> {
    html.split_once(start)?.1.split_once(end).map(|(part, _)| part)
}

fn title(html: &str) -> &str {
    between(html, "<title>", "</title>").expect("a title")
}

fn description(html: &str) -> &str {
    between(html, "<meta name=\"description\" content=\"", "\"").expect("a description")
}

fn canonical(html: &str) -> Option<&str> {
    between(html, "<link rel=\"canonical\" href=\"", "\"")
}

/// Width of a title as search engines show it, a Han character being one.
fn width(text: &str) -> f32 {
    text.chars().map(|character| if character.is_ascii() { 0.5 } else { 1.0 }).sum()
}

fn records(html: &str) -> Vec<Value> {
    let Some(text) = between(html, "<script type=\"application/ld+json\">", "</script>") else {
        return Vec::new();
    };
    let data: Value = serde_json::from_str(text).expect("the block is JSON");
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().expect("a list of records").clone()
}

/// Visits every object of a record.
fn each_object(value: &Value, visit: &mut dyn FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            object.values().for_each(|part| each_object(part, visit));
        }
        Value::Array(items) => items.iter().for_each(|part| each_object(part, visit)),
        _ => {}
    }
}

/// Addresses of a record that are the portal's own.
fn addresses(object: &serde_json::Map<String, Value>) -> Vec<&str> {
    ["url", "item", "contentUrl", "urlTemplate"]
        .into_iter()
        .filter_map(|name| object.get(name).and_then(Value::as_str))
        .collect()
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The words of a page's body.
fn shown(html: &str) -> String {
    let body = html.split_once("<body").expect("a body").1;
    without_spaces(&crate::view::plain_text(body))
}

fn is_made(artifacts: &[Artifact], path: &str) -> bool {
    artifacts.iter().any(|artifact| artifact.path.as_str() == path)
}

#[test]
fn titles_and_descriptions_are_short_and_no_two_are_alike() {
    let artifacts = portal_of_shipped_templates(Flavour::Site);
    let mut titles = BTreeSet::new();
    let mut descriptions = BTreeSet::new();
    for (path, html) in pages(&artifacts) {
        assert!(width(title(html)) <= 60.0 && !title(html).is_empty(), "{path}: {}", title(html));
        let length = description(html).chars().count();
        assert!((1..=160).contains(&length), "{path}: {}", description(html));
        assert!(titles.insert(title(html)), "{path}: {} is the title of another page, too", title(html));
        assert!(descriptions.insert(description(html)), "{path}: {} is another page's", description(html));
    }
}

#[test]
fn descriptions_that_are_not_an_authors_say_enough() {
    let authors =
        ["faq/account/index.html", "index.html", "policies/sx-2024/index.html", "provinces/sx/index.html"];
    for (path, html) in
        pages(&portal_of_shipped_templates(Flavour::Site)).filter(|(path, _)| !authors.contains(path))
    {
        // The sample's names are few and short; a real portal adds its own.
        assert!(description(html).chars().count() >= 28, "{path}: {}", description(html));
    }
}

#[test]
fn a_page_without_a_description_gets_the_portals() {
    let mut portal = sample::portal();
    portal.policies[0].summary = String::new();
    let artifacts = made_by_shipped_templates(&portal, Flavour::Site);
    let (_, html) =
        pages(&artifacts).find(|(path, _)| *path == "policies/sx-2024/index.html").expect("the page");
    assert_eq!(description(html), "陕西 2024 年通知。说明");
}

#[test]
fn a_listed_page_has_its_canonical_address_and_stands_in_the_site_map() {
    let artifacts = portal_of_shipped_templates(Flavour::Site);
    let site_map =
        artifacts.iter().find(|artifact| artifact.path.as_str() == "sitemap.xml").expect("it is made");
    let site_map = std::str::from_utf8(&site_map.bytes).expect("it is text");
    let mut listed = 0;
    for (path, html) in pages(&artifacts) {
        let address = format!("{BASE}{}", path.trim_end_matches("index.html"));
        let is_hidden = html.contains("<meta name=\"robots\" content=\"noindex\">");
        assert_eq!(is_hidden, path == "404.html" || path == "offline.html", "{path}");
        assert_eq!(canonical(html), (!is_hidden).then_some(address.as_str()), "{path}");
        assert_eq!(between(html, "<meta property=\"og:url\" content=\"", "\""), canonical(html), "{path}");
        assert_eq!(site_map.contains(&format!("<loc>{address}</loc>")), !is_hidden, "{path}");
        listed += usize::from(!is_hidden);
    }
    assert_eq!(site_map.matches("<url>").count(), listed);
}

#[test]
fn structured_data_has_what_is_required_of_it_and_says_what_the_page_shows() {
    let artifacts = portal_of_shipped_templates(Flavour::Site);
    let mut seen = BTreeSet::new();
    for (path, html) in pages(&artifacts) {
        let shown = shown(html);
        for found in records(html) {
            each_object(&found, &mut |object| {
                let kind = object["@type"].as_str().expect("a type");
                let (known, required) = REQUIRED
                    .iter()
                    .find(|(name, _)| *name == kind)
                    .unwrap_or_else(|| panic!("{path}: {kind}"));
                seen.insert(*known);
                for name in *required {
                    assert!(object.contains_key(*name), "{path}: {kind} has no {name}");
                }
                for address in addresses(object) {
                    let inside = address.strip_prefix(BASE).unwrap_or_else(|| panic!("{path}: {address}"));
                    let file = resolve("index.html", inside.split(['#', '?']).next().unwrap_or_default());
                    assert!(is_made(&artifacts, &file), "{path}: {address} leads nowhere");
                }
                let words: &[&str] = match kind {
                    "Answer" => &["text"],
                    "DefinedTerm" => &["name", "description"],
                    "GovernmentOrganization" | "ListItem" | "Question" | "ServiceChannel" => &["name"],
                    "GovernmentService" => &["name", "description"],
                    "Legislation" => &["name", "legislationIdentifier"],
                    _ => &[],
                };
                for name in words {
                    let said = object.get(*name).and_then(Value::as_str).unwrap_or_default();
                    assert!(
                        shown.contains(&without_spaces(said)),
                        "{path} does not show {kind}.{name}: {said}"
                    );
                }
            });
        }
    }
    for kind in [
        "BreadcrumbList",
        "Dataset",
        "DefinedTermSet",
        "FAQPage",
        "GovernmentService",
        "Legislation",
        "SearchAction",
        "WebSite",
    ] {
        assert!(seen.contains(kind), "no page has a {kind}");
    }
}

#[test]
fn a_page_is_shared_with_a_picture() {
    for (path, html) in pages(&portal_of_shipped_templates(Flavour::Site)) {
        let image = between(html, "<meta property=\"og:image\" content=\"", "\"");
        let start = match path {
            "404.html" | "offline.html" => None,
            "provinces/sx/index.html" => Some("https://example.cn/guide/assets/share-sx."),
            _ => Some("https://example.cn/guide/assets/share."),
        };
        assert_eq!(image.is_some(), start.is_some(), "{path}");
        assert!(image.unwrap_or_default().starts_with(start.unwrap_or_default()), "{path}: {image:?}");
    }
}

#[test]
fn every_page_below_others_has_its_breadcrumb_as_data() {
    for (path, html) in pages(&portal_of_shipped_templates(Flavour::Site)) {
        let has_trail = html.contains("class=\"wrap breadcrumb\"");
        let has_data = records(html).iter().any(|record| record["@type"] == "BreadcrumbList");
        assert_eq!(has_trail, has_data, "{path}");
    }
}

#[test]
fn a_portal_without_an_address_names_none() {
    let portal = {
        let mut portal: Portal = sample::portal();
        portal.settings.base_url = String::new();
        portal
    };
    let artifacts = made_by_shipped_templates(&portal, Flavour::Site);
    assert!(!is_made(&artifacts, "sitemap.xml"));
    for (path, html) in pages(&artifacts) {
        assert!(!html.contains("rel=\"canonical\"") && !html.contains("og:"), "{path}");
        for found in records(html) {
            each_object(&found, &mut |object| {
                for address in addresses(object) {
                    let file = resolve(path, address.split(['#', '?']).next().unwrap_or_default());
                    assert!(is_made(&artifacts, &file), "{path}: {address} leads nowhere");
                }
            });
        }
        assert_eq!(attributes(html, "property").len(), 0, "{path}");
    }
}
