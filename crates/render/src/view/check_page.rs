//! What the check page shows beside the form and the conditions: notes on the text, materials, steps, batches.
//!
//! The form and the conditions themselves come from [`rules::view`]. Everything here is a map, so that a template asks
//! by the id it has at hand.

use std::collections::BTreeMap;

use content::{ClauseReference, Portal, ProvincialGuide};
use rules::FactKind;
use serde::Serialize;

use super::note::notes_on;

/// A material of a guide, for the checklist.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CheckMaterial<'a> {
    name: &'a str,
    prepared_by: &'a str,
    when: &'a str,
    form: &'a str,
    /// Its row in the guide.
    url: String,
    cite: &'a ClauseReference,
}

/// A step of a guide, for the checklist.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CheckStep<'a> {
    title: &'a str,
    actor: &'a str,
    text: &'a str,
    /// Its place in the guide.
    url: String,
    cite: &'a ClauseReference,
}

/// Condition → the notes on the words it stands on; conditions without any are left out.
pub(crate) fn notes_by_condition(portal: &Portal) -> BTreeMap<&str, Vec<&str>> {
    let conditions = portal.ruleset.documents.iter().flat_map(|document| &document.conditions);
    conditions
        .map(|condition| {
            let notes = notes_on(portal, &condition.citation);
            (condition.id.as_str(), notes.iter().map(|note| note.note.as_str()).collect())
        })
        .filter(|(_, notes): &(&str, Vec<&str>)| !notes.is_empty())
        .collect()
}

/// Document → the materials that guides draw from it.
pub(crate) fn materials_by_document(portal: &Portal) -> BTreeMap<&str, Vec<CheckMaterial<'_>>> {
    by_document(portal, |guide| {
        let materials = guide.materials.iter().map(|material| {
            (
                &material.cite,
                CheckMaterial {
                    name: &material.name,
                    prepared_by: &material.prepared_by,
                    when: &material.when,
                    form: &material.form,
                    url: format!("{}#material-{}", guide.url, material.id),
                    cite: &material.cite,
                },
            )
        });
        materials.collect()
    })
}

/// Document → the steps that guides draw from it.
pub(crate) fn steps_by_document(portal: &Portal) -> BTreeMap<&str, Vec<CheckStep<'_>>> {
    by_document(portal, |guide| {
        let steps = guide.steps.iter().map(|step| {
            (
                &step.cite,
                CheckStep {
                    title: &step.title,
                    actor: &step.actor,
                    text: &step.text,
                    url: format!("{}#step-{}", guide.url, step.id),
                    cite: &step.cite,
                },
            )
        });
        steps.collect()
    })
}

/// Option of a certificate question → its batch, where the catalogue gives it as a plain number.
pub(crate) fn batches_by_option(portal: &Portal) -> BTreeMap<&str, u32> {
    let catalogue = &portal.certificates.certificates;
    let mut batches = BTreeMap::new();
    for fact in &portal.ruleset.facts {
        let FactKind::Choice { options } = &fact.kind else { continue };
        for option in options {
            let certificate = catalogue.iter().find(|certificate| certificate.name == option.label);
            if let Some(batch) = certificate.and_then(|certificate| certificate.batch.parse().ok()) {
                batches.insert(option.id.as_str(), batch);
            }
        }
    }
    batches
}

/// What guides say with reference to each document that has conditions, in the order of the guides.
fn by_document<'a, T>(
    portal: &'a Portal,
    lines: impl Fn(&'a ProvincialGuide) -> Vec<(&'a ClauseReference, T)>,
) -> BTreeMap<&'a str, Vec<T>> {
    let mut found: BTreeMap<&str, Vec<T>> = BTreeMap::new();
    for (cite, line) in portal.guides.iter().flat_map(lines) {
        if portal.ruleset.documents.iter().any(|document| document.document == cite.document) {
            found.entry(&cite.document).or_default().push(line);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn everything_is_found_by_the_id_at_hand() {
        let portal = sample::portal();
        let materials = materials_by_document(&portal);
        assert_eq!(materials["sx-2024"][0].url, "provinces/sx/#material-plan");
        let steps = steps_by_document(&portal);
        assert_eq!(steps["sx-2024"].iter().map(|step| step.actor).collect::<Vec<_>>(), ["院校", "市教育局"]);
        assert!(notes_by_condition(&portal).is_empty());
    }

    #[test]
    fn a_batch_is_told_only_where_the_catalogue_is_sure() {
        let mut portal = sample::portal();
        let option = |id: &str, label: &str| rules::Choice { id: id.into(), label: label.into() };
        portal.ruleset.facts[0].kind = FactKind::Choice {
            options: vec![option("c01", "智能财税"), option("c02", "前后"), option("other", "其他")],
        };
        portal.certificates.certificates[1].name = "前后".into();
        portal.certificates.certificates[1].batch = "4 前后".into();
        assert_eq!(batches_by_option(&portal), BTreeMap::from([("c01", 2)]));
    }
}
