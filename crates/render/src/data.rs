//! The portal's data for others to reuse: `data/*.json`, described on the about page.
//!
//! Addresses in them are relative to the portal's root. Nothing is in them that the pages do not show.

use content::{PolicyDocument, Portal, Window};
use serde::Serialize;
use serde_json::{Value, json};

use crate::artifact::Artifact;
use crate::output_path::InvalidOutputPath;

/// A data file and what it holds.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct DataFile {
    /// Address relative to the root.
    pub(crate) path: &'static str,
    /// What it holds, for people.
    pub(crate) description: &'static str,
}

/// The data files in the order of the about page.
pub(crate) const FILES: [DataFile; 6] = [
    DataFile {
        path: "data/policies.json",
        description: "政策文件：题名、文号、日期、状态，逐条款文本与条件",
    },
    DataFile { path: "data/faq.json", description: "常见问题：问题、答案、适用地区、出处" },
    DataFile { path: "data/windows.json", description: "申报与审核的起止日期" },
    DataFile { path: "data/certificates.json", description: "证书目录，逐行注明来源与日期" },
    DataFile { path: "data/links.json", description: "政策链接及地址状态" },
    DataFile { path: "data/contacts.json", description: "各省咨询渠道" },
];

/// Every data file: an object whose `items` stand one on a line.
pub(crate) fn data_files(portal: &Portal) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let contents: [Vec<u8>; 6] = [
        lines(portal.policies.iter().map(|policy| policy_object(portal, policy))),
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
    }
}
