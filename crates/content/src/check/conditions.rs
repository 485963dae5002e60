//! `check/<document>/conditions.yaml`: the conditions of one document.

use rules::{
    Actor, Citation, Condition, ConditionKind, DocumentRules, FactKind, Per, Ruleset, Say, Stage, Strength,
    Test, nearest,
};

use crate::check::places::{ConditionPlaces, Written};
use crate::check::test::{self, Context};
use crate::fields::{Fields, Reporter, text_of};
use crate::format::check::{CITATION, CONDITION, CONDITIONS, SAY};
use crate::guide::Anchors;
use crate::model::{ClauseReference, Status};
use crate::problem::{FactProblem, Problem};
use crate::references::References;
use crate::statement::CoverKind;
use crate::yaml::Node;

const KINDS: [(&str, ConditionKind); 9] = [
    ("scope", ConditionKind::Scope),
    ("condition", ConditionKind::Condition),
    ("threshold", ConditionKind::Threshold),
    ("window", ConditionKind::Window),
    ("document", ConditionKind::Document),
    ("todo", ConditionKind::Todo),
    ("advice", ConditionKind::Advice),
    ("judgement", ConditionKind::Judgement),
    ("prohibition", ConditionKind::Prohibition),
];

const STRENGTHS: [(&str, Strength); 7] = [
    ("must", Strength::Must),
    ("in_principle", Strength::InPrinciple),
    ("generally", Strength::Generally),
    ("should", Strength::Should),
    ("may", Strength::May),
    ("priority", Strength::Priority),
    ("advice", Strength::Advice),
];

const ACTORS: [(&str, Actor); 6] = [
    ("school", Actor::School),
    ("city", Actor::City),
    ("province", Actor::Province),
    ("secretariat", Actor::Secretariat),
    ("organisation", Actor::Organisation),
    ("lead_school", Actor::LeadSchool),
];

const STAGES: [(&str, Stage); 5] = [
    ("before", Stage::Before),
    ("submission", Stage::Submission),
    ("review", Stage::Review),
    ("after_approval", Stage::AfterApproval),
    ("change", Stage::Change),
];

/// The word an author writes for a strength.
pub(crate) fn strength_word(strength: Strength) -> &'static str {
    STRENGTHS.iter().find(|(_, known)| *known == strength).map_or("", |(word, _)| word)
}

/// Ids of the conditions of a file, before it is read: other files refer to them.
pub(crate) fn ids(node: &Node) -> Vec<String> {
    let document = node.get("document").and_then(Node::text).unwrap_or_default();
    let items = node.get("conditions").map_or(&[][..], Node::items);
    items.iter().filter_map(|item| item.get("id")?.text()).map(|id| format!("{document}/{id}")).collect()
}

/// How a condition accounts for the statements it covers, before it is read.
pub(crate) fn cover_kind(node: &Node) -> CoverKind {
    let word = node.get("kind").and_then(Node::text).unwrap_or_default();
    match KINDS.iter().find(|(known, _)| *known == word) {
        Some((_, ConditionKind::Window)) => CoverKind::Window,
        Some((_, ConditionKind::Todo)) => CoverKind::Todo,
        Some((_, ConditionKind::Document)) => CoverKind::Material,
        _ => CoverKind::Condition,
    }
}

/// Reads the conditions of one document; `folder` is the name of the folder they stand in.
pub(crate) fn read(
    node: &Node,
    folder: &str,
    ruleset: &Ruleset,
    references: &References,
    reporter: &mut Reporter,
) -> Option<Written> {
    let mut fields = Fields::open(node, &CONDITIONS, reporter)?;
    let document = fields.text("document", reporter);
    let document_span = fields.optional("document").map_or(fields.span(), |node| node.span.clone());
    let parsed = references.document(&document, document_span.clone(), reporter);
    if document != folder {
        let suggestion = Some(folder.to_owned());
        let kind = crate::problem::ReferenceKind::Document;
        let problem = Problem::UnknownReference { kind, found: document.clone(), suggestion };
        reporter.report(document_span.clone(), problem);
    }
    let mut context = Context::new(ruleset, Per::School);
    let scope_node = fields.optional("scope");
    let scope = scope_node.map_or(Test::ALWAYS, |node| test::read(node, &mut context, reporter));
    let mut anchors = Anchors::default();
    let (mut conditions, mut places) = (Vec::new(), Vec::new());
    for item in fields.list("conditions", reporter) {
        if let Some((condition, at)) = condition(item, &document, ruleset, references, &mut anchors, reporter)
        {
            conditions.push(condition);
            places.push(at);
        }
    }
    fields.finish(reporter);
    let parsed = &parsed?.document;
    Some(Written {
        path: reporter.path().to_owned(),
        scope: scope_node.map_or(document_span, Node::first_key),
        conditions: places,
        rules: DocumentRules {
            title: parsed.short_title.clone(),
            archived: parsed.status == Status::Archived,
            url: format!("policies/{document}/"),
            scope,
            conditions,
            document,
        },
    })
}

fn condition(
    node: &Node,
    document: &str,
    ruleset: &Ruleset,
    references: &References,
    anchors: &mut Anchors,
    reporter: &mut Reporter,
) -> Option<(Condition, ConditionPlaces)> {
    let mut fields = Fields::open(node, &CONDITION, reporter)?;
    let id = format!("{document}/{}", anchors.read(&mut fields, reporter));
    let title = fields.text("title", reporter);
    let kind = fields.required_choice("kind", &KINDS, reporter);
    let strength = fields.required_choice("strength", &STRENGTHS, reporter);
    let actor = fields.choice("actor", &ACTORS, Actor::School, reporter);
    let stage = fields.choice("stage", &STAGES, Stage::Before, reporter);
    let per = fields.choice("per", &[("line", Per::Line), ("school", Per::School)], Per::School, reporter);
    let mut context = Context::new(ruleset, per);
    let when_node = fields.optional("when");
    let when = when_node.map_or(Test::ALWAYS, |node| test::read(node, &mut context, reporter));
    let require_node = fields.required("require", reporter);
    let require = require_node.map_or(Test::ALWAYS, |node| test::read(node, &mut context, reporter));
    let citation =
        fields.required("cite", reporter).and_then(|node| citation(node, document, references, reporter));
    let say = fields.optional("say").map_or_else(Say::default, |node| say(node, ruleset, reporter));
    let boundary_unclear =
        fields.choice("boundary", &[("unclear", true), ("included", false)], false, reporter);
    let interpretation =
        fields.choice("basis", &[("interpretation", true), ("text", false)], false, reporter);
    let year_from_issue = fields.choice("year_from", &[("issue", true)], false, reporter);
    fields.optional("covers");
    let mut span_of =
        |name: &'static str| fields.optional(name).map_or(fields.span(), |node| node.span.clone());
    let (id_span, strength_span) = (span_of("id"), span_of("strength"));
    fields.finish(reporter);
    let places = ConditionPlaces {
        when: when_node.map_or_else(|| id_span.clone(), Node::first_key),
        require: require_node.map_or_else(|| id_span.clone(), Node::first_key),
        id: id_span,
        strength: strength_span,
        constants: context.constants,
    };
    let condition = Condition {
        id,
        title,
        kind,
        strength,
        actor,
        stage,
        per,
        when,
        require,
        citation: citation?,
        say,
        boundary_unclear,
        interpretation,
        year_from_issue,
    };
    Some((condition, places))
}

fn citation(
    node: &Node,
    document: &str,
    references: &References,
    reporter: &mut Reporter,
) -> Option<Citation> {
    let mut fields = Fields::open(node, &CITATION, reporter)?;
    let clause_node = fields.required("clause", reporter);
    let lead_in = fields.optional_text("lead_in", reporter);
    let lead_in_span = fields.optional("lead_in").map(|node| node.span.clone());
    let quote = fields.text("quote", reporter);
    let quote_span = fields.optional("quote").map_or(fields.span(), |node| node.span.clone());
    fields.finish(reporter);
    let clause_node = clause_node?;
    let clause = text_of(clause_node, reporter)?;
    let ClauseReference { clause, label, url, .. } =
        references.clause_in(document, &clause, clause_node.span.clone(), reporter)?;
    let cite =
        ClauseReference { document: document.to_owned(), document_title: String::new(), clause, label, url };
    references.verify_quote(&cite, &quote, quote_span, reporter);
    if let Some(span) = lead_in_span
        && !references.stands_in_document(document, &lead_in)
    {
        references.verify_quote(&cite, &lead_in, span, reporter);
    }
    let ClauseReference { document, clause, label, url, .. } = cite;
    Some(Citation { document, clause, clause_label: label, lead_in, quote, url })
}

fn say(node: &Node, ruleset: &Ruleset, reporter: &mut Reporter) -> Say {
    let Some(mut fields) = Fields::open(node, &SAY, reporter) else { return Say::default() };
    let mut sentence = |name: &'static str, reporter: &mut Reporter| {
        let sentence = fields.optional_text(name, reporter);
        if let Some(node) = fields.optional(name) {
            check_placeholders(&sentence, node, ruleset, reporter);
        }
        sentence
    };
    let say = Say {
        met: sentence("met", reporter),
        not_met: sentence("not_met", reporter),
        unknown: sentence("unknown", reporter),
    };
    fields.finish(reporter);
    say
}

/// Every `「label」` must be the label of a fact that has a value to show.
fn check_placeholders(sentence: &str, node: &Node, ruleset: &Ruleset, reporter: &mut Reporter) {
    let facts = || {
        ruleset
            .facts
            .iter()
            .filter(|fact| !matches!(fact.kind, FactKind::Text))
            .map(|fact| fact.label.as_str())
    };
    for piece in sentence.split('「').skip(1) {
        let label = piece.split('」').next().unwrap_or(piece);
        if !facts().any(|known| known == label) {
            let suggestion = nearest(label, facts()).map(str::to_owned);
            reporter.report(
                node.span.clone(),
                FactProblem::UnknownPlaceholder { found: label.to_owned(), suggestion },
            );
        }
    }
}
