//! A workbook to a table. Cells come one by one, so that a sheet that claims a million rows is refused when it passes the
//! limit, not allocated.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use rules::Date;

use crate::limits::{MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, MOST_ROWS_ABOVE, Refusal};
use crate::table::{Address, Cell, Row, Table};
use crate::workbook::Sheet;
use crate::xlsx::guard::require_modest;

/// More merged areas than any sensible table has; the rest stay as they are.
const MOST_MERGED: usize = 20_000;

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
    for area in merged.iter().take(MOST_MERGED) {
        let ((first, column), (last, _)) = (area.start, area.end);
        let Some(cell) = rows.get(&first).and_then(|row| row.get(column as usize)).cloned() else { continue };
        if first < last {
            rows.range_mut(first + 1..=last).for_each(|(_, row)| put(row, column as usize, cell.clone()));
        }
    }
    let rows = rows.into_iter().map(|(number, cells)| Row { number: number + 1, cells }).collect();
    Ok(Sheet { name, table: Table { rows }, ..Sheet::default() })
}

/// The cells that are not blank, by index of their row.
fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeMap<u32, Vec<Cell>>, Refusal> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|_| Refusal::NotAWorkbook)?;
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(found) = reader.next_cell().map_err(|_| Refusal::NotAWorkbook)? {
        let (row, column) = found.get_position();
        let cell = cell(found.get_value());
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

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Bool(is_true) => Cell::Boolean(*is_true),
        DataRef::DateTime(time) => day(time),
        DataRef::Error(error) => Cell::Error(error.to_string()),
        DataRef::Empty => Cell::Blank,
    }
}

fn day(time: &ExcelDateTime) -> Cell {
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    match Date::new(year.into(), month.into(), day.into()) {
        Some(date) if time.is_datetime() && time.as_f64() >= 1.0 => Cell::Day(date.days()),
        _ => Cell::Number(time.as_f64()),
    }
}
