//! Policy documents: `policies/<id>.md`.

use crate::clause::{self, ParsedClause};
use crate::fields::{Fields, Reporter, is_id};
use crate::file::File;
use crate::format::policy::{NOTE, POLICY};
use crate::model::{Level, PolicyDocument, Status, TextNote};
use crate::problem::Problem;
use crate::references::{ClauseEntry, DocumentEntry, References};

/// A document whose clauses are known but not yet its references.
pub(crate) struct ParsedPolicy {
    pub(crate) document: PolicyDocument,
    pub(crate) clauses: Vec<ParsedClause>,
}

/// Reads metadata and divides the text; the notes come with [`finish`].
pub(crate) fn parse(file: &mut File<'_>) -> Option<ParsedPolicy> {
    file.used = true;
    let id = file.stem().to_owned();
    let reporter = &mut file.reporter;
    if !is_id(&id) {
        reporter.report(0..0, Problem::InvalidId { found: id.clone() });
    }
    let clauses = clause::divide(&file.source.text, std::mem::take(&mut file.body), reporter);
    if clauses.is_empty() && file.node.is_some() {
        reporter.report(file.source.text.len()..file.source.text.len(), Problem::EmptyText);
    }
    let mut fields = Fields::open(file.node.as_ref()?, &POLICY, reporter)?;
    let title = fields.text("title", reporter);
    let short_title = fields.optional_text("short_title", reporter);
    let document = PolicyDocument {
        url: format!("policies/{id}/"),
        short_title: if short_title.is_empty() { title.clone() } else { short_title },
        title,
        number: fields.optional_text("number", reporter),
        issuer: fields.text("issuer", reporter),
        issued: fields.optional_date("issued", reporter),
        issued_note: fields.optional_text("issued_note", reporter),
        level: fields.required_choice(
            "level",
            &[("national", Level::National), ("provincial", Level::Provincial)],
            reporter,
        ),
        province: fields.optional_text("province", reporter),
        province_name: String::new(),
        year: fields.integer("year", reporter) as i32,
        status: fields.choice(
            "status",
            &[("current", Status::Current), ("archived", Status::Archived)],
            Status::Current,
            reporter,
        ),
        status_note: fields.optional_text("status_note", reporter),
        source: fields.text("source", reporter),
        source_url: fields.optional_address("source_url", reporter),
        summary: fields.optional_text("summary", reporter),
        attachments: fields.texts("attachments", reporter),
        notes: Vec::new(),
        clauses: Vec::new(),
        id,
    };
    fields.optional("notes");
    if document.level == Level::Provincial {
        fields.required("province", reporter);
    }
    fields.finish(reporter);
    Some(ParsedPolicy { document, clauses })
}

impl ParsedPolicy {
    /// The document as references see it.
    pub(crate) fn entry(&self) -> DocumentEntry {
        DocumentEntry {
            title: self.document.short_title.clone(),
            province: self.document.province.clone(),
            year: self.document.year,
            archived: self.document.status == Status::Archived,
            source: self.document.source.clone(),
            clauses: self.clauses.iter().map(ClauseEntry::new).collect(),
        }
    }

    /// Resolves references of the text and reads the notes on it.
    pub(crate) fn finish(self, file: &mut File<'_>, references: &References) -> PolicyDocument {
        let mut document = self.document;
        let reporter = &mut file.reporter;
        if let Some(node) = file.node.as_ref().and_then(|node| node.get("province")) {
            references.check_province(&document.province, node.span.clone(), reporter);
        }
        document.province_name = references.province_name(&document.province);
        document.notes = notes(&document.id, file.node.as_ref(), references, reporter);
        document.clauses = self
            .clauses
            .iter()
            .map(|clause| {
                clause.finish(&mut |address, span| references.resolve_link(address, span, reporter))
            })
            .collect();
        document
    }
}

fn notes(
    document: &str,
    node: Option<&crate::yaml::Node>,
    references: &References,
    reporter: &mut Reporter,
) -> Vec<TextNote> {
    let items = node
        .and_then(|node| node.get("notes"))
        .map_or(&[][..], |list| crate::fields::list_of(list, reporter));
    let mut notes = Vec::new();
    for item in items {
        let Some(mut fields) = Fields::open(item, &NOTE, reporter) else { continue };
        let clause = fields.text("clause", reporter);
        let clause_span = fields.optional("clause").map_or(fields.span(), |node| node.span.clone());
        let quote = fields.text("quote", reporter);
        let quote_span = fields.optional("quote").map_or(fields.span(), |node| node.span.clone());
        let note = fields.text("note", reporter);
        fields.finish(reporter);
        if let Some(cite) = references.clause_in(document, &clause, clause_span, reporter) {
            references.verify_quote(&cite, &quote, quote_span, reporter);
            notes.push(TextNote { number: notes.len() + 1, cite, quote, note });
        }
    }
    notes
}
