//! The checker's benchmark: 25 conditions on 64 declarations, complete and with a third of the answers missing, must
//! give the 2 × 1,600 verdicts of a reference. Its data lies beside the workspace, in `../shared/bench/checker`; where
//! it is absent the test says so and passes.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test that reads data beside the workspace"
)]

use rules::*;
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/bench/checker/data/");

fn read(name: &str) -> Option<Value> {
    let text = std::fs::read_to_string(format!("{FOLDER}{name}")).ok()?;
    Some(serde_json::from_str(&text).expect("the benchmark's data is JSON"))
}

/// Answers what is asked next until nothing is: how many questions decide every verdict.
#[test]
fn few_questions_decide_every_verdict() {
    let Some(rules) = read("rules.json") else {
        eprintln!("skipped: {FOLDER} is not there");
        return;
    };
    let declarations = read("decls.json").expect("the benchmark is complete");
    let model = Model::new(&rules, &declarations);
    let program = Program::decode(&encode(&model.ruleset)).expect("a sound rule set");
    let plans = declarations.as_array().expect("a list");
    let mut asked = 0;
    for plan in plans {
        let full = model.declaration(plan);
        let mut declaration = Declaration::default();
        while let Some(question) = next_question(&program, &declaration, Roles::ALL) {
            assert!(declaration.school.get(question.fact).is_none() && question.conditions > 0);
            declaration.school.set(question.fact, full.school.get(question.fact));
            asked += 1;
        }
        assert_eq!(verdicts(&program, &declaration), verdicts(&program, &full));
    }
    let mean = f64::from(asked) / plans.len() as f64;
    eprintln!("{mean:.1} questions on average");
    assert!(mean <= 18.0, "{mean}");
}

#[test]
fn every_verdict_is_the_expected_one() {
    let Some(rules) = read("rules.json") else {
        eprintln!("skipped: {FOLDER} is not there");
        return;
    };
    let read = |name: &str| read(name).expect("the benchmark is complete");
    let declarations = read("decls.json");
    let model = Model::new(&rules, &declarations);
    let program = Program::decode(&encode(&model.ruleset)).expect("a sound rule set");
    for (plans, expected) in [("decls.json", "expected.json"), ("partial.json", "expected_partial.json")] {
        let (plans, expected) = (read(plans), read(expected));
        let (plans, expected) = (plans.as_array().expect("a list"), expected.as_array().expect("a list"));
        let mut compared = 0;
        for (plan, expected) in plans.iter().zip(expected) {
            let declaration = model.declaration(plan);
            let verdicts: Vec<u64> = verdicts(&program, &declaration).into_iter().map(code).collect();
            let expected: Vec<u64> =
                expected.as_array().expect("a list").iter().filter_map(Value::as_u64).collect();
            assert_eq!(verdicts, expected);
            compared += verdicts.len();
            for finding in check(&program, &declaration) {
                assert_eq!(finding.missing.is_empty(), finding.verdict != Verdict::Unknown);
            }
        }
        assert_eq!(compared, 1600);
    }
}

/// 0 not applicable, 1 met, 2 not met, 3 unknown.
fn code(verdict: Verdict) -> u64 {
    match verdict {
        Verdict::NotApplicable => 0,
        Verdict::Met => 1,
        Verdict::NotMet => 2,
        Verdict::Unknown => 3,
        Verdict::Advice | Verdict::Judge => 9,
    }
}

/// The benchmark's conditions as a rule set; texts are options in the order in which they first occur.
struct Model {
    ruleset: Ruleset,
}

impl Model {
    fn new(rules: &Value, declarations: &Value) -> Self {
        let mut model = Self { ruleset: Ruleset::default() };
        for declaration in declarations.as_array().expect("a list") {
            for (id, value) in declaration.as_object().expect("an object") {
                model.learn(id, value);
            }
        }
        let conditions = rules.as_array().expect("a list").iter().map(|rule| model.condition(rule)).collect();
        model.ruleset.documents.push(DocumentRules {
            document: "bench".into(),
            title: String::new(),
            url: String::new(),
            archived: false,
            scope: Test::ALWAYS,
            conditions,
        });
        model
    }

    /// Adds the fact and, for a text, the option.
    fn learn(&mut self, id: &str, value: &Value) {
        let kind = match value {
            Value::Bool(_) => FactKind::Boolean,
            Value::String(_) => FactKind::Choice { options: Vec::new() },
            _ => FactKind::Integer { min: 0, max: i32::MAX },
        };
        let index = self.ruleset.fact_index(id).unwrap_or_else(|| {
            self.ruleset.facts.push(Fact {
                id: id.to_owned(),
                label: id.to_owned(),
                question: String::new(),
                help: String::new(),
                group: String::new(),
                order: 0,
                per: Per::School,
                kind,
                unit: String::new(),
                effort: Effort::Known,
                changeable: Changeable::Yes,
            });
            self.ruleset.facts.len() - 1
        });
        if let (FactKind::Choice { options }, Value::String(text)) =
            (&mut self.ruleset.facts[index].kind, value)
            && options.iter().all(|option| option.id != *text)
        {
            options.push(Choice { id: text.clone(), label: text.clone() });
        }
    }

    fn value(&self, fact: usize, value: &Value) -> i32 {
        match (&self.ruleset.facts[fact].kind, value) {
            (_, Value::Bool(answer)) => i32::from(*answer),
            (FactKind::Choice { options }, Value::String(text)) => {
                options.iter().position(|option| option.id == *text).map_or(-1, |option| option as i32)
            }
            _ => value.as_i64().and_then(|number| i32::try_from(number).ok()).expect("a number"),
        }
    }

    fn condition(&self, rule: &Value) -> Condition {
        Condition {
            id: rule["id"].as_str().expect("an id").to_owned(),
            title: String::new(),
            kind: ConditionKind::Condition,
            strength: Strength::Must,
            actor: Actor::School,
            stage: Stage::Before,
            per: Per::School,
            when: self.test(&rule["when"]),
            require: self.test(&rule["req"]),
            citation: Citation::default(),
            say: Say::default(),
            boundary_unclear: false,
            interpretation: false,
        }
    }

    fn test(&self, test: &Value) -> Test {
        if test.get("t").is_some() {
            return Test::ALWAYS;
        }
        let operator = test["op"].as_str().expect("an operator");
        if let "and" | "or" = operator {
            let parts = test["x"].as_array().expect("parts").iter().map(|part| self.test(part)).collect();
            return if operator == "and" { Test::All(parts) } else { Test::Any(parts) };
        }
        let fact_of = |side: &Value| side["f"].as_str().and_then(|id| self.ruleset.fact_index(id));
        let fact = fact_of(&test["a"]).expect("a known fact");
        let operand = || match fact_of(&test["b"]) {
            Some(other) => Operand::Fact(other),
            None => Operand::Value(self.value(fact, &test["b"]["v"])),
        };
        let comparison = match operator {
            "is" => Comparison::Is(Operand::Value(1)),
            "in" => {
                let values = test["l"].as_array().expect("a list").iter();
                Comparison::OneOf(values.map(|value| self.value(fact, value)).collect())
            }
            "==" => Comparison::Is(operand()),
            "!=" => Comparison::NoneOf(vec![self.value(fact, &test["b"]["v"])]),
            ">=" => Comparison::AtLeast(operand()),
            "<=" => Comparison::AtMost(operand()),
            ">" => Comparison::MoreThan(operand()),
            "<" => Comparison::LessThan(operand()),
            other => panic!("unknown operator {other}"),
        };
        Test::Compare { fact, comparison }
    }

    fn declaration(&self, plan: &Value) -> Declaration {
        let mut declaration = Declaration::default();
        for (id, value) in plan.as_object().expect("an object") {
            let fact = self.ruleset.fact_index(id).expect("a known fact");
            declaration.school.set(fact, Some(self.value(fact, value)));
        }
        declaration
    }
}
