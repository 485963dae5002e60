//! The table of what must not break (`tests/README.md`): every row is in it, and the files it names have a test of that row.
#![allow(clippy::disallowed_methods, reason = "tests read the sources")]

use std::collections::BTreeMap;
use std::fs;

/// Letters of the rows with the number of the last one.
const ROWS: [(char, u32); 7] = [('R', 21), ('S', 10), ('B', 6), ('A', 9), ('P', 3), ('O', 4), ('M', 1)];

/// Rows that no test can hold; the table says why.
const BY_HAND: [&str; 2] = ["A09", "P02"];

/// The files of each row of the table.
fn table() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(tests::folder("README.md")).expect("it is there");
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.trim_end_matches(" |").split(" | ");
        let (id, files) = (cells.next()?, cells.nth(1)?);
        let is_row = id.len() == 3 && id[1..].parse::<u32>().is_ok();
        is_row.then(|| (id.to_owned(), quoted(files)))
    });
    rows.collect()
}

fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).filter(|name| !name.contains(' ')).map(str::to_owned).collect()
}

/// Whether a test of this file has the row in its name: `fn r01_…` in Rust, `"R01: …"` or `"A02, A03: …"` in JavaScript.
fn has_test_of(text: &str, id: &str) -> bool {
    let names = text.lines().filter(|line| {
        let line = line.trim_start();
        ["fn ", "test(", "it(", "describe("].iter().any(|start| line.starts_with(start))
    });
    let of_rust = format!("fn {}_", id.to_lowercase());
    names.into_iter().any(|line| {
        let rows = line.split(':').next().unwrap_or(line);
        line.contains(&of_rust) || rows.split(['"', '`', ' ', ',']).any(|word| word == id)
    })
}

#[test]
fn every_row_is_in_the_table_and_has_its_tests() {
    let table = table();
    let mut wrong = Vec::new();
    let ids = ROWS.iter().flat_map(|(letter, last)| (1..=*last).map(move |row| format!("{letter}{row:02}")));
    for id in ids {
        match table.get(&id) {
            None => wrong.push(format!("{id} is not in the table")),
            Some(files) if files.is_empty() && !BY_HAND.contains(&id.as_str()) => {
                wrong.push(format!("{id} names no file"));
            }
            Some(files) => {
                for file in files {
                    let text = fs::read_to_string(tests::folder("..").join(file)).unwrap_or_default();
                    if !has_test_of(&text, &id) {
                        wrong.push(format!("{file} has no test of {id}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_row_is_found_in_names_alone() {
    assert!(has_test_of("#[test]\nfn r01_yaml() {}", "R01"));
    assert!(has_test_of("test(\"A02, A03: narrow\", () => {", "A03"));
    assert!(!has_test_of("// R01: see there\nfn r011_other() {}", "R01"));
}
