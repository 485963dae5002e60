//! What the command says of problems of the content: by `lint`, in every form, and explained.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use support::{Project, STATEMENTS, STEPS, stderr, stdout};

#[test]
fn diagnostics_come_as_json_too() {
    let project = Project::small();
    project.write("content/portal.yaml", b"titel: x\n");
    let output = project.run(&["lint", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let first = &report["diagnostics"][0];
    assert_eq!(first["place"]["file"], "content/portal.yaml");
    assert!(first["message"]["zh"].is_string() && first["message"]["en"].is_string());
}

#[test]
fn lint_shows_who_accounts_for_each_statement() {
    let project = Project::small();
    project.write("content/check/ah-2024/statements.yaml", STATEMENTS.as_bytes());
    project.write("content/provinces/ah/steps.yaml", STEPS.as_bytes());
    let output = project.run(&["lint"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let lines = stdout(&output);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(
        lines,
        [
            "A1\tah-2024#s1-1\t流程：申报",
            "A2\tah-2024#s2\t说明：没有要做的事",
            "条件 4 项，符合、不符合、未知三种情形都有场景的 4 项",
            "2/2 条原文陈述有着落",
        ]
    );
    let english = project.run(&["lint", "--lang", "en"]);
    assert!(stdout(&english).contains("A1\tah-2024#s1-1\tstep: 申报\n"));
    assert!(stdout(&english).ends_with("2/2 statements accounted for\n"));

    project.write("content/provinces/ah/steps.yaml", STEPS.replace(", covers: [A1]", "").as_bytes());
    let output = project.run(&["lint"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("statements.yaml:1:9"), "{}", stderr(&output));
    assert!(stdout(&output).contains("A1\tah-2024#s1-1\t没有着落\n"));
    assert!(stdout(&output).ends_with("1/2 条原文陈述有着落\n"));
    let json = project.run(&["lint", "--format", "json"]);
    assert_eq!(json.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(report["diagnostics"][0]["code"], "unaccounted-statement");
    assert_eq!(report["statements"][1]["information"], "没有要做的事");
}

#[test]
fn a_collision_that_a_note_explains_is_left_to_lint() {
    let project = Project::small();
    let policy = project.read("content/policies/ah-2024.md");
    let note = "source: ah.txt\nnotes:\n  - { clause: s1-2, quote: 9 月 20 日前, note: 早于申报截止 }\n";
    project.write("content/policies/ah-2024.md", policy.replace("source: ah.txt\n", note).as_bytes());
    let conditions = project.read("content/check/ah-2024/conditions.yaml");
    let summary = "  - id: summary\n    title: 汇总表\n    kind: window\n    strength: must\n    require: { submit_date: { on_or_before: 2024-09-20 } }\n    cite: { clause: s1-2, quote: 汇总表于 9 月 20 日前发送 }\n    year_from: issue\n";
    project.write("content/check/ah-2024/conditions.yaml", (conditions + summary).as_bytes());
    let scenarios = "- { name: 按时, facts: { province: AH, submit_date: 2024-09-20 }, expect: { ah-2024/summary: met } }\n- { name: 晚了, facts: { province: AH, submit_date: 2024-09-21 }, expect: { ah-2024/summary: not_met } }\n- { name: 不知道, facts: { province: AH }, expect: { ah-2024/summary: unknown } }\n";
    let all = project.read("content/check/ah-2024/scenarios.yaml") + scenarios;
    project.write("content/check/ah-2024/scenarios.yaml", all.as_bytes());
    let build = project.run(&["build"]);
    assert_eq!(build.status.code(), Some(0), "{}", stderr(&build));
    assert!(!stderr(&build).contains("deadline-before-window-closes"), "{}", stderr(&build));
    let lint = project.run(&["lint"]);
    assert_eq!(lint.status.code(), Some(0));
    assert!(stderr(&lint).contains("deadline-before-window-closes"), "{}", stderr(&lint));
    assert!(stderr(&lint).contains("已有校注（第 1 条）"), "{}", stderr(&lint));
}

#[test]
fn a_code_is_explained() {
    let project = Project::small();
    let output = project.run(&["explain", "unknown-field"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0));
    assert!(text.starts_with("错误[unknown-field] 没有这一项\n"), "{text}");
    assert!(text.contains("    titel: 申报指南") && text.contains("    title: 申报指南"), "{text}");
    let english = stdout(&project.run(&["explain", "warning[unused-file]:", "--lang", "en"]));
    assert!(english.starts_with("warning[unused-file] A file that is not used\n"), "{english}");

    let list = stdout(&project.run(&["explain"]));
    assert!(list.lines().count() > 50 && list.contains("never-met"), "{list}");

    let output = project.run(&["explain", "unknown-filed"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("是不是“unknown-field”？"), "{}", stderr(&output));
}

#[test]
fn diagnostics_come_as_sarif() {
    let project = Project::small();
    project.write("content/portal.yaml", "titel: 指南\n".as_bytes());
    project.write(
        "content/faq/topics.yaml",
        "- id: time\n  title: 时间\n- id: time\n  title: 再来\n".as_bytes(),
    );
    let output = project.run(&["lint", "--format", "sarif", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).expect("nothing but JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for rule in rules {
        assert!(rule["id"].is_string() && rule["help"]["text"].is_string(), "{rule}");
        let level = &rule["defaultConfiguration"]["level"];
        assert!(level == "error" || level == "warning", "{rule}");
    }
    let results = run["results"].as_array().expect("results");
    for result in results {
        let index =
            result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{result}");
    }
    let result = |code: &str| results.iter().find(|result| result["ruleId"] == code).expect("is reported");
    let place = |location: &serde_json::Value| {
        let place = &location["physicalLocation"];
        let region = &place["region"];
        let numbers =
            ["startLine", "startColumn", "endColumn"].map(|key| region[key].as_u64().expect("a number"));
        (place["artifactLocation"]["uri"].as_str().expect("an address").to_owned(), numbers)
    };
    let unknown = result("unknown-field");
    assert_eq!(place(&unknown["locations"][0]), ("content/portal.yaml".to_owned(), [1, 1, 6]));
    assert_eq!(unknown["message"]["text"], "there is no field `titel`. Help: did you mean `title`?");
    let twice = result("duplicate-id");
    assert_eq!(place(&twice["locations"][0]), ("content/faq/topics.yaml".to_owned(), [3, 7, 11]));
    assert_eq!(place(&twice["relatedLocations"][0]), ("content/faq/topics.yaml".to_owned(), [1, 7, 11]));
    assert_eq!(twice["relatedLocations"][0]["message"]["text"], "first used here");
}

#[test]
fn files_that_are_not_read_are_named() {
    let project = Project::small();
    project.write("content/faq/when.docx", b"not read");
    project.write("content/faq/~$when.docx", b"a lock of an editor");
    let output = project.run(&["lint", "--format", "short"]);
    assert_eq!(output.status.code(), Some(0));
    let warnings: Vec<String> =
        stdout(&output).lines().filter(|line| line.contains("提醒[")).map(str::to_owned).collect();
    assert_eq!(warnings, ["content/faq/when.docx: 提醒[unused-file]: 这个文件没有被用到"]);
}
