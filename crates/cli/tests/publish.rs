//! Publishing as a user meets it: killed at any point, without room, without leave, two at once, edited meanwhile; and going
//! back. Whatever happens, the published tree is the old or the new one, whole.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::three::{Three, Tree, edit, entries, tree, write_state};
use support::{Project, stderr, stdout, zhinan};

/// Points at which publishing can be ended, in their order.
const POINTS: [&str; 13] = [
    "rendered",
    "locked",
    "folders",
    "half-staged",
    "half-written",
    "verified",
    "synced",
    "ready",
    "exchanged",
    "older-set-aside",
    "kept",
    "published",
    "none",
];

/// Points there are besides where two folders cannot be exchanged.
const POINTS_OF_TWO_RENAMES: [&str; 5] = ["ready", "aside", "in-place", "older-set-aside", "kept"];

#[cfg(unix)]
fn signal(output: &Output) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt;
    output.status.signal()
}

#[test]
fn r13_killed_at_any_point_the_tree_is_the_old_or_the_new_one() {
    let three = Three::new();
    let mut outcomes = Vec::new();
    let exchanged = POINTS.iter().map(|point| (point, ""));
    let renamed = POINTS_OF_TWO_RENAMES.iter().map(|point| (point, "exchange"));
    for (point, refused) in exchanged.chain(renamed) {
        three.begin();
        let output = three
            .command(&["build", "--gzip"])
            .env("ZHINAN_FAULT", format!("{point}=kill -9 $PPID"))
            .env("ZHINAN_REFUSED", refused)
            .output()
            .expect("it starts");
        let killed = if *point == "none" { None } else { Some(9) };
        assert_eq!(signal(&output), killed, "{point} {refused}: {}", stderr(&output));
        outcomes.push(if three.site() == three.new { "new" } else { "old" });
        if *point == "aside" {
            assert!(!three.project.path("site").exists(), "there is a moment without a tree");
            // Any command that publishes puts it back, also one that only goes back.
            let output = three.project.run(&["rollback"]);
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            assert!(three.site() == three.older && three.previous() == three.old);
            three.project.run(&["rollback"]);
        }
        three.require_whole(point);
    }
    assert_eq!(outcomes[..8], ["old"; 8], "before the swap");
    assert_eq!(outcomes[8..13], ["new"; 5], "after the swap");
}

#[test]
fn r13_interrupted_by_the_keyboard_the_tree_is_whole() {
    let three = Three::new();
    // Shells let what they start in the background ignore the keyboard, and so do its children.
    let (name, number) = if is_interrupt_ignored() { ("TERM", 15) } else { ("INT", 2) };
    for (point, expected) in [("half-staged", &three.old), ("exchanged", &three.new)] {
        three.begin();
        let output = three
            .command(&["build", "--gzip"])
            .env("ZHINAN_FAULT", format!("{point}=kill -{name} $PPID; sleep 5"))
            .output()
            .expect("it starts");
        assert_eq!(signal(&output), Some(number), "{}", stderr(&output));
        assert!(three.site() == *expected, "{point}");
        three.require_whole(point);
    }
}

/// Whether this process, and so every one that it starts, ignores SIGINT.
fn is_interrupt_ignored() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 0b10 != 0)
}

#[test]
fn r13_a_rollback_that_is_killed_loses_nothing() {
    let three = Three::new();
    for point in ["locked", "dated", "aside", "in-place"] {
        for refused in ["", "exchange"] {
            three.begin();
            let output = three
                .command(&["rollback"])
                .env("ZHINAN_FAULT", format!("{point}=kill -9 $PPID"))
                .env("ZHINAN_REFUSED", refused)
                .output()
                .expect("it starts");
            let two = [signal(&output), output.status.code()];
            assert!(two == [Some(9), None] || two == [None, Some(0)], "{}", stderr(&output));
            if two[0].is_some() {
                assert_eq!(three.project.run(&["rollback"]).status.code(), Some(0), "{point}");
            }
            let both = (three.site(), three.previous());
            let whole = [(&three.older, &three.old), (&three.old, &three.older)];
            assert!(whole.contains(&(&both.0, &both.1)), "{point} {refused}");
        }
    }
}

#[test]
fn r14_without_room_nothing_is_published() {
    let three = Three::new();
    three.begin();
    // No file may grow beyond 2 KB, as when the disk is full in the middle of one: no root is needed for that.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" build --gzip", env!("CARGO_BIN_EXE_zhinan")])
        .current_dir(three.project.path(""))
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .expect("sh starts");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("写不了"), "{}", stderr(&output));
    assert!(three.site() == three.old && three.previous() == three.older, "the trees are what they were");
    let names = entries(&three.project.path(""));
    let left: Vec<&String> = names.iter().filter(|name| name.starts_with(".site.")).collect();
    assert_eq!(left, [".site.lock", ".site.previous"], "what was half written is gone at once");
    three.require_whole("no room");
}

/// A file system of 400 KB, as in a small quota. Where the system lets nobody mount one, this is told and passed over.
#[test]
fn r14_a_full_file_system_keeps_the_tree_that_is_there() {
    let three = Three::new();
    three.begin();
    let script = "mount -t tmpfs -o size=400k tmpfs full || exit 77; mkdir full/site && cp -r small/. full/site || exit 77; \
        \"$0\" build --gzip --out full/site; status=$?; find full -size 0 -type f ! -name .site.lock | grep . && exit 78; \
        cp -r full/site result; exit $status";
    fs::create_dir(three.project.path("full")).expect("a folder");
    let small = three.project.path("small");
    fs::create_dir(&small).expect("a folder");
    for (path, text) in [("index.html", "旧"), ("zhinan-site.json", "{\"generator\": \"old\", \"files\": 1}")]
    {
        fs::write(small.join(path), text).expect("written");
    }
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_zhinan")])
        .current_dir(three.project.path(""))
        .env("LC_ALL", "zh_CN.UTF-8")
        .output();
    match output {
        Ok(output) if output.status.code() == Some(2) => {
            assert!(stderr(&output).contains("写不了"), "{}", stderr(&output));
            assert!(tree(&three.project.path("result")) == tree(&small), "the published tree changed");
        }
        Ok(output) if !matches!(output.status.code(), Some(0 | 78)) => {
            eprintln!("skipped: no file system can be mounted here: {}", stderr(&output).trim());
        }
        Ok(output) => panic!("{} {}", stdout(&output), stderr(&output)),
        Err(error) => eprintln!("skipped: no file system can be mounted here: {error}"),
    }
}

#[test]
fn r14_without_leave_to_write_nothing_is_published() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let three = Three::new();
    three.begin();
    let folder = three.project.path("");
    let writable = |mode: u32| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("set");
    let is_root = fs::write(folder.join("probe"), "").is_ok_and(|()| {
        writable(0o555);
        let is_root =
            fs::write(folder.join("probe"), "1").is_ok() && fs::File::create(folder.join("probe2")).is_ok();
        writable(0o755);
        is_root
    });
    for probe in ["probe", "probe2"] {
        let _ = fs::remove_file(folder.join(probe));
    }
    let mut command = three.command(&["build", "--gzip"]);
    if is_root {
        // Nothing is forbidden to root: somebody else builds, who may read all on the way there.
        for above in folder.ancestors().take_while(|above| above.starts_with(std::env::temp_dir())) {
            if above != std::env::temp_dir() {
                fs::set_permissions(above, fs::Permissions::from_mode(0o755)).expect("set");
            }
        }
        command.uid(65_534).gid(65_534);
    } else {
        writable(0o555);
    }
    let output = command.output();
    writable(0o755);
    match output {
        Ok(output) => {
            assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
            assert!(
                stderr(&output).contains("写不了") && stderr(&output).contains(".site.lock"),
                "{}",
                stderr(&output)
            );
            assert!(three.site() == three.old && three.previous() == three.older);
        }
        Err(error) => eprintln!("skipped: nobody else can run the command here: {error}"),
    }
    three.require_whole("read-only");
}

#[test]
fn r15_of_two_builds_at_once_one_is_told_to_wait() {
    let three = Three::new();
    three.begin();
    let first = three
        .command(&["build", "--gzip"])
        .env("ZHINAN_FAULT", "half-staged=touch holding; while test ! -e go; do sleep 0.05; done")
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    wait_for(&three.project.path("holding"));
    let second = three.project.run(&["build", "--gzip"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(stderr(&second).contains(".site.lock"), "{}", stderr(&second));
    let back = three.project.run(&["rollback", "--lang", "en"]);
    assert_eq!(back.status.code(), Some(2));
    assert!(stderr(&back).contains("another zhinan is publishing"), "{}", stderr(&back));
    assert!(three.site() == three.old, "nobody has published yet");
    three.project.write("go", b"");
    let first = first.wait_with_output().expect("it ends");
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    assert!(three.site() == three.new);
    for name in ["go", "holding"] {
        fs::remove_file(three.project.path(name)).expect("removed");
    }
    three.require_whole("two at once");
}

#[test]
fn r15_an_edit_during_the_build_is_built_as_well() {
    let three = Three::new();
    three.begin();
    edit(&three.project, 2);
    fs::create_dir(three.project.path("next")).expect("a folder");
    write_state(&three.project, "next", 3);
    let once = "rendered=if test -d next; then mv next/* content/faq/; rmdir next; fi";
    let output = three.command(&["build", "--gzip"]).env("ZHINAN_FAULT", once).output().expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("重新生成"), "{}", stderr(&output));
    assert!(three.site() == three.new, "what is published is what the files say at the end");

    let always = "rendered=echo >> content/faq/state.md";
    let output = three.command(&["build", "--gzip"]).env("ZHINAN_FAULT", always).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("content/faq/state.md 一再被改动"), "{}", stderr(&output));
    assert!(three.site() == three.new, "a tree of two states is not published");
}

#[test]
fn r15_a_build_while_the_portal_is_served_is_whole() {
    let three = Three::new();
    three.begin();
    let mut server =
        three.command(&["serve", "--port", "0"]).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(server.stderr.take().expect("piped")));
    let opened = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("http://")));
    assert!(opened.is_some(), "the portal is served");
    let drain = std::thread::spawn(move || lines.for_each(drop));
    three.build();
    assert!(three.site() == three.new);
    server.kill().expect("it runs");
    server.wait().expect("it ends");
    drain.join().expect("the server has ended");
    three.require_whole("served meanwhile");
}

#[test]
fn r16_a_build_never_replaces_what_the_author_has() {
    let project = Project::small();
    project.write("letter.doc", "我的".as_bytes());
    fs::create_dir_all(project.path("templates/static")).expect("folders");
    let before = tree(&project.path(""));
    let home = project.path("");
    for out in [".", "..", "content", "content/site", "templates", "/", "../申报 指南", "content/../content"]
    {
        for language in ["zh", "en"] {
            let output = zhinan(&project.path(""))
                .args(["build", "--lang", language, "--out", out])
                .env("HOME", &home)
                .output()
                .expect("it starts");
            assert_eq!(output.status.code(), Some(2), "{out}: {}", stderr(&output));
        }
    }
    let elsewhere = project.path("content");
    let output = zhinan(&elsewhere)
        .args(["build", "--content", ".", "--out", "../../申报 指南"])
        .env("HOME", &home)
        .output()
        .expect("it starts");
    assert!(stderr(&output).contains("不能发布到"), "the home: {}", stderr(&output));
    assert!(tree(&project.path("")) == before, "nothing was written");
}

#[test]
fn r17_pages_whose_source_is_gone_are_gone_and_reported() {
    let three = Three::new();
    three.begin();
    assert!(three.project.path("site/faq/state-2/index.html").is_file());
    let output = three.project.run(&["build", "--gzip"]);
    let told = stderr(&output);
    assert!(told.contains("新增 1 页") && told.contains("删去 1 页"), "{told}");
    assert!(told.contains("  删去：faq/state-2/index.html"), "{told}");
    assert!(!three.project.path("site/faq/state-2").exists());
    let output = three.project.run(&["build", "--gzip", "--lang", "en"]);
    assert!(stderr(&output).contains("0 pages added, 0 changed, 0 removed"), "{}", stderr(&output));
}

#[test]
fn r21_a_page_that_is_faulty_stops_the_build() {
    let three = Three::new();
    three.begin();
    fs::create_dir(three.project.path("templates")).expect("a folder");
    for (template, chinese, english) in [
        (
            "<p>{% raw %}{{ page.title }}{% endraw %}</p>",
            "404.html：第 1 行留有没执行的模板标记 {{",
            "404.html: line 1 has {{",
        ),
        (
            "<p><a href=\"nowhere/\">去</a></p>",
            "404.html：第 1 行的链接“nowhere/”没有对应的文件",
            "`nowhere/` in line 1",
        ),
        ("<main></main>", "404.html：页面没有内容", "404.html: the page is empty"),
        ("<p>\u{fffd}</p>", "404.html：第 1 行有 U+FFFD", "404.html: line 1 has U+FFFD"),
    ] {
        three.project.write("templates/404.html", template.as_bytes());
        for (language, expected) in [("zh", chinese), ("en", english)] {
            let output = three.project.run(&["build", "--gzip", "--lang", language]);
            assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
            assert!(stderr(&output).contains(expected), "{}", stderr(&output));
        }
        assert!(three.site() == three.old && three.previous() == three.older, "the published tree stands");
    }
    fs::remove_dir_all(three.project.path("templates")).expect("removed");
    three.require_whole("faulty pages");
}

#[test]
fn o04_a_rollback_goes_back_and_forth_again() {
    let three = Three::new();
    let output = three.project.run(&["rollback"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("没有上一版"), "{}", stderr(&output));
    three.begin();
    three.build();
    for (site, previous) in [(&three.old, &three.new), (&three.new, &three.old), (&three.old, &three.new)] {
        let output = three.project.run(&["rollback"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(
            stderr(&output).contains("恢复 1 页") && stderr(&output).contains("去掉 1 页"),
            "{}",
            stderr(&output)
        );
        assert!(three.site() == *site && three.previous() == *previous);
        // Its service worker is the one of that very tree: browsers take the older portal for another version.
        let worker = |tree: &Tree| tree[Path::new("service-worker.js")].clone();
        assert!(worker(site) != worker(previous));
    }
    let output = three.project.run(&["rollback", "--lang", "en", "--out", "content"]);
    assert_eq!(output.status.code(), Some(2));
}

fn wait_for(path: &Path) {
    for _ in 0..400 {
        if path.exists() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{} does not come", path.display());
}
