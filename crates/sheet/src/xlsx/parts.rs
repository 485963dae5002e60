//! The XML parts of a workbook, after ECMA-376 (SpreadsheetML).

use std::collections::HashMap;

use crate::limits::MOST_ROWS;
use crate::table::{Cell, column_letters};
use crate::workbook::{Sheet, harmless};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// Characters a cell holds in Excel.
const LONGEST: usize = 32_767;
/// Characters of a prompt in Excel.
const LONGEST_PROMPT: usize = 250;

/// Indices into the cell formats of [`styles`].
const HEADING: u32 = 1;
const DAY: u32 = 2;
const MARKED_AS_TEXT: u32 = 3;

/// Texts of all sheets, each once.
#[derive(Default)]
pub(super) struct SharedStrings {
    numbers: HashMap<String, usize>,
    items: String,
}

impl SharedStrings {
    fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.numbers.len();
        self.numbers.insert(text.to_owned(), number);
        self.items.push_str("<si><t xml:space=\"preserve\">");
        escape(text, &mut self.items);
        self.items.push_str("</t></si>");
        number
    }

    /// The part that holds them.
    pub(super) fn part(&self) -> String {
        let count = self.numbers.len();
        format!("{HEAD}<sst xmlns=\"{MAIN}\" uniqueCount=\"{count}\">{}</sst>", self.items)
    }
}

/// Text within XML; what XML cannot hold is left out, and what a cell cannot hold cut off.
fn escape(text: &str, into: &mut String) {
    for one in text.chars().take(LONGEST) {
        match one {
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '&' => into.push_str("&amp;"),
            '"' => into.push_str("&quot;"),
            '\n' => into.push_str("&#10;"),
            '\t' => into.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => into.push(one),
        }
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    escape(text, &mut escaped);
    escaped
}

/// `[Content_Types].xml`.
pub(super) fn content_types(sheets: usize) -> String {
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut parts = format!(
        "<Override PartName=\"/xl/workbook.xml\" ContentType=\"{main}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{main}.styles+xml\"/>\
         <Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{main}.sharedStrings+xml\"/>"
    );
    for number in 1..=sheets {
        parts.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{main}.worksheet+xml\"/>"
        ));
    }
    format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}

/// `_rels/.rels`.
pub(super) fn relations_of_package() -> String {
    relations(&relation(1, "officeDocument", "xl/workbook.xml"))
}

/// `xl/_rels/workbook.xml.rels`.
pub(super) fn relations_of_workbook(sheets: usize) -> String {
    let mut inner = String::new();
    for number in 1..=sheets {
        inner.push_str(&relation(number, "worksheet", &format!("worksheets/sheet{number}.xml")));
    }
    inner.push_str(&relation(sheets + 1, "styles", "styles.xml"));
    inner.push_str(&relation(sheets + 2, "sharedStrings", "sharedStrings.xml"));
    relations(&inner)
}

fn relations(inner: &str) -> String {
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>")
}

fn relation(number: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
}

/// `xl/workbook.xml`.
pub(super) fn workbook(sheets: &[Sheet]) -> String {
    let mut names = String::new();
    for (number, sheet) in (1..).zip(sheets) {
        let name = escaped(&sheet.name);
        names.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"));
    }
    format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{names}</sheets></workbook>")
}

/// `xl/styles.xml`: plain cells, headings, days, and texts that look like formulas.
pub(super) fn styles() -> String {
    format!(
        "{HEAD}<styleSheet xmlns=\"{MAIN}\">\
         <numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"等线\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"等线\"/></font></fonts>\
         <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8F2F7\"/></patternFill></fill></fills>\
         <borders count=\"1\"><border/></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" \
         applyAlignment=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>\
         <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
         <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\"/></cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"常规\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

/// `xl/worksheets/sheet1.xml` and so on. Rows stand where they come in the table, whatever their numbers.
pub(super) fn worksheet(sheet: &Sheet, strings: &mut SharedStrings) -> String {
    let mut text = format!("{HEAD}<worksheet xmlns=\"{MAIN}\">");
    text.push_str(&view(sheet.frozen));
    if !sheet.widths.is_empty() {
        text.push_str("<cols>");
        for (column, width) in (1..).zip(&sheet.widths) {
            text.push_str(&format!(
                "<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>"
            ));
        }
        text.push_str("</cols>");
    }
    text.push_str("<sheetData>");
    for (number, row) in (1..).zip(&sheet.table.rows) {
        text.push_str(&format!("<row r=\"{number}\">"));
        for (column, cell) in (0..).zip(&row.cells) {
            let is_heading = number <= sheet.frozen.0;
            add_cell(&mut text, cell, &format!("{}{number}", column_letters(column)), is_heading, strings);
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData>");
    text.push_str(&prompts(sheet));
    text.push_str("</worksheet>");
    text
}

fn view((rows, columns): (u32, u32)) -> String {
    if (rows, columns) == (0, 0) {
        return String::new();
    }
    let pane = match (rows, columns) {
        (_, 0) => "bottomLeft",
        (0, _) => "topRight",
        _ => "bottomRight",
    };
    let first = format!("{}{}", column_letters(columns), rows + 1);
    format!(
        "<sheetViews><sheetView workbookViewId=\"0\"><pane xSplit=\"{columns}\" ySplit=\"{rows}\" \
         topLeftCell=\"{first}\" activePane=\"{pane}\" state=\"frozen\"/></sheetView></sheetViews>"
    )
}

fn add_cell(text: &mut String, cell: &Cell, at: &str, is_heading: bool, strings: &mut SharedStrings) {
    let heading = if is_heading { HEADING } else { 0 };
    let (kind, style, value) = match cell {
        Cell::Blank => return,
        Cell::Text(words) => {
            let style = if harmless(words) == *words { heading } else { MARKED_AS_TEXT };
            ("s", style, strings.number(words).to_string())
        }
        Cell::Number(number) if number.is_finite() => ("n", heading, number.to_string()),
        Cell::Number(_) => ("e", heading, "#NUM!".to_owned()),
        // Day 0 of a workbook stands 25,569 days before 1970-01-01.
        Cell::Day(days) => ("n", DAY, (i64::from(*days) + 25_569).to_string()),
        Cell::Boolean(is_true) => ("b", heading, u8::from(*is_true).to_string()),
        Cell::Error(error) => ("e", heading, escaped(error)),
    };
    text.push_str(&format!("<c r=\"{at}\" s=\"{style}\" t=\"{kind}\"><v>{value}</v></c>"));
}

/// What columns say when a cell is entered. A list only warns: who does not choose may still write.
fn prompts(sheet: &Sheet) -> String {
    if sheet.prompts.is_empty() {
        return String::new();
    }
    let mut text = format!("<dataValidations count=\"{}\">", sheet.prompts.len());
    for prompt in &sheet.prompts {
        let letters = column_letters(prompt.column);
        let words: String = prompt.text.chars().take(LONGEST_PROMPT).collect();
        let common = format!(
            "allowBlank=\"1\" showInputMessage=\"1\" prompt=\"{}\" sqref=\"{letters}2:{letters}{}\"",
            escaped(&words),
            MOST_ROWS + 1
        );
        match &prompt.options {
            None => text.push_str(&format!("<dataValidation {common}/>")),
            Some((name, column, count)) => {
                let letters = column_letters(*column);
                let (name, last) = (escaped(name), count + 1);
                text.push_str(&format!(
                    "<dataValidation type=\"list\" errorStyle=\"warning\" showErrorMessage=\"1\" {common}>\
                     <formula1>'{name}'!${letters}$2:${letters}${last}</formula1></dataValidation>"
                ));
            }
        }
    }
    text.push_str("</dataValidations>");
    text
}
