//! Splitting a Markdown file into front matter and body.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::problem::Problem;

/// The ranges of the YAML between the two `---` lines and of the body after them.
pub(crate) fn split(path: &str, text: &str) -> Result<(Range<usize>, Range<usize>), Box<Diagnostic>> {
    if !(text.starts_with("---\n") || text == "---") {
        let first_line = text.lines().next().unwrap_or_default().len();
        return Err(Box::new(Diagnostic::new(path, 0..first_line, Problem::FrontMatterMissing)));
    }
    let yaml_start = 4.min(text.len());
    let mut offset = yaml_start;
    for line in text[yaml_start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok((yaml_start..offset, offset + line.len()..text.len()));
        }
        offset += line.len();
    }
    Err(Box::new(Diagnostic::new(path, 0..3, Problem::FrontMatterUnclosed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_and_body_are_told_apart() {
        let text = "---\na: 1\n---\n正文\n";
        let (yaml, body) = split("a.md", text).expect("well formed");
        assert_eq!((&text[yaml], &text[body]), ("a: 1\n", "正文\n"));
        let (yaml, body) = split("a.md", "---\n---").expect("well formed");
        assert!(yaml.is_empty() && body.is_empty());
    }

    #[test]
    fn missing_and_unclosed_front_matter_are_told_apart() {
        let code = |text| split("a.md", text).map_err(|diagnostic| diagnostic.code());
        assert_eq!(code("正文"), Err("front-matter-missing"));
        assert_eq!(code(""), Err("front-matter-missing"));
        assert_eq!(code("---\na: 1\n"), Err("front-matter-unclosed"));
        assert_eq!(code("---"), Err("front-matter-unclosed"));
    }
}
