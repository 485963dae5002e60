//! What is wrong with a portal's files as a whole, before any of them is written: two at one place, addresses that are too long,
//! pages that are too large.

use std::collections::BTreeMap;

use content::{LARGEST_PAGE, LONGEST_ADDRESS, folded_name};

use crate::made::Made;
use crate::rendering::RenderError;

/// Every fault of these files, which are sorted by path; `base_url` is where they will be read.
pub(crate) fn faults(files: &[&Made], base_url: &str) -> Vec<RenderError> {
    let mut first_of: BTreeMap<String, &Made> = BTreeMap::new();
    let mut faults = Vec::new();
    for file in files {
        if let Some(first) = first_of.insert(folded_name(file.path.as_str()), file) {
            faults.push(RenderError::Twice { first: first.path.clone(), second: file.path.clone() });
        }
        let length = base_url.len() + encoded_length(file.path.as_str());
        if length > LONGEST_ADDRESS {
            faults.push(RenderError::LongAddress { path: file.path.clone(), length });
        }
        if file.path.as_str().ends_with(".html") && file.bytes > LARGEST_PAGE {
            faults.push(RenderError::LargePage { path: file.path.clone(), size: file.bytes });
        }
    }
    faults
}

/// Bytes of a path in an address, where each byte that is not ASCII takes three.
fn encoded_length(path: &str) -> usize {
    path.bytes().map(|byte| if byte.is_ascii_graphic() { 1 } else { 3 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(files: &[(&str, usize)]) -> Vec<RenderError> {
        let made = |(path, bytes): &(&str, usize)| Made {
            path: path.parse().expect("a path"),
            sha256: String::new(),
            bytes: *bytes,
            loads: Vec::new(),
        };
        let files: Vec<Made> = files.iter().map(made).collect();
        faults(&files.iter().collect::<Vec<_>>(), "https://example.cn/")
    }

    #[test]
    fn r07_files_that_a_system_takes_for_one_are_refused_with_both_names() {
        for (first, second) in
            [("a/b.png", "a/b.png"), ("a/Logo.png", "a/logo.png"), ("a/caf\u{e9}.png", "a/cafe\u{301}.png")]
        {
            let found = made(&[(first, 1), (second, 1)]);
            let [RenderError::Twice { first: one, second: other }] = found.as_slice() else {
                panic!("{first}: {found:?}")
            };
            assert_eq!((one.as_str(), other.as_str()), (first, second));
        }
        assert_eq!(made(&[("a/b.png", 1), ("a/c.png", 1)]), []);
    }

    #[test]
    fn r09_addresses_and_pages_have_bounds() {
        // Nine bytes a character; with four folders it is a long address of short names.
        let folder = "政策".repeat(30);
        let path = [folder.as_str(); 4].join("/") + "/index.html";
        assert!(matches!(made(&[(&path, 1)]).as_slice(), [RenderError::LongAddress { .. }]));
        assert!(matches!(made(&[("a.html", LARGEST_PAGE + 1)]).as_slice(), [RenderError::LargePage { .. }]));
        assert_eq!(made(&[("a.html", LARGEST_PAGE), ("b.wasm", LARGEST_PAGE + 1)]), []);
    }
}
