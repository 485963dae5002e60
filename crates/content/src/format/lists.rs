//! The small lists: `links.yaml`, `certificates.yaml`, `glossary.yaml`, `updates.yaml`, `synonyms.yaml`.

use super::record::{Kind, Presence, Record, field, word};
use super::{CITE, PROVINCE, YEAR};

/// A table of documents with addresses.
pub(crate) static LINK_GROUP: Record = Record {
    id: "link_group",
    title: "一组政策链接",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，网址里用；定了就不要改。", "national"),
        field("title", Kind::Text, Presence::Required, "这一组的标题。", "国家有关文件"),
        field("cite", CITE.kind, Presence::Required, "这张表取自哪一条。", "ex-2025#s1"),
        PROVINCE,
        field("year", YEAR, Presence::Required, "这张表的年度。", "2025"),
        field(
            "links",
            Kind::List(&Kind::Record(&LINK)),
            Presence::Optional,
            "逐行列出。",
            "见下面的“一行链接”",
        ),
    ],
};

/// A row of it.
pub(crate) static LINK: Record = Record {
    id: "link",
    title: "一行链接",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，各组之间也不能重复；定了就不要改。", "n01"),
        field("row", Kind::Integer { least: 1, most: 9_999 }, Presence::Required, "原表里的行号。", "1"),
        field(
            "title",
            Kind::Text,
            Presence::Required,
            "文件的名称，照原文。",
            "《国家职业教育改革实施方案》",
        ),
        field("number", Kind::Text, Presence::Optional, "文号。", "国发〔2019〕4号"),
        field("issuer", Kind::Text, Presence::Optional, "发文机关。", "国务院"),
        field(
            "issued",
            Kind::Date,
            Presence::Optional,
            "发文日期；拿不准就不写，在 `note` 里说明。",
            "2019-02-13",
        ),
        field(
            "url",
            Kind::Address,
            Presence::Optional,
            "网址，照原文；原文没有就不写。",
            "https://www.example.cn/1.htm",
        ),
        field(
            "state",
            Kind::Words(&[
                word("printed", "照原文所印，不写就是它"),
                word("mended", "原文断行，已经接回"),
                word("shared", "与另一行相同，可能有一处抄错"),
                word("missing", "原文没有网址"),
            ]),
            Presence::Optional,
            "网址的状态。",
            "printed",
        ),
        field("note", Kind::Text, Presence::Optional, "关于这一行的说明。", "日期取自网址。"),
    ],
};

/// `certificates.yaml`.
pub(crate) static CATALOGUE: Record = Record {
    id: "catalogue",
    title: "证书目录",
    fields: &[
        field("as_of", Kind::Date, Presence::Optional, "目录整理到哪一天。", "2025-03-01"),
        field(
            "total",
            Kind::Integer { least: 0, most: 100_000 },
            Presence::Optional,
            "实际一共有多少个证书；不知道就不写。",
            "447",
        ),
        field(
            "note",
            Kind::Text,
            Presence::Optional,
            "读者要知道的：收录了多少、为什么不全。",
            "只收录了能找到出处的证书，不完整。",
        ),
        field(
            "certificates",
            Kind::List(&Kind::Record(&CERTIFICATE)),
            Presence::Optional,
            "逐个列出。",
            "见下面的“一个证书”",
        ),
    ],
};

/// One certificate.
pub(crate) static CERTIFICATE: Record = Record {
    id: "certificate",
    title: "一个证书",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，网址里用；定了就不要改。", "c001"),
        field("name", Kind::Text, Presence::Required, "证书的名称。", "Web 前端开发"),
        field("batch", Kind::Text, Presence::Optional, "第几批；推定的写“3 前后”，不清楚就不写。", "\"1\""),
        field("organisation", Kind::Text, Presence::Optional, "培训评价组织。", "示例培训评价中心"),
        field(
            "levels",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "有哪些等级；来源里没有就不写。",
            "[初级, 中级]",
        ),
        field("source", Kind::Text, Presence::Required, "这一行取自哪里。", "示例省 2025 年通知附件"),
        field("as_of", Kind::Date, Presence::Optional, "来源的日期。", "2025-03-01"),
    ],
};

/// A term.
pub(crate) static TERM: Record = Record {
    id: "term",
    title: "术语",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，网址里用；定了就不要改。", "exam-site"),
        field("term", Kind::Text, Presence::Required, "术语，用文件里的说法。", "考核站点"),
        field(
            "also",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "别的写法；正文里出现时也会解释。",
            "[考点]",
        ),
        field(
            "meaning",
            Kind::Markdown,
            Presence::Required,
            "意思，尽量用文件自己的话；可以写链接。",
            "证书考核的站点。",
        ),
        field("cite", CITE.kind, Presence::Optional, "依据的条款。", "ex-2025#s2-1"),
    ],
};

/// A change of the portal.
pub(crate) static UPDATE: Record = Record {
    id: "update",
    title: "一条更新",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，网址和订阅里用；定了就不要改。", "first"),
        field("date", Kind::Date, Presence::Required, "发布的日期。", "2025-03-01"),
        field("title", Kind::Text, Presence::Required, "改了什么，几个字。", "收录示例省通知"),
        field(
            "text",
            Kind::Markdown,
            Presence::Required,
            "说明，一两段；可以写链接。",
            "收录[示例省通知](policy:ex-2025)。",
        ),
    ],
};

/// Words that searchers use for one thing.
pub(crate) static SYNONYMS: Record = Record {
    id: "synonyms",
    title: "一组近义词",
    fields: &[
        field("canonical", Kind::Text, Presence::Required, "文件里的说法。", "考核站点"),
        field(
            "same",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "意思完全相同的，互相能找到。",
            "[考核点]",
        ),
        field(
            "narrower",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "搜这些的人要找的是它；反过来搜它，找不到这些。",
            "[考点, 考场]",
        ),
        field(
            "suggest",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "容易混淆、其实不同的：只提示，不当成一回事。",
            "[试点院校]",
        ),
        field(
            "note",
            Kind::Text,
            Presence::Optional,
            "为什么这样分；提示时显示。",
            "试点院校的审批和考核站点是两回事。",
        ),
    ],
};
