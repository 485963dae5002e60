//! A small rule set for the tests of this crate, with every type of fact.

use crate::*;

pub(crate) const PROVINCE: usize = 0;
pub(crate) const DAY: usize = 1;
pub(crate) const BUDGET: usize = 2;
pub(crate) const TEAM: usize = 3;
pub(crate) const DUAL: usize = 4;
pub(crate) const DUAL_SHARE: usize = 5;
pub(crate) const PLANNED: usize = 6;
pub(crate) const LEAST: usize = 7;
pub(crate) const FACILITIES: usize = 8;
pub(crate) const GOOD_SHARE: usize = 9;
pub(crate) const MEETING: usize = 10;
pub(crate) const LINES: usize = 11;
pub(crate) const PLANNED_SUM: usize = 12;
pub(crate) const KINDS: usize = 13;

pub(crate) fn day(text: &str) -> i32 {
    text.parse::<Date>().expect("a day").days()
}

pub(crate) fn ruleset(conditions: Vec<Condition>) -> Ruleset {
    let fact = |id: &str, label: &str, per, unit: &str, kind, changeable| Fact {
        id: id.to_owned(),
        label: label.to_owned(),
        question: format!("{label}？"),
        help: String::new(),
        group: if per == Per::Line { "line" } else { "school" }.to_owned(),
        order: 0,
        per,
        kind,
        unit: unit.to_owned(),
        effort: Effort::Known,
        changeable,
    };
    let choice = |options: &[(&str, &str)]| FactKind::Choice {
        options: options
            .iter()
            .map(|(id, label)| Choice { id: (*id).into(), label: (*label).into() })
            .collect(),
    };
    let total = FactKind::Total;
    let count = |min, max| FactKind::Integer { min, max };
    let (school, line) = (Per::School, Per::Line);
    let provinces = choice(&[("AH", "安徽"), ("SX", "陕西")]);
    let facilities = choice(&[("own", "自有"), ("rented", "租用"), ("none", "尚不具备")]);
    Ruleset {
        groups: [("school", "学校"), ("line", "证书")]
            .map(|(id, label)| FactGroup { id: id.into(), label: label.into() })
            .into(),
        facts: vec![
            fact("province", "所在省份", school, "", provinces, Changeable::No),
            fact("submit_date", "计划提交日期", school, "", FactKind::Date, Changeable::Yes),
            fact("budget", "经费列入预算", school, "", FactKind::Boolean, Changeable::Yes),
            fact("team_total", "团队人数", school, "人", count(0, 2000), Changeable::No),
            fact("dual_teachers", "“双师型”教师人数", school, "人", count(0, 2000), Changeable::Slow),
            fact(
                "dual_share",
                "“双师型”教师占比",
                school,
                "",
                FactKind::Ratio { part: 4, whole: 3 },
                Changeable::No,
            ),
            fact("planned", "计划人数", line, "人", count(0, 20_000), Changeable::Yes),
            fact("min_examinees", "开考最低人数", line, "人", count(1, 1000), Changeable::No),
            fact("facilities", "实训设施", line, "", facilities, Changeable::Yes),
            fact("good_share", "优秀率", school, "", FactKind::Percent, Changeable::Yes),
            fact("meeting", "校长办公会研究", school, "", FactKind::Boolean, Changeable::Yes),
            fact("lines", "证书个数", school, "个", total(Total::Lines), Changeable::Yes),
            fact("planned_sum", "计划总人数", school, "人", total(Total::Sum(6)), Changeable::Yes),
            fact("kinds", "不同组合个数", school, "", total(Total::Distinct(vec![8, 7])), Changeable::Yes),
        ],
        documents: vec![DocumentRules {
            document: "ah".into(),
            title: "安徽通知".into(),
            url: "policies/ah/".into(),
            archived: false,
            scope: is(PROVINCE, 0),
            conditions,
        }],
    }
}

pub(crate) fn condition(per: Per, require: Test) -> Condition {
    Condition {
        id: "ah/one".into(),
        title: "条件一".into(),
        kind: ConditionKind::Condition,
        strength: Strength::Must,
        actor: Actor::School,
        stage: Stage::Before,
        per,
        when: Test::ALWAYS,
        require,
        citation: Citation::default(),
        say: Say::default(),
        boundary_unclear: false,
        interpretation: false,
        year_from_issue: false,
    }
}

pub(crate) fn compare(fact: usize, comparison: Comparison) -> Test {
    Test::Compare { fact, comparison }
}

pub(crate) fn is(fact: usize, value: i32) -> Test {
    compare(fact, Comparison::Is(Operand::Value(value)))
}

/// A program with this one condition.
pub(crate) fn program(condition: Condition) -> Program {
    Program::new(&ruleset(vec![condition])).expect("a sound rule set")
}

pub(crate) fn plan(school: &[(usize, i32)], lines: &[&[(usize, i32)]]) -> Declaration {
    let answers = |given: &[(usize, i32)]| {
        let mut answers = Answers::default();
        given.iter().for_each(|(fact, answer)| answers.set(*fact, Some(*answer)));
        answers
    };
    Declaration {
        name: String::new(),
        school: answers(school),
        lines: lines.iter().map(|line| answers(line)).collect(),
    }
}
