//! Plan files that are tables: CSV, TSV and workbooks, with every wrong cell reported at its address.

use std::path::Path;

use content::{Language, Severity};
use rules::Program;
use serde_json::{Value, json};
use sheet::{Batch, CellProblem, Planned, Refusal, VerdictRow};

use crate::arguments::Format;
use crate::failure::Failure;
use crate::{read, report};

/// Whether the name of a file says that it is a table.
pub(crate) fn is_table(path: &Path) -> bool {
    matches!(extension(path).as_str(), "csv" | "tsv" | "txt" | "xlsx" | "xlsm")
}

fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Reads a table of planned lines.
pub(crate) fn read_table(path: &Path, program: &Program) -> Result<Result<Batch, Refusal>, Failure> {
    let bytes = read::read(path)?;
    let table = match extension(path).as_str() {
        "xlsx" | "xlsm" => sheet::read_xlsx(&bytes, None).map(|sheet| sheet.table),
        _ => sheet::decode(&bytes).and_then(|text| sheet::read_delimited(&text)),
    };
    Ok(table.and_then(|table| sheet::read_table(program, &table)))
}

/// Writes the verdicts, in the form that the name of the file says.
pub(crate) fn write(path: &Path, program: &Program, plans: &[Planned], notes: &str) -> Result<(), Failure> {
    let rows: Vec<VerdictRow> = plans
        .iter()
        .enumerate()
        .flat_map(|(index, planned)| sheet::verdict_rows(program, index, planned))
        .collect();
    let bytes = match extension(path).as_str() {
        "csv" => sheet::write_csv(&sheet::matrix_sheet(program, plans, &rows, notes).table).into_bytes(),
        "xlsx" => sheet::write_xlsx(&sheet::export_sheets(program, plans, &rows, notes))
            .map_err(|refusal| Failure::Table { path: path.to_owned(), refusal })?,
        _ => return Err(Failure::OutputForm { path: path.to_owned() }),
    };
    std::fs::write(path, bytes).map_err(Failure::write(path))
}

/// Prints the wrong cells of a table.
pub(crate) fn report(
    path: &Path,
    problems: &[CellProblem],
    program: &Program,
    format: Format,
    language: Language,
) {
    match format {
        Format::Json | Format::Sarif if problems.is_empty() => {}
        // Cells of a table have no place in a text that SARIF could name.
        Format::Json | Format::Sarif => {
            let all: Vec<Value> = problems.iter().map(|problem| as_json(path, problem, program)).collect();
            report::json(&json!({ "diagnostics": all }));
        }
        Format::Short => {
            for problem in problems {
                let message = message(problem, program, language);
                let word = report::severity_word(Severity::Error, language);
                report::line(&format!(
                    "{}:{}: {word}[{}]: {message}",
                    path.display(),
                    problem.at,
                    problem.code()
                ));
            }
        }
        Format::Human => problems.iter().for_each(|problem| {
            report::progress(&human(path, problem, program, language));
        }),
    }
}

fn message(problem: &CellProblem, program: &Program, language: Language) -> String {
    match language {
        Language::Chinese => problem.chinese(program),
        Language::English => problem.english(),
    }
}

fn human(path: &Path, problem: &CellProblem, program: &Program, language: Language) -> String {
    let message = message(problem, program, language);
    let (place, word, help) = match language {
        Language::Chinese => (problem.place(), "改法", problem.chinese_help(program)),
        Language::English => (problem.at.to_string(), "help", problem.english_help(program)),
    };
    let help = if help.is_empty() { help } else { format!("\n  = {word}: {help}") };
    let head = format!("{}[{}]: {message}", report::severity_word(Severity::Error, language), problem.code());
    format!("{head}\n  --> {}: {place} ({}){help}\n", path.display(), problem.column)
}

fn as_json(path: &Path, problem: &CellProblem, program: &Program) -> Value {
    json!({
        "code": problem.code(),
        "severity": "error",
        "place": {
            "file": path.display().to_string(),
            "cell": problem.at.to_string(),
            "row": problem.at.row,
            "column": problem.column,
            "source": problem.found,
        },
        "message": { "zh": problem.chinese(program), "en": problem.english() },
        "help": { "zh": problem.chinese_help(program), "en": problem.english_help(program) },
        "related": [],
    })
}
