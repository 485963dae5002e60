//! What the page is told, as text: records of fields, so that nothing but strings crosses the border.

use rules::{Finding, Program, Truth, Verdict, decimal, explain, hints};

/// Between two fields.
const FIELD: char = '\u{1f}';
/// After each record.
const RECORD: char = '\u{1e}';

#[derive(Default)]
struct Records(String);

impl Records {
    /// Adds a record; control characters in what people typed are left out.
    fn add(&mut self, kind: &str, fields: &[&str]) {
        self.0.push_str(kind);
        for field in fields {
            self.0.push(FIELD);
            field.chars().filter(|one| *one >= ' ').for_each(|one| self.0.push(one));
        }
        self.0.push(RECORD);
    }
}

/// Everything about the declaration in a fragment:
///
/// | kind | fields |
/// |---|---|
/// | `address` | the declaration as a fragment |
/// | `lines` | how many lines it has |
/// | `answer` | key, value: every answer that was understood |
/// | `problem` | key, text: what was not understood, or cannot be right |
/// | `note` | text: that the fragment was written under other conditions |
/// | `count` | verdict, shape, text: one part of the summary |
/// | `remark` | text beside the summary |
/// | `document` | index, `yes` `no` or `unknown` as it applies, reason where it does not |
/// | `condition` | `document.condition`, worst verdict, shape, word |
/// | `finding` | name of the line or empty, verdict, shape, word, reason, hints…; belongs to the condition before it |
pub(crate) fn report(program: &Program, fragment: &str) -> String {
    let read = rules::parse_fragment(program, fragment);
    let plan = &read.declaration;
    let mut records = Records::default();
    records.add("address", &[&rules::to_fragment(program, plan)]);
    records.add("lines", &[&decimal(plan.lines.len() as u32)]);
    for (key, value) in rules::answers(program, plan) {
        records.add("answer", &[&key, &value]);
    }
    for problem in &read.problems {
        records.add("problem", &[&problem.key, &problem.text]);
    }
    for problem in rules::problems(program, plan) {
        records.add("problem", &[&program.answer_key(problem.fact, problem.line), &problem.text]);
    }
    if !read.hash.is_empty() && read.hash != program.hash() {
        records.add("note", &[program.other_conditions()]);
    }
    let findings = rules::check(program, plan);
    let summary = rules::summarize(program, plan, &findings);
    for (verdict, text) in summary.texts(program) {
        records.add("count", &[verdict.id(), program.verdict_shape(verdict), &text]);
    }
    records.add("remark", &[&summary.remark(program)]);
    for document in 0..program.document_count() {
        let (applies, facts) = rules::scope(program, plan, document);
        let (applies, reason) = match applies {
            Truth::True => ("yes", String::new()),
            Truth::Unknown => ("unknown", String::new()),
            Truth::False => ("no", rules::explain_scope(program, plan, &facts)),
        };
        records.add("document", &[&decimal(document as u32), applies, &reason]);
    }
    let mut rest = findings.as_slice();
    while let Some(first) = rest.first() {
        let same = |one: &&Finding| (one.document, one.condition) == (first.document, first.condition);
        let count = rest.iter().take_while(same).count();
        let (of, others) = rest.split_at(count);
        rest = others;
        let worst = of.iter().map(|one| one.verdict).max().unwrap_or(Verdict::Unknown);
        let key = decimal(first.document as u32) + "." + &decimal(first.condition as u32);
        records
            .add("condition", &[&key, worst.id(), program.verdict_shape(worst), program.verdict_word(worst)]);
        for finding in of {
            let line = finding.line.map(|line| program.line_name(line)).unwrap_or_default();
            let (shape, word) =
                (program.verdict_shape(finding.verdict), program.verdict_word(finding.verdict));
            let reason = explain(program, plan, finding);
            let hints = hints(program, plan, finding);
            let mut fields = vec![line.as_str(), finding.verdict.id(), shape, word, &reason];
            fields.extend(hints.iter().map(String::as_str));
            records.add("finding", &fields);
        }
    }
    records.0
}

/// One line per finding; see [`crate::verdicts`].
pub(crate) fn verdicts(program: &Program, fragment: &str) -> String {
    let plan = rules::parse_fragment(program, fragment).declaration;
    let mut text = String::new();
    for finding in rules::check(program, &plan) {
        text.push_str(program.condition_id(finding.document, finding.condition));
        text.push('\t');
        text.push_str(&finding.line.map_or_else(|| "-1".to_owned(), |line| decimal(line as u32)));
        text.push('\t');
        text.push_str(finding.verdict.id());
        text.push('\t');
        for (index, fact) in finding.missing.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
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

    fn readable(report: &str) -> Vec<String> {
        report.split_terminator(RECORD).map(|record| record.replace(FIELD, "|")).collect()
    }

    #[test]
    fn everything_the_page_shows_is_told() {
        let program = program();
        let fragment = "#v=1&r=0&registered=yes&l1.planned=28&l2.planned=101&bogus=%1e";
        assert_eq!(
            readable(&report(&program, fragment)),
            [
                &format!("address|#v=1&r={}&registered=yes&l1.planned=28&l2.planned=101", program.hash()),
                "lines|2",
                "answer|registered|yes",
                "answer|l1.planned|28",
                "answer|l2.planned|101",
                "problem|bogus|地址中的“bogus”不是本检查的问题，未采用",
                "problem|l2.planned|第 2 个证书：“计划人数”应在 0 人 至 100 人 之间",
                "note|这个网址是按另一版条件填写的，条件已有更新，请逐项核对。",
                "count|not_met|✗|不符合 1 项",
                "remark|",
                "document|0|yes|",
                "condition|0.0|not_met|✗|不符合",
                "finding|第 1 个证书|not_met|✗|不符合|要求：计划人数不少于 30 人；填报：28 人|“计划人数”再增加 2 人，达到 30 人",
                "finding|第 2 个证书|met|✓|符合|要求：计划人数不少于 30 人；填报：101 人",
            ]
        );
        assert_eq!(
            verdicts(&program, "#registered=no"),
            "ah/enough\t-1\tnot_applicable\t\t因“已注册”为否，不适用\n"
        );
    }

    #[test]
    fn control_characters_in_what_people_type_do_not_break_the_records() {
        let records = readable(&report(&program(), "#l1.planned=%1f%1e9"));
        assert!(
            records.contains(&"problem|l1.planned|“计划人数”填写的“9”不是有效的整数".to_owned()),
            "{records:?}"
        );
    }
}
