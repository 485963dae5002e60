//! Why a portal cannot be rendered.

use std::collections::BTreeSet;

use content::{LARGEST_PAGE, LONGEST_ADDRESS, Language};

use crate::output_path::{InvalidOutputPath, OutputPath};
use crate::templates::TemplateError;

/// Why a portal cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// A template is missing or asks for something that is not there.
    #[error("{error} (while making {page})")]
    Template {
        /// Address of the page, relative to the root; empty for the home page.
        page: String,
        /// What is wrong with it.
        error: TemplateError,
    },
    /// A page or file would leave the output folder or could not be stored.
    #[error(transparent)]
    Path(#[from] InvalidOutputPath),
    /// Two pages or files would be written to the same place, or to places that some systems take for the same.
    #[error("{first} and {second} would be one file: give one of the two another id or name")]
    Twice {
        /// The first.
        first: OutputPath,
        /// The second.
        second: OutputPath,
    },
    /// A file would have an address that browsers and servers cut off.
    #[error(
        "the address of {path} would have {length} bytes, more than the limit of {LONGEST_ADDRESS}: shorten its name or the portal's own address"
    )]
    LongAddress {
        /// The file.
        path: OutputPath,
        /// Bytes of its whole address.
        length: usize,
    },
    /// A page is so large that browsers could hardly show it.
    #[error(
        "the page {path} would have {size} bytes, more than the limit of {LARGEST_PAGE}: divide what it is made of into several files"
    )]
    LargePage {
        /// The page.
        path: OutputPath,
        /// Its bytes.
        size: usize,
    },
}

impl RenderError {
    /// What is wrong, and where there is one the remedy. What the template engine says is English in both languages.
    pub fn message(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, _) => self.to_string(),
            (_, Self::Template { page, error }) => format!("{error}（生成 {page} 时）"),
            (_, Self::Path(invalid)) => format!("“{}”不能作文件的路径：{}", invalid.path, invalid.reason),
            (_, Self::Twice { first, second }) => {
                format!("{first} 和 {second} 会是同一个文件：给其中一个换一个编号或名称")
            }
            (_, Self::LongAddress { path, length }) => format!(
                "{path} 的网址会有 {length} 字节，超过上限 {LONGEST_ADDRESS} 字节：缩短它的名称，或缩短网站自己的网址"
            ),
            (_, Self::LargePage { path, size }) => {
                format!("网页 {path} 会有 {size} 字节，超过上限 {LARGEST_PAGE} 字节：把它的内容拆成几个文件")
            }
        }
    }
}

/// One template draws many pages: the same fault at the same place is told once.
pub(crate) fn once_each(errors: Vec<RenderError>) -> Vec<RenderError> {
    let mut seen = BTreeSet::new();
    errors
        .into_iter()
        .filter(|error| match error {
            RenderError::Template { error, .. } => seen.insert(error.clone()),
            _ => true,
        })
        .collect()
}
