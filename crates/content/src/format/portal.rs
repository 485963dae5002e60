//! `portal.yaml`.

use super::record::{Field, Kind, Presence, Record, field, word};

/// `portal.yaml`: what holds for the whole portal.
pub(crate) static PORTAL: Record = Record {
    id: "portal",
    title: "全站设置",
    fields: &[
        field("title", Kind::Text, Presence::Required, "网站全名，显示在首页。", "示例省证书试点申报指南"),
        field(
            "short_title",
            Kind::Text,
            Presence::Optional,
            "简称，显示在每页的页头和窗口标题；不写就用全名。",
            "申报指南",
        ),
        field(
            "description",
            Kind::Text,
            Presence::Required,
            "一句话说明网站做什么，搜索引擎和分享时显示。",
            "把文件、办事指南和常见问题放在一处，逐条可查。",
        ),
        field(
            "base_url",
            Kind::Address,
            Presence::Optional,
            "发布后的完整网址；站点地图、订阅和分享图要用。不知道就不写。",
            "https://guide.example.cn/",
        ),
        field("checked", Kind::Date, Presence::Required, "全部文字最近一次与来源核对的日期。", "2025-03-01"),
        field(
            "disclaimer",
            Kind::Text,
            Presence::Required,
            "每一页都有的声明：不是官方网站，以哪里为准。",
            "本站不是官方网站，仅供参考；以主管部门发布的原文为准。",
        ),
        field(
            "check_disclaimer",
            Kind::Text,
            Presence::Required,
            "每份自查结果都带的声明。",
            "自查结果不代表审核结论。",
        ),
        field(
            "maintainer",
            Kind::Text,
            Presence::Optional,
            "维护者和联系方式，显示在页脚。",
            "示例职业学院教务处 010-00000000",
        ),
        OFFLINE,
        AUTHORING_GUIDE,
    ],
};

const OFFLINE: Field = field(
    "offline",
    Kind::Words(&[word("true", "可以，不写就是它"), word("false", "不可以；已经存下的，访客下次打开时清除")]),
    Presence::Optional,
    "访客的浏览器可不可以存下看过的页面，断网时再看。",
    "true",
);

const AUTHORING_GUIDE: Field = field(
    "authoring_guide",
    Kind::Words(&[word("true", "有，不写就是它"), word("false", "没有")]),
    Presence::Optional,
    "网站里有没有这份编写指南。",
    "true",
);
