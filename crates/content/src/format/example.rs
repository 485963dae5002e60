//! A small portal that is sound and in which every field is used: the examples of the authoring pages.

macro_rules! example {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../example/", $path)))),*]
    };
}

/// Path and text of every file, in the order of [`super::SOURCE_FILES`].
pub static EXAMPLE: &[(&str, &str)] = example![
    "portal.yaml",
    "about.md",
    "policies/ex-2025.md",
    "provinces/ex/guide.md",
    "provinces/ex/materials.yaml",
    "provinces/ex/steps.yaml",
    "provinces/ex/roles.yaml",
    "provinces/ex/fees.yaml",
    "provinces/ex/timing.yaml",
    "provinces/ex/duties.yaml",
    "provinces/ex/contacts.yaml",
    "faq/topics.yaml",
    "faq/no-major.md",
    "links.yaml",
    "certificates.yaml",
    "glossary.yaml",
    "synonyms.yaml",
    "updates.yaml",
    "check/facts.yaml",
    "check/ex-2025/conditions.yaml",
    "check/ex-2025/scenarios.yaml",
    "check/ex-2025/statements.yaml",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::format::{Field, Kind, Record, SOURCE_FILES, SourceFile};
    use crate::yaml::{self, Node, Value};
    use crate::{Sources, front_matter};

    fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
        EXAMPLE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
    }

    #[test]
    fn the_example_is_sound() {
        let (sources, problems) = Sources::decode(files());
        assert!(problems.is_empty(), "{problems:#?}");
        let compiled = crate::compile(&sources);
        assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
        assert!(compiled.portal.is_some());
    }

    /// Enters the fields of a record that are written; one that is not in the tables is told.
    fn enter(record: &'static Record, node: &Node, seen: &mut BTreeSet<(&'static str, &'static str)>) {
        let Value::Map(entries) = &node.value else { panic!("{} is a record", record.id) };
        for entry in entries {
            let field = record.field(&entry.key).unwrap_or_else(|| panic!("{} has {}", record.id, entry.key));
            seen.insert((record.id, field.name));
            enter_value(&field.kind, &entry.node, seen);
        }
    }

    fn enter_value(kind: &'static Kind, node: &Node, seen: &mut BTreeSet<(&'static str, &'static str)>) {
        match (kind, &node.value) {
            (Kind::Record(record), _) => enter(record, node, seen),
            (Kind::List(of), Value::List(items)) => items.iter().for_each(|item| enter_value(of, item, seen)),
            (Kind::Map { of, .. }, Value::Map(entries)) => {
                entries.iter().for_each(|entry| enter_value(of, &entry.node, seen));
            }
            _ => {}
        }
    }

    fn all_fields(record: &'static Record, found: &mut BTreeSet<(&'static str, &'static str)>) {
        for Field { name, kind, .. } in record.fields {
            found.insert((record.id, *name));
            if let Some(inner) = kind.record() {
                all_fields(inner, found);
            }
        }
    }

    #[test]
    fn every_field_of_every_file_is_used_in_it() {
        let mut seen = BTreeSet::new();
        for (path, text) in EXAMPLE.iter().filter(|(path, _)| *path != "about.md") {
            let file = SourceFile::at(path).unwrap_or_else(|| panic!("{path} is described"));
            let range = match file.is_markdown() {
                true => front_matter::split(path, text).expect("front matter").0,
                false => 0..text.len(),
            };
            let node = yaml::parse(path, text, range).expect("proper YAML");
            match &node.value {
                Value::List(items) => {
                    items.iter().for_each(|item| enter(file.shape.record(), item, &mut seen))
                }
                _ => enter(file.shape.record(), &node, &mut seen),
            }
        }
        let mut all = BTreeSet::new();
        SOURCE_FILES.iter().for_each(|file| all_fields(file.shape.record(), &mut all));
        assert_eq!(all.difference(&seen).collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
    }

    #[test]
    fn every_sort_of_file_has_one_and_they_are_told_apart() {
        for file in &SOURCE_FILES {
            assert!(
                EXAMPLE.iter().any(|(path, _)| SourceFile::at(path).is_some_and(|at| at.id == file.id)),
                "{}",
                file.id
            );
        }
        let id = |path| SourceFile::at(path).map(|file| file.id);
        assert_eq!(id("faq/topics.yaml"), Some("topics"));
        assert_eq!(id("faq/a.md"), Some("faq"));
        assert_eq!(id("check/facts.yaml"), Some("facts"));
        assert_eq!(id("check/a/conditions.yaml"), Some("conditions"));
        for none in ["faq/.md", "policies/a/b.md", "a.yaml", "provinces/x.yaml"] {
            assert_eq!(id(none), None, "{none}");
        }
    }
}
