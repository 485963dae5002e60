//! What a page says of itself to programs: schema.org records as JSON-LD, in a data block that no browser runs.
//!
//! Only what the page shows is said, and nothing that would pass the portal off as an authority: a guide is a page of
//! the portal *about* a service of the authority, and a document is the authority's, not ours.

use content::{Contact, FaqEntry, FaqTopic, Level, PolicyDocument, Portal, ProvincialGuide, Term};
use serde_json::{Map, Value, json};

use super::plain_text::plain_text;
use crate::data;
use crate::page::PageHead;
use crate::share_image::guide_image;

/// What a page is about, beyond being a page.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// Nothing that schema.org has a word for.
    Nothing,
    /// The portal as a whole.
    Portal,
    /// A policy document.
    Policy(&'a PolicyDocument),
    /// A provincial guide.
    Guide(&'a ProvincialGuide),
    /// Questions with their answers.
    Questions(&'a FaqTopic),
    /// The terms of the glossary.
    Terms(&'a [Term]),
    /// The data files.
    Data,
}

impl Subject<'_> {
    /// Name of the asset with the picture of its own that it is shared with.
    pub(crate) fn share_image(&self) -> Option<String> {
        match self {
            Subject::Guide(guide) => Some(guide_image(&guide.id)),
            _ => None,
        }
    }
}

/// The records of a page as the text of a data block; empty when there are none. `base` goes before the addresses of the
/// portal: its own address, or what leads from this page to its root.
pub(crate) fn structured_data(portal: &Portal, page: &PageHead, base: &str, subject: Subject<'_>) -> String {
    let records = Records { portal, page, base };
    let mut graph = Vec::new();
    if !page.breadcrumbs.is_empty() {
        graph.push(records.breadcrumbs());
    }
    match subject {
        Subject::Nothing => {}
        Subject::Portal => graph.push(records.portal()),
        Subject::Policy(document) => graph.push(records.policy(document)),
        Subject::Guide(guide) => graph.push(records.guide(guide)),
        Subject::Questions(topic) => graph.push(records.questions(topic)),
        Subject::Terms(terms) => graph.push(records.terms(terms)),
        Subject::Data => graph.push(records.data()),
    }
    if graph.is_empty() {
        return String::new();
    }
    // Nothing in a text can end the block or open a comment in it when it has no `<`.
    json!({ "@context": "https://schema.org", "@graph": graph }).to_string().replace('<', "\\u003c")
}

struct Records<'a> {
    portal: &'a Portal,
    page: &'a PageHead,
    base: &'a str,
}

impl Records<'_> {
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn breadcrumbs(&self) -> Value {
        let above =
            self.page.breadcrumbs.iter().map(|crumb| (crumb.title.as_str(), Some(crumb.url.as_str())));
        let all = above.chain([(self.page.title.as_str(), None)]).enumerate();
        let items: Vec<Value> = all
            .map(|(index, (title, url))| {
                // The page itself needs no address.
                record(
                    "ListItem",
                    [
                        ("position", json!(index + 1)),
                        ("name", json!(title)),
                        ("item", url.map_or(Value::Null, |url| json!(self.url(url)))),
                    ],
                )
            })
            .collect();
        record("BreadcrumbList", [("itemListElement", json!(items))])
    }

    fn portal(&self) -> Value {
        let settings = &self.portal.settings;
        let target =
            record("EntryPoint", [("urlTemplate", json!(self.url("search/?q={search_term_string}")))]);
        let search = record(
            "SearchAction",
            [("target", target), ("query-input", json!("required name=search_term_string"))],
        );
        record(
            "WebSite",
            [
                ("name", json!(settings.title)),
                ("alternateName", json!(settings.short_title)),
                ("url", json!(self.url(""))),
                ("description", json!(settings.description)),
                ("disambiguatingDescription", json!(settings.disclaimer)),
                ("inLanguage", json!("zh-CN")),
                ("publisher", self.maintainer()),
                ("potentialAction", search),
            ],
        )
    }

    fn policy(&self, document: &PolicyDocument) -> Value {
        let jurisdiction = match document.level {
            Level::National => record("Country", [("name", json!("中国"))]),
            Level::Provincial => area(&document.province_name),
        };
        record(
            "Legislation",
            [
                ("name", json!(document.title)),
                ("legislationIdentifier", json!(document.number)),
                ("legislationDate", document.issued.map_or(Value::Null, |day| json!(day.to_string()))),
                ("legislationPassedBy", organisation(&document.issuer)),
                ("legislationJurisdiction", jurisdiction),
                ("inLanguage", json!("zh-CN")),
                ("url", json!(self.url(&document.url))),
                ("sameAs", json!(document.source_url)),
            ],
        )
    }

    /// A page about a service of an authority; of the national frame, which no counter serves, a page about its documents.
    fn guide(&self, guide: &ProvincialGuide) -> Value {
        let documents: Vec<Value> = guide
            .documents
            .iter()
            .map(|document| {
                record(
                    "Legislation",
                    [("name", json!(document.title)), ("url", json!(self.url(&document.url)))],
                )
            })
            .collect();
        let page = [
            ("name", json!(self.page.title)),
            ("url", json!(self.url(&guide.url))),
            ("disambiguatingDescription", json!(self.portal.settings.disclaimer)),
            ("isBasedOn", json!(documents)),
        ];
        if guide.code.is_empty() {
            return record("WebPage", page);
        }
        record(
            "GovernmentService",
            [
                ("name", json!(self.page.title)),
                ("serviceType", json!(self.portal.settings.title)),
                ("description", json!(guide.summary)),
                ("provider", organisation(&guide.authority)),
                ("areaServed", area(&guide.name)),
                ("availableChannel", json!(guide.contacts.iter().filter_map(channel).collect::<Vec<_>>())),
                ("subjectOf", record("WebPage", page)),
            ],
        )
    }

    fn questions(&self, topic: &FaqTopic) -> Value {
        let questions: Vec<Value> = topic.entries.iter().map(|entry| self.question(entry)).collect();
        record(
            "FAQPage",
            [
                ("name", json!(topic.title)),
                ("url", json!(self.url(&topic.url))),
                ("mainEntity", json!(questions)),
            ],
        )
    }

    fn question(&self, entry: &FaqEntry) -> Value {
        let answer = record("Answer", [("text", json!(plain_text(&entry.answer_html)))]);
        record(
            "Question",
            [
                ("name", json!(entry.question)),
                ("url", json!(self.url(&entry.url))),
                ("acceptedAnswer", answer),
            ],
        )
    }

    fn terms(&self, terms: &[Term]) -> Value {
        let terms: Vec<Value> = terms
            .iter()
            .map(|term| {
                record(
                    "DefinedTerm",
                    [
                        ("name", json!(term.term)),
                        ("alternateName", json!(term.also)),
                        ("description", json!(term.meaning)),
                        ("url", json!(format!("{}#{}", self.url(&self.page.path), term.id))),
                    ],
                )
            })
            .collect();
        record(
            "DefinedTermSet",
            [
                ("name", json!(format!("{}：{}", self.portal.settings.short_title, self.page.title))),
                ("url", json!(self.url(&self.page.path))),
                ("hasDefinedTerm", json!(terms)),
            ],
        )
    }

    fn data(&self) -> Value {
        let settings = &self.portal.settings;
        let files: Vec<Value> = data::FILES
            .iter()
            .map(|file| {
                record(
                    "DataDownload",
                    [
                        ("contentUrl", json!(self.url(file.path))),
                        ("encodingFormat", json!("application/json")),
                        ("description", json!(file.description)),
                    ],
                )
            })
            .collect();
        record(
            "Dataset",
            [
                ("name", json!(settings.title)),
                ("description", json!(format!("{}{}", settings.description, settings.disclaimer))),
                ("url", json!(format!("{}#data", self.url(&self.page.path)))),
                ("inLanguage", json!("zh-CN")),
                ("isAccessibleForFree", json!(true)),
                ("creator", self.maintainer()),
                ("distribution", json!(files)),
            ],
        )
    }

    fn maintainer(&self) -> Value {
        match self.portal.settings.maintainer.as_str() {
            "" => Value::Null,
            name => record("Organization", [("name", json!(name))]),
        }
    }
}

/// How an office can be reached; schema.org knows telephones, sites and addresses here, no mailboxes.
fn channel(contact: &Contact) -> Option<Value> {
    if contact.phones.is_empty() && contact.website.is_empty() && contact.address.is_empty() {
        return None;
    }
    let phones: Vec<Value> = contact
        .phones
        .iter()
        .map(|phone| {
            record("ContactPoint", [("telephone", json!(phone)), ("contactType", json!(contact.purpose))])
        })
        .collect();
    Some(record(
        "ServiceChannel",
        [
            ("name", json!(contact.name)),
            ("servicePhone", json!(phones)),
            ("serviceUrl", json!(contact.website)),
            ("servicePostalAddress", json!(contact.address)),
        ],
    ))
}

fn organisation(name: &str) -> Value {
    match name {
        "" => Value::Null,
        name => record("GovernmentOrganization", [("name", json!(name))]),
    }
}

fn area(name: &str) -> Value {
    record("AdministrativeArea", [("name", json!(name))])
}

/// A record of this type with those of the properties that have a value.
fn record<const N: usize>(kind: &str, properties: [(&str, Value); N]) -> Value {
    let is_there = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    let mut record = Map::from_iter([("@type".to_owned(), json!(kind))]);
    record.extend(
        properties
            .into_iter()
            .filter(|(_, value)| is_there(value))
            .map(|(name, value)| (name.to_owned(), value)),
    );
    Value::Object(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{self, Page};
    use crate::sample;

    const BASE: &str = "https://example.cn/guide/";

    fn records(portal: &Portal, page: &PageHead, subject: Subject<'_>) -> Vec<Value> {
        let text = structured_data(portal, page, BASE, subject);
        let value: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(value["@context"], "https://schema.org");
        value["@graph"].as_array().expect("a list").clone()
    }

    fn head(title: &str) -> PageHead {
        Page::new(page::ABOUT, "about/", title, "").below(&[("", "首页")]).head
    }

    #[test]
    fn no_text_can_end_the_block() {
        let portal = sample::portal();
        let evil = "</script><script>alert(1)</script><!--";
        let text = structured_data(&portal, &head(evil), BASE, Subject::Nothing);
        assert!(!text.contains('<'), "{text}");
        let found = records(&portal, &head(evil), Subject::Nothing);
        assert_eq!(found[0]["itemListElement"][1]["name"], evil, "it is still the same text");
    }

    #[test]
    fn a_page_about_nothing_with_no_page_above_says_nothing() {
        let alone = Page::new(page::NOT_FOUND, "404.html", "没有", "").head;
        assert_eq!(structured_data(&sample::portal(), &alone, BASE, Subject::Nothing), "");
    }

    #[test]
    fn a_document_is_its_issuers() {
        let mut portal = sample::portal();
        portal.policies[0].level = Level::National;
        let found = records(&portal, &head("文件"), Subject::Policy(&portal.policies[0]));
        let document = &found[1];
        assert_eq!(document["@type"], "Legislation");
        assert_eq!(document["name"], portal.policies[0].title);
        assert_eq!(document["legislationPassedBy"]["name"], portal.policies[0].issuer);
        assert_eq!(document["legislationJurisdiction"]["@type"], "Country");
        assert_eq!(document["url"], "https://example.cn/guide/policies/sx-2024/");
    }

    #[test]
    fn a_guide_is_a_page_about_a_service_and_says_that_it_is_not_official() {
        let mut portal = sample::portal();
        let found = records(&portal, &head("指南"), Subject::Guide(&portal.guides[0]));
        let service = &found[1];
        assert_eq!(service["@type"], "GovernmentService");
        assert_eq!(service["provider"]["name"], portal.guides[0].authority);
        assert!(service.get("url").is_none(), "the service's address is not ours");
        assert_eq!(service["subjectOf"]["disambiguatingDescription"], portal.settings.disclaimer);
        portal.guides[0].code = String::new();
        assert_eq!(records(&portal, &head("指南"), Subject::Guide(&portal.guides[0]))[1]["@type"], "WebPage");
    }

    #[test]
    fn what_has_no_value_is_not_said() {
        assert_eq!(
            record("Thing", [("name", json!("")), ("also", json!([])), ("when", Value::Null)]),
            json!({ "@type": "Thing" })
        );
    }
}
