//! Answering more never takes back a verdict: what is decided with some answers stays so with any further ones, and
//! exactly the facts named as missing can move an unknown verdict. Rule sets and answers come from a small generator
//! with fixed seeds.

use rules::*;

/// Numerical Recipes' linear congruential generator; only its high bits are used.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Facts 0–2 yes or no, 3–5 counts, 6 the share 3/4, 7–8 dates, 9 a choice of three; odd ones hold for each line.
const FACTS: usize = 10;
const SHARE: usize = 6;

fn facts() -> Vec<Fact> {
    let kind = |index| match index {
        0..=2 => FactKind::Boolean,
        3..=5 => FactKind::Integer { min: 0, max: 9 },
        SHARE => FactKind::Ratio { part: 3, whole: 4 },
        7..=8 => FactKind::Date,
        _ => FactKind::Choice {
            options: ["a", "b", "c"].map(|id| Choice { id: id.into(), label: id.into() }).into(),
        },
    };
    (0..FACTS)
        .map(|index| Fact {
            id: format!("f{index}"),
            label: format!("事实{index}"),
            question: String::new(),
            help: String::new(),
            group: String::new(),
            order: 0,
            per: if index % 2 == 1 || index == SHARE { Per::Line } else { Per::School },
            kind: kind(index),
            unit: String::new(),
            effort: Effort::Known,
            changeable: Changeable::Yes,
        })
        .collect()
}

fn random_value(fact: usize, random: &mut Random) -> i32 {
    match fact {
        0..=2 => random.below(2) as i32,
        3..=5 => random.below(10) as i32,
        SHARE => random.below(101) as i32 * 100,
        7..=8 => 20_000 + random.below(4) as i32,
        _ => random.below(3) as i32,
    }
}

fn random_test(depth: usize, random: &mut Random) -> Test {
    if depth > 0 {
        let parts =
            |random: &mut Random| (0..1 + random.below(3)).map(|_| random_test(depth - 1, random)).collect();
        match random.below(4) {
            0 => return Test::All(parts(random)),
            1 => return Test::Any(parts(random)),
            2 => return Test::Not(Box::new(random_test(depth - 1, random))),
            _ => {}
        }
    }
    let fact = random.below(FACTS);
    let operand = |random: &mut Random| match (fact, random.below(3)) {
        (3..=5, 0) => Operand::Fact(3 + random.below(3)),
        (7..=8, 0) => Operand::Fact(7 + random.below(2)),
        _ => Operand::Value(random_value(fact, random)),
    };
    let comparison = match random.below(8) {
        0 => Comparison::Is(operand(random)),
        1 => Comparison::OneOf(vec![random_value(fact, random), random_value(fact, random)]),
        2 => Comparison::NoneOf(vec![random_value(fact, random)]),
        3 => Comparison::AtLeast(operand(random)),
        4 => Comparison::AtMost(operand(random)),
        5 => Comparison::MoreThan(operand(random)),
        6 => Comparison::LessThan(operand(random)),
        _ => Comparison::Between(operand(random), operand(random)),
    };
    Test::Compare { fact, comparison }
}

fn random_program(random: &mut Random) -> Program {
    let condition = |random: &mut Random| Condition {
        id: "d/c".into(),
        title: String::new(),
        kind: ConditionKind::ALL[random.below(9)],
        strength: Strength::ALL[random.below(7)],
        actor: Actor::School,
        stage: Stage::Before,
        per: Per::Line,
        when: random_test(1, random),
        require: random_test(3, random),
        citation: Citation::default(),
        say: Say::default(),
        boundary_unclear: random.below(2) == 0,
        interpretation: false,
    };
    let conditions = (0..8).map(|_| condition(random)).collect();
    let document = DocumentRules {
        document: "d".into(),
        title: String::new(),
        url: String::new(),
        archived: false,
        scope: Test::ALWAYS,
        conditions,
    };
    let ruleset = Ruleset { groups: Vec::new(), facts: facts(), documents: vec![document] };
    Program::new(&ruleset).expect("a sound rule set")
}

/// One line; each fact answered with a chance of one in two.
fn random_answers(random: &mut Random) -> Declaration {
    let mut declaration = Declaration { lines: vec![Answers::default()], ..Declaration::default() };
    for fact in (0..FACTS).filter(|fact| *fact != SHARE) {
        if random.below(2) == 0 {
            set(&mut declaration, fact, random_value(fact, random));
        }
    }
    declaration
}

fn set(declaration: &mut Declaration, fact: usize, value: i32) {
    if fact % 2 == 1 {
        declaration.lines[0].set(fact, Some(value));
    } else {
        declaration.school.set(fact, Some(value));
    }
}

fn get(declaration: &Declaration, fact: usize) -> Option<i32> {
    if fact % 2 == 1 { declaration.lines[0].get(fact) } else { declaration.school.get(fact) }
}

#[test]
fn more_answers_never_take_a_verdict_back() {
    let random = &mut Random(20_240_904);
    for _ in 0..300 {
        let program = random_program(random);
        for _ in 0..20 {
            let before = random_answers(random);
            let findings = check(&program, &before);
            let mut after = before.clone();
            for fact in (0..FACTS).filter(|fact| *fact != SHARE) {
                if get(&before, fact).is_none() && random.below(2) == 0 {
                    set(&mut after, fact, random_value(fact, random));
                }
            }
            for (old, new) in findings.iter().zip(check(&program, &after)) {
                if old.verdict == Verdict::Unknown {
                    assert!(!old.missing.is_empty());
                } else {
                    assert_eq!(old.verdict, new.verdict);
                }
            }
        }
    }
}

#[test]
fn answers_to_other_facts_than_the_missing_ones_leave_it_unknown() {
    let random = &mut Random(20_241_007);
    for _ in 0..300 {
        let program = random_program(random);
        let before = random_answers(random);
        for (index, finding) in check(&program, &before).into_iter().enumerate() {
            // A whole of 0 is missing though answered; it cannot be answered on top.
            let asked: Vec<usize> =
                (0..FACTS).filter(|fact| *fact != SHARE && get(&before, *fact).is_none()).collect();
            if finding.verdict != Verdict::Unknown {
                continue;
            }
            let mut after = before.clone();
            for fact in asked.into_iter().filter(|fact| !finding.missing.contains(fact)) {
                set(&mut after, fact, random_value(fact, random));
            }
            assert_eq!(verdicts(&program, &after)[index], Verdict::Unknown);
        }
    }
}

#[test]
fn hints_come_only_where_a_verdict_can_improve() {
    let random = &mut Random(20_190_401);
    let mut told = 0;
    for _ in 0..300 {
        let program = random_program(random);
        let declaration = random_answers(random);
        for finding in check(&program, &declaration) {
            let hints = hints(&program, &declaration, &finding);
            told += hints.len();
            assert!(hints.is_empty() || !matches!(finding.verdict, Verdict::Met | Verdict::Unknown));
            assert!(!explain(&program, &declaration, &finding).is_empty());
        }
    }
    assert!(told > 40, "{told}");
}
