//! The page that explains a code, as `explanations/<code>.md` has it.
//!
//! Every page has one form: two headings, two paragraphs, and an example written wrong and right; the Chinese of each
//! stands before the English.

use crate::diagnostic::Language;

/// What a code means, why it is reported, and an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    title: [&'static str; 2],
    text: [&'static str; 2],
    /// File of the example, relative to the content folder.
    pub file: &'static str,
    /// The example as it is refused.
    pub wrong: &'static str,
    /// The same as it is accepted.
    pub right: &'static str,
}

impl Explanation {
    /// Reads a page; what it lacks is empty, which the tests do not let pass.
    pub(crate) fn read(page: &'static str) -> Self {
        let (text, examples) = page.split_once("\n## ").unwrap_or((page, ""));
        let mut headings = text.lines().filter_map(|line| line.strip_prefix("# "));
        let mut paragraphs = text.split("\n\n").skip(1).map(str::trim);
        let mut fences = examples.split("```").skip(1).step_by(2).map(fenced);
        Self {
            title: [headings.next().unwrap_or_default(), headings.next().unwrap_or_default()],
            text: [paragraphs.next().unwrap_or_default(), paragraphs.next().unwrap_or_default()],
            file: examples.split('`').nth(1).unwrap_or_default(),
            wrong: fences.next().unwrap_or_default(),
            right: fences.next().unwrap_or_default(),
        }
    }

    /// A few words.
    pub fn title(&self, language: Language) -> &'static str {
        self.title[index(language)]
    }

    /// What it means and why it is reported, one paragraph.
    pub fn text(&self, language: Language) -> &'static str {
        self.text[index(language)]
    }
}

/// What stands between two fences, without the name of the language.
fn fenced(block: &'static str) -> &'static str {
    block.split_once('\n').map_or("", |(_, text)| text.trim_end())
}

fn index(language: Language) -> usize {
    match language {
        Language::Chinese => 0,
        Language::English => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;

    #[test]
    fn a_page_has_its_parts() {
        let page = Code::UnknownField.explanation();
        assert_eq!(page.title(Language::English), "A field nobody knows");
        assert!(page.text(Language::Chinese).starts_with("每种记录只认识固定的几项。"));
        assert_eq!(
            (page.file, page.wrong, page.right),
            ("portal.yaml", "titel: 申报指南", "title: 申报指南")
        );
    }

    #[test]
    fn every_code_is_explained_in_both_languages() {
        let is_chinese = |text: &str| text.chars().any(|c| ('一'..='龥').contains(&c));
        for code in Code::ALL {
            let page = code.explanation();
            assert!(is_chinese(page.title(Language::Chinese)), "{code}");
            assert!(is_chinese(page.text(Language::Chinese)), "{code}");
            assert!(page.title(Language::English).is_ascii(), "{code}");
            assert!(page.text(Language::English).len() > 40, "{code}");
            assert!(!page.file.is_empty() && !page.wrong.is_empty() && !page.right.is_empty(), "{code}");
            assert_ne!(page.wrong, page.right, "{code}");
            assert_eq!(Code::named(code.name()), Some(*code));
        }
    }
}
