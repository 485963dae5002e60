//! `check/facts.yaml`: the questions a declaration answers.

use rules::{Changeable, Choice, Effort, Fact, FactGroup, FactKind, Per, Ruleset};

use crate::fields::{Fields, Reporter, entries_of, is_id, text_of};
use crate::problem::{Problem, ReferenceKind};
use crate::suggest::nearest;
use crate::yaml::{Entry, Node};

#[derive(Clone, Copy)]
enum Type {
    Boolean,
    Integer,
    Percent,
    Date,
    Choice,
    Text,
}

const TYPES: [(&str, Type); 6] = [
    ("bool", Type::Boolean),
    ("integer", Type::Integer),
    ("percent", Type::Percent),
    ("date", Type::Date),
    ("enum", Type::Choice),
    ("text", Type::Text),
];

const EFFORTS: [(&str, Effort); 3] =
    [("known", Effort::Known), ("look_up", Effort::LookUp), ("ask_organisation", Effort::AskOrganisation)];

const CHANGEABLE: [(&str, Changeable); 3] =
    [("yes", Changeable::Yes), ("slow", Changeable::Slow), ("no", Changeable::No)];

/// Reads groups and facts; the ruleset has no documents yet.
pub(crate) fn read(node: &Node, reporter: &mut Reporter) -> Ruleset {
    let mut ruleset = Ruleset::default();
    let Some(mut fields) = Fields::open(node, reporter) else { return ruleset };
    let groups = fields.required("groups", reporter).map_or(&[][..], |node| entries_of(node, reporter));
    for entry in groups {
        let label = text_of(&entry.node, reporter).unwrap_or_default();
        ruleset.groups.push(FactGroup { id: entry.key.clone(), label });
    }
    let facts = fields.required("facts", reporter).map_or(&[][..], |node| entries_of(node, reporter));
    fields.finish(reporter);
    let ids: Vec<&str> = facts.iter().map(|entry| entry.key.as_str()).collect();
    for entry in facts {
        let fact = fact(entry, &ids, &ruleset.groups, reporter);
        ruleset.facts.push(fact);
    }
    check_ratios(facts, &ruleset, reporter);
    ruleset
}

fn fact(entry: &Entry, ids: &[&str], groups: &[FactGroup], reporter: &mut Reporter) -> Fact {
    if !is_id(&entry.key) {
        reporter.report(entry.key_span.clone(), Problem::InvalidId { found: entry.key.clone() });
    }
    let mut fact = Fact {
        id: entry.key.clone(),
        label: String::new(),
        question: String::new(),
        help: String::new(),
        group: String::new(),
        order: u32::MAX,
        per: Per::School,
        kind: FactKind::Text,
        unit: String::new(),
        effort: Effort::Known,
        changeable: Changeable::Yes,
    };
    let Some(mut fields) = Fields::open(&entry.node, reporter) else { return fact };
    fact.label = fields.text("label", reporter);
    fact.group = group(&mut fields, groups, reporter);
    fact.help = fields.optional_text("help", reporter);
    fact.unit = fields.optional_text("unit", reporter);
    fact.order = fields.optional_integer("order", 0, 9_999, reporter).map_or(u32::MAX, |order| order as u32);
    fact.per = fields.choice("per", &[("line", Per::Line), ("school", Per::School)], Per::School, reporter);
    fact.effort = fields.choice("effort", &EFFORTS, Effort::Known, reporter);
    fact.changeable = fields.choice("changeable", &CHANGEABLE, Changeable::Yes, reporter);
    let kind = fields.required_choice("type", &TYPES, reporter);
    let ratio = ratio(&mut fields, ids, reporter);
    fact.question = if ratio.is_some() {
        fields.optional_text("question", reporter)
    } else {
        fields.text("question", reporter)
    };
    fact.kind = match (kind, ratio) {
        (_, Some(ratio)) => ratio,
        (Type::Boolean, None) => FactKind::Boolean,
        (Type::Percent, None) => FactKind::Percent,
        (Type::Date, None) => FactKind::Date,
        (Type::Text, None) => FactKind::Text,
        (Type::Integer, None) => bounds(&mut fields, reporter),
        (Type::Choice, None) => options(&mut fields, reporter),
    };
    fields.finish(reporter);
    fact
}

fn group(fields: &mut Fields<'_>, groups: &[FactGroup], reporter: &mut Reporter) -> String {
    let group = fields.text("group", reporter);
    if let Some(node) = fields.optional("group")
        && !groups.iter().any(|known| known.id == group)
    {
        let suggestion = nearest(&group, groups.iter().map(|known| known.id.as_str())).map(str::to_owned);
        let problem =
            Problem::UnknownReference { kind: ReferenceKind::Group, found: group.clone(), suggestion };
        reporter.report(node.span.clone(), problem);
    }
    group
}

/// Both bounds; values are kept within ± 2^30 so that products of two fit an `i64`.
fn bounds(fields: &mut Fields<'_>, reporter: &mut Reporter) -> FactKind {
    let limit = i64::from(1 << 30);
    let min = fields.optional_integer("min", -limit, limit, reporter).unwrap_or(0) as i32;
    let max = fields.optional_integer("max", -limit, limit, reporter).unwrap_or(limit) as i32;
    if let Some(node) = fields.optional("max")
        && min > max
    {
        reporter.report(node.span.clone(), Problem::RangeReversed);
    }
    FactKind::Integer { min, max }
}

fn options(fields: &mut Fields<'_>, reporter: &mut Reporter) -> FactKind {
    let entries = fields.required("options", reporter).map_or(&[][..], |node| entries_of(node, reporter));
    let options = entries
        .iter()
        .map(|entry| Choice {
            id: entry.key.clone(),
            label: text_of(&entry.node, reporter).unwrap_or_default(),
        })
        .collect();
    FactKind::Choice { options }
}

fn ratio(fields: &mut Fields<'_>, ids: &[&str], reporter: &mut Reporter) -> Option<FactKind> {
    let node = fields.optional("ratio")?;
    let mut indices = Vec::new();
    for item in fields.list("ratio", reporter) {
        let Some(id) = text_of(item, reporter) else { continue };
        match ids.iter().position(|known| *known == id) {
            Some(index) => indices.push(index),
            None => {
                let suggestion = nearest(&id, ids.iter().copied()).map(str::to_owned);
                reporter.report(item.span.clone(), Problem::UnknownFact { found: id, suggestion });
            }
        }
    }
    match indices.as_slice() {
        [part, whole] => Some(FactKind::Ratio { part: *part, whole: *whole }),
        _ => {
            if node.items().len() != 2 {
                let problem =
                    Problem::InvalidNumber { found: node.items().len().to_string(), least: 2, most: 2 };
                reporter.report(node.span.clone(), problem);
            }
            None
        }
    }
}

/// A share is made of two whole numbers of the same unit that are stated in the same place.
fn check_ratios(entries: &[Entry], ruleset: &Ruleset, reporter: &mut Reporter) {
    for (entry, fact) in entries.iter().zip(&ruleset.facts) {
        let FactKind::Ratio { part, whole } = fact.kind else { continue };
        let (part, whole) = (&ruleset.facts[part], &ruleset.facts[whole]);
        let counts =
            [part, whole].iter().all(|fact| matches!(fact.kind, FactKind::Integer { min, .. } if min >= 0));
        if !counts || part.unit != whole.unit || part.per != whole.per || fact.per != part.per {
            let problem = Problem::FactsDoNotCompare { left: part.id.clone(), right: whole.id.clone() };
            reporter.report(
                entry.node.get("ratio").map_or(entry.key_span.clone(), |node| node.span.clone()),
                problem,
            );
        }
    }
}
