//! JSON Schemas (draft 2020-12) of the data files, made from the tables of their fields.

use serde_json::{Map, Value, json};

/// A field of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// Its name in the file.
    pub(super) name: &'static str,
    /// What stands there.
    pub(super) kind: Kind,
    /// What it means, for people.
    pub(super) meaning: &'static str,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A text; may be empty.
    Text,
    /// A day, `2024-09-04`, or null.
    Day,
    Integer,
    Boolean,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// Two integers, the smallest and the largest, or null.
    Range,
    /// A list of records.
    Records(&'static [Field]),
}

/// The schema of a data file whose items have these fields.
pub(super) fn schema(title: &str, fields: &[Field]) -> Value {
    let text = json!({ "type": "string" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": {
            "title": text,
            "portal": text,
            "checked": day(),
            "disclaimer": text,
            "items": { "type": "array", "items": record(fields) },
        },
        "required": ["title", "portal", "checked", "disclaimer", "items"],
        "additionalProperties": false,
    })
}

fn record(fields: &[Field]) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| {
            let mut value = value(field.kind);
            value["description"] = json!(field.meaning);
            (field.name.to_owned(), value)
        })
        .collect();
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    json!({ "type": "object", "properties": properties, "required": names, "additionalProperties": false })
}

fn value(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Day => json!({ "anyOf": [day(), { "type": "null" }] }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Range => json!({
            "anyOf": [
                { "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 },
                { "type": "null" },
            ],
        }),
        Kind::Records(fields) => json!({ "type": "array", "items": record(fields) }),
    }
}

fn day() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
}
