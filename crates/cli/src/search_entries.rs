//! What of a portal can be found: clauses, FAQ entries, rows of tables.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use content::{Clause, ClauseReference, Contact, FaqEntry, PolicyDocument, Portal, ProvincialGuide, Status};
use rayon::prelude::*;
use search::{Entry, HEADING_JOINT, Synonyms};

/// The documents of a portal by their ids.
type Documents<'a> = BTreeMap<&'a str, &'a PolicyDocument>;

/// Everything that a search can find, in the order of the portal.
pub(crate) fn entries(portal: &Portal) -> Vec<Entry<'_>> {
    let documents: Documents<'_> =
        portal.policies.iter().map(|policy| (policy.id.as_str(), policy)).collect();
    let told = told_of(portal);
    let told_elsewhere = clauses_told_by_faq(portal, &documents);
    let questions = portal.faq.iter().flat_map(|topic| topic.entries.iter().map(move |entry| (topic, entry)));
    let own_clauses = portal.policies.iter().flat_map(|policy| {
        let told = told.get(policy.id.as_str());
        let told_elsewhere = told_elsewhere.get(policy.id.as_str());
        let is_own = move |clause: &&Arc<Clause>| {
            told_elsewhere.is_none_or(|clauses| !clauses.contains(clause.id.as_str()))
        };
        policy.clauses.iter().filter(is_own).map(move |clause| (policy, clause, told))
    });
    let (questions, own_clauses): (Vec<_>, Vec<_>) = (questions.collect(), own_clauses.collect());
    let mut others: Vec<Entry<'_>> =
        portal.guides.iter().flat_map(|guide| guide_entries(portal, &documents, guide)).collect();
    others.extend(link_entries(portal));
    others.extend(certificate_entries(portal));
    others.extend(term_entries(portal));
    // By all threads, each written where it stays: a hundred thousand entries take long to move.
    questions
        .par_iter()
        .map(|(topic, entry)| faq_entry(&told, &documents, &topic.title, &topic.url, entry))
        .chain(own_clauses.par_iter().map(|(policy, clause, told)| clause_entry(policy, clause, *told)))
        .chain(others)
        .collect()
}

/// The synonyms of a portal for its index.
pub(crate) fn synonyms(portal: &Portal) -> Vec<Synonyms> {
    let group = |group: &content::SynonymGroup| Synonyms {
        canonical: group.canonical.clone(),
        same: group.same.clone(),
        narrower: group.narrower.clone(),
        suggest: group.suggest.clone(),
        note: group.note.clone(),
    };
    portal.synonyms.iter().map(group).collect()
}

/// A clause or what is below it.
fn is_within(clause: &str, whole: &str) -> bool {
    clause.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The clause that an entry of the FAQ repeats word for word.
fn told_clause(entry: &FaqEntry) -> Option<&ClauseReference> {
    entry.sources.first().filter(|_| entry.verbatim)
}

/// Clauses whose words a FAQ entry repeats word for word, by their documents: the entry is found instead, and links to them.
fn clauses_told_by_faq<'a>(
    portal: &Portal,
    documents: &Documents<'a>,
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut told: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in portal.faq.iter().flat_map(|topic| &topic.entries).filter_map(told_clause) {
        if let Some(policy) = documents.get(source.document.as_str()) {
            let clauses = policy.clauses.iter().filter(|clause| is_within(&clause.id, &source.clause));
            told.entry(&policy.id).or_default().extend(clauses.map(|clause| clause.id.as_str()));
        }
    }
    told
}

/// Words of the portal itself.
fn borrowed(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn faq_entry<'a>(
    said: &BTreeMap<&str, Told<'a>>,
    documents: &Documents<'_>,
    topic: &str,
    topic_url: &'a str,
    entry: &'a FaqEntry,
) -> Entry<'a> {
    let archived = entry.sources.iter().all(|source| is_archived(documents, &source.document));
    let mut also: Vec<Cow<'a, str>> = entry.asked_as.iter().map(|asked| borrowed(asked)).collect();
    if let Some(told) = told_clause(entry) {
        let asked = said.get(told.document.as_str()).into_iter().flat_map(|said| &said.asked);
        also.extend(
            asked.filter(|(meant, _)| is_within(meant, &told.clause)).map(|(_, asked)| borrowed(asked)),
        );
    }
    Entry {
        url: borrowed(&entry.url),
        title: borrowed(&entry.question),
        heading: format!("常见问题{HEADING_JOINT}{topic}").into(),
        text: borrowed(&entry.text),
        kind: "faq".into(),
        province: borrowed(&entry.province),
        province_name: borrowed(&entry.province_name),
        year: entry.year,
        archived,
        source: borrowed(&entry.source),
        also,
        group: topic_url.into(),
    }
}

fn is_archived(documents: &Documents<'_>, document: &str) -> bool {
    documents.get(document).is_some_and(|policy| policy.status == Status::Archived)
}

/// What is said elsewhere of the clauses of a document, in the order in which it is said: the clause, and the words.
#[derive(Default)]
struct Told<'a> {
    /// What the guides say of it in their own words: whoever types those words means the clause.
    lines: Vec<(&'a str, Cow<'a, str>)>,
    /// How people ask for what it says.
    asked: Vec<(&'a str, &'a str)>,
}

/// What is said of the documents, by their ids.
fn told_of(portal: &Portal) -> BTreeMap<&str, Told<'_>> {
    fn line<'a>(told: &mut BTreeMap<&'a str, Told<'a>>, cite: &'a ClauseReference, words: Cow<'a, str>) {
        told.entry(&cite.document).or_default().lines.push((&cite.clause, words));
    }
    let mut told = BTreeMap::new();
    for guide in &portal.guides {
        guide.materials.iter().for_each(|said| line(&mut told, &said.cite, borrowed(&said.name)));
        guide.steps.iter().for_each(|said| line(&mut told, &said.cite, borrowed(&said.title)));
        for role in &guide.roles {
            line(&mut told, &role.cite, format!("{} {}", role.actor, role.does).into());
        }
        let sentences = guide.fees.iter().chain(&guide.timing).chain(&guide.duties);
        sentences.for_each(|said| line(&mut told, &said.cite, borrowed(&said.text)));
    }
    for statement in &portal.statements {
        let asked = statement.asked_as.iter().map(|asked| (statement.cite.clause.as_str(), asked.as_str()));
        told.entry(&statement.cite.document).or_default().asked.extend(asked);
    }
    told
}

fn clause_entry<'a>(policy: &'a PolicyDocument, clause: &'a Clause, told: Option<&Told<'a>>) -> Entry<'a> {
    let own = if clause.heading { &clause.title } else { &clause.label };
    let heading = clause.path.iter().chain([own]).map(String::as_str).collect::<Vec<_>>().join(HEADING_JOINT);
    // The document as a whole is found at its first clause.
    let mut also = Vec::new();
    if policy.clauses.first().is_some_and(|first| first.id == clause.id) {
        also.extend([borrowed(&policy.title), borrowed(&policy.number)]);
    }
    if let Some(told) = told {
        let lines = told.lines.iter().filter(|(meant, _)| *meant == clause.id);
        also.extend(lines.map(|(_, words)| words.clone()));
        also.extend(
            told.asked.iter().filter(|(meant, _)| *meant == clause.id).map(|(_, asked)| borrowed(asked)),
        );
    }
    Entry {
        url: format!("{}#{}", policy.url, clause.id).into(),
        title: borrowed(&policy.short_title),
        heading: heading.into(),
        text: if clause.table_text.is_empty() {
            borrowed(&clause.text)
        } else {
            lines([&clause.text, &clause.table_text]).into()
        },
        kind: "policy".into(),
        province: borrowed(&policy.province),
        province_name: borrowed(&policy.province_name),
        year: policy.year,
        archived: policy.status == Status::Archived,
        source: borrowed(&policy.source),
        also,
        group: borrowed(&policy.id),
    }
}

/// The contacts and windows of a guide.
fn guide_entries<'a>(
    portal: &'a Portal,
    documents: &Documents<'a>,
    guide: &'a ProvincialGuide,
) -> Vec<Entry<'a>> {
    let entry = |document: &str| {
        let policy = documents.get(document);
        Entry {
            province: borrowed(&guide.code),
            province_name: borrowed(&guide.short_name),
            year: policy.map_or(0, |policy| policy.year),
            archived: policy.is_some_and(|policy| policy.status == Status::Archived),
            source: policy.map(|policy| borrowed(&policy.source)).unwrap_or_default(),
            group: borrowed(&guide.url),
            ..Entry::default()
        }
    };
    let contacts = guide.contacts.iter().map(|contact| Entry {
        url: format!("{}#contact-{}", guide.url, contact.id).into(),
        title: borrowed(&contact.name),
        heading: format!("{}办事指南{HEADING_JOINT}咨询", guide.short_name).into(),
        text: contact_text(contact).into(),
        kind: "contact".into(),
        ..entry(&contact.cite.document)
    });
    let windows = portal.windows.iter().filter(|window| window.province == guide.code).map(|window| Entry {
        url: format!("calendar/#{}", window.condition).into(),
        title: borrowed(&window.title),
        heading: format!("申报日历{HEADING_JOINT}{}", guide.short_name).into(),
        text: lines([&window.title, &window.citation.quote]).into(),
        kind: "window".into(),
        ..entry(&window.citation.document)
    });
    contacts.chain(windows).collect()
}

fn contact_text(contact: &Contact) -> String {
    let labelled = |label: &str, value: String| match value.as_str() {
        "" => value,
        value => format!("{label}：{value}"),
    };
    lines([
        &contact.name,
        &contact.purpose,
        &labelled("联系人", contact.people.join("、")),
        &labelled("电话", contact.phones.join("、")),
        &labelled("邮箱", contact.emails.join("、")),
        &labelled("工作群", contact.groups.join("、")),
        &labelled("网址", contact.website.clone()),
        &labelled("地址", contact.address.clone()),
    ])
}

/// Joins what is not empty by line breaks.
fn lines<'a>(parts: impl IntoIterator<Item = &'a String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn link_entries(portal: &Portal) -> impl Iterator<Item = Entry<'_>> {
    portal.link_groups.iter().flat_map(|group| {
        group.links.iter().map(|link| Entry {
            url: borrowed(&link.page_url),
            title: borrowed(&link.title),
            heading: format!("政策链接{HEADING_JOINT}{}", group.title).into(),
            text: lines([&link.title, &link.number, &link.issuer, &link.url]).into(),
            kind: "link".into(),
            province: borrowed(&group.province),
            province_name: if group.province.is_empty() {
                "国家".into()
            } else {
                province_name(portal, &group.province).into()
            },
            year: group.year,
            archived: false,
            source: borrowed(&group.source),
            also: Vec::new(),
            group: "links/".into(),
        })
    })
}

fn province_name<'a>(portal: &'a Portal, code: &'a str) -> &'a str {
    portal.guides.iter().find(|guide| guide.code == code).map_or(code, |guide| guide.short_name.as_str())
}

fn certificate_entries(portal: &Portal) -> impl Iterator<Item = Entry<'_>> {
    portal.certificates.certificates.iter().map(|certificate| Entry {
        url: format!("certificates/#{}", certificate.id).into(),
        title: borrowed(&certificate.name),
        heading: "证书目录".into(),
        text: lines([&certificate.name, &certificate.organisation, &certificate.levels.join("、")]).into(),
        kind: "certificate".into(),
        province_name: "全国".into(),
        year: certificate.as_of.map_or(0, |day| day.year_month_day().0),
        source: borrowed(&certificate.source),
        group: "certificates/".into(),
        ..Entry::default()
    })
}

fn term_entries(portal: &Portal) -> impl Iterator<Item = Entry<'_>> {
    portal.glossary.iter().map(|term| Entry {
        url: format!("glossary/#{}", term.id).into(),
        title: borrowed(&term.term),
        heading: "术语".into(),
        text: lines([&term.term, &term.meaning]).into(),
        kind: "term".into(),
        province_name: "全国".into(),
        source: "glossary.yaml".into(),
        also: term.also.iter().map(|word| borrowed(word)).collect(),
        group: "glossary/".into(),
        ..Entry::default()
    })
}
