//! The verdicts of a batch as a matrix: a row for each line, a column for each condition.

use rules::{ConditionText, Finding, Per, Program, Verdict};

use crate::batch::Planned;

/// One row of the matrix: a line, or a declaration without lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictRow {
    /// Index of the declaration.
    pub declaration: usize,
    /// Index of the line; `None` for a declaration without lines.
    pub line: Option<usize>,
    /// Number of the row it stands in; 0 where it comes from no table.
    pub row: u32,
    /// A verdict for each condition, in the order of the program. What is judged once stands in every line.
    pub verdicts: Vec<Verdict>,
}

/// The conditions of a program, documents in their order: index of document and condition.
pub fn conditions(program: &Program) -> Vec<(usize, usize)> {
    let of = |document| (0..program.condition_count(document)).map(move |condition| (document, condition));
    (0..program.document_count()).flat_map(of).collect()
}

/// Judges one declaration of a batch.
pub fn verdict_rows(program: &Program, index: usize, planned: &Planned) -> Vec<VerdictRow> {
    let lines = planned.declaration.lines.len();
    let mut rows: Vec<VerdictRow> = (0..lines.max(1))
        .map(|line| VerdictRow {
            declaration: index,
            line: (lines > 0).then_some(line),
            row: planned.lines.get(line).copied().unwrap_or(planned.row),
            verdicts: Vec::new(),
        })
        .collect();
    // In the order of `rules::check`: documents, conditions, lines.
    let mut verdicts = rules::verdicts(program, &planned.declaration).into_iter();
    for (document, condition) in conditions(program) {
        if program.condition_per(document, condition) == Per::Line {
            rows.iter_mut().for_each(|row| row.verdicts.extend(verdicts.next()));
        } else {
            let verdict = verdicts.next();
            rows.iter_mut().for_each(|row| row.verdicts.extend(verdict));
        }
    }
    rows
}

/// What a line is called: its first choices, e.g. 证书名称 and 等级; otherwise 第 2 个证书.
pub fn line_title(program: &Program, planned: &Planned, line: usize) -> String {
    let answers = planned.declaration.lines.get(line);
    let chosen = (0..program.fact_count())
        .filter(|fact| {
            program.fact_per(*fact) == Per::Line
                && matches!(program.answer_form(*fact), rules::AnswerForm::Choice(_))
        })
        .filter_map(|fact| Some(program.show_answer(fact, answers?.get(fact)?)))
        .take(2);
    let title = chosen.collect::<Vec<_>>().join(" ");
    if title.is_empty() { program.line_name(line) } else { title }
}

/// A text of a condition.
pub fn condition_text(program: &Program, document: usize, condition: usize, text: ConditionText) -> &str {
    let finding = Finding {
        document,
        condition,
        line: None,
        verdict: Verdict::NotApplicable,
        missing: Vec::new(),
        decided_by: Vec::new(),
    };
    program.condition_text(&finding, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::read_table;
    use crate::delimited::read_delimited;
    use crate::sample::program;

    #[test]
    fn every_line_has_every_verdict() {
        let program = program();
        let table = read_delimited(
            "名称,所在省份,经费列入预算,证书名称,计划人数,开考最低人数\n甲,安徽,否,web,60,30\n甲,,,,29,30\n乙,陕西,,,,\n丙,安徽,,car,60,",
        )
        .expect("a table");
        let batch = read_table(&program, &table).expect("a batch");
        let rows: Vec<VerdictRow> = batch
            .declarations
            .iter()
            .enumerate()
            .flat_map(|(index, planned)| verdict_rows(&program, index, planned))
            .collect();
        use Verdict::*;
        let shown: Vec<_> = rows.iter().map(|row| (row.row, row.line, row.verdicts.as_slice())).collect();
        assert_eq!(
            shown,
            [
                (2, Some(0), &[NotMet, Met][..]),
                (3, Some(1), &[NotMet, NotMet]),
                (4, None, &[NotApplicable, NotApplicable]),
                (5, Some(0), &[Unknown, Unknown]),
            ]
        );
        assert_eq!(line_title(&program, &batch.declarations[0], 0), "Web前端");
        assert_eq!(line_title(&program, &batch.declarations[0], 1), "第 2 个证书");
    }
}
