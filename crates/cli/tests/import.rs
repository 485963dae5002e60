//! `zhinan import`: every word of a notice is in the draft, and the draft is what the compiler reads.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::process::Output;

use support::{run, stderr, stdout};
use tempfile::TempDir;

/// A notice as a scan gives it: broken lines, a table with tabs, a number that occurs twice.
const NOTICE: &str = "示例〔2024〕2 号\r\n\r\n关于做好 2024 年示例证书\r\n试点申报工作的通知\r\n\r\n各设区市教育局，各有关高校，省属各中等职业学校，各相关\r\n\r\n评价组织：\r\n\r\n一、申报范围\r\n\r\n教育部公布的四批共 447 个证书，平台是 https://a.cn/b_c，\r\n\r\n邮箱是 a_b*c@163.com。\r\n\r\n序号\t名称\r\n1\t甲|乙\r\n\r\n二、条件\r\n（一）学校\r\n1.开设专业。\r\n2.有方案。\r\n2.有师资。\r\n\r\n附件：\r\n1.申报表\r\n\r\n示例省教育厅\r\n2024 年 9 月 4 日\r\n";

struct Begun(TempDir);

impl Begun {
    fn new() -> Self {
        let begun = Self(tempfile::tempdir().expect("a folder"));
        let output = begun.run(&["new", "portal", "."]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        begun
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(self.0.path(), arguments)
    }

    /// The draft of a file with these bytes, which must compile.
    fn imported(&self, name: &str, bytes: &[u8], id: &str) -> String {
        fs::write(self.path(name), bytes).expect("written");
        let output = self.run(&["import", name, "--id", id]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let lint = self.run(&["lint", "--format", "short"]);
        assert_eq!(lint.status.code(), Some(0), "{}", stdout(&lint));
        fs::read_to_string(self.path(&format!("content/policies/{id}.md"))).expect("it is written")
    }
}

/// The words of a draft's text: without front matter, names, escapes, marks of headings and tables, and white space.
fn words(draft: &str) -> String {
    let body = draft.splitn(3, "---\n").nth(2).expect("a body");
    let lines = body.lines().filter(|line| !line.starts_with("| ---") && !line.starts_with("|-"));
    let text: String = lines
        .map(|line| {
            let line = line.trim_start_matches('#');
            let line = match (line.find(" {#"), line.ends_with('}')) {
                (Some(at), true) => &line[..at],
                _ => line,
            };
            line.replace("\\|", "\u{1}").replace(['|', '\\', '<', '>'], "").replace('\u{1}', "|")
        })
        .collect();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_word_of_a_text_is_in_the_draft() {
    let project = Begun::new();
    let expected: String = NOTICE.chars().filter(|c| !c.is_whitespace()).collect();
    let draft = project.imported("通知 一.txt", NOTICE.as_bytes(), "a-2024");
    assert_eq!(words(&draft), expected);
    for line in [
        "title: 关于做好 2024 年示例证书试点申报工作的通知\n",
        "number: 示例〔2024〕2 号\n",
        "issuer: 示例省教育厅\n",
        "issued: 2024-09-04\n",
        "level: provincial\nprovince: EX\nyear: 2024\n",
        "source: 通知 一.txt\n",
        "\n## 一、申报范围\n",
        "\n### （一）学校\n",
        "\n1.开设专业。\n",
        "\n| 1 | 甲\\|乙 |\n",
    ] {
        assert!(draft.contains(line), "{line} is missing in\n{draft}");
    }
    let search = project.run(&["search", "--json", "-n", "1", "开设专业"]);
    assert!(stdout(&search).contains("/policies/a-2024/#s2-1-1"), "{}", stdout(&search));
}

#[test]
fn text_in_gbk_is_read() {
    let project = Begun::new();
    // 关于申报的通知, a line, 一、范围, a line, 示例省教育厅, a line, 2024年9月4日; in GBK.
    let bytes: [&[u8]; 7] = [
        b"\xb9\xd8\xd3\xda\xc9\xea\xb1\xa8\xb5\xc4\xcd\xa8\xd6\xaa",
        b"\r\n",
        b"\xd2\xbb\xa1\xa2\xb7\xb6\xce\xa7",
        b"\r\n",
        b"\xca\xbe\xc0\xfd\xca\xa1\xbd\xcc\xd3\xfd\xcc\xfc",
        b"\r\n",
        b"2024\xc4\xea9\xd4\xc24\xc8\xd5",
    ];
    let draft = project.imported("a.txt", &bytes.concat(), "gbk");
    assert_eq!(words(&draft), "关于申报的通知一、范围示例省教育厅2024年9月4日");
}

#[test]
fn a_word_file_is_read() {
    let project = Begun::new();
    let paragraph = |text: &str, settings: &str| {
        format!("<w:p><w:pPr>{settings}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let number = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let body = [
        paragraph("关于申报的通知", ""),
        paragraph("范围", number),
        paragraph("条件", number),
        paragraph("示例省教育厅", ""),
        paragraph("2024年9月4日", ""),
    ]
    .concat();
    let parts = [
        ("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>")),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>".to_owned(),
        ),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    let draft = project.imported("通知.docx", &bytes, "word");
    assert_eq!(words(&draft), "关于申报的通知一、范围二、条件示例省教育厅2024年9月4日");
    assert!(draft.contains("\n## 二、条件\n"), "{draft}");
}

#[test]
fn what_cannot_be_read_or_named_is_refused() {
    let project = Begun::new();
    fs::write(project.path("通知.txt"), "关于申报的通知\n").expect("written");
    fs::write(project.path("old.doc"), "x").expect("written");
    fs::write(project.path("bad.docx"), "x").expect("written");
    for (words, told) in [
        (&["import", "通知.txt"][..], "--id"),
        (&["import", "通知.txt", "--id", "通知"], "不能作编号"),
        (&["import", "通知.txt", "--id", "example"], "不会覆盖"),
        (&["import", "old.doc"], "另存为"),
        (&["import", "bad.docx"], "另存为 .docx"),
        (&["import", "none.txt"], "读不了"),
    ] {
        let output = project.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(stderr(&output).contains(told), "{words:?}: {}", stderr(&output));
    }
}
