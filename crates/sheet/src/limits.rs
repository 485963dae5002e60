//! How large a table may be, and why one is refused as a whole.

use std::fmt;

use crate::table::Address;

/// Rows below the head.
pub const MOST_ROWS: usize = 5_000;
/// Columns.
pub const MOST_COLUMNS: usize = 200;
/// Bytes of a file.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Characters of a cell.
pub const MOST_CHARACTERS: usize = 2_000;
/// Rows above the head: a title, a line of remarks.
pub const MOST_ROWS_ABOVE: usize = 10;

/// Why a table is not taken at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The file has more bytes than [`MOST_BYTES`].
    FileTooLarge,
    /// A workbook whose parts unpack to far more than any table of this size needs.
    UnpacksTooLarge,
    /// More rows than [`MOST_ROWS`].
    TooManyRows,
    /// More columns than [`MOST_COLUMNS`].
    TooManyColumns,
    /// A cell with more characters than [`MOST_CHARACTERS`].
    CellTooLong(Address),
    /// Nothing stands in it.
    Empty,
    /// No head: no column has the name of a fact.
    NoHead,
    /// The file is no workbook, is damaged, or is locked by a password.
    NotAWorkbook,
    /// The workbook has no sheet of this name.
    NoSuchSheet(String),
    /// The text is in no encoding that is read.
    Encoding,
}

impl Refusal {
    /// The reason and the remedy, in Chinese.
    pub fn chinese(&self) -> String {
        match self {
            Self::FileTooLarge => "文件超过 10 MB。请只保留要检查的那张表，或分成几个文件。".to_owned(),
            Self::UnpacksTooLarge => {
                "这个文件解压后异常地大，没有打开。请把表格内容复制到新的工作簿后再试。".to_owned()
            }
            Self::TooManyRows => format!("表格超过 {MOST_ROWS} 行。请分成几份，每份不超过 {MOST_ROWS} 行。"),
            Self::TooManyColumns => {
                format!("表格超过 {MOST_COLUMNS} 列。请删去不需要的列，可以从模板开始。")
            }
            Self::CellTooLong(at) => {
                format!("单元格 {at} 超过 {MOST_CHARACTERS} 个字。请改短，或删去这一列。")
            }
            Self::Empty => "表格里没有内容。".to_owned(),
            Self::NoHead => {
                "没有认出任何列名。第一行应当是列名，例如“所在省份”“计划人数”；可以从模板开始。".to_owned()
            }
            Self::NotAWorkbook => {
                "打不开这个文件：不是 XLSX 工作簿，或者已损坏、设有密码。旧格式 .xls 请先另存为 .xlsx。"
                    .to_owned()
            }
            Self::NoSuchSheet(name) => format!("工作簿里没有名为“{name}”的工作表。"),
            Self::Encoding => "认不出文件的文字编码。请另存为“CSV UTF-8”后再试。".to_owned(),
        }
    }

    /// The reason and the remedy, in English.
    pub fn english(&self) -> String {
        match self {
            Self::FileTooLarge => "the file is larger than 10 MB; keep the one table, or split it".to_owned(),
            Self::UnpacksTooLarge => {
                "the file unpacks to an abnormal size and was not opened; copy the table to a new workbook"
                    .to_owned()
            }
            Self::TooManyRows => format!("more than {MOST_ROWS} rows; split the table"),
            Self::TooManyColumns => format!("more than {MOST_COLUMNS} columns; delete those not needed"),
            Self::CellTooLong(at) => format!("cell {at} has more than {MOST_CHARACTERS} characters"),
            Self::Empty => "the table is empty".to_owned(),
            Self::NoHead => {
                "no column has the name of a fact; the first row should hold ids or labels of facts"
                    .to_owned()
            }
            Self::NotAWorkbook => {
                "not an XLSX workbook, or damaged, or locked by a password; save .xls as .xlsx first"
                    .to_owned()
            }
            Self::NoSuchSheet(name) => format!("the workbook has no sheet called `{name}`"),
            Self::Encoding => "the text is in no known encoding; save it as UTF-8".to_owned(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.english())
    }
}

impl std::error::Error for Refusal {}
