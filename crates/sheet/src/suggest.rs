//! The nearest of some known words, for "did you mean".

/// The candidate with the least edit distance, where at most a third of the word differs.
pub(crate) fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().collect();
        let allowed = written.len().max(letters.len()) / 3;
        let distance = distance(&written, &letters);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let labels = ["计划人数", "开考最低人数", "实训设施", "planned"];
        assert_eq!(nearest("计划人", labels), Some("计划人数"));
        assert_eq!(nearest("planed", labels), Some("planned"));
        assert_eq!(nearest("联系电话", labels), None);
        assert_eq!(nearest("江西", ["陕西"]), None);
    }
}
