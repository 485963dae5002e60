//! What the portal reads into the texts, for sign-off: numbers and years that the text does not state,
//! and last days it leaves open.

use content::Portal;
use rules::Condition;
use serde::Serialize;

use super::condition::{ConditionView, condition_view};
use super::note::notes_on;

/// A condition whose reading somebody has to confirm.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InterpretationView<'a> {
    condition: ConditionView,
    /// What about it is a reading.
    reasons: Vec<&'static str>,
    /// Notes on the words it stands on.
    notes: Vec<&'a str>,
}

/// Every such condition, in the order of the documents.
pub(crate) fn interpretations(portal: &Portal) -> Vec<InterpretationView<'_>> {
    let ruleset = &portal.ruleset;
    let all = ruleset
        .documents
        .iter()
        .flat_map(|rules| rules.conditions.iter().map(move |condition| (rules, condition)));
    let is_read = |of: &Condition| of.interpretation || of.boundary_unclear || of.year_from_issue;
    all.filter(|(_, condition)| is_read(condition))
        .map(|(rules, condition)| {
            let reasons = [
                (condition.interpretation, "条件中的数字、日期或范围是对原文的理解，原文没有直接写出"),
                (
                    condition.boundary_unclear,
                    "原文写“前”，没有写明当日算不算；当日提交的，结论为“需人工判断”",
                ),
                (condition.year_from_issue, "原文的日期没有写年份，这里按文件的年度理解"),
            ];
            InterpretationView {
                condition: condition_view(ruleset, rules, condition),
                reasons: reasons.iter().filter(|(is_one, _)| *is_one).map(|(_, reason)| *reason).collect(),
                notes: notes_on(portal, &condition.citation).iter().map(|note| note.note.as_str()).collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn only_readings_are_listed_with_what_is_read() {
        let mut portal = sample::portal();
        assert!(interpretations(&portal).is_empty());
        portal.ruleset.documents[0].conditions[0].boundary_unclear = true;
        assert_eq!(interpretations(&portal)[0].reasons.len(), 1);
        portal.ruleset.documents[0].conditions[0].interpretation = true;
        assert_eq!(interpretations(&portal)[0].reasons.len(), 2);
        portal.ruleset.documents[0].conditions[0].year_from_issue = true;
        assert_eq!(interpretations(&portal)[0].reasons.len(), 3);
    }
}
