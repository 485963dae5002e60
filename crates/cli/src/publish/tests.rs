use std::collections::BTreeMap;

use super::*;

fn artifact(path: &str, text: &str) -> Artifact {
    Artifact { path: path.parse().expect("an output path"), bytes: text.as_bytes().to_vec() }
}

fn wanted(folder: &Path) -> Publication<'_> {
    Publication { folder, kept: Vec::new(), packed: true, base_url: String::new() }
}

/// Publishes files that are all made already.
fn publish(artifacts: Vec<Artifact>, wanted: Publication) -> Result<Published, Failure> {
    let mut paths: Vec<OutputPath> = artifacts.iter().map(|artifact| artifact.path.clone()).collect();
    paths.sort();
    let mut publishing = Publishing::new(wanted)?;
    publishing.begin(&paths)?;
    artifacts.into_iter().try_for_each(|artifact| publishing.take(artifact))?;
    publishing.finish()
}

/// Publishes without packing.
fn plainly(artifacts: &[Artifact], folder: &Path) -> Result<(), Failure> {
    publish(artifacts.to_vec(), Publication { packed: false, ..wanted(folder) }).map(drop)
}

/// Every file of a folder with its bytes, hidden ones and the marker as well.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it is below").display().to_string();
            (path, fs::read(entry.path()).expect("read"))
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_new_tree_takes_the_place_of_the_old_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    fs::create_dir(&site).expect("a folder");
    fs::write(site.join(".gitignore"), "*\n").expect("a file");
    plainly(&[artifact("index.html", "1"), artifact("old/index.html", "1")], &site).expect("published");
    assert_eq!(names(folder.path()), [".site.lock", "site"], "what was no portal is not kept");
    let old = tree(&site);
    plainly(&[artifact("index.html", "2"), artifact("new/index.html", "2")], &site).expect("published");
    assert_eq!(fs::read_to_string(site.join("index.html")).expect("is there"), "2");
    assert!(site.join("new/index.html").is_file() && !site.join("old").exists());
    assert_eq!(fs::read_to_string(site.join(".gitignore")).expect("is there"), "*\n");
    assert_eq!(names(folder.path()), [".site.lock", ".site.previous", "site"]);
    assert_eq!(tree(&folder.path().join(".site.previous")), old);
}

#[test]
fn a_folder_of_somebody_else_is_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("letter.doc"), "mine").expect("a file");
    let result = plainly(&[artifact("index.html", "1")], folder.path());
    assert!(matches!(result, Err(Failure::ForeignFolder { .. })));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
fn r15_two_at_once_do_not_mix() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let held = Lock::take(&Beside::of(&site).expect("it has a parent")).expect("nobody else has it");
    let refused = plainly(&[artifact("index.html", "1")], &site).expect_err("it is locked");
    assert!(matches!(refused, Failure::Locked { .. }));
    for language in [content::Language::Chinese, content::Language::English] {
        assert!(refused.message(language).contains(".site.lock"), "the lock is named");
    }
    assert!(matches!(roll_back(&site), Err(Failure::Locked { .. })));
    drop(held);
    plainly(&[artifact("index.html", "1")], &site).expect("published");
}

#[test]
fn what_has_not_changed_is_neither_written_nor_packed_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let text = |word: &str| word.repeat(1_000);
    let pages =
        |second: &str| vec![artifact("index.html", &text("甲")), artifact("b/index.html", &text(second))];
    let first = publish(pages("乙"), wanted(&site)).expect("published");
    assert_eq!((first.tally.files, first.tally.linked, first.pages_before), (4, 0, None));
    let before = tree(&site);
    let second = publish(pages("丙"), wanted(&site)).expect("published");
    assert_eq!((second.tally.files, second.tally.linked, second.pages_before), (4, 2, Some(2)));
    let tally = &second.tally;
    assert_eq!((tally.pages_added, tally.pages_changed, tally.pages_same), (0, 1, 1));
    assert_eq!(tree(&folder.path().join(".site.previous")), before, "the tree before is whole");
    let elsewhere = folder.path().join("elsewhere");
    publish(pages("丙"), wanted(&elsewhere)).expect("published");
    assert_eq!(tree(&site), tree(&elsewhere), "the same bytes as when all is written");

    // A packed form that is not that of its page, and one that is damaged at its end, are made anew.
    fs::write(site.join("index.html.gz"), packing::packed(text("丁").as_bytes()).expect("packed"))
        .expect("written");
    let third = publish(pages("丙"), wanted(&site)).expect("published");
    assert_eq!((third.tally.files, third.tally.linked), (4, 3));
    assert_eq!(tree(&site), tree(&elsewhere));
    // A page that somebody changed in the published folder as well.
    fs::write(site.join("b/index.html"), text("戊")).expect("written");
    publish(pages("丙"), wanted(&site)).expect("published");
    assert_eq!(tree(&site), tree(&elsewhere));
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let links = |path: &str| fs::metadata(site.join(path)).expect("it is there").nlink();
        // The tree before has it as well, and the spare one.
        assert_eq!((links("index.html"), links("b/index.html")), (3, 1), "linked or written");
    }
}

#[cfg(unix)]
#[test]
fn the_spare_tree_becomes_the_next_one() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (site, spare) = (folder.path().join("site"), folder.path().join(".site.spare"));
    let text = |word: &str| word.repeat(1_000);
    let build = |files: &[(&str, &str)]| {
        let artifacts = files.iter().map(|(path, word)| artifact(path, &text(word))).collect();
        publish(artifacts, wanted(&site)).expect("published")
    };
    let same = ("same/index.html", "同");
    fs::create_dir(&site).expect("a folder");
    fs::write(site.join(".htaccess"), "1").expect("written");
    build(&[same, ("a/index.html", "一"), ("gone/index.html", "一"), ("place", "一"), ("b/c/d.txt", "一")]);
    build(&[same, ("a/index.html", "二")]);
    assert!(!spare.exists(), "two trees are no more than a rollback needs");
    build(&[same, ("a/index.html", "三"), ("place/index.html", "三")]);
    let of_the_folder = |tree: &Path| fs::metadata(tree).expect("it is there").ino();
    let number = of_the_folder(&spare);
    // What somebody did to it meanwhile is no part of a portal.
    fs::create_dir(spare.join(".git")).expect("a folder");
    fs::write(spare.join(".git/config"), "").expect("written");
    fs::write(spare.join("letter.doc"), "mine").expect("written");
    fs::remove_file(spare.join("same/index.html.gz")).expect("removed");
    fs::write(spare.join("same/index.html.gz"), "").expect("written");
    std::os::unix::fs::symlink(folder.path(), spare.join("same/up")).expect("a link");
    fs::write(site.join(".htaccess"), "2").expect("written");
    let last = [same, ("a/index.html", "三"), ("place/index.html", "四"), ("b", "三")];
    let published = build(&last);
    assert_eq!(of_the_folder(&site), number, "it is the very folder");
    assert_eq!((published.tally.files, published.tally.linked), (7, 4));
    assert_eq!(names(&site), [".htaccess", "a", "b", "place", "same", MARKER]);
    assert_eq!(fs::read_to_string(site.join(".htaccess")).expect("is there"), "2");
    let elsewhere = folder.path().join("elsewhere");
    let artifacts = last.iter().map(|(path, word)| artifact(path, &text(word))).collect();
    publish(artifacts, wanted(&elsewhere)).expect("published");
    fs::write(elsewhere.join(".htaccess"), "2").expect("written");
    assert_eq!(tree(&site), tree(&elsewhere), "the same bytes as when all is written");

    // A run that fails leaves the trees that are published and go back to.
    let before = [tree(&site), tree(&folder.path().join(".site.previous"))];
    assert!(publish(vec![artifact("index.html", " ")], wanted(&site)).is_err());
    assert_eq!([tree(&site), tree(&folder.path().join(".site.previous"))], before);
    assert!(!spare.exists(), "it was half-written");
    // What somebody put in its place is not followed.
    let foreign = folder.path().join("foreign");
    fs::create_dir(&foreign).expect("a folder");
    fs::write(foreign.join("letter.doc"), "mine").expect("written");
    std::os::unix::fs::symlink(&foreign, &spare).expect("a link");
    build(&last);
    assert_eq!(tree(&site), tree(&elsewhere));
    assert_eq!(names(&foreign), ["letter.doc"]);

    // Where nothing stays the same, it would only take room.
    build(&[("index.html", "五")]);
    assert!(!spare.exists());
}

#[test]
fn r17_pages_without_a_source_are_gone_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let pages = |ids: &[usize]| -> Vec<Artifact> {
        ids.iter().map(|id| artifact(&format!("p{id}/index.html"), &format!("页 {id}"))).collect()
    };
    let all: Vec<usize> = (0..20).collect();
    publish(pages(&all), wanted(&site)).expect("published");
    let renamed: Vec<usize> = (1..21).collect();
    let published = publish(pages(&renamed), wanted(&site)).expect("published");
    assert_eq!(published.removed, ["p0/index.html"]);
    assert_eq!((published.tally.pages_added, published.tally.pages_same), (1, 19));
    assert!(!site.join("p0").exists() && !published.has_far_fewer_pages());
    let published = publish(pages(&renamed[..14]), wanted(&site)).expect("published");
    assert!(published.has_far_fewer_pages(), "six of twenty are gone");
}

#[test]
fn r21_a_fault_is_named_and_nothing_is_published() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    plainly(&[artifact("index.html", "甲")], &site).expect("published");
    let before = tree(folder.path());
    let faulty = [
        artifact("a/index.html", "<a href=\"../b/\">乙</a>"),
        artifact("c/index.html", " "),
        artifact("index.html", "甲"),
        artifact("index.html", "乙"),
    ];
    let refused = plainly(&faulty, &site).expect_err("it is faulty");
    for (language, words) in [
        (
            content::Language::Chinese,
            ["a/index.html：第 1 行的链接“../b/”", "c/index.html：页面没有内容", "index.html：有两个文件"],
        ),
        (
            content::Language::English,
            ["a/index.html: the link `../b/`", "c/index.html: the page is empty", "index.html: two files"],
        ),
    ] {
        let message = refused.message(language);
        assert!(words.iter().all(|word| message.contains(word)), "{message}");
    }
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn o04_a_rollback_brings_back_the_tree_before_and_then_the_newer_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    assert!(matches!(roll_back(&site), Err(Failure::NothingBefore { .. })));
    let tree_of = |word: &str, extra: &str| {
        let worker = format!("const PORTAL = \"{word}\";");
        vec![
            artifact("index.html", &word.repeat(900)),
            artifact("same/index.html", "同"),
            artifact(extra, word),
            artifact("service-worker.js", &worker),
        ]
    };
    publish(tree_of("旧", "gone/index.html"), wanted(&site)).expect("published");
    assert!(matches!(roll_back(&site), Err(Failure::NothingBefore { .. })), "there is only one");
    let old = tree(&site);
    publish(tree_of("新", "come/index.html"), wanted(&site)).expect("published");
    let new = tree(&site);
    let newer_date = fs::metadata(site.join("index.html")).and_then(|one| one.modified()).expect("a date");
    for (expected, other) in [(&old, &new), (&new, &old), (&old, &new)] {
        let difference = roll_back(&site).expect("rolled back");
        assert_eq!((&tree(&site), &tree(&folder.path().join(".site.previous"))), (expected, other));
        let expected = RolledBack { pages_added: 1, pages_changed: 1, pages_removed: 1, files_changed: 4 };
        assert_eq!(difference, expected);
        let date = fs::metadata(site.join("index.html")).and_then(|one| one.modified()).expect("a date");
        assert!(date > newer_date, "a server that compares dates sends the page again");
    }
    assert_eq!(names(folder.path()), [".site.lock", ".site.previous", "site"]);
    // A folder that somebody removed is brought back as well.
    fs::remove_dir_all(&site).expect("removed");
    roll_back(&site).expect("rolled back");
    assert_eq!(tree(&site), new);
}
