//! What is wrong with facts, with the values and comparisons of conditions, and with the answers of a plan.

use crate::problem::blanks::{ValueForm, date_help, value_form_words};
use crate::problem::{Code, Words, fixed, suggest, words};

/// What does not fit the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's words stand in `words`, its fields are the blanks in them")]
pub enum FactProblem {
    UnknownFact { found: String, suggestion: Option<String> },
    UnknownOption { fact: String, found: String, suggestion: Option<String>, known: Vec<String> },
    WrongValue { fact: String, found: String, expected: ValueForm },
    WrongUnit { fact: String, found: String, expected: String },
    OutOfRange { fact: String, found: String, least: i32, most: i32 },
    UnknownOperator { found: String, suggestion: Option<String>, known: Vec<String> },
    OperatorDoesNotFit { operator: String, fact: String },
    FactsDoNotCompare { left: String, right: String },
    RangeReversed,
    LineFactInSchoolCondition { fact: String },
    LineFactOfSchool { fact: String },
    SchoolFactInLine { fact: String },
    ComputedFact { fact: String },
    NotOfLines { fact: String },
    NotSummable { fact: String },
    ReservedId { found: String },
    UnknownPlaceholder { found: String, suggestion: Option<String> },
}

impl FactProblem {
    pub(super) fn words(&self) -> Words {
        match self {
            Self::UnknownFact { found, suggestion } => words(
                Code::UnknownFact,
                format!("没有名为“{found}”的事实"),
                format!("there is no fact `{found}`"),
                match suggestion {
                    Some(_) => suggest::<&str>(suggestion.as_deref(), &[]),
                    None => fixed("先在 check/facts.yaml 里写明它", "declare it in check/facts.yaml first"),
                },
            ),
            Self::UnknownOption { fact, found, suggestion, known } => words(
                Code::UnknownOption,
                format!("“{fact}”没有选项“{found}”"),
                format!("the fact `{fact}` has no option `{found}`"),
                suggest(suggestion.as_deref(), known),
            ),
            Self::WrongValue { fact, found, expected } => {
                let (chinese, english) = value_form_words(*expected);
                words(
                    Code::WrongValue,
                    format!("“{fact}”的值应是{chinese}，写的是“{found}”"),
                    format!("the value of `{fact}` must be {english}, found `{found}`"),
                    match expected {
                        ValueForm::Date => date_help(found),
                        ValueForm::YesNo => fixed("写 是 或 否", "write yes or no"),
                        ValueForm::Integer => {
                            fixed("只写数字，可带单位", "write the number, with its unit or without")
                        }
                        ValueForm::Percent => fixed("写成 50% 这样", "write it as 50%"),
                    },
                )
            }
            Self::WrongUnit { fact, found, expected } => words(
                Code::WrongUnit,
                format!("“{fact}”的单位是“{expected}”，写的是“{found}”"),
                format!("the unit of `{fact}` is `{expected}`, found `{found}`"),
                (
                    format!("写成“数字 {expected}”或只写数字"),
                    format!("write the number with `{expected}`, or the number alone"),
                ),
            ),
            Self::OutOfRange { fact, found, least, most } => words(
                Code::OutOfRange,
                format!("“{fact}”的值“{found}”超出 {least} 到 {most}"),
                format!("the value `{found}` of `{fact}` is outside {least} to {most}"),
                fixed(
                    "检查数字；范围写在 check/facts.yaml 的 min、max 里",
                    "look at the number; the range is given by `min` and `max` in check/facts.yaml",
                ),
            ),
            Self::UnknownOperator { found, suggestion, known } => words(
                Code::UnknownOperator,
                format!("没有名为“{found}”的比较"),
                format!("there is no comparison `{found}`"),
                suggest(suggestion.as_deref(), known),
            ),
            Self::OperatorDoesNotFit { operator, fact } => words(
                Code::OperatorDoesNotFit,
                format!("比较“{operator}”不能用于“{fact}”这类值"),
                format!("the comparison `{operator}` does not fit the type of `{fact}`"),
                fixed(
                    "大小比较只用于数、百分比和日期；on_or_before、on_or_after 只用于日期",
                    "order is for numbers, percentages and dates; on_or_before and on_or_after for dates",
                ),
            ),
            Self::FactsDoNotCompare { left, right } => words(
                Code::FactsDoNotCompare,
                format!("“{left}”与“{right}”的类型或单位不同，不能比较"),
                format!("`{left}` and `{right}` differ in type or unit and cannot be compared"),
                fixed("换成类型和单位都相同的事实", "name a fact of the same type and unit"),
            ),
            Self::RangeReversed => words(
                Code::RangeReversed,
                "区间的起点大于终点".to_owned(),
                "the range ends before it begins".to_owned(),
                fixed("交换两个值", "swap the two values"),
            ),
            Self::LineFactInSchoolCondition { fact } => words(
                Code::LineFactInSchoolCondition,
                format!("“{fact}”要逐个证书填写，这个条件却是对全校判断的"),
                format!("`{fact}` is stated for each line, but the condition is judged once"),
                fixed("给条件加上 per: line", "add `per: line` to the condition"),
            ),
            Self::LineFactOfSchool { fact } => words(
                Code::LineFactOfSchool,
                format!("“{fact}”要逐个证书填写，应写在 lines 里"),
                format!("`{fact}` is stated for each line and belongs under `lines`"),
                fixed("移到 lines 的各行里", "move it into the rows of `lines`"),
            ),
            Self::SchoolFactInLine { fact } => words(
                Code::SchoolFactInLine,
                format!("“{fact}”对全校只填一次，应写在 facts 里"),
                format!("`{fact}` is stated once and belongs under `facts`"),
                fixed("移到 facts 里", "move it to `facts`"),
            ),
            Self::ComputedFact { fact } => words(
                Code::ComputedFact,
                format!("“{fact}”是算出来的，不能填写"),
                format!("`{fact}` is computed and cannot be stated"),
                fixed("填写用来计算它的事实", "state the facts it is made of"),
            ),
            Self::NotOfLines { fact } => words(
                Code::NotOfLines,
                format!("“{fact}”不是逐个证书填写的事实，不能在各行之间统计"),
                format!("`{fact}` is not stated for each line, so it cannot be counted over lines"),
                fixed("写 per: line 的、填写得来的事实", "name a fact that is `per: line` and asked"),
            ),
            Self::NotSummable { fact } => words(
                Code::NotSummable,
                format!("“{fact}”不是整数，不能求和"),
                format!("`{fact}` is no whole number, so it cannot be summed"),
                fixed("写类型为 integer 的事实", "name a fact of type `integer`"),
            ),
            Self::ReservedId { found } => words(
                Code::ReservedId,
                format!("“{found}”在网址中另有含义，不能作事实的编号"),
                format!("`{found}` means something else in addresses and cannot be the id of a fact"),
                fixed("换一个编号", "choose another id"),
            ),
            Self::UnknownPlaceholder { found, suggestion } => words(
                Code::UnknownPlaceholder,
                format!("「{found}」不是任何事实的名称"),
                format!("「{found}」 is not the label of a fact"),
                match suggestion {
                    Some(_) => suggest::<&str>(suggestion.as_deref(), &[]),
                    None => fixed(
                        "「」里写 check/facts.yaml 里的 label",
                        "write a `label` of check/facts.yaml between 「」",
                    ),
                },
            ),
        }
    }
}
