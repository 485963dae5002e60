//! What is wrong with a cell, where it stands, and what should stand there.

use rules::{AnswerForm, Program};

use crate::table::{Address, column_letters};

/// More options than this are not all listed.
const LISTED: usize = 8;

/// One wrong cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// Where.
    pub at: Address,
    /// Name of the column as the head has it.
    pub column: String,
    /// What stands there; shortened.
    pub found: String,
    /// What is wrong.
    pub kind: CellProblemKind,
}

/// What is wrong with a cell. Indices are those of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellProblemKind {
    /// The head names no fact; perhaps this one is meant.
    UnknownColumn(Option<usize>),
    /// Two columns for one fact; the first stands there.
    DuplicateColumn(Address),
    /// The fact is computed and must not be given.
    ComputedColumn,
    /// The formula of the cell failed.
    FailedFormula,
    /// It has none of the forms the fact takes.
    WrongForm(usize),
    /// An option is near to it.
    WrongOption(usize, i32),
    /// `1` for a share may be 1 % or 100 %.
    OneOrAll(usize),
    /// A date without its year.
    NoYear(usize),
    /// A number outside its bounds.
    OutOfRange(usize),
    /// A part greater than its whole, or whatever else the rules find; their words, in Chinese.
    Contradiction(String),
    /// A fact of the school differs from what another row of the same declaration has.
    Disagrees(Address, String),
    /// The row has no name although others have one.
    NoName,
}

impl CellProblem {
    /// Where it stands: 第 12 行 C 列.
    pub fn place(&self) -> String {
        format!("第 {} 行 {} 列", self.at.row, column_letters(self.at.column))
    }

    /// Short name of the kind of problem, fixed for ever.
    pub const fn code(&self) -> &'static str {
        match self.kind {
            CellProblemKind::UnknownColumn(_) => "unknown-column",
            CellProblemKind::DuplicateColumn(_) => "duplicate-column",
            CellProblemKind::ComputedColumn => "computed-column",
            CellProblemKind::FailedFormula => "failed-formula",
            CellProblemKind::WrongForm(_) | CellProblemKind::WrongOption(..) => "wrong-cell",
            CellProblemKind::OneOrAll(_) => "one-or-all",
            CellProblemKind::NoYear(_) => "date-without-year",
            CellProblemKind::OutOfRange(_) => "out-of-range",
            CellProblemKind::Contradiction(_) => "contradiction",
            CellProblemKind::Disagrees(..) => "rows-disagree",
            CellProblemKind::NoName => "no-name",
        }
    }

    /// What is wrong, in Chinese.
    pub fn chinese(&self, program: &Program) -> String {
        let found = &self.found;
        match &self.kind {
            CellProblemKind::UnknownColumn(_) => format!("没有名为“{found}”的列"),
            CellProblemKind::DuplicateColumn(first) => format!("“{found}”与 {first} 的列重复"),
            CellProblemKind::ComputedColumn => format!("“{found}”由其他列算出，不用填写"),
            CellProblemKind::FailedFormula => format!("公式出错（{found}）"),
            CellProblemKind::WrongForm(fact) | CellProblemKind::WrongOption(fact, _) => {
                let is = match program.answer_form(*fact) {
                    AnswerForm::Boolean => "“是”或“否”",
                    AnswerForm::Integer { .. } => "整数",
                    AnswerForm::Percent => "百分比",
                    AnswerForm::Date => "日期",
                    _ => "可选的内容",
                };
                format!("“{found}”不是{is}")
            }
            CellProblemKind::OneOrAll(_) => format!("“{found}”可能是 1%，也可能是 100%"),
            CellProblemKind::NoYear(_) => format!("“{found}”没有年份"),
            CellProblemKind::OutOfRange(_) => format!("“{found}”超出范围"),
            CellProblemKind::Contradiction(text) => text.clone(),
            CellProblemKind::Disagrees(other, text) => {
                format!("“{found}”与 {other} 的“{text}”不一致；学校的情况在同一份申报中只能有一种")
            }
            CellProblemKind::NoName => "这一行没有名称".to_owned(),
        }
    }

    /// What is wrong, in English.
    pub fn english(&self) -> String {
        let found = &self.found;
        match &self.kind {
            CellProblemKind::UnknownColumn(_) => format!("there is no column `{found}`"),
            CellProblemKind::DuplicateColumn(first) => format!("`{found}` repeats the column of {first}"),
            CellProblemKind::ComputedColumn => format!("`{found}` is computed from other columns"),
            CellProblemKind::FailedFormula => format!("the formula failed: {found}"),
            CellProblemKind::WrongForm(_) | CellProblemKind::WrongOption(..) => {
                format!("`{found}` is no answer")
            }
            CellProblemKind::OneOrAll(_) => format!("`{found}` may be 1% or 100%"),
            CellProblemKind::NoYear(_) => format!("`{found}` lacks the year"),
            CellProblemKind::OutOfRange(_) => format!("`{found}` is out of range"),
            CellProblemKind::Contradiction(text) => format!("`{found}` contradicts another cell: {text}"),
            CellProblemKind::Disagrees(other, text) => {
                format!("`{found}` differs from `{text}` in {other} of the same declaration")
            }
            CellProblemKind::NoName => "the row has no name".to_owned(),
        }
    }

    /// What should stand there, in Chinese; may be empty.
    pub fn chinese_help(&self, program: &Program) -> String {
        match &self.kind {
            CellProblemKind::UnknownColumn(Some(fact)) => {
                format!("是不是“{}”？", program.fact_label(*fact))
            }
            CellProblemKind::UnknownColumn(None) => "列名请用模板中的名称；不需要的列可以删去".to_owned(),
            CellProblemKind::DuplicateColumn(_) => "只保留其中一列".to_owned(),
            CellProblemKind::ComputedColumn => "请删去这一列".to_owned(),
            CellProblemKind::FailedFormula => "请改正公式，或直接填写数值；不清楚就留空".to_owned(),
            CellProblemKind::WrongOption(fact, option) => {
                let near = program.show_answer(*fact, *option);
                format!("是不是“{near}”？{}", expected(program, *fact))
            }
            CellProblemKind::WrongForm(fact) | CellProblemKind::OutOfRange(fact) => expected(program, *fact),
            CellProblemKind::OneOrAll(_) => "请写成“1%”或“100%”".to_owned(),
            CellProblemKind::NoYear(_) => "请写上年份，如 2024-09-20".to_owned(),
            CellProblemKind::Contradiction(_) => "请核对这几格的数字".to_owned(),
            CellProblemKind::Disagrees(..) => {
                "改成一致，或只在第一行填写、其余留空；不是同一份申报的请用不同名称".to_owned()
            }
            CellProblemKind::NoName => "请填名称；同名的各行合为一份申报".to_owned(),
        }
    }

    /// What should stand there, in English; may be empty.
    pub fn english_help(&self, program: &Program) -> String {
        match &self.kind {
            CellProblemKind::UnknownColumn(Some(fact)) => {
                format!("did you mean `{}` (`{}`)?", program.fact_label(*fact), program.fact_id(*fact))
            }
            CellProblemKind::UnknownColumn(None) => {
                "use ids or labels of facts; delete other columns".to_owned()
            }
            CellProblemKind::DuplicateColumn(_) => "keep one of both columns".to_owned(),
            CellProblemKind::ComputedColumn => "delete the column".to_owned(),
            CellProblemKind::FailedFormula => "mend the formula, or leave the cell blank".to_owned(),
            CellProblemKind::WrongOption(fact, option) => {
                let near = program.write_answer(*fact, *option);
                format!("did you mean `{near}`? {}", expected_in_english(program, *fact))
            }
            CellProblemKind::WrongForm(fact) | CellProblemKind::OutOfRange(fact) => {
                expected_in_english(program, *fact)
            }
            CellProblemKind::OneOrAll(_) => "write `1%` or `100%`".to_owned(),
            CellProblemKind::NoYear(_) => "write the year, e.g. 2024-09-20".to_owned(),
            CellProblemKind::Contradiction(_) => "compare these cells".to_owned(),
            CellProblemKind::Disagrees(..) => {
                "make them agree, or state it in the first row alone".to_owned()
            }
            CellProblemKind::NoName => "rows of one name are one declaration".to_owned(),
        }
    }
}

/// What may be written for a fact, in Chinese, as templates say it too.
pub(crate) fn expected(program: &Program, fact: usize) -> String {
    match program.answer_form(fact) {
        AnswerForm::Boolean => "请填“是”或“否”".to_owned(),
        AnswerForm::Integer { min, max } => format!("请填 {min} 到 {max} 的整数"),
        AnswerForm::Percent => "请填 0% 到 100%，如 45%".to_owned(),
        AnswerForm::Date => "请填日期，如 2024-09-20".to_owned(),
        AnswerForm::Choice(options) => {
            let labels: Vec<&str> = options.iter().take(LISTED).map(|(_, label)| *label).collect();
            let more =
                if options.len() > LISTED { format!("等 {} 项", options.len()) } else { String::new() };
            format!("可填：{}{more}", labels.join("、"))
        }
        AnswerForm::Text => "可填任意文字".to_owned(),
        AnswerForm::Computed => String::new(),
    }
}

fn expected_in_english(program: &Program, fact: usize) -> String {
    match program.answer_form(fact) {
        AnswerForm::Boolean => "write 是 or 否, yes or no".to_owned(),
        AnswerForm::Integer { min, max } => format!("write a whole number from {min} to {max}"),
        AnswerForm::Percent => "write a share such as 45%".to_owned(),
        AnswerForm::Date => "write a date such as 2024-09-20".to_owned(),
        AnswerForm::Choice(options) => {
            let ids: Vec<&str> = options.iter().take(LISTED).map(|(id, _)| *id).collect();
            let more = if options.len() > LISTED { ", …" } else { "" };
            format!("write one of {}{more}", ids.join(", "))
        }
        AnswerForm::Text | AnswerForm::Computed => String::new(),
    }
}
