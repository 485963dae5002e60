//! Names of files that mean trouble on another system: two that one of them takes for the same, and those it cannot store.
//!
//! A content folder is edited on Windows, kept on a USB stick and built on Linux; a page takes its address from a name.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::{Diagnostic, Place};
use crate::problem::{NameFault, Problem};

/// What Windows takes for devices, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name as file systems compare that ignore case, the way accents are encoded, and dots and spaces at the end of a part.
///
/// ```
/// assert_eq!(content::folded_name("Faq/CAFE\u{301}."), content::folded_name("faq/caf\u{e9}"));
/// ```
pub fn folded_name(path: &str) -> String {
    let folded: String = if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.nfc().flat_map(char::to_lowercase).nfc().collect()
    };
    folded.split('/').map(|part| part.trim_end_matches(['.', ' '])).collect::<Vec<_>>().join("/")
}

/// What is wrong with one part of a path, if anything is.
///
/// ```
/// use content::{NameFault, name_fault};
/// assert_eq!(name_fault("sx-2024.md"), None);
/// assert_eq!(name_fault("Con.md"), Some(NameFault::Device));
/// ```
pub fn name_fault(part: &str) -> Option<NameFault> {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    if part.contains('\u{fffd}') {
        Some(NameFault::NotUtf8)
    } else if part
        .chars()
        .any(|c| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\'))
    {
        Some(NameFault::Character)
    } else if part.ends_with(['.', ' ']) {
        Some(NameFault::End)
    } else if DEVICES.contains(&stem.as_str()) || is_numbered("com") || is_numbered("lpt") {
        Some(NameFault::Device)
    } else {
        None
    }
}

/// Everything that is wrong with the names of these files.
pub(crate) fn problems<'path>(paths: impl IntoIterator<Item = &'path str>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    // The spelling of every folder and file that came first, with the file in whose path it stands.
    let mut spelled: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    for path in paths {
        if let Some((name, fault)) = path.split('/').find_map(|part| Some((part, name_fault(part)?))) {
            let name = name.escape_debug().to_string();
            problems.push(Diagnostic::new(path, 0..0, Problem::UnusableName { name, fault }));
        }
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        for spelling in folders.chain([path]) {
            let (first, file) = *spelled.entry(folded_name(spelling)).or_insert((spelling, path));
            if first != spelling {
                let problem = Problem::CollidingNames { name: spelling.to_owned(), other: first.to_owned() };
                problems.push(Diagnostic::new(path, 0..0, problem).related(
                    Place::new(file, 0..0),
                    "另一个在这里",
                    "the other one is here",
                ));
                break;
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r07_names_that_a_system_takes_for_the_same_are_told_with_both_files() {
        for (first, second) in [
            ("faq/when.md", "faq/When.md"),
            ("provinces/ah/guide.md", "provinces/AH/steps.yaml"),
            ("faq/caf\u{e9}.md", "faq/cafe\u{301}.md"),
            ("faq./a.md", "faq/b.md"),
            ("faq/ΣΑΣ.md", "faq/σασ.md"),
        ] {
            let found = problems([first, second]);
            let collision = found.iter().find(|one| one.code() == "colliding-names").expect("it is reported");
            assert_eq!(
                (collision.place.path.as_str(), collision.related[0].place.path.as_str()),
                (second, first)
            );
        }
        assert!(
            problems(["faq/a.md", "faq/b.md", "faq-a.md", "check/ah/a.yaml", "check/a/h.yaml"]).is_empty()
        );
    }

    #[test]
    fn r07_names_that_windows_cannot_store_are_refused() {
        for (name, fault) in [
            ("con.md", NameFault::Device),
            ("NUL", NameFault::Device),
            ("aux .a.md", NameFault::Device),
            ("lpt1.yaml", NameFault::Device),
            ("a.", NameFault::End),
            ("a ", NameFault::End),
            ("a:b.md", NameFault::Character),
            ("a\\b.md", NameFault::Character),
            ("a\u{7}.md", NameFault::Character),
            ("\u{fffd}.md", NameFault::NotUtf8),
        ] {
            assert_eq!(name_fault(name), Some(fault), "{name:?}");
            assert_eq!(problems([format!("faq/{name}").as_str()])[0].code(), "unusable-name");
        }
        for sound in ["console.md", "com.md", "com10.md", "nul-1.md", "a.b.md", "政策.md", ".gitignore"] {
            assert_eq!(name_fault(sound), None, "{sound}");
        }
    }
}
