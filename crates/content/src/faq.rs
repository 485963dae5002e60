//! The FAQ: `faq/topics.yaml` and one file per entry.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::clause::Clause;
use crate::fields::{Fields, Reporter, is_id, list_of, text_of};
use crate::file::File;
use crate::format::faq::{ENTRY, TOPIC};
use crate::guide::Anchors;
use crate::markdown;
use crate::model::{ClauseReference, FaqEntry, FaqTopic, PolicyDocument, QuotedClause};
use crate::problem::{Problem, ReferenceKind};
use crate::references::References;
use crate::yaml::Node;

/// Finished documents by their ids.
pub(crate) type Policies<'a> = BTreeMap<&'a str, &'a PolicyDocument>;

/// An entry with its topic and its place in it.
pub(crate) struct OrderedEntry {
    pub(crate) topic: String,
    pub(crate) order: i64,
    pub(crate) entry: FaqEntry,
}

/// Whether the file at this path is an entry.
pub(crate) fn is_entry(path: &str) -> bool {
    path.strip_prefix("faq/").is_some_and(|name| !name.contains('/') && name.ends_with(".md"))
}

/// Reads the topics, in order.
pub(crate) fn topics(node: &Node, reporter: &mut Reporter) -> Vec<FaqTopic> {
    let mut anchors = Anchors::default();
    let mut topics = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &TOPIC, reporter) else { continue };
        let id = anchors.read(&mut fields, reporter);
        let title = fields.text("title", reporter);
        fields.finish(reporter);
        topics.push(FaqTopic { url: format!("faq/{id}/"), id, title, entries: Vec::new() });
    }
    topics
}

/// Reads one entry. `policies` are finished: an entry without a body takes its first source's own words.
pub(crate) fn entry(
    file: &mut File,
    topics: &[FaqTopic],
    policies: &Policies<'_>,
    references: &References,
) -> Option<OrderedEntry> {
    file.used = true;
    let id = file.stem().to_owned();
    let reporter = &mut file.reporter;
    if !is_id(&id) {
        reporter.report(0..0, Problem::InvalidId { found: id.clone() });
    }
    let own_html =
        markdown::to_html(&file.body, &mut |address, span| references.resolve_link(address, span, reporter));
    let (own_text, own_tables) = markdown::to_text(&file.body);
    let mut fields = Fields::open(file.node.as_ref()?, &ENTRY, reporter)?;
    let topic = topic(&mut fields, topics, references, reporter);
    let question = fields.text("question", reporter);
    let number = fields.optional_text("number", reporter);
    let asked_as = fields.texts("asked_as", reporter);
    let province = fields.optional_text("province", reporter);
    if let Some(node) = fields.optional("province") {
        references.check_province(&province, node.span.clone(), reporter);
    }
    let order = fields.optional_integer("order", reporter).unwrap_or(9_999);
    let sources = sources(&mut fields, references, reporter);
    fields.optional("covers");
    fields.finish(reporter);

    let first = sources.first()?;
    let document = &references.documents.get(&first.document)?.document;
    let verbatim = own_text.is_empty() && own_tables.is_empty();
    let mut quoted = Vec::new();
    let (answer_html, text) = if verbatim {
        words_of(policies, first)
    } else {
        quoted.extend(
            sources.iter().map(|cite| QuotedClause { cite: cite.clone(), text: words_of(policies, cite).1 }),
        );
        let parts = [format!("{number}{question}"), own_text, own_tables];
        let parts: Vec<&str> =
            parts.iter().chain(quoted.iter().map(|source| &source.text)).map(String::as_str).collect();
        (own_html, parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"))
    };
    let province_name =
        if province.is_empty() { "全国".to_owned() } else { references.province_name(&province) };
    let entry = FaqEntry {
        url: format!("faq/{topic}/#{id}"),
        id,
        question,
        number,
        asked_as,
        province,
        province_name,
        year: document.year,
        answer_html,
        text,
        source: document.source.clone(),
        sources,
        quoted,
        verbatim,
    };
    Some(OrderedEntry { topic, order, entry })
}

fn topic(
    fields: &mut Fields<'_>,
    topics: &[FaqTopic],
    references: &References,
    reporter: &mut Reporter,
) -> String {
    let topic = fields.text("topic", reporter);
    if let Some(node) = fields.optional("topic")
        && !topics.iter().any(|known| known.id == topic)
    {
        let known = topics.iter().map(|known| known.id.as_str());
        references.report_unknown(ReferenceKind::Topic, &topic, known, node.span.clone(), reporter);
    }
    topic
}

fn sources(
    fields: &mut Fields<'_>,
    references: &References,
    reporter: &mut Reporter,
) -> Vec<ClauseReference> {
    let nodes = fields.required("sources", reporter).map_or(&[][..], |node| list_of(node, reporter));
    let mut sources = Vec::new();
    for node in nodes {
        if let Some(text) = text_of(node, reporter) {
            sources.extend(references.clause(&text, node.span.clone(), reporter));
        }
    }
    sources
}

/// HTML without the heading, and plain text with it, of a clause and the clauses below it.
fn words_of(policies: &Policies<'_>, cite: &ClauseReference) -> (String, String) {
    let clauses = policies.get(cite.document.as_str()).map_or(&[][..], |policy| &policy.clauses);
    let below = format!("{}-", cite.clause);
    let (mut html, mut text) = (String::new(), String::new());
    let parts = clauses.iter().filter(|clause| clause.id == cite.clause || clause.id.starts_with(&below));
    for Clause { id, heading, title_html, html: own, text: words, .. } in parts.map(Arc::as_ref) {
        if *heading && *id != cite.clause {
            html.push_str(&format!("<p><strong>{title_html}</strong></p>\n"));
        }
        html.push_str(own);
        html.push('\n');
        text.push_str(words);
        text.push('\n');
    }
    (html.trim().to_owned(), text.trim().to_owned())
}
