//! The same content and day give the same tree, whatever the machine is like.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use support::{Project, copy, stderr};

/// The tree that a build of this content leaves, by path below it.
fn tree(mut command: Command, content: &Path, out: &Path, day: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let output = command
        .args(["build", "--today", day, "--content"])
        .arg(content)
        .arg("--out")
        .arg(out)
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut files = support::files_below(out);
    files.iter_mut().for_each(|(path, _)| *path = path.strip_prefix(out).expect("below").to_owned());
    assert!(files.len() > 50);
    files
}

#[test]
fn r18_the_machine_leaves_no_trace() {
    let project = Project::small();
    let content = project.path("content");
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhinan"));
        command.current_dir(project.path(""));
        command
    };
    let first = tree(command(), &content, &project.path("first"), "2025-03-01");
    for variables in [
        vec![],
        vec![("RAYON_NUM_THREADS", "1"), ("TZ", "Pacific/Kiritimati"), ("LANG", "C"), ("LC_ALL", "C")],
        vec![("RAYON_NUM_THREADS", "8"), ("TZ", "America/Los_Angeles"), ("LC_ALL", "zh_CN.UTF-8")],
        vec![
            ("SOURCE_DATE_EPOCH", "0"),
            ("HOME", "/nonexistent"),
            ("TMPDIR", "/nonexistent"),
            ("LC_ALL", "de_DE"),
        ],
    ] {
        let mut varied = command();
        varied.envs(variables.iter().copied());
        assert!(first == tree(varied, &content, &project.path("next"), "2025-03-01"), "{variables:?}");
    }
    // One processor: the index is made by as many threads as there are.
    let mut alone = Command::new("taskset");
    alone.args(["-c", "0"]).arg(env!("CARGO_BIN_EXE_zhinan")).current_dir(project.path(""));
    assert!(first == tree(alone, &content, &project.path("next"), "2025-03-01"), "one processor");
    // Another folder, another way to name it, other times of the files, written in another order.
    let elsewhere = tempfile::tempdir().expect("a folder");
    copy(&content, &elsewhere.path().join("deep/down/content"));
    for (age, (path, _)) in support::files_below(elsewhere.path()).iter().rev().enumerate() {
        let age = Duration::from_secs(86_400 * (1 + age as u64));
        File::options()
            .write(true)
            .open(path)
            .expect("open")
            .set_modified(SystemTime::now() - age)
            .expect("set");
    }
    let mut there = command();
    there.current_dir(elsewhere.path().join("deep"));
    let out = elsewhere.path().join("out");
    assert!(first == tree(there, Path::new("down/content"), &out, "2025-03-01"), "another folder");
    // The day is an input: the same one gives the same tree, however far from today, and another one another.
    let [past, future] = ["1970-01-01", "2099-12-31"].map(|day| {
        let once = tree(command(), &content, &project.path("next"), day);
        assert!(once == tree(command(), &content, &project.path("next"), day), "{day}");
        once
    });
    let differ: Vec<&PathBuf> =
        past.iter().zip(&future).filter(|(a, b)| a != b).map(|((path, _), _)| path).collect();
    assert!(differ.iter().any(|path| path.ends_with("calendar/index.html")), "{differ:?}");
}
