//! The page of one condition: what it asks, what follows, where it stands, what it reads.

use std::sync::Arc;

use content::{Clause, PolicyDocument, Portal};
use rules::view::VerdictView;
use rules::{Condition, ConditionKind, Date, DocumentRules, Stage, Strength, Test, Verdict};
use serde::Serialize;

use super::calendar::{WindowView, window_view};
use super::condition::{ConditionView, condition_view};
use super::coverage::{StatementView, statements_covered_by};
use super::example::{Example, Examples};
use super::fact::fact_url;
use super::marked::marked;
use super::note::{belongs, notes_of_clause, notes_on};
use super::reading::{Readers, facts_of, readings};

/// At most so many conditions of other documents; the page of the question has them all.
const MOST_RELATED: usize = 20;

/// What the page of a condition shows.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ConditionPage<'a> {
    condition: ConditionView,
    /// To which declarations its document applies; empty where to all.
    scope_text: String,
    /// What the document's word means for a verdict.
    strength_meaning: &'static str,
    /// What follows from what, row by row.
    outcomes: Vec<Outcome>,
    /// The clause it stands in, its words marked.
    clauses: Vec<ClauseContext<'a>>,
    /// Titles of the clauses above, outermost first.
    clause_path: &'a [String],
    /// Those about its very words first.
    notes: Vec<NoteView<'a>>,
    other_note_count: usize,
    readings: Vec<ReadingView<'a>>,
    window: Option<WindowView>,
    examples: Vec<Example>,
    /// Statements of the document it accounts for.
    statements: Vec<StatementView<'a>>,
    /// Conditions of other documents on the same facts.
    related: Vec<ConditionView>,
}

/// A row of the table of verdicts.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Outcome {
    case: &'static str,
    verdict: VerdictView,
    meaning: &'static str,
}

/// A clause with marked words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ClauseContext<'a> {
    id: &'a str,
    label: &'a str,
    html: String,
}

/// A note on the text.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NoteView<'a> {
    quote: &'a str,
    note: &'a str,
    /// It is about the very words of the condition.
    on_words: bool,
}

/// A fact the condition reads.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReadingView<'a> {
    label: &'a str,
    /// The question; empty for a computed fact.
    question: &'a str,
    url: String,
    /// What for.
    purpose: String,
    computed: bool,
}

/// What the page of this condition shows on this day.
pub(crate) fn condition_page<'a>(
    portal: &'a Portal,
    readers: &Readers,
    examples: &Examples<'_>,
    (document, number): (usize, usize),
    today: Date,
) -> ConditionPage<'a> {
    let ruleset = &portal.ruleset;
    let rules = &ruleset.documents[document];
    let condition = &rules.conditions[number];
    let policy = portal.policies.iter().find(|policy| policy.id == rules.document);
    let notes = policy.map(|policy| notes(portal, policy, condition)).unwrap_or_default();
    ConditionPage {
        condition: condition_view(ruleset, rules, condition),
        scope_text: rules::describe(&rules.scope, ruleset),
        strength_meaning: strength_meaning(condition.strength),
        outcomes: outcomes(rules, condition),
        clauses: policy.map(|policy| context(policy, condition)).unwrap_or_default(),
        clause_path: policy.and_then(|policy| clause(policy, condition)).map_or(&[], |clause| &clause.path),
        other_note_count: notes.iter().filter(|note| !note.on_words).count(),
        notes,
        readings: reading_views(portal, rules, condition),
        window: portal
            .windows
            .iter()
            .find(|window| window.condition == condition.id)
            .map(|window| window_view(portal, window, today)),
        examples: examples.of_condition(document, number),
        statements: statements_covered_by(portal, &condition.id),
        related: related(portal, readers, document, condition),
    }
}

const fn strength_meaning(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "原文用“须”“应”“必须”一类的话提出，不满足就不符合。",
        Strength::InPrinciple => "原文写“原则上”：不满足不直接判为不符合，要说明理由，由审核判断。",
        Strength::Generally => "原文写“一般”：不满足不直接判为不符合，要说明理由，由审核判断。",
        Strength::Should => "原文用“要”“需”“应当”一类的话提出，不满足按不符合处理。",
        Strength::May => "原文写“可”：允许这样做，不这样做也不影响申报。",
        Strength::Priority => "原文写“优先”：不是门槛，不满足的由审核比较判断。",
        Strength::Advice => "原文写“建议”或“鼓励”：不满足只作提示，不影响申报。",
    }
}

fn outcomes(rules: &DocumentRules, condition: &Condition) -> Vec<Outcome> {
    let verdict = |met| rules::verdict_if_applicable(met, condition.kind, condition.strength);
    let row = |case, verdict: Verdict, meaning| Outcome {
        case,
        verdict: VerdictView { id: verdict.id(), word: verdict.label(), shape: verdict.shape() },
        meaning,
    };
    let mut rows = vec![row(
        "满足要求",
        verdict(true),
        match condition.kind {
            ConditionKind::Judgement => "只是自己的评价，以审核为准。",
            _ => "这一条没有问题。",
        },
    )];
    rows.push(row(
        "不满足要求",
        verdict(false),
        match verdict(false) {
            Verdict::NotMet if matches!(condition.stage, Stage::Before | Stage::Submission) => {
                "申报前需要改正。"
            }
            Verdict::NotMet => "需要改正。",
            Verdict::Judge => "说明理由，由审核判断。",
            _ => "不影响申报。",
        },
    ));
    if condition.boundary_unclear {
        rows.push(row("日期正好是期限当日", Verdict::Judge, "原文没有写明当日算不算，请向受理部门确认。"));
    }
    rows.push(row("还有问题没有回答", Verdict::Unknown, "列出还要回答的问题；没有回答不等于“否”。"));
    if rules.scope != Test::ALWAYS || condition.when != Test::ALWAYS {
        rows.push(row("不在适用范围之内", Verdict::NotApplicable, "说明是哪个回答决定的。"));
    }
    rows
}

fn clause<'a>(policy: &'a PolicyDocument, condition: &Condition) -> Option<&'a Arc<Clause>> {
    policy.clauses.iter().find(|clause| clause.id == condition.citation.clause)
}

/// The clause alone where the quote stands in its own text, otherwise with those below it; before it the clause of the
/// lead-in, where that is another.
fn context<'a>(policy: &'a PolicyDocument, condition: &Condition) -> Vec<ClauseContext<'a>> {
    let citation = &condition.citation;
    let own: Vec<&Arc<Clause>> =
        policy.clauses.iter().filter(|clause| belongs(&clause.id, &citation.clause)).collect();
    let mut shown = match own.first() {
        Some(first) if says(first, &citation.quote) => vec![*first],
        _ => own,
    };
    if !shown.iter().any(|clause| says(clause, &citation.lead_in)) {
        let leading = policy.clauses.iter().filter(|clause| says(clause, &citation.lead_in));
        // Above it rather than elsewhere.
        let leading = leading.max_by_key(|clause| belongs(&citation.clause, &clause.id));
        shown.splice(0..0, leading);
    }
    let quotes = [citation.lead_in.as_str(), citation.quote.as_str()];
    let view = |clause: &'a Arc<Clause>| ClauseContext {
        id: &clause.id,
        label: &clause.label,
        html: marked(&whole_html(clause), quotes),
    };
    shown.into_iter().map(view).collect()
}

fn says(clause: &Clause, quote: &str) -> bool {
    marked(&whole_html(clause), [quote]).contains("<mark>")
}

fn whole_html(clause: &Clause) -> String {
    if clause.heading {
        format!("<p class=\"clause-title\">{}</p>{}", clause.title_html, clause.html)
    } else {
        clause.html.clone()
    }
}

fn notes<'a>(portal: &'a Portal, policy: &'a PolicyDocument, condition: &Condition) -> Vec<NoteView<'a>> {
    let on_words: Vec<usize> = notes_on(portal, &condition.citation).iter().map(|note| note.number).collect();
    let mut notes: Vec<NoteView<'_>> = notes_of_clause(policy, &condition.citation.clause)
        .into_iter()
        .map(|note| NoteView {
            quote: &note.quote,
            note: &note.note,
            on_words: on_words.contains(&note.number),
        })
        .collect();
    notes.sort_by_key(|note| !note.on_words);
    notes
}

fn reading_views<'a>(
    portal: &'a Portal,
    rules: &DocumentRules,
    condition: &Condition,
) -> Vec<ReadingView<'a>> {
    readings(&portal.ruleset, &rules.scope, condition)
        .into_iter()
        .map(|reading| {
            let fact = &portal.ruleset.facts[reading.fact];
            let purposes = [
                (reading.in_requirement, "是否满足要求"),
                (reading.in_when, "本条是否适用"),
                (reading.in_scope, "文件是否适用"),
            ];
            let purposes: Vec<&str> =
                purposes.iter().filter(|(is_one, _)| *is_one).map(|(_, purpose)| *purpose).collect();
            let computed = fact.kind.is_computed();
            ReadingView {
                label: &fact.label,
                question: if computed { "" } else { &fact.question },
                url: fact_url(&fact.id),
                purpose: purposes.join("、"),
                computed,
            }
        })
        .collect()
}

/// Conditions of other documents whose requirement is about a fact of this one's, those with most facts in common first.
fn related(portal: &Portal, readers: &Readers, document: usize, condition: &Condition) -> Vec<ConditionView> {
    let ruleset = &portal.ruleset;
    let facts = facts_of(&condition.require);
    let mut found: Vec<(usize, (usize, usize))> = Vec::new();
    for reader in facts.iter().flat_map(|fact| &readers.of_fact(*fact).conditions) {
        let other = &ruleset.documents[reader.0].conditions[reader.1];
        if reader.0 == document || found.iter().any(|(_, known)| known == reader) {
            continue;
        }
        let common = facts_of(&other.require).iter().filter(|fact| facts.contains(fact)).count();
        if common > 0 {
            found.push((common, *reader));
        }
    }
    found.sort_by_key(|(common, place)| (std::cmp::Reverse(*common), *place));
    found.truncate(MOST_RELATED);
    found
        .into_iter()
        .map(|(_, (document, number))| {
            let rules = &ruleset.documents[document];
            condition_view(ruleset, rules, &rules.conditions[number])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn page(portal: &Portal) -> ConditionPage<'_> {
        condition_page(
            portal,
            &Readers::of(&portal.ruleset),
            &Examples::of(portal),
            (0, 0),
            Date::from_days(0),
        )
    }

    #[test]
    fn the_quote_is_marked_in_its_clause() {
        let mut portal = sample::portal();
        Arc::make_mut(&mut Arc::make_mut(&mut portal.policies[0].clauses)[1]).html =
            "<p>1.开设拟参与试点证书对应的专业（方向）；</p>".into();
        let html: Vec<String> = page(&portal).clauses.into_iter().map(|clause| clause.html).collect();
        assert_eq!(html, ["<p>1.<mark>开设拟参与试点证书对应的专业（方向）</mark>；</p>"]);
        portal.ruleset.documents[0].conditions[0].citation.lead_in = "条 件".into();
        let html: Vec<String> = page(&portal).clauses.into_iter().map(|clause| clause.html).collect();
        assert_eq!(
            html[0], "<p class=\"clause-title\">一、<mark>条件</mark></p>",
            "the lead-in stands above"
        );
        portal.ruleset.documents[0].conditions[0].citation.clause = "s1".into();
        let ids: Vec<&str> = page(&portal).clauses.iter().map(|clause| clause.id).collect::<Vec<_>>();
        assert_eq!(ids, ["s1", "s1-1"], "a quote below the clause is shown there");
    }

    #[test]
    fn the_outcomes_are_those_of_the_engine() {
        let words = |change: fn(&mut Condition)| -> Vec<(&str, &str)> {
            let mut portal = sample::portal();
            change(&mut portal.ruleset.documents[0].conditions[0]);
            page(&portal).outcomes.iter().map(|row| (row.case, row.verdict.word)).collect()
        };
        assert_eq!(
            words(|_| {}),
            [("满足要求", "符合"), ("不满足要求", "不符合"), ("还有问题没有回答", "需补充信息")]
        );
        let soft = words(|condition| {
            condition.kind = ConditionKind::Judgement;
            condition.strength = Strength::Advice;
            condition.boundary_unclear = true;
            condition.when = condition.require.clone();
        });
        assert_eq!(
            soft,
            [
                ("满足要求", "需人工判断"),
                ("不满足要求", "提示"),
                ("日期正好是期限当日", "需人工判断"),
                ("还有问题没有回答", "需补充信息"),
                ("不在适用范围之内", "不适用")
            ]
        );
    }

    #[test]
    fn other_documents_on_the_same_fact_are_named() {
        let mut portal = sample::portal();
        let mut other = portal.ruleset.documents[0].clone();
        other.document = "ah-2024".into();
        other.conditions[0].id = "ah-2024/major".into();
        portal.ruleset.documents.push(other);
        let related: Vec<String> = page(&portal).related.into_iter().map(|one| one.page_url).collect();
        assert_eq!(related, ["check/conditions/ah-2024/major/"]);
    }
}
