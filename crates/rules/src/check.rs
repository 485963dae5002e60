//! From truth to verdict: the table of verdicts, for every condition and line.

use crate::condition::{ConditionKind, Strength};
use crate::declaration::Declaration;
use crate::evaluate::{LastDay, Situation, keep};
use crate::fact::Per;
use crate::program::{Program, ProgramCondition};
use crate::truth::Truth;
use crate::verdict::{Finding, Verdict};

/// How a requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Requirement {
    Met,
    NotMet,
    Unknown,
    /// It hangs on whether the last day itself still counts, which the text leaves open.
    OnLastDay,
}

/// What was found about one condition before it is put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) applies: Truth,
    pub(crate) requirement: Requirement,
    pub(crate) verdict: Verdict,
}

/// The worst of a condition's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worst {
    /// Index of the document.
    pub document: usize,
    /// Index of the condition in the document.
    pub condition: usize,
    /// The worst verdict over all lines.
    pub verdict: Verdict,
}

/// Judges every condition of a program on a declaration, in the order of the documents, conditions and lines.
///
/// A condition judged by line gives one finding per line; without any line it gives one finding that belongs to
/// none, in which everything about lines is missing.
pub fn check(program: &Program, declaration: &Declaration) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (document, rules) in program.documents.iter().enumerate() {
        for (condition, of) in program.conditions_of(rules).iter().enumerate() {
            for line in lines(of.per, declaration) {
                findings.push(find(program, declaration, document, condition, line));
            }
        }
    }
    findings
}

/// The verdicts alone, in the order of [`check`]; allocates nothing but the list.
pub fn verdicts(program: &Program, declaration: &Declaration) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for document in &program.documents {
        for condition in program.conditions_of(document) {
            for line in lines(condition.per, declaration) {
                let situation = Situation::new(program, declaration, line);
                verdicts.push(judge(&situation, document.scope, condition).verdict);
            }
        }
    }
    verdicts
}

/// The worst verdict of each condition, in the order of the findings that [`check`] gives.
pub fn worst(findings: &[Finding]) -> Vec<Worst> {
    let mut all: Vec<Worst> = Vec::new();
    for finding in findings {
        match all.last_mut() {
            Some(last) if (last.document, last.condition) == (finding.document, finding.condition) => {
                last.verdict = last.verdict.max(finding.verdict);
            }
            _ => all.push(Worst {
                document: finding.document,
                condition: finding.condition,
                verdict: finding.verdict,
            }),
        }
    }
    all
}

/// Whether a document applies to a declaration at all, with the facts that are missing or decide.
pub fn scope(program: &Program, declaration: &Declaration, document: usize) -> (Truth, Vec<usize>) {
    let Some(rules) = program.documents.get(document) else { return (Truth::Unknown, Vec::new()) };
    let situation = Situation::new(program, declaration, None);
    let mut facts = Vec::new();
    situation.missing(rules.scope, LastDay::Inside, &mut |fact, _| keep(&mut facts, fact));
    situation.deciders(rules.scope, LastDay::Inside, &mut facts);
    (situation.truth(rules.scope, LastDay::Inside), facts)
}

pub(crate) fn lines(per: Per, declaration: &Declaration) -> impl Iterator<Item = Option<usize>> + use<> {
    let count = match per {
        Per::School => 0,
        Per::Line => declaration.lines.len(),
    };
    (count == 0).then_some(None).into_iter().chain((0..count).map(Some))
}

/// The finding of one condition on one line, or on the school.
pub(crate) fn find(
    program: &Program,
    declaration: &Declaration,
    document: usize,
    condition: usize,
    line: Option<usize>,
) -> Finding {
    let mut finding = Finding {
        document,
        condition,
        line,
        verdict: Verdict::Unknown,
        missing: Vec::new(),
        decided_by: Vec::new(),
    };
    let (Some(rules), Some(of)) = (program.documents.get(document), program.condition(document, condition))
    else {
        return finding;
    };
    let situation = Situation::new(program, declaration, line);
    let judgement = judge(&situation, rules.scope, of);
    finding.verdict = judgement.verdict;
    let Finding { missing, decided_by, .. } = &mut finding;
    let mut add = |fact: usize, _: Option<usize>| keep(missing, fact);
    match (judgement.applies, judgement.requirement) {
        (Truth::Unknown, _) => missing_to_apply(&situation, rules.scope, of, &mut add),
        (Truth::False, _) => {
            let scope = situation.truth(rules.scope, LastDay::Inside);
            let decides = if scope == Truth::False { rules.scope } else { of.when };
            situation.deciders(decides, LastDay::Inside, decided_by);
        }
        (Truth::True, Requirement::Unknown) => missing_to_judge(&situation, of, &mut add),
        (Truth::True, _) => situation.deciders(of.require, LastDay::Inside, decided_by),
    }
    finding
}

/// Visits what is missing to say whether a condition applies.
pub(crate) fn missing_to_apply(
    situation: &Situation<'_>,
    scope: usize,
    condition: &ProgramCondition,
    visit: &mut dyn FnMut(usize, Option<usize>),
) {
    situation.missing(scope, LastDay::Inside, visit);
    situation.missing(condition.when, LastDay::Inside, visit);
}

/// Visits what is missing to say whether a requirement is met, in both readings of its last day.
pub(crate) fn missing_to_judge(
    situation: &Situation<'_>,
    condition: &ProgramCondition,
    visit: &mut dyn FnMut(usize, Option<usize>),
) {
    situation.missing(condition.require, LastDay::Inside, visit);
    if condition.boundary_unclear {
        situation.missing(condition.require, LastDay::Outside, visit);
    }
}

/// Judges one condition.
pub(crate) fn judge(situation: &Situation<'_>, scope: usize, condition: &ProgramCondition) -> Judgement {
    let applies = match situation.truth(scope, LastDay::Inside) {
        Truth::False => Truth::False,
        scope => scope.and(situation.truth(condition.when, LastDay::Inside)),
    };
    let requirement = match applies {
        Truth::True => requirement(situation, condition),
        _ => Requirement::Unknown,
    };
    Judgement {
        applies,
        requirement,
        verdict: verdict(applies, requirement, condition.kind, condition.strength),
    }
}

/// Where the text leaves the last day open, the requirement is read both ways; the two readings part on that day
/// alone, and only where nothing else decides.
fn requirement(situation: &Situation<'_>, condition: &ProgramCondition) -> Requirement {
    let inside = situation.truth(condition.require, LastDay::Inside);
    let outside = if condition.boundary_unclear {
        situation.truth(condition.require, LastDay::Outside)
    } else {
        inside
    };
    match (inside, outside) {
        (Truth::True, Truth::True) => Requirement::Met,
        (Truth::False, Truth::False) => Requirement::NotMet,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Requirement::Unknown,
        _ => Requirement::OnLastDay,
    }
}

/// The verdict of a condition that applies and is not left open, by whether its requirement is met.
pub const fn verdict_if_applicable(met: bool, kind: ConditionKind, strength: Strength) -> Verdict {
    let requirement = if met { Requirement::Met } else { Requirement::NotMet };
    verdict(Truth::True, requirement, kind, strength)
}

/// The table of verdicts.
const fn verdict(
    applies: Truth,
    requirement: Requirement,
    kind: ConditionKind,
    strength: Strength,
) -> Verdict {
    match (applies, requirement) {
        (Truth::False, _) => Verdict::NotApplicable,
        (Truth::Unknown, _) | (Truth::True, Requirement::Unknown) => Verdict::Unknown,
        (Truth::True, Requirement::OnLastDay) => Verdict::Judge,
        (Truth::True, Requirement::Met) => match kind {
            ConditionKind::Judgement => Verdict::Judge,
            _ => Verdict::Met,
        },
        (Truth::True, Requirement::NotMet) => match strength {
            Strength::Must | Strength::Should => Verdict::NotMet,
            Strength::InPrinciple | Strength::Generally | Strength::Priority => Verdict::Judge,
            Strength::May | Strength::Advice => Verdict::Advice,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::{Comparison, Condition, Operand, Test};
    use crate::fixture::*;

    fn finding(condition: Condition, declaration: &Declaration) -> Finding {
        let program = program(condition);
        let findings = check(&program, declaration);
        assert_eq!(
            findings.iter().map(|one| one.verdict).collect::<Vec<_>>(),
            verdicts(&program, declaration)
        );
        findings.into_iter().next().expect("one condition")
    }

    #[test]
    fn the_table_of_verdicts_row_by_row() {
        use ConditionKind::{Judgement, Threshold};
        let rows = [
            (Truth::True, Threshold, Strength::Must, Some(1), Verdict::Met),
            (Truth::True, Judgement, Strength::Must, Some(1), Verdict::Judge),
            (Truth::True, Judgement, Strength::May, Some(1), Verdict::Judge),
            (Truth::True, Threshold, Strength::Must, Some(0), Verdict::NotMet),
            (Truth::True, Threshold, Strength::Should, Some(0), Verdict::NotMet),
            (Truth::True, Judgement, Strength::Must, Some(0), Verdict::NotMet),
            (Truth::True, Threshold, Strength::InPrinciple, Some(0), Verdict::Judge),
            (Truth::True, Threshold, Strength::Generally, Some(0), Verdict::Judge),
            (Truth::True, Threshold, Strength::Priority, Some(0), Verdict::Judge),
            (Truth::True, Threshold, Strength::May, Some(0), Verdict::Advice),
            (Truth::True, Threshold, Strength::Advice, Some(0), Verdict::Advice),
            (Truth::True, Threshold, Strength::Advice, None, Verdict::Unknown),
            (Truth::True, Judgement, Strength::Must, None, Verdict::Unknown),
            (Truth::False, Threshold, Strength::Must, Some(0), Verdict::NotApplicable),
            (Truth::False, Judgement, Strength::Must, None, Verdict::NotApplicable),
            (Truth::Unknown, Threshold, Strength::Must, Some(0), Verdict::Unknown),
            (Truth::Unknown, Threshold, Strength::Must, Some(1), Verdict::Unknown),
        ];
        for (applies, kind, strength, budget, expected) in rows {
            let mut declaration = plan(&[], &[]);
            declaration.school.set(BUDGET, budget);
            declaration.school.set(
                PROVINCE,
                match applies {
                    Truth::True => Some(0),
                    Truth::False => Some(1),
                    Truth::Unknown => None,
                },
            );
            let of = Condition { kind, strength, ..condition(Per::School, is(BUDGET, 1)) };
            let found = finding(of, &declaration);
            assert_eq!(found.verdict, expected, "{applies:?} {kind:?} {strength:?} {budget:?}");
            assert_eq!(found.missing.is_empty(), expected != Verdict::Unknown);
        }
    }

    #[test]
    fn what_is_missing_and_what_decides() {
        let of = || Condition { when: is(MEETING, 1), ..condition(Per::School, is(BUDGET, 1)) };
        let facts = |given: &[(usize, i32)]| {
            let found = finding(of(), &plan(given, &[]));
            (found.missing, found.decided_by)
        };
        assert_eq!(facts(&[]), (vec![PROVINCE, MEETING], vec![]));
        assert_eq!(facts(&[(MEETING, 0)]), (vec![], vec![MEETING]));
        assert_eq!(facts(&[(PROVINCE, 1), (MEETING, 0)]), (vec![], vec![PROVINCE]));
        assert_eq!(facts(&[(PROVINCE, 0), (MEETING, 1)]), (vec![BUDGET], vec![]));
        assert_eq!(facts(&[(PROVINCE, 0), (MEETING, 1), (BUDGET, 0)]), (vec![], vec![BUDGET]));
    }

    #[test]
    fn the_last_day_is_judged_only_where_it_decides() {
        let limit = Operand::Value(day("2024-03-25"));
        let until = || compare(DAY, Comparison::AtMost(limit));
        let verdict = |require: Test, given: &[(usize, i32)]| {
            let mut declaration = plan(given, &[]);
            declaration.school.set(PROVINCE, Some(0));
            let of = Condition { boundary_unclear: true, ..condition(Per::School, require) };
            finding(of, &declaration).verdict
        };
        let on = |text: &str| (DAY, day(text));
        assert_eq!(verdict(until(), &[on("2024-03-24")]), Verdict::Met);
        assert_eq!(verdict(until(), &[on("2024-03-25")]), Verdict::Judge);
        assert_eq!(verdict(until(), &[on("2024-03-26")]), Verdict::NotMet);
        let span = compare(DAY, Comparison::Between(Operand::Value(day("2024-03-01")), limit));
        assert_eq!(verdict(span.clone(), &[on("2024-03-01")]), Verdict::Met);
        assert_eq!(verdict(span, &[on("2024-03-25")]), Verdict::Judge);
        let both = || Test::All(vec![until(), is(BUDGET, 1)]);
        assert_eq!(verdict(both(), &[on("2024-03-25"), (BUDGET, 0)]), Verdict::NotMet);
        assert_eq!(verdict(both(), &[on("2024-03-25")]), Verdict::Unknown);
        let either = || Test::Any(vec![until(), is(BUDGET, 1)]);
        assert_eq!(verdict(either(), &[on("2024-03-25")]), Verdict::Unknown);
        assert_eq!(verdict(either(), &[on("2024-03-25"), (BUDGET, 1)]), Verdict::Met);
        assert_eq!(verdict(either(), &[on("2024-03-25"), (BUDGET, 0)]), Verdict::Judge);
    }

    #[test]
    fn a_condition_by_line_gives_a_finding_per_line_and_the_worst() {
        let enough = compare(PLANNED, Comparison::AtLeast(Operand::Fact(LEAST)));
        let program = program(condition(Per::Line, enough));
        let mut declaration =
            plan(&[(PROVINCE, 0)], &[&[(PLANNED, 30), (LEAST, 30)], &[(PLANNED, 29), (LEAST, 30)], &[]]);
        let findings = check(&program, &declaration);
        let seen: Vec<_> = findings.iter().map(|one| (one.line, one.verdict)).collect();
        assert_eq!(seen, [(Some(0), Verdict::Met), (Some(1), Verdict::NotMet), (Some(2), Verdict::Unknown)]);
        assert_eq!(worst(&findings), [Worst { document: 0, condition: 0, verdict: Verdict::NotMet }]);
        declaration.lines.clear();
        let findings = check(&program, &declaration);
        assert_eq!((findings[0].line, findings[0].verdict), (None, Verdict::Unknown));
        assert_eq!(findings[0].missing, [PLANNED, LEAST]);
        assert_eq!(scope(&program, &declaration, 0), (Truth::True, vec![PROVINCE]));
    }
}
