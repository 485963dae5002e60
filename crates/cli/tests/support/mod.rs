//! What the tests of the command share: running it, its streams, and a small project to run it in.
#![allow(dead_code, reason = "each file of tests uses a part of it")]

pub(crate) mod three;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use tempfile::TempDir;

/// The command in a folder, with Chinese messages.
pub(crate) fn zhinan(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhinan"));
    command.current_dir(folder).env("LC_ALL", "zh_CN.UTF-8");
    command
}

/// What the command does and prints in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    zhinan(folder).args(arguments).output().expect("the command starts")
}

/// Bytes that have to be text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

pub(crate) fn stdout(output: &Output) -> String {
    text(&output.stdout)
}

pub(crate) fn stderr(output: &Output) -> String {
    text(&output.stderr)
}

/// A hang guard, not a measure.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A command that goes on until it goes out of scope.
pub(crate) struct Running {
    child: Child,
    /// What it says on standard error: all of it is taken, so that it does not fill the pipe.
    lines: Receiver<String>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let told = BufReader::new(child.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || told.for_each(|line| drop(sender.send(line))));
        Self { child, lines }
    }

    /// Waits until it says this; the whole line.
    pub(crate) fn wait_for(&self, words: &str) -> String {
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => said.push(line),
                Err(_) => panic!("it never says {words}: {said:?}"),
            }
        }
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("known").is_some()
    }
}

/// A folder with a portal in it.
pub(crate) struct Project {
    folder: TempDir,
}

/// The root of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    put_tree(from, to, &|from, to| fs::copy(from, to).map(drop));
}

/// Makes a folder of the files of another, each put there by `put`.
fn put_tree(from: &Path, to: &Path, put: &dyn Fn(&Path, &Path) -> std::io::Result<()>) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("it is there").filter_map(Result::ok) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            put_tree(&entry.path(), &target, put);
        } else {
            put(&entry.path(), &target).expect("it is put there");
        }
    }
}

impl Project {
    /// The small portal of the diagnostics corpus: a folder with content and nothing else, whose path has Chinese
    /// characters and spaces.
    pub(crate) fn small() -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a folder") };
        copy(&workspace().join("tests/diagnostics/base"), &project.path("content"));
        project
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("申报 指南").join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it is there")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        run(&self.path(""), arguments)
    }

    /// Every file below `site/` with its bytes.
    pub(crate) fn site(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files_below(&self.path("site"))
    }
}

/// Every file below a folder with its bytes, sorted by path.
pub(crate) fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("it is there").filter_map(Result::ok) {
            if entry.path().is_dir() {
                waiting.push(entry.path())
            } else {
                files.push((entry.path(), fs::read(entry.path()).expect("read")))
            }
        }
    }
    files.sort();
    files
}

/// Two statements of the document of the small portal.
pub(crate) const STATEMENTS: &str = "\
- { id: A1, clause: s1-1, quote: 秋季申报时间为 9 月 15 日-25 日, title: 申报时间 }
- { id: A2, clause: s2, quote: 单个证书申报规模应符合开考最低人数, title: 规模, information: 没有要做的事 }
";

/// A step of its guide that accounts for the first of them.
pub(crate) const STEPS: &str =
    "- { id: apply, title: 申报, actor: 院校, text: 填报, cite: ah-2024#s1-1, covers: [A1] }\n";
