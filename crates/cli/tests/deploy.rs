//! `zhinan deploy --dry-run`: whoever sends the files in the order that it tells never serves a page without its files.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::three::{Three, Tree};
use support::{stderr, stdout};

/// After every single file that is sent, in the order the plan says, each page finds what it loads.
#[test]
fn deploying_never_serves_a_page_whose_files_are_missing() {
    let three = Three::new();
    three.begin();
    let refused = three.project.run(&["deploy"]);
    assert_eq!(refused.status.code(), Some(2), "only a dry run there is");
    fs::create_dir_all(three.project.path("templates/static/style.css")).expect("a folder");
    three.project.write("templates/static/style.css/95-school.css", b".school { color: #123456 }");
    three.build();
    let output = three.project.run(&["deploy", "--dry-run", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let plan: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let paths = |value: &serde_json::Value| -> Vec<String> {
        let list = value.as_array().expect("a list").iter();
        list.map(|one| one.as_str().or(one["path"].as_str()).expect("a path").to_owned()).collect()
    };
    let new = three.site();
    let mut server = three.previous();
    let pages_load = |server: &Tree| {
        for (path, bytes) in
            server.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "html"))
        {
            let page = String::from_utf8_lossy(bytes);
            for part in page
                .split(['"', '\''])
                .filter(|part| part.contains("assets/") && !part.contains(char::is_whitespace))
            {
                let (_, asset) = part.split_once("assets/").expect("it is there");
                let asset = Path::new("assets").join(asset);
                assert!(server.contains_key(&asset), "{} lacks {}", path.display(), asset.display());
            }
        }
    };
    let send = paths(&plan["send"]);
    assert!(send.iter().any(|path| path.starts_with("assets/style.")), "the style has another name");
    for path in &send {
        let path = PathBuf::from(path);
        server.insert(path.clone(), new[&path].clone());
        pages_load(&server);
    }
    for path in paths(&plan["remove"]) {
        server.remove(Path::new(&path)).expect("it was there");
        pages_load(&server);
    }
    let later = paths(&plan["remove_later"]["paths"]);
    assert!(
        later.iter().any(|path| path.starts_with("assets/style.")),
        "the old style stays for a while: {later:?}"
    );
    for path in later {
        server.remove(Path::new(&path)).expect("it was there");
    }
    assert!(server == new, "the server has the new tree");
    let position = |path: &str| send.iter().position(|sent| sent == path).expect("it is sent");
    assert!(position("index.html") < position("service-worker.js"));
    assert!(position("index.html") < position("assets/manifest.json"), "its name has no hash");
    assert!(
        position("faq/state-3/index.html") < position("faq/index.html"),
        "new pages before those that lead to them"
    );

    let text = stdout(&three.project.run(&["deploy", "--dry-run", "--lang", "en"]));
    assert!(text.starts_with("# first styles") && text.contains("# remove after 7 days"), "{text}");
    assert!(text.contains("- faq/state-2/index.html"), "{text}");
    let same = three.project.run(&["deploy", "--dry-run", "--from", "site", "site"]);
    assert!(stderr(&same).contains("要传 0 个文件"), "{}", stderr(&same));
    assert_eq!(three.project.run(&["deploy", "--dry-run", "content"]).status.code(), Some(2));
}
