//! Everything the command prints: the one file that writes to the terminal.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process;

use content::{Diagnostic, Language, Place, Severity};
use serde_json::{Value, json};

use crate::arguments::Format;
use crate::failure::Failure;
use crate::sarif;

/// Prints a line of a command's result to standard output. Whoever has read enough of it (`zhinan explain | head`) may close it: the
/// command does its work to the end. What cannot be written for another reason, such as a full disk, is not passed over.
pub(crate) fn line(text: &str) {
    if let Err(error) = writeln!(io::stdout(), "{text}")
        && error.kind() != ErrorKind::BrokenPipe
    {
        told(error);
        process::exit(1);
    }
}

/// Prints a line to standard error; nobody can be told that it is closed.
fn told(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints a JSON result to standard output.
pub(crate) fn json(value: &Value) {
    line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

/// Prints a line on how the work goes to standard error.
pub(crate) fn progress(text: &str) {
    told(text);
}

/// Prints why a command did not do its work.
pub(crate) fn failure(failure: &Failure, language: Language) {
    let (word, colon) = match language {
        Language::Chinese => ("错误", "："),
        Language::English => ("error", ": "),
    };
    told(format_args!("{}{colon}{}", paint(word, RED), failure.message(language)));
}

/// Prints diagnostics and their count.
pub(crate) fn diagnostics(found: &[Diagnostic], folder: &str, format: Format, language: Language) {
    match format {
        Format::Json => json(&diagnostics_as_json(found, folder)),
        Format::Sarif => json(&sarif::log(found, folder, language)),
        Format::Short => found.iter().for_each(|one| line(&short(one, folder, language))),
        Format::Human => {
            for one in found {
                told(human(one, folder, language));
            }
            if !found.is_empty() {
                told(count(found, language));
            }
        }
    }
}

/// Diagnostics as one JSON object.
pub(crate) fn diagnostics_as_json(found: &[Diagnostic], folder: &str) -> Value {
    json!({ "diagnostics": found.iter().map(|one| as_json(one, folder)).collect::<Vec<_>>() })
}

const RED: &str = "31";
const YELLOW: &str = "33";
const CYAN: &str = "36";

fn paint(text: &str, colour: &str) -> String {
    if std::io::stderr().is_terminal() {
        format!("\u{1b}[1;{colour}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// A place as `file:line:column`.
pub(crate) fn position(place: &Place, folder: &str) -> String {
    match place.line {
        0 => format!("{folder}/{}", place.path),
        line => format!("{folder}/{}:{line}:{}", place.path, place.column),
    }
}

fn short(one: &Diagnostic, folder: &str, language: Language) -> String {
    let severity = severity_word(one.severity(), language);
    format!("{}: {severity}[{}]: {}", position(&one.place, folder), one.code(), one.message(language))
}

pub(crate) fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Error, Language::English) => "error",
        (Severity::Warning, Language::Chinese) => "提醒",
        (Severity::Warning, Language::English) => "warning",
    }
}

fn human(one: &Diagnostic, folder: &str, language: Language) -> String {
    let colour = if one.severity() == Severity::Error { RED } else { YELLOW };
    let head = format!("{}[{}]", severity_word(one.severity(), language), one.code());
    let mut text = format!("{}: {}\n", paint(&head, colour), one.message(language));
    text.push_str(&excerpt(&one.place, folder, colour));
    for related in &one.related {
        let words = match language {
            Language::Chinese => related.chinese,
            Language::English => related.english,
        };
        text.push_str(&format!("  {words}:\n{}", excerpt(&related.place, folder, CYAN)));
    }
    let help = one.help(language);
    if !help.is_empty() {
        let word = match language {
            Language::Chinese => "改法",
            Language::English => "help",
        };
        text.push_str(&format!("  {} {word}: {help}\n", paint("=", CYAN)));
    }
    text
}

fn excerpt(place: &Place, folder: &str, colour: &str) -> String {
    let arrow = paint("-->", CYAN);
    let mut text = format!("  {arrow} {}\n", position(place, folder));
    if place.line > 0 {
        let number = place.line.to_string();
        let margin = " ".repeat(number.len());
        // A Chinese character is two columns wide on a terminal.
        let width = |part: &str| part.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let before: String = place.source_line.chars().take(place.column - 1).collect();
        let meant: String = place.source_line.chars().skip(place.column - 1).take(place.width).collect();
        let carets = paint(&"^".repeat(width(&meant).max(1)), colour);
        text.push_str(&format!(
            "{margin} |\n{number} | {}\n{margin} | {}{carets}\n",
            place.source_line,
            " ".repeat(width(&before))
        ));
    }
    text
}

fn count(found: &[Diagnostic], language: Language) -> String {
    let errors = found.iter().filter(|one| one.severity() == Severity::Error).count();
    let warnings = found.len() - errors;
    match language {
        Language::Chinese => format!("{errors} 个错误，{warnings} 个提醒"),
        Language::English => format!("{errors} errors, {warnings} warnings"),
    }
}

fn as_json(one: &Diagnostic, folder: &str) -> Value {
    let place = |place: &Place| {
        json!({
            "file": format!("{folder}/{}", place.path),
            "line": place.line,
            "column": place.column,
            "span": [place.span.start, place.span.end],
            "source": place.source_line,
        })
    };
    json!({
        "code": one.code(),
        "severity": severity_word(one.severity(), Language::English),
        "place": place(&one.place),
        "message": { "zh": one.message(Language::Chinese), "en": one.message(Language::English) },
        "help": { "zh": one.help(Language::Chinese), "en": one.help(Language::English) },
        "related": one.related.iter().map(|related| json!({
            "place": place(&related.place), "zh": related.chinese, "en": related.english,
        })).collect::<Vec<_>>(),
    })
}
