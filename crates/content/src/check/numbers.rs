//! Every number and day of a condition stands in its quote, unless the condition says that it is a reading of the text.

use std::ops::Range;

use rules::{Condition, Date, FactKind, Ruleset};

use crate::check::figures::Figures;
use crate::check::places::ConditionPlaces;
use crate::check::value;
use crate::problem::Proof;

/// The constants that the quote does not bear, with their places. `year` is that of the document.
pub(crate) fn check(
    condition: &Condition,
    places: &ConditionPlaces,
    ruleset: &Ruleset,
    year: i32,
) -> Vec<(Range<usize>, Proof)> {
    if condition.interpretation {
        return Vec::new();
    }
    let figures = Figures::read(&format!("{}\n{}", condition.citation.lead_in, condition.citation.quote));
    let mut found = Vec::new();
    for constant in &places.constants {
        let Some(fact) = ruleset.facts.get(constant.fact) else { continue };
        let shown = || value::canonical(fact, constant.value);
        let absent = || Proof::NumberNotInQuote { fact: fact.id.clone(), value: shown() };
        let problem = match &fact.kind {
            FactKind::Boolean | FactKind::Choice { .. } | FactKind::Text => None,
            FactKind::Percent | FactKind::Ratio { .. } => {
                (!figures.shares.contains(&constant.value)).then(absent)
            }
            FactKind::Integer { .. } | FactKind::Total(_) => {
                let is_issue_year = condition.year_from_issue && constant.value == year;
                (!is_issue_year && !figures.numbers.contains(&constant.value)).then(absent)
            }
            FactKind::Date => {
                let (in_year, month, day) = parts(constant.value);
                if !figures.days.contains(&(month, day)) {
                    Some(absent())
                } else if figures.years.contains(&in_year) {
                    None
                } else if !condition.year_from_issue {
                    Some(Proof::YearNotInQuote { date: shown() })
                } else if in_year != year {
                    Some(Proof::YearDiffers { date: shown(), year })
                } else {
                    None
                }
            }
        };
        found.extend(problem.map(|problem| (constant.span.clone(), problem)));
    }
    // Both days of a span lack the year that the quote does not say: once is enough.
    let mut is_first = true;
    found.retain(|(_, problem)| {
        !matches!(problem, Proof::YearNotInQuote { .. }) || std::mem::take(&mut is_first)
    });
    found
}

/// Year, month and day.
fn parts(days: i32) -> (i32, i32, i32) {
    let text = Date::from_days(days).to_string();
    let mut parts = text.split('-').filter_map(|part| part.parse().ok());
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next())
}
