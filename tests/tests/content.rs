//! The content of the portal itself: sound, whole, and proved by its scenarios.
#![allow(clippy::disallowed_methods, reason = "tests read the content")]

use std::sync::Arc;

use content::format::{SCHEMA_FOLDER, SourceFile};
use content::{Fate, Portal, Source, Sources};

fn portal() -> Portal {
    let folder = tests::folder("../content");
    let (sources, problems) = Sources::decode(tests::files(&folder));
    assert!(problems.is_empty(), "{problems:?}");
    let compiled = content::compile(&sources);
    assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
    compiled.portal.expect("a portal without problems")
}

#[test]
fn the_four_documents_and_what_was_drawn_from_them_are_there() {
    let portal = portal();
    let documents: Vec<&str> = portal.policies.iter().map(|policy| policy.id.as_str()).collect();
    assert_eq!(documents, ["ah-2024", "sx-2024", "gx-2022", "n-2019"]);
    let rows: Vec<usize> = portal.link_groups.iter().map(|group| group.links.len()).collect();
    assert_eq!(rows, [24, 9]);
    let verbatim = portal.faq.iter().flat_map(|topic| &topic.entries).filter(|entry| entry.verbatim).count();
    assert_eq!(verbatim, 10, "the ten questions of the Guangxi guide");
    assert!(portal.policies.iter().all(|policy| !policy.notes.is_empty()));
}

#[test]
fn what_looks_wrong_in_the_texts_is_noted() {
    let (sources, _) = Sources::decode(tests::files(&tests::folder("../content")));
    let noted = content::compile(&sources).audit.noted;
    let found = noted.iter().filter(|one| one.code() != "deadline-before-window-closes");
    let found: Vec<String> = found
        .map(|one| {
            let line = one.place.source_line.chars().skip(one.place.column - 1).take(one.place.width);
            format!("{} {}", one.code(), line.collect::<String>())
        })
        .collect();
    assert_eq!(
        found,
        [
            "near-identical-host vs1c.ncb.edu.cn",
            "near-identical-host vsic.ncb.edu.cn",
            "near-identical-mailbox ahxzsbggs@126.com",
            "number-under-two-names 教职成司函〔2020〕9号",
        ]
    );
}

#[test]
fn all_that_the_documents_say_is_accounted_for() {
    let portal = portal();
    let of = |document: &str| portal.statements.iter().filter(|one| one.document == document).count();
    assert_eq!(["ah-2024", "sx-2024", "gx-2022", "n-2019"].map(of), [43, 48, 65, 40]);
    assert!(portal.statements.iter().all(content::Statement::is_accounted_for));
}

#[test]
fn no_slip_in_a_condition_goes_unnoticed() {
    let unnoticed: Vec<_> =
        content::mutants(&portal()).into_iter().filter(|mutant| mutant.fate == Fate::Survived).collect();
    assert!(unnoticed.is_empty(), "no scenario notices {unnoticed:#?}");
}

#[test]
fn the_same_content_gives_the_same_bytes_in_any_order() {
    let folder = tests::folder("../content");
    let mut files = tests::files(&folder);
    let json = |files: &[(String, Vec<u8>)]| {
        let (sources, _) = Sources::decode(files.to_vec());
        serde_json::to_string(&content::compile(&sources).portal).expect("a portal is JSON")
    };
    let first = json(&files);
    files.reverse();
    assert_eq!(first, json(&files));
}

#[test]
fn every_yaml_file_begins_with_the_line_by_which_editors_find_its_schema() {
    let folder = tests::folder("../content");
    for (path, bytes) in tests::files(&folder) {
        let Some(file) = SourceFile::at(&path) else {
            assert_eq!(path, "about.md", "its fields are described nowhere");
            continue;
        };
        let schema = folder.join(SCHEMA_FOLDER).join(format!("{}.json", file.id));
        assert!(schema.is_file(), "{}", schema.display());
        let text = String::from_utf8(bytes).expect("sources are UTF-8");
        if let Some(line) = SourceFile::modeline(&path) {
            assert_eq!(text.lines().next(), Some(line.as_str()), "{path}");
        }
    }
}

/// The files at other paths.
fn all_but(sources: &Sources, path: &str) -> impl Iterator<Item = Arc<Source>> {
    sources.iter().filter(move |source| source.path != path).cloned()
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_and_nothing_that_refers_to_it() {
    let (sound, _) = Sources::decode(tests::files(&tests::folder("../content")));
    let mut cache = content::Cache::default();
    let mut misled = Vec::new();
    for source in sound.iter() {
        let path = &source.path;
        let head: &[u8] = if path.ends_with(".md") { b"---\nid: [x\n" } else { b"x: [\n" };
        for start in [head, b"\xff\xff\xff"] {
            let broken = [start, source.text.as_bytes()].concat();
            let (sources, mut problems) =
                Sources::decode_again([(path.clone(), broken)], all_but(&sound, path));
            problems.extend(content::compile_again(&sources, &mut cache).diagnostics);
            let (own, of_others): (Vec<_>, Vec<_>) =
                problems.iter().partition(|problem| problem.place.path == *path);
            assert!(!own.is_empty(), "{path}");
            let told =
                |problem: &content::Diagnostic| format!("{path}: {} {}", problem.place.path, problem.code());
            misled.extend(of_others.into_iter().map(told));
        }
    }
    assert!(misled.is_empty(), "{misled:#?}");
}

#[test]
fn after_an_edit_the_result_is_that_of_a_fresh_start() {
    let mut cache = content::Cache::default();
    let (sources, _) = Sources::decode(tests::files(&tests::folder("../content")));
    let first = content::compile_again(&sources, &mut cache);
    assert_eq!(format!("{first:?}"), format!("{:?}", content::compile(&sources)), "nothing was known");
    // A clause that others refer to loses its number, a province and a topic their names, a file is gone, another is new.
    let edits = [
        ("policies/sx-2024.md", "## 四、", "## 九、"),
        ("provinces/sx/guide.md", "short_name: 陕西", "short_name: 秦"),
        ("faq/topics.yaml", "title: ", "title: 改"),
    ];
    for (path, from, to) in edits {
        let text = sources.get(path).map(|source| source.text.replace(from, to)).unwrap_or_default();
        assert!(sources.get(path).is_some_and(|source| source.text != text), "{path} has {from}");
        let (changed, _) =
            Sources::decode_again([(path.to_owned(), text.into_bytes())], all_but(&sources, path));
        let again = content::compile_again(&changed, &mut cache);
        assert_eq!(format!("{again:?}"), format!("{:?}", content::compile(&changed)), "{path}");
        let (without, _) = Sources::decode_again([], all_but(&sources, path));
        let gone = content::compile_again(&without, &mut cache);
        assert_eq!(format!("{gone:?}"), format!("{:?}", content::compile(&without)), "without {path}");
    }
    let back = content::compile_again(&sources, &mut cache);
    assert_eq!(format!("{first:?}"), format!("{back:?}"));
}
