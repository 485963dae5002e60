//! `zhinan explain`: what a code means, with an example; without a code the list of all.

use content::{Code, Explanation, Language};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Explain, Format};
use crate::failure::Failure;
use crate::report;

/// Prints the page of a code or the list of codes.
pub(crate) fn run(options: &Explain, arguments: &Arguments) -> Result<(), Failure> {
    let code = options.code.as_deref().map(find).transpose()?;
    let language = arguments.language();
    match (code, arguments.format) {
        (Some(code), Format::Json | Format::Sarif) => report::json(&as_json(code)),
        (None, Format::Json | Format::Sarif) => {
            report::json(&json!({ "codes": Code::ALL.iter().copied().map(as_json).collect::<Vec<_>>() }));
        }
        (Some(code), _) => report::line(&page(code, language)),
        (None, _) => Code::ALL.iter().for_each(|code| report::line(&entry(*code, language))),
    }
    Ok(())
}

/// The code of this name, which may be copied with its brackets: `错误[unknown-field]`.
fn find(words: &str) -> Result<Code, Failure> {
    let name = words.split_once('[').map_or(words, |(_, rest)| rest).trim_end_matches([']', ':']).trim();
    Code::named(name).ok_or_else(|| Failure::UnknownCode {
        found: name.to_owned(),
        suggestion: rules::nearest(name, Code::ALL.iter().map(|code| code.name())),
    })
}

/// One line of the list.
fn entry(code: Code, language: Language) -> String {
    let severity = report::severity_word(code.severity(), language);
    format!("{:<30}  {severity}  {}", code.name(), code.explanation().title(language))
}

fn page(code: Code, language: Language) -> String {
    let (wrong, right) = match language {
        Language::Chinese => ("写错的", "写对的"),
        Language::English => ("Wrong", "Right"),
    };
    let severity = report::severity_word(code.severity(), language);
    let page = code.explanation();
    let Explanation { file, wrong: bad, right: good, .. } = page;
    format!(
        "{severity}[{code}] {}\n\n{}\n\n{wrong} ({file})\n\n{}\n\n{right}\n\n{}",
        page.title(language),
        page.text(language),
        indented(bad),
        indented(good)
    )
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn as_json(code: Code) -> Value {
    let page = code.explanation();
    let both = |of: fn(&Explanation, Language) -> &'static str| json!({ "zh": of(&page, Language::Chinese), "en": of(&page, Language::English) });
    json!({
        "code": code.name(),
        "severity": report::severity_word(code.severity(), Language::English),
        "title": both(Explanation::title),
        "text": both(Explanation::text),
        "example": { "file": page.file, "wrong": page.wrong, "right": page.right },
    })
}
