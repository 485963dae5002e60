//! How large the blocks of an index are, and into how many files they go.

/// How an index is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuildOptions {
    /// Most files of the index; a small portal has fewer. At least [`BuildOptions::FEWEST_FILES`] are used.
    pub most_files: usize,
}

impl BuildOptions {
    /// Directory, sounds, phrases, and one each for terms, tails and texts.
    pub const FEWEST_FILES: usize = 6;
    /// Files of the largest portal, unless something else is asked for.
    pub const MOST_FILES: usize = 400;
}

impl Default for BuildOptions {
    fn default() -> Self {
        Self { most_files: Self::MOST_FILES }
    }
}

/// The sizes that follow from the options.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) term_files: usize,
    pub(super) text_files: usize,
    pub(super) tail_files: usize,
}

impl Layout {
    /// Smallest block of terms, in bytes before packing: several terms of a query are often in one.
    pub(super) const TERM_BLOCK_BYTES: usize = 2_500;
    /// Blocks of terms; larger portals get larger ones. Each costs the directory some five bytes.
    pub(super) const MOST_TERM_BLOCKS: usize = 4_000;
    /// Smallest block of texts, in bytes before packing.
    pub(super) const TEXT_BLOCK_BYTES: usize = 3_500;
    /// Blocks of texts. Each costs the directory some two bytes.
    pub(super) const MOST_TEXT_BLOCKS: usize = 8_000;

    pub(super) fn new(options: &BuildOptions) -> Self {
        let files = options.most_files.max(BuildOptions::FEWEST_FILES) - 3;
        let term_files = (files * 3 / 8).max(1);
        let tail_files = (files / 8).max(1);
        Self { term_files, text_files: files - term_files - tail_files, tail_files }
    }

    /// Size of a block, where `total` bytes go into at most `most` of at least `least` bytes.
    pub(super) fn block_bytes(total: usize, least: usize, most: usize) -> usize {
        least.max(total / most)
    }
}
