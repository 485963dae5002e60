//! What is shown over the last good page while the content has errors.

use std::path::{Path, PathBuf};

use content::{Diagnostic, Language, Severity};
use serde_json::{Value, json};

use crate::report;

/// A line of a file that an author has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) file: PathBuf,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The overlay: its words as the script of the page reads them, and the lines that can be opened, in the same order.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    words: Value,
    lines: Vec<Line>,
}

impl Overlay {
    /// Of problems of the content, the errors first.
    pub(crate) fn of_content(found: &[Diagnostic], folder: &Path, language: Language) -> Self {
        let mut sorted: Vec<&Diagnostic> = found.iter().collect();
        sorted.sort_by_key(|one| one.severity() != Severity::Error);
        let name = folder.display().to_string();
        let problems = sorted.iter().map(|one| {
            json!({
                "place": report::position(&one.place, &name),
                "severity": report::severity_word(one.severity(), language),
                "code": one.code(),
                "message": one.message(language),
                "source": one.place.source_line,
                "help": one.help(language),
            })
        });
        let lines = sorted.iter().map(|one| Line {
            file: folder.join(&one.place.path),
            line: one.place.line.max(1),
            column: one.place.column.max(1),
        });
        Self { words: words(language, "", problems.collect()), lines: lines.collect() }
    }

    /// Of anything else that stops a build, in a sentence.
    pub(crate) fn of_failure(sentence: &str, language: Language) -> Self {
        Self { words: words(language, sentence, Vec::new()), lines: Vec::new() }
    }

    /// One line of JSON.
    pub(crate) fn to_json(&self) -> String {
        self.words.to_string()
    }

    /// The line of a problem, by its number.
    pub(crate) fn line(&self, number: usize) -> Option<&Line> {
        self.lines.get(number)
    }
}

fn words(language: Language, sentence: &str, problems: Vec<Value>) -> Value {
    let (title, help, open, close) = match language {
        Language::Chinese => ("内容有错误，页面停留在上一次的样子", "改法", "打开这一行", "收起"),
        Language::English => {
            ("The content has errors; this is the last good page", "help", "Open this line", "Hide")
        }
    };
    json!({
        "title": title, "sentence": sentence, "problems": problems,
        "words": { "help": help, "open": open, "close": close },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_its_line() {
        let files = [("portal.yaml".to_owned(), b"title: x\ntitel: y\n".to_vec())];
        let (sources, _) = content::Sources::decode(files);
        let found = content::compile(&sources).diagnostics;
        let overlay = Overlay::of_content(&found, Path::new("content"), Language::Chinese);
        let told: Value = serde_json::from_str(&overlay.to_json()).expect("it is JSON");
        let problems = told["problems"].as_array().expect("a list");
        assert_eq!(problems.len(), found.len());
        let number = problems.iter().position(|one| one["code"] == "unknown-field").expect("it is told");
        assert_eq!(problems[number]["place"], "content/portal.yaml:2:1");
        assert_eq!(problems[number]["help"], "是不是“title”？");
        let line = Line { file: "content/portal.yaml".into(), line: 2, column: 1 };
        assert_eq!(overlay.line(number), Some(&line));
        assert_eq!(overlay.line(problems.len()), None);
    }
}
