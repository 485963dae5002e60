//! The checked portal: what every later stage reads.
//!
//! Everything in it is resolved. Texts are plain text unless a field's name ends in `html`; `url` fields are relative
//! to the portal's root, without a leading slash. A file for each sort of record; here is what holds them together.

mod check;
mod faq;
mod guide;
mod lists;
mod policy;

use rules::{Date, Ruleset};
use serde::Serialize;

use crate::statement::Statement;

pub use self::check::*;
pub use self::faq::*;
pub use self::guide::*;
pub use self::lists::*;
pub use self::policy::*;

/// A whole portal, with every reference resolved.
#[derive(Debug, Clone, Serialize)]
pub struct Portal {
    /// From `portal.yaml`.
    pub settings: Settings,
    /// Sorted: current before archived, newer before older, then by id.
    pub policies: Vec<PolicyDocument>,
    /// In the order given by `order`, then by id.
    pub guides: Vec<ProvincialGuide>,
    /// Topics of `faq/topics.yaml` that have entries, in order.
    pub faq: Vec<FaqTopic>,
    /// Groups of `links.yaml`.
    pub link_groups: Vec<LinkGroup>,
    /// From `certificates.yaml`.
    pub certificates: CertificateCatalogue,
    /// From `glossary.yaml`.
    pub glossary: Vec<Term>,
    /// From `updates.yaml`, newest first.
    pub updates: Vec<Update>,
    /// From `synonyms.yaml`.
    pub synonyms: Vec<SynonymGroup>,
    /// From `check/`: facts, conditions.
    pub ruleset: Ruleset,
    /// From `check/*/statements.yaml`: everything the documents say, each with who accounts for it.
    pub statements: Vec<Statement>,
    /// From `check/*/scenarios.yaml`.
    pub scenarios: Vec<Scenario>,
    /// Windows drawn from the conditions of kind `window`, by opening day.
    pub windows: Vec<Window>,
}

/// What holds for the whole portal.
#[derive(Debug, Clone, Serialize)]
pub struct Settings {
    /// Full title.
    pub title: String,
    /// Title for the header and for page titles.
    pub short_title: String,
    /// One sentence.
    pub description: String,
    /// Absolute address the portal is published at, with a slash at its end; empty when not known.
    pub base_url: String,
    /// Day on which the texts were last compared with their sources.
    pub checked: Date,
    /// Shown on every page: that this is not an official site.
    pub disclaimer: String,
    /// Shown with every result of the check.
    pub check_disclaimer: String,
    /// Who maintains the portal; may be empty.
    pub maintainer: String,
    /// Browsers may keep pages for reading without a connection; `false` takes away what they have kept.
    pub offline: bool,
    /// The portal has pages that tell how its content is written.
    pub authoring_guide: bool,
    /// Paragraphs of the about page, HTML.
    pub about_html: String,
}
