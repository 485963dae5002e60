//! `zhinan lint`: every problem of the content and who accounts for every statement, without building.

use content::{Audit, Language, Proved, Statement};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Format, Lint};
use crate::failure::Failure;
use crate::{pipeline, report};

/// Compiles the content and prints what is wrong with it, then the table of statements.
pub(crate) fn run(_: &Lint, arguments: &Arguments) -> Result<(), Failure> {
    let mut compiled = pipeline::compiled(arguments)?;
    compiled.diagnostics.append(&mut compiled.audit.noted);
    compiled.diagnostics.sort_by(content::Diagnostic::by_place);
    let (folder, language) = (arguments.content.display().to_string(), arguments.language());
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
        report::json(&all);
    } else {
        report::diagnostics(&compiled.diagnostics, &folder, arguments.format, language);
        table(&compiled.audit, language);
    }
    compiled.portal.map(|_| ()).ok_or(Failure::Content)
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
