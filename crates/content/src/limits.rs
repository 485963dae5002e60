//! How large, how deep and how many: what a file of the content may have at most.
//!
//! Far above what anybody writes by hand, and low enough that a file made by mistake or by malice costs seconds and some
//! hundred megabytes at worst. Each limit is refused with the file, the limit and the remedy; the authoring pages tell them
//! to authors.

/// Largest source file, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// Longest line of a source file, in bytes: some twenty thousand Chinese characters. A problem shows its line.
pub const LONGEST_LINE: usize = 64 * 1024;

/// Most values (texts, lists, maps) of one YAML text, those repeated by an alias counted again.
pub const MOST_VALUES: usize = 20_000;

/// Most values of a plan file for `zhinan check`, which programs write: some ten thousand declarations.
pub(crate) const MOST_PLAN_VALUES: usize = 1_000_000;

/// Most parts (pieces of text, and starts and ends of what is around them) of one Markdown text.
pub const MOST_PARTS: usize = 100_000;

/// Deepest nesting: of lists and maps in YAML; of quotes, lists, emphasis and links in Markdown.
pub const DEEPEST_NESTING: usize = 32;

/// Most problems reported of one file.
pub const MOST_PROBLEMS: usize = 1_000;

/// Longest address of another site, or of a page of the portal, in bytes: servers and browsers in between cut longer ones.
pub const LONGEST_ADDRESS: usize = 2_000;

/// Largest page, in bytes of HTML.
pub const LARGEST_PAGE: usize = 8 * 1024 * 1024;
