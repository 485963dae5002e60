//! The table to fill in: a head of labels, with what may be written and lists to choose from; and declarations in it.
//!
//! The head has labels alone, as offices read them; ids stand on the sheet that explains the columns. What differs from
//! line to line comes first, the facts of the school, which need to be written once, behind it.

use rules::{AnswerForm, Per, Program};

use crate::batch::Planned;
use crate::head::NAME;
use crate::problem::expected;
use crate::table::Cell;
use crate::workbook::{Prompt, Sheet};

const OPTIONS: &str = "选项";

/// Facts that are asked, in the order of the columns; the column of names stands before them.
fn columns(program: &Program) -> Vec<usize> {
    let of = |per| {
        (0..program.fact_count()).filter(move |fact| {
            program.fact_per(*fact) == per && program.answer_form(*fact) != AnswerForm::Computed
        })
    };
    of(Per::Line).chain(of(Per::School)).collect()
}

/// The template: the sheet to fill in, one that explains its columns, one with the options.
pub fn template(program: &Program) -> Vec<Sheet> {
    let mut filled = answers_sheet(program, "填写", &[]);
    let text = |text: &str| Cell::text(text);
    let mut explained = vec![["列名", "编号", "每行都填还是填一次", "怎么填"].map(text).to_vec()];
    explained.push(vec![
        text(NAME),
        text("name"),
        text("每行都填"),
        text("学校或申报的名称；同名的各行合为一份申报。全表只有一份申报时可以删去这一列"),
    ]);
    filled
        .prompts
        .push(Prompt { column: 0, text: "同名的各行合为一份申报".to_owned(), options: None });
    let mut options: Vec<Vec<Cell>> = vec![Vec::new()];
    for (column, fact) in (1..).zip(columns(program)) {
        let often = match program.fact_per(fact) {
            Per::Line => "每行都填",
            Per::School => "同一份申报填一次即可",
        };
        let how = format!("{}；不清楚就留空", expected(program, fact));
        explained.push(vec![
            text(program.fact_label(fact)),
            text(program.fact_id(fact)),
            text(often),
            text(&how),
        ]);
        let labels: Vec<&str> = match program.answer_form(fact) {
            AnswerForm::Boolean => vec!["是", "否"],
            AnswerForm::Choice(options) => options.into_iter().map(|(_, label)| label).collect(),
            _ => Vec::new(),
        };
        let place =
            (!labels.is_empty()).then(|| add_options(&mut options, program.fact_label(fact), &labels));
        filled.prompts.push(Prompt { column, text: how, options: place });
    }
    vec![filled, Sheet::new("填写说明", explained), Sheet::new(OPTIONS, options)]
}

/// Adds a column of options below its label; gives where they stand.
fn add_options(rows: &mut Vec<Vec<Cell>>, label: &str, options: &[&str]) -> (String, u32, u32) {
    let column = rows[0].len();
    let cells = std::iter::once(label).chain(options.iter().copied()).map(Cell::text);
    for (index, cell) in cells.enumerate() {
        if rows.len() <= index {
            rows.push(Vec::new());
        }
        rows[index].resize(column, Cell::Blank);
        rows[index].push(cell);
    }
    (OPTIONS.to_owned(), column as u32, options.len() as u32)
}

/// Declarations in the columns of the template; what is written so is read again.
pub fn answers_sheet(program: &Program, name: &str, declarations: &[Planned]) -> Sheet {
    let columns = columns(program);
    let labels = columns.iter().map(|fact| Cell::text(program.fact_label(*fact)));
    let mut rows = vec![std::iter::once(Cell::text(NAME)).chain(labels).collect()];
    for planned in declarations {
        let of = &planned.declaration;
        for line in 0..of.lines.len().max(1) {
            let answers = columns.iter().map(|fact| {
                let answer = match program.fact_per(*fact) {
                    Per::Line => of.lines.get(line).and_then(|line| line.get(*fact)),
                    Per::School => of.school.get(*fact),
                };
                answer.map_or(Cell::Blank, |answer| cell(program, *fact, answer))
            });
            rows.push(std::iter::once(Cell::text(&of.name)).chain(answers).collect());
        }
    }
    Sheet { frozen: (1, 1), ..Sheet::new(name, rows) }
}

fn cell(program: &Program, fact: usize, answer: i32) -> Cell {
    match program.answer_form(fact) {
        AnswerForm::Integer { .. } => Cell::Number(f64::from(answer)),
        AnswerForm::Date => Cell::Day(answer),
        _ => Cell::Text(program.show_answer(fact, answer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::read_table;
    use crate::delimited::read_delimited;
    use crate::sample::program;
    use crate::workbook::write_csv;

    #[test]
    fn the_template_names_every_fact_that_is_asked() {
        let program = program();
        let sheets = template(&program);
        let shown = |row: &crate::Row| row.cells.iter().map(Cell::shown).collect::<Vec<_>>();
        let head = shown(&sheets[0].table.rows[0]);
        assert_eq!(
            head,
            [
                "名称",
                "证书名称",
                "计划人数",
                "开考最低人数",
                "备注",
                "所在省份",
                "计划提交日期",
                "经费列入预算",
                "团队人数",
                "“双师型”教师人数",
                "优秀率"
            ]
        );
        assert_eq!(sheets[0].prompts.len(), head.len());
        assert_eq!(sheets[0].prompts[1].options, Some(("选项".to_owned(), 0, 2)));
        assert_eq!(sheets[1].table.rows.len(), head.len() + 1);
        assert_eq!(shown(&sheets[2].table.rows[0]), ["证书名称", "所在省份", "经费列入预算"]);
        assert_eq!(shown(&sheets[2].table.rows[2]), ["汽车运用", "陕西", "否"]);
        let batch = read_table(&program, &sheets[0].table).expect("the head is known");
        assert_eq!((batch.problems, batch.rows), (vec![], 0));
    }

    #[test]
    fn declarations_are_read_again_as_they_were_written() {
        let program = program();
        let text = "名称,所在省份,计划提交日期,经费列入预算,优秀率,证书名称,计划人数\n甲,安徽,2024-09-20,否,45%,web,60\n甲,,,,,car,\n乙,,,,,web,1";
        let batch = read_table(&program, &read_delimited(text).expect("a table")).expect("a batch");
        let sheet = answers_sheet(&program, "填写内容", &batch.declarations);
        let again = read_delimited(&write_csv(&sheet.table)).expect("a table");
        for table in [&sheet.table, &again] {
            let read = read_table(&program, table).expect("a batch");
            assert_eq!(read.problems, []);
            let declarations = |batch: &crate::Batch| -> Vec<_> {
                batch.declarations.iter().map(|planned| planned.declaration.clone()).collect()
            };
            let fragments = |batch| -> Vec<_> {
                declarations(batch).iter().map(|one| rules::to_fragment(&program, one)).collect()
            };
            assert_eq!(fragments(&read), fragments(&batch));
        }
    }
}
