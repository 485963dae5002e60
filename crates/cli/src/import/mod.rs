//! Notices become drafts: a text or a Word file is read into blocks, its head is found, and Markdown is written.
//!
//! Not a word is added to the text and none is left out, white space apart; what cannot be carried over is told. No file here
//! touches the disk.

mod docx;
mod draft;
mod escape;
mod head;
mod numbering;
mod text;
mod xml;

use content::Language;

/// A piece of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Block {
    Paragraph(String),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
}

impl Block {
    fn paragraph(&self) -> Option<&str> {
        match self {
            Self::Paragraph(text) => Some(text),
            Self::Table(_) => None,
        }
    }
}

/// What was made of a notice.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The Markdown file.
    pub(crate) markdown: String,
    /// What should be looked at.
    pub(crate) remarks: Vec<Remark>,
}

/// Something that was not carried over as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Remark {
    /// A kind of numbering that is not known was written with digits.
    Numbering,
    /// Cells that span several were written into the first of them.
    SpanningCells,
    /// Running heads and feet are no part of the text.
    HeadersAndFooters,
    /// Pictures have no words.
    Pictures,
    /// A number occurs twice at one place: the second has a name instead.
    NumberTwice,
}

impl Remark {
    /// One sentence.
    pub(crate) fn message(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Self::Numbering => (
                "有一种自动编号认不出，按 1、2、3 写出，请核对",
                "an automatic numbering is not known and was written as 1, 2, 3: compare it",
            ),
            Self::SpanningCells => (
                "表格里有合并的单元格，文字写在第一格，请核对",
                "cells of a table span several: their text stands in the first, compare it",
            ),
            Self::HeadersAndFooters => ("页眉、页脚没有导入", "running heads and feet were left out"),
            Self::Pictures => (
                "图片没有导入；图片里的文字要自己录入",
                "pictures were left out; type the words in them yourself",
            ),
            Self::NumberTwice => (
                "有的编号在同一处出现两次，后一个用 {#…} 另外起了名字，请核对是不是原文编号有误",
                "a number occurs twice at one place: the later one has a name in {#…}, see whether the source is mistaken",
            ),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("neither UTF-8 nor UTF-16 nor GBK text")]
    Encoding,
    #[error("no Word file of the newer form: save it as .docx")]
    NotWord,
    #[error("it is, or unpacks to, more than is read of a notice")]
    TooLarge,
    #[error("only .txt and .docx are read: save it as one of them")]
    Kind,
    #[error("there is no text in it")]
    Empty,
}

impl Refusal {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Encoding => "不是 UTF-8、UTF-16 或 GBK 文本",
            Self::NotWord => "不是新格式的 Word 文件；请用 Word 或 WPS 另存为 .docx",
            Self::TooLarge => "文件（或解开以后）太大，不像一份通知",
            Self::Kind => "只能导入 .txt 和 .docx；请另存为其中一种",
            Self::Empty => "里面没有文字",
        }
    }
}

/// A province of the portal: its code and its short name.
pub(crate) type Province = (String, String);

/// The draft of a plain text.
pub(crate) fn from_text(
    bytes: &[u8],
    source: &str,
    today: &str,
    provinces: &[Province],
) -> Result<Draft, Refusal> {
    let text = sheet::decode(bytes).map_err(|_| Refusal::Encoding)?;
    draft::write(text::blocks(&text), Vec::new(), source, today, provinces)
}

/// The draft of a Word file.
pub(crate) fn from_word(
    bytes: &[u8],
    source: &str,
    today: &str,
    provinces: &[Province],
) -> Result<Draft, Refusal> {
    let (blocks, remarks) = docx::read(bytes)?;
    draft::write(blocks, remarks, source, today, provinces)
}
