//! Text made comparable: full-width forms to half-width, white space and quotation marks away.

/// Full-width letters, digits and signs as half-width ones; white space at both ends and what nobody sees left out; an
/// apostrophe in front, which marks text in spreadsheets, left out.
pub(crate) fn tidy(text: &str) -> String {
    let half: String = text
        .chars()
        .filter(|one| !matches!(one, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'))
        .map(|one| match one {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(one as u32 - 0xfee0).unwrap_or(one),
            '\u{3000}' | '\u{a0}' | '\t' | '\r' | '\n' => ' ',
            '。' => '.',
            '—' | '–' | '−' => '-',
            _ => one,
        })
        .collect();
    let half = half.trim();
    half.strip_prefix('\'').unwrap_or(half).trim().to_owned()
}

/// What is compared of the name of a column or an option: [`tidy`], small letters, no white space, no quotation marks,
/// no asterisk of a compulsory column.
pub(crate) fn key(text: &str) -> String {
    tidy(text)
        .chars()
        .filter(|one| {
            !one.is_whitespace()
                && !matches!(one, '“' | '”' | '"' | '‘' | '’' | '\'' | '「' | '」' | '*' | ':')
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A [`key`] without what stands in brackets at its end: `计划人数(人)` is `计划人数`.
pub(crate) fn without_brackets(key: &str) -> &str {
    match key.rsplit_once('(') {
        Some((before, inside)) if inside.ends_with(')') && !before.is_empty() => before,
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        assert_eq!(tidy("　６０％ "), "60%");
        assert_eq!(tidy("'=1+1"), "=1+1");
        assert_eq!(tidy("２０２４－０９－２０"), "2024-09-20");
        assert_eq!(key("“双师型” 教师人数 "), key("双师型教师人数"));
        assert_eq!(key("Ｐｌａｎｎｅｄ"), "planned");
        assert_eq!(without_brackets(&key("计划人数（人）")), "计划人数");
        assert_eq!(without_brackets("(人)"), "(人)");
    }
}
