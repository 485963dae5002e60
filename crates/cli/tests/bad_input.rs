//! Bad input: whatever stands in the content or the templates, the command says which file is wrong and what to do, and what is
//! published stays as it was, to the byte.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use support::{Project, files_below, stderr, stdout};

/// A published portal, and what it consists of.
fn published() -> (Project, Vec<(PathBuf, Vec<u8>)>) {
    let project = Project::small();
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let site = project.site();
    assert!(!site.is_empty());
    (project, site)
}

/// A build that fails with all these words, and changes nothing.
fn refused(project: &Project, site: &[(PathBuf, Vec<u8>)], words: &[&str]) {
    let output = project.run(&["build"]);
    let told = stderr(&output);
    assert!(matches!(output.status.code(), Some(1 | 2)), "{words:?}: {:?}\n{told}", output.status);
    for word in words {
        assert!(told.contains(word), "{word} is missing in\n{told}");
    }
    assert!(site == project.site(), "{words:?}: the published portal changed");
}

#[test]
fn r01_yaml_errors_have_place_line_and_remedy() {
    let (project, site) = published();
    project.write("content/faq/topics.yaml", "- id: time\n  title: 时间: 全年\n".as_bytes());
    refused(
        &project,
        &site,
        &["错误[yaml-syntax]", "content/faq/topics.yaml:2:", "2 |   title: 时间: 全年", "^", "改法:", "引号"],
    );
}

#[test]
fn r02_files_that_end_too_early_are_named() {
    let (project, site) = published();
    let whole = project.read("content/policies/ah-2024.md");
    let cut = &whole.as_bytes()[..whole.find("year").expect("a field")];
    for (bytes, code) in [
        (&b""[..], "front-matter-missing"),
        (b"---", "front-matter-unclosed"),
        (cut, "front-matter-unclosed"),
        // In the middle of a character.
        (&whole.as_bytes()[..whole.find('关').expect("a title") + 1], "not-utf8"),
        (&whole.as_bytes()[..whole.rfind("---").expect("an end") + 4], "empty-text"),
    ] {
        project.write("content/policies/ah-2024.md", bytes);
        refused(&project, &site, &[&format!("错误[{code}]"), "content/policies/ah-2024.md"]);
    }
}

#[test]
fn r03_other_encodings_are_refused_with_their_name() {
    let (project, site) = published();
    let text = "---\ntitle: 关于\n---\n\n正文。\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    // 关于 in GBK; 关 and 㐂, which GBK lacks, in GB 18030.
    let gbk = [b"---\ntitle: ", &[0xb9, 0xd8, 0xd3, 0xda][..], b"\n---\n"].concat();
    let gb18030 = [b"---\ntitle: ", &[0xb9, 0xd8, 0x81, 0x39, 0xee, 0x39][..], b"\n---\n"].concat();
    let broken = [text.as_bytes(), &[0xe6, 0xad]].concat();
    for (bytes, name, offset) in [
        (utf16, "UTF-16 LE", 0),
        (gbk, "GBK", 11),
        (gb18030, "GB18030", 11),
        (broken, "损坏的 UTF-8", text.len()),
    ] {
        project.write("content/about.md", &bytes);
        let offset = format!("第 {offset} 字节");
        refused(&project, &site, &["错误[not-utf8]", "content/about.md", name, &offset, "另存为", "UTF-8"]);
    }
    fs::remove_file(project.path("content/about.md")).expect("removed");
    fs::create_dir_all(project.path("templates")).expect("a folder");
    project.write("templates/404.html", &[b'<', 0xb9, 0xd8]);
    refused(&project, &site, &["404.html", "GBK", "另存为"]);
}

#[test]
fn r04_byte_order_marks_and_line_ends_change_nothing_and_control_characters_are_errors() {
    let (project, site) = published();
    for (path, _) in files_below(&project.path("content")) {
        let text = fs::read_to_string(&path).expect("text");
        fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).expect("written");
    }
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(site == project.site(), "the same portal, to the byte");
    for (character, name) in [
        ("\r", "U+000D"),
        ("\0", "U+0000"),
        ("\u{7}", "U+0007"),
        ("\u{2028}", "U+2028"),
        ("\u{fffd}", "U+FFFD"),
    ] {
        project.write("content/about.md", format!("---\ntitle: 关于\n---\n\n正{character}文\n").as_bytes());
        refused(&project, &site, &["错误[forbidden-character]", "content/about.md:5:2", name]);
    }
}

#[test]
fn r05_traps_are_errors_and_codes_never_lose_zeros() {
    let (project, site) = published();
    let portal = project.read("content/portal.yaml");
    for (line, words) in [
        ("maintainer：校办\n", ["yaml-syntax", "半角"]),
        ("maintainer:\n\t- a\n", ["yaml-syntax", "Tab"]),
        ("maintainer: a: b: c\n", ["yaml-syntax", "引号"]),
        ("maintainer: 一\nmaintainer: 二\n", ["yaml-syntax", "两次"]),
    ] {
        project.write("content/portal.yaml", format!("{portal}{line}").as_bytes());
        refused(&project, &site, &[words[0], words[1], "content/portal.yaml:"]);
    }
    // What stands without quotes is text, to the letter.
    for text in ["061001", "no", "1_000", "0x1F", "1e3", "2024-09-04", "~x", "0o17", "12:30:45", "1.10"] {
        project.write("content/portal.yaml", format!("{portal}maintainer: {text}\n").as_bytes());
        let output = project.run(&["build"]);
        assert_eq!(output.status.code(), Some(0), "{text}: {}", stderr(&output));
        assert!(project.read("site/about/index.html").contains(text), "{text} is as it was written");
    }
    project.write("content/portal.yaml", format!("{portal}maintainer: 校办#2 室 #三楼\n").as_bytes());
    let output = project.run(&["build"]);
    assert!(stderr(&output).contains("value-cut-by-comment"), "{}", stderr(&output));
}

#[test]
fn r06_symbolic_links_are_refused_by_name() {
    let (project, site) = published();
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), "---\n---\n").expect("written");
    for (link, target) in [
        ("content/faq/loop", PathBuf::from(".")),
        ("content/faq/up", project.path("")),
        ("content/faq/outside.md", outside.path().join("secret.md")),
        ("content/outside", outside.path().to_owned()),
        ("content/faq/broken.md", PathBuf::from("nowhere.md")),
        ("content/portal.docx", PathBuf::from("portal.yaml")),
    ] {
        symlink(target, project.path(link)).expect("a link");
        refused(&project, &site, &[link, "符号链接", "请换成"]);
        fs::remove_file(project.path(link)).expect("removed");
    }
    fs::create_dir_all(project.path("templates")).expect("a folder");
    symlink(outside.path(), project.path("templates/static")).expect("a link");
    refused(&project, &site, &["templates/static", "符号链接"]);
}

#[test]
fn r07_names_that_collide_or_cannot_be_stored_are_refused_with_both_files() {
    let (project, site) = published();
    let answer = project.read("content/faq/when.md");
    for (name, words) in [
        ("When.md", vec!["colliding-names", "content/faq/When.md", "content/faq/when.md"]),
        ("con.md", vec!["unusable-name", "content/faq/con.md", "Windows"]),
        ("when .md", vec!["invalid-id", "content/faq/when .md"]),
        ("a:b.md", vec!["unusable-name", "content/faq/a:b.md"]),
    ] {
        let path = format!("content/faq/{name}");
        project.write(&path, answer.as_bytes());
        refused(&project, &site, &words);
        fs::remove_file(project.path(&path)).expect("removed");
    }
    // The same letter, encoded in two ways; a name in GBK, as old archives leave it.
    project.write("content/faq/caf\u{e9}.md", answer.as_bytes());
    project.write("content/faq/cafe\u{301}.md", answer.as_bytes());
    refused(&project, &site, &["colliding-names", "caf\u{e9}.md", "cafe\u{301}.md"]);
    fs::remove_file(project.path("content/faq/caf\u{e9}.md")).expect("removed");
    fs::remove_file(project.path("content/faq/cafe\u{301}.md")).expect("removed");
    let gbk = project.path("content/faq").join(std::ffi::OsStr::from_bytes(b"\xb9\xd8.md"));
    fs::write(&gbk, &answer).expect("written");
    refused(&project, &site, &["unusable-name", "GBK"]);
    fs::remove_file(gbk).expect("removed");
    // Two sorts of files with one address: the calendar of all and that of a guide.
    fs::create_dir_all(project.path("templates/static")).expect("a folder");
    for name in ["Logo.txt", "logo.txt"] {
        project.write(&format!("templates/static/{name}"), b"the same");
    }
    refused(&project, &site, &["assets/Logo.", "assets/logo.", "同一个文件"]);
}

#[test]
fn r09_long_names_and_deep_folders_are_refused_before_anything_is_written() {
    let (project, site) = published();
    let long = format!("content/faq/{}.md", "a".repeat(200));
    project.write(&long, project.read("content/faq/when.md").as_bytes());
    refused(&project, &site, &["invalid-id", &long]);
    fs::remove_file(project.path(&long)).expect("removed");

    let deep = "content/".to_owned() + &"a/".repeat(60);
    fs::create_dir_all(project.path(&deep)).expect("folders");
    refused(&project, &site, &["content/a/a/a", "不止 16 层"]);
    fs::remove_dir_all(project.path("content/a")).expect("removed");

    fs::create_dir_all(project.path("templates/static")).expect("a folder");
    let asset = format!("templates/static/{}.txt", "a".repeat(240));
    project.write(&asset, b"a");
    refused(&project, &site, &["aaaa", "240"]);
    fs::remove_file(project.path(&asset)).expect("removed");

    let address = format!("https://example.cn/{}/", "a".repeat(2_000));
    let output = project.run(&["build", "--base-url", &address]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("2000 字节"), "{}", stderr(&output));
    assert!(site == project.site());
}

#[test]
fn r10_templates_that_are_wrong_change_nothing() {
    let (project, site) = published();
    fs::create_dir_all(project.path("templates")).expect("a folder");
    for (files, words) in [
        (vec![("404.html", "{% include \"none.html\" %}")], vec!["404.html", "none.html"]),
        (vec![("404.html", "{% extends \"none.html\" %}")], vec!["404.html", "none.html"]),
        (vec![("404.html", "甲\n{{ page.nothing }}")], vec!["404.html:2:"]),
        (vec![("404.html", "{{ nothing }}")], vec!["404.html:1:", "nothing"]),
        (vec![("404.html", "{% if %}")], vec!["404.html:1:"]),
        (vec![("404.html", "{{ 1 | nothing }}")], vec!["404.html:1:", "nothing"]),
        (
            vec![("404.html", "{% include \"a.html\" %}"), ("a.html", "{% include \"404.html\" %}")],
            vec!["a.html"],
        ),
        (
            vec![("404.html", "{% extends \"a.html\" %}"), ("a.html", "{% extends \"404.html\" %}")],
            vec!["a.html"],
        ),
        (vec![("404.html", "{% component x() %}{{<x />}}{% endcomponent x %}{{<x />}}")], vec!["404.html"]),
    ] {
        for (name, text) in &files {
            project.write(&format!("templates/{name}"), text.as_bytes());
        }
        refused(&project, &site, &words);
        for (name, _) in files {
            fs::remove_file(project.path(&format!("templates/{name}"))).expect("removed");
        }
    }
}

#[test]
fn r11_and_r12_what_is_too_large_is_refused_at_once() {
    let (project, site) = published();
    let policy = project.read("content/policies/ah-2024.md");
    let list = |name: char, item: &str| format!("- &{name} [{}]\n", [item; 9].join(", "));
    let bomb: String =
        ('b'..='i').zip('a'..).map(|(name, before)| list(name, &format!("*{before}"))).collect();
    for (path, text, code) in [
        ("content/glossary.yaml", list('a', "x") + &bomb, "too-many-parts"),
        ("content/glossary.yaml", "- ".repeat(10_000) + "a\n", "too-deep"),
        ("content/glossary.yaml", (0..300_000).map(|key| format!("k{key}: 1\n")).collect(), "too-many-parts"),
        ("content/glossary.yaml", format!("- {}\n", "x".repeat(30_000_000)), "file-too-large"),
        ("content/policies/ah-2024.md", policy.clone() + &"甲。\n\n".repeat(6_000_000), "file-too-large"),
        ("content/policies/ah-2024.md", format!("{policy}\n{}\n", "[".repeat(100_000)), "line-too-long"),
        ("content/policies/ah-2024.md", format!("{policy}\n{}\n", "*a ".repeat(100_000)), "line-too-long"),
        ("content/policies/ah-2024.md", format!("{policy}\n{}\n", ">".repeat(60_000)), "too-deep"),
    ] {
        let before = fs::read(project.path(path)).ok();
        project.write(path, text.as_bytes());
        refused(&project, &site, &[&format!("错误[{code}]"), path, "上限", "改法"]);
        // One file, one reason: what refers to it is not reported as unknown.
        let short = stdout(&project.run(&["lint", "--format", "short"]));
        let unknown = short.lines().filter(|line| line.contains("unknown-reference")).count();
        assert_eq!(unknown, 0, "{short}");
        match before {
            Some(before) => project.write(path, &before),
            None => fs::remove_file(project.path(path)).expect("removed"),
        }
    }
    assert_eq!(project.run(&["build"]).status.code(), Some(0));
    assert!(site == project.site());
}
