//! A project in three known states, and trees of files to compare.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Project, put_tree, stderr, zhinan};

pub(crate) type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Every file of a folder with its bytes.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut files = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            if entry.path().is_dir() {
                waiting.push(entry.path());
            } else {
                files.insert(entry.path(), fs::read(entry.path()).expect("read"));
            }
        }
    }
    let below = |path: &Path| path.strip_prefix(folder).expect("it is below").to_owned();
    files.into_iter().map(|(path, bytes)| (below(&path), bytes)).collect()
}

/// A project of which three states are known: what it is published as before, then, and now.
pub(crate) struct Three {
    pub(crate) project: Project,
    pub(crate) older: Tree,
    pub(crate) old: Tree,
    pub(crate) new: Tree,
}

impl Three {
    pub(crate) fn new() -> Self {
        let project = Project::small();
        let built = |out: &str| {
            let output = project.run(&["build", "--gzip", "--out", out]);
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            tree(&project.path(out))
        };
        edit(&project, 3);
        let new = built("new");
        edit(&project, 2);
        let old = built("old");
        edit(&project, 1);
        let older = built("older");
        assert!(older != old && old != new && older != new);
        edit(&project, 3);
        Self { project, older, old, new }
    }

    pub(crate) fn site(&self) -> Tree {
        tree(&self.project.path("site"))
    }

    pub(crate) fn previous(&self) -> Tree {
        tree(&self.project.path(".site.previous"))
    }

    /// The old tree is published and the older one before it, which is the spare one as well; the content is that of the new one.
    pub(crate) fn begin(&self) {
        for name in entries(&self.project.path("")) {
            if name == "site" || name.starts_with(".site.") {
                let path = self.project.path(&name);
                if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
                    .expect("removed");
            }
        }
        link_tree(&self.project.path("old"), &self.project.path("site"));
        link_tree(&self.project.path("older"), &self.project.path(".site.previous"));
        link_tree(&self.project.path("older"), &self.project.path(".site.spare"));
        assert!(self.site() == self.old && self.previous() == self.older);
    }

    pub(crate) fn build(&self) {
        let output = self.project.run(&["build", "--gzip"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = zhinan(&self.project.path(""));
        command.args(arguments);
        command
    }

    /// Nothing is lost, and after one more build nothing is left over.
    pub(crate) fn require_whole(&self, what: &str) {
        let known = [("old", &self.old), ("older", &self.older)];
        assert!(
            known.iter().all(|(name, files)| tree(&self.project.path(name)) == **files),
            "{what}: written in place"
        );
        let site = self.site();
        let is_gone = site.is_empty() && !self.project.path("site").exists();
        assert!(site == self.old || site == self.new || is_gone, "{what}: the published tree is mixed");
        self.build();
        assert!(self.site() == self.new, "{what}: the next build publishes");
        let previous = self.previous();
        assert!(previous == self.old || previous == self.new, "{what}: the tree before is mixed");
        let names = entries(&self.project.path(""));
        let left: Vec<&String> = names.iter().filter(|name| name.starts_with(".site.")).collect();
        assert_eq!(left, [".site.lock", ".site.previous", ".site.spare"], "{what}: left over");
    }
}

pub(crate) fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The project in one of three states: each has a topic of its own, with a page, and another answer to its question.
pub(crate) fn edit(project: &Project, state: usize) {
    write_state(project, "content/faq", state);
}

pub(crate) fn write_state(project: &Project, folder: &str, state: usize) {
    let topics = format!("- {{ id: time, title: 时间 }}\n- {{ id: state-{state}, title: 第 {state} 版 }}\n");
    project.write(&format!("{folder}/topics.yaml"), topics.as_bytes());
    let answer = format!(
        "---\ntopic: state-{state}\nquestion: 这是第几版？\nsources: [ah-2024#s2]\n---\n这是第 {state} 版。\n"
    );
    project.write(&format!("{folder}/state.md"), answer.as_bytes());
}

/// The same tree again, its files those of the first: whoever writes one in place would change both.
fn link_tree(from: &Path, to: &Path) {
    put_tree(from, to, &|from, to| fs::hard_link(from, to));
}
