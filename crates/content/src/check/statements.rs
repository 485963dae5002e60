//! `check/<document>/statements.yaml`: everything a document says, one statement each, and who accounts for it.
//!
//! A statement is accounted for by the records that name it under `covers` (conditions, entries of guides, FAQ entries),
//! or by a sentence that says why nothing has to be done. The records themselves are read where they belong; here only
//! their `covers` are looked at.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::conditions;
use crate::diagnostic::Place;
use crate::fields::{Fields, Reporter, list_of, text_of};
use crate::file::File;
use crate::format::check::STATEMENT;
use crate::guide;
use crate::problem::{Problem, ReferenceKind};
use crate::references::References;
use crate::statement::{Cover, CoverKind, Statement};
use crate::yaml::Node;

type Files = BTreeMap<String, File>;

/// The lists of a guide whose entries may cover statements: file, kind, fields of the title, anchor of a list without ids.
const GUIDE_LISTS: [(&str, CoverKind, &[&str], &str); 7] = [
    ("materials", CoverKind::Material, &["name"], "material"),
    ("steps", CoverKind::Step, &["title"], "step"),
    ("roles", CoverKind::Role, &["actor", "does"], "process"),
    ("fees", CoverKind::Fee, &["text"], "fee"),
    ("timing", CoverKind::Timing, &["text"], "time"),
    ("duties", CoverKind::Duty, &["text"], "after"),
    ("contacts", CoverKind::Contact, &["name"], "contact"),
];

/// The statements that have been read, with the places of their ids.
struct Ledger<'a> {
    references: &'a References,
    statements: Vec<Statement>,
    places: Vec<Place>,
    /// The clause of a statement is not known, so nothing is said to be missing.
    has_gaps: bool,
}

/// Reads the statements of every document, in the order of the files, with everybody who accounts for each.
pub(crate) fn read(files: &mut Files, references: &References) -> Vec<Statement> {
    let mut ledger = Ledger { references, statements: Vec::new(), places: Vec::new(), has_gaps: false };
    for (path, folder) in folders(files) {
        let Some(file) = files.get_mut(&path) else { continue };
        file.used = true;
        if let Some(node) = &file.node {
            ledger.state(node, &folder, &mut file.reporter);
        }
    }
    for (path, file) in files.iter_mut() {
        ledger.cover(path, file);
    }
    if references.unread.is_empty() {
        ledger.report_unaccounted(files);
    }
    ledger.statements
}

/// Paths of the files of statements, with their folders.
fn folders(files: &Files) -> Vec<(String, String)> {
    let folder_of =
        |path: &String| Some(path.strip_prefix("check/")?.strip_suffix("/statements.yaml")?.to_owned());
    files.keys().filter_map(|path| Some((path.clone(), folder_of(path)?))).collect()
}

impl Ledger<'_> {
    fn state(&mut self, node: &Node, document: &str, reporter: &mut Reporter) {
        for item in list_of(node, reporter) {
            let Some(mut fields) = Fields::open(item, &STATEMENT, reporter) else { continue };
            let (id, span) = statement_id(&mut fields, reporter);
            let title = fields.text("title", reporter);
            let clause = fields.text("clause", reporter);
            let clause_span = span_of(&mut fields, "clause");
            let quote = fields.text("quote", reporter);
            let quote_span = span_of(&mut fields, "quote");
            let information = fields.optional_filled_text("information", reporter);
            let asked_as = fields.texts("asked_as", reporter);
            fields.finish(reporter);
            if let Some(first) = self.index(&id) {
                reporter.duplicate(&id, span.clone(), self.places[first].clone());
                continue;
            }
            let Some(cite) = self.references.clause_in(document, &clause, clause_span, reporter) else {
                self.has_gaps = true;
                continue;
            };
            self.references.verify_quote(&cite, &quote, quote_span, reporter);
            self.places.push(reporter.place(span));
            self.statements.push(Statement {
                id,
                document: document.to_owned(),
                title,
                cite,
                quote,
                asked_as,
                information,
                covered_by: Vec::new(),
            });
        }
    }

    fn index(&self, id: &str) -> Option<usize> {
        self.statements.iter().position(|statement| statement.id == id)
    }

    /// Enters what the records of one file cover.
    fn cover(&mut self, path: &str, file: &mut File) {
        let (Some(node), stem) = (&file.node, file.stem().to_owned()) else { return };
        let reporter = &mut file.reporter;
        if path.starts_with("check/") && stem == "conditions" {
            let document = node.get("document").and_then(Node::text).unwrap_or_default();
            for item in node.get("conditions").map_or(&[][..], Node::items) {
                let id = text_in(item, "id");
                let cover = Cover {
                    kind: conditions::cover_kind(item),
                    title: text_in(item, "title"),
                    url: format!("check/conditions/{document}/{id}/"),
                };
                self.enter(item, &cover, Some(document), reporter);
            }
        } else if path.starts_with("faq/") && path.ends_with(".md") {
            let url = format!("faq/{}/#{stem}", text_in(node, "topic"));
            let cover = Cover { kind: CoverKind::Answer, title: text_in(node, "question"), url };
            self.enter(node, &cover, None, reporter);
        } else if let Some(folder) = guide::folder_of(path)
            && let Some((_, kind, title, anchor)) = GUIDE_LISTS.iter().find(|(list, ..)| *list == stem)
        {
            for item in node.items() {
                let title: Vec<String> = title.iter().map(|field| text_in(item, field)).collect();
                let anchor = match item.get("id").and_then(Node::text) {
                    Some(id) => format!("{anchor}-{id}"),
                    None => (*anchor).to_owned(),
                };
                let url = format!("provinces/{folder}/#{anchor}");
                self.enter(item, &Cover { kind: *kind, title: title.join("："), url }, None, reporter);
            }
        }
    }

    /// Enters one record; a condition may only cover statements of its own document.
    fn enter(&mut self, record: &Node, cover: &Cover, document: Option<&str>, reporter: &mut Reporter) {
        let Some(covers) = record.get("covers") else { return };
        let mut seen: Vec<(String, Place)> = Vec::new();
        for item in list_of(covers, reporter) {
            let Some(id) = text_of(item, reporter) else { continue };
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == id) {
                reporter.duplicate(&id, item.span.clone(), first.clone());
                continue;
            }
            seen.push((id.clone(), reporter.place(item.span.clone())));
            match self.index(&id) {
                Some(index) => {
                    let of = &self.statements[index].document;
                    if let Some(document) = document.filter(|document| document != of) {
                        let problem = Problem::StatementOfAnotherDocument {
                            id,
                            of: of.clone(),
                            document: document.to_owned(),
                        };
                        reporter.report(item.span.clone(), problem);
                    }
                    self.statements[index].covered_by.push(cover.clone());
                }
                None if self.has_gaps => {}
                None => {
                    let known = self.statements.iter().map(|statement| statement.id.as_str());
                    self.references.report_unknown(
                        ReferenceKind::Statement,
                        &id,
                        known,
                        item.span.clone(),
                        reporter,
                    );
                }
            }
        }
    }

    fn report_unaccounted(&self, files: &mut Files) {
        for (statement, place) in self.statements.iter().zip(&self.places) {
            if !statement.is_accounted_for()
                && let Some(file) = files.get_mut(&place.path)
            {
                let problem = Problem::UnaccountedStatement { id: statement.id.clone() };
                file.reporter.report(place.span.clone(), problem);
            }
        }
    }
}

fn statement_id(fields: &mut Fields<'_>, reporter: &mut Reporter) -> (String, Range<usize>) {
    let id = fields.text("id", reporter);
    let span = span_of(fields, "id");
    let digits = id.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_sound =
        digits.len() < id.len() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_sound && !id.is_empty() {
        reporter.report(span.clone(), Problem::InvalidStatementId { found: id.clone() });
    }
    (id, span)
}

fn span_of(fields: &mut Fields<'_>, name: &'static str) -> Range<usize> {
    fields.optional(name).map_or(fields.span(), |node| node.span.clone())
}

fn text_in(record: &Node, field: &str) -> String {
    record.get(field).and_then(Node::text).unwrap_or_default().to_owned()
}
