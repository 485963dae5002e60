//! `zhinan new`: what it writes is a portal, or tells what it lacks.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use support::{run, stderr, stdout};
use tempfile::TempDir;

/// A folder whose path has Chinese characters and a space, with a portal begun in it.
struct Begun(TempDir);

impl Begun {
    fn new() -> Self {
        let begun = Self(tempfile::tempdir().expect("a folder"));
        let output = run(begun.0.path(), &["new", "portal", "新 门户"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).contains("新 门户/content/portal.yaml\n"), "{}", stdout(&output));
        assert!(stdout(&output).contains("zhinan serve"), "{}", stdout(&output));
        begun
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("新 门户").join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(&self.path(""), arguments)
    }

    /// Code and field (or first word) of every problem of a file.
    fn problems(&self, file: &str) -> Vec<String> {
        let output = self.run(&["lint", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let all = report["diagnostics"].as_array().expect("a list");
        all.iter()
            .inspect(|one| assert_eq!(one["place"]["file"], format!("content/{file}"), "{one}"))
            .map(|one| {
                let message = one["message"]["en"].as_str().unwrap_or_default();
                let field = message.split('`').nth(1).unwrap_or_default();
                format!("{} {field}", one["code"].as_str().unwrap_or_default()).trim_end().to_owned()
            })
            .collect()
    }
}

#[test]
fn editors_find_the_schema_of_every_file() {
    let begun = Begun::new();
    assert_eq!(begun.run(&["new", "province", "bj"]).status.code(), Some(0));
    for file in ["portal.yaml", "faq/topics.yaml", "check/facts.yaml", "provinces/bj/steps.yaml"] {
        let path = begun.path("content").join(file);
        let text = fs::read_to_string(&path).expect("it is there");
        let named =
            text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let schema = path.parent().expect("a folder").join(named.expect("the first line names it"));
        let schema: serde_json::Value =
            serde_json::from_slice(&fs::read(&schema).expect("it is there")).expect("JSON");
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#", "{file}");
    }
}

#[test]
fn a_new_portal_is_sound_and_builds_searches_and_checks() {
    let portal = Begun::new();
    let lint = portal.run(&["lint"]);
    assert_eq!((lint.status.code(), stderr(&lint).as_str()), (Some(0), ""), "{}", stdout(&lint));
    assert!(stdout(&lint).ends_with("8/8 条原文陈述有着落\n"), "{}", stdout(&lint));
    let mutants = portal.run(&["check", "--mutants"]);
    assert_eq!(mutants.status.code(), Some(0), "{}", stdout(&mutants));

    let build = portal.run(&["build"]);
    assert_eq!(build.status.code(), Some(0), "{}", stderr(&build));
    for page in
        ["index.html", "policies/example/index.html", "provinces/example/index.html", "check/index.html"]
    {
        assert!(portal.path("site").join(page).is_file(), "{page}");
    }
    let search = portal.run(&["search", "--json", "-n", "1", "截止日期"]);
    let report: serde_json::Value = serde_json::from_slice(&search.stdout).expect("JSON");
    assert!(report["results"][0]["url"].is_string(), "{report}");
    fs::write(portal.path("plan.yaml"), "facts: { province: EX, work_plan: no }\n").expect("written");
    let check = portal.run(&["check", "plan.yaml"]);
    assert!(stdout(&check).contains("还没有加盖公章的试点工作方案"), "{}", stdout(&check));
}

#[test]
fn a_portal_takes_an_empty_folder() {
    let portal = Begun::new();
    let before = fs::read(portal.path("content/portal.yaml")).expect("it is there");
    let output = portal.run(&["new", "portal", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("不是空的"), "{}", stderr(&output));
    assert_eq!(fs::read(portal.path("content/portal.yaml")).expect("it is there"), before);
    let output = portal.run(&["new", "portal", "a/b", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("Written:\n  a/b/content/"), "{}", stdout(&output));
}

#[test]
fn the_diagnostics_of_a_draft_name_what_is_to_be_filled_in() {
    for (what, id, file, expected) in [
        (
            "policy",
            "n-2030",
            "policies/n-2030.md",
            &["empty-text", "missing-field issuer", "missing-field source", "missing-field title"][..],
        ),
        ("province", "ah", "provinces/ah/guide.md", &["missing-field name", "missing-field summary"]),
        (
            "faq",
            "who-pays",
            "faq/who-pays.md",
            &["missing-field question", "missing-field sources", "missing-field topic"],
        ),
    ] {
        let portal = Begun::new();
        let output = portal.run(&["new", what, id]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).contains(&format!("content/{file}\n")), "{}", stdout(&output));
        let mut problems = portal.problems(file);
        problems.sort();
        problems.dedup();
        assert_eq!(problems, expected, "{what}");

        let before = fs::read_to_string(portal.path("content").join(file)).expect("it is there");
        assert!(what != "faq" || before.contains("timing（时间）、conditions（条件与材料）"), "{before}");
        assert!(!before.contains(['{', '}']), "everything is filled in: {before}");
        let again = portal.run(&["new", what, id]);
        assert_eq!(again.status.code(), Some(2));
        assert!(stderr(&again).contains("不会覆盖"), "{}", stderr(&again));
        assert_eq!(fs::read_to_string(portal.path("content").join(file)).expect("it is there"), before);
    }
}

#[test]
fn a_bad_id_gets_the_words_of_the_compiler() {
    let portal = Begun::new();
    for bad in ["AH-2024", "2024", "../x", "安徽", ""] {
        let output = portal.run(&["new", "policy", bad]);
        assert_eq!(output.status.code(), Some(2), "{bad}");
        let told = stderr(&output);
        assert!(
            told.contains(&format!("“{bad}”不能作编号；编号只用小写英文字母、数字、- 和 _，以字母开头")),
            "{told}"
        );
    }
    let output = portal.run(&["new", "faq", "x", "--content", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
}
