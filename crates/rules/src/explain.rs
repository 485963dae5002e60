//! The reason of a verdict as one Chinese sentence: the author's where there is one, otherwise what is required
//! beside what was answered.

use crate::check::{Judgement, Requirement, judge};
use crate::declaration::Declaration;
use crate::evaluate::Situation;
use crate::fact::Per;
use crate::phrases::Phrase;
use crate::program::{ConditionText, Program, Shape};
use crate::text::join;
use crate::truth::Truth;
use crate::verdict::{Finding, Verdict};

/// Why a finding has its verdict, as a Chinese sentence without a full stop.
pub fn explain(program: &Program, declaration: &Declaration, finding: &Finding) -> String {
    let situation = Situation::new(program, declaration, finding.line);
    let (Some(document), Some(condition)) =
        (program.documents.get(finding.document), program.condition(finding.document, finding.condition))
    else {
        return String::new();
    };
    let Judgement { applies, requirement, verdict } = judge(&situation, document.scope, condition);
    let reason = Reason { program, situation, finding };
    match (applies, requirement) {
        (Truth::False, _) => reason.not_applicable(),
        (Truth::Unknown, _) => {
            reason.behind_no_line(program.fill(Phrase::MissingForScope, &[&reason.missing()]))
        }
        (Truth::True, Requirement::Unknown) => {
            reason.behind_no_line(match reason.said(ConditionText::SayUnknown) {
                Some(sentence) => program.fill(Phrase::MissingBehind, &[&sentence, &reason.missing()]),
                None => program.fill(Phrase::Missing, &[&reason.missing()]),
            })
        }
        (Truth::True, Requirement::OnLastDay) => program.fill(Phrase::LastDay, &[&reason.stated()]),
        (Truth::True, Requirement::Met) => {
            let sentence = reason.said(ConditionText::SayMet).unwrap_or_else(|| reason.stated());
            if verdict == Verdict::Judge {
                program.fill(Phrase::SelfAssessed, &[&sentence])
            } else {
                sentence
            }
        }
        (Truth::True, Requirement::NotMet) => {
            let sentence = reason.said(ConditionText::SayNotMet).unwrap_or_else(|| reason.stated());
            let strength = program.texts.get(Phrase::StrengthMust as usize + condition.strength as usize);
            match verdict {
                Verdict::Judge => program.fill(Phrase::ExplainWhy, &[&sentence, strength]),
                Verdict::Advice if condition.interpretation => {
                    program.fill(Phrase::NotBindingReading, &[&sentence])
                }
                Verdict::Advice => program.fill(Phrase::NotBinding, &[&sentence, strength]),
                _ => sentence,
            }
        }
    }
}

/// Why a document does not apply: 因“所在省份”为陕西，不适用.
pub fn explain_scope(program: &Program, declaration: &Declaration, decided_by: &[usize]) -> String {
    let situation = Situation::new(program, declaration, None);
    not_applicable(program, &situation, decided_by)
}

fn not_applicable(program: &Program, situation: &Situation<'_>, decided_by: &[usize]) -> String {
    let facts: Vec<String> = decided_by
        .iter()
        .map(|fact| program.fill(Phrase::FactIs, &[&program.quoted(*fact), &situation.shown(*fact)]))
        .collect();
    program.fill(Phrase::NotApplicable, &[&join(&facts, program.phrase(Phrase::ListComma))])
}

struct Reason<'a> {
    program: &'a Program,
    situation: Situation<'a>,
    finding: &'a Finding,
}

impl Reason<'_> {
    /// The author's sentence, filled in; without a full stop of its own.
    fn said(&self, text: ConditionText) -> Option<String> {
        let sentence = self.program.condition_text(self.finding, text);
        let sentence = sentence.strip_suffix("。").unwrap_or(sentence);
        if sentence.is_empty() { None } else { Some(self.situation.fill_placeholders(sentence)) }
    }

    fn not_applicable(&self) -> String {
        not_applicable(self.program, &self.situation, &self.finding.decided_by)
    }

    /// 要求：…；填报：…
    fn stated(&self) -> String {
        let requirement = self.program.condition_text(self.finding, ConditionText::Requirement);
        let answers = match self.finding.decided_by.as_slice() {
            [] => return self.program.fill(Phrase::StatedAlone, &[requirement]),
            [fact] => self.situation.shown(*fact),
            facts => self.list(facts, |fact| {
                self.program
                    .fill(Phrase::FactAnswer, &[self.program.fact_label(fact), &self.situation.shown(fact)])
            }),
        };
        self.program.fill(Phrase::Stated, &[requirement, &answers])
    }

    /// The missing facts by name.
    fn missing(&self) -> String {
        self.list(&self.finding.missing, |fact| {
            let label = self.program.fact_label(fact);
            let is_whole = || {
                self.program
                    .facts
                    .iter()
                    .any(|one| matches!(one.shape, Shape::Ratio { whole, .. } if whole == fact))
            };
            // The whole of a share may be answered and still be missing, as it is 0.
            if self.situation.answer(fact).is_some_and(|count| count <= 0) && is_whole() {
                self.program.fill(Phrase::MissingNotZero, &[label])
            } else {
                label.to_owned()
            }
        })
    }

    /// The sentence, behind another where answers of lines are missing and there is no line.
    fn behind_no_line(&self, sentence: String) -> String {
        let is_of_line = |fact: &usize| self.program.fact_per(*fact) == Per::Line;
        if self.situation.lines.is_empty() && self.finding.missing.iter().any(is_of_line) {
            self.program.phrase(Phrase::NoLine).to_owned() + &sentence
        } else {
            sentence
        }
    }

    fn list(&self, facts: &[usize], name: impl Fn(usize) -> String) -> String {
        let names: Vec<String> = facts.iter().map(|fact| name(*fact)).collect();
        join(&names, self.program.phrase(Phrase::ListComma))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::{Comparison, Condition, ConditionKind, Operand, Say, Strength};
    use crate::fixture::*;

    fn reason(condition: Condition, declaration: &Declaration) -> String {
        let program = program(condition);
        explain(&program, declaration, &crate::check(&program, declaration)[0])
    }

    #[test]
    fn a_reason_for_every_way_to_a_verdict() {
        let enough = || compare(PLANNED, Comparison::AtLeast(Operand::Fact(LEAST)));
        let line = |given: &[(usize, i32)]| plan(&[(PROVINCE, 0)], &[given]);
        let by_line = || condition(Per::Line, enough());
        assert_eq!(reason(by_line(), &plan(&[(PROVINCE, 1)], &[])), "因“所在省份”为陕西，不适用");
        assert_eq!(reason(by_line(), &plan(&[], &[])), "还需填写：所在省份，才能判断是否适用");
        assert_eq!(
            reason(by_line(), &plan(&[(PROVINCE, 0)], &[])),
            "请先添加拟申报的证书。还需填写：计划人数、开考最低人数"
        );
        assert_eq!(reason(by_line(), &line(&[(PLANNED, 3)])), "还需填写：开考最低人数");
        assert_eq!(
            reason(by_line(), &line(&[(PLANNED, 29), (LEAST, 30)])),
            "要求：计划人数不少于开考最低人数；填报：计划人数 29 人、开考最低人数 30 人"
        );
        let says = |sentence: &str| Say {
            met: format!("{sentence}。"),
            not_met: sentence.to_owned(),
            unknown: "向培训评价组织询问".into(),
        };
        let said = || Condition { say: says("计划 「计划人数」"), ..by_line() };
        assert_eq!(reason(said(), &line(&[(PLANNED, 29), (LEAST, 30)])), "计划 29 人");
        assert_eq!(reason(said(), &line(&[(PLANNED, 31), (LEAST, 30)])), "计划 31 人");
        assert_eq!(reason(said(), &line(&[(PLANNED, 29)])), "向培训评价组织询问（还需填写：开考最低人数）");
    }

    #[test]
    fn soft_requirements_say_how_soft() {
        let with = |kind, strength| Condition { kind, strength, ..condition(Per::School, is(BUDGET, 1)) };
        let answered = |budget| plan(&[(PROVINCE, 0), (BUDGET, budget)], &[]);
        assert_eq!(
            reason(with(ConditionKind::Condition, Strength::InPrinciple), &answered(0)),
            "要求：经费列入预算为“是”；填报：否。原文的要求为“原则上”，不满足时需说明理由，由审核判断"
        );
        assert_eq!(
            reason(with(ConditionKind::Advice, Strength::Advice), &answered(0)),
            "要求：经费列入预算为“是”；填报：否。原文的要求为“建议”，不影响申报"
        );
        let reading = Condition { interpretation: true, ..with(ConditionKind::Advice, Strength::Advice) };
        assert_eq!(
            reason(reading, &answered(0)),
            "要求：经费列入预算为“是”；填报：否。这是据原文整理的提示，不影响申报"
        );
        assert_eq!(
            reason(with(ConditionKind::Judgement, Strength::Must), &answered(1)),
            "自评符合，以审核为准。要求：经费列入预算为“是”；填报：是"
        );
    }

    #[test]
    fn a_share_of_nothing_says_so() {
        let half = compare(DUAL_SHARE, Comparison::AtLeast(Operand::Value(5000)));
        let none = plan(&[(PROVINCE, 0), (DUAL, 0), (TEAM, 0)], &[]);
        assert_eq!(reason(condition(Per::School, half), &none), "还需填写：团队人数（不能为 0）");
    }
}
