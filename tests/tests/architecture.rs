//! The picture in `crates/README.md` and the code say the same.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests look at the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand in the workspace")
}

/// Rows of the table of crates: name, our crates it depends on, engines it alone may name.
fn table() -> BTreeMap<String, (BTreeSet<String>, Vec<String>)> {
    let readme = std::fs::read_to_string(workspace().join("crates/README.md")).expect("it is there");
    let rows = readme
        .lines()
        .skip_while(|line| !line.starts_with("| crate | job"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let words = |cell: &str| -> Vec<String> {
            let outside_brackets = |text: &str| text.split(" (").next().unwrap_or(text).to_owned();
            cell.split(", ").map(outside_brackets).filter(|word| word != "–").collect()
        };
        let name = cells[1].split('`').nth(1).expect("a name").to_owned();
        (name, (words(cells[3]).into_iter().collect(), words(cells[4])))
    })
    .collect()
}

#[test]
fn dependencies_run_as_drawn() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(workspace())
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let table = table();
    let packages = metadata["packages"].as_array().expect("a list");
    let names: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    for package in packages.iter().filter(|package| package["name"] != "tests") {
        let name = package["name"].as_str().expect("a name");
        let used: BTreeSet<String> = package["dependencies"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|dependency| dependency["kind"].is_null())
            .filter_map(|dependency| dependency["name"].as_str())
            .filter(|dependency| names.contains(dependency))
            .map(str::to_owned)
            .collect();
        let (drawn, _) = table.get(name).unwrap_or_else(|| panic!("{name} is not in crates/README.md"));
        assert_eq!(&used, drawn, "{name}");
    }
    assert_eq!(table.len() + 1, names.len(), "a crate of crates/README.md is gone");
}

#[test]
fn engines_are_named_where_the_table_says() {
    let one_file = [
        ("serde_yaml", "content/src/yaml.rs"),
        ("pulldown_cmark", "content/src/markdown.rs"),
        ("csv", "sheet/src/delimited.rs"),
        ("encoding_rs", "sheet/src/decode.rs"),
        ("resvg", "render/src/share_image.rs"),
        ("tantivy", "search/src/build/oracle.rs"),
        ("tantivy_common", "search/src/build/segment.rs"),
        ("tantivy_stacker", "search/src/build/segment.rs"),
    ];
    // A workbook and a Word file are both such archives; each format has one reader.
    let zip_homes = ["sheet/src/xlsx/", "cli/src/import/", "cli/tests/import.rs"];
    let homes: BTreeMap<&str, &str> = [
        ("tera", "render/"),
        ("aho_corasick", "render/"),
        ("calamine", "sheet/src/xlsx/"),
        ("quick_xml", "cli/src/import/"),
        ("axum", "cli/"),
        ("notify", "cli/"),
        ("walkdir", "cli/"),
        ("clap", "cli/"),
    ]
    .into_iter()
    .chain(one_file)
    .collect();
    let crates = workspace().join("crates");
    for (path, bytes) in tests::files(&crates) {
        if !path.ends_with(".rs") || path.starts_with("xtask/") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("sources are UTF-8");
        let names = |engine: &str| {
            text.lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("{engine}::")))
        };
        assert!(
            !names("zip") || zip_homes.iter().any(|home| path.starts_with(home)),
            "{path} names zip, whose homes are {zip_homes:?}"
        );
        for (engine, home) in &homes {
            let named = names(engine);
            assert!(!named || path.starts_with(home), "{path} names {engine}, whose home is {home}");
        }
    }
}

#[test]
fn every_third_party_crate_has_its_reason() {
    let manifest = std::fs::read_to_string(workspace().join("Cargo.toml")).expect("it is there");
    let reasons = std::fs::read_to_string(workspace().join("crates/README.md")).expect("it is there");
    let reasons = reasons.split("## Third-party crates").nth(1).expect("the section is there");
    let dependencies = manifest.split("# Third-party crates").nth(1).expect("the section is there");
    let dependencies = dependencies.split("\n[").next().expect("the section ends");
    for name in
        dependencies.lines().skip(1).filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim())
    {
        let known = |line: &&str| {
            line.starts_with('|')
                && line
                    .split('|')
                    .nth(1)
                    .is_some_and(|cell| cell.split(['(', ',']).any(|word| word.trim() == name))
        };
        assert!(reasons.lines().any(|line| known(&line)), "{name} has no line in crates/README.md");
    }
}
