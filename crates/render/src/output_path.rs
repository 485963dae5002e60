//! The place of an artifact below the output folder: a path that cannot leave it.
//!
//! Checked once, when it is made. Names that Windows cannot store are refused as well, because portals are
//! carried to offices on USB sticks.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A relative path with `/` between its parts, e.g. `policies/ah-2024/index.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(String);

/// A text that is not an [`OutputPath`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` cannot be an output path: {reason}")]
pub struct InvalidOutputPath {
    /// The text, with control characters escaped.
    pub path: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl OutputPath {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file of the page at this address: `policies/` gives `policies/index.html`, `404.html` stays.
    ///
    /// # Errors
    /// When the address would leave the output folder.
    pub fn of_page(address: &str) -> Result<Self, InvalidOutputPath> {
        if address.is_empty() || address.ends_with('/') {
            format!("{address}index.html").parse()
        } else {
            address.parse()
        }
    }
}

impl FromStr for OutputPath {
    type Err = InvalidOutputPath;

    fn from_str(text: &str) -> Result<Self, InvalidOutputPath> {
        match fault(text) {
            None => Ok(Self(text.to_owned())),
            Some(reason) => Err(InvalidOutputPath { path: text.escape_debug().to_string(), reason }),
        }
    }
}

fn fault(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("it is empty");
    }
    if text.starts_with('/') {
        return Some("it is absolute");
    }
    if text.chars().any(char::is_control) {
        return Some("it has a control character");
    }
    if text.contains('\\') {
        return Some("it has a backslash");
    }
    if text.contains([':', '*', '?', '"', '<', '>', '|']) {
        return Some("it has a character that Windows does not allow");
    }
    text.split('/').find_map(|part| match part {
        "" => Some("it has an empty part"),
        "." | ".." => Some("it has a part that stands for a folder above or for itself"),
        _ if part.ends_with(['.', ' ']) => Some("a part ends in a dot or a space, which Windows drops"),
        _ => None,
    })
}

impl fmt::Display for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for OutputPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_could_leave_the_folder_are_refused() {
        for wrong in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a/..",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "C:x",
            "a\nb",
            "a\0",
            "a.",
            "a /b",
            "what?.html",
        ] {
            assert!(wrong.parse::<OutputPath>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn ordinary_paths_pass_unchanged() {
        for right in ["index.html", "policies/ah-2024/index.html", "政策/甲.html", "a..b/c", ".gitignore"]
        {
            assert_eq!(right.parse::<OutputPath>().map(|path| path.to_string()), Ok(right.to_owned()));
        }
    }

    #[test]
    fn a_page_is_the_index_of_its_folder() {
        assert_eq!(OutputPath::of_page("").map(|path| path.to_string()), Ok("index.html".to_owned()));
        assert_eq!(OutputPath::of_page("faq/").map(|path| path.to_string()), Ok("faq/index.html".to_owned()));
        assert_eq!(OutputPath::of_page("404.html").map(|path| path.to_string()), Ok("404.html".to_owned()));
        assert!(OutputPath::of_page("../").is_err());
    }
}
