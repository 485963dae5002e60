//! Findings as plain text, for tests that hold the browser and native code to the same verdicts.

use rules::{Program, decimal, explain};

/// One line per finding; see [`crate::verdicts`].
pub(crate) fn verdicts(program: &Program, fragment: &str) -> String {
    let plan = rules::parse_fragment(program, fragment).declaration;
    let mut text = String::new();
    for finding in rules::check(program, &plan) {
        let line = finding.line.map_or_else(|| "-1".to_owned(), |line| decimal(line as u32));
        for part in [program.condition_id(finding.document, finding.condition), &line, finding.verdict.id()] {
            text.push_str(part);
            text.push('\t');
        }
        for (index, fact) in finding.missing.iter().enumerate() {
            text.push_str(if index > 0 { "," } else { "" });
            text.push_str(program.fact_id(*fact));
        }
        text.push('\t');
        text.push_str(&explain(program, &plan, &finding));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use rules::{
        Actor, Changeable, Citation, Comparison, Condition, ConditionKind, DocumentRules, Effort, Fact,
        FactKind, Operand, Per, Ruleset, Say, Stage, Strength, Test,
    };

    use super::*;

    fn program() -> Program {
        let fact = |id: &str, label: &str, per, kind| Fact {
            id: id.into(),
            label: label.into(),
            question: String::new(),
            help: String::new(),
            group: String::new(),
            order: 0,
            per,
            kind,
            unit: "人".into(),
            effort: Effort::Known,
            changeable: Changeable::Yes,
        };
        let enough = Comparison::AtLeast(Operand::Value(30));
        let condition = Condition {
            id: "ah/enough".into(),
            title: "人数".into(),
            kind: ConditionKind::Threshold,
            strength: Strength::Must,
            actor: Actor::School,
            stage: Stage::Before,
            per: Per::Line,
            when: Test::ALWAYS,
            require: Test::Compare { fact: 1, comparison: enough },
            citation: Citation::default(),
            say: Say::default(),
            boundary_unclear: false,
            interpretation: false,
            year_from_issue: false,
        };
        let document = DocumentRules {
            document: "ah".into(),
            title: "通知".into(),
            url: String::new(),
            archived: false,
            scope: Test::Compare { fact: 0, comparison: Comparison::Is(Operand::Value(1)) },
            conditions: vec![condition],
        };
        let facts = vec![
            fact("registered", "已注册", Per::School, FactKind::Boolean),
            fact("planned", "计划人数", Per::Line, FactKind::Integer { min: 0, max: 100 }),
        ];
        Program::new(&Ruleset { groups: Vec::new(), facts, documents: vec![document] }).expect("sound")
    }

    #[test]
    fn a_line_for_each_finding() {
        let program = program();
        assert_eq!(
            verdicts(&program, "#registered=yes&l1.planned=28&l2.planned=101&l3.planned="),
            "ah/enough\t0\tnot_met\t\t要求：计划人数不少于 30 人；填报：28 人\n\
             ah/enough\t1\tmet\t\t要求：计划人数不少于 30 人；填报：101 人\n\
             ah/enough\t2\tunknown\tplanned\t还需填写：计划人数\n"
        );
        assert_eq!(
            verdicts(&program, "#registered=no"),
            "ah/enough\t-1\tnot_applicable\t\t因“已注册”为否，不适用\n"
        );
    }
}
