//! A small rule set for the tests of this crate.

use rules::*;

fn ruleset() -> Ruleset {
    let fact = |id: &str, label: &str, per, unit: &str, kind| Fact {
        id: id.to_owned(),
        label: label.to_owned(),
        question: format!("{label}？"),
        help: String::new(),
        group: "school".to_owned(),
        order: 0,
        per,
        kind,
        unit: unit.to_owned(),
        effort: Effort::Known,
        changeable: Changeable::Yes,
    };
    let choice = |options: &[(&str, &str)]| FactKind::Choice {
        options: options
            .iter()
            .map(|(id, label)| Choice { id: (*id).into(), label: (*label).into() })
            .collect(),
    };
    let count = |min, max| FactKind::Integer { min, max };
    let is = |fact, value| Test::Compare { fact, comparison: Comparison::Is(Operand::Value(value)) };
    let at_least = |fact, operand| Test::Compare { fact, comparison: Comparison::AtLeast(operand) };
    let condition = |id: &str, title: &str, per, require| Condition {
        id: format!("ah/{id}"),
        title: title.to_owned(),
        kind: ConditionKind::Condition,
        strength: Strength::Must,
        actor: Actor::School,
        stage: Stage::Before,
        per,
        when: Test::ALWAYS,
        require,
        citation: Citation { document: "ah".into(), quote: "=原文".into(), ..Citation::default() },
        say: Say::default(),
        boundary_unclear: false,
        interpretation: false,
        year_from_issue: false,
    };
    let (school, line) = (Per::School, Per::Line);
    Ruleset {
        groups: vec![FactGroup { id: "school".into(), label: "学校".into() }],
        facts: vec![
            fact("province", "所在省份", school, "", choice(&[("AH", "安徽"), ("SX", "陕西")])),
            fact("submit_date", "计划提交日期", school, "", FactKind::Date),
            fact("budget", "经费列入预算", school, "", FactKind::Boolean),
            fact("team_total", "团队人数", school, "人", count(0, 2000)),
            fact("dual_teachers", "“双师型”教师人数", school, "人", count(0, 2000)),
            fact("dual_share", "“双师型”教师占比", school, "", FactKind::Ratio { part: 4, whole: 3 }),
            fact("good_share", "优秀率", school, "", FactKind::Percent),
            fact("certificate", "证书名称", line, "", choice(&[("web", "Web前端"), ("car", "汽车运用")])),
            fact("planned", "计划人数", line, "人", count(0, 20_000)),
            fact("min_examinees", "开考最低人数", line, "人", count(1, 1000)),
            fact("remark", "备注", line, "", FactKind::Text),
        ],
        documents: vec![DocumentRules {
            document: "ah".into(),
            title: "安徽通知".into(),
            url: "policies/ah/".into(),
            archived: false,
            scope: is(0, 0),
            conditions: vec![
                condition("budget", "经费列入预算", school, is(2, 1)),
                condition("enough", "计划人数不少于开考最低人数", line, at_least(8, Operand::Fact(9))),
            ],
        }],
    }
}

/// Facts of every type, one condition of the school and one of the line.
pub(crate) fn program() -> Program {
    Program::new(&ruleset()).expect("a sound rule set")
}
