//! Sheets as one text, in which they go from one browser module to another.
//!
//! Records end in `\x1e`, fields in `\x1f`; the first field names the record:
//! `S` name, frozen rows, frozen columns, widths; `P` column, text, sheet of options, its column, count; `R` number and
//! cells, of which each begins with a letter for its type.

use crate::table::{Cell, Row};
use crate::workbook::{Prompt, Sheet};

const FIELD: char = '\u{1f}';
const RECORD: char = '\u{1e}';

/// Sheets as text.
pub fn pack(sheets: &[Sheet]) -> String {
    let mut text = String::new();
    for sheet in sheets {
        let widths: Vec<String> = sheet.widths.iter().map(u32::to_string).collect();
        let (rows, columns) = sheet.frozen;
        add(&mut text, &["S", &sheet.name, &rows.to_string(), &columns.to_string(), &widths.join(" ")]);
        for prompt in &sheet.prompts {
            let (name, column, count) = prompt.options.clone().unwrap_or_default();
            let numbers = [prompt.column, column, count].map(|number| number.to_string());
            add(&mut text, &["P", &numbers[0], &prompt.text, &name, &numbers[1], &numbers[2]]);
        }
        for row in &sheet.table.rows {
            field(&mut text, "R");
            field(&mut text, &row.number.to_string());
            row.cells.iter().for_each(|cell| field(&mut text, &packed(cell)));
            text.push(RECORD);
        }
    }
    text
}

fn add(text: &mut String, fields: &[&str]) {
    fields.iter().for_each(|one| field(text, one));
    text.push(RECORD);
}

fn field(text: &mut String, field: &str) {
    text.extend(field.chars().filter(|one| !matches!(*one, FIELD | RECORD)));
    text.push(FIELD);
}

fn packed(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => format!("t{text}"),
        Cell::Number(number) => format!("n{number}"),
        Cell::Day(days) => format!("d{days}"),
        Cell::Boolean(is_true) => format!("b{}", u8::from(*is_true)),
        Cell::Error(text) => format!("e{text}"),
    }
}

/// Sheets from text; what is not understood is left out.
pub fn unpack(text: &str) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for record in text.split_terminator(RECORD) {
        let fields: Vec<&str> = record.split_terminator(FIELD).collect();
        let number = |index: usize| fields.get(index).and_then(|text| text.parse().ok()).unwrap_or(0_u32);
        let words = |index: usize| fields.get(index).copied().unwrap_or_default();
        match (words(0), sheets.last_mut()) {
            ("S", _) => sheets.push(Sheet {
                name: words(1).to_owned(),
                frozen: (number(2), number(3)),
                widths: words(4).split_whitespace().filter_map(|width| width.parse().ok()).collect(),
                ..Sheet::default()
            }),
            ("P", Some(sheet)) => sheet.prompts.push(Prompt {
                column: number(1),
                text: words(2).to_owned(),
                options: Some((words(3).to_owned(), number(4), number(5)))
                    .filter(|(name, ..)| !name.is_empty()),
            }),
            ("R", Some(sheet)) => {
                let cells = fields.iter().skip(2).map(|cell| unpacked(cell)).collect();
                sheet.table.rows.push(Row { number: number(1), cells });
            }
            _ => {}
        }
    }
    sheets
}

fn unpacked(text: &str) -> Cell {
    let mut letters = text.chars();
    let kind = letters.next();
    let rest = letters.as_str();
    let cell = match kind {
        Some('t') => Some(Cell::Text(rest.to_owned())),
        Some('n') => rest.parse().ok().map(Cell::Number),
        Some('d') => rest.parse().ok().map(Cell::Day),
        Some('b') => Some(Cell::Boolean(rest == "1")),
        Some('e') => Some(Cell::Error(rest.to_owned())),
        _ => None,
    };
    cell.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Table;

    #[test]
    fn sheets_survive_the_way_to_text_and_back() {
        let cells = vec![
            Cell::Blank,
            Cell::Text("=甲\n\"乙\"".into()),
            Cell::Number(0.1),
            Cell::Day(-3),
            Cell::Boolean(true),
            Cell::Error("#N/A".into()),
            Cell::Number(1e300),
            Cell::Text(String::new()),
        ];
        let sheet = Sheet {
            table: Table { rows: vec![Row { number: 7, cells }, Row { number: 9, cells: vec![] }] },
            frozen: (1, 2),
            prompts: vec![
                Prompt { column: 3, text: "选一项".into(), options: Some(("选项".into(), 4, 5)) },
                Prompt { column: 1, text: "整数".into(), options: None },
            ],
            ..Sheet::new("一", vec![vec![Cell::text("甲")]])
        };
        let sheets = [sheet, Sheet::new("二", vec![])];
        assert_eq!(unpack(&pack(&sheets)), sheets);
        assert!(unpack("R\u{1f}1\u{1f}tx\u{1f}\u{1e}?\u{1e}").is_empty());
    }
}
