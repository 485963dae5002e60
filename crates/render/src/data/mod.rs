//! The portal's data for others to reuse: `data/*.json`, each with its JSON Schema beside it, described on the about page.
//!
//! Addresses in them are relative to the portal's root. Nothing is in them that the pages do not show.

mod fields;
mod records;
mod schema;

use content::Portal;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use self::schema::Field;
use crate::artifact::Artifact;
use crate::output_path::InvalidOutputPath;

/// A data file and what it holds.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct DataFile {
    /// Address relative to the root.
    pub(crate) path: &'static str,
    /// Address of its schema.
    pub(crate) schema: &'static str,
    /// What it holds, for people.
    pub(crate) description: &'static str,
    /// The fields of its items.
    #[serde(skip)]
    fields: &'static [Field],
}

macro_rules! data_file {
    ($name:literal, $fields:expr, $description:literal) => {
        DataFile {
            path: concat!("data/", $name, ".json"),
            schema: concat!("data/", $name, ".schema.json"),
            description: $description,
            fields: $fields,
        }
    };
}

/// The data files in the order of the about page.
pub(crate) const FILES: [DataFile; 9] = [
    data_file!("policies", fields::POLICIES, "政策文件：题名、文号、日期、状态，逐条款文本与条件"),
    data_file!("conditions", fields::CONDITIONS, "申报条件：要求、适用情形、类别、力度、办理者、原文依据"),
    data_file!("facts", fields::FACTS, "自查问题：类型、单位、范围、选项、计算方法"),
    data_file!("statements", fields::STATEMENTS, "各文件的逐项内容及其在本站的去向"),
    data_file!("faq", fields::FAQ, "常见问题：问题、答案、适用地区、出处"),
    data_file!("windows", fields::WINDOWS, "申报与审核的起止日期"),
    data_file!("certificates", fields::CERTIFICATES, "证书目录，逐行注明来源与日期"),
    data_file!("links", fields::LINKS, "政策链接及地址状态"),
    data_file!("contacts", fields::CONTACTS, "各省咨询渠道"),
];

/// Every data file, an object whose `items` stand one on a line, and its schema.
pub(crate) fn data_files(portal: &Portal) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let contents: [Vec<Vec<u8>>; 9] = [
        many_lines(&portal.policies, |policy| records::policy_record(portal, policy)),
        vec![lines(records::conditions(portal))],
        vec![lines(portal.ruleset.facts.iter().map(|fact| records::fact_object(portal, fact)))],
        vec![lines(portal.statements.iter().map(records::statement_object))],
        vec![lines(records::faq(portal))],
        vec![lines(portal.windows.iter().map(records::window_object))],
        vec![lines(portal.certificates.certificates.iter().map(|certificate| json!(certificate)))],
        vec![lines(records::links(portal))],
        vec![lines(records::contacts(portal))],
    ];
    let mut files = Vec::with_capacity(2 * FILES.len());
    for (file, items) in FILES.iter().zip(contents) {
        files.push(data_file(portal, file, items)?);
        let schema = format!("{:#}\n", schema::schema(file.description, file.fields));
        files.push(Artifact { path: file.schema.parse()?, bytes: schema.into_bytes() });
    }
    Ok(files)
}

/// A file of items that come in parts, as [`lines`] makes them.
fn data_file(portal: &Portal, file: &DataFile, items: Vec<Vec<u8>>) -> Result<Artifact, InvalidOutputPath> {
    let settings = &portal.settings;
    let head = json!({
        "title": file.description,
        "portal": settings.title,
        "checked": settings.checked,
        "disclaimer": settings.disclaimer,
    });
    let head = head.to_string();
    let length: usize = items.iter().map(|part| part.len() + 2).sum();
    let mut bytes = Vec::with_capacity(head.len() + 16 + length);
    bytes.extend_from_slice(head.trim_end_matches('}').as_bytes());
    bytes.extend_from_slice(b",\"items\":[\n");
    let mut is_first = true;
    for part in items.into_iter().filter(|part| !part.is_empty()) {
        if !is_first {
            bytes.extend_from_slice(b",\n");
        }
        is_first = false;
        bytes.extend_from_slice(&part);
    }
    bytes.extend_from_slice(b"\n]}\n");
    Ok(Artifact { path: file.path.parse()?, bytes })
}

/// Thousands of items, by all cores, as texts at once: as values the texts of a large portal would be held twice.
fn many_lines<'a, T: Sync, R: Serialize>(items: &'a [T], record: impl Fn(&'a T) -> R + Sync) -> Vec<Vec<u8>> {
    const PART: usize = 64;
    items.par_chunks(PART).map(|part| lines(part.iter().map(&record))).collect()
}

/// Items with a line break between them, written one by one: the texts of a large portal are not held twice.
fn lines(items: impl Iterator<Item = impl Serialize>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, item) in items.enumerate() {
        if index > 0 {
            bytes.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut bytes, &item).expect("records are texts and numbers with named fields");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_described_file_is_written_and_is_json() {
        let files = data_files(&crate::sample::portal()).expect("the names are paths");
        assert_eq!(files.len(), 2 * FILES.len());
        for pair in files.chunks(2) {
            let value: Value = serde_json::from_slice(&pair[0].bytes).expect("it is JSON");
            assert!(value["items"].is_array(), "{}", pair[0].path);
            let schema: Value = serde_json::from_slice(&pair[1].bytes).expect("it is JSON");
            assert_eq!(schema["properties"]["items"]["type"], "array", "{}", pair[1].path);
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
