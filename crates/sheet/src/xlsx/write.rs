//! Sheets to a workbook: shared strings, frozen panes, widths, lists to choose from. The same sheets give the same bytes.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::limits::Refusal;
use crate::workbook::Sheet;
use crate::xlsx::parts::{self, SharedStrings};

/// Writes a workbook of these sheets. Every text is a text cell, which no spreadsheet takes for a formula.
///
/// # Errors
/// Where there is no sheet, or more than a workbook holds.
pub fn write_xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, Refusal> {
    if sheets.is_empty() {
        return Err(Refusal::Empty);
    }
    archive(sheets).map_err(|_| Refusal::UnpacksTooLarge)
}

fn archive(sheets: &[Sheet]) -> Result<Vec<u8>, ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut add = |name: &str, text: &str| -> Result<(), ZipError> {
        writer.start_file(name, options)?;
        writer.write_all(text.as_bytes()).map_err(ZipError::Io)
    };
    let mut strings = SharedStrings::default();
    add("[Content_Types].xml", &parts::content_types(sheets.len()))?;
    add("_rels/.rels", &parts::relations_of_package())?;
    add("xl/workbook.xml", &parts::workbook(sheets))?;
    add("xl/_rels/workbook.xml.rels", &parts::relations_of_workbook(sheets.len()))?;
    add("xl/styles.xml", &parts::styles())?;
    for (number, sheet) in (1..).zip(sheets) {
        add(&format!("xl/worksheets/sheet{number}.xml"), &parts::worksheet(sheet, &mut strings))?;
    }
    add("xl/sharedStrings.xml", &strings.part())?;
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Row, Table};
    use crate::workbook::Prompt;
    use crate::xlsx::read_xlsx;

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet::new("结论", rows)
    }

    #[test]
    fn s07_what_is_written_is_read_again_and_no_text_is_a_formula() {
        let cells = vec![
            Cell::Text("名称".into()),
            Cell::Number(0.45),
            Cell::Number(-3.0),
            Cell::Day(19_986),
            Cell::Boolean(true),
            Cell::Boolean(false),
            Cell::Blank,
            Cell::Text(" <甲>&\"乙\"\n丙 ".into()),
            Cell::Error("#N/A".into()),
            Cell::Text("名称".into()),
        ];
        let formulas =
            ["=1+1", "+1", "-1", "@x", "\t=1", "=cmd|' /C calc'!A0"].map(|text| Cell::Text(text.into()));
        let mut other = Sheet::new("第二张", vec![vec![Cell::text("乙")]]);
        other.prompts = vec![
            Prompt { column: 0, text: "请选".into(), options: Some(("结论".into(), 0, 2)) },
            Prompt { column: 1, text: "整数".into(), options: None },
        ];
        let sheets = [sheet(vec![cells.clone(), formulas.to_vec()]), other];
        let bytes = write_xlsx(&sheets).expect("written");
        assert_eq!(write_xlsx(&sheets).expect("written"), bytes, "the same bytes again");
        let read = read_xlsx(&bytes, None).expect("read");
        assert_eq!(read.name, "结论");
        let expected = [Row { number: 1, cells }, Row { number: 2, cells: formulas.to_vec() }];
        assert_eq!(read.table.rows, expected);
        assert_eq!(
            read_xlsx(&bytes, Some("第二张")).expect("read").table,
            Table::of(vec![vec![Cell::text("乙")]])
        );
        assert_eq!(read_xlsx(&bytes, Some("无")), Err(Refusal::NoSuchSheet("无".into())));
        assert_eq!(write_xlsx(&[]), Err(Refusal::Empty));
    }

    #[test]
    fn s08_what_is_too_large_is_refused() {
        use crate::limits::*;
        let refused = |rows| read_xlsx(&write_xlsx(&[sheet(rows)]).expect("written"), None).err();
        let wide = vec![vec![Cell::Number(1.0); MOST_COLUMNS + 1]];
        let long = vec![vec![Cell::Blank, Cell::Text("长".repeat(MOST_CHARACTERS + 1))]];
        assert_eq!(
            refused(vec![vec![Cell::Number(1.0)]; MOST_ROWS + MOST_ROWS_ABOVE + 1]),
            Some(Refusal::TooManyRows)
        );
        assert_eq!(refused(wide), Some(Refusal::TooManyColumns));
        assert_eq!(refused(long), Some(Refusal::CellTooLong(crate::Address { row: 1, column: 1 })));
        assert_eq!(refused(vec![vec![]]), Some(Refusal::Empty));
        assert_eq!(read_xlsx(&vec![0; MOST_BYTES + 1], None), Err(Refusal::FileTooLarge));
    }
}
