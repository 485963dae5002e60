//! What is no error but looks like one: each kind with its code, its words and its remedy.
//!
//! Some of it may stand in the source text itself; then a note on the text explains it, `notes` has the numbers of those
//! that do, and a build is silent about it.

use crate::problem::{Code, Words, fixed, words};

/// A note on the text, by its document and its number there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteName {
    /// Id of the document.
    pub document: String,
    /// Number on its page, from 1.
    pub number: usize,
}

/// What looks suspicious.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's words stand in `words`, its fields are the blanks in them")]
pub enum Suspicion {
    DeadlineBeforeWindowCloses { deadline: String, closes: String, notes: Vec<usize> },
    DeadlineBeforeWindowOpens { deadline: String, opens: String, notes: Vec<usize> },
    NearIdenticalHost { found: String, other: String, notes: Vec<NoteName> },
    NearIdenticalMailbox { found: String, other: String, notes: Vec<NoteName> },
    LinkWithoutScheme { found: String, notes: Vec<NoteName> },
    MaterialNotListed { name: String, list: String, notes: Vec<NoteName> },
    DuplicateTitle { title: String },
    DuplicateAddress { address: String },
    NumberUnderTwoNames { number: String, name: String, other: String, notes: Vec<NoteName> },
    ValueCutByComment { lost: String },
    HeadingWithoutSpace { found: String },
}

impl Suspicion {
    pub(super) fn words(&self) -> Words {
        match self {
            Self::DeadlineBeforeWindowCloses { deadline, closes, notes } => words(
                Code::DeadlineBeforeWindowCloses,
                format!("这个期限（{deadline}）早于院校申报窗口的截止日（{closes}）"),
                format!("this deadline ({deadline}) comes before the schools' own window closes ({closes})"),
                noted(
                    notes,
                    fixed(
                        "若原文如此，请在校注中说明",
                        "if the text says so, explain it in a note on the text",
                    ),
                ),
            ),
            Self::DeadlineBeforeWindowOpens { deadline, opens, notes } => words(
                Code::DeadlineBeforeWindowOpens,
                format!("这个期限（{deadline}）早于院校申报窗口的开放日（{opens}）"),
                format!("this deadline ({deadline}) comes before the schools' window opens ({opens})"),
                noted(
                    notes,
                    fixed(
                        "核对月份和年份；若原文如此，请在校注中说明",
                        "look at month and year; if the text says so, explain it in a note on the text",
                    ),
                ),
            ),
            Self::NearIdenticalHost { found, other, notes } => words(
                Code::NearIdenticalHost,
                format!("网站“{found}”与“{other}”极相近，可能有一个抄错了"),
                format!("the host `{found}` looks like `{other}`; one of them may be misspelt"),
                named(notes, mend_or_note()),
            ),
            Self::NearIdenticalMailbox { found, other, notes } => words(
                Code::NearIdenticalMailbox,
                format!("邮箱“{found}”与“{other}”极相近，可能有一个抄错了"),
                format!("the mailbox `{found}` looks like `{other}`; one of them may be misspelt"),
                named(notes, mend_or_note()),
            ),
            Self::LinkWithoutScheme { found, notes } => words(
                Code::LinkWithoutScheme,
                format!("网址“{found}”前面没有 http:// 或 https://，读者点不开"),
                format!("the address `{found}` has no http:// or https://, so nobody can open it by a click"),
                named(
                    notes,
                    (
                        format!("写全：https://{found}；Markdown 正文里写成 <https://{found}>"),
                        format!("write https://{found}, in a Markdown text <https://{found}>"),
                    ),
                ),
            ),
            Self::MaterialNotListed { name, list, notes } => words(
                Code::MaterialNotListed,
                format!("提到了《{name}》，{list} 里却没有这份材料"),
                format!("《{name}》 is named here but not listed in {list}"),
                named(
                    notes,
                    (
                        format!("在 {list} 里加上它，或改成清单里的名称"),
                        format!("add it to {list}, or write the name that stands there"),
                    ),
                ),
            ),
            Self::DuplicateTitle { title } => words(
                Code::DuplicateTitle,
                format!("“{title}”出现了两次"),
                format!("“{title}” stands here twice"),
                fixed("删去一条，或写出两者的区别", "delete one of them, or say how they differ"),
            ),
            Self::DuplicateAddress { address } => words(
                Code::DuplicateAddress,
                format!("两份文件的网址相同：{address}"),
                format!("two documents have one address: {address}"),
                fixed(
                    "核对并改正；确实在同一页面的，两行都写 state: shared",
                    "mend the wrong one; where both stand on one page, write `state: shared` in both rows",
                ),
            ),
            Self::NumberUnderTwoNames { number, name, other, notes } => words(
                Code::NumberUnderTwoNames,
                format!("同一号码 {number} 有两个名称：“{name}”和“{other}”"),
                format!("the number {number} has two names: “{name}” and “{other}”"),
                named(
                    notes,
                    fixed(
                        "核对号码和名称，改正写错的一处",
                        "look at numbers and names and mend the wrong one",
                    ),
                ),
            ),
            Self::HeadingWithoutSpace { found } => words(
                Code::HeadingWithoutSpace,
                format!("“{found}”不是标题：# 后面没有空格"),
                format!("`{found}` is no heading: there is no space behind the #"),
                fixed(
                    "用半角 #，后面空一格：# 标题；确实以 # 开头的文字，写成 \\#",
                    "write an ASCII # and a space: `# Title`; for a text that begins with # write \\#",
                ),
            ),
            Self::ValueCutByComment { lost } => words(
                Code::ValueCutByComment,
                format!("“{lost}”被当成注释，没有读入"),
                format!("`{lost}` is taken for a comment and not read"),
                fixed(
                    "它属于内容：用英文双引号把整个值括起来；它是注释：# 后空一格",
                    "if it belongs to the value, put the whole value between double quotes; for a remark put a space after #",
                ),
            ),
        }
    }
}

fn mend_or_note() -> (String, String) {
    fixed(
        "核对后改正；若原文如此，请在校注中写明这个地址",
        "mend it; if the text says so, name it in a note on the text",
    )
}

/// The remedy, or that notes explain it already.
fn noted(notes: &[usize], remedy: (String, String)) -> (String, String) {
    if notes.is_empty() {
        return remedy;
    }
    let numbers = |between| notes.iter().map(usize::to_string).collect::<Vec<_>>().join(between);
    (
        format!("这一条款已有校注（第 {} 条），生成门户时不再提醒", numbers("、")),
        format!("the clause has notes on it ({}), so a build is silent about it", numbers(", ")),
    )
}

/// The same for notes that may be of any document.
fn named(notes: &[NoteName], remedy: (String, String)) -> (String, String) {
    if notes.is_empty() {
        return remedy;
    }
    let list =
        |name: fn(&NoteName) -> String, between| notes.iter().map(name).collect::<Vec<_>>().join(between);
    (
        format!(
            "校注已写明（{}），生成门户时不再提醒",
            list(|note| format!("{} 第 {} 条", note.document, note.number), "、")
        ),
        format!(
            "notes on the text name it ({}), so a build is silent about it",
            list(|note| format!("{}, note {}", note.document, note.number), "; ")
        ),
    )
}
