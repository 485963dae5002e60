//! The small lists: `links.yaml`, `certificates.yaml`, `glossary.yaml`, `updates.yaml`, `synonyms.yaml`.

use crate::citation;
use crate::fields::{Fields, Reporter, date_of, list_of};
use crate::format::lists::{CATALOGUE, CERTIFICATE, LINK, LINK_GROUP, SYNONYMS, TERM, UPDATE};
use crate::guide::Anchors;
use crate::markdown;
use crate::model::{
    Certificate, CertificateCatalogue, LinkGroup, LinkState, PolicyLink, SynonymGroup, Term, Update,
};
use crate::references::References;
use crate::yaml::Node;

const LINK_STATES: [(&str, LinkState); 4] = [
    ("printed", LinkState::Printed),
    ("mended", LinkState::Mended),
    ("shared", LinkState::Shared),
    ("missing", LinkState::Missing),
];

/// Reads the tables of documents with addresses.
pub(crate) fn links(node: &Node, references: &References, reporter: &mut Reporter) -> Vec<LinkGroup> {
    let mut anchors = Anchors::default();
    let mut groups = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &LINK_GROUP, reporter) else { continue };
        let id = anchors.read(&mut fields, reporter);
        let title = fields.text("title", reporter);
        let cite = citation::required(&mut fields, references, reporter);
        let province = fields.optional_text("province", reporter);
        if let Some(node) = fields.optional("province") {
            references.check_province(&province, node.span.clone(), reporter);
        }
        let year = fields.integer("year", reporter) as i32;
        let mut links = Vec::new();
        for row in fields.list("links", reporter) {
            links.extend(link(row, &mut anchors, reporter));
        }
        fields.finish(reporter);
        if let Some(cite) = cite {
            let source = references
                .documents
                .get(&cite.document)
                .map(|parsed| parsed.document.source.clone())
                .unwrap_or_default();
            groups.push(LinkGroup { id, title, cite, source, province, year, links });
        }
    }
    groups
}

fn link(row: &Node, anchors: &mut Anchors, reporter: &mut Reporter) -> Option<PolicyLink> {
    let mut fields = Fields::open(row, &LINK, reporter)?;
    let id = anchors.read(&mut fields, reporter);
    let link = PolicyLink {
        page_url: format!("links/#{id}"),
        id,
        row: fields.integer("row", reporter) as u32,
        title: fields.text("title", reporter),
        number: fields.optional_text("number", reporter),
        issuer: fields.optional_text("issuer", reporter),
        issued: fields.optional_date("issued", reporter),
        url: fields.optional_address("url", reporter),
        state: fields.choice("state", &LINK_STATES, LinkState::Printed, reporter),
        note: fields.optional_text("note", reporter),
    };
    fields.finish(reporter);
    Some(link)
}

/// Reads the certificate catalogue.
pub(crate) fn certificates(node: &Node, reporter: &mut Reporter) -> Option<CertificateCatalogue> {
    let mut fields = Fields::open(node, &CATALOGUE, reporter)?;
    let mut anchors = Anchors::default();
    let mut catalogue = CertificateCatalogue {
        as_of: fields.optional_date("as_of", reporter),
        total: fields.optional_integer("total", reporter).unwrap_or(0) as u32,
        note: fields.optional_text("note", reporter),
        certificates: Vec::new(),
    };
    for item in fields.list("certificates", reporter) {
        let Some(mut row) = Fields::open(item, &CERTIFICATE, reporter) else { continue };
        catalogue.certificates.push(Certificate {
            id: anchors.read(&mut row, reporter),
            name: row.text("name", reporter),
            batch: row.optional_text("batch", reporter),
            organisation: row.optional_text("organisation", reporter),
            levels: row.texts("levels", reporter),
            source: row.text("source", reporter),
            as_of: row.optional_date("as_of", reporter),
        });
        row.finish(reporter);
    }
    fields.finish(reporter);
    Some(catalogue)
}

/// Reads the glossary; the meaning of a term is Markdown.
pub(crate) fn glossary(node: &Node, references: &References, reporter: &mut Reporter) -> Vec<Term> {
    let mut anchors = Anchors::default();
    let mut terms = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &TERM, reporter) else { continue };
        let id = anchors.read(&mut fields, reporter);
        let term = fields.text("term", reporter);
        let also = fields.texts("also", reporter);
        let (meaning_html, meaning) = markdown_of(&mut fields, "meaning", references, reporter);
        let cite = citation::optional(&mut fields, references, reporter);
        fields.finish(reporter);
        terms.push(Term { id, term, also, meaning_html, meaning, cite });
    }
    terms
}

/// Reads the changes of the portal, newest first; the text of a change is Markdown.
pub(crate) fn updates(node: &Node, references: &References, reporter: &mut Reporter) -> Vec<Update> {
    let mut anchors = Anchors::default();
    let mut updates = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &UPDATE, reporter) else { continue };
        let id = anchors.read(&mut fields, reporter);
        let date = fields.required("date", reporter).and_then(|node| date_of(node, reporter));
        let title = fields.text("title", reporter);
        let (text_html, text) = markdown_of(&mut fields, "text", references, reporter);
        fields.finish(reporter);
        if let Some(date) = date {
            updates.push(Update { page_url: format!("updates/#{id}"), id, date, title, text_html, text });
        }
    }
    updates.sort_by_key(|update| std::cmp::Reverse(update.date));
    updates
}

/// A value that is Markdown, as HTML and as plain text. It may be quoted or folded in the YAML, so every problem of it is
/// shown at the value as a whole.
fn markdown_of(
    fields: &mut Fields<'_>,
    name: &'static str,
    references: &References,
    reporter: &mut Reporter,
) -> (String, String) {
    let markdown = fields.text(name, reporter);
    let span = fields.optional(name).map_or(fields.span(), |node| node.span.clone());
    let mut inner = Reporter::new(reporter.path());
    let events = markdown::parse(&markdown, 0..markdown.len(), &mut inner);
    let html = markdown::to_html(&events, &mut |address, _| {
        references.resolve_link(address, span.clone(), reporter)
    });
    for mut problem in inner.into_problems() {
        problem.place.span = span.clone();
        reporter.push(problem);
    }
    (html, markdown::to_text(&events).0)
}

/// Reads the synonyms.
pub(crate) fn synonyms(node: &Node, reporter: &mut Reporter) -> Vec<SynonymGroup> {
    let mut groups = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &SYNONYMS, reporter) else { continue };
        groups.push(SynonymGroup {
            canonical: fields.text("canonical", reporter),
            same: fields.texts("same", reporter),
            narrower: fields.texts("narrower", reporter),
            suggest: fields.texts("suggest", reporter),
            note: fields.optional_text("note", reporter),
        });
        fields.finish(reporter);
    }
    groups
}
