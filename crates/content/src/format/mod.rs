//! What an author may write: every source file, its records and their fields, as data.
//!
//! The reader itself asks these tables (it opens every map with a [`Record`]): a field that is not here
//! cannot be read, words and bounds are taken from here, and debug builds hold "must be there" to what is read. The schemas of
//! `zhinan schema` and the authoring pages of a portal are made of them, so that none of the three can say something else.
//! Texts are Chinese, for the people who write content; `` `…` `` in them marks what is typed as it stands.

pub(crate) mod check;
pub(crate) mod faq;
pub(crate) mod guide;
pub(crate) mod lists;
pub(crate) mod policy;
pub(crate) mod portal;

mod comparison;
mod example;
mod files;
mod record;

pub use check::PLAN;
pub use comparison::{COMBINATIONS, COMPARISONS, Combination, ComparedWith, Comparison};
pub use example::EXAMPLE;
pub use files::{SCHEMA_FOLDER, SOURCE_FILES, SourceFile, SourceShape};
pub use record::{Field, Kind, Names, Presence, Record, Word};

use record::{field, word};

/// Statements that a record accounts for.
const COVERS: Field = field(
    "covers",
    Kind::List(&Kind::StatementId),
    Presence::Optional,
    "这一条交代了原文的哪几项内容，写 `statements.yaml` 里的编号。",
    "[A02, A03]",
);

/// Where a record of a guide or list stands in a document.
const CITE: Field = field(
    "cite",
    Kind::Clause,
    Presence::Required,
    "依据的条款：文件的编号、`#`、条款的锚点。",
    "ex-2025#s2-1",
);

const QUOTE: Field = field(
    "quote",
    Kind::Text,
    Presence::Optional,
    "依据的原话，从条款里逐字复制；空格可以不同，别的一字不能差。",
    "开设与证书对应的专业",
);

const PROVINCE: Field = field(
    "province",
    Kind::Province,
    Presence::Optional,
    "只适用于一个省时写它的代码，和办事指南 `guide.md` 里的 `code` 一致；不写表示全国。",
    "EX",
);

const PER: &[Word] = &[word("line", "逐个证书、逐个等级"), word("school", "整个学校，不写就是它")];

/// Places in lists; those without one come last.
const ORDER: Kind = Kind::Integer { least: 0, most: 9_999 };

/// Years that documents are about.
const YEAR: Kind = Kind::Integer { least: 1949, most: 2199 };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::is_id;
    use crate::yaml::{self, Node, Value};

    fn records() -> Vec<&'static Record> {
        fn enter(record: &'static Record, found: &mut Vec<&'static Record>) {
            if !found.iter().any(|known| known.id == record.id) {
                found.push(record);
                record
                    .fields
                    .iter()
                    .filter_map(|field| field.kind.record())
                    .for_each(|inner| enter(inner, found));
            }
        }
        let mut found = Vec::new();
        SOURCE_FILES.iter().for_each(|file| enter(file.shape.record(), &mut found));
        found
    }

    fn fits(kind: &Kind, node: &Node) -> bool {
        match (kind, &node.value) {
            (Kind::List(of), Value::List(items)) => items.iter().all(|item| fits(of, item)),
            (Kind::Map { of, .. }, Value::Map(entries)) => entries.iter().all(|entry| fits(of, &entry.node)),
            (Kind::Record(record), Value::Map(entries)) => entries
                .iter()
                .all(|entry| record.field(&entry.key).is_some_and(|field| fits(&field.kind, &entry.node))),
            (Kind::Test, value) => matches!(value, Value::Map(_)),
            (Kind::Words(words), Value::Text(text)) => words.iter().any(|word| word.word == text),
            (Kind::Integer { least, most }, Value::Text(text)) => {
                text.parse::<i64>().is_ok_and(|number| (*least..=*most).contains(&number))
            }
            (Kind::Date, Value::Text(text)) => text.parse::<rules::Date>().is_ok(),
            (Kind::Id, Value::Text(text)) => is_id(text),
            (Kind::Address, Value::Text(text)) => text.starts_with("https://"),
            (_, value) => matches!(value, Value::Text(_)),
        }
    }

    #[test]
    fn every_example_is_what_may_stand_in_its_field() {
        for record in records() {
            for field in record.fields.iter().filter(|field| !field.example.starts_with("见下面")) {
                let line = format!("{}: {}", field.name, field.example);
                let node = yaml::parse("example.yaml", &line, 0..line.len()).expect("proper YAML");
                let value = node.get(field.name).expect("it is written");
                assert!(fits(&field.kind, value), "{}: {line}", record.id);
            }
        }
    }

    #[test]
    fn every_record_and_field_is_told_in_words() {
        for record in records() {
            assert!(is_id(record.id) && !record.title.is_empty());
            for field in record.fields {
                assert!(field.meaning.ends_with('。'), "{} of {}", field.name, record.id);
                assert!(field.kind.words().iter().all(|word| !word.meaning.is_empty()), "{}", field.name);
            }
        }
    }
}
