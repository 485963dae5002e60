//! "Did you mean": the nearest of some known words.

/// The candidate nearest to what was written, when it is near enough to be meant.
///
/// Nearness is the edit distance with swaps of neighbours (optimal string alignment) over characters; at most a third of
/// the word may differ, in words of two letters not the first alone. Of two equally near ones the first wins.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.to_lowercase().chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.to_lowercase().chars().collect();
        let longest = written.len().max(letters.len());
        // Of two letters one may differ, or both be swapped: 安慰 is 安徽, and HA is AH; but 江西 is not 陕西.
        let is_near = longest > 2 || letters.first() == written.first() || letters.last() == written.first();
        let allowed = if is_near { (longest / 3).max(1) } else { 0 };
        let distance = edit_distance(&written, &letters);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters are to be put in, taken out, replaced or swapped with a neighbour to get from one word to the other.
pub fn edit_distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut table = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i * width + j] = if i == 0 {
                j
            } else if j == 0 {
                i
            } else {
                let replaced = table[(i - 1) * width + j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least =
                    replaced.min(table[(i - 1) * width + j] + 1).min(table[i * width + j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(table[(i - 2) * width + j - 2] + 1);
                }
                least
            };
        }
    }
    table[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let fields = ["title", "short_title", "number", "issuer"];
        assert_eq!(nearest("titel", fields), Some("title"));
        assert_eq!(nearest("Number", fields), Some("number"));
        assert_eq!(nearest("isuer", fields), Some("issuer"));
        assert_eq!(nearest("完全不同", fields), None);
        assert_eq!(nearest("江西", ["陕西"]), None);
        assert_eq!(nearest("安慰", ["安徽"]), Some("安徽"));
        assert_eq!(nearest("HA", ["AH"]), Some("AH"));
        assert_eq!(nearest("计划人", ["计划人数", "开考最低人数"]), Some("计划人数"));
        assert_eq!(nearest("at_lest", ["at_least", "at_most"]), Some("at_least"));
    }
}
