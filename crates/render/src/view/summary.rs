//! The portal as every template sees it, under the name `portal`.
//!
//! It is [`content::Portal`] without the texts of the policy documents, which only their own pages need: handing
//! thousands of texts to every template would cost more memory than the portal itself.

use content::{
    CertificateCatalogue, FaqTopic, Level, LinkGroup, PolicyDocument, Portal, ProvincialGuide, Scenario,
    Settings, Status, SynonymGroup, Term, Update, Window,
};
use rules::{Date, Ruleset};
use serde::Serialize;

/// What templates see as `portal`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Summary<'a> {
    settings: &'a Settings,
    policies: Vec<PolicySummary<'a>>,
    guides: &'a [ProvincialGuide],
    faq: &'a [FaqTopic],
    link_groups: &'a [LinkGroup],
    certificates: &'a CertificateCatalogue,
    glossary: &'a [Term],
    updates: &'a [Update],
    synonyms: &'a [SynonymGroup],
    ruleset: &'a Ruleset,
    scenarios: &'a [Scenario],
    windows: &'a [Window],
}

/// A policy document without its text and notes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PolicySummary<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    short_title: &'a str,
    number: &'a str,
    issuer: &'a str,
    issued: Option<Date>,
    level: Level,
    province: &'a str,
    province_name: &'a str,
    year: i32,
    status: Status,
    status_note: &'a str,
    summary: &'a str,
}

impl<'a> From<&'a PolicyDocument> for PolicySummary<'a> {
    fn from(document: &'a PolicyDocument) -> Self {
        Self {
            id: &document.id,
            url: &document.url,
            title: &document.title,
            short_title: &document.short_title,
            number: &document.number,
            issuer: &document.issuer,
            issued: document.issued,
            level: document.level,
            province: &document.province,
            province_name: &document.province_name,
            year: document.year,
            status: document.status,
            status_note: &document.status_note,
            summary: &document.summary,
        }
    }
}

impl<'a> From<&'a Portal> for Summary<'a> {
    fn from(portal: &'a Portal) -> Self {
        Self {
            settings: &portal.settings,
            policies: portal.policies.iter().map(PolicySummary::from).collect(),
            guides: &portal.guides,
            faq: &portal.faq,
            link_groups: &portal.link_groups,
            certificates: &portal.certificates,
            glossary: &portal.glossary,
            updates: &portal.updates,
            synonyms: &portal.synonyms,
            ruleset: &portal.ruleset,
            scenarios: &portal.scenarios,
            windows: &portal.windows,
        }
    }
}
