//! `zhinan eval`: how well the search answers queries whose answers are known.

use content::Language;
use search::{BuildOptions, Evaluation, OpenIndex, Query};
use serde_json::json;

use crate::arguments::{Arguments, Eval};
use crate::failure::Failure;
use crate::{pipeline, read, report};

/// First columns of the table.
const HEAD: &str = "query\tkind\texpected_file\texpected_quote";

/// Runs every query of the file and prints success@1, success@5 and MRR@10 by kind, with the misses.
pub(crate) fn run(options: &Eval, arguments: &Arguments) -> Result<(), Failure> {
    let fail = |line, message| Failure::Queries { path: options.file.clone(), line, message };
    let text = String::from_utf8(read::read(&options.file)?).map_err(|_| {
        fail(
            1,
            match arguments.language() {
                Language::Chinese => "文件不是 UTF-8 编码",
                Language::English => "the file is not UTF-8",
            },
        )
    })?;
    if !text.trim_start_matches('\u{feff}').starts_with(HEAD) {
        return Err(fail(
            1,
            match arguments.language() {
                Language::Chinese => {
                    "第一行应是列名：query、kind、expected_file、expected_quote、acceptable_alternatives，以 Tab 分隔"
                }
                Language::English => {
                    "the first line must name the columns query, kind, expected_file, expected_quote, acceptable_alternatives, parted by tabs"
                }
            },
        ));
    }
    let questions = search::questions(&text);
    let portal = pipeline::portal(arguments)?;
    let files = pipeline::index(&portal, BuildOptions::MOST_FILES)?;
    let mut index = OpenIndex::new(&files).map_err(|error| Failure::Search(error.to_string()))?;
    let mut failed = None;
    let evaluation = search::eval(&questions, |query| match index.search(&Query::new(query)) {
        Ok(results) => results.hits,
        Err(error) => {
            failed.get_or_insert(error.to_string());
            Vec::new()
        }
    });
    if let Some(error) = failed {
        return Err(Failure::Search(error));
    }
    if options.json {
        report::json(&as_json(&evaluation))
    } else {
        report::line(evaluation.to_string().trim_end())
    }
    Ok(())
}

fn as_json(evaluation: &Evaluation) -> serde_json::Value {
    let figures = evaluation.figures(None);
    json!({
        "queries": figures.queries,
        "success_at_1": figures.success_at_1,
        "success_at_5": figures.success_at_5,
        "mrr_at_10": figures.mean_reciprocal_rank,
        "ranks": evaluation.ranks.iter().map(|(kind, query, rank)| json!({ "kind": kind, "query": query, "rank": rank })).collect::<Vec<_>>(),
    })
}
