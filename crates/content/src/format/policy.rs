//! `policies/<id>.md`.

use super::record::{Kind, Presence, Record, field, word};
use super::{PROVINCE, YEAR};

/// The front matter of a policy document.
pub(crate) static POLICY: Record = Record {
    id: "policy",
    title: "政策文件",
    fields: &[
        field(
            "title",
            Kind::Text,
            Presence::Required,
            "文件的正式题名，照原文。",
            "关于做好 2025 年证书试点申报工作的通知",
        ),
        field(
            "short_title",
            Kind::Text,
            Presence::Optional,
            "列表和引用里用的短题名；不写就用题名。",
            "示例省 2025 年申报通知",
        ),
        field("number", Kind::Text, Presence::Optional, "文号，照原文；没有就不写。", "示教职〔2025〕1 号"),
        field("issuer", Kind::Text, Presence::Required, "发文机关。", "示例省教育厅"),
        field("issued", Kind::Date, Presence::Optional, "成文日期；原文没有就不写。", "2025-03-01"),
        field(
            "issued_note",
            Kind::Text,
            Presence::Optional,
            "关于日期的说明，例如原文没有成文日期。",
            "日期取自落款。",
        ),
        field(
            "level",
            Kind::Words(&[word("national", "国家"), word("provincial", "省级")]),
            Presence::Required,
            "层级。",
            "provincial",
        ),
        field(
            "province",
            PROVINCE.kind,
            Presence::RequiredWhere { has: Some(("level", "provincial")), unless: &[] },
            "省的代码，和办事指南 `guide.md` 里的 `code` 一致；国家文件不写。",
            "EX",
        ),
        field("year", YEAR, Presence::Required, "文件所管的年度。", "2025"),
        field(
            "status",
            Kind::Words(&[word("current", "现行，不写就是它"), word("archived", "存档，只作对照")]),
            Presence::Optional,
            "状态。",
            "current",
        ),
        field(
            "status_note",
            Kind::Text,
            Presence::Optional,
            "由什么替代，或者为什么存档。",
            "之后如有新通知，以新通知为准。",
        ),
        field(
            "source",
            Kind::Text,
            Presence::Required,
            "文字取自哪里：扫描件或下载文件的名称，供日后核对。",
            "2025-通知-扫描件.pdf",
        ),
        field(
            "source_url",
            Kind::Address,
            Presence::Optional,
            "原文的网址。",
            "https://jyt.example.cn/2025/1.html",
        ),
        field(
            "summary",
            Kind::Text,
            Presence::Optional,
            "一两句话说明文件讲什么。",
            "示例省 2025 年试点申报的条件、时间和材料。",
        ),
        field(
            "attachments",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "附件的名称，照原文逐个列出。",
            "[1.证书申报表]",
        ),
        field(
            "notes",
            Kind::List(&Kind::Record(&NOTE)),
            Presence::Optional,
            "校注：原文看来有误的地方。原文照录，在旁边说明，不改原文。",
            "见下面的“校注”",
        ),
    ],
};

/// A note on the text.
pub(crate) static NOTE: Record = Record {
    id: "note",
    title: "校注",
    fields: &[
        field("clause", Kind::ClauseOfDocument, Presence::Required, "注的是哪一条：条款的锚点。", "s2-1"),
        field("quote", Kind::Text, Presence::Required, "注的是哪几个字，从这一条里逐字复制。", "登陆平台"),
        field(
            "note",
            Kind::Text,
            Presence::Required,
            "哪里可疑、为什么；不知道对错就写不知道。",
            "“登陆”应为“登录”，照原样保留。",
        ),
    ],
};
