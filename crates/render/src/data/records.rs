//! The records of the data files. `fields.rs` says the same as a table, from which the schemas are made; a test holds one to
//! the other.

use content::{Level, PolicyDocument, Portal, Statement, Status, Window};
use rules::{Actor, Choice, ConditionKind, Date, Fact, FactKind, Strength};
use serde::Serialize;
use serde_json::{Value, json};

use crate::view::{condition_url, fact_url};

fn list<T>(items: &[T], object: impl Fn(&T) -> Value) -> Value {
    items.iter().map(object).collect()
}

/// A document with its text: of thousands, so that nothing is copied into a [`Value`]. Fields are in the order that one would have.
#[derive(Serialize)]
pub(super) struct PolicyRecord<'a> {
    clauses: Vec<ClauseRecord<'a>>,
    conditions: Vec<ConditionRecord<'a>>,
    id: &'a str,
    issued: Option<Date>,
    issuer: &'a str,
    level: Level,
    notes: Vec<NoteRecord<'a>>,
    number: &'a str,
    province: &'a str,
    source: &'a str,
    status: Status,
    title: &'a str,
    url: &'a str,
    year: i32,
}

#[derive(Serialize)]
struct ClauseRecord<'a> {
    id: &'a str,
    label: &'a str,
    table: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct ConditionRecord<'a> {
    actor: Actor,
    clause: &'a str,
    id: &'a str,
    interpretation: bool,
    kind: ConditionKind,
    quote: &'a str,
    strength: Strength,
    title: &'a str,
}

#[derive(Serialize)]
struct NoteRecord<'a> {
    clause: &'a str,
    note: &'a str,
    quote: &'a str,
}

pub(super) fn policy_record<'a>(portal: &'a Portal, policy: &'a PolicyDocument) -> PolicyRecord<'a> {
    let rules = portal.ruleset.documents.iter().filter(|rules| rules.document == policy.id);
    let conditions = rules.flat_map(|rules| &rules.conditions).map(|condition| ConditionRecord {
        actor: condition.actor,
        clause: &condition.citation.clause,
        id: &condition.id,
        interpretation: condition.interpretation,
        kind: condition.kind,
        quote: &condition.citation.quote,
        strength: condition.strength,
        title: &condition.title,
    });
    let clauses = policy.clauses.iter().map(|clause| ClauseRecord {
        id: &clause.id,
        label: &clause.label,
        table: &clause.table_text,
        text: &clause.text,
    });
    let notes = policy.notes.iter().map(|note| NoteRecord {
        clause: &note.cite.clause,
        note: &note.note,
        quote: &note.quote,
    });
    PolicyRecord {
        clauses: clauses.collect(),
        conditions: conditions.collect(),
        id: &policy.id,
        issued: policy.issued,
        issuer: &policy.issuer,
        level: policy.level,
        notes: notes.collect(),
        number: &policy.number,
        province: &policy.province,
        source: &policy.source_url,
        status: policy.status,
        title: &policy.title,
        url: &policy.url,
        year: policy.year,
    }
}

pub(super) fn conditions(portal: &Portal) -> impl Iterator<Item = Value> {
    let documents = portal.ruleset.documents.iter();
    let all =
        documents.flat_map(|document| document.conditions.iter().map(move |condition| (document, condition)));
    all.map(|(document, condition)| {
        json!({
            "id": condition.id,
            "url": condition_url(&condition.id),
            "document": document.document,
            "archived": document.archived,
            "title": condition.title,
            "requirement": rules::describe(&condition.require, &portal.ruleset),
            "when": rules::describe(&condition.when, &portal.ruleset),
            "scope": rules::describe(&document.scope, &portal.ruleset),
            "kind": condition.kind,
            "strength": condition.strength,
            "actor": condition.actor,
            "stage": condition.stage,
            "per": condition.per,
            "source": condition.citation.url,
            "lead_in": condition.citation.lead_in,
            "quote": condition.citation.quote,
            "interpretation": condition.interpretation,
            "boundary_unclear": condition.boundary_unclear,
            "year_from_issue": condition.year_from_issue,
        })
    })
}

pub(super) fn fact_object(portal: &Portal, fact: &Fact) -> Value {
    let (kind, options): (&str, &[Choice]) = match &fact.kind {
        FactKind::Boolean => ("boolean", &[]),
        FactKind::Integer { .. } => ("integer", &[]),
        FactKind::Percent => ("percent", &[]),
        FactKind::Date => ("date", &[]),
        FactKind::Choice { options } => ("choice", options),
        FactKind::Ratio { .. } => ("ratio", &[]),
        FactKind::Total(_) => ("total", &[]),
        FactKind::Text => ("text", &[]),
    };
    let range = match &fact.kind {
        FactKind::Integer { min, max } => json!([min, max]),
        _ => Value::Null,
    };
    let id = |index: usize| portal.ruleset.facts.get(index).map(|fact| fact.id.as_str());
    json!({
        "id": fact.id,
        "url": fact_url(&fact.id),
        "label": fact.label,
        "question": fact.question,
        "help": fact.help,
        "per": fact.per,
        "type": kind,
        "unit": fact.unit,
        "range": range,
        "options": options,
        "computed_from": fact.kind.made_of().into_iter().filter_map(id).collect::<Vec<_>>(),
    })
}

pub(super) fn statement_object(statement: &Statement) -> Value {
    json!({
        "id": statement.id,
        "document": statement.document,
        "title": statement.title,
        "source": statement.cite.url,
        "quote": statement.quote,
        "information": statement.information,
        "covered_by": list(&statement.covered_by, |cover| json!({
            "kind": cover.kind, "title": cover.title, "url": cover.url,
        })),
    })
}

pub(super) fn faq(portal: &Portal) -> impl Iterator<Item = Value> {
    portal.faq.iter().flat_map(|topic| topic.entries.iter().map(move |entry| (topic, entry))).map(
        |(topic, entry)| {
            json!({
                "id": entry.id,
                "url": entry.url,
                "topic": topic.title,
                "question": entry.question,
                "asked_as": entry.asked_as,
                "answer": entry.text,
                "province": entry.province,
                "year": entry.year,
                "sources": list(&entry.sources, |source| json!(source.url)),
            })
        },
    )
}

pub(super) fn window_object(window: &Window) -> Value {
    json!({
        "title": window.title,
        "province": window.province,
        "province_name": window.province_name,
        "actor": window.actor,
        "opens": window.opens,
        "closes": window.closes,
        "archived": window.archived,
        "source": window.citation.url,
        "quote": window.citation.quote,
    })
}

pub(super) fn links(portal: &Portal) -> impl Iterator<Item = Value> {
    portal.link_groups.iter().flat_map(|group| group.links.iter().map(move |link| (group, link))).map(
        |(group, link)| {
            json!({
                "id": link.id,
                "group": group.title,
                "row": link.row,
                "title": link.title,
                "number": link.number,
                "issuer": link.issuer,
                "issued": link.issued,
                "url": link.url,
                "state": link.state,
                "note": link.note,
                "source": group.cite.url,
            })
        },
    )
}

pub(super) fn contacts(portal: &Portal) -> impl Iterator<Item = Value> {
    portal.guides.iter().flat_map(|guide| guide.contacts.iter().map(move |contact| (guide, contact))).map(
        |(guide, contact)| {
            json!({
                "province": guide.code,
                "province_name": guide.name,
                "name": contact.name,
                "purpose": contact.purpose,
                "people": contact.people,
                "phones": contact.phones,
                "emails": contact.emails,
                "groups": contact.groups,
                "address": contact.address,
                "website": contact.website,
                "source": contact.cite.url,
            })
        },
    )
}
