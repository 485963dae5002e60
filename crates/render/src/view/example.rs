//! Scenarios of the portal as worked examples of one condition: answers, verdict, reason.
//!
//! The verdict and the reason are computed by the engine when the portal is built; what a scenario expects only tells
//! which conditions it is an example of.

use std::collections::BTreeMap;

use content::{Portal, Scenario};
use rules::view::VerdictView;
use rules::{Answers, Declaration, DocumentRules, FactKind, Finding, Per, Program, Ruleset, Total, Verdict};
use serde::Serialize;

use super::reading::readings;

/// At most so many examples of one verdict: the tests of a condition are more than a reader needs.
const MOST_PER_VERDICT: usize = 3;

/// The order in which examples are shown.
const ORDER: [Verdict; 6] = [
    Verdict::Met,
    Verdict::NotMet,
    Verdict::Judge,
    Verdict::Advice,
    Verdict::Unknown,
    Verdict::NotApplicable,
];

/// One scenario seen from one condition.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Example {
    /// What the scenario shows.
    name: String,
    /// 第 1 个证书; empty where the condition is not judged by line.
    line: String,
    /// What the condition reads.
    answers: Vec<ExampleAnswer>,
    /// What follows from it.
    verdict: VerdictView,
    /// Why, a sentence.
    reason: String,
    /// What would change it.
    hints: Vec<String>,
    /// The whole scenario on the check page, relative to the root.
    url: String,
}

/// One answer of an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ExampleAnswer {
    label: String,
    /// As people read it; empty where it is not given.
    value: String,
}

/// The scenarios of a portal, judged; made once for all pages.
#[derive(Debug)]
pub(crate) struct Examples<'a> {
    portal: &'a Portal,
    /// All conditions, for addresses of the check page.
    whole: Option<Program>,
    /// One for each document of the rule set.
    documents: Vec<DocumentExamples<'a>>,
}

/// A document judged by itself: a portal of many documents has far more pairs of scenario and condition than examples.
#[derive(Debug)]
struct DocumentExamples<'a> {
    program: Option<Program>,
    /// Id of the condition → scenarios that expect something of it, with the line.
    scenarios: BTreeMap<&'a str, Vec<(&'a Scenario, Option<usize>)>>,
}

impl<'a> Examples<'a> {
    /// Those of this portal.
    pub(crate) fn of(portal: &'a Portal) -> Self {
        let ruleset = &portal.ruleset;
        let mut scenarios: BTreeMap<&str, Vec<(&Scenario, Option<usize>)>> = BTreeMap::new();
        for scenario in &portal.scenarios {
            for expected in &scenario.expect {
                scenarios.entry(&expected.condition).or_default().push((scenario, expected.line));
            }
        }
        let documents = ruleset.documents.iter().map(|rules| DocumentExamples {
            program: program_of(ruleset, rules),
            scenarios: rules
                .conditions
                .iter()
                .filter_map(|condition| {
                    let id = condition.id.as_str();
                    Some((id, scenarios.remove(id)?))
                })
                .collect(),
        });
        Self { portal, documents: documents.collect(), whole: Program::new(ruleset).ok() }
    }

    /// The examples of one condition, at most three of each verdict, and none that reads the same answers twice.
    pub(crate) fn of_condition(&self, document: usize, condition: usize) -> Vec<Example> {
        let rules = &self.portal.ruleset.documents[document];
        let examples = &self.documents[document];
        let (Some(program), Some(scenarios)) =
            (&examples.program, examples.scenarios.get(rules.conditions[condition].id.as_str()))
        else {
            return Vec::new();
        };
        let mut found: Vec<(Verdict, Example)> = Vec::new();
        for (scenario, line) in scenarios {
            let findings = rules::check(program, &scenario.declaration);
            let of_condition = findings.iter().filter(|finding| finding.condition == condition);
            let worst = of_condition
                .filter(|finding| line.is_none() || finding.line == *line)
                .max_by_key(|finding| (finding.verdict, std::cmp::Reverse(finding.line)));
            let Some(finding) = worst else { continue };
            let example = self.example(program, rules, scenario, finding);
            let is_new = !found
                .iter()
                .any(|(verdict, other)| *verdict == finding.verdict && other.answers == example.answers);
            let alike = found.iter().filter(|(verdict, _)| *verdict == finding.verdict).count();
            if is_new && alike < MOST_PER_VERDICT {
                found.push((finding.verdict, example));
            }
        }
        found.sort_by_key(|(verdict, _)| ORDER.iter().position(|other| other == verdict));
        found.into_iter().map(|(_, example)| example).collect()
    }

    fn example(
        &self,
        program: &Program,
        rules: &DocumentRules,
        scenario: &Scenario,
        finding: &Finding,
    ) -> Example {
        let declaration = &scenario.declaration;
        let verdict = finding.verdict;
        Example {
            name: scenario.name.clone(),
            line: finding.line.map(|line| program.line_name(line)).unwrap_or_default(),
            answers: self.answers(program, rules, declaration, finding),
            verdict: VerdictView { id: verdict.id(), word: verdict.label(), shape: verdict.shape() },
            reason: rules::explain(program, declaration, finding),
            hints: rules::hints(program, declaration, finding),
            url: match &self.whole {
                Some(whole) => format!("check/{}", rules::to_fragment(whole, declaration)),
                None => "check/".to_owned(),
            },
        }
    }

    /// The answers the condition reads; what decides only the scope of the document where it decided here.
    fn answers(
        &self,
        program: &Program,
        rules: &DocumentRules,
        declaration: &Declaration,
        finding: &Finding,
    ) -> Vec<ExampleAnswer> {
        let ruleset = &self.portal.ruleset;
        let condition = &rules.conditions[finding.condition];
        let decides = |fact: usize| finding.decided_by.contains(&fact) || finding.missing.contains(&fact);
        readings(ruleset, &rules.scope, condition)
            .into_iter()
            .filter(|reading| reading.in_requirement || reading.in_when || decides(reading.fact))
            .filter_map(|reading| self.answer(program, declaration, reading.fact, finding.line))
            .collect()
    }

    /// One answer; nothing for a fact that is computed from others.
    fn answer(
        &self,
        program: &Program,
        declaration: &Declaration,
        fact: usize,
        line: Option<usize>,
    ) -> Option<ExampleAnswer> {
        let found = &self.portal.ruleset.facts[fact];
        let shown = |answers: &Answers| answers.get(fact).map(|value| program.show_answer(fact, value));
        let value = match (&found.kind, found.per, line) {
            (FactKind::Total(Total::Lines), ..) => declaration.lines.len().to_string(),
            (kind, ..) if kind.is_computed() => return None,
            (_, Per::School, _) => shown(&declaration.school).unwrap_or_default(),
            (_, Per::Line, Some(line)) => declaration.lines.get(line).and_then(shown).unwrap_or_default(),
            (_, Per::Line, None) => {
                let all = declaration.lines.iter();
                let all: Vec<String> =
                    all.map(|line| shown(line).unwrap_or_else(|| "没有回答".to_owned())).collect();
                all.join("；")
            }
        };
        Some(ExampleAnswer { label: found.label.clone(), value })
    }
}

/// The conditions of one document alone.
fn program_of(ruleset: &Ruleset, rules: &DocumentRules) -> Option<Program> {
    let alone = Ruleset { groups: Vec::new(), facts: ruleset.facts.clone(), documents: vec![rules.clone()] };
    Program::new(&alone).ok()
}

#[cfg(test)]
mod tests {
    use content::Expectation;

    use super::*;
    use crate::sample;

    fn scenario(name: &str, answers: &[Option<i32>], line: Option<usize>) -> Scenario {
        let mut declaration = Declaration::default();
        for answer in answers {
            let mut line = rules::Answers::default();
            line.set(0, *answer);
            declaration.lines.push(line);
        }
        // What it expects is wrong on purpose: pages print what the engine says.
        let expect = vec![Expectation { condition: "sx-2024/major".into(), line, verdict: Verdict::Advice }];
        Scenario { name: name.into(), document: "sx-2024".into(), declaration, answers: Vec::new(), expect }
    }

    #[test]
    fn examples_are_computed_and_none_repeats_another() {
        let mut portal = sample::portal();
        portal.scenarios = vec![
            scenario("不清楚", &[None], None),
            scenario("没有", &[Some(1), Some(0)], None),
            scenario("第一行有", &[Some(1), Some(0)], Some(0)),
            scenario("也没有", &[Some(0)], None),
        ];
        let examples = Examples::of(&portal).of_condition(0, 0);
        let seen: Vec<(&str, &str, &str)> =
            examples.iter().map(|one| (one.name.as_str(), one.line.as_str(), one.verdict.word)).collect();
        assert_eq!(
            seen,
            [
                ("第一行有", "第 1 个证书", "符合"),
                ("没有", "第 2 个证书", "不符合"),
                ("不清楚", "第 1 个证书", "需补充信息")
            ]
        );
        assert_eq!(examples[1].reason, "要求：开设对应专业为“是”；填报：否");
        assert_eq!(examples[1].answers, [ExampleAnswer { label: "开设对应专业".into(), value: "否".into() }]);
        assert!(examples[1].url.starts_with("check/#v=1&r="), "{}", examples[1].url);
        assert!(examples[1].url.ends_with("&l1.major_match=yes&l2.major_match=no"), "{}", examples[1].url);
    }
}
