//! Tables of declarations: CSV, TSV, workbooks.

use sheet::{
    Batch, Cell, Sheet, Table, decode, matrix_sheet, pack, read_delimited, read_table, read_xlsx, unpack,
    verdict_rows, write_csv, write_xlsx,
};

use super::archive::workbook;
use super::portal::PROGRAM;
use super::program::judge;

/// The first byte says as what the others are read: text in any encoding, a whole workbook, the sheet of one, its shared strings.
pub(crate) fn declarations(bytes: &[u8]) {
    let Some((form, rest)) = bytes.split_first() else { return };
    let table = match form % 4 {
        0 => decode(rest).and_then(|text| read_delimited(&text)),
        1 => read_xlsx(rest, None).map(|sheet| sheet.table),
        2 => read_xlsx(&workbook(rest, b""), None).map(|sheet| sheet.table),
        _ => read_xlsx(&workbook(b"", rest), None).map(|sheet| sheet.table),
    };
    match table {
        Ok(table) => look_at(&table),
        Err(refusal) => assert!(!refusal.chinese().is_empty() && !refusal.english().is_empty()),
    }
}

fn look_at(table: &Table) {
    assert!(table.rows.windows(2).all(|pair| pair[0].number < pair[1].number), "rows stand in their order");
    let sheet = Sheet { name: "表".to_owned(), table: table.clone(), ..Sheet::default() };
    let _ = unpack(&pack(std::slice::from_ref(&sheet)));
    // As a spreadsheet cuts it: what it is cut by is not guessed from what the cells say.
    let written = format!("sep=,\r\n{}", write_csv(table).trim_start_matches('\u{feff}'));
    if let Ok(read) = read_delimited(&written) {
        let cells = read.rows.iter().flat_map(|row| &row.cells);
        for text in cells.map(Cell::shown).filter(|text| text.parse::<f64>().is_err()) {
            assert!(!text.starts_with(['=', '+', '-', '@', '\t', '\r']), "{text:?} is a formula");
        }
    }
    if let Ok(bytes) = write_xlsx(&[sheet]) {
        let _ = read_xlsx(&bytes, None);
    }
    if let Ok(batch) = read_table(&PROGRAM, table) {
        look_at_batch(&batch);
    }
}

fn look_at_batch(batch: &Batch) {
    for problem in &batch.problems {
        assert!(problem.at.row > 0, "{problem:?}");
    }
    for planned in batch.declarations.iter().take(5) {
        judge(&PROGRAM, &planned.declaration);
    }
    let rows: Vec<_> = (0..)
        .zip(&batch.declarations)
        .take(5)
        .flat_map(|(index, planned)| verdict_rows(&PROGRAM, index, planned))
        .collect();
    matrix_sheet(&PROGRAM, &batch.declarations, &rows, "注");
}
