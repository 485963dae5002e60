//! The files of a content folder.

use super::record::Record;
use super::{check, faq, guide, lists, policy, portal};

/// One sort of file.
#[derive(Debug)]
pub struct SourceFile {
    /// ASCII name, unique: the schema is called after it.
    pub id: &'static str,
    /// Where it stands; `<…>` is what the author calls it: `provinces/<省>/steps.yaml`.
    pub path: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// What it is for, one sentence.
    pub about: &'static str,
    /// What stands in it, or in the front matter of a Markdown file.
    pub shape: SourceShape,
}

/// What a file is as a whole.
#[derive(Debug, Clone, Copy)]
pub enum SourceShape {
    /// One record.
    Record(&'static Record),
    /// A list of records.
    List(&'static Record),
}

impl SourceShape {
    /// The record, or each of the list.
    pub fn record(self) -> &'static Record {
        match self {
            Self::Record(record) | Self::List(record) => record,
        }
    }
}

impl SourceFile {
    /// The sort of the file at this path of a content folder.
    pub fn at(path: &str) -> Option<&'static Self> {
        SOURCE_FILES.iter().find(|file| file.is_at(path))
    }

    /// Whether it begins with front matter and goes on in Markdown.
    pub fn is_markdown(&self) -> bool {
        self.path.ends_with(".md")
    }

    /// The line at the head of the file at this path of a content folder by which editors find its schema; none for Markdown,
    /// where editors look for no such line.
    ///
    /// ```
    /// let line = content::format::SourceFile::modeline("faq/topics.yaml");
    /// assert_eq!(line.as_deref(), Some("# yaml-language-server: $schema=../.schemas/topics.json"));
    /// ```
    pub fn modeline(path: &str) -> Option<String> {
        let file = Self::at(path).filter(|file| !file.is_markdown())?;
        let up = "../".repeat(path.matches('/').count());
        Some(format!("# yaml-language-server: $schema={up}{SCHEMA_FOLDER}/{}.json", file.id))
    }

    fn is_at(&self, path: &str) -> bool {
        let (ours, theirs) = (self.path.split('/'), path.split('/'));
        ours.clone().count() == theirs.clone().count()
            && ours.zip(theirs).all(|(ours, theirs)| match (ours.split_once('<'), ours.split_once('>')) {
                (Some((before, _)), Some((_, after))) => theirs
                    .strip_prefix(before)
                    .and_then(|rest| rest.strip_suffix(after))
                    .is_some_and(|name| !name.is_empty()),
                _ => ours == theirs,
            })
    }
}

/// Where the schemas lie in a content folder. Within it, so that a folder that is copied keeps them and the lines that name them
/// stay right; hidden, so that it is no content.
pub const SCHEMA_FOLDER: &str = ".schemas";

const fn file(
    id: &'static str,
    path: &'static str,
    title: &'static str,
    shape: SourceShape,
    about: &'static str,
) -> SourceFile {
    SourceFile { id, path, title, about, shape }
}

/// Every sort of file with fields, in the order in which people meet them; a path fits the first that it can be.
pub static SOURCE_FILES: [SourceFile; 21] = [
    file(
        "portal",
        "portal.yaml",
        "全站设置",
        SourceShape::Record(&portal::PORTAL),
        "网站的名称、声明、核对日期。",
    ),
    file(
        "policy",
        "policies/<文件>.md",
        "政策文件",
        SourceShape::Record(&policy::POLICY),
        "一份文件一个，开头是各项说明，后面是全文。",
    ),
    file(
        "guide",
        "provinces/<省>/guide.md",
        "办事指南",
        SourceShape::Record(&guide::GUIDE),
        "一个省一个文件夹，这是它的第一个文件：名称、要点，正文是说明。",
    ),
    file(
        "materials",
        "provinces/<省>/materials.yaml",
        "申请材料",
        SourceShape::List(&guide::MATERIAL),
        "要交的材料，一项一条。",
    ),
    file(
        "steps",
        "provinces/<省>/steps.yaml",
        "办理流程",
        SourceShape::List(&guide::STEP),
        "办理的步骤，按先后排列。",
    ),
    file(
        "roles",
        "provinces/<省>/roles.yaml",
        "审核环节",
        SourceShape::List(&guide::ROLE),
        "经手的各方，按先后排列，会画成图。",
    ),
    file(
        "fees",
        "provinces/<省>/fees.yaml",
        "收费",
        SourceShape::List(&guide::SENTENCE),
        "关于费用的规定，一句一条。",
    ),
    file(
        "timing",
        "provinces/<省>/timing.yaml",
        "办理时限",
        SourceShape::List(&guide::SENTENCE),
        "关于时间的规定，一句一条。日历上的日期由条件得出，不写在这里。",
    ),
    file(
        "duties",
        "provinces/<省>/duties.yaml",
        "审批之后",
        SourceShape::List(&guide::SENTENCE),
        "审批之后要做的事，一句一条。",
    ),
    file(
        "contacts",
        "provinces/<省>/contacts.yaml",
        "咨询方式",
        SourceShape::List(&guide::CONTACT),
        "电话、邮箱、群，一个处室一条。",
    ),
    file("topics", "faq/topics.yaml", "常见问题的主题", SourceShape::List(&faq::TOPIC), "主题，按页面次序。"),
    file(
        "faq",
        "faq/<问题>.md",
        "一条问答",
        SourceShape::Record(&faq::ENTRY),
        "一个问题一个文件，开头是各项说明，后面是答案；不写答案，就用第一条出处的原文。",
    ),
    file(
        "links",
        "links.yaml",
        "政策链接",
        SourceShape::List(&lists::LINK_GROUP),
        "有关文件的名称和网址，照原文的表。",
    ),
    file(
        "certificates",
        "certificates.yaml",
        "证书目录",
        SourceShape::Record(&lists::CATALOGUE),
        "证书的名称、批次、培训评价组织和等级。",
    ),
    file(
        "glossary",
        "glossary.yaml",
        "术语",
        SourceShape::List(&lists::TERM),
        "术语和它的意思；正文里出现时，就在原处解释。",
    ),
    file(
        "synonyms",
        "synonyms.yaml",
        "搜索用的近义词",
        SourceShape::List(&lists::SYNONYMS),
        "不同的说法指同一件事时，让搜索找得到。全角半角、大小写不必管。",
    ),
    file(
        "updates",
        "updates.yaml",
        "更新记录",
        SourceShape::List(&lists::UPDATE),
        "网站有了什么变化，读者可以订阅。",
    ),
    file(
        "facts",
        "check/facts.yaml",
        "自查的问题",
        SourceShape::Record(&check::FACTS),
        "自查时问的全部问题，各文件的条件都用它。",
    ),
    file(
        "conditions",
        "check/<文件>/conditions.yaml",
        "自查的条件",
        SourceShape::Record(&check::CONDITIONS),
        "一份文件要求什么，逐条写成可以判断的条件。",
    ),
    file(
        "scenarios",
        "check/<文件>/scenarios.yaml",
        "场景",
        SourceShape::List(&check::SCENARIO),
        "假想的申报和应得的结论，每次生成网站时都核对一遍。",
    ),
    file(
        "statements",
        "check/<文件>/statements.yaml",
        "原文内容清单",
        SourceShape::List(&check::STATEMENT),
        "文件里说的每一件事，一项一条；谁都没有交代的，检查时会指出来。",
    ),
];
