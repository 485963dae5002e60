//! `check/facts.yaml`: the questions a declaration answers.

use std::ops::Range;

use rules::{Changeable, Choice, Effort, Fact, FactGroup, FactKind, Per, RESERVED_KEYS, Ruleset, nearest};

use crate::check::computed;
use crate::fields::{Fields, Reporter, entries_of, id_problem, text_of};
use crate::format::check::{FACT, FACTS};
use crate::model::Certificate;
use crate::problem::{FactProblem, Problem, ReferenceKind};
use crate::yaml::{Entry, Node};

#[derive(Clone, Copy, PartialEq, Eq)]
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

/// The option that means none of the others; it stays behind those that a catalogue adds.
const OTHER: &str = "other";

/// Reads groups and facts; the ruleset has no documents yet. `certificates` are those of the catalogue, which a fact
/// may take its options from.
pub(crate) fn read(node: &Node, certificates: &[Certificate], reporter: &mut Reporter) -> Ruleset {
    let mut ruleset = Ruleset::default();
    let Some(mut fields) = Fields::open(node, &FACTS, reporter) else { return ruleset };
    let groups = fields.required("groups", reporter).map_or(&[][..], |node| entries_of(node, reporter));
    for entry in groups {
        let label = text_of(&entry.node, reporter).unwrap_or_default();
        ruleset.groups.push(FactGroup { id: entry.key.clone(), label });
    }
    let facts = fields.required("facts", reporter).map_or(&[][..], |node| entries_of(node, reporter));
    fields.finish(reporter);
    let ids: Vec<&str> = facts.iter().map(|entry| entry.key.as_str()).collect();
    for entry in facts {
        let fact = fact(entry, &ids, &ruleset.groups, certificates, reporter);
        ruleset.facts.push(fact);
    }
    computed::check(facts, &ruleset, reporter);
    ruleset
}

fn fact(
    entry: &Entry,
    ids: &[&str],
    groups: &[FactGroup],
    certificates: &[Certificate],
    reporter: &mut Reporter,
) -> Fact {
    if let Some(problem) = id_problem(&entry.key) {
        reporter.report(entry.key_span.clone(), problem);
    }
    if RESERVED_KEYS.contains(&entry.key.as_str()) {
        reporter.report(entry.key_span.clone(), FactProblem::ReservedId { found: entry.key.clone() });
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
    let Some(mut fields) = Fields::open(&entry.node, &FACT, reporter) else { return fact };
    fact.label = fields.text("label", reporter);
    fact.group = group(&mut fields, groups, reporter);
    fact.help = fields.optional_text("help", reporter);
    fact.unit = fields.optional_text("unit", reporter);
    fact.order = fields.optional_integer("order", reporter).map_or(u32::MAX, |order| order as u32);
    fact.per = fields.choice("per", &[("line", Per::Line), ("school", Per::School)], Per::School, reporter);
    fact.effort = fields.choice("effort", &EFFORTS, Effort::Known, reporter);
    fact.changeable = fields.choice("changeable", &CHANGEABLE, Changeable::Yes, reporter);
    let kind = fields.required_choice("type", &TYPES, reporter);
    let computed = computed::read(&mut fields, kind == Type::Integer, ids, reporter);
    if computed.is_none() {
        fact.question = fields.text("question", reporter);
    }
    fact.kind = match (kind, computed) {
        (_, Some(computed)) => computed,
        (Type::Boolean, None) => FactKind::Boolean,
        (Type::Percent, None) => FactKind::Percent,
        (Type::Date, None) => FactKind::Date,
        (Type::Text, None) => FactKind::Text,
        (Type::Integer, None) => bounds(&mut fields, reporter),
        (Type::Choice, None) => options(&mut fields, certificates, reporter),
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
    let min = fields.optional_integer("min", reporter).unwrap_or(0) as i32;
    let max = fields.optional_integer("max", reporter).unwrap_or(limit) as i32;
    if let Some(node) = fields.optional("max")
        && min > max
    {
        reporter.report(node.span.clone(), FactProblem::RangeReversed);
    }
    FactKind::Integer { min, max }
}

/// The options written, then those of the catalogue where the fact takes them from there.
fn options(fields: &mut Fields<'_>, certificates: &[Certificate], reporter: &mut Reporter) -> FactKind {
    let from = fields.optional("options_from");
    let written =
        if from.is_some() { fields.optional("options") } else { fields.required("options", reporter) };
    let entries = written.map_or(&[][..], |node| entries_of(node, reporter));
    let mut options: Vec<Choice> = entries
        .iter()
        .map(|entry| Choice {
            id: entry.key.clone(),
            label: text_of(&entry.node, reporter).unwrap_or_default(),
        })
        .collect();
    if let Some(node) = from {
        fields.choice("options_from", &[("certificates", ())], (), reporter);
        add_certificates(&mut options, certificates, node.span.clone(), reporter);
    }
    FactKind::Choice { options }
}

/// Adds the certificates whose names are no options yet.
fn add_certificates(
    options: &mut Vec<Choice>,
    certificates: &[Certificate],
    span: Range<usize>,
    reporter: &mut Reporter,
) {
    let last = options.iter().position(|option| option.id == OTHER).map(|index| options.remove(index));
    for certificate in certificates {
        if options.iter().any(|option| option.label == certificate.name) {
            continue;
        }
        if options.iter().chain(&last).any(|option| option.id == certificate.id) {
            reporter.report(span.clone(), Problem::DuplicateId { id: certificate.id.clone() });
            continue;
        }
        options.push(Choice { id: certificate.id.clone(), label: certificate.name.clone() });
    }
    options.extend(last);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_come_behind_what_is_written_and_before_the_rest() {
        let certificate = |id: &str, name: &str| Certificate {
            id: id.to_owned(),
            name: name.to_owned(),
            batch: String::new(),
            organisation: String::new(),
            levels: Vec::new(),
            source: String::new(),
            as_of: None,
        };
        let choice = |id: &str, label: &str| Choice { id: id.to_owned(), label: label.to_owned() };
        let mut options = vec![choice("c01", "母婴护理"), choice(OTHER, "其他")];
        let catalogue = [
            certificate("c001", "母婴护理"),
            certificate("c002", "智能财税"),
            certificate("c003", "智能财税"),
        ];
        let mut reporter = Reporter::new("check/facts.yaml");
        add_certificates(&mut options, &catalogue, 0..0, &mut reporter);
        assert_eq!(options, [choice("c01", "母婴护理"), choice("c002", "智能财税"), choice(OTHER, "其他")]);
        assert_eq!(reporter.count(), 0);
        add_certificates(&mut options, &[certificate("c01", "养老护理")], 0..0, &mut reporter);
        assert_eq!((options.len(), reporter.count()), (3, 1));
    }
}
