//! A rule set as the check page shows it: the form and the conditions with their sentences, ready for a template.

use serde::Serialize;

use crate::condition::{Actor, Condition, ConditionKind, DocumentRules, Operand, Test};
use crate::date::Date;
use crate::describe::describe;
use crate::encode::encode;
use crate::fact::{Choice, Fact, FactKind, Per, Ruleset};
use crate::program::Program;
use crate::role::{Role, Roles};
use crate::verdict::Verdict;
use crate::window::{Span, span};

/// What the template of the check page sees as `check`.
#[derive(Debug, Clone, Serialize)]
pub struct CheckView {
    /// Questions about the school, by group; groups without any are left out.
    pub groups: Vec<GroupView>,
    /// Questions about each line, by group.
    pub line_groups: Vec<GroupView>,
    /// Documents with conditions, in the order of the program.
    pub documents: Vec<DocumentView>,
    /// The verdicts with their words, from the worst to the best.
    pub verdicts: Vec<VerdictView>,
    /// Whose view of the conditions can be taken.
    pub roles: Vec<RoleView>,
    /// Hash of the conditions, as in shared addresses.
    pub hash: String,
    /// How many conditions there are.
    pub condition_count: usize,
}

/// A heading of the form with its questions.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// ASCII id.
    pub id: String,
    /// Heading.
    pub label: String,
    /// Questions in order.
    pub facts: Vec<FactView>,
}

/// One question.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// Id of the fact.
    pub id: String,
    /// Short name.
    pub label: String,
    /// The question; the short name where there is none.
    pub question: String,
    /// May be empty.
    pub help: String,
    /// May be empty.
    pub unit: String,
    /// `boolean`, `integer`, `percent`, `date`, `choice` or `text`.
    pub control: &'static str,
    /// Options of a choice.
    pub options: Vec<Choice>,
    /// What it costs to find the answer, in words; empty where it is known at the desk.
    pub effort: String,
    /// How many conditions read it.
    pub used_by: usize,
    /// The conditions that read it, as [`ConditionView::key`]s.
    pub conditions: Vec<String>,
}

/// One document.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// Id of the document.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Relative to the portal's root.
    pub url: String,
    /// Shown for reference, never blocks.
    pub archived: bool,
    /// To which declarations it applies; empty where to all.
    pub scope: String,
    /// Conditions in the order of the program.
    pub conditions: Vec<ConditionView>,
}

/// One condition.
#[derive(Debug, Clone, Serialize)]
pub struct ConditionView {
    /// Public id, e.g. `ah-2024/min-examinees`; also the anchor on the page.
    pub id: String,
    /// `document.condition` by index, as the browser module finds the card.
    pub key: String,
    /// One line.
    pub title: String,
    /// The requirement as a sentence.
    pub requirement: String,
    /// When it applies beyond the document's scope; empty where always.
    pub when: String,
    /// What sort of thing it asks, as an id.
    pub kind_id: ConditionKind,
    /// Word for the kind.
    pub kind: &'static str,
    /// Word for the strength.
    pub strength: &'static str,
    /// Who has to act, as an id.
    pub actor_id: Actor,
    /// Word for who has to act.
    pub actor: &'static str,
    /// Word for the stage.
    pub stage: &'static str,
    /// Judged for each line.
    pub per_line: bool,
    /// The numbers are a reading of the text.
    pub interpretation: bool,
    /// Number of the clause as printed.
    pub clause_label: String,
    /// Words before the quote; may be empty.
    pub lead_in: String,
    /// The words of the clause.
    pub quote: String,
    /// Address of the clause relative to the portal's root.
    pub url: String,
    /// The days it leaves, where it is a plain span of days.
    pub window: Option<SpanView>,
}

/// A span of days; one of its ends may be open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpanView {
    /// Id of the fact that tells the planned day.
    pub fact: String,
    /// First day.
    pub opens: Option<Date>,
    /// Last day.
    pub closes: Option<Date>,
}

/// One verdict.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictView {
    /// Id, e.g. `not_met`.
    pub id: &'static str,
    /// Word, e.g. 不符合.
    pub word: &'static str,
    /// Shape, e.g. ✗.
    pub shape: &'static str,
}

/// One role.
#[derive(Debug, Clone, Serialize)]
pub struct RoleView {
    /// Id, e.g. `city`.
    pub id: &'static str,
    /// Word, e.g. 市级教育行政部门.
    pub label: &'static str,
    /// The actors whose conditions belong to it.
    pub actors: Vec<Actor>,
}

/// The rule set as the check page shows it.
pub fn view(ruleset: &Ruleset) -> CheckView {
    let bytes = encode(ruleset);
    // A rule set that contradicts itself is refused before any page is made.
    let program = Program::decode(&bytes).ok();
    CheckView {
        groups: groups(ruleset, Per::School),
        line_groups: groups(ruleset, Per::Line),
        documents: ruleset
            .documents
            .iter()
            .enumerate()
            .map(|(index, document)| document_view(ruleset, program.as_ref(), index, document))
            .collect(),
        verdicts: Verdict::ALL
            .into_iter()
            .rev()
            .map(|verdict| VerdictView { id: verdict.id(), word: verdict.label(), shape: verdict.shape() })
            .collect(),
        roles: Role::ALL.into_iter().map(role_view).collect(),
        hash: crate::conditions_hash(&bytes),
        condition_count: ruleset.documents.iter().map(|document| document.conditions.len()).sum(),
    }
}

fn role_view(role: Role) -> RoleView {
    let is_of = |actor: &Actor| Roles::of(role).contains(*actor);
    RoleView { id: role.id(), label: role.label(), actors: Actor::ALL.into_iter().filter(is_of).collect() }
}

fn groups(ruleset: &Ruleset, per: Per) -> Vec<GroupView> {
    let asked = ruleset.asked();
    let groups = ruleset.groups.iter().map(|group| {
        let facts = asked.iter().map(|fact| &ruleset.facts[*fact]);
        let of_group = facts.filter(|fact| fact.group == group.id && fact.per == per);
        GroupView {
            id: group.id.clone(),
            label: group.label.clone(),
            facts: of_group.map(|fact| fact_view(ruleset, fact)).collect(),
        }
    });
    groups.filter(|group| !group.facts.is_empty()).collect()
}

fn fact_view(ruleset: &Ruleset, fact: &Fact) -> FactView {
    let (control, options) = match &fact.kind {
        FactKind::Boolean => ("boolean", Vec::new()),
        FactKind::Integer { .. } => ("integer", Vec::new()),
        FactKind::Percent => ("percent", Vec::new()),
        FactKind::Date => ("date", Vec::new()),
        FactKind::Choice { options } => ("choice", options.clone()),
        FactKind::Ratio { .. } | FactKind::Total(_) | FactKind::Text => ("text", Vec::new()),
    };
    let conditions = read_by(ruleset, &fact.id);
    FactView {
        id: fact.id.clone(),
        label: fact.label.clone(),
        question: if fact.question.is_empty() { fact.label.clone() } else { fact.question.clone() },
        help: fact.help.clone(),
        unit: fact.unit.clone(),
        control,
        options,
        effort: if fact.effort == crate::Effort::Known {
            String::new()
        } else {
            fact.effort.label().to_owned()
        },
        used_by: conditions.len(),
        conditions,
    }
}

/// The conditions that read a fact, itself, through a share or a total, or through the document's scope.
fn read_by(ruleset: &Ruleset, id: &str) -> Vec<String> {
    let reads = |test: &Test| {
        let mut found = false;
        let mut see = |index: usize| {
            let Some(fact) = ruleset.facts.get(index) else { return };
            found |= fact.id == id;
            found |=
                fact.kind.made_of().iter().any(|of| ruleset.facts.get(*of).is_some_and(|of| of.id == id));
        };
        test.for_each_comparison(&mut |fact, comparison| {
            see(fact);
            for operand in comparison.operands() {
                if let Operand::Fact(other) = operand {
                    see(other);
                }
            }
        });
        found
    };
    let mut keys = Vec::new();
    for (index, document) in ruleset.documents.iter().enumerate() {
        let in_scope = reads(&document.scope);
        for (number, condition) in document.conditions.iter().enumerate() {
            if in_scope || reads(&condition.when) || reads(&condition.require) {
                keys.push(key(index, number));
            }
        }
    }
    keys
}

fn key(document: usize, condition: usize) -> String {
    format!("{document}.{condition}")
}

/// The days of a condition that is a window.
fn window(ruleset: &Ruleset, program: &Program, document: usize, condition: usize) -> Option<SpanView> {
    let of = program.condition(document, condition).filter(|of| of.kind == ConditionKind::Window)?;
    let Span { fact, opens, closes } = span(program, of.require)?;
    Some(SpanView { fact: ruleset.facts.get(fact)?.id.clone(), opens, closes })
}

fn document_view(
    ruleset: &Ruleset,
    program: Option<&Program>,
    index: usize,
    document: &DocumentRules,
) -> DocumentView {
    let conditions = document.conditions.iter().enumerate();
    DocumentView {
        id: document.document.clone(),
        title: document.title.clone(),
        url: document.url.clone(),
        archived: document.archived,
        scope: describe(&document.scope, ruleset),
        conditions: conditions
            .map(|(number, of)| condition_view(ruleset, program, index, number, of))
            .collect(),
    }
}

fn condition_view(
    ruleset: &Ruleset,
    program: Option<&Program>,
    document: usize,
    number: usize,
    condition: &Condition,
) -> ConditionView {
    ConditionView {
        id: condition.id.clone(),
        key: key(document, number),
        title: condition.title.clone(),
        requirement: describe(&condition.require, ruleset),
        when: describe(&condition.when, ruleset),
        kind_id: condition.kind,
        kind: condition.kind.label(),
        strength: condition.strength.label(),
        actor_id: condition.actor,
        actor: condition.actor.label(),
        stage: condition.stage.label(),
        per_line: condition.per == Per::Line,
        interpretation: condition.interpretation,
        clause_label: condition.citation.clause_label.clone(),
        lead_in: condition.citation.lead_in.clone(),
        quote: condition.citation.quote.clone(),
        url: condition.citation.url.clone(),
        window: program.and_then(|program| window(ruleset, program, document, number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Comparison;
    use crate::fixture::*;

    #[test]
    fn a_plain_span_of_days_is_told_by_its_ends() {
        let days = |require: Test| {
            let window = Condition { kind: ConditionKind::Window, ..condition(Per::School, require) };
            let span = view(&ruleset(vec![window])).documents.remove(0).conditions.remove(0).window?;
            Some((span.fact, span.opens.map(Date::iso), span.closes.map(Date::iso)))
        };
        let day = |text: &str| Operand::Value(day(text));
        let from = compare(DAY, Comparison::AtLeast(day("2024-09-15")));
        let until = compare(DAY, Comparison::AtMost(day("2024-09-25")));
        let both =
            || Some(("submit_date".to_owned(), Some("2024-09-15".to_owned()), Some("2024-09-25".to_owned())));
        assert_eq!(days(compare(DAY, Comparison::Between(day("2024-09-15"), day("2024-09-25")))), both());
        assert_eq!(days(Test::All(vec![from.clone(), until.clone()])), both());
        assert_eq!(days(until), Some(("submit_date".to_owned(), None, Some("2024-09-25".to_owned()))));
        assert_eq!(days(Test::All(vec![from.clone(), is(BUDGET, 1)])), None);
        assert_eq!(days(Test::Any(vec![from])), None);
        assert_eq!(days(compare(TEAM, Comparison::AtLeast(Operand::Value(3)))), None);
        assert_eq!(days(Test::ALWAYS), None);
    }

    #[test]
    fn the_view_has_what_is_asked_and_what_is_judged() {
        let half = compare(DUAL_SHARE, Comparison::AtLeast(Operand::Value(5000)));
        let enough = compare(PLANNED, Comparison::AtLeast(Operand::Fact(LEAST)));
        let view = view(&ruleset(vec![condition(Per::School, half), condition(Per::Line, enough)]));
        let ids = |groups: &[GroupView]| -> Vec<String> {
            groups.iter().flat_map(|group| &group.facts).map(|fact| fact.id.clone()).collect()
        };
        // The share is computed, so nobody is asked for it.
        let asked =
            ["province", "submit_date", "budget", "team_total", "dual_teachers", "good_share", "meeting"];
        assert_eq!(ids(&view.groups), asked);
        assert_eq!(ids(&view.line_groups), ["planned", "min_examinees", "facilities"]);
        let used: Vec<usize> = view.groups[0].facts.iter().map(|fact| fact.used_by).collect();
        assert_eq!(used, [2, 0, 0, 1, 1, 0, 0]);
        let document = &view.documents[0];
        assert_eq!(document.scope, "所在省份为“安徽”");
        let conditions: Vec<_> = document
            .conditions
            .iter()
            .map(|one| (one.key.as_str(), one.requirement.as_str(), one.per_line))
            .collect();
        assert_eq!(
            conditions,
            [("0.0", "“双师型”教师占比不低于50%", false), ("0.1", "计划人数不少于开考最低人数", true)]
        );
        assert_eq!((view.condition_count, view.verdicts[0].word), (2, "不符合"));
    }
}
