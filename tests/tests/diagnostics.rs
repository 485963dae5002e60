//! Author mistakes, one per file of `diagnostics/`: files laid over a sound small portal, then everything that must be
//! reported, in both languages. A path after `- ` is taken away. `REWRITE=1` writes what is reported now.
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use content::{Code, Diagnostic, Language, Place, Sources};

/// Codes of files that are no text, which a case cannot hold, and of sizes that nobody wants to read in one; the unit tests of
/// `content/src/source.rs` and `fields.rs` show them.
const NOT_AS_CASES: [Code; 5] =
    [Code::FileTooLarge, Code::NotUtf8, Code::LineTooLong, Code::TooManyProblems, Code::AddressTooLong];

fn base() -> BTreeMap<String, Vec<u8>> {
    tests::files(&tests::folder("diagnostics/base")).into_iter().collect()
}

/// Whether there is a portal, and all that is reported; what a note on the text explains comes last.
fn report(files: BTreeMap<String, Vec<u8>>) -> (bool, Vec<Diagnostic>) {
    let (sources, mut diagnostics) = Sources::decode(files);
    let compiled = content::compile(&sources);
    diagnostics.extend(compiled.diagnostics);
    diagnostics.extend(compiled.audit.noted);
    (compiled.portal.is_some(), diagnostics)
}

fn show(diagnostics: &[Diagnostic]) -> String {
    let at = |place: &Place| format!("{}:{}:{}", place.path, place.line, place.column);
    let mut text = String::new();
    for one in diagnostics {
        let meant: String = one
            .place
            .source_line
            .chars()
            .skip(one.place.column.saturating_sub(1))
            .take(one.place.width)
            .collect();
        let _ = writeln!(text, "{} {:?} {} `{meant}`", at(&one.place), one.severity(), one.code());
        for language in [Language::Chinese, Language::English] {
            let _ = writeln!(text, "    {} | {}", one.message(language), one.help(language));
        }
        for related in &one.related {
            let _ = writeln!(text, "    {} {} | {}", at(&related.place), related.chinese, related.english);
        }
    }
    text
}

#[test]
fn the_base_is_sound() {
    let (sound, diagnostics) = report(base());
    assert!(sound && diagnostics.is_empty(), "{}", show(&diagnostics));
}

#[test]
fn every_mistake_is_reported_at_its_place_with_its_remedy() {
    let mut failures = String::new();
    let mut codes = BTreeSet::new();
    for (name, bytes) in tests::files(&tests::folder("diagnostics")) {
        let Some(name) = name.strip_suffix(".case") else { continue };
        let text = String::from_utf8(bytes).expect("cases are UTF-8");
        let (given, expected) = text.split_once("=== expected\n").expect("a case has an expectation");
        let mut files = base();
        for part in given.split("=== ").skip(1) {
            let (path, content) = part.split_once('\n').expect("a path and a file");
            match path.strip_prefix("- ") {
                Some(path) => files.remove(path),
                None => files.insert(path.to_owned(), content.as_bytes().to_vec()),
            };
        }
        let (_, diagnostics) = report(files);
        let without = |one: &&Diagnostic| {
            [Language::Chinese, Language::English].iter().any(|language| one.help(*language).is_empty())
        };
        if let Some(one) = diagnostics.iter().find(without) {
            let _ = writeln!(failures, "--- {name}: {} has no remedy", one.code());
        }
        codes.extend(diagnostics.iter().map(Diagnostic::code));
        let found = show(&diagnostics);
        if tests::rewrite() {
            let path = tests::folder("diagnostics").join(format!("{name}.case"));
            std::fs::write(path, format!("{given}=== expected\n{found}")).expect("it can be written");
        } else if found != expected {
            let _ = writeln!(failures, "--- {name}\nexpected:\n{expected}\nfound:\n{found}");
        }
        // A case is named after the code it shows, so that none can be forgotten.
        let shown = diagnostics.iter().any(|one| {
            name.starts_with(one.code()) || name.starts_with("scenario") || name == "several-at-once"
        });
        if !shown {
            let _ = writeln!(failures, "--- {name} does not show its code:\n{found}");
        }
    }
    assert!(failures.is_empty(), "{failures}");
    for code in Code::ALL {
        let expected = !NOT_AS_CASES.contains(code);
        assert_eq!(codes.contains(code.name()), expected, "{code}: is there a case for it?");
    }
}

#[test]
fn no_explanation_is_of_a_code_that_is_gone() {
    let folder = tests::folder("../crates/content/src/problem/explanations");
    for (name, _) in tests::files(&folder) {
        let code = name.strip_suffix(".md").and_then(Code::named);
        assert!(code.is_some(), "{name} explains no code");
    }
}
