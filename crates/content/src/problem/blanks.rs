//! What stands in the blanks of messages: shapes, traps of YAML, kinds of references, forms of values.

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
    DuplicateKey,
    UnclosedBracket,
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
        YamlHint::None => ("", ""),
        YamlHint::FullWidthColon => ("冒号要用半角“:”，后面空一格", "use an ASCII colon followed by a space"),
        YamlHint::Tab => ("缩进要用空格，不能用 Tab", "indent with spaces, not with tabs"),
        YamlHint::UnquotedColon => (
            "值里有“: ”时，用英文双引号把整个值括起来",
            "put a value that contains `: ` between double quotes",
        ),
        YamlHint::MissingSpaceAfterColon => ("冒号后要空一格", "put a space after the colon"),
        YamlHint::DuplicateKey => {
            ("同一处不能写两次同名的项，删掉一个", "a name may stand only once here; delete one")
        }
        YamlHint::UnclosedBracket => {
            ("检查 [ ] { } 和引号是否成对", "check that [ ] { } and quotes are closed")
        }
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

pub(super) fn value_form_words(form: ValueForm) -> (&'static str, &'static str) {
    match form {
        ValueForm::YesNo => ("“是”或“否”（yes 或 no）", "yes or no"),
        ValueForm::Integer => ("整数", "a whole number"),
        ValueForm::Percent => ("百分比，例如 50%", "a percentage such as 50%"),
        ValueForm::Date => ("日期，例如 2024-09-04", "a date such as 2024-09-04"),
    }
}
