//! The content of the portal itself: sound, whole, and its scenarios decided as they say.
#![allow(clippy::disallowed_methods, reason = "tests read the content")]

use content::{Portal, Sources};

fn portal() -> Portal {
    let folder = tests::folder("../content");
    let (sources, problems) = Sources::decode(tests::files(&folder));
    assert!(problems.is_empty(), "{problems:?}");
    let compiled = content::compile(&sources);
    assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
    compiled.portal.expect("a portal without problems")
}

#[test]
fn the_four_documents_and_what_was_drawn_from_them_are_there() {
    let portal = portal();
    let documents: Vec<&str> = portal.policies.iter().map(|policy| policy.id.as_str()).collect();
    assert_eq!(documents, ["ah-2024", "sx-2024", "gx-2022", "n-2019"]);
    let rows: Vec<usize> = portal.link_groups.iter().map(|group| group.links.len()).collect();
    assert_eq!(rows, [24, 9]);
    let verbatim = portal.faq.iter().flat_map(|topic| &topic.entries).filter(|entry| entry.verbatim).count();
    assert_eq!(verbatim, 10, "the ten questions of the Guangxi guide");
    assert!(portal.policies.iter().all(|policy| !policy.notes.is_empty()));
}

#[test]
fn every_condition_is_decided_by_a_scenario() {
    let portal = portal();
    let expected: Vec<&str> = portal
        .scenarios
        .iter()
        .flat_map(|scenario| &scenario.expect)
        .map(|expectation| expectation.condition.as_str())
        .collect();
    for condition in portal.ruleset.documents.iter().flat_map(|document| &document.conditions) {
        assert!(expected.contains(&condition.id.as_str()), "{} stands in no scenario", condition.id);
    }
}

#[test]
fn the_same_content_gives_the_same_bytes_in_any_order() {
    let folder = tests::folder("../content");
    let mut files = tests::files(&folder);
    let json = |files: &[(String, Vec<u8>)]| {
        let (sources, _) = Sources::decode(files.to_vec());
        serde_json::to_string(&content::compile(&sources).portal).expect("a portal is JSON")
    };
    let first = json(&files);
    files.reverse();
    assert_eq!(first, json(&files));
}
