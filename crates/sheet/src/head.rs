//! The head of a table: which column states which fact.

use rules::{AnswerForm, Program, nearest};

use crate::limits::{MOST_ROWS_ABOVE, Refusal};
use crate::problem::{CellProblem, CellProblemKind};
use crate::table::{Address, Row, Table};
use crate::tidy::{key, without_brackets};

/// Heads of the column that names declarations; the first is what templates write.
const NAMES: [&str; 7] = ["名称", "name", "申报名称", "学校名称", "单位名称", "院校名称", "学校"];

/// Head of the column that names declarations, as templates write it.
pub(crate) const NAME: &str = NAMES[0];

/// What a column states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// The name of the declaration.
    Name,
    /// A fact.
    Fact(usize),
}

/// The head of a table.
pub(crate) struct Head {
    /// Index of the first row below it.
    pub(crate) below: usize,
    /// What the columns state; those that state nothing are left out.
    pub(crate) columns: Vec<(u32, Column)>,
    /// Unknown, computed and duplicate columns.
    pub(crate) problems: Vec<CellProblem>,
}

impl Head {
    /// The column of a fact.
    pub(crate) fn column_of(&self, wanted: Column) -> Option<u32> {
        self.columns.iter().find(|(_, column)| *column == wanted).map(|(index, _)| *index)
    }
}

/// Finds the head: of the first rows the one in which the most columns have the name of a fact. What stands above it is a
/// title; a row below it that names the same facts again, by id, is part of it.
pub(crate) fn find(program: &Program, table: &Table) -> Result<Head, Refusal> {
    let names = Names::of(program);
    let known = |row: &Row| row.cells.iter().filter(|cell| names.find(&cell.shown()).is_some()).count();
    let above = table.rows.iter().enumerate().take(MOST_ROWS_ABOVE);
    // Of equally good ones the first.
    let (index, count) = above
        .map(|(index, row)| (index, known(row)))
        .rev()
        .max_by_key(|(_, count)| *count)
        .ok_or(Refusal::Empty)?;
    if count == 0 {
        return Err(Refusal::NoHead);
    }
    let head = read(program, &names, &table.rows[index]);
    let repeats = table
        .rows
        .get(index + 1)
        .is_some_and(|row| !row.is_blank() && read(program, &names, row).columns == head.columns);
    Ok(Head { below: index + 1 + usize::from(repeats), ..head })
}

fn read(program: &Program, names: &Names, row: &Row) -> Head {
    let mut head = Head { below: 0, columns: Vec::new(), problems: Vec::new() };
    for (index, cell) in (0..).zip(&row.cells).filter(|(_, cell)| !cell.is_blank()) {
        let at = Address { row: row.number, column: index };
        let found = cell.shown();
        let mut report = |kind| {
            head.problems.push(CellProblem {
                at,
                column: found.trim().to_owned(),
                found: found.trim().to_owned(),
                kind,
            });
        };
        match names.find(&found) {
            None => report(CellProblemKind::UnknownColumn(names.near(&found))),
            Some(Column::Fact(fact)) if program.answer_form(fact) == AnswerForm::Computed => {
                report(CellProblemKind::ComputedColumn);
            }
            Some(column) => match head.columns.iter().find(|(_, known)| *known == column) {
                Some((first, _)) => {
                    report(CellProblemKind::DuplicateColumn(Address { row: row.number, column: *first }));
                }
                None => head.columns.push((index, column)),
            },
        }
    }
    head
}

/// Keys of all names a column can have.
struct Names(Vec<(String, Column)>);

impl Names {
    fn of(program: &Program) -> Self {
        let facts = (0..program.fact_count()).flat_map(|fact| {
            [program.fact_id(fact), program.fact_label(fact)].map(|name| (key(name), Column::Fact(fact)))
        });
        // Facts come first: a fact may be called as the column of names is.
        Self(facts.chain(NAMES.map(|name| (key(name), Column::Name))).collect())
    }

    fn find(&self, text: &str) -> Option<Column> {
        let written = key(text);
        let exact = |wanted: &str| self.0.iter().find(|(name, _)| name == wanted).map(|(_, column)| *column);
        exact(&written).or_else(|| exact(without_brackets(&written)))
    }

    /// The fact whose name is near to a text.
    fn near(&self, text: &str) -> Option<usize> {
        let written = key(text);
        let near = nearest(without_brackets(&written), self.0.iter().map(|(name, _)| name.as_str()))?;
        match self.0.iter().find(|(name, _)| name == near)? {
            (_, Column::Fact(fact)) => Some(*fact),
            (_, Column::Name) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delimited::read_delimited;
    use crate::sample::program;

    fn head(text: &str) -> (Vec<(u32, String)>, Vec<String>, usize) {
        let program = program();
        let Ok(head) = find(&program, &read_delimited(text).expect("a table")) else { panic!("no head") };
        let columns = head.columns.iter().map(|(index, column)| match column {
            Column::Name => (*index, "name".to_owned()),
            Column::Fact(fact) => (*index, program.fact_id(*fact).to_owned()),
        });
        let problems = head
            .problems
            .iter()
            .map(|one| format!("{} {}。{}", one.at, one.chinese(&program), one.chinese_help(&program)));
        (columns.collect(), problems.collect(), head.below)
    }

    #[test]
    fn columns_have_ids_or_labels() {
        let (columns, problems, below) =
            head(" 名称,Planned,“双师型” 教师人数（人）,所在省份 *,ＢＵＤＧＥＴ\n1");
        let ids = ["name", "planned", "dual_teachers", "province", "budget"];
        assert_eq!(columns, (0..).zip(ids.map(str::to_owned)).collect::<Vec<_>>());
        assert_eq!((problems, below), (vec![], 1));
    }

    #[test]
    fn the_head_may_stand_below_a_title_and_above_ids() {
        let (columns, _, below) = head("2024 年申报计划\n填表日期：\n名称,计划人数\nname,planned\n甲,60");
        assert_eq!((columns.len(), below), (2, 4));
    }

    #[test]
    fn unknown_duplicate_and_computed_columns_are_reported() {
        let (columns, problems, _) = head("计划人,planned,联系电话,计划人数,“双师型”教师占比,\n1");
        assert_eq!(columns, [(1, "planned".to_owned())]);
        assert_eq!(
            problems,
            [
                "A1 没有名为“计划人”的列。是不是“计划人数”？",
                "C1 没有名为“联系电话”的列。列名请用模板中的名称；不需要的列可以删去",
                "D1 “计划人数”与 B1 的列重复。只保留其中一列",
                "E1 ““双师型”教师占比”由其他列算出，不用填写。请删去这一列",
            ]
        );
    }

    #[test]
    fn a_table_without_head_is_refused() {
        let table = read_delimited("60,30\n70,30").expect("a table");
        assert_eq!(find(&program(), &table).err(), Some(Refusal::NoHead));
    }
}
