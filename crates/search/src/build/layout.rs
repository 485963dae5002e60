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
    /// Smallest block of terms, in bytes before packing: several terms of a query are often in one, and a portal of some dozen
    /// documents has fewer blocks than files.
    pub(super) const TERM_BLOCK_BYTES: usize = 3_000;
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
}

/// Divides items into blocks of neighbours: about `most` of them, of at least `least` bytes where there is so much. A block that
/// is nearly full ends before an item that `may_begin` one: where such an item is, blocks begin as they did before an edit.
pub(super) fn blocks<T>(
    items: &[T],
    size: impl Fn(&T) -> usize,
    may_begin: impl Fn(&T) -> bool,
    least: usize,
    most: usize,
) -> Vec<&[T]> {
    let total: usize = items.iter().map(&size).sum();
    let full = least.max(roughly(total.div_ceil(most)));
    let (mut blocks, mut first, mut bytes) = (Vec::new(), 0, 0);
    for (index, item) in items.iter().enumerate() {
        let is_last = bytes + size(item) > full || bytes > full - full / 8 && may_begin(item);
        if index > first && is_last {
            blocks.extend(items.get(first..index));
            (first, bytes) = (index, 0);
        }
        bytes += size(item);
    }
    blocks.extend(items.get(first..).filter(|last| !last.is_empty()));
    blocks
}

/// The number of the first item of each group, where they are numbered through all groups.
pub(super) fn firsts<T>(groups: &[&[T]]) -> Vec<u32> {
    let next = |first: &mut u32, group: &&[T]| {
        let this = *first;
        *first += group.len() as u32;
        Some(this)
    };
    groups.iter().scan(0, next).collect()
}

/// At least so much, at most a sixteenth more: a number that stays the same after most edits.
pub(super) fn roughly(number: usize) -> usize {
    let step = (number.next_power_of_two() / 32).max(1);
    number.next_multiple_of(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_neighbours_of_about_the_same_size() {
        let of = |items: &[usize], least, most| {
            let blocks = blocks(items, |size| *size, |size| *size == 1, least, most);
            assert_eq!(blocks.concat(), items, "nothing is lost");
            blocks.iter().map(|block| block.len()).collect::<Vec<_>>()
        };
        assert_eq!(of(&[], 10, 3), [0; 0]);
        assert_eq!(of(&[30], 10, 3), [1]);
        assert_eq!(of(&[4, 4, 4, 4, 4], 10, 3), [2, 2, 1]);
        assert_eq!(of(&[30, 1, 1], 10, 3), [1, 2]);
        assert_eq!(of(&[10; 9], 10, 3), [3, 3, 3]);
        // One that is nearly full ends before what may begin another.
        assert_eq!(of(&[80, 9, 1, 80, 9, 1, 80], 100, 3), [2, 3, 2]);
    }

    #[test]
    fn rough_numbers_are_a_little_larger() {
        for number in [0, 1, 31, 100, 3_499, 1_000_003] {
            let rough = roughly(number);
            assert!(number <= rough && rough <= number + number / 16, "{number}: {rough}");
        }
        assert_eq!(roughly(1_000_003), roughly(1_001_000));
    }
}
