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
    let mut entries = Vec::new();
    for topic in &portal.faq {
        let told = topic.entries.iter();
        entries.extend(told.map(|entry| faq_entry(portal, &documents, &topic.title, &topic.url, entry)));
    }
    let told_elsewhere = clauses_told_by_faq(portal, &documents);
    entries.par_extend(portal.policies.par_iter().flat_map_iter(|policy| {
        let is_own =
            |clause: &&Arc<Clause>| !told_elsewhere.contains(&(policy.id.as_str(), clause.id.as_str()));
        policy.clauses.iter().filter(is_own).map(|clause| clause_entry(portal, policy, clause))
    }));
    entries.extend(portal.guides.iter().flat_map(|guide| guide_entries(portal, &documents, guide)));
    entries.extend(link_entries(portal));
    entries.extend(certificate_entries(portal));
    entries.extend(term_entries(portal));
    entries
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

/// Clauses whose words a FAQ entry repeats word for word: the entry is found instead, and links to them.
fn clauses_told_by_faq<'a>(portal: &Portal, documents: &Documents<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let mut told = BTreeSet::new();
    for source in portal.faq.iter().flat_map(|topic| &topic.entries).filter_map(told_clause) {
        if let Some(policy) = documents.get(source.document.as_str()) {
            let clauses = policy.clauses.iter().filter(|clause| is_within(&clause.id, &source.clause));
            told.extend(clauses.map(|clause| (policy.id.as_str(), clause.id.as_str())));
        }
    }
    told
}

/// How people ask for what a clause says.
fn asked_of<'a>(
    portal: &'a Portal,
    document: &'a str,
    is_meant: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = Cow<'a, str>> {
    let statements = portal
        .statements
        .iter()
        .filter(move |statement| statement.cite.document == document && is_meant(&statement.cite.clause));
    statements.flat_map(|statement| &statement.asked_as).map(|asked| borrowed(asked))
}

/// Words of the portal itself.
fn borrowed(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn faq_entry<'a>(
    portal: &'a Portal,
    documents: &Documents<'_>,
    topic: &str,
    topic_url: &'a str,
    entry: &'a FaqEntry,
) -> Entry<'a> {
    let archived = entry.sources.iter().all(|source| is_archived(documents, &source.document));
    let mut also: Vec<Cow<'a, str>> = entry.asked_as.iter().map(|asked| borrowed(asked)).collect();
    if let Some(told) = told_clause(entry) {
        also.extend(asked_of(portal, &told.document, |clause| is_within(clause, &told.clause)));
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

/// What the guides say of a clause in their own words: whoever types those words means the clause.
fn guide_lines<'a>(portal: &'a Portal, document: &str, clause: &str) -> Vec<Cow<'a, str>> {
    let cites = |cite: &ClauseReference| cite.document == document && cite.clause == clause;
    let mut lines = Vec::new();
    for guide in &portal.guides {
        lines
            .extend(guide.materials.iter().filter(|line| cites(&line.cite)).map(|line| borrowed(&line.name)));
        lines.extend(guide.steps.iter().filter(|line| cites(&line.cite)).map(|line| borrowed(&line.title)));
        lines.extend(
            guide
                .roles
                .iter()
                .filter(|line| cites(&line.cite))
                .map(|line| format!("{} {}", line.actor, line.does).into()),
        );
        let sentences = guide.fees.iter().chain(&guide.timing).chain(&guide.duties);
        lines.extend(sentences.filter(|line| cites(&line.cite)).map(|line| borrowed(&line.text)));
    }
    lines
}

fn clause_entry<'a>(portal: &'a Portal, policy: &'a PolicyDocument, clause: &'a Clause) -> Entry<'a> {
    let own = if clause.heading { &clause.title } else { &clause.label };
    let heading = clause.path.iter().chain([own]).map(String::as_str).collect::<Vec<_>>().join(HEADING_JOINT);
    // The document as a whole is found at its first clause.
    let mut also = Vec::new();
    if policy.clauses.first().is_some_and(|first| first.id == clause.id) {
        also.extend([borrowed(&policy.title), borrowed(&policy.number)]);
    }
    also.extend(guide_lines(portal, &policy.id, &clause.id));
    also.extend(asked_of(portal, &policy.id, |meant| meant == clause.id));
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
