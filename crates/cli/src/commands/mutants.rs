//! `zhinan check --mutants`: which slips in a condition no scenario would notice.

use content::{Audit, Fate, Language, Mutant};
use rules::Strength;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::{pipeline, report};

/// Changes every condition in every small way, runs all scenarios on each and prints the changes that none notices.
///
/// It ends with 1 when a scope or a condition that must be met has one, as the content is then not proved.
pub(crate) fn run(in_json: bool, arguments: &Arguments) -> Result<(), Failure> {
    let (portal, audit) = pipeline::audited_portal(arguments)?;
    let (folder, language) = (arguments.content.display().to_string(), arguments.language());
    let mutants = content::mutants(&portal);
    let with = |fate: Fate| mutants.iter().filter(move |mutant| mutant.fate == fate);
    let survivors: Vec<&Mutant> = with(Fate::Survived).collect();
    let (noticed, equivalent) = (with(Fate::Noticed).count(), with(Fate::Equivalent).count());
    if in_json {
        let list = |fate| with(fate).map(|one| as_json(one, &audit, &folder)).collect::<Vec<_>>();
        report::json(&json!({
            "mutants": mutants.len(),
            "noticed": noticed,
            "equivalent": list(Fate::Equivalent),
            "survivors": list(Fate::Survived),
        }));
    } else {
        for mutant in &survivors {
            let place = place(mutant, &audit, &folder);
            let (subject, field, change) =
                (&mutant.subject, mutant.part.field(), mutant.change.message(language));
            report::line(&format!("{place}: {subject} {field}: {change}"));
        }
        report::line(&summary(mutants.len(), noticed, equivalent, survivors.len(), language));
    }
    let binding = |mutant: &&Mutant| mutant.strength.is_none_or(|strength| strength == Strength::Must);
    if survivors.iter().any(binding) { Err(Failure::Content) } else { Ok(()) }
}

fn summary(all: usize, noticed: usize, equivalent: usize, survivors: usize, language: Language) -> String {
    match language {
        Language::Chinese => format!(
            "改动 {all} 处：场景发现 {noticed} 处，{equivalent} 处与原条件结论完全相同，{survivors} 处没有场景发现"
        ),
        Language::English => format!(
            "{all} changes: {noticed} noticed by a scenario, {equivalent} equivalent to the original, {survivors} noticed by none"
        ),
    }
}

fn place(mutant: &Mutant, audit: &Audit, folder: &str) -> String {
    audit.places.get(&mutant.subject).map_or_else(String::new, |place| report::position(place, folder))
}

fn as_json(mutant: &Mutant, audit: &Audit, folder: &str) -> Value {
    json!({
        "id": mutant.subject,
        "field": mutant.part.field(),
        "place": place(mutant, audit, folder),
        "change": {
            "zh": mutant.change.message(Language::Chinese),
            "en": mutant.change.message(Language::English),
        },
    })
}
