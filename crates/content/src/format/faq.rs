//! `faq/topics.yaml` and `faq/<id>.md`.

use super::record::{Kind, Presence, Record, field};
use super::{COVERS, ORDER, PROVINCE};

/// A topic.
pub(crate) static TOPIC: Record = Record {
    id: "topic",
    title: "主题",
    fields: &[
        field("id", Kind::Id, Presence::Required, "主题的编号，网址里用；定了就不要改。", "conditions"),
        field("title", Kind::Text, Presence::Required, "主题的名称。", "申报条件"),
    ],
};

/// The front matter of an entry.
pub(crate) static ENTRY: Record = Record {
    id: "faq",
    title: "问答",
    fields: &[
        field(
            "topic",
            Kind::Topic,
            Presence::Required,
            "属于哪个主题，写 `topics.yaml` 里的编号。",
            "conditions",
        ),
        field(
            "question",
            Kind::Text,
            Presence::Required,
            "问题，写成一句完整的问句。",
            "没有对应的专业，能不能申报？",
        ),
        field("number", Kind::Text, Presence::Optional, "原文给这个问题的编号；自己写的问答没有。", "（一）"),
        field(
            "asked_as",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "别人会怎么问：口语、简称、常见的错字都可以，只供搜索，不显示。",
            "[没有专业能报吗]",
        ),
        PROVINCE,
        field(
            "sources",
            Kind::List(&Kind::Clause),
            Presence::Required,
            "出处，至少一条，最要紧的写在最前。",
            "[ex-2025#s2-1]",
        ),
        field("order", ORDER, Presence::Optional, "在主题里的次序，小的在前；不写排在最后。", "10"),
        COVERS,
    ],
};
