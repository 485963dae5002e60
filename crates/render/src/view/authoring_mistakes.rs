//! What authors get wrong most often, with what to write instead; the tests make each mistake in the example.

/// A mistake in a file of the example.
#[derive(Debug)]
pub(crate) struct Mistake {
    /// The file, of which only the tests make use.
    #[cfg_attr(not(test), allow(dead_code, reason = "the tests make the mistake there"))]
    pub(crate) file: &'static str,
    /// What stands in it.
    #[cfg_attr(not(test), allow(dead_code, reason = "the tests make the mistake there"))]
    pub(crate) original: &'static str,
    /// What is written wrongly instead.
    pub(crate) wrong: &'static str,
    /// What is right instead.
    pub(crate) right: &'static str,
    /// Code of the problem that is reported; empty where none can be.
    pub(crate) code: &'static str,
    /// What happens and why.
    pub(crate) why: &'static str,
}

const fn mistake(
    file: &'static str,
    original: &'static str,
    wrong: &'static str,
    right: &'static str,
    code: &'static str,
    why: &'static str,
) -> Mistake {
    Mistake { file, original, wrong, right, code, why }
}

/// Traps of YAML.
pub(crate) static TRAPS: [Mistake; 9] = [
    mistake(
        "portal.yaml",
        "short_title: 申报指南",
        "short_title：申报指南",
        "short_title: 申报指南",
        "yaml-syntax",
        "冒号要用半角的 `:`，后面空一格。",
    ),
    mistake(
        "portal.yaml",
        "short_title: 申报指南",
        "short_title:申报指南",
        "short_title: 申报指南",
        "yaml-syntax",
        "冒号后面要空一格。",
    ),
    mistake(
        "provinces/ex/steps.yaml",
        "  title: 在平台提交",
        "\ttitle: 在平台提交",
        "  title: 在平台提交",
        "yaml-syntax",
        "缩进只能用空格，不能用 Tab；同一层的各项对齐。",
    ),
    mistake(
        "updates.yaml",
        "title: 收录示例省通知",
        "title: 收录: 示例省通知",
        "title: \"收录: 示例省通知\"",
        "yaml-syntax",
        "值里有半角冒号加空格时，用半角双引号把整个值括起来；全角冒号不用。",
    ),
    mistake(
        "updates.yaml",
        "title: 收录示例省通知",
        "title: 收录 #1 通知",
        "title: \"收录 #1 通知\"",
        "",
        "空格加 `#` 的后面是注释，不会显示，也不会报错；要用引号括起来。",
    ),
    mistake(
        "updates.yaml",
        "title: 收录示例省通知",
        "title: [示例省]通知",
        "title: \"[示例省]通知\"",
        "yaml-syntax",
        "以 `[`、`{`、`*`、`&`、`!`、`%`、`@` 和半角引号开头的值，用引号括起来；“【”“《”“‘”这些全角的不用。",
    ),
    mistake(
        "provinces/ex/steps.yaml",
        "covers: [E09]",
        "covers: [E09，E10]",
        "covers: [E09, E10]",
        "unknown-reference",
        "列表里要用半角逗号，全角逗号会把两项连成一项。",
    ),
    mistake(
        "portal.yaml",
        "checked: 2025-03-01",
        "checked: 2025-3-1",
        "checked: 2025-03-01",
        "invalid-date",
        "日期写四位年、两位月、两位日，用 `-` 连接；“2025年3月1日”“2025/3/1”都不行。",
    ),
    mistake(
        "portal.yaml",
        "short_title: 申报指南",
        "short_title: 申报指南\nshort_title: 指南",
        "short_title: 申报指南",
        "yaml-syntax",
        "同一处不能写两次同名的项。",
    ),
];

/// Mistakes of content.
pub(crate) static SLIPS: [Mistake; 7] = [
    mistake(
        "policies/ex-2025.md",
        "number: 示教职",
        "nubmer: 示教职",
        "number: 示教职",
        "unknown-field",
        "项的名称拼错了，或者写在了别处；按提示改正。",
    ),
    mistake(
        "portal.yaml",
        "checked: 2025-03-01\n",
        "# checked: 2025-03-01\n",
        "checked: 2025-03-01\n",
        "missing-field",
        "缺少必填的项，补上。",
    ),
    mistake(
        "policies/ex-2025.md",
        "level: provincial",
        "level: province",
        "level: provincial",
        "unknown-choice",
        "只能写表里列出的词。",
    ),
    mistake(
        "provinces/ex/fees.yaml",
        "cite: ex-2025#s3-1",
        "cite: ex-2025#s3-9",
        "cite: ex-2025#s3-1",
        "unknown-reference",
        "没有这一条、这份文件或这个编号；打开文件的网页，点条款旁的“¶”复制正确的地址。",
    ),
    mistake(
        "provinces/ex/fees.yaml",
        "quote: 申报不收费",
        "quote: 申报不收取费用",
        "quote: 申报不收费",
        "quote-not-in-clause",
        "引文和原文不一样，或者不在这一条里；从原文逐字复制，注意全角与半角。",
    ),
    mistake(
        "provinces/ex/contacts.yaml",
        "covers: [E14]",
        "# covers: [E14]",
        "covers: [E14]",
        "unaccounted-statement",
        "原文的这项内容还没有谁交代；在有关的条件、指南、问答里用 `covers` 指明，或者用 `information` 说明只是信息。",
    ),
    mistake(
        "check/ex-2025/scenarios.yaml",
        "ex-2025/work-plan: met",
        "ex-2025/work-plan: not_met",
        "ex-2025/work-plan: met",
        "scenario-fails",
        "场景应得的结论和算出来的不同：条件写错了，还是场景写错了，对照原文看。",
    ),
];

/// Links that may stand in a text, with where they lead.
pub(crate) static LINKS: [(&str, &str); 9] = [
    ("policy:ex-2025", "政策文件"),
    ("policy:ex-2025#s2-1", "政策文件的一条"),
    ("guide:ex", "一个省的办事指南，写文件夹的名称"),
    ("faq:no-major", "一条问答，写文件的名称"),
    ("term:dual-qualified", "一个术语"),
    ("link:n01", "一行政策链接"),
    ("condition:ex-2025/min-planned", "自查的一个条件"),
    (
        "page:check",
        "本站的一个栏目：home、policies、provinces、faq、check、calendar、certificates、links、glossary、search、about、updates、compare、site-map、accessibility",
    ),
    ("https://www.example.cn/", "别的网站"),
];

/// Clauses of the example: how the text begins, the anchor, how it is called.
pub(crate) static CLAUSES: [(&str, &str, &str); 6] = [
    ("## 一、申报时间", "s1", "一"),
    ("## 二、申报条件", "s2", "二"),
    ("1.开设与证书对应的专业。", "s2-1", "二·1"),
    ("（一）院校登陆平台填写计划", "s3-1", "三（一）"),
    ("示教职〔2025〕1 号 {#letterhead}", "letterhead", "示教职〔2025〕1 号"),
    ("联系人：张老师，电话 010-00000000，邮箱 zs@example.cn。 {#contact}", "contact", "联系人：张老师"),
];

#[cfg(test)]
mod tests {
    use content::format::EXAMPLE;
    use content::{Compiled, Portal, Sources};

    use super::*;

    /// The example with one text in place of another.
    fn compiled(file: &str, original: &str, instead: &str) -> Compiled {
        let files = EXAMPLE.iter().map(|(path, text)| {
            let text = if *path == file {
                assert_eq!(text.matches(original).count(), 1, "{original} stands once in {file}");
                text.replace(original, instead)
            } else {
                (*text).to_owned()
            };
            ((*path).to_owned(), text.into_bytes())
        });
        content::compile(&Sources::decode(files).0)
    }

    fn sound(file: &str, original: &str, instead: &str) -> Portal {
        let compiled = compiled(file, original, instead);
        assert!(compiled.diagnostics.is_empty(), "{instead}: {:#?}", compiled.diagnostics);
        compiled.portal.expect("a portal without problems")
    }

    #[test]
    fn each_mistake_is_reported_as_it_says_and_what_is_right_is_not() {
        for Mistake { file, original, wrong, right, code, .. } in TRAPS.iter().chain(&SLIPS) {
            let right = sound(file, original, right);
            let wrong_one = compiled(file, original, wrong);
            let codes: Vec<&str> = wrong_one.diagnostics.iter().map(content::Diagnostic::code).collect();
            if code.is_empty() {
                let wrong_one = wrong_one.portal.expect("nothing is reported");
                assert_ne!(wrong_one.updates, right.updates, "{wrong}");
            } else {
                assert!(codes.contains(code), "{wrong}: {codes:?}");
            }
        }
    }

    #[test]
    fn words_of_yaml_and_leading_zeros_stay_as_they_are_written() {
        for text in ["no", "061001", "1.50"] {
            let portal = sound("certificates.yaml", "batch: \"1\"", &format!("batch: {text}"));
            assert_eq!(portal.certificates.certificates[0].batch, text);
        }
    }

    #[test]
    fn each_link_leads_somewhere() {
        let pages = LINKS.iter().filter(|(address, _)| address.starts_with("page:"));
        let pages =
            pages.filter_map(|(_, leads)| leads.split_once('：')).flat_map(|(_, names)| names.split('、'));
        let pages = pages.map(|name| format!("page:{name}"));
        let all: Vec<String> = LINKS.iter().map(|(address, _)| (*address).to_owned()).chain(pages).collect();
        let links: String = all.iter().map(|address| format!("[到](<{address}>)\n\n")).collect();
        let portal = sound("about.md", "本站收录", &links);
        assert_eq!(portal.settings.about_html.matches("<a ").count(), all.len() + 1);
        assert!(all.len() > 20);
    }

    #[test]
    fn clauses_have_the_addresses_that_are_told() {
        let (_, text) = EXAMPLE.iter().find(|(path, _)| path.ends_with("ex-2025.md")).expect("it is there");
        let portal = sound("portal.yaml", "title: 示例省证书", "title: 示例省证书");
        for (begins, anchor, label) in CLAUSES {
            assert!(text.lines().any(|line| line.starts_with(begins)), "{begins}");
            let clause = portal.policies[0].clauses.iter().find(|clause| clause.id == anchor);
            let clause = clause.unwrap_or_else(|| panic!("{anchor}"));
            assert!(clause.label.starts_with(label), "{anchor}: {}", clause.label);
        }
    }
}
