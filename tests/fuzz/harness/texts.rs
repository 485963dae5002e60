//! Texts of authors: front matter, Markdown, conditions.

use content::{Portal, Source};
use rules::{Program, check, encode, explain, hints};

use super::html::require_harmless;
use super::portal::{BASE, with};

/// A whole file with front matter, as an answer and as a document, and what `zhinan fmt` makes of it.
pub(crate) fn front_matter(bytes: &[u8]) {
    for path in ["faq/when.md", "policies/ah-2024.md", "provinces/ah/guide.md"] {
        if let Some(portal) = with(&["check/", "provinces/"], &[(path, bytes)]) {
            require_harmless_portal(&portal);
        }
        if let Ok(text) = std::str::from_utf8(bytes) {
            let once = content::tidy(&Source { path: path.to_owned(), text: text.to_owned() });
            let twice = content::tidy(&Source { path: path.to_owned(), text: once.clone() });
            assert_eq!(once, twice, "what is tidy stays as it is");
        }
    }
}

/// Markdown as the text of an answer, of the page about the portal, of a term and of a document.
pub(crate) fn markdown(bytes: &[u8]) {
    let answer = [b"---\ntopic: time\nquestion: \xe9\x97\xae\n---\n\n", bytes].concat();
    let about = [b"---\ntitle: \xe5\x85\xb3\n---\n\n", bytes].concat();
    let alone = ["check/", "provinces/", "policies/"];
    if let Some(portal) = with(&alone, &[("faq/when.md", &answer), ("about.md", &about)]) {
        require_harmless_portal(&portal);
    }
    let head =
        "---\ntitle: 题\nissuer: 厅\nlevel: national\nyear: 2024\nsource: a.txt\n---\n\n# 题 {#head}\n\n";
    let document = [head.as_bytes(), bytes].concat();
    if let Some(portal) = with(&["check/", "provinces/", "faq/"], &[("policies/ah-2024.md", &document)]) {
        require_harmless_portal(&portal);
    }
}

/// Every piece of HTML in a portal is harmless.
fn require_harmless_portal(portal: &Portal) {
    require_harmless(&portal.settings.about_html);
    for entry in portal.faq.iter().flat_map(|topic| &topic.entries) {
        require_harmless(&entry.answer_html);
    }
    for guide in &portal.guides {
        require_harmless(&guide.intro_html);
    }
    for clause in portal.policies.iter().flat_map(|policy| policy.clauses.iter()) {
        require_harmless(&clause.html);
        require_harmless(&clause.title_html);
    }
}

/// Conditions in YAML: what is accepted is encoded, decoded to the same, and judges.
pub(crate) fn conditions(bytes: &[u8]) {
    let Some(portal) = with(&["check/ah-2024/scenarios"], &[("check/ah-2024/conditions.yaml", bytes)]) else {
        return;
    };
    let encoded = encode(&portal.ruleset);
    let program = Program::decode(&encoded).expect("what is encoded can be decoded");
    for scenario in &BASE.scenarios {
        for finding in check(&program, &scenario.declaration) {
            explain(&program, &scenario.declaration, &finding);
            hints(&program, &scenario.declaration, &finding);
        }
    }
}
