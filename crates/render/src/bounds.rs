//! What is wrong with a portal's files before any of them is published: two at one place, addresses that are too long, pages that
//! are too large.

use std::collections::BTreeMap;

use content::{LARGEST_PAGE, LONGEST_ADDRESS, folded_name};

use crate::artifact::Artifact;
use crate::output_path::OutputPath;
use crate::render_error::RenderError;

/// Every fault of these paths, which are sorted; `base_url` is where they will be read.
pub(crate) fn faults_of_paths(paths: &[OutputPath], base_url: &str) -> Vec<RenderError> {
    let mut first_of: BTreeMap<String, &OutputPath> = BTreeMap::new();
    let mut faults = Vec::new();
    for path in paths {
        if let Some(first) = first_of.insert(folded_name(path.as_str()), path) {
            faults.push(RenderError::Twice { first: first.clone(), second: path.clone() });
        }
        let length = base_url.len() + encoded_length(path.as_str());
        if length > LONGEST_ADDRESS {
            faults.push(RenderError::LongAddress { path: path.clone(), length });
        }
    }
    faults
}

/// A page that browsers can show.
pub(crate) fn within(page: Artifact) -> Result<Artifact, RenderError> {
    match page.bytes.len() {
        size if size > LARGEST_PAGE => Err(RenderError::LargePage { path: page.path, size }),
        _ => Ok(page),
    }
}

/// Bytes of a path in an address, where each byte that is not ASCII takes three.
fn encoded_length(path: &str) -> usize {
    path.bytes().map(|byte| if byte.is_ascii_graphic() { 1 } else { 3 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OutputPath {
        text.parse().expect("a path")
    }

    fn faults(paths: &[&str]) -> Vec<RenderError> {
        let paths: Vec<OutputPath> = paths.iter().map(|text| path(text)).collect();
        faults_of_paths(&paths, "https://example.cn/")
    }

    #[test]
    fn r07_files_that_a_system_takes_for_one_are_refused_with_both_names() {
        for (first, second) in
            [("a/b.png", "a/b.png"), ("a/Logo.png", "a/logo.png"), ("a/caf\u{e9}.png", "a/cafe\u{301}.png")]
        {
            let found = faults(&[first, second]);
            let [RenderError::Twice { first: one, second: other }] = found.as_slice() else {
                panic!("{first}: {found:?}")
            };
            assert_eq!((one.as_str(), other.as_str()), (first, second));
        }
        assert_eq!(faults(&["a/b.png", "a/c.png"]), []);
    }

    #[test]
    fn r09_addresses_and_pages_have_bounds() {
        // Nine bytes a character; with four folders it is a long address of short names.
        let folder = "政策".repeat(30);
        let long = [folder.as_str(); 4].join("/") + "/index.html";
        assert!(matches!(faults(&[&long]).as_slice(), [RenderError::LongAddress { .. }]));
        let page = |size| within(Artifact { path: path("a.html"), bytes: vec![b'a'; size] });
        assert!(matches!(page(LARGEST_PAGE + 1), Err(RenderError::LargePage { .. })));
        assert!(page(LARGEST_PAGE).is_ok());
    }
}
