//! The place of an artifact below the output folder: a path that cannot leave it.
//!
//! Checked once, when it is made. Names that Windows cannot store are refused as well, because portals are
//! carried to offices on USB sticks.

use std::fmt;
use std::str::FromStr;

use content::{NameFault, name_fault};
use serde::{Serialize, Serializer};

/// Longest path in bytes: what is put before it when it is written or read has room beside it.
const LONGEST: usize = 1_000;

/// Longest part in bytes: file systems have 255, and a packed form gets another ending.
const LONGEST_PART: usize = 240;

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
    if text.len() > LONGEST {
        return Some("it is longer than 1,000 bytes");
    }
    text.split('/').find_map(|part| match part {
        "" => Some("it has an empty part"),
        "." | ".." => Some("it has a part that stands for a folder above or for itself"),
        _ if part.len() > LONGEST_PART => Some("a part is longer than 240 bytes"),
        _ => match name_fault(part)? {
            NameFault::Device => Some("a part is the name of a device on Windows"),
            NameFault::End => Some("a part ends in a dot or a space, which Windows drops"),
            NameFault::Character => Some("it has a character that Windows does not allow"),
            NameFault::NotUtf8 => Some("it is not UTF-8"),
        },
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
    fn r08_paths_that_could_leave_the_folder_are_refused() {
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
            "C:\\x",
            "//host/share",
            "a/\u{fffd}",
        ] {
            assert!(wrong.parse::<OutputPath>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn r07_names_of_devices_are_refused() {
        for wrong in ["con", "policies/nul/index.html", "assets/COM1.0123456789.js", "aux.html"] {
            assert!(wrong.parse::<OutputPath>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn r09_long_names_and_deep_paths_are_refused() {
        let part = "a".repeat(LONGEST_PART);
        assert!(part.parse::<OutputPath>().is_ok());
        assert!(format!("{part}a/index.html").parse::<OutputPath>().is_err());
        assert!("政".repeat(LONGEST_PART / 3 + 1).parse::<OutputPath>().is_err());
        assert!("a/".repeat(LONGEST / 2 - 1).trim_end_matches('/').parse::<OutputPath>().is_ok());
        assert!(format!("{}index.html", "a/".repeat(LONGEST / 2)).parse::<OutputPath>().is_err());
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
