//! Diagnostics as SARIF 2.1.0, which editors and code hosts show beside the text.
//!
//! Columns count characters (`unicodeCodePoints`), as everywhere in this program. A file that is wrong as a whole has no
//! region.

use std::path::Path;

use content::{Code, Diagnostic, Language, Place, Severity};
use serde_json::{Value, json};

/// A log of one run with these results.
pub(crate) fn log(found: &[Diagnostic], folder: &str, language: Language) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "zhinan",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code, language)).collect::<Vec<_>>(),
            } },
            "language": match language { Language::Chinese => "zh-CN", Language::English => "en" },
            "columnKind": "unicodeCodePoints",
            "results": found.iter().map(|one| result(one, folder, language)).collect::<Vec<_>>(),
        }],
    })
}

fn rule(code: Code, language: Language) -> Value {
    let page = code.explanation();
    let (wrong, right) = match language {
        Language::Chinese => ("写错的", "写对的"),
        Language::English => ("Wrong", "Right"),
    };
    let fence = |text: &str| format!("```\n{text}\n```");
    json!({
        "id": code.name(),
        "shortDescription": { "text": page.title(language) },
        "fullDescription": { "text": page.text(language) },
        "help": {
            "text": format!("{}\n\n{wrong} ({}):\n{}\n\n{right}:\n{}", page.text(language), page.file, page.wrong, page.right),
            "markdown": format!(
                "{}\n\n{wrong} (`{}`)\n\n{}\n\n{right}\n\n{}",
                page.text(language), page.file, fence(page.wrong), fence(page.right)
            ),
        },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(one: &Diagnostic, folder: &str, language: Language) -> Value {
    let (message, help) = (one.message(language), one.help(language));
    let text = match (help.is_empty(), language) {
        (true, _) => message,
        (false, Language::Chinese) => format!("{message}。改法：{help}"),
        (false, Language::English) => format!("{message}. Help: {help}"),
    };
    let mut result = json!({
        "ruleId": one.code(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == one.problem.code()),
        "level": level(one.severity()),
        "message": { "text": text },
        "locations": [location(&one.place, folder)],
    });
    if !one.related.is_empty() {
        let related = one.related.iter().enumerate().map(|(id, related)| {
            let words = match language {
                Language::Chinese => related.chinese,
                Language::English => related.english,
            };
            let mut location = location(&related.place, folder);
            location["id"] = json!(id);
            location["message"] = json!({ "text": words });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(place: &Place, folder: &str) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&format!("{folder}/{}", place.path)) } });
    if place.line > 0 {
        physical["region"] = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + place.width,
            "snippet": { "text": place.source_line.chars().skip(place.column - 1).take(place.width).collect::<String>() },
        });
    }
    json!({ "physicalLocation": physical })
}

/// A path as a reference: relative where the path is, with everything escaped that has a meaning in addresses.
fn uri(path: &str) -> String {
    let mut uri = String::from(if Path::new(path).is_absolute() { "file://" } else { "" });
    for byte in path.trim_start_matches("./").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("./content/faq/when.md"), "content/faq/when.md");
        assert_eq!(uri("/home/a b/portal.yaml"), "file:///home/a%20b/portal.yaml");
        assert_eq!(uri("内容/a#b.md"), "%E5%86%85%E5%AE%B9/a%23b.md");
    }
}
