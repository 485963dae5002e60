//! What stays from one call to the next: the conditions, the batch, its verdicts.

use rules::{ConditionText, MOST_LINES, Program};
use sheet::{
    Batch, Cell, CellProblem, Json, Planned, Refusal, Sheet, Table, VerdictRow, column_letters, conditions,
    line_title, verdict_rows,
};

/// More wrong cells than this are not listed on the page; the CSV has them all.
const MOST_LISTED: usize = 500;

pub(crate) struct State {
    pub(crate) program: Program,
    batch: Batch,
    rows: Vec<VerdictRow>,
    /// How many declarations are judged.
    checked: usize,
}

impl State {
    pub(crate) fn new(program: Program) -> Self {
        Self { program, batch: Batch::default(), rows: Vec::new(), checked: 0 }
    }

    /// Reads a table in place of what was there.
    pub(crate) fn read(&mut self, table: Result<Table, Refusal>) -> String {
        let read = table.and_then(|table| sheet::read_table(&self.program, &table));
        self.replace(read)
    }

    /// Takes one declaration in place of what was there.
    pub(crate) fn take(&mut self, fragment: &str) -> String {
        let declaration = rules::parse_fragment(&self.program, fragment).declaration;
        let planned = Planned::alone(declaration);
        let rows = planned.lines.len().max(1);
        self.replace(Ok(Batch { declarations: vec![planned], problems: Vec::new(), rows }))
    }

    fn replace(&mut self, read: Result<Batch, Refusal>) -> String {
        self.rows = Vec::new();
        self.checked = 0;
        let mut json = Json::default();
        match read {
            Ok(batch) => {
                self.batch = batch;
                self.summary(&mut json);
            }
            Err(refusal) => {
                self.batch = Batch::default();
                json.object(|json| json.key("refusal").text(&refusal.chinese()));
            }
        }
        json.finish()
    }

    /// `{rows, declarations, problem_count, problem_rows, problems: [{row, column, place, name, text, help}]}`, of the
    /// problems the first; `problem_rows` are numbers of rows.
    fn summary(&self, json: &mut Json) {
        let batch = &self.batch;
        let mut rows: Vec<u32> = batch.problems.iter().map(|problem| problem.at.row).collect();
        rows.dedup();
        json.object(|json| {
            json.key("rows").number(batch.rows as u64);
            json.key("declarations").number(batch.declarations.len() as u64);
            json.key("problem_count").number(batch.problems.len() as u64);
            json.key("problem_rows").list(rows, |json, row| json.number(row));
            json.key("problems").list(batch.problems.iter().take(MOST_LISTED), |json, problem| {
                json.object(|json| {
                    json.key("row").number(problem.at.row);
                    json.key("column").text(&column_letters(problem.at.column));
                    json.key("place").text(&problem.place());
                    json.key("name").text(&problem.column);
                    json.key("text").text(&problem.chinese(&self.program));
                    json.key("help").text(&problem.chinese_help(&self.program));
                });
            });
        });
    }

    pub(crate) fn check(&mut self, count: usize) -> usize {
        let next = self.batch.declarations.iter().enumerate().skip(self.checked).take(count);
        for (index, planned) in next {
            self.rows.extend(verdict_rows(&self.program, index, planned));
            self.checked += 1;
        }
        self.batch.declarations.len() - self.checked
    }

    pub(crate) fn matrix(&self) -> String {
        let mut json = Json::default();
        json.list(&self.rows, |json, row| {
            let Some(planned) = self.batch.declarations.get(row.declaration) else { return json.index(None) };
            let title = row.line.map_or_else(String::new, |line| line_title(&self.program, planned, line));
            let verdicts = row.verdicts.iter().map(|verdict| char::from(b'0' + *verdict as u8));
            json.list(0..6, |json, field| match field {
                0 => json.index(Some(row.declaration)),
                1 => json.index(row.line),
                2 => json.number(row.row),
                3 => json.text(&planned.declaration.name),
                4 => json.text(&title),
                _ => json.text(&verdicts.clone().collect::<String>()),
            });
        });
        json.finish()
    }

    pub(crate) fn detail(&self, declaration: usize, line: Option<usize>, condition: usize) -> String {
        let mut json = Json::default();
        let place =
            self.batch.declarations.get(declaration).zip(conditions(&self.program).get(condition).copied());
        let Some((planned, (document, condition))) = place else { return String::new() };
        let plan = &planned.declaration;
        let findings = rules::check(&self.program, plan);
        let Some(finding) = findings.iter().find(|finding| {
            (finding.document, finding.condition) == (document, condition)
                && (finding.line.is_none() || finding.line == line)
        }) else {
            return String::new();
        };
        let text = |text| self.program.condition_text(finding, text);
        json.object(|json| {
            json.key("verdict").text(finding.verdict.id());
            json.key("word").text(self.program.verdict_word(finding.verdict));
            json.key("shape").text(self.program.verdict_shape(finding.verdict));
            json.key("title").text(text(ConditionText::Title));
            json.key("reason").text(&rules::explain(&self.program, plan, finding));
            json.key("hints").texts(rules::hints(&self.program, plan, finding));
            json.key("quote").text(text(ConditionText::Quote));
            json.key("clause").text(text(ConditionText::ClauseLabel));
            json.key("url").text(text(ConditionText::Url));
            json.key("document").text(self.program.document_title(document));
        });
        json.finish()
    }

    pub(crate) fn fragment(&self, declaration: usize) -> String {
        match self.batch.declarations.get(declaration) {
            Some(planned) if planned.declaration.lines.len() <= MOST_LINES => {
                rules::to_fragment(&self.program, &planned.declaration)
            }
            _ => String::new(),
        }
    }

    pub(crate) fn problems_csv(&self) -> String {
        let head = ["行", "列", "列名", "单元格内容", "问题", "改法"].map(Cell::text).to_vec();
        let row = |problem: &CellProblem| {
            vec![
                Cell::Number(f64::from(problem.at.row)),
                Cell::Text(column_letters(problem.at.column)),
                Cell::text(&problem.column),
                Cell::text(&problem.found),
                Cell::text(&problem.chinese(&self.program)),
                Cell::text(&problem.chinese_help(&self.program)),
            ]
        };
        let rows = std::iter::once(head).chain(self.batch.problems.iter().map(row)).collect();
        sheet::write_csv(&Table::of(rows))
    }

    pub(crate) fn export(&self, form: &str, notes: &str) -> String {
        match form {
            "csv" => {
                let matrix = sheet::matrix_sheet(&self.program, &self.batch.declarations, &self.rows, notes);
                sheet::write_csv(&matrix.table)
            }
            _ => exported_rows(&self.program, &self.batch.declarations, &self.rows, form, notes),
        }
    }
}

/// One or several declarations that come from no table, in one of the forms of `export`.
pub(crate) fn exported(program: &Program, declarations: &[Planned], form: &str, notes: &str) -> String {
    let rows: Vec<VerdictRow> = declarations
        .iter()
        .enumerate()
        .flat_map(|(index, planned)| verdict_rows(program, index, planned))
        .collect();
    exported_rows(program, declarations, &rows, form, notes)
}

fn exported_rows(
    program: &Program,
    declarations: &[Planned],
    rows: &[VerdictRow],
    form: &str,
    notes: &str,
) -> String {
    let reasons = || -> Sheet { sheet::reasons_sheet(program, declarations, |_| true, notes) };
    match form {
        "csv" => sheet::write_csv(&reasons().table),
        "json" => sheet::export_json(program, declarations, notes),
        "sheets" => sheet::pack(&sheet::export_sheets(program, declarations, rows, notes)),
        _ => String::new(),
    }
}
