//! `check/`: facts, and for each document conditions, scenarios and statements.

use super::record::{Field, Kind, Names, Presence, Record, Word, field, word};
use super::{COVERS, ORDER, PER};

/// `check/facts.yaml`.
pub(crate) static FACTS: Record = Record {
    id: "facts",
    title: "自查的问题",
    fields: &[
        field(
            "groups",
            Kind::Map { names: Names::Ids, of: &Kind::Text },
            Presence::Required,
            "问题的分组，按页面次序：左边是编号，右边是标题。",
            "{ school: 学校条件 }",
        ),
        field(
            "facts",
            Kind::Map { names: Names::Ids, of: &Kind::Record(&FACT) },
            Presence::Required,
            "逐个问题：左边是编号（网址、表格列名都用它，定了就不要改），下面是它的各项。",
            "见下面的“一个问题”",
        ),
    ],
};

/// Bounds of whole numbers; products of two fit an `i64`.
const BOUND: Kind = Kind::Integer { least: -(1 << 30), most: 1 << 30 };

/// What says that a fact is computed.
const COMPUTED: &[&str] = &["ratio", "count", "sum", "distinct"];

/// One fact.
pub(crate) static FACT: Record = Record {
    id: "fact",
    title: "一个问题",
    fields: &[
        field("label", Kind::Text, Presence::Required, "短名称，表头和结论里用。", "计划人数"),
        field(
            "question",
            Kind::Text,
            Presence::RequiredWhere { has: None, unless: COMPUTED },
            "问句；由别的答案算出来的不写。",
            "这个证书计划多少人？",
        ),
        field(
            "help",
            Kind::Text,
            Presence::Optional,
            "填写说明，显示在框的下面。",
            "填写本年度计划参加考核的人数。",
        ),
        field("group", Kind::Group, Presence::Required, "属于哪一组，写 `groups` 里的编号。", "line"),
        field("order", ORDER, Presence::Optional, "提问的次序，小的在前；不写排在最后。", "10"),
        field("per", Kind::Words(PER), Presence::Optional, "按什么回答。", "line"),
        field(
            "type",
            Kind::Words(&[
                word("bool", "是或否"),
                word("integer", "整数"),
                word("percent", "百分数"),
                word("date", "日期"),
                word("enum", "从几个选项里选一个"),
                word("text", "文字，只作记录，不能用来判断"),
            ]),
            Presence::Required,
            "答案是什么。",
            "integer",
        ),
        field("unit", Kind::Text, Presence::Optional, "单位。", "人"),
        field("min", BOUND, Presence::Optional, "最小的数，只用于 `integer`；不写为 0。", "0"),
        field("max", BOUND, Presence::Optional, "最大的数，只用于 `integer`。", "2000"),
        field(
            "options",
            Kind::Map { names: Names::Options, of: &Kind::Text },
            Presence::RequiredWhere { has: Some(("type", "enum")), unless: &["options_from"] },
            "选项，只用于 `enum`：左边是编号，右边是显示的文字。",
            "{ EX: 示例省, OTHER: 其他 }",
        ),
        field(
            "options_from",
            Kind::Words(&[word("certificates", "证书目录里的全部证书")]),
            Presence::Optional,
            "选项另外取自哪里，只用于 `enum`；`options` 里写的排在前面，编号为 `other` 的排在最后。",
            "certificates",
        ),
        field(
            "effort",
            Kind::Words(&[
                word("known", "手边即知，不写就是它"),
                word("look_up", "需在校内查询"),
                word("ask_organisation", "需向培训评价组织询问"),
            ]),
            Presence::Optional,
            "回答它费多少事；逐题回答时先问省事的。",
            "known",
        ),
        field(
            "changeable",
            Kind::Words(&[
                word("yes", "改计划就行，不写就是它"),
                word("slow", "要花时间"),
                word("no", "改不了"),
            ]),
            Presence::Optional,
            "不符合条件时，这一项能不能改。",
            "yes",
        ),
        field(
            "ratio",
            Kind::List(&Kind::Fact),
            Presence::Optional,
            "由两个整数相除得出的占比：前一个是部分，后一个是总数。类型写 `percent`。",
            "[dual_teachers, teachers]",
        ),
        field(
            "count",
            Kind::Words(&[word("lines", "拟申报的行数")]),
            Presence::Optional,
            "数一数共有几行。类型写 `integer`。",
            "lines",
        ),
        field(
            "sum",
            Kind::Fact,
            Presence::Optional,
            "把每一行的这个整数加起来。类型写 `integer`。",
            "planned",
        ),
        field(
            "distinct",
            Kind::List(&Kind::Fact),
            Presence::Optional,
            "数一数这几项合起来有几种不同的。类型写 `integer`。",
            "[certificate]",
        ),
    ],
};

/// `check/<document>/conditions.yaml`.
pub(crate) static CONDITIONS: Record = Record {
    id: "conditions",
    title: "一份文件的条件",
    fields: &[
        field("document", Kind::Document, Presence::Required, "哪一份文件，和所在文件夹同名。", "ex-2025"),
        field(
            "scope",
            Kind::Test,
            Presence::Optional,
            "整份文件对谁适用；不写就是对所有申报。",
            "{ province: EX, year: 2025 }",
        ),
        field(
            "conditions",
            Kind::List(&Kind::Record(&CONDITION)),
            Presence::Optional,
            "逐条写。",
            "见下面的“一个条件”",
        ),
    ],
};

/// Kinds of conditions.
const KINDS: &[Word] = &[
    word("scope", "适用范围：在不在申报范围之内"),
    word("condition", "条件"),
    word("threshold", "数量要求"),
    word("window", "时间窗口，会画进日历"),
    word("document", "材料"),
    word("todo", "待办"),
    word("advice", "建议"),
    word("judgement", "需人工判断"),
    word("prohibition", "禁止事项"),
];

const STRENGTHS: &[Word] = &[
    word("must", "必须；原文没有下面这些词的，都是它"),
    word("in_principle", "原则上"),
    word("generally", "一般"),
    word("should", "应当：要、需、应、请"),
    word("may", "可以、允许、自主"),
    word("priority", "优先"),
    word("advice", "建议、鼓励"),
];

const ACTORS: &[Word] = &[
    word("school", "院校，不写就是它"),
    word("city", "市级教育行政部门"),
    word("province", "省级教育行政部门"),
    word("secretariat", "秘书处"),
    word("organisation", "培训评价组织"),
    word("lead_school", "牵头院校"),
];

const STAGES: &[Word] = &[
    word("before", "申报前，不写就是它"),
    word("submission", "提交"),
    word("review", "审核"),
    word("after_approval", "审批后"),
    word("change", "调整"),
];

/// One condition.
pub(crate) static CONDITION: Record = Record {
    id: "condition",
    title: "一个条件",
    fields: &[
        field("id", Kind::Id, Presence::Required, "编号，网址和场景里用；定了就不要改。", "min-planned"),
        field("title", Kind::Text, Presence::Required, "一句话的题目。", "每个证书计划不少于 10 人"),
        field("kind", Kind::Words(KINDS), Presence::Required, "哪一类。", "threshold"),
        field(
            "strength",
            Kind::Words(STRENGTHS),
            Presence::Required,
            "力度，看原文用的是哪个词；与引文对不上的，检查时会指出来。",
            "must",
        ),
        field("actor", Kind::Words(ACTORS), Presence::Optional, "谁要做到。", "school"),
        field("stage", Kind::Words(STAGES), Presence::Optional, "在哪个阶段。", "before"),
        field(
            "per",
            Kind::Words(PER),
            Presence::Optional,
            "按什么判断。按学校判断的，不能用逐行回答的问题。",
            "line",
        ),
        field(
            "when",
            Kind::Test,
            Presence::Optional,
            "什么情形下才适用；不写就是总适用。",
            "{ school_kind: higher }",
        ),
        field("require", Kind::Test, Presence::Required, "要求什么。", "{ planned: { at_least: 10 人 } }"),
        field(
            "cite",
            Kind::Record(&CITATION),
            Presence::Required,
            "原文依据。",
            "{ clause: s2-2, quote: 不少于 10 人 }",
        ),
        field(
            "say",
            Kind::Record(&SAY),
            Presence::Optional,
            "结论里说的话；不写就由程序按要求来说。",
            "见下面的“结论里说的话”",
        ),
        field(
            "boundary",
            Kind::Words(&[word("unclear", "原文没有写清"), word("included", "包括，不写就是它")]),
            Presence::Optional,
            "界线上的那一天、那个数算不算，例如“10 日前”包不包括 10 日。",
            "unclear",
        ),
        field(
            "basis",
            Kind::Words(&[word("interpretation", "本站对原文的理解"), word("text", "原文，不写就是它")]),
            Presence::Optional,
            "要求里的数字、界线来自哪里。",
            "text",
        ),
        field(
            "year_from",
            Kind::Words(&[word("issue", "文件的年度")]),
            Presence::Optional,
            "引文里的日期没有写年份时，年份取自哪里。",
            "issue",
        ),
        Field {
            meaning: "这个条件交代了原文的哪几项内容，写 `statements.yaml` 里的编号；只能写本文件的。",
            ..COVERS
        },
    ],
};

/// Where a condition stands.
pub(crate) static CITATION: Record = Record {
    id: "citation",
    title: "原文依据",
    fields: &[
        field("clause", Kind::ClauseOfDocument, Presence::Required, "哪一条：条款的锚点。", "s2-2"),
        field(
            "lead_in",
            Kind::Text,
            Presence::Optional,
            "统领这一句的话，可以在文件的别处；力度常常写在那里。",
            "院校应具备以下条件",
        ),
        field(
            "quote",
            Kind::Text,
            Presence::Required,
            "原话，从这一条里逐字复制，要包括数字、日期和表示力度的词。",
            "每个证书的计划人数不得少于 10 人",
        ),
    ],
};

/// What is said with a verdict.
pub(crate) static SAY: Record = Record {
    id: "say",
    title: "结论里说的话",
    fields: &[
        field(
            "met",
            Kind::Text,
            Presence::Optional,
            "符合时。`「计划人数」` 会换成所填的值。",
            "计划「计划人数」，符合要求",
        ),
        field(
            "not_met",
            Kind::Text,
            Presence::Optional,
            "不符合时：差在哪里、怎么办。",
            "计划「计划人数」，少于 10 人",
        ),
        field("unknown", Kind::Text, Presence::Optional, "没有回答时。", "请先定下计划人数"),
    ],
};

/// Names and answers of a declaration.
const ANSWERS: Kind = Kind::Map { names: Names::Facts, of: &Kind::Answer };

/// Verdicts that may be expected.
pub(crate) const VERDICTS: &[Word] = &[
    word("met", "符合"),
    word("not_met", "不符合"),
    word("judge", "需人工判断"),
    word("advice", "建议"),
    word("unknown", "需补充信息"),
    word("not_applicable", "不适用"),
    word("na", "不适用，简写"),
];

/// One scenario.
pub(crate) static SCENARIO: Record = Record {
    id: "scenario",
    title: "一个场景",
    fields: &[
        field("name", Kind::Text, Presence::Required, "这份假想的申报是什么情形。", "最后一天提交，人数刚好"),
        field(
            "facts",
            ANSWERS,
            Presence::Optional,
            "学校的答案；没有写的就是不知道。",
            "{ province: EX, submit_date: 2025-04-10 }",
        ),
        field(
            "lines",
            Kind::List(&ANSWERS),
            Presence::Optional,
            "拟申报的各行，每行一个证书的一个等级。",
            "[ { planned: 10 } ]",
        ),
        field(
            "expect",
            Kind::Map { names: Names::Conditions, of: &Kind::Words(VERDICTS) },
            Presence::Optional,
            "应得的结论。左边是“文件/条件”，只看某一行就在后面写 `[0]`（第一行），并把左边放在引号里。",
            "{ ex-2025/window: met }",
        ),
    ],
};

/// A plan that `zhinan check` reads: a scenario that need not have a name.
pub static PLAN: Record = Record {
    id: "plan",
    title: "一份申报计划",
    fields: &[
        field("name", Kind::Text, Presence::Optional, "计划的名称。", "示例职业学院"),
        field("facts", ANSWERS, Presence::Optional, "学校的答案；没有写的就是不知道。", "{ province: EX }"),
        field(
            "lines",
            Kind::List(&ANSWERS),
            Presence::Optional,
            "拟申报的各行，每行一个证书的一个等级。",
            "[ { planned: 30 } ]",
        ),
        field(
            "expect",
            Kind::Map { names: Names::Conditions, of: &Kind::Words(VERDICTS) },
            Presence::Optional,
            "应得的结论；检查计划时不看。",
            "{ ex-2025/window: met }",
        ),
    ],
};

/// One thing a document says.
pub(crate) static STATEMENT: Record = Record {
    id: "statement",
    title: "原文的一项内容",
    fields: &[
        field(
            "id",
            Kind::StatementId,
            Presence::Required,
            "编号，大写字母加数字，各文件之间也不能重复。",
            "E02",
        ),
        field("clause", Kind::ClauseOfDocument, Presence::Required, "在哪一条。", "s2-1"),
        field("quote", Kind::Text, Presence::Required, "原话，逐字复制。", "开设与证书对应的专业"),
        field("title", Kind::Text, Presence::Required, "说的是什么，一句话。", "要开设对应的专业"),
        field(
            "asked_as",
            Kind::List(&Kind::Text),
            Presence::Optional,
            "别人会怎么问，只供搜索，不显示。",
            "[没有专业能报吗]",
        ),
        field(
            "information",
            Kind::Text,
            Presence::Optional,
            "只是信息、不需要谁做什么的，在这里说明为什么；其余的由条件、指南或问答用 `covers` 指明。",
            "文号只用来指称这份通知。",
        ),
    ],
};
