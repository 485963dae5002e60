//! `provinces/<id>/`.

use super::record::{Kind, Presence, Record, field};
use super::{CITE, COVERS, ORDER, QUOTE};

/// The front matter of `guide.md`.
pub(crate) static GUIDE: Record = Record {
    id: "guide",
    title: "办事指南",
    fields: &[
        field(
            "code",
            Kind::Text,
            Presence::Optional,
            "省的代码，两个大写字母，别的文件用它指这个省；国家的指南不写。",
            "EX",
        ),
        field("name", Kind::Text, Presence::Required, "省（自治区、直辖市）的全称。", "示例省"),
        field("short_name", Kind::Text, Presence::Optional, "简称；不写就用全称。", "示例"),
        field("order", ORDER, Presence::Optional, "在各省中的次序，小的在前；不写排在最后。", "10"),
        field("authority", Kind::Text, Presence::Optional, "由谁审核，一句话。", "示例省教育厅审核"),
        field(
            "summary",
            Kind::Text,
            Presence::Required,
            "这个省的要点，一两句话。",
            "一年申报一次，每个证书交一份申报表。",
        ),
        field(
            "documents",
            Kind::List(&Kind::Document),
            Presence::Optional,
            "依据哪些文件，写 `policies/` 里的文件名（不带 `.md`）。",
            "[ex-2025]",
        ),
    ],
};

/// 申请材料
pub(crate) static MATERIAL: Record = Record {
    id: "material",
    title: "申请材料",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，网址里用；定了就不要改。", "application-form"),
        field("name", Kind::Text, Presence::Required, "材料的名称，照原文。", "《证书申报表》（附件 1）"),
        field("prepared_by", Kind::Text, Presence::Optional, "谁准备。", "院校"),
        field("when", Kind::Text, Presence::Optional, "什么时候要、谁需要。", "申报时，每个证书一份"),
        field("form", Kind::Text, Presence::Optional, "什么形式、交到哪里。", "盖章的扫描件，上传到平台"),
        field(
            "fields",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "里面要写的内容，一项一行。不要仿制官方表格。",
            "[证书名称, 计划人数]",
        ),
        CITE,
        QUOTE,
        COVERS,
    ],
};

/// 办理流程
pub(crate) static STEP: Record = Record {
    id: "step",
    title: "办理步骤",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，网址里用；定了就不要改。", "submit"),
        field("title", Kind::Text, Presence::Required, "步骤的名称，几个字。", "在平台提交"),
        field("actor", Kind::Text, Presence::Required, "谁办。", "院校"),
        field(
            "text",
            Kind::Text,
            Presence::Required,
            "做什么，一两句话。",
            "填写计划人数，上传申报表，提交。",
        ),
        CITE,
        QUOTE,
        COVERS,
    ],
};

/// A link of the review chain.
pub(crate) static ROLE: Record = Record {
    id: "role",
    title: "审核环节",
    fields: &[
        field("actor", Kind::Text, Presence::Required, "谁；按经手的先后排列。", "示例省教育厅"),
        field("does", Kind::Text, Presence::Required, "做什么。", "审核院校的申报"),
        CITE,
        QUOTE,
        COVERS,
    ],
};

/// A sentence with its clause: 收费, 办理时限, 审批之后.
pub(crate) static SENTENCE: Record = Record {
    id: "sentence",
    title: "一句话和它的依据",
    fields: &[
        field("text", Kind::Text, Presence::Required, "一句话。", "申报时间为 3 月 10 日至 4 月 10 日。"),
        CITE,
        QUOTE,
        COVERS,
    ],
};

/// 咨询
pub(crate) static CONTACT: Record = Record {
    id: "contact",
    title: "咨询方式",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，网址里用；定了就不要改。", "office"),
        field("name", Kind::Text, Presence::Required, "处室或机构。", "省教育厅职成处"),
        field("purpose", Kind::Text, Presence::Optional, "什么事找它。", "申报条件和审核"),
        field("people", Kind::List(&Kind::Text), Presence::Optional, "联系人。", "[张老师]"),
        field(
            "phones",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "电话，照原文；写在引号里。",
            "[\"010-00000000\"]",
        ),
        field("emails", Kind::List(&Kind::Text), Presence::Optional, "邮箱，照原文。", "[zs@example.cn]"),
        field("groups", Kind::List(&Kind::Text), Presence::Optional, "QQ 群、钉钉群等。", "[QQ 群 10000]"),
        field("address", Kind::Text, Presence::Optional, "通信地址。", "示例市学府路 1 号"),
        field("website", Kind::Address, Presence::Optional, "网站。", "https://jyt.example.cn/"),
        CITE,
        COVERS,
    ],
};
