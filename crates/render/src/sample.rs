//! A small portal for the tests of this crate.

use std::sync::Arc;

use content::{
    Certificate, CertificateCatalogue, CitedText, Clause, ClauseReference, Contact, Cover, CoverKind,
    DocumentReference, Expectation, FaqEntry, FaqTopic, Level, LinkGroup, LinkState, Material,
    PolicyDocument, PolicyLink, Portal, ProvincialGuide, Role, Scenario, Settings, Statement, Status, Step,
    Term, TextNote, Update, Window,
};
use rules::{
    Actor, Citation, Comparison, Condition, ConditionKind, DocumentRules, Effort, Fact, FactGroup, FactKind,
    Operand, Per, Ruleset, Say, Stage, Strength, Test,
};

/// The templates that a portal needs; one with many documents needs `policy_list.html` as well.
pub(crate) const TEMPLATES: [&str; 31] = [
    "home.html",
    "policies.html",
    "policy.html",
    "provinces.html",
    "province.html",
    "faq.html",
    "faq_topic.html",
    "links.html",
    "certificates.html",
    "batch.html",
    "calendar.html",
    "check.html",
    "conditions.html",
    "condition.html",
    "facts.html",
    "fact.html",
    "interpretations.html",
    "coverage.html",
    "coverage_document.html",
    "search.html",
    "glossary.html",
    "about.html",
    "authoring.html",
    "authoring_page.html",
    "compare.html",
    "updates.html",
    "site_map.html",
    "style.html",
    "accessibility.html",
    "404.html",
    "offline.html",
];

/// A clause without text.
pub(crate) fn clause(id: &str) -> Clause {
    Clause {
        id: id.into(),
        marker: String::new(),
        label: "一".into(),
        depth: 1,
        heading: false,
        title: String::new(),
        path: Vec::new(),
        title_html: String::new(),
        html: String::new(),
        text: String::new(),
        table_text: String::new(),
    }
}

/// A reference to the sample's first clause.
pub(crate) fn reference() -> ClauseReference {
    ClauseReference {
        document: "sx-2024".into(),
        document_title: "陕西 2024 年通知".into(),
        clause: "s1".into(),
        label: "一".into(),
        url: "policies/sx-2024/#s1".into(),
    }
}

/// A citation of the sample's numbered clause.
pub(crate) fn citation() -> Citation {
    Citation {
        document: "sx-2024".into(),
        clause: "s1-1".into(),
        clause_label: "一·1".into(),
        lead_in: String::new(),
        quote: "开设拟参与试点证书对应的专业（方向）".into(),
        url: "policies/sx-2024/#s1-1".into(),
    }
}

/// The same with so many documents: of the nation and a province, of three years, some without a date, of two kinds and of
/// none.
pub(crate) fn portal_of(count: usize) -> Portal {
    let mut portal = portal();
    let first = portal.policies[0].clone();
    portal.policies = (0..count)
        .map(|number| {
            let mut document = first.clone();
            let year = 2022 + i32::try_from(number % 3).unwrap_or_default();
            if number > 0 {
                document.id = format!("document-{number}");
                document.url = format!("policies/{}/", document.id);
            }
            document.year = year;
            document.issued =
                (number % 7 != 0).then(|| rules::Date::new(year, 1 + number as u32 % 12, 3)).flatten();
            document.title = match number % 10 {
                0..6 => format!("关于第 {number} 件事的通知"),
                6..9 => format!("第 {number} 件事的办法（试行）"),
                _ => format!("第 {number} 件事"),
            };
            document.short_title = document.title.clone();
            if number % 4 == 0 {
                (document.level, document.province, document.province_name) =
                    (Level::National, String::new(), "国家".into());
            }
            document
        })
        .collect();
    portal
}

/// One document of two clauses, one condition, one window, one question, one guide, one
/// scenario, one statement.
pub(crate) fn portal() -> Portal {
    let day = |text: &str| text.parse().ok();
    Portal {
        settings: Settings {
            title: "1+X 证书申报指南".into(),
            short_title: "指南".into(),
            description: "说明".into(),
            base_url: "https://example.cn/guide/".into(),
            checked: rules::Date::from_days(20_000),
            disclaimer: "本站不是官方网站。".into(),
            check_disclaimer: "自查结果不代表审核结论。".into(),
            maintainer: String::new(),
            offline: true,
            authoring_guide: true,
            about_html: "<p>关于</p>".into(),
        },
        policies: vec![PolicyDocument {
            id: "sx-2024".into(),
            url: "policies/sx-2024/".into(),
            title: "关于做好申报工作的通知".into(),
            short_title: "陕西 2024 年通知".into(),
            number: "项目办函〔2024〕2 号".into(),
            issuer: "项目办公室".into(),
            issued: day("2024-09-04"),
            issued_note: String::new(),
            level: Level::Provincial,
            province: "SX".into(),
            province_name: "陕西省".into(),
            year: 2024,
            status: Status::Current,
            status_note: String::new(),
            source: "000.txt".into(),
            source_url: String::new(),
            summary: "申报通知。".into(),
            attachments: Vec::new(),
            notes: vec![TextNote {
                number: 1,
                cite: reference(),
                quote: "条件".into(),
                note: "存疑。".into(),
            }],
            clauses: Arc::new(vec![
                Arc::new(Clause {
                    heading: true,
                    title: "一、条件".into(),
                    title_html: "一、条件".into(),
                    ..clause("s1")
                }),
                Arc::new(Clause {
                    depth: 2,
                    label: "一·1".into(),
                    html: "<p>1.开设专业</p>".into(),
                    ..clause("s1-1")
                }),
            ]),
        }],
        guides: vec![guide()],
        faq: vec![FaqTopic {
            id: "account".into(),
            url: "faq/account/".into(),
            title: "账号".into(),
            entries: vec![question()],
        }],
        link_groups: vec![links()],
        certificates: certificates(),
        glossary: vec![term()],
        updates: vec![update()],
        synonyms: Vec::new(),
        ruleset: ruleset(),
        scenarios: vec![scenario()],
        statements: vec![statement()],
        windows: vec![Window {
            condition: "sx-2024/major".into(),
            title: "申报时间".into(),
            province: "SX".into(),
            province_name: "陕西省".into(),
            actor: Actor::School,
            opens: day("2024-09-04"),
            closes: day("2024-10-07"),
            archived: false,
            citation: citation(),
        }],
    }
}

fn scenario() -> Scenario {
    let mut declaration = rules::Declaration::default();
    let mut line = rules::Answers::default();
    line.set(0, Some(1));
    declaration.lines.push(line);
    let expect =
        vec![Expectation { condition: "sx-2024/major".into(), line: None, verdict: rules::Verdict::Met }];
    let document = "sx-2024".to_owned();
    Scenario { name: "开设了专业".into(), document, declaration, answers: Vec::new(), expect }
}

fn statement() -> Statement {
    Statement {
        id: "S01".into(),
        document: "sx-2024".into(),
        title: "开设对应专业".into(),
        cite: reference(),
        quote: "条件".into(),
        asked_as: Vec::new(),
        information: String::new(),
        covered_by: vec![Cover {
            kind: CoverKind::Condition,
            title: "开设对应专业".into(),
            url: "check/conditions/sx-2024/major/".into(),
        }],
    }
}

fn guide() -> ProvincialGuide {
    ProvincialGuide {
        id: "sx".into(),
        url: "provinces/sx/".into(),
        code: "SX".into(),
        name: "陕西省".into(),
        short_name: "陕西".into(),
        authority: "省教育厅".into(),
        summary: "陕西省的申报。".into(),
        intro_html: String::new(),
        documents: vec![DocumentReference {
            id: "sx-2024".into(),
            title: "陕西 2024 年通知".into(),
            url: "policies/sx-2024/".into(),
        }],
        materials: vec![Material {
            id: "plan".into(),
            name: "《试点工作方案》".into(),
            prepared_by: "院校".into(),
            when: "申报时".into(),
            form: "盖章上传".into(),
            fields: vec!["负责人".into()],
            cite: reference(),
            quote: String::new(),
        }],
        steps: ["院校", "市教育局"].map(step).into(),
        roles: vec![Role {
            actor: "省教育厅".into(),
            does: "审核".into(),
            cite: reference(),
            quote: String::new(),
        }],
        fees: vec![cited("考核费用由院校支付。")],
        timing: vec![cited("十个工作日。")],
        duties: vec![cited("转换学分。")],
        contacts: vec![Contact {
            id: "office".into(),
            name: "项目办".into(),
            purpose: "密码".into(),
            people: vec!["张老师".into()],
            phones: vec!["029-00000000".into()],
            emails: vec!["office@example.cn".into()],
            groups: vec!["QQ 群 1".into()],
            address: "西安市".into(),
            website: "https://example.cn/".into(),
            cite: reference(),
        }],
    }
}

fn step(actor: &str) -> Step {
    Step {
        id: format!("step-{}", actor.len()),
        title: "办理".into(),
        actor: actor.into(),
        text: "办理事项。".into(),
        cite: reference(),
        quote: "原文".into(),
    }
}

fn cited(text: &str) -> CitedText {
    CitedText { text: text.into(), cite: reference(), quote: "原文".into() }
}

fn links() -> LinkGroup {
    let states = [LinkState::Printed, LinkState::Mended, LinkState::Shared, LinkState::Missing];
    LinkGroup {
        id: "national".into(),
        title: "国家有关文件".into(),
        cite: reference(),
        source: "000.txt".into(),
        province: String::new(),
        year: 2024,
        links: states
            .into_iter()
            .zip(1..)
            .map(|(state, row)| PolicyLink {
                id: format!("n{row:02}"),
                page_url: format!("links/#n{row:02}"),
                row,
                title: "方案".into(),
                number: String::new(),
                issuer: String::new(),
                issued: None,
                url: if state == LinkState::Missing { String::new() } else { "https://example.cn/a".into() },
                state,
                note: String::new(),
            })
            .collect(),
    }
}

fn certificates() -> CertificateCatalogue {
    let certificate = |number: usize, batch: &str| Certificate {
        id: format!("c{number}"),
        name: "智能财税".into(),
        batch: batch.into(),
        organisation: String::new(),
        levels: vec!["初级".into(), "中级".into()],
        source: "通知".into(),
        as_of: "2019-09-11".parse().ok(),
    };
    CertificateCatalogue {
        as_of: "2026-11-01".parse().ok(),
        total: 447,
        note: "不完整。".into(),
        certificates: vec![certificate(1, "2"), certificate(2, "")],
    }
}

fn term() -> Term {
    Term {
        id: "credit-bank".into(),
        term: "学分银行".into(),
        also: vec!["国家学分银行".into()],
        meaning_html: "<p>存储学习成果。</p>".into(),
        meaning: "存储学习成果。".into(),
        cite: Some(reference()),
    }
}

fn update() -> Update {
    Update {
        id: "first".into(),
        page_url: "updates/#first".into(),
        date: rules::Date::from_days(20_000),
        title: "收录 <陕西> & 安徽".into(),
        text_html: "<p>收录陕西通知。</p>".into(),
        text: "收录陕西通知。".into(),
    }
}

fn question() -> FaqEntry {
    FaqEntry {
        id: "password".into(),
        url: "faq/account/#password".into(),
        question: "忘记密码怎么办？".into(),
        number: String::new(),
        asked_as: Vec::new(),
        province: String::new(),
        province_name: "全国".into(),
        year: 2024,
        answer_html: "<p>联系老师。</p>".into(),
        text: "忘记密码怎么办？联系老师。".into(),
        sources: vec![reference()],
        source: "000.txt".into(),
        quoted: Vec::new(),
        verbatim: false,
    }
}

fn ruleset() -> Ruleset {
    Ruleset {
        groups: vec![FactGroup { id: "school".into(), label: "学校条件".into() }],
        facts: vec![Fact {
            id: "major_match".into(),
            label: "开设对应专业".into(),
            question: "是否开设对应专业？".into(),
            help: String::new(),
            group: "school".into(),
            order: 1,
            per: Per::Line,
            kind: FactKind::Boolean,
            unit: String::new(),
            effort: Effort::Known,
            changeable: rules::Changeable::Slow,
        }],
        documents: vec![DocumentRules {
            document: "sx-2024".into(),
            title: "陕西 2024 年通知".into(),
            url: "policies/sx-2024/".into(),
            archived: false,
            scope: Test::ALWAYS,
            conditions: vec![Condition {
                id: "sx-2024/major".into(),
                title: "开设对应专业".into(),
                kind: ConditionKind::Condition,
                strength: Strength::Must,
                actor: Actor::School,
                stage: Stage::Before,
                per: Per::Line,
                when: Test::ALWAYS,
                require: Test::Compare { fact: 0, comparison: Comparison::Is(Operand::Value(1)) },
                citation: citation(),
                say: Say::default(),
                boundary_unclear: false,
                interpretation: false,
                year_from_issue: false,
            }],
        }],
    }
}
