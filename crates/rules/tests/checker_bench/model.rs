//! The benchmark's data in our own terms: its conditions as a rule set, its declarations and the verdicts expected.

use std::path::Path;

use rules::*;
use serde_json::Value;

/// Everything in the folder.
pub(crate) struct Bench {
    /// The conditions.
    pub(crate) ruleset: Ruleset,
    /// Declarations with every answer.
    pub(crate) complete: Vec<Declaration>,
    /// The same with about a third of the answers missing.
    pub(crate) partial: Vec<Declaration>,
    /// Codes expected for the complete ones, see [`code`].
    pub(crate) expected: Vec<Vec<u8>>,
    /// Codes expected for the partial ones.
    pub(crate) expected_partial: Vec<Vec<u8>>,
}

impl Bench {
    /// `None` where the folder is not there.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
        let list = |name: &str| -> Option<Vec<Value>> {
            Some(serde_json::from_str(&text(name)?).expect("the benchmark's data is JSON"))
        };
        let plans = list("decls.json")?;
        let model = Model::new(&list("rules.json")?, &plans);
        let declarations =
            |plans: &[Value]| plans.iter().map(|plan| model.declaration(plan)).collect::<Vec<_>>();
        let codes = |text: String| serde_json::from_str(&text).expect("codes of verdicts");
        Some(Self {
            complete: declarations(&plans),
            partial: declarations(&list("partial.json")?),
            expected: codes(text("expected.json")?),
            expected_partial: codes(text("expected_partial.json")?),
            ruleset: model.ruleset,
        })
    }

    /// The conditions, compiled.
    pub(crate) fn program(&self) -> Program {
        Program::decode(&encode(&self.ruleset)).expect("a sound rule set")
    }
}

/// Answers what is asked next until nothing is; gives what was answered and the number of questions.
pub(crate) fn questions(program: &Program, full: &Declaration) -> (Declaration, u32) {
    let mut declaration = Declaration::default();
    let mut asked = 0;
    while let Some(question) = next_question(program, &declaration, Roles::ALL) {
        assert!(declaration.school.get(question.fact).is_none() && question.conditions > 0);
        declaration.school.set(question.fact, full.school.get(question.fact));
        asked += 1;
    }
    (declaration, asked)
}

/// 0 not applicable, 1 met, 2 not met, 3 unknown.
pub(crate) fn code(verdict: Verdict) -> u8 {
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
    fn new(rules: &[Value], declarations: &[Value]) -> Self {
        let mut model = Self { ruleset: Ruleset::default() };
        for declaration in declarations {
            for (id, value) in declaration.as_object().expect("an object") {
                model.learn(id, value);
            }
        }
        let conditions = rules.iter().map(|rule| model.condition(rule)).collect();
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
            year_from_issue: false,
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
