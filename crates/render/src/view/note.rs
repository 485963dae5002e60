//! Which notes on a text (校注) concern which condition.

use content::{PolicyDocument, Portal, TextNote};
use rules::Citation;

/// The notes on a clause and on those below it.
pub(crate) fn notes_of_clause<'a>(policy: &'a PolicyDocument, clause: &str) -> Vec<&'a TextNote> {
    policy.notes.iter().filter(|note| belongs(&note.cite.clause, clause)).collect()
}

/// The notes on the very words a condition stands on: their quotes share a character with its quote or lead-in. A note
/// without a quote is about the whole clause.
pub(crate) fn notes_on<'a>(portal: &'a Portal, citation: &Citation) -> Vec<&'a TextNote> {
    let Some(policy) = portal.policies.iter().find(|policy| policy.id == citation.document) else {
        return Vec::new();
    };
    let text = squeezed_text(policy, &citation.clause);
    let own: Vec<(usize, usize)> =
        [&citation.lead_in, &citation.quote].into_iter().filter_map(|quote| place(&text, quote)).collect();
    let mut notes = notes_of_clause(policy, &citation.clause);
    notes.retain(|note| {
        note.quote.is_empty()
            || place(&text, &note.quote)
                .is_some_and(|(start, end)| own.iter().any(|(from, to)| start < *to && *from < end))
    });
    notes
}

/// Whether a clause is the wanted one or stands below it.
pub(crate) fn belongs(clause: &str, wanted: &str) -> bool {
    clause.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The words of a clause and of those below it, without white space.
fn squeezed_text(policy: &PolicyDocument, wanted: &str) -> String {
    let clauses = policy.clauses.iter().filter(|clause| belongs(&clause.id, wanted));
    clauses.flat_map(|clause| [squeeze(&clause.text), squeeze(&clause.table_text)]).collect()
}

fn place(text: &str, quote: &str) -> Option<(usize, usize)> {
    let quote = squeeze(quote);
    let start = if quote.is_empty() { None } else { text.find(&quote) }?;
    Some((start, start + quote.len()))
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::sample;

    #[test]
    fn a_note_concerns_the_conditions_whose_words_it_is_about() {
        let mut portal = sample::portal();
        let policy = &mut portal.policies[0];
        Arc::make_mut(&mut Arc::make_mut(&mut policy.clauses)[1]).text =
            "1.申报时间为 3 月 22 日，汇总表\n3 月 25 日前发送".into();
        let note = |clause: &str, quote: &str, number| TextNote {
            number,
            cite: content::ClauseReference { clause: clause.into(), ..sample::reference() },
            quote: quote.into(),
            note: String::new(),
        };
        policy.notes = vec![
            note("s1-1", "3月22日", 1),
            note("s1-1", "汇总表 3 月 25 日", 2),
            note("s1-1", "", 3),
            note("s1", "申报时间", 4),
            note("s1-10", "申报时间", 5),
        ];
        let numbers = |lead_in: &str, quote: &str| -> Vec<usize> {
            let citation = Citation { lead_in: lead_in.into(), quote: quote.into(), ..sample::citation() };
            notes_on(&portal, &citation).iter().map(|note| note.number).collect()
        };
        assert_eq!(numbers("", "申报时间为 3 月"), [1, 3]);
        assert_eq!(numbers("", "25日前"), [2, 3]);
        assert_eq!(numbers("申报时间为3月", "25日前"), [1, 2, 3]);
        assert_eq!(numbers("", "不在文中"), [3]);
        assert_eq!(notes_of_clause(&portal.policies[0], "s1").len(), 5);
    }
}
