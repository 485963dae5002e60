//! The calendar: windows drawn from the conditions of kind `window`.

use rules::{Comparison, ConditionKind, Date, DocumentRules, FactKind, Operand, Ruleset, Test};

use crate::model::Window;
use crate::references::References;

/// Draws the windows of every document, by opening day (or deadline), then by condition.
pub(crate) fn draw(ruleset: &Ruleset, references: &References) -> Vec<Window> {
    let mut windows: Vec<Window> =
        ruleset.documents.iter().flat_map(|document| draw_document(document, ruleset, references)).collect();
    windows.sort_by(|a, b| (a.opens.or(a.closes), &a.condition).cmp(&(b.opens.or(b.closes), &b.condition)));
    windows
}

fn draw_document<'a>(
    document: &'a DocumentRules,
    ruleset: &'a Ruleset,
    references: &'a References,
) -> impl Iterator<Item = Window> + 'a {
    let parsed = references.documents.get(&document.document);
    let province = parsed.map(|parsed| parsed.document.province.clone()).unwrap_or_default();
    document.conditions.iter().filter(|condition| condition.kind == ConditionKind::Window).filter_map(
        move |condition| {
            let (opens, closes) = days(&condition.require, ruleset)?;
            Some(Window {
                condition: condition.id.clone(),
                title: condition.title.clone(),
                province_name: references.province_name(&province),
                province: province.clone(),
                actor: condition.actor,
                opens,
                closes,
                archived: document.archived,
                citation: condition.citation.clone(),
            })
        },
    )
}

/// First and last day a requirement on dates allows, where it is a plain span.
fn days(require: &Test, ruleset: &Ruleset) -> Option<(Option<Date>, Option<Date>)> {
    let (mut opens, mut closes) = (None, None);
    require.for_each_comparison(&mut |fact, comparison| {
        if !matches!(ruleset.facts.get(fact).map(|fact| &fact.kind), Some(FactKind::Date)) {
            return;
        }
        match comparison {
            Comparison::Between(Operand::Value(first), Operand::Value(last)) => {
                opens = Some(Date::from_days(*first));
                closes = Some(Date::from_days(*last));
            }
            Comparison::AtLeast(Operand::Value(first)) => opens = Some(Date::from_days(*first)),
            Comparison::AtMost(Operand::Value(last)) => closes = Some(Date::from_days(*last)),
            Comparison::Is(Operand::Value(day)) => {
                opens = Some(Date::from_days(*day));
                closes = opens;
            }
            _ => {}
        }
    });
    (opens.is_some() || closes.is_some()).then_some((opens, closes))
}
