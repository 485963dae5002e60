//! Tables as plan files: wrong cells at their addresses, verdicts written as tables.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::process::Output;

use support::{text, workspace, zhinan};
use tempfile::TempDir;

const TABLE: &str = "名称,省份,提交日期,团队人数,双师人数,计划人数\n=甲校,安徽,2024/9/26,40人,19,60\n乙校,陕西,2024年9月20日,,,\n";

struct Project(TempDir);

impl Project {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let project = Self(tempfile::tempdir().expect("a folder"));
        for (name, bytes) in files {
            fs::write(project.0.path().join(name), bytes).expect("written");
        }
        project
    }

    fn check(&self, arguments: &[&str]) -> Output {
        let mut command = zhinan(self.0.path());
        command.arg("check").args(arguments).arg("--content").arg(workspace().join("tests/diagnostics/base"));
        command.output().expect("the command starts")
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.path().join(name)).expect("it was written")
    }
}

/// Name and verdicts of each declaration of the JSON report.
fn verdicts(output: &Output) -> Vec<(String, Vec<String>)> {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let words = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let of = |one: &serde_json::Value| {
        let verdicts = one["verdicts"].as_array().expect("a list").iter().map(|one| words(&one["verdict"]));
        (words(&one["name"]), verdicts.collect())
    };
    report["declarations"].as_array().expect("a list").iter().map(of).collect()
}

#[test]
fn csv_tsv_gbk_and_xlsx_give_the_same_verdicts() {
    let workbook = {
        let project = Project::with(&[("plan.csv", TABLE.as_bytes())]);
        let output = project.check(&["plan.csv", "--output", "made.xlsx"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        project.read("made.xlsx")
    };
    // The workbook has the answers on its last sheet, in the form of the template.
    let answers = sheet::read_xlsx(&workbook, Some("填写内容")).expect("the sheet is there");
    let answers = sheet::write_xlsx(&[answers]).expect("written");
    let gbk: &[u8] = b"\xc3\xfb\xb3\xc6,province,submit_date,team,dual,planned\r\n=\xbc\xd7\xd0\xa3,\xb0\xb2\xbb\xd5,2024-09-26,40,19,60\r\n\xd2\xd2\xd0\xa3,SX,45555,,,\r\n";
    let tsv = TABLE.replace(',', "\t");
    let project = Project::with(&[
        ("plan.csv", TABLE.as_bytes()),
        ("plan.tsv", tsv.as_bytes()),
        ("gbk.csv", gbk),
        ("plan.xlsx", &answers),
    ]);
    let expected = [("=甲校", ["not_met", "not_met", "met", "unknown"]), ("乙校", ["not_applicable"; 4])]
        .map(|(name, verdicts)| (name.to_owned(), verdicts.map(str::to_owned).to_vec()));
    for file in ["plan.csv", "plan.tsv", "gbk.csv", "plan.xlsx"] {
        assert_eq!(verdicts(&project.check(&["--json", file])), expected, "{file}");
    }
}

#[test]
fn wrong_cells_are_reported_at_their_addresses_in_both_languages() {
    let table = "名称,省份,计划人,团队人数,计划人数\n甲,江西,,四十,60\n";
    let project = Project::with(&[("plan.csv", table.as_bytes())]);
    let output = project.check(&["plan.csv"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    for expected in [
        "错误[unknown-column]: 没有名为“计划人”的列\n  --> plan.csv: 第 1 行 C 列 (计划人)\n  = 改法: 是不是“计划人数”？",
        "错误[wrong-cell]: “江西”不是可选的内容\n  --> plan.csv: 第 2 行 B 列 (省份)\n  = 改法: 可填：安徽、陕西",
        "错误[wrong-cell]: “四十”不是整数\n  --> plan.csv: 第 2 行 D 列 (团队人数)\n  = 改法: 请填 0 到 2000 的整数",
    ] {
        assert!(said.contains(expected), "{said}");
    }
    assert!(output.stdout.is_empty());
    let said = text(&project.check(&["plan.csv", "--lang", "en", "--format", "short"]).stdout);
    assert_eq!(
        said,
        "plan.csv:C1: error[unknown-column]: there is no column `计划人`\n\
         plan.csv:B2: error[wrong-cell]: `江西` is no answer\n\
         plan.csv:D2: error[wrong-cell]: `四十` is no answer\n"
    );
    let json = project.check(&["plan.csv", "--format", "json"]).stdout;
    // The content's own diagnostics, of which there are none, come before those of the table.
    let reports: Vec<serde_json::Value> =
        serde_json::Deserializer::from_slice(&json).into_iter().collect::<Result<_, _>>().expect("JSON");
    let report = reports.last().expect("a report");
    assert_eq!(report["diagnostics"][1]["place"]["cell"], "B2");
    assert_eq!(report["diagnostics"][1]["help"]["en"], "write one of AH, SX");
}

#[test]
fn what_is_no_table_is_refused() {
    let project = Project::with(&[("no-head.csv", b"1,2\n3,4\n"), ("old.xlsx", b"\xd0\xcf\x11\xe0")]);
    for (file, reason) in [("no-head.csv", "没有认出任何列名"), ("old.xlsx", "请先另存为 .xlsx")]
    {
        let output = project.check(&[file]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(reason), "{}", text(&output.stderr));
    }
}

#[test]
fn s07_verdicts_are_written_without_formulas() {
    let project = Project::with(&[("plan.csv", TABLE.as_bytes())]);
    assert_eq!(project.check(&["plan.csv", "--output", "out.csv"]).status.code(), Some(0));
    let written = text(&project.read("out.csv"));
    let rows: Vec<&str> = written.lines().collect();
    assert!(rows[0].starts_with("\u{feff}行号,名称,证书,申报时间（"), "{written}");
    assert_eq!(
        rows[1..3],
        ["2,'=甲校,第 1 个证书,不符合,不符合,符合,需补充信息", "3,乙校,,不适用,不适用,不适用,不适用"],
        "{written}"
    );
    assert_eq!(rows[4], "自查结果不代表审核结论");
    assert_eq!(project.check(&["plan.csv", "--output", "out.pdf"]).status.code(), Some(2));
}
