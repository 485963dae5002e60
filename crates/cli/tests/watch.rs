//! `zhinan build --watch`: after every change the published folder is what a build from nothing makes, and after a mistake what it was.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::time::Duration;

use support::three::{Tree, edit, entries, tree};
use support::{Project, Running, stderr, zhinan};

/// A build that goes on.
struct Watched {
    // Before the folder it works in goes.
    running: Running,
    project: Project,
}

impl Watched {
    /// Watches a small portal; `refused` is what the file system refuses.
    fn start(refused: &str) -> Self {
        let project = Project::small();
        edit(&project, 0);
        let mut command = zhinan(&project.path(""));
        command.args(["build", "--gzip", "--watch"]).env("ZHINAN_REFUSED", refused);
        let running = Running::start(command);
        running.wait_for("按 Ctrl+C 结束");
        Self { running, project }
    }

    fn site(&self) -> Tree {
        tree(&self.project.path("site"))
    }

    /// What a build from nothing makes now.
    fn anew(&self) -> Tree {
        let output = self.project.run(&["build", "--gzip", "--out", "anew"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let made = tree(&self.project.path("anew"));
        for name in entries(&self.project.path("")).iter().filter(|name| name.contains("anew")) {
            let path = self.project.path(name);
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
        }
        made
    }

    /// Waits until what is published is what a build from nothing makes. A change may come in two parts, and be built twice.
    fn wait_until_up_to_date(&self) {
        let anew = self.anew();
        let is_published = || {
            // While two trees change places, files may be of one or the other, or not be there; then it says once more that it has built.
            let site = self.project.path("site");
            let files = walkdir::WalkDir::new(&site).into_iter().filter_map(Result::ok);
            files.filter(|entry| entry.file_type().is_file()).count() == anew.len()
                && anew.iter().all(|(path, bytes)| fs::read(site.join(path)).is_ok_and(|read| read == *bytes))
        };
        while !is_published() {
            self.running.wait_for("已生成");
        }
    }
}

#[test]
fn r15_every_change_is_published_and_no_mistake_is() {
    let watched = Watched::start("");
    assert!(watched.site() == watched.anew());
    // One more than there are trees beside each other.
    for state in 1..5 {
        edit(&watched.project, state);
        watched.wait_until_up_to_date();
    }
    let before = watched.site();
    let settings = watched.project.read("content/portal.yaml");
    watched.project.write("content/portal.yaml", b"title: [\n");
    watched.running.wait_for("yaml-syntax");
    watched.running.wait_for("已发布的门户没有动");
    assert!(watched.site() == before);
    watched.project.write("content/portal.yaml", settings.replace("申报指南", "改好的指南").as_bytes());
    watched.wait_until_up_to_date();
    assert!(watched.site() != before);
    fs::create_dir(watched.project.path("templates")).expect("a folder");
    // A template is a change as well, also where there was no folder of them; one that fails on a page is a mistake.
    watched.project.write("templates/about.html", "<main>本省的说明</main>".as_bytes());
    watched.wait_until_up_to_date();
    assert!(watched.site().values().any(|bytes| bytes == "<main>本省的说明</main>".as_bytes()));
    let before = watched.site();
    watched.project.write("templates/about.html", "<main>{{ nothing }}</main>".as_bytes());
    watched.running.wait_for("about.html");
    watched.running.wait_for("已发布的门户没有动");
    assert!(watched.site() == before);
    // Going back is possible as soon as nothing is published; what is published next is right.
    let went_back = (0..1_000).any(|_| {
        let output = watched.project.run(&["rollback"]);
        assert!(
            output.status.success() || stderr(&output).contains("请等它完成后再试"),
            "{}",
            stderr(&output)
        );
        std::thread::sleep(Duration::from_millis(50));
        output.status.success()
    });
    assert!(went_back);
    fs::remove_file(watched.project.path("templates/about.html")).expect("removed");
    watched.wait_until_up_to_date();
    let names = entries(&watched.project.path(""));
    let beside: Vec<&String> = names.iter().filter(|name| name.starts_with(".site.")).collect();
    assert_eq!(beside, [".site.lock", ".site.previous", ".site.spare"]);
}

#[test]
fn where_files_cannot_be_linked_it_does_without() {
    let watched = Watched::start("links");
    for state in 1..4 {
        edit(&watched.project, state);
        watched.wait_until_up_to_date();
        assert!(!watched.project.path(".site.spare").exists(), "it would hold as much again");
    }
}

#[test]
fn a_first_build_that_fails_ends_it() {
    let project = Project::small();
    project.write("content/portal.yaml", b"title: [\n");
    let output = project.run(&["build", "--watch"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(!project.path("site").exists());
}
