//! JSON Schemas of the source files, made from the tables that the reader itself uses.
//!
//! Draft 7, the newest that the YAML language server of every common editor knows whole. A schema knows one file alone: whether
//! a clause or a fact exists, and whether a quote stands in its clause, is told by `zhinan lint`.

use content::format::{
    COMBINATIONS, COMPARISONS, Combination, ComparedWith, Field, Kind, Names, PLAN, Presence, Record,
    SOURCE_FILES, SourceShape, Word,
};
use serde_json::{Map, Value, json};

use crate::read::NamedBytes;

const DAY: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
const ID: &str = "^[a-z][a-z0-9_-]{0,79}$";
const STATEMENT: &str = "^[A-Z]+[0-9]+$";
const ADDRESS: &str = "^https?://[^\\s]+$";
const CLAUSE: &str = "^[a-z][a-z0-9_-]*#[a-z][a-z0-9_-]*$";

/// Name and schema of every sort of file, and of plans for `zhinan check`.
fn schemas() -> Vec<(String, Value)> {
    let mut schemas: Vec<(String, Value)> = SOURCE_FILES
        .iter()
        .map(|file| {
            let shape = match file.shape {
                SourceShape::Record(of) => record(of),
                SourceShape::List(of) => json!({ "type": "array", "items": record(of) }),
            };
            (format!("{}.json", file.id), whole(file.title, file.about, shape))
        })
        .collect();
    let (one, several) = (record(&PLAN), json!({ "type": "array", "items": record(&PLAN) }));
    let plans = json!({ "if": { "type": "array" }, "then": several, "else": one });
    schemas.push(("plan.json".to_owned(), whole("申报计划", "zhinan check 检查的计划，一份或几份。", plans)));
    schemas
}

/// The same as files.
pub(crate) fn files() -> Vec<NamedBytes> {
    schemas().into_iter().map(|(name, schema)| (name, format!("{schema:#}\n").into_bytes())).collect()
}

/// A schema that stands by itself.
fn whole(title: &str, about: &str, mut schema: Value) -> Value {
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(title);
    schema["description"] = json!(about);
    if schema.to_string().contains("#/definitions/") {
        schema["definitions"] = json!({ "test": test(), "comparison": comparison(), "operand": operand() });
    }
    schema
}

fn record(record: &Record) -> Value {
    let properties: Map<String, Value> =
        record.fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> = record
        .fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .map(|field| field.name)
        .collect();
    let mut schema = json!({
        "title": record.title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    let conditional: Vec<Value> = record.fields.iter().filter_map(required_where).collect();
    if !conditional.is_empty() {
        schema["allOf"] = json!(conditional);
    }
    schema
}

/// A field with what it means; the words it must be one of with what each means.
fn property(field: &Field) -> Value {
    let mut schema = match field.kind {
        Kind::Text | Kind::Markdown if field.presence == Presence::Required => {
            json!({ "type": ["string", "number"], "minLength": 1 })
        }
        _ => value(&field.kind),
    };
    let words = field.kind.words().iter().map(|word| format!("\n- `{}`：{}", word.word, word.meaning));
    let mut description = format!("{}{}", field.meaning, words.collect::<String>());
    if !field.example.starts_with("见下面") {
        description.push_str(&format!("\n\n例：`{}`", field.example));
    }
    // What stands beside a reference is not read.
    if schema.get("$ref").is_some() {
        schema = json!({ "allOf": [schema] });
    }
    schema["description"] = json!(description);
    schema
}

fn required_where(field: &Field) -> Option<Value> {
    let Presence::RequiredWhere { has, unless } = field.presence else { return None };
    let names = std::iter::once(&field.name).chain(unless);
    let mut one_of: Vec<Value> = names.map(|name| json!({ "required": [name] })).collect();
    let needed = if one_of.len() == 1 { one_of.remove(0) } else { json!({ "anyOf": one_of }) };
    Some(match has {
        Some((other, word)) => json!({
            "if": { "properties": { other: { "const": word } }, "required": [other] },
            "then": needed,
        }),
        None => needed,
    })
}

fn value(kind: &Kind) -> Value {
    match kind {
        // The reader takes digits as text; only `true` and `false` would be text by mistake.
        Kind::Text | Kind::Markdown | Kind::Topic | Kind::Group | Kind::Province => {
            json!({ "type": ["string", "number"] })
        }
        Kind::Date => pattern(DAY),
        Kind::Integer { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Id | Kind::Fact | Kind::Document | Kind::ClauseOfDocument => pattern(ID),
        Kind::StatementId => pattern(STATEMENT),
        Kind::Address => pattern(ADDRESS),
        Kind::Clause => pattern(CLAUSE),
        Kind::Words(words) => one_of_words(words),
        Kind::Answer => json!({ "type": ["string", "number", "boolean", "null"] }),
        Kind::Test => reference("test"),
        Kind::List(of) => json!({ "type": "array", "items": value(of) }),
        Kind::Record(of) => record(of),
        Kind::Map { names, of } => {
            let mut schema = json!({ "type": "object", "additionalProperties": value(of) });
            let names = match names {
                Names::Ids | Names::Facts => ID,
                Names::Conditions => "^[a-z][a-z0-9_-]*/[a-z][a-z0-9_-]*(\\[[0-9]+\\])?$",
                Names::Options => return schema,
            };
            schema["propertyNames"] = json!({ "pattern": names });
            schema
        }
    }
}

fn pattern(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn one_of_words(words: &[Word]) -> Value {
    // YAML makes values of their own of these two.
    let typed = |word: &Word| match word.word {
        "true" => json!(true),
        "false" => json!(false),
        word => json!(word),
    };
    json!({
        "enum": words.iter().map(typed).collect::<Vec<_>>(),
        "enumDescriptions": words.iter().map(|word| word.meaning).collect::<Vec<_>>(),
    })
}

/// `when`, `require`, `scope`: any name that combines nothing is that of a fact.
fn test() -> Value {
    let combined = |combination: &Combination| match combination.takes_list {
        true => json!({ "type": "array", "items": reference("test"), "description": combination.meaning }),
        false => json!({ "allOf": [reference("test")], "description": combination.meaning }),
    };
    let properties: Map<String, Value> = COMBINATIONS
        .iter()
        .flat_map(|one| one.words.iter().map(move |word| ((*word).to_owned(), combined(one))))
        .collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": reference("comparison") })
}

/// What a fact is compared with: a value, or words with values.
fn comparison() -> Value {
    let properties: Map<String, Value> = COMPARISONS
        .iter()
        .flat_map(|one| {
            let mut with = match one.with {
                ComparedWith::One => json!({ "allOf": [reference("operand")] }),
                ComparedWith::Several => json!({ "type": "array", "items": scalar() }),
                ComparedWith::Two => {
                    json!({ "type": "array", "items": reference("operand"), "minItems": 2, "maxItems": 2 })
                }
            };
            with["description"] = json!(format!("{}。\n\n例：`{}`", one.meaning, one.example));
            one.words.iter().map(move |word| ((*word).to_owned(), with.clone()))
        })
        .collect();
    let words = json!({
        "type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1,
    });
    json!({ "if": { "type": "object" }, "then": words, "else": scalar() })
}

/// A value, or another fact.
fn operand() -> Value {
    let fact = json!({
        "type": "object",
        "properties": { "fact": pattern(ID) },
        "required": ["fact"],
        "additionalProperties": false,
    });
    json!({ "if": { "type": "object" }, "then": fact, "else": scalar() })
}

fn scalar() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(name: &str) -> Value {
        schemas().into_iter().find(|(known, _)| known == name).expect("it is made").1
    }

    #[test]
    fn a_field_is_what_its_table_says() {
        let policy = schema("policy.json");
        assert_eq!(policy["required"], json!(["title", "issuer", "level", "year", "source"]));
        assert_eq!(policy["additionalProperties"], json!(false));
        assert_eq!(policy["properties"]["level"]["enum"], json!(["national", "provincial"]));
        assert_eq!(policy["properties"]["year"]["minimum"], json!(1949));
        assert_eq!(policy["properties"]["notes"]["items"]["required"], json!(["clause", "quote", "note"]));
        assert_eq!(policy["allOf"][0]["then"], json!({ "required": ["province"] }));
        assert_eq!(schema("portal.json")["properties"]["offline"]["enum"], json!([true, false]));
    }

    #[test]
    fn only_conditions_need_tests() {
        let with: Vec<String> = schemas()
            .into_iter()
            .filter(|(_, schema)| schema.get("definitions").is_some())
            .map(|(name, _)| name)
            .collect();
        assert_eq!(with, ["conditions.json"]);
    }
}
