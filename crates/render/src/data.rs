//! The portal's data for others to reuse: `data/*.json`, described on the about page.
//!
//! Addresses in them are relative to the portal's root. Nothing is in them that the pages do not show.

use content::{PolicyDocument, Portal, Statement, Window};
use rules::{Choice, Fact, FactKind};
use serde::Serialize;
use serde_json::{Value, json};

use crate::artifact::Artifact;
use crate::output_path::InvalidOutputPath;
use crate::view::{condition_url, fact_url};

/// A data file and what it holds.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct DataFile {
    /// Address relative to the root.
    pub(crate) path: &'static str,
    /// What it holds, for people.
    pub(crate) description: &'static str,
}

/// The data files in the order of the about page.
pub(crate) const FILES: [DataFile; 9] = [
    DataFile {
        path: "data/policies.json",
        description: "政策文件：题名、文号、日期、状态，逐条款文本与条件",
    },
    DataFile {
        path: "data/conditions.json",
        description: "申报条件：要求、适用情形、类别、力度、办理者、原文依据",
    },
    DataFile {
        path: "data/facts.json", description: "自查问题：类型、单位、范围、选项、计算方法"
    },
    DataFile {
        path: "data/statements.json", description: "各文件的逐项内容及其在本站的去向"
    },
    DataFile { path: "data/faq.json", description: "常见问题：问题、答案、适用地区、出处" },
    DataFile { path: "data/windows.json", description: "申报与审核的起止日期" },
    DataFile { path: "data/certificates.json", description: "证书目录，逐行注明来源与日期" },
    DataFile { path: "data/links.json", description: "政策链接及地址状态" },
    DataFile { path: "data/contacts.json", description: "各省咨询渠道" },
];

/// Every data file: an object whose `items` stand one on a line.
pub(crate) fn data_files(portal: &Portal) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let contents: [Vec<u8>; 9] = [
        lines(portal.policies.iter().map(|policy| policy_object(portal, policy))),
        lines(conditions(portal)),
        lines(portal.ruleset.facts.iter().map(|fact| fact_object(portal, fact))),
        lines(portal.statements.iter().map(statement_object)),
        lines(faq(portal)),
        lines(portal.windows.iter().map(window_object)),
        lines(portal.certificates.certificates.iter().map(|certificate| json!(certificate))),
        lines(links(portal)),
        lines(contacts(portal)),
    ];
    FILES
        .iter()
        .zip(contents)
        .map(|(file, items)| {
            let settings = &portal.settings;
            let head = json!({
                "title": file.description,
                "portal": settings.title,
                "checked": settings.checked,
                "disclaimer": settings.disclaimer,
            });
            let head = head.to_string();
            let mut bytes = head.trim_end_matches('}').as_bytes().to_vec();
            bytes.extend_from_slice(b",\"items\":[\n");
            bytes.extend_from_slice(&items);
            bytes.extend_from_slice(b"]}\n");
            Ok(Artifact { path: file.path.parse()?, bytes })
        })
        .collect()
}

/// Written one by one: the texts of a large portal are not held twice.
fn lines(items: impl Iterator<Item = Value>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, item) in items.enumerate() {
        if index > 0 {
            bytes.extend_from_slice(b",\n");
        }
        bytes.extend_from_slice(item.to_string().as_bytes());
    }
    bytes.push(b'\n');
    bytes
}

fn list<T>(items: &[T], object: impl Fn(&T) -> Value) -> Value {
    items.iter().map(object).collect()
}

fn policy_object(portal: &Portal, policy: &PolicyDocument) -> Value {
    let rules = portal.ruleset.documents.iter().filter(|rules| rules.document == policy.id);
    let conditions: Vec<Value> = rules
        .flat_map(|rules| &rules.conditions)
        .map(|condition| {
            json!({
                "id": condition.id,
                "title": condition.title,
                "kind": condition.kind,
                "strength": condition.strength,
                "actor": condition.actor,
                "clause": condition.citation.clause,
                "quote": condition.citation.quote,
                "interpretation": condition.interpretation,
            })
        })
        .collect();
    json!({
        "id": policy.id,
        "url": policy.url,
        "title": policy.title,
        "number": policy.number,
        "issuer": policy.issuer,
        "issued": policy.issued,
        "level": policy.level,
        "province": policy.province,
        "year": policy.year,
        "status": policy.status,
        "source": policy.source_url,
        "clauses": list(&policy.clauses, |clause| json!({
            "id": clause.id, "label": clause.label, "text": clause.text, "table": clause.table_text,
        })),
        "notes": list(&policy.notes, |note| json!({
            "clause": note.cite.clause, "quote": note.quote, "note": note.note,
        })),
        "conditions": conditions,
    })
}

fn conditions(portal: &Portal) -> impl Iterator<Item = Value> {
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

fn fact_object(portal: &Portal, fact: &Fact) -> Value {
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

fn statement_object(statement: &Statement) -> Value {
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

fn faq(portal: &Portal) -> impl Iterator<Item = Value> {
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

fn window_object(window: &Window) -> Value {
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

fn links(portal: &Portal) -> impl Iterator<Item = Value> {
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

fn contacts(portal: &Portal) -> impl Iterator<Item = Value> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_described_file_is_written_and_is_json() {
        let files = data_files(&crate::sample::portal()).expect("the names are paths");
        assert_eq!(files.len(), FILES.len());
        for file in &files {
            let value: Value = serde_json::from_slice(&file.bytes).expect("it is JSON");
            assert!(value["items"].is_array(), "{}", file.path);
        }
        let policies: Value = serde_json::from_slice(&files[0].bytes).expect("it is JSON");
        assert_eq!(policies["items"][0]["conditions"][0]["clause"], "s1-1");
        let items = |path: &str| -> Value {
            let file = files.iter().find(|file| file.path.as_str() == path).expect("it is written");
            let mut value: Value = serde_json::from_slice(&file.bytes).expect("it is JSON");
            value["items"].take()
        };
        assert_eq!(items("data/conditions.json")[0]["requirement"], "开设对应专业为“是”");
        assert_eq!(items("data/facts.json")[0]["type"], "boolean");
        let cover = &items("data/statements.json")[0]["covered_by"][0];
        assert_eq!(
            (&cover["kind"], &cover["url"]),
            (&"condition".into(), &"check/conditions/sx-2024/major/".into())
        );
    }
}
