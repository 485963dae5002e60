//! Every kind of mistake an author can make, with its code, its words and its remedy.
//!
//! One variant per kind; the texts stand in `Problem::words`, Chinese and English side by side, so that a new kind cannot
//! be added without both. Its [`Code`] brings the severity and a page that explains it, `explanations/<code>.md`.

mod blanks;
mod bound;
mod code;
mod explanation;
mod fact;
mod proof;
mod suspicion;

pub use blanks::{ReferenceKind, Shape, ValueForm, YamlHint};
pub use bound::{Counted, Encoding, NameFault};
pub use code::Code;
pub use explanation::Explanation;
pub use fact::FactProblem;
pub use proof::Proof;
pub use suspicion::{NoteName, Suspicion};

use blanks::{date_help, reference_words, shape_words, yaml_help};
use bound::{counted_words, encoding_words, fault_words};

use crate::diagnostic::Language;

/// What an author did wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's words stand in `words`, its fields are the blanks in them")]
pub enum Problem {
    FileTooLarge { size: usize, limit: usize },
    NotUtf8 { guess: Encoding, offset: usize },
    ForbiddenCharacter { character: char },
    LineTooLong { size: usize, limit: usize },
    TooDeep { limit: usize },
    TooManyParts { counted: Counted, limit: usize },
    TooManyProblems { limit: usize },
    UnusableName { name: String, fault: NameFault },
    CollidingNames { name: String, other: String },
    MissingFile,
    UnusedFile,
    EmptyText,
    YamlSyntax { detail: String, hint: YamlHint },
    FrontMatterMissing,
    FrontMatterUnclosed,
    UnknownField { field: String, suggestion: Option<String>, known: Vec<&'static str> },
    MissingField { field: &'static str },
    WrongShape { expected: Shape, found: Shape, hint: YamlHint },
    InvalidDate { found: String },
    InvalidNumber { found: String, least: i64, most: i64 },
    InvalidId { found: String },
    InvalidAddress { found: String },
    AddressTooLong { size: usize, limit: usize },
    UnknownChoice { found: String, suggestion: Option<String>, known: Vec<String> },
    DuplicateId { id: String },
    UnknownReference { kind: ReferenceKind, found: String, suggestion: Option<String> },
    QuoteNotInClause { clause: String, matched: String, instead: String, elsewhere: Option<String> },
    InvalidStatementId { found: String },
    StatementOfAnotherDocument { id: String, of: String, document: String },
    UnaccountedStatement { id: String },
    UnnamedHeading,
    LinkDropped { address: String },
    RawHtml { html: String },
    ScenarioFails { condition: String, expected: &'static str, actual: &'static str, reason: String },
    Fact(FactProblem),
    Proof(Proof),
    Suspicion(Suspicion),
}

struct Words {
    code: Code,
    chinese: String,
    english: String,
    chinese_help: String,
    english_help: String,
}

/// Words with their help, the Chinese one first.
fn words(
    code: Code,
    chinese: String,
    english: String,
    (chinese_help, english_help): (String, String),
) -> Words {
    Words { code, chinese, english, chinese_help, english_help }
}

/// Help without blanks.
fn fixed(chinese: &str, english: &str) -> (String, String) {
    (chinese.to_owned(), english.to_owned())
}

impl From<FactProblem> for Problem {
    fn from(problem: FactProblem) -> Self {
        Self::Fact(problem)
    }
}

impl From<Proof> for Problem {
    fn from(proof: Proof) -> Self {
        Self::Proof(proof)
    }
}

impl From<Suspicion> for Problem {
    fn from(suspicion: Suspicion) -> Self {
        Self::Suspicion(suspicion)
    }
}

impl Problem {
    /// The kind, whose name is fixed for ever.
    pub fn code(&self) -> Code {
        self.words().code
    }

    /// What is wrong, one sentence.
    pub fn message(&self, language: Language) -> String {
        let words = self.words();
        match language {
            Language::Chinese => words.chinese,
            Language::English => words.english,
        }
    }

    /// How to mend it.
    pub fn help(&self, language: Language) -> String {
        let words = self.words();
        match language {
            Language::Chinese => words.chinese_help,
            Language::English => words.english_help,
        }
    }

    fn words(&self) -> Words {
        match self {
            Self::Fact(problem) => problem.words(),
            Self::Proof(proof) => proof.words(),
            Self::Suspicion(suspicion) => suspicion.words(),
            Self::FileTooLarge { size, limit } => words(
                Code::FileTooLarge,
                format!("文件有 {size} 字节，超过上限 {limit} 字节"),
                format!("the file has {size} bytes, more than the limit of {limit}"),
                fixed("请把它拆成几个文件", "split it into several files"),
            ),
            Self::NotUtf8 { guess, offset } => words(
                Code::NotUtf8,
                format!("文件不是 UTF-8 编码{}（第 {offset} 字节起）", encoding_words(*guess).0),
                format!("the file is not UTF-8{} (from byte {offset})", encoding_words(*guess).1),
                match guess {
                    Encoding::DamagedUtf8 => fixed(
                        "这里缺了半个字：从原处重新复制这个文件，或补上这个字，再用记事本“另存为”，编码选 UTF-8",
                        "half a character is missing here: copy the file again, or mend it, and save it with the encoding UTF-8",
                    ),
                    _ => fixed("在记事本中“另存为”，编码选 UTF-8", "save it again with the encoding UTF-8"),
                },
            ),
            Self::ForbiddenCharacter { character } => words(
                Code::ForbiddenCharacter,
                format!("文件里有不可见的控制字符 U+{:04X}", u32::from(*character)),
                format!("the file has the control character U+{:04X}", u32::from(*character)),
                fixed("删掉这个字符", "delete this character"),
            ),
            Self::LineTooLong { size, limit } => words(
                Code::LineTooLong,
                format!("这一行有 {size} 字节，超过上限 {limit} 字节"),
                format!("this line has {size} bytes, more than the limit of {limit}"),
                fixed("把它分成几行或几段", "divide it into several lines or paragraphs"),
            ),
            Self::TooDeep { limit } => words(
                Code::TooDeep,
                format!("一层套一层，超过上限 {limit} 层"),
                format!("this is nested more than {limit} deep"),
                fixed(
                    "把里面几层拿出来，另写一段；看看是否误输入了许多 > - * [ 或缩进",
                    "take the inner ones out; look for many > - * [ or much indentation typed by mistake",
                ),
            ),
            Self::TooManyParts { counted, limit } => words(
                Code::TooManyParts,
                format!("这个文件里的{}超过上限 {limit} 个", counted_words(*counted).0),
                format!("this file has more than {limit} {}", counted_words(*counted).1),
                match counted {
                    Counted::Values => fixed(
                        "拆成几个文件，或删去重复的；少用 & 和 * 重复引用",
                        "divide it into several files, delete what is there twice, use fewer & and *",
                    ),
                    Counted::Parts => fixed("拆成几个文件", "divide it into several files"),
                },
            ),
            Self::TooManyProblems { limit } => words(
                Code::TooManyProblems,
                format!("这个文件的问题不止 {limit} 个，其余的没有列出"),
                format!("this file has more problems than {limit}; the others are not listed"),
                fixed("先改正列出的问题，再检查一遍", "mend those that are listed, then look again"),
            ),
            Self::UnusableName { name, fault } => words(
                Code::UnusableName,
                format!("“{name}”不能作文件名：{}", fault_words(*fault).0),
                format!("`{name}` cannot be the name of a file: {}", fault_words(*fault).1),
                fixed(
                    "换一个名称：小写英文字母、数字、- 和 _",
                    "give it another name: lower-case letters, digits, - and _",
                ),
            ),
            Self::CollidingNames { name, other } => words(
                Code::CollidingNames,
                format!("“{name}”和“{other}”在 Windows 或 macOS 上是同一个名称"),
                format!("`{name}` and `{other}` are one name on Windows or macOS"),
                fixed("给其中一个换一个名称", "give one of them another name"),
            ),
            Self::MissingFile => words(
                Code::MissingFile,
                "缺少这个文件".to_owned(),
                "this file is missing".to_owned(),
                fixed("每个门户都需要它", "every portal needs it"),
            ),
            Self::UnusedFile => words(
                Code::UnusedFile,
                "这个文件没有被用到".to_owned(),
                "this file is not used".to_owned(),
                fixed("检查它的文件夹和文件名是否写对", "check its folder and name"),
            ),
            Self::EmptyText => words(
                Code::EmptyText,
                "文字是空的".to_owned(),
                "the text is empty".to_owned(),
                fixed("写上内容，或删掉这一处", "write it, or delete this place"),
            ),
            Self::YamlSyntax { detail, hint } => words(
                Code::YamlSyntax,
                // The detail is the parser's own English sentence; the remedy says more.
                "YAML 写法有误".to_owned(),
                format!("this is not proper YAML: {detail}"),
                yaml_help(*hint),
            ),
            Self::FrontMatterMissing => words(
                Code::FrontMatterMissing,
                "文件开头缺少以 --- 起止的属性部分".to_owned(),
                "the file does not begin with front matter between two lines of ---".to_owned(),
                fixed(
                    "第一行写 ---，写完各项属性后再写一行 ---",
                    "begin with a line --- and end the fields with a line ---",
                ),
            ),
            Self::FrontMatterUnclosed => words(
                Code::FrontMatterUnclosed,
                "开头的属性部分没有结束".to_owned(),
                "the front matter does not end".to_owned(),
                fixed("在最后一项属性后另起一行写 ---", "write a line --- after the last field"),
            ),
            Self::UnknownField { field, suggestion, known } => words(
                Code::UnknownField,
                format!("没有名为“{field}”的项"),
                format!("there is no field `{field}`"),
                suggest(suggestion.as_deref(), known),
            ),
            Self::MissingField { field } => words(
                Code::MissingField,
                format!("缺少必填项“{field}”"),
                format!("the field `{field}` is missing"),
                (format!("加一行 {field}: …"), format!("add a line `{field}: …`")),
            ),
            Self::WrongShape { expected, found, hint } => words(
                Code::WrongShape,
                format!("这里应是{}，写的却是{}", shape_words(*expected).0, shape_words(*found).0),
                format!("expected {} here, found {}", shape_words(*expected).1, shape_words(*found).1),
                match (*hint, *expected, *found) {
                    (YamlHint::None, Shape::List, Shape::Text) => fixed(
                        "只有一项时写成 [甲]，几项写成 [甲, 乙]",
                        "write one item as [a] and several as [a, b]",
                    ),
                    (YamlHint::None, ..) => (
                        format!("改写成{}；检查缩进和冒号", shape_words(*expected).0),
                        format!("write {}; look at indentation and colons", shape_words(*expected).1),
                    ),
                    _ => yaml_help(*hint),
                },
            ),
            Self::InvalidDate { found } => words(
                Code::InvalidDate,
                format!("“{found}”不是日期"),
                format!("`{found}` is not a date"),
                date_help(found),
            ),
            Self::InvalidNumber { found, least, most } => words(
                Code::InvalidNumber,
                format!("“{found}”不是 {least} 到 {most} 之间的整数"),
                format!("`{found}` is not a whole number from {least} to {most}"),
                fixed(
                    "只写半角数字，不带单位、逗号和小数点",
                    "write digits alone, without unit, comma or point",
                ),
            ),
            Self::InvalidId { found } => words(
                Code::InvalidId,
                format!("“{found}”不能作编号"),
                format!("`{found}` cannot be an id"),
                fixed(
                    "编号只用小写英文字母、数字、- 和 _，以字母开头",
                    "use lower-case letters, digits, - and _, beginning with a letter",
                ),
            ),
            Self::InvalidAddress { found } => words(
                Code::InvalidAddress,
                format!("“{found}”不是完整的网址"),
                format!("`{found}` is not a full address"),
                fixed(
                    "网址以 http:// 或 https:// 开头，中间没有空格",
                    "an address begins with http:// or https:// and has no spaces",
                ),
            ),
            Self::AddressTooLong { size, limit } => words(
                Code::AddressTooLong,
                format!("网址有 {size} 字节，超过上限 {limit} 字节"),
                format!("the address has {size} bytes, more than the limit of {limit}"),
                fixed(
                    "删去 ? 后面多余的参数，或写那个网站的短网址",
                    "take needless parameters after the ? away, or write that site's short address",
                ),
            ),
            Self::UnknownChoice { found, suggestion, known } => words(
                Code::UnknownChoice,
                format!("“{found}”不在可选的值之中"),
                format!("`{found}` is none of the possible values"),
                suggest(suggestion.as_deref(), known),
            ),
            Self::DuplicateId { id } => words(
                Code::DuplicateId,
                format!("编号“{id}”用了两次"),
                format!("the id `{id}` is used twice"),
                fixed("给其中一处换一个编号", "give one of the two another id"),
            ),
            Self::UnknownReference { kind, found, suggestion } => {
                let (chinese, english) = reference_words(*kind);
                words(
                    Code::UnknownReference,
                    format!("找不到{chinese}“{found}”"),
                    format!("there is no {english} `{found}`"),
                    match suggestion {
                        Some(_) => suggest::<&str>(suggestion.as_deref(), &[]),
                        None => (
                            format!("检查拼写；还没有这个{chinese}的，先把它写好"),
                            format!("look for a misspelling, or write the {english} first"),
                        ),
                    },
                )
            }
            Self::QuoteNotInClause { clause, matched, instead, elsewhere } => words(
                Code::QuoteNotInClause,
                format!("引文不在条款 {clause} 中"),
                format!("the quote does not stand in clause {clause}"),
                match elsewhere {
                    Some(other) => (format!("它在条款 {other} 中"), format!("it stands in clause {other}")),
                    None if matched.is_empty() => {
                        fixed("从原文逐字复制", "copy it from the text letter by letter")
                    }
                    None => (
                        format!("原文“{matched}”之后是“{instead}”；请逐字复制，注意全角与半角"),
                        format!(
                            "after “{matched}” the text goes on with “{instead}”; copy it letter by letter, mind full-width forms"
                        ),
                    ),
                },
            ),
            Self::InvalidStatementId { found } => words(
                Code::InvalidStatementId,
                format!("“{found}”不能作陈述的编号"),
                format!("`{found}` cannot be the id of a statement"),
                fixed(
                    "写成大写字母加数字，例如 A10",
                    "write capital letters and then digits, for example A10",
                ),
            ),
            Self::StatementOfAnotherDocument { id, of, document } => words(
                Code::StatementOfAnotherDocument,
                format!("陈述“{id}”出自文件 {of}，这个条件属于文件 {document}"),
                format!("statement `{id}` is of document {of}, but this condition belongs to {document}"),
                (
                    format!("从 covers 中删去 {id}，改由 {of} 的条件来对应"),
                    format!("take {id} out of `covers` and let a condition of {of} cover it"),
                ),
            ),
            Self::UnaccountedStatement { id } => words(
                Code::UnaccountedStatement,
                format!("原文的陈述“{id}”没有着落"),
                format!("nobody accounts for statement `{id}` of the document"),
                (
                    format!(
                        "在对应的条件、指南条目或问答里写 covers: [{id}]；只是说明情况的，在这里加 information: 一句话"
                    ),
                    format!(
                        "write `covers: [{id}]` in a condition, an entry of a guide or an FAQ entry; for plain information add `information:` with a sentence here"
                    ),
                ),
            ),
            Self::UnnamedHeading => words(
                Code::UnnamedHeading,
                "这个标题没有编号，也没有名字".to_owned(),
                "this heading has neither a number nor a name".to_owned(),
                fixed(
                    "在标题末尾加 {#英文名}，例如 {#contact}",
                    "add {#name} at its end, for example {#contact}",
                ),
            ),
            Self::LinkDropped { address } => words(
                Code::LinkDropped,
                format!("不接受的链接“{address}”"),
                format!("the link `{address}` is not accepted"),
                fixed(
                    "只用 http:、https:、mailto:、tel: 的网址，或站内引用，例如 policy:sx-2024#s3-1、faq:编号",
                    "use http:, https:, mailto: or tel:, or a reference such as policy:sx-2024#s3-1 or faq:ID",
                ),
            ),
            Self::RawHtml { html } => words(
                Code::RawHtml,
                format!("“{html}”会按文字原样显示，不作为 HTML"),
                format!("`{html}` is shown as text, not as HTML"),
                fixed(
                    "用 Markdown 的写法；尖括号前加 \\ 可去掉本提示",
                    "use Markdown; a \\ before the bracket silences this",
                ),
            ),
            Self::ScenarioFails { condition, expected, actual, reason } => words(
                Code::ScenarioFails,
                format!("条件 {condition} 应判为 {expected}，实际是 {actual}"),
                format!("condition {condition} should be {expected} but is {actual}"),
                (format!("判断理由：{reason}"), format!("reason given: {reason}")),
            ),
        }
    }
}

fn suggest<S: AsRef<str>>(suggestion: Option<&str>, known: &[S]) -> (String, String) {
    let list = known.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("、");
    match suggestion {
        Some(word) => (format!("是不是“{word}”？"), format!("did you mean `{word}`?")),
        None if known.is_empty() => (String::new(), String::new()),
        None => (format!("可以写：{list}"), format!("possible: {}", list.replace('、', ", "))),
    }
}
