//! What is proved of sound conditions and does not hold: each kind with its code, its words and its remedy.

use crate::problem::{Code, Words};

/// What does not hold of conditions that are sound by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's words stand in `words`, its fields are the blanks in them")]
pub enum Proof {
    StrengthDiffers { word: &'static str, strength: &'static str, fits: &'static str },
    StrengthWithoutWord { strength: &'static str, words: Vec<&'static str> },
    NumberNotInQuote { fact: String, value: String },
    YearNotInQuote { date: String },
    YearDiffers { date: String, year: i32 },
    NeverApplies { part: &'static str },
    NeverMet,
    AlwaysMet,
    Contradiction { other: String },
    IdleCondition { other: String },
    UnusedFact { fact: String },
    ScenarioMissing { missing: Vec<&'static str> },
}

impl Proof {
    pub(super) fn words(&self) -> Words {
        let (code, chinese, english, chinese_help, english_help) = match self {
            Self::StrengthDiffers { word, strength, fits } => (
                Code::StrengthDiffers,
                format!("引文里有“{word}”，强度却写成 {strength}"),
                format!("the quote says “{word}” but the strength is `{strength}`"),
                format!("改成 strength: {fits}；如果“{word}”管的不是这个条件，引文只取管它的几个字"),
                format!("write `strength: {fits}`; if “{word}” is about something else, quote only the words about this"),
            ),
            Self::StrengthWithoutWord { strength, words } => (
                Code::StrengthWithoutWord,
                format!("强度写成 {strength}，引文里却没有表示它的字眼"),
                format!("the strength is `{strength}` but no word in the quote says so"),
                format!("引文或 lead_in 里应有“{}”之一；原文没有的，强度改成 must", words.join("”“")),
                format!(
                    "the quote or its `lead_in` should have one of “{}”; where the text has none, write `strength: must`",
                    words.join("”, “")
                ),
            ),
            Self::NumberNotInQuote { fact, value } => (
                Code::NumberNotInQuote,
                format!("引文里没有“{fact}”的值 {value}"),
                format!("the value {value} of `{fact}` does not stand in the quote"),
                "把写着它的原文引全（或放进 lead_in）；原文没有定数、是我们的理解的，加 basis: interpretation".to_owned(),
                "quote the words that state it (or put them into `lead_in`); for a reading of a text that states no number add `basis: interpretation`".to_owned(),
            ),
            Self::YearNotInQuote { date } => (
                Code::YearNotInQuote,
                format!("引文里没有 {date} 的年份"),
                format!("the quote does not say the year of {date}"),
                "把写着年份的原文引全；原文没有年份、按文件年度理解的，加 year_from: issue".to_owned(),
                "quote the words that state it; where the text has none and the document's year is meant, add `year_from: issue`".to_owned(),
            ),
            Self::YearDiffers { date, year } => (
                Code::YearDiffers,
                format!("写了 year_from: issue，{date} 却不在文件的年度 {year} 年"),
                format!("`year_from: issue` is given but {date} is not in the document's year {year}"),
                "改正日期的年份，或把写着年份的原文引全".to_owned(),
                "mend the year, or quote the words that state it".to_owned(),
            ),
            Self::NeverApplies { part } => (
                Code::NeverApplies,
                format!("{part} 永远不成立，对任何申报都不适用"),
                format!("`{part}` never holds: it applies to no declaration"),
                "检查其中的值是否互相矛盾，或超出了事实的取值范围".to_owned(),
                "look for values in it that exclude each other or lie outside a fact's range".to_owned(),
            ),
            Self::NeverMet => (
                Code::NeverMet,
                "这个要求在适用的申报里永远不会符合".to_owned(),
                "no declaration to which it applies can meet this requirement".to_owned(),
                "检查 require 与 when、scope 是否矛盾，或超出了事实的取值范围".to_owned(),
                "look for values that exclude those of `when` or `scope`, or lie outside a fact's range".to_owned(),
            ),
            Self::AlwaysMet => (
                Code::AlwaysMet,
                "这个要求在适用的申报里总是符合，等于没有要求".to_owned(),
                "every declaration to which it applies meets this requirement: it asks nothing".to_owned(),
                "检查比较的方向和值；只是说明情况的原文，写在 statements.yaml 的 information 里".to_owned(),
                "look at the comparison and its value; plain information belongs into `information` of statements.yaml".to_owned(),
            ),
            Self::Contradiction { other } => (
                Code::Contradiction,
                format!("这个条件与 {other} 不可能同时符合"),
                format!("this condition and {other} cannot both be met"),
                "两处都适用的申报必有一处不符合；核对原文，用 when 分开两者的范围".to_owned(),
                "a declaration to which both apply fails one of them; compare with the text and tell them apart by `when`".to_owned(),
            ),
            Self::IdleCondition { other } => (
                Code::IdleCondition,
                format!("有了 {other}，这个条件什么也不多说"),
                format!("beside {other} this condition says nothing more"),
                "两处要求相同或更宽：删去一个，把它的 covers 移到另一个；或写明它们的差别".to_owned(),
                "delete one of the two and move its `covers` to the other, or write down how they differ".to_owned(),
            ),
            Self::UnusedFact { fact } => (
                Code::UnusedFact,
                format!("没有条件用到事实“{fact}”"),
                format!("no condition uses the fact `{fact}`"),
                "删去它，或写出用它的条件；问了却不用的问题只会浪费时间".to_owned(),
                "delete it, or write the condition that uses it: nobody should be asked for nothing".to_owned(),
            ),
            Self::ScenarioMissing { missing } => (
                Code::ScenarioMissing,
                format!("没有场景见到这个条件{}的情形", missing.iter().map(|state| state_words(state)).collect::<Vec<_>>().join("、")),
                format!("no scenario sees this condition {}", missing.join(", ").replace('_', " ")),
                "在同一文件夹的 scenarios.yaml 里加一个场景，并在 expect 里写上这个条件".to_owned(),
                "add a scenario to scenarios.yaml in the same folder and name the condition under its `expect`".to_owned(),
            ),
        };
        Words { code, chinese, english, chinese_help, english_help }
    }
}

fn state_words(state: &str) -> &'static str {
    match state {
        "met" => "符合",
        "not_met" => "不符合",
        _ => "需补充信息",
    }
}
