//! Policy documents: `policies/<id>.md`.

use std::ops::Range;
use std::sync::Arc;

use crate::clause::{self, Clause, ParsedClause};
use crate::fields::{Fields, Reporter, is_id};
use crate::file::File;
use crate::format::policy::{NOTE, POLICY};
use crate::markdown::Target;
use crate::model::{Level, PolicyDocument, Status, TextNote};
use crate::problem::Problem;
use crate::references::References;

/// A document whose clauses are known but not yet its references.
#[derive(Debug)]
pub(crate) struct ParsedPolicy {
    pub(crate) document: PolicyDocument,
    clauses: Vec<ParsedClause>,
    /// Its links, in the order of the text: the address as it is written, and where.
    links: Vec<(String, Range<usize>)>,
}

/// The text of a document with its links resolved.
#[derive(Clone)]
pub(crate) struct Finished {
    /// Of which it was made.
    parsed: Arc<ParsedPolicy>,
    targets: Vec<Target>,
    clauses: Arc<Vec<Arc<Clause>>>,
}

/// Whether the file at this path is a policy document.
pub(crate) fn is_one(path: &str) -> bool {
    path.strip_prefix("policies/").is_some_and(|name| !name.contains('/') && name.ends_with(".md"))
}

/// Reads metadata and divides the text; the notes come with [`finish`].
pub(crate) fn parse(file: &mut File) -> Option<ParsedPolicy> {
    file.used = true;
    let id = file.stem().to_owned();
    let body = Arc::unwrap_or_clone(std::mem::take(&mut file.body));
    let reporter = &mut file.reporter;
    if !is_id(&id) {
        reporter.report(0..0, Problem::InvalidId { found: id.clone() });
    }
    let clauses = clause::divide(&file.source.text, body, reporter);
    if clauses.is_empty() && file.node.is_some() {
        reporter.report(file.source.text.len()..file.source.text.len(), Problem::EmptyText);
    }
    let mut fields = Fields::open(file.node.as_deref()?, &POLICY, reporter)?;
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
        clauses: Arc::default(),
        id,
    };
    fields.optional("notes");
    if document.level == Level::Provincial {
        fields.required("province", reporter);
    }
    fields.finish(reporter);
    let links = clauses.iter().flat_map(ParsedClause::links).collect();
    Some(ParsedPolicy { document, clauses, links })
}

impl ParsedPolicy {
    /// Its clauses, in the order of the text.
    pub(crate) fn clauses(&self) -> &[ParsedClause] {
        &self.clauses
    }

    /// All words of those of its clauses that are meant, without white space.
    pub(crate) fn words(&self, is_meant: impl Fn(&ParsedClause) -> bool) -> String {
        self.clauses.iter().filter(|clause| is_meant(clause)).map(ParsedClause::squeezed).collect()
    }

    /// Resolves references of the text and reads the notes on it. Where all links lead to where they led before, the text is
    /// not made anew.
    pub(crate) fn finish(
        self: &Arc<Self>,
        file: &mut File,
        references: &References,
        before: Option<&Finished>,
    ) -> (PolicyDocument, Finished) {
        let mut document = self.document.clone();
        let reporter = &mut file.reporter;
        if let Some(node) = file.node.as_deref().and_then(|node| node.get("province")) {
            references.check_province(&document.province, node.span.clone(), reporter);
        }
        document.province_name = references.province_name(&document.province);
        document.notes = notes(&document.id, file.node.as_deref(), references, reporter);
        let resolve = |(address, span): &(String, Range<usize>)| {
            references.resolve_link(address, span.clone(), &mut *reporter)
        };
        let targets: Vec<Target> = self.links.iter().map(resolve).collect();
        let is_same = |before: &&Finished| Arc::ptr_eq(&before.parsed, self) && before.targets == targets;
        let clauses = match before.filter(is_same) {
            Some(before) => Arc::clone(&before.clauses),
            None => self.with_links_to(&targets),
        };
        document.clauses = Arc::clone(&clauses);
        (document, Finished { parsed: Arc::clone(self), targets, clauses })
    }

    /// The text with its links leading to these targets, in their order.
    fn with_links_to(&self, targets: &[Target]) -> Arc<Vec<Arc<Clause>>> {
        let mut left = targets.iter().cloned();
        let mut next = |_: &str, _| left.next().unwrap_or(Target::Nowhere);
        Arc::new(self.clauses.iter().map(|clause| clause.finish(&mut next)).collect())
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
