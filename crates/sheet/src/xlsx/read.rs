//! A workbook to a table. Cells come one by one, so that a sheet that claims a million rows is refused when it passes the
//! limit, not allocated.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};

use crate::limits::{MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, MOST_ROWS_ABOVE, Refusal};
use crate::table::{Address, Cell, Row, Table};
use crate::workbook::Sheet;
use crate::xlsx::guard::require_modest;

/// More cells than the merged areas of any sensible table fill; the rest stay as they are.
const MOST_FILLED: usize = 200_000;
/// Day 0 of a workbook, counted from 1970-01-01, and of one made by old versions for the Macintosh.
const DAY_ZERO: i32 = -25_569;
const DAY_ZERO_1904: i32 = -24_107;

/// Reads the sheet of this name, or else the first that is shown. Formulas count with the value they had when the
/// workbook was saved; each row of cells merged downwards has their value.
///
/// # Errors
/// Where the file is no workbook, is locked, unpacks abnormally, is larger than the limits, or has no such sheet.
pub fn read_xlsx(bytes: &[u8], name: Option<&str>) -> Result<Sheet, Refusal> {
    require_modest(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refusal::NotAWorkbook)?;
    let mut sheets = workbook.sheets_metadata().iter();
    let found = match name {
        Some(name) => sheets.find(|sheet| sheet.name == name),
        None => {
            sheets.find(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        }
    };
    let name = match (found, name) {
        (Some(sheet), _) => sheet.name.clone(),
        (None, Some(name)) => return Err(Refusal::NoSuchSheet(name.to_owned())),
        (None, None) => return Err(Refusal::Empty),
    };
    let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let mut rows = cells(&mut workbook, &name)?;
    let mut left = MOST_FILLED;
    for area in &merged {
        let ((first, column), (last, _)) = (area.start, area.end);
        let Some(cell) = rows.get(&first).and_then(|row| row.get(column as usize)).cloned() else { continue };
        if first < last {
            for (_, row) in rows.range_mut(first + 1..=last).take(left) {
                put(row, column as usize, cell.clone());
                left -= 1;
            }
        }
    }
    let rows = rows.into_iter().map(|(number, cells)| Row { number: number + 1, cells }).collect();
    Ok(Sheet { name, table: Table { rows }, ..Sheet::default() })
}

/// The cells that are not blank, by index of their row.
fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeMap<u32, Vec<Cell>>, Refusal> {
    let day_zero = if workbook.has_1904_epoch() { DAY_ZERO_1904 } else { DAY_ZERO };
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|_| Refusal::NotAWorkbook)?;
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(found) = reader.next_cell().map_err(|_| Refusal::NotAWorkbook)? {
        let (row, column) = found.get_position();
        let cell = cell(found.get_value(), day_zero);
        if cell.is_blank() {
            continue;
        }
        if column as usize >= MOST_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        if let Cell::Text(text) = &cell
            && text.chars().count() > MOST_CHARACTERS
        {
            return Err(Refusal::CellTooLong(Address { row: row.saturating_add(1), column }));
        }
        put(rows.entry(row).or_default(), column as usize, cell);
        if rows.len() > MOST_ROWS + MOST_ROWS_ABOVE {
            return Err(Refusal::TooManyRows);
        }
    }
    if rows.is_empty() { Err(Refusal::Empty) } else { Ok(rows) }
}

/// Puts a cell where none stands yet.
fn put(row: &mut Vec<Cell>, column: usize, cell: Cell) {
    if row.len() <= column {
        row.resize(column + 1, Cell::Blank);
    }
    if row[column].is_blank() {
        row[column] = cell;
    }
}

fn cell(value: &DataRef<'_>, day_zero: i32) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Bool(is_true) => Cell::Boolean(*is_true),
        DataRef::DateTime(time) => day(time, day_zero),
        DataRef::Error(error) => Cell::Error(error.to_string()),
        DataRef::Empty => Cell::Blank,
    }
}

/// The day of a serial. Whole days are taken here and not by calamine, whose 64-bit conversion `wasm2js` cannot express.
fn day(time: &ExcelDateTime, day_zero: i32) -> Cell {
    let serial = time.as_f64();
    // Before March 1900 spreadsheets count a day that never was; after 2200 no plan is made.
    if time.is_datetime() && (61.0..110_000.0).contains(&serial) {
        Cell::Day(serial as i32 + day_zero)
    } else {
        Cell::Number(serial)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::xlsx::parts;

    /// A workbook whose only sheet has this content.
    fn workbook(sheet: &str, of_workbook: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let named = [Sheet { name: "表".to_owned(), ..Sheet::default() }];
        let book = parts::workbook(&named).replace("<sheets>", &format!("{of_workbook}<sheets>"));
        for (name, text) in [
            ("[Content_Types].xml", parts::content_types(1)),
            ("_rels/.rels", parts::relations_of_package()),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", parts::relations_of_workbook(1)),
            ("xl/styles.xml", parts::styles()),
            ("xl/worksheets/sheet1.xml", sheet.to_owned()),
            ("xl/sharedStrings.xml", parts::SharedStrings::default().part()),
        ] {
            writer.start_file(name, SimpleFileOptions::default()).expect("started");
            writer.write_all(text.as_bytes()).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    fn sheet(rows: &str, after: &str) -> String {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData>{after}</worksheet>")
    }

    fn read(rows: &str, after: &str, of_workbook: &str) -> Result<Vec<(u32, Vec<Cell>)>, Refusal> {
        let read = read_xlsx(&workbook(&sheet(rows, after), of_workbook), None)?;
        Ok(read.table.rows.into_iter().map(|row| (row.number, row.cells)).collect())
    }

    #[test]
    fn formulas_count_with_their_values_and_failed_ones_as_errors() {
        let rows = "<row r=\"3\"><c r=\"B3\"><f>1+1</f><v>2</v></c><c r=\"C3\" t=\"str\"><f>A1</f><v>甲</v></c>\
                    <c r=\"D3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"E3\" t=\"b\"><v>1</v></c><c r=\"F3\" s=\"2\"><v>45555</v></c></row>";
        let cells = vec![
            Cell::Blank,
            Cell::Number(2.0),
            Cell::Text("甲".into()),
            Cell::Error("#DIV/0!".into()),
            Cell::Boolean(true),
            Cell::Day(19_986),
        ];
        assert_eq!(read(rows, "", ""), Ok(vec![(3, cells)]));
    }

    #[test]
    fn days_are_counted_from_1904_where_the_workbook_says_so() {
        let rows = "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>44093</v></c></row>";
        let found = read(rows, "", "<workbookPr date1904=\"1\"/>");
        assert_eq!(found, Ok(vec![(1, vec![Cell::Day(19_986)])]));
    }

    #[test]
    fn s08_each_row_of_merged_cells_has_their_value() {
        let rows = "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>甲</v></c><c r=\"B2\"><v>1</v></c></row>\
                    <row r=\"3\"><c r=\"B3\"><v>2</v></c></row><row r=\"5\"><c r=\"B5\"><v>3</v></c></row>";
        let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:A4\"/></mergeCells>";
        let name = || Cell::Text("甲".into());
        assert_eq!(
            read(rows, merged, ""),
            Ok(vec![
                (2, vec![name(), Cell::Number(1.0)]),
                (3, vec![name(), Cell::Number(2.0)]),
                (5, vec![Cell::Blank, Cell::Number(3.0)]),
            ])
        );
    }

    #[test]
    fn s08_a_cell_in_the_last_row_of_excel_takes_no_room() {
        let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>2</v></c></row>";
        let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
        let found = read(rows, merged, "").expect("read");
        assert_eq!(found.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 1_048_576]);
        let far = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>";
        assert_eq!(read(far, "", ""), Err(Refusal::TooManyColumns));
    }

    #[test]
    fn s08_areas_merged_a_hundred_thousand_times_take_no_time() {
        let rows: String =
            (1..=5_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>")).collect();
        let area = "<mergeCell ref=\"A1:A1048576\"/>".repeat(100_000);
        let merged = format!("<mergeCells>{area}</mergeCells>");
        // Without a bound these are 500 million cells.
        assert_eq!(read(&rows, &merged, "").map(|rows| rows.len()), Ok(5_000));
    }

    #[test]
    fn s08_a_million_rows_are_refused_where_the_limit_is_passed() {
        let row = |number: usize| format!("<row r=\"{number}\"><c r=\"A{number}\"><v>{number}</v></c></row>");
        let rows: String = (1..=150_000).map(row).collect();
        assert_eq!(read(&rows, "", ""), Err(Refusal::TooManyRows));
        // The limit is passed long before the end, which is not even looked at.
        assert_eq!(read(&format!("{}<row r=\"", &rows[..1_000_000]), "", ""), Err(Refusal::TooManyRows));
        let rows: String = (1..=1_000_000).map(|number| format!("<row r=\"{number}\"/>")).collect();
        assert!(matches!(read(&rows, "", ""), Err(Refusal::UnpacksTooLarge | Refusal::Empty)));
    }

    #[test]
    fn s08_names_of_parts_lead_nowhere() {
        let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
        let mut writer =
            ZipWriter::new_append(Cursor::new(workbook(&sheet(rows, ""), ""))).expect("an archive");
        for name in [
            "../../../../tmp/zhinan-slipped",
            "/tmp/zhinan-slipped",
            "..\\..\\zhinan-slipped",
            "C:\\zhinan-slipped",
        ] {
            writer.start_file(name, SimpleFileOptions::default()).expect("started");
            writer.write_all(b"slipped").expect("written");
        }
        let slipped = writer.finish().expect("finished").into_inner();
        let read =
            read_xlsx(&slipped, None).expect("nothing of it is asked for, nothing is unpacked to a disk");
        assert_eq!(read.table.rows.len(), 1);
        // A workbook whose sheet is said to stand outside has no sheet.
        let mut outside = ZipWriter::new(Cursor::new(Vec::new()));
        let relations =
            parts::relations_of_workbook(1).replace("worksheets/sheet1.xml", "../../../../etc/passwd");
        for (name, text) in [
            ("[Content_Types].xml", parts::content_types(1)),
            ("_rels/.rels", parts::relations_of_package()),
            ("xl/workbook.xml", parts::workbook(&[Sheet { name: "表".to_owned(), ..Sheet::default() }])),
            ("xl/_rels/workbook.xml.rels", relations),
        ] {
            outside.start_file(name, SimpleFileOptions::default()).expect("started");
            outside.write_all(text.as_bytes()).expect("written");
        }
        let outside = outside.finish().expect("finished").into_inner();
        assert!(matches!(read_xlsx(&outside, None), Err(Refusal::NotAWorkbook | Refusal::Empty)));
    }

    #[test]
    fn s08_entities_lead_nowhere() {
        let cell = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲&file;</v></c></row>";
        let declared = format!(
            "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/hostname\"><!ENTITY lol \"lol\">]>{}",
            sheet(cell, "")
        );
        match read_xlsx(&workbook(&declared, ""), None) {
            Err(refusal) => assert!(matches!(refusal, Refusal::NotAWorkbook | Refusal::Empty), "{refusal:?}"),
            Ok(read) => {
                let shown = read.table.rows[0].cell(0).shown();
                assert!(matches!(shown.as_str(), "甲" | "甲&file;"), "nothing was put in: {shown}");
            }
        }
    }
}
