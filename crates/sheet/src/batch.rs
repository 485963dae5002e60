//! A table to declarations, with every wrong cell reported at its place.
//!
//! Rows of one name are the lines of one declaration; without a column of names all rows are. A wrong cell is judged as
//! not known, so that whatever is decided without it still holds.

use std::collections::HashMap;

use rules::{Answers, Declaration, Per, Program, nearest};

use crate::answer::{Wrong, read_answer};
use crate::head::{self, Column, Head};
use crate::limits::{MOST_ROWS, Refusal};
use crate::problem::{CellProblem, CellProblemKind};
use crate::table::{Address, Cell, Row, Table};
use crate::tidy::{key, tidy};

/// More characters of a cell than this are not repeated in a message.
const REPEATED: usize = 40;

/// What a table says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// The declarations in the order of their first rows.
    pub declarations: Vec<Planned>,
    /// Every wrong cell, by row and column.
    pub problems: Vec<CellProblem>,
    /// How many rows below the head have something in them.
    pub rows: usize,
}

/// A declaration and the rows it stands in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Planned {
    /// The declaration.
    pub declaration: Declaration,
    /// Number of its first row; 0 where it comes from no table.
    pub row: u32,
    /// Number of the row of each line.
    pub lines: Vec<u32>,
}

impl Planned {
    /// A declaration that comes from no table.
    pub fn alone(declaration: Declaration) -> Self {
        let lines = vec![0; declaration.lines.len()];
        Self { declaration, row: 0, lines }
    }
}

/// Reads a table.
///
/// # Errors
/// Where it has no head, or more rows than [`MOST_ROWS`].
pub fn read_table(program: &Program, table: &Table) -> Result<Batch, Refusal> {
    let mut head = head::find(program, table)?;
    let rows = || table.rows[head.below..].iter().filter(|row| !row.is_blank());
    if rows().count() > MOST_ROWS {
        return Err(Refusal::TooManyRows);
    }
    let mut reader =
        Reader { program, head: &head, batch: Batch::default(), by_name: HashMap::new(), stated: Vec::new() };
    rows().for_each(|row| reader.read(row));
    let mut batch = reader.finish();
    batch.rows = rows().count();
    head.problems.append(&mut batch.problems);
    batch.problems = head.problems;
    batch.problems.sort_by_key(|problem| problem.at);
    Ok(batch)
}

struct Reader<'a> {
    program: &'a Program,
    head: &'a Head,
    batch: Batch,
    by_name: HashMap<String, usize>,
    /// For each declaration the cell that first stated a fact of the school, and its answer.
    stated: Vec<HashMap<usize, (Address, i32)>>,
}

impl Reader<'_> {
    fn read(&mut self, row: &Row) {
        let Some(index) = self.declaration_of(row) else { return };
        let mut line = Answers::default();
        let mut is_line = false;
        for (column, stated) in &self.head.columns {
            let (&Column::Fact(fact), cell) = (stated, row.cell(*column)) else { continue };
            let at = Address { row: row.number, column: *column };
            let per = self.program.fact_per(fact);
            is_line |= per == Per::Line && !cell.is_blank();
            let answer = match read_answer(self.program, fact, cell) {
                Ok(answer) => answer,
                Err(wrong) => {
                    let kind = self.kind(fact, cell, wrong);
                    self.report(at, fact, cell, kind);
                    None
                }
            };
            match (per, answer) {
                (Per::Line, answer) => line.set(fact, answer),
                (Per::School, Some(answer)) => self.state(index, fact, at, cell, answer),
                (Per::School, None) => {}
            }
        }
        // A row that only repeats the school is no line.
        if is_line {
            let planned = &mut self.batch.declarations[index];
            planned.declaration.lines.push(line);
            planned.lines.push(row.number);
        }
    }

    fn declaration_of(&mut self, row: &Row) -> Option<usize> {
        let name = match self.head.column_of(Column::Name) {
            None => String::new(),
            Some(column) => {
                let name = tidy(&row.cell(column).shown());
                if name.is_empty() {
                    let at = Address { row: row.number, column };
                    self.batch.problems.push(CellProblem {
                        at,
                        column: head::NAME.to_owned(),
                        found: String::new(),
                        kind: CellProblemKind::NoName,
                    });
                    return None;
                }
                name
            }
        };
        if let Some(index) = self.by_name.get(&name) {
            return Some(*index);
        }
        let index = self.batch.declarations.len();
        self.by_name.insert(name.clone(), index);
        self.stated.push(HashMap::new());
        self.batch.declarations.push(Planned {
            declaration: Declaration { name, ..Declaration::default() },
            row: row.number,
            lines: Vec::new(),
        });
        Some(index)
    }

    /// A fact of the school; where rows disagree it is not known.
    fn state(&mut self, index: usize, fact: usize, at: Address, cell: &Cell, answer: i32) {
        let school = &mut self.batch.declarations[index].declaration.school;
        match self.stated[index].get(&fact) {
            None => {
                self.stated[index].insert(fact, (at, answer));
                school.set(fact, Some(answer));
            }
            Some((_, first)) if *first == answer => {}
            Some((other, first)) => {
                school.set(fact, None);
                let text = shortened(&self.program.show_answer(fact, *first));
                self.report(at, fact, cell, CellProblemKind::Disagrees(*other, text));
            }
        }
    }

    fn kind(&self, fact: usize, cell: &Cell, wrong: Wrong) -> CellProblemKind {
        match wrong {
            _ if matches!(cell, Cell::Error(_)) => CellProblemKind::FailedFormula,
            Wrong::OneOrAll => CellProblemKind::OneOrAll(fact),
            Wrong::NoYear => CellProblemKind::NoYear(fact),
            Wrong::Range => CellProblemKind::OutOfRange(fact),
            Wrong::Form => match near_option(self.program, fact, cell) {
                Some(option) => CellProblemKind::WrongOption(fact, option),
                None => CellProblemKind::WrongForm(fact),
            },
        }
    }

    fn report(&mut self, at: Address, fact: usize, cell: &Cell, kind: CellProblemKind) {
        let column = self.program.fact_label(fact).to_owned();
        self.batch.problems.push(CellProblem { at, column, found: shortened(&cell.shown()), kind });
    }

    /// What the rules themselves find wrong, at the cells that say it.
    fn finish(mut self) -> Batch {
        let mut problems = Vec::new();
        for (planned, stated) in self.batch.declarations.iter().zip(&self.stated) {
            for problem in rules::problems(self.program, &planned.declaration) {
                let column = self.head.column_of(Column::Fact(problem.fact));
                let at = match problem.line {
                    Some(line) => {
                        column.zip(planned.lines.get(line)).map(|(column, row)| Address { row: *row, column })
                    }
                    None => stated.get(&problem.fact).map(|(at, ..)| *at),
                };
                let Some(at) = at else { continue };
                let answer = match problem.line {
                    Some(line) => planned.declaration.lines.get(line).and_then(|line| line.get(problem.fact)),
                    None => planned.declaration.school.get(problem.fact),
                };
                problems.push(CellProblem {
                    at,
                    column: self.program.fact_label(problem.fact).to_owned(),
                    found: answer.map_or_else(String::new, |one| self.program.show_answer(problem.fact, one)),
                    kind: CellProblemKind::Contradiction(problem.text),
                });
            }
        }
        self.batch.problems.append(&mut problems);
        self.batch
    }
}

fn near_option(program: &Program, fact: usize, cell: &Cell) -> Option<i32> {
    let rules::AnswerForm::Choice(options) = program.answer_form(fact) else { return None };
    let labels: Vec<String> = options.iter().map(|(_, label)| key(label)).collect();
    let near = nearest(&key(&cell.shown()), labels.iter().map(String::as_str))?;
    labels.iter().position(|label| label == near).and_then(|option| i32::try_from(option).ok())
}

/// The text for a message: on one line, and not longer than is read at a glance.
fn shortened(text: &str) -> String {
    let line: Vec<char> = text.trim().chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    if line.len() <= REPEATED {
        line.iter().collect()
    } else {
        line[..REPEATED].iter().chain(&['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delimited::read_delimited;
    use crate::sample::program;

    fn read(text: &str) -> Batch {
        read_table(&program(), &read_delimited(text).expect("a table")).expect("a batch")
    }

    fn problems(batch: &Batch) -> Vec<String> {
        let program = program();
        let texts =
            batch.problems.iter().map(|one| format!("{} {} {}", one.at, one.code(), one.chinese(&program)));
        texts.collect()
    }

    fn fragments(batch: &Batch) -> Vec<String> {
        let program = program();
        let texts = batch.declarations.iter().map(|planned| {
            let pairs = rules::answers(&program, &planned.declaration);
            let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
            format!("{}: {}", planned.declaration.name, pairs.join(" "))
        });
        texts.collect()
    }

    #[test]
    fn rows_of_one_name_are_one_declaration() {
        let batch = read("名称,所在省份,团队人数,计划人数\n甲校,安徽,40,60\n乙校,陕西,,30\n甲校,,40人,70\n");
        assert_eq!(
            fragments(&batch),
            [
                "甲校: province=AH team_total=40 l1.planned=60 l2.planned=70",
                "乙校: province=SX l1.planned=30"
            ]
        );
        assert_eq!((batch.declarations[0].row, &*batch.declarations[0].lines), (2, &[2, 4][..]));
        assert_eq!((batch.rows, problems(&batch)), (3, vec![]));
    }

    #[test]
    fn without_names_all_rows_are_one_declaration() {
        let batch = read("province,planned\nAH,\n,60\n\n,70\n");
        assert_eq!(fragments(&batch), [": province=AH l1.planned=60 l2.planned=70"]);
        assert_eq!((batch.declarations[0].row, &*batch.declarations[0].lines), (2, &[3, 5][..]));
    }

    #[test]
    fn rows_must_agree_about_the_school() {
        let batch = read("name,province,planned\n甲,AH,60\n甲,SX,70\n甲,AH,80\n乙,SX,1");
        assert_eq!(
            problems(&batch),
            ["B3 rows-disagree “SX”与 B2 的“安徽”不一致；学校的情况在同一份申报中只能有一种"]
        );
        assert_eq!(fragments(&batch)[0], "甲: l1.planned=60 l2.planned=70 l3.planned=80", "no side is taken");
    }

    #[test]
    fn a_row_without_name_is_reported_and_left_out() {
        let batch = read("name,planned\n甲,60\n,70");
        assert_eq!(problems(&batch), ["A3 no-name 这一行没有名称"]);
        assert_eq!(fragments(&batch), ["甲: l1.planned=60"]);
    }

    #[test]
    fn contradictions_of_the_rules_stand_at_their_cells() {
        let batch = read("name,planned,team_total,dual_teachers\n甲,60,,\n甲,,40,41");
        assert_eq!(problems(&batch).len(), 1);
        assert!(problems(&batch)[0].starts_with("D3 contradiction "), "{:?}", problems(&batch));
    }

    #[test]
    fn five_wrong_cells_in_a_thousand_rows_are_found_exactly() {
        let mut text = "名称,所在省份,计划提交日期,证书名称,计划人数,开考最低人数\n".to_owned();
        for row in 2..=1001 {
            let wrong = |at: u32, bad: &'static str, good: &'static str| if row == at { bad } else { good };
            text.push_str(&format!(
                "学校{row},{},{},{},{},{}\n",
                wrong(17, "江西", "安徽"),
                wrong(500, "9月20日", "2024/9/20"),
                wrong(640, "Web前段", "Web前端"),
                wrong(999, "六十", "60"),
                wrong(1001, "0", "30"),
            ));
        }
        let batch = read(&text);
        let program = program();
        let found: Vec<String> = batch
            .problems
            .iter()
            .map(|one| format!("{} {}；{}", one.place(), one.chinese(&program), one.chinese_help(&program)))
            .collect();
        assert_eq!(
            found,
            [
                "第 17 行 B 列 “江西”不是可选的内容；可填：安徽、陕西",
                "第 500 行 C 列 “9月20日”没有年份；请写上年份，如 2024-09-20",
                "第 640 行 D 列 “Web前段”不是可选的内容；是不是“Web前端”？可填：Web前端、汽车运用",
                "第 999 行 E 列 “六十”不是整数；请填 0 到 20000 的整数",
                "第 1001 行 F 列 “0”超出范围；请填 1 到 1000 的整数",
            ]
        );
        assert_eq!((batch.declarations.len(), batch.rows), (1000, 1000));
        assert!(batch.declarations.iter().all(|planned| planned.declaration.lines.len() == 1));
    }

    #[test]
    fn too_many_rows_are_refused() {
        let table =
            |rows: usize| read_delimited(&format!("planned\n{}", "60\n".repeat(rows))).expect("a table");
        assert_eq!(read_table(&program(), &table(MOST_ROWS)).expect("a batch").rows, MOST_ROWS);
        assert_eq!(read_table(&program(), &table(MOST_ROWS + 1)), Err(Refusal::TooManyRows));
    }
}
