//! `zhinan check`: declarations in, verdicts with reasons out.

use std::io::Read;
use std::path::Path;

use content::{Language, Portal, Source};
use rules::{Declaration, Finding, Program, Verdict};
use serde_json::{Value, json};
use sheet::Planned;

use crate::arguments::{Arguments, Check};
use crate::commands::mutants;
use crate::failure::Failure;
use crate::{earlier, pipeline, read, report, tables};

/// Checks every declaration of the plan files. It is fine (exit code 0) when they could be checked, whatever came out.
pub(crate) fn run(options: &Check, arguments: &Arguments) -> Result<(), Failure> {
    if options.mutants {
        return mutants::run(options.json, arguments);
    }
    let portal = pipeline::portal(arguments)?;
    let program = pipeline::program(&portal)?;
    let before = options.earlier.as_deref().map(earlier::program).transpose()?;
    let mut plans: Vec<Planned> = Vec::new();
    let mut failed = false;
    for path in &options.plans {
        if tables::is_table(path) {
            let batch = tables::read_table(path, &program)?
                .map_err(|refusal| Failure::Table { path: path.clone(), refusal })?;
            failed |= !batch.problems.is_empty();
            tables::report(path, &batch.problems, &program, arguments.format, arguments.language());
            plans.extend(batch.declarations);
        } else {
            let (read, problems) = read_plan(path, &portal)?;
            failed |= !problems.is_empty();
            report::diagnostics(&problems, &folder_of(path), arguments.format, arguments.language());
            plans.extend(read.into_iter().map(Planned::alone));
        }
    }
    if failed {
        return Err(Failure::Content);
    }
    if let Some(path) = &options.output {
        return tables::write(path, &program, &plans, &portal.settings.check_disclaimer);
    }
    let declarations: Vec<Declaration> = plans.into_iter().map(|planned| planned.declaration).collect();
    if options.json {
        report::json(&as_json(&portal, &program, before.as_ref(), &declarations));
        return Ok(());
    }
    for declaration in &declarations {
        print(&portal, &program, declaration, arguments.language());
        if let Some(before) = &before {
            earlier::print(&program, before, declaration, arguments.language());
        }
    }
    report::line("");
    report::line(&portal.settings.check_disclaimer);
    Ok(())
}

fn folder_of(path: &Path) -> String {
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => parent.display().to_string(),
        None => ".".to_owned(),
    }
}

fn read_plan(path: &Path, portal: &Portal) -> Result<(Vec<Declaration>, Vec<content::Diagnostic>), Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let result = std::io::stdin().lock().read_to_end(&mut bytes);
        result.map_err(|source| Failure::Read { path: path.to_owned(), source })?;
        bytes
    } else {
        read::read(path)?
    };
    Ok(match Source::plan(&name, bytes) {
        Ok(source) => content::read_plan(&source, &portal.ruleset),
        Err(problem) => (Vec::new(), vec![*problem]),
    })
}

fn as_json(
    portal: &Portal,
    program: &Program,
    before: Option<&Program>,
    declarations: &[Declaration],
) -> Value {
    let fact_id = |fact: &usize| portal.ruleset.facts[*fact].id.as_str();
    let verdict = |declaration: &Declaration, finding: &Finding| {
        let condition = &portal.ruleset.documents[finding.document].conditions[finding.condition];
        json!({
            "id": condition.id,
            "line": finding.line,
            "verdict": finding.verdict.id(),
            "missing": finding.missing.iter().map(fact_id).collect::<Vec<_>>(),
            "reason": rules::explain(program, declaration, finding),
            "citation": {
                "document": condition.citation.document,
                "clause": condition.citation.clause,
                "quote": condition.citation.quote,
            },
            "hints": rules::hints(program, declaration, finding),
        })
    };
    let declarations: Vec<Value> = declarations
        .iter()
        .map(|declaration| {
            let findings = rules::check(program, declaration);
            let mut checked = json!({
                "name": declaration.name,
                "verdicts": findings.iter().map(|finding| verdict(declaration, finding)).collect::<Vec<_>>(),
                "problems": rules::problems(program, declaration).iter().map(|problem| &problem.text).collect::<Vec<_>>(),
            });
            if let (Some(before), Value::Object(fields)) = (before, &mut checked) {
                fields.insert("earlier".to_owned(), earlier::as_json(program, before, declaration));
            }
            checked
        })
        .collect();
    json!({ "conditions_hash": program.hash(), "declarations": declarations })
}

fn print(portal: &Portal, program: &Program, declaration: &Declaration, language: Language) {
    let name = if declaration.name.is_empty() { "（未命名的申报计划）" } else { &declaration.name };
    report::line(&format!("# {name}"));
    for problem in rules::problems(program, declaration) {
        report::line(&format!("  ! {}", problem.text));
    }
    let findings = rules::check(program, declaration);
    for (index, document) in portal.ruleset.documents.iter().enumerate() {
        let applicable: Vec<&Finding> = findings
            .iter()
            .filter(|finding| finding.document == index && finding.verdict != Verdict::NotApplicable)
            .collect();
        if applicable.is_empty() {
            continue;
        }
        let archived = if document.archived { "（存档，仅供参考）" } else { "" };
        report::line(&format!("\n{}{archived}", document.title));
        for finding in applicable {
            let condition = &document.conditions[finding.condition];
            let word = match language {
                Language::Chinese => finding.verdict.label(),
                Language::English => finding.verdict.id(),
            };
            let line = finding.line.map(|line| format!("[{}]", line + 1)).unwrap_or_default();
            report::line(&format!(
                "  {word}  {}{line}  {}",
                condition.title, condition.citation.clause_label
            ));
            report::line(&format!("      {}", rules::explain(program, declaration, finding)));
            for hint in rules::hints(program, declaration, finding) {
                report::line(&format!("      → {hint}"));
            }
        }
    }
}
