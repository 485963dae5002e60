//! What stands in the blanks of messages: shapes, traps of YAML, kinds of references, forms of values.

use rules::Date;

/// The shape of a YAML value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words stand in `shape_words`")]
pub enum Shape {
    Text,
    List,
    Map,
    Nothing,
}

/// The trap of YAML that most likely caused a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words stand in `yaml_help`")]
pub enum YamlHint {
    None,
    FullWidthColon,
    Tab,
    UnquotedColon,
    MissingSpaceAfterColon,
    MissingSpaceAfterDash,
    DuplicateKey,
    UnclosedBracket,
    UnclosedQuote,
    TextAfterQuote,
    SpecialCharacter,
    Indentation,
}

/// What a reference should have named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words stand in `reference_words`")]
pub enum ReferenceKind {
    Document,
    Clause,
    Faq,
    Topic,
    Guide,
    Condition,
    Link,
    Term,
    Page,
    Province,
    Group,
    Statement,
}

/// The form a fact's value must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words stand in `value_form_words`")]
pub enum ValueForm {
    YesNo,
    Integer,
    Percent,
    Date,
}

pub(super) fn shape_words(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Text => ("一段文字", "a text"),
        Shape::List => ("列表（每项以 - 开头）", "a list (each item begins with -)"),
        Shape::Map => ("若干“名称: 值”", "fields of the form `name: value`"),
        Shape::Nothing => ("空", "nothing"),
    }
}

pub(super) fn yaml_help(hint: YamlHint) -> (String, String) {
    let (chinese, english) = match hint {
        YamlHint::None => (
            "检查这一行和上一行：冒号后有没有空一格，同一组的行是否对齐，引号和括号是否成对；拿不准的值用英文双引号括起来",
            "look at this line and the one above: a space after the colon, lines of one group in one column, quotes and brackets closed; when in doubt put the value between double quotes",
        ),
        YamlHint::FullWidthColon => ("冒号要用半角“:”，后面空一格", "use an ASCII colon followed by a space"),
        YamlHint::Tab => ("缩进要用空格，不能用 Tab", "indent with spaces, not with tabs"),
        YamlHint::UnquotedColon => (
            "值里有“: ”时，用英文双引号把整个值括起来",
            "put a value that contains `: ` between double quotes",
        ),
        YamlHint::MissingSpaceAfterColon => ("冒号后要空一格", "put a space after the colon"),
        YamlHint::MissingSpaceAfterDash => ("列表的 - 后要空一格", "put a space after the - of a list"),
        YamlHint::UnclosedQuote => (
            "引号没有成对：在值的末尾补上同样的英文引号",
            "the quote is not closed: put the same quote at the end of the value",
        ),
        YamlHint::TextAfterQuote => (
            "引号要括住整个值，后面不能再有字；值里的引号用“”",
            "quotes go around the whole value, nothing may follow; write “” inside it",
        ),
        YamlHint::SpecialCharacter => (
            "以 @、%、*、&、!、` 开头的值，用英文双引号括起来",
            "put a value that begins with @, %, *, &, ! or ` between double quotes",
        ),
        YamlHint::Indentation => (
            "缩进不对：同一组的各项要左边对齐，属于上一项的多缩进两格",
            "mind the indentation: fields of one group begin in one column, what belongs to the one above two columns further",
        ),
        YamlHint::DuplicateKey => {
            ("同一处不能写两次同名的项，删掉一个", "a name may stand only once here; delete one")
        }
        YamlHint::UnclosedBracket => ("检查 [ ] { } 是否成对", "check that [ ] and { } are closed"),
    };
    (chinese.to_owned(), english.to_owned())
}

pub(super) fn reference_words(kind: ReferenceKind) -> (&'static str, &'static str) {
    match kind {
        ReferenceKind::Document => ("文件", "document"),
        ReferenceKind::Clause => ("条款", "clause"),
        ReferenceKind::Faq => ("问答", "FAQ entry"),
        ReferenceKind::Topic => ("问答主题", "FAQ topic"),
        ReferenceKind::Guide => ("省份指南", "provincial guide"),
        ReferenceKind::Condition => ("条件", "condition"),
        ReferenceKind::Link => ("政策链接", "policy link"),
        ReferenceKind::Term => ("术语", "term"),
        ReferenceKind::Page => ("页面", "page"),
        ReferenceKind::Province => ("省份代码", "province code"),
        ReferenceKind::Group => ("分组", "group"),
        ReferenceKind::Statement => ("陈述", "statement"),
    }
}

/// How to write a day, best of all the one that was meant: `2024/9/4` and `2024年9月4日` tell it.
pub(super) fn date_help(found: &str) -> (String, String) {
    let numbers: Vec<&str> =
        found.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let meant = match numbers[..] {
        [year, month, day] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}").parse::<Date>().ok(),
        _ => None,
    };
    match meant {
        Some(date) => (format!("写成 {date}"), format!("write it as {date}")),
        None => (
            "写成 2024-09-04 这样：年 4 位、月 2 位、日 2 位".to_owned(),
            "write it as 2024-09-04: year, month, day with 4, 2, 2 digits".to_owned(),
        ),
    }
}

pub(super) fn value_form_words(form: ValueForm) -> (&'static str, &'static str) {
    match form {
        ValueForm::YesNo => ("“是”或“否”（yes 或 no）", "yes or no"),
        ValueForm::Integer => ("整数", "a whole number"),
        ValueForm::Percent => ("百分比，例如 50%", "a percentage such as 50%"),
        ValueForm::Date => ("日期，例如 2024-09-04", "a date such as 2024-09-04"),
    }
}
