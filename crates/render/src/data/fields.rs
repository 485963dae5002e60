//! The fields of the records of every data file, in the order in which `records.rs` writes them.

use super::schema::{Field, Kind};

const fn field(name: &'static str, kind: Kind, meaning: &'static str) -> Field {
    Field { name, kind, meaning }
}

const ACTORS: Kind =
    Kind::Word(&["school", "city", "province", "secretariat", "organisation", "lead_school"]);
const KINDS: Kind = Kind::Word(&[
    "scope",
    "condition",
    "threshold",
    "window",
    "document",
    "todo",
    "advice",
    "judgement",
    "prohibition",
]);
const STRENGTHS: Kind =
    Kind::Word(&["must", "in_principle", "generally", "should", "may", "priority", "advice"]);

pub(super) const POLICIES: &[Field] = &[
    field("id", Kind::Text, "标识"),
    field("url", Kind::Text, "页面地址，相对于本站首页"),
    field("title", Kind::Text, "题名"),
    field("number", Kind::Text, "文号，没有时为空"),
    field("issuer", Kind::Text, "发文机关"),
    field("issued", Kind::Day, "成文日期"),
    field("level", Kind::Word(&["national", "provincial"]), "层级：国家或省级"),
    field("province", Kind::Text, "省份代码，国家文件为空"),
    field("year", Kind::Integer, "文件所说的年份"),
    field("status", Kind::Word(&["current", "archived"]), "现行或存档"),
    field("source", Kind::Text, "原文地址，没有时为空"),
    field(
        "clauses",
        Kind::Records(&[
            field("id", Kind::Text, "条款标识，页面内的锚点"),
            field("label", Kind::Text, "条款名称"),
            field("text", Kind::Text, "条款文字"),
            field("table", Kind::Text, "条款中表格的文字，没有时为空"),
        ]),
        "条款，依原文次序",
    ),
    field(
        "notes",
        Kind::Records(&[
            field("clause", Kind::Text, "所在条款"),
            field("quote", Kind::Text, "所注的文字，没有时为空"),
            field("note", Kind::Text, "校注"),
        ]),
        "校注",
    ),
    field(
        "conditions",
        Kind::Records(&[
            field("id", Kind::Text, "条件标识"),
            field("title", Kind::Text, "条件名称"),
            field("kind", KINDS, "类别"),
            field("strength", STRENGTHS, "力度"),
            field("actor", ACTORS, "办理者"),
            field("clause", Kind::Text, "所在条款"),
            field("quote", Kind::Text, "原文"),
            field("interpretation", Kind::Boolean, "其中的数字是对原文的理解"),
        ]),
        "从本文件整理出的条件",
    ),
];

pub(super) const CONDITIONS: &[Field] = &[
    field("id", Kind::Text, "标识"),
    field("url", Kind::Text, "页面地址，相对于本站首页"),
    field("document", Kind::Text, "所在文件的标识"),
    field("archived", Kind::Boolean, "所在文件已存档"),
    field("title", Kind::Text, "名称"),
    field("requirement", Kind::Text, "要求"),
    field("when", Kind::Text, "适用情形"),
    field("scope", Kind::Text, "所在文件的适用范围"),
    field("kind", KINDS, "类别"),
    field("strength", STRENGTHS, "力度"),
    field("actor", ACTORS, "办理者"),
    field("stage", Kind::Word(&["before", "submission", "review", "after_approval", "change"]), "阶段"),
    field("per", Kind::Word(&["school", "line"]), "按学校还是按证书和等级判断"),
    field("source", Kind::Text, "条款地址，相对于本站首页"),
    field("lead_in", Kind::Text, "引文之前、赋予其力度的文字，没有时为空"),
    field("quote", Kind::Text, "原文"),
    field("interpretation", Kind::Boolean, "其中的数字是对原文的理解"),
    field("boundary_unclear", Kind::Boolean, "原文没有说明截止当日是否计入"),
    field("year_from_issue", Kind::Boolean, "年份取自成文日期"),
];

pub(super) const FACTS: &[Field] = &[
    field("id", Kind::Text, "标识"),
    field("url", Kind::Text, "页面地址，相对于本站首页"),
    field("label", Kind::Text, "名称"),
    field("question", Kind::Text, "问题"),
    field("help", Kind::Text, "填写说明"),
    field("per", Kind::Word(&["school", "line"]), "按学校还是按证书和等级填写"),
    field(
        "type",
        Kind::Word(&["boolean", "integer", "percent", "date", "choice", "ratio", "total", "text"]),
        "类型",
    ),
    field("unit", Kind::Text, "单位，没有时为空"),
    field("range", Kind::Range, "整数的最小值和最大值"),
    field(
        "options",
        Kind::Records(&[field("id", Kind::Text, "标识"), field("label", Kind::Text, "文字")]),
        "选项",
    ),
    field("computed_from", Kind::Texts, "由哪些问题计算得出"),
];

pub(super) const STATEMENTS: &[Field] = &[
    field("id", Kind::Text, "标识"),
    field("document", Kind::Text, "所在文件的标识"),
    field("title", Kind::Text, "内容"),
    field("source", Kind::Text, "条款地址，相对于本站首页"),
    field("quote", Kind::Text, "原文"),
    field("information", Kind::Text, "只作说明的理由，没有时为空"),
    field(
        "covered_by",
        Kind::Records(&[
            field(
                "kind",
                Kind::Word(&[
                    "condition",
                    "window",
                    "todo",
                    "material",
                    "step",
                    "duty",
                    "contact",
                    "role",
                    "fee",
                    "timing",
                    "answer",
                ]),
                "由什么体现",
            ),
            field("title", Kind::Text, "名称"),
            field("url", Kind::Text, "地址，相对于本站首页"),
        ]),
        "在本站的去向",
    ),
];

pub(super) const FAQ: &[Field] = &[
    field("id", Kind::Text, "标识"),
    field("url", Kind::Text, "地址，相对于本站首页"),
    field("topic", Kind::Text, "主题"),
    field("question", Kind::Text, "问题"),
    field("asked_as", Kind::Texts, "其他问法"),
    field("answer", Kind::Text, "答案"),
    field("province", Kind::Text, "适用省份的代码，全国为空"),
    field("year", Kind::Integer, "来源的年份"),
    field("sources", Kind::Texts, "所依据条款的地址，相对于本站首页"),
];

pub(super) const WINDOWS: &[Field] = &[
    field("title", Kind::Text, "事项"),
    field("province", Kind::Text, "省份代码，国家为空"),
    field("province_name", Kind::Text, "省份名称"),
    field("actor", ACTORS, "办理者"),
    field("opens", Kind::Day, "第一天"),
    field("closes", Kind::Day, "最后一天"),
    field("archived", Kind::Boolean, "所在文件已存档"),
    field("source", Kind::Text, "条款地址，相对于本站首页"),
    field("quote", Kind::Text, "原文"),
];

pub(super) const CERTIFICATES: &[Field] = &[
    field("id", Kind::Text, "标识"),
    field("name", Kind::Text, "名称"),
    field("batch", Kind::Text, "批次，不详时为空"),
    field("organisation", Kind::Text, "培训评价组织，不详时为空"),
    field("levels", Kind::Texts, "等级，不详时为空"),
    field("source", Kind::Text, "来源"),
    field("as_of", Kind::Day, "来源的日期"),
];

pub(super) const LINKS: &[Field] = &[
    field("id", Kind::Text, "标识"),
    field("group", Kind::Text, "所在的表"),
    field("row", Kind::Integer, "表中序号"),
    field("title", Kind::Text, "文件名称"),
    field("number", Kind::Text, "文号，没有时为空"),
    field("issuer", Kind::Text, "发文机关，没有时为空"),
    field("issued", Kind::Day, "日期"),
    field("url", Kind::Text, "地址，没有时为空"),
    field(
        "state",
        Kind::Word(&["printed", "mended", "shared", "missing"]),
        "地址的状态：照录、由断行拼合、与他行相同、来源未给出",
    ),
    field("note", Kind::Text, "说明，没有时为空"),
    field("source", Kind::Text, "表所在条款的地址，相对于本站首页"),
];

pub(super) const CONTACTS: &[Field] = &[
    field("province", Kind::Text, "省份代码，国家为空"),
    field("province_name", Kind::Text, "省份名称"),
    field("name", Kind::Text, "单位"),
    field("purpose", Kind::Text, "咨询什么，没有时为空"),
    field("people", Kind::Texts, "联系人"),
    field("phones", Kind::Texts, "电话"),
    field("emails", Kind::Texts, "邮箱"),
    field("groups", Kind::Texts, "群"),
    field("address", Kind::Text, "地址，没有时为空"),
    field("website", Kind::Text, "网站，没有时为空"),
    field("source", Kind::Text, "条款地址，相对于本站首页"),
];
