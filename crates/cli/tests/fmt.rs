//! `zhinan fmt`: files change their form and never what they say.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use content::Sources;
use support::{run, text};

/// Paths below a folder, with what stands there; hidden ones left out, as the command does.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let is_hidden = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with('.');
    for entry in
        fs::read_dir(folder).expect("it is there").filter_map(Result::ok).filter(|one| !is_hidden(one))
    {
        match entry.path().is_dir() {
            true => found.extend(files(&entry.path())),
            false => found.push((entry.path(), fs::read(entry.path()).expect("read"))),
        }
    }
    found.sort();
    found
}

/// Everything the content of a folder says, as the pages are made of it.
fn portal(folder: &Path) -> String {
    let named = files(folder).into_iter().map(|(path, bytes)| {
        let name = path.strip_prefix(folder).expect("it lies below").to_string_lossy().replace('\\', "/");
        (name, bytes)
    });
    let (sources, problems) = Sources::decode(named);
    assert!(problems.is_empty(), "{problems:?}");
    let compiled = content::compile(&sources);
    assert!(compiled.portal.is_some(), "{:?}", compiled.diagnostics);
    serde_json::to_string(&compiled.portal).expect("a portal is JSON")
}

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

/// The shipped content as several editors left it: byte order marks, CRLF, spaces at the ends of lines, empty lines at the end
/// of the file or no line end at all.
fn messy(folder: &Path) {
    for (number, (path, bytes)) in files(&shipped()).into_iter().enumerate() {
        let mut text = text(&bytes);
        match number % 4 {
            0 => text = format!("\u{feff}{}", text.replace('\n', "\r\n")),
            // In a folded text they would be words' spaces.
            1 if !text.contains(">-\n") => text = text.lines().map(|line| format!("{line} \n")).collect(),
            2 => text.push_str("\n \n\n"),
            _ => text = text.trim_end().to_owned(),
        }
        // The first line of front matter takes no space.
        text = text.replacen("--- \n", "---\n", 1);
        let target = folder.join(path.strip_prefix(shipped()).expect("it lies below"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("made");
        fs::write(target, text).expect("written");
    }
}

#[test]
fn the_shipped_content_is_in_its_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = shipped();
    let output = run(folder.path(), &["fmt", "--check", "--content", &content.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_eq!(text(&output.stdout), "");
}

#[test]
fn messy_files_say_the_same_before_and_after() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = folder.path().join("content");
    messy(&content);
    let (before, bytes) = (portal(&content), files(&content));
    let check = run(folder.path(), &["fmt", "--check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(text(&check.stdout).contains("content/portal.yaml\n"), "{}", text(&check.stdout));
    assert!(bytes == files(&content), "`--check` writes nothing");

    let output = run(folder.path(), &["fmt"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(output.stdout, check.stdout, "what was listed is changed");
    assert!(before == portal(&content), "the portal says something else");
    let after: Vec<Vec<u8>> = files(&content).into_iter().map(|(_, bytes)| bytes).collect();
    let original: Vec<Vec<u8>> = files(&shipped()).into_iter().map(|(_, bytes)| bytes).collect();
    assert!(after == original, "what was messed up is as it was");
    assert_eq!(run(folder.path(), &["fmt", "--check"]).status.code(), Some(0));
}

#[test]
fn tabs_and_full_width_colons_are_mended_and_other_encodings_told() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["new", "portal", "."]).status.code(), Some(0));
    let content = folder.path().join("content");
    let before = portal(&content);
    let mend = |name: &str, from: &str, to: &str| {
        let path = content.join(name);
        let changed = fs::read_to_string(&path).expect("it is there").replace(from, to);
        fs::write(&path, changed).expect("written");
    };
    mend("portal.yaml", "title: ", "title：");
    mend("faq/when-to-apply.md", "topic: ", "topic：");
    mend("faq/topics.yaml", "  title", "\ttitle");
    mend("check/facts.yaml", "  ", "\t");
    assert_eq!(run(folder.path(), &["lint"]).status.code(), Some(1));
    let output = run(folder.path(), &["fmt"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("整理了 4 个"), "{}", text(&output.stderr));
    assert!(before == portal(&content));

    // 申报 in GBK: it is told, and the file stays.
    fs::write(content.join("about.md"), b"\xc9\xea\xb1\xa8").expect("written");
    let output = run(folder.path(), &["fmt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("not-utf8"), "{}", text(&output.stderr));
    assert_eq!(fs::read(content.join("about.md")).expect("it is there"), b"\xc9\xea\xb1\xa8");
}
