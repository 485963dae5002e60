//! `zhinan lint`: every problem of the content and who accounts for every statement, without building.

use std::collections::BTreeMap;
use std::time::Duration;

use content::{Audit, Language, Place, Proved, Statement};
use serde_json::{Value, json};

use crate::addresses::{self, Answer};
use crate::arguments::{Arguments, Format, Lint};
use crate::failure::Failure;
use crate::pipeline::{self, Before};
use crate::report;

/// Compiles the content and prints what is wrong with it, then the table of statements.
pub(crate) fn run(options: &Lint, arguments: &Arguments) -> Result<(), Failure> {
    let mut compiled = pipeline::compiled(arguments, &mut Before::default())?;
    compiled.diagnostics.append(&mut compiled.audit.noted);
    compiled.diagnostics.sort_by(content::Diagnostic::by_place);
    let (folder, language) = (arguments.content.display().to_string(), arguments.language());
    let asked = options.links.then(|| ask(&compiled.audit.addresses, Duration::from_secs(options.wait)));
    if arguments.format == Format::Sarif {
        // The table of statements is no problem, so SARIF has no place for it.
        report::diagnostics(&compiled.diagnostics, &folder, arguments.format, language);
    } else if arguments.format == Format::Json {
        let mut all = report::diagnostics_as_json(&compiled.diagnostics, &folder);
        all["statements"] = compiled.audit.statements.iter().map(as_json).collect();
        all["conditions"] = json!({
            "count": compiled.audit.proved.conditions,
            "seen_in_every_way": compiled.audit.proved.seen_in_every_way,
            "proofs_left_out": compiled.audit.proved.left_out,
        });
        if let Some(answers) = &asked {
            all["links"] = answers.as_ref().map(|answers| links_as_json(answers, &folder)).into();
        }
        report::json(&all);
    } else {
        report::diagnostics(&compiled.diagnostics, &folder, arguments.format, language);
        table(&compiled.audit, language);
        if let Some(answers) = &asked {
            links(answers.as_deref(), &folder, language);
        }
    }
    compiled.portal.map(|_| ()).ok_or(Failure::Content)
}

/// An address with the place where it first stands and what came of asking it.
type Asked<'a> = (&'a str, &'a Place, Answer);

/// Asks all addresses; nothing where there is no network.
fn ask(all: &BTreeMap<String, Place>, limit: Duration) -> Option<Vec<Asked<'_>>> {
    let names: Vec<&str> = all.keys().map(String::as_str).collect();
    let answers = addresses::ask(&names, limit)?;
    Some(all.iter().zip(answers).map(|((name, place), answer)| (name.as_str(), place, answer)).collect())
}

/// One line per address that moved, failed or did not answer, by place; then how many were asked.
fn links(answers: Option<&[Asked<'_>]>, folder: &str, language: Language) {
    let Some(answers) = answers else {
        report::line(match language {
            Language::Chinese => "没有网络，网址没有核对",
            Language::English => "no network: the addresses were not checked",
        });
        return;
    };
    let mut found: Vec<_> = answers.iter().filter(|(_, _, answer)| *answer != Answer::Fine).collect();
    found.sort_by_key(|(_, place, _)| (&place.path, place.span.start));
    for (name, place, answer) in &found {
        report::line(&format!("{}: {name} {}", report::position(place, folder), answer.words(language)));
    }
    let (count, all) = (answers.len() - found.len(), answers.len());
    report::line(&match language {
        Language::Chinese => format!("{count}/{all} 个外部网址能打开"),
        Language::English => format!("{count}/{all} addresses of other sites answer"),
    });
}

fn links_as_json(answers: &[Asked<'_>], folder: &str) -> Value {
    let answers = answers.iter().map(|(name, place, answer)| {
        json!({
            "address": name,
            "place": report::position(place, folder),
            "answer": answer.id(),
            "words": { "zh": answer.words(Language::Chinese), "en": answer.words(Language::English) },
        })
    });
    answers.collect()
}

/// One line per statement, then how many are accounted for.
fn table(audit: &Audit, language: Language) {
    for statement in &audit.statements {
        let Statement { id, document, cite, .. } = statement;
        report::line(&format!("{id}\t{document}#{}\t{}", cite.clause, account(statement, language)));
    }
    let Proved { conditions, seen_in_every_way: seen, left_out } = audit.proved;
    if left_out > 0 {
        report::line(&match language {
            Language::Chinese => format!("条件太复杂，没有证明的 {left_out} 处"),
            Language::English => format!("{left_out} proofs left out: too many declarations to try"),
        });
    }
    // Conditions with errors are not proved, so nothing is known of them.
    if conditions > 0 {
        report::line(&match language {
            Language::Chinese => {
                format!("条件 {conditions} 项，符合、不符合、未知三种情形都有场景的 {seen} 项")
            }
            Language::English => {
                format!("{conditions} conditions, {seen} of them seen met, not met and unknown by scenarios")
            }
        });
    }
    let (count, all) = (audit.accounted_for(), audit.statements.len());
    report::line(&match language {
        Language::Chinese => format!("{count}/{all} 条原文陈述有着落"),
        Language::English => format!("{count}/{all} statements accounted for"),
    });
}

/// Who accounts for a statement.
fn account(statement: &Statement, language: Language) -> String {
    let mut parts: Vec<String> = statement
        .covered_by
        .iter()
        .map(|cover| match language {
            Language::Chinese => format!("{}：{}", cover.kind.label(), cover.title),
            Language::English => format!("{}: {}", cover.kind.id(), cover.title),
        })
        .collect();
    match (statement.information.as_str(), language) {
        ("", _) if !parts.is_empty() => {}
        ("", Language::Chinese) => parts.push("没有着落".to_owned()),
        ("", Language::English) => parts.push("not accounted for".to_owned()),
        (sentence, Language::Chinese) => parts.push(format!("说明：{sentence}")),
        (sentence, Language::English) => parts.push(format!("information: {sentence}")),
    }
    parts.join(if language == Language::Chinese { "；" } else { "; " })
}

fn as_json(statement: &Statement) -> Value {
    json!({
        "id": statement.id,
        "document": statement.document,
        "clause": statement.cite.clause,
        "title": statement.title,
        "information": statement.information,
        "covered_by": statement.covered_by,
    })
}
