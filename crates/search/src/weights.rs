//! What a term in a field is worth: BM25F, with tantivy's length classes and its idf.
//!
//! S. Robertson, H. Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009. The numbers were chosen on the
//! training half of `tests/search/queries.tsv`.

use crate::directory::{Directory, FIELDS};

/// Saturation of repeated occurrences.
pub(crate) const K1: f32 = 1.2;
/// Weight of what it stands in, its own name, text, other ways to ask.
const FIELD: [f32; FIELDS] = [0.5, 1.6, 1.0, 1.4];
/// How far a field's length counts.
const LENGTH: [f32; FIELDS] = [0.0, 0.5, 0.45, 0.3];

/// What the occurrences in one field add to a term's weighted frequency.
pub(crate) fn field_weight(field: usize, frequency: u32, length_class: u8, averages: &[f32; FIELDS]) -> f32 {
    let (Some(weight), Some(b), Some(average)) = (FIELD.get(field), LENGTH.get(field), averages.get(field))
    else {
        return 0.0;
    };
    if frequency == 0 {
        return 0.0;
    }
    weight * frequency as f32 / (1.0 - b + b * length(length_class) as f32 / average.max(1.0))
}

/// What tantivy makes of a frequency and a length class, before rarity.
pub(crate) fn bm25(frequency: u32, length_class: u8, average: f32) -> f32 {
    const B: f32 = 0.75;
    let frequency = frequency as f32;
    let norm = K1 * (1.0 - B + B * length(length_class) as f32 / average);
    (1.0 + K1) * (frequency / (frequency + norm))
}

/// Rarity of a term that stands in `entries` of `all` entries.
pub(crate) fn rarity(entries: u32, all: u32) -> f32 {
    let (with, all) = (entries as f32, all.max(entries) as f32);
    ln_1p((all - with + 0.5) / (with + 0.5))
}

/// Smallest length of a class: exact up to 40, then in eight steps from one power of two to the next.
pub(crate) fn length(class: u8) -> u32 {
    let class = u32::from(class);
    if class < 24 {
        return class;
    }
    let (bits, shift) = ((class - 24) & 7, (class - 24) >> 3);
    24 + if shift == 0 { bits } else { (bits | 8) << (shift - 1) }
}

/// The class of a length: that of the next smaller one where it has none of its own.
#[cfg(feature = "build")]
pub(crate) fn length_class(length: u32) -> u8 {
    let Some(above) = length.checked_sub(24) else { return length as u8 };
    // As in [`self::length`]: the leading bit is told by the upper bits of a class, the three after it by the lower ones.
    let shift = (above.checked_ilog2().unwrap_or(0) + 1).saturating_sub(3);
    let bits = if shift == 0 { above } else { above >> (shift - 1) & 7 };
    (24 + (shift << 3 | bits)).min(u32::from(u8::MAX)) as u8
}

/// ln(1 + x)
pub(crate) fn ln_1p(x: f32) -> f32 {
    (1.0 + x).ln()
}

impl Directory {
    /// Mean number of tokens of each field.
    pub(crate) fn average_lengths(&self) -> [f32; FIELDS] {
        self.tokens.map(|tokens| tokens as f32 / self.entries.max(1) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_follow_tantivy() {
        let known =
            [(0, 0), (39, 39), (40, 40), (41, 42), (48, 56), (49, 60), (57, 96), (255, 2_013_265_944)];
        for (class, expected) in known {
            assert_eq!(length(class), expected, "class {class}");
        }
    }

    #[test]
    #[cfg(feature = "build")]
    fn a_length_has_the_class_of_the_next_smaller_one() {
        for class in 0..=u8::MAX {
            assert_eq!(length_class(length(class)), class);
        }
        assert_eq!((length_class(41), length_class(43), length_class(u32::MAX)), (40, 41, u8::MAX));
    }

    #[test]
    fn rare_terms_and_short_fields_weigh_more() {
        assert!(rarity(1, 100) > rarity(50, 100) && rarity(100, 100) > 0.0);
        let averages = [10.0; FIELDS];
        assert!(field_weight(2, 1, 5, &averages) > field_weight(2, 1, 30, &averages));
        assert_eq!(field_weight(2, 0, 5, &averages), 0.0);
    }
}
