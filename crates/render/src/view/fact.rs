//! Facts as pages print them: what is asked, how it is written, who reads it.

use content::Portal;
use rules::{Changeable, Choice, DocumentRules, Fact, FactKind, Per, Total};
use serde::Serialize;

use super::condition::condition_url;
use super::reading::Readers;

/// One fact in words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FactView<'a> {
    /// Public id, also the head of its column in a sheet.
    id: &'a str,
    label: &'a str,
    /// The question; the label where nothing is asked.
    question: &'a str,
    help: &'a str,
    unit: &'a str,
    /// 是或否, 整数, ….
    kind_label: &'static str,
    /// Bounds of a number in words; empty where there are none.
    range: String,
    options: &'a [Choice],
    /// Stated for each certificate and level.
    per_line: bool,
    group: &'a str,
    effort_label: &'static str,
    changeable_label: &'static str,
    /// How it is computed; empty where it is asked.
    formula: String,
    /// Forms an answer may have in a sheet.
    written: Vec<String>,
    /// How many conditions read it, the scopes of documents included.
    used_by: usize,
    /// Its page, relative to the root.
    page_url: String,
}

/// What the page of a fact shows.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FactPage<'a> {
    fact: FactView<'a>,
    /// Facts it is computed from.
    parts: Vec<FactLink<'a>>,
    /// Facts computed from it.
    computed: Vec<FactLink<'a>>,
    uses: Vec<DocumentUse<'a>>,
}

/// A fact by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FactLink<'a> {
    label: &'a str,
    url: String,
}

/// What one document reads a fact for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DocumentUse<'a> {
    title: &'a str,
    url: &'a str,
    archived: bool,
    /// It decides whether the document applies: then this many conditions hang on it; otherwise 0.
    whole: usize,
    conditions: Vec<ConditionLink<'a>>,
}

/// A condition by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ConditionLink<'a> {
    title: &'a str,
    url: String,
}

/// Facts under one heading of the form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FactGroupView<'a> {
    id: &'a str,
    label: &'a str,
    facts: Vec<FactView<'a>>,
}

/// The page of the fact with this id, relative to the root.
pub(crate) fn fact_url(id: &str) -> String {
    format!("check/facts/{id}/")
}

/// Every fact under its heading, in the order of the form.
pub(crate) fn facts_by_group<'a>(portal: &'a Portal, readers: &Readers) -> Vec<FactGroupView<'a>> {
    let ruleset = &portal.ruleset;
    let groups = ruleset.groups.iter().map(|group| {
        let mut facts: Vec<(usize, &Fact)> =
            ruleset.facts.iter().enumerate().filter(|(_, fact)| fact.group == group.id).collect();
        facts.sort_by_key(|(_, fact)| fact.order);
        FactGroupView {
            id: &group.id,
            label: &group.label,
            facts: facts.into_iter().map(|(index, _)| fact_view(portal, readers, index)).collect(),
        }
    });
    groups.filter(|group| !group.facts.is_empty()).collect()
}

/// What the page of this fact shows.
pub(crate) fn fact_page<'a>(portal: &'a Portal, readers: &Readers, index: usize) -> FactPage<'a> {
    let facts = &portal.ruleset.facts;
    let link = |index: &usize| {
        facts.get(*index).map(|fact| FactLink { label: &fact.label, url: fact_url(&fact.id) })
    };
    FactPage {
        fact: fact_view(portal, readers, index),
        parts: facts[index].kind.made_of().iter().filter_map(link).collect(),
        computed: readers.of_fact(index).computed.iter().filter_map(link).collect(),
        uses: uses(portal, readers, index),
    }
}

fn uses<'a>(portal: &'a Portal, readers: &Readers, index: usize) -> Vec<DocumentUse<'a>> {
    let readers = readers.of_fact(index);
    let mut documents: Vec<usize> = readers.scopes.clone();
    documents.extend(readers.conditions.iter().map(|(document, _)| *document));
    documents.sort_unstable();
    documents.dedup();
    documents
        .into_iter()
        .map(|document| {
            let rules: &DocumentRules = &portal.ruleset.documents[document];
            let own = readers.conditions.iter().filter(|(of, _)| *of == document);
            DocumentUse {
                title: &rules.title,
                url: &rules.url,
                archived: rules.archived,
                whole: if readers.scopes.contains(&document) { rules.conditions.len() } else { 0 },
                conditions: own
                    .map(|(_, number)| &rules.conditions[*number])
                    .map(|condition| ConditionLink {
                        title: &condition.title,
                        url: condition_url(&condition.id),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn fact_view<'a>(portal: &'a Portal, readers: &Readers, index: usize) -> FactView<'a> {
    let ruleset = &portal.ruleset;
    let fact = &ruleset.facts[index];
    let group = ruleset.groups.iter().find(|group| group.id == fact.group);
    FactView {
        id: &fact.id,
        label: &fact.label,
        question: if fact.question.is_empty() { &fact.label } else { &fact.question },
        help: &fact.help,
        unit: &fact.unit,
        kind_label: kind_label(&fact.kind),
        range: range(fact),
        options: match &fact.kind {
            FactKind::Choice { options } => options,
            _ => &[],
        },
        per_line: fact.per == Per::Line,
        group: group.map_or("", |group| &group.label),
        effort_label: fact.effort.label(),
        changeable_label: changeable_label(fact.changeable),
        formula: formula(portal, &fact.kind),
        written: written(fact),
        used_by: used_by(portal, readers, index),
        page_url: fact_url(&fact.id),
    }
}

const fn kind_label(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::Boolean => "是或否",
        FactKind::Integer { .. } => "整数",
        FactKind::Percent => "百分比",
        FactKind::Date => "日期",
        FactKind::Choice { .. } => "单选",
        FactKind::Ratio { .. } => "占比，自动计算",
        FactKind::Total(_) => "整数，自动计算",
        FactKind::Text => "文字",
    }
}

const fn changeable_label(changeable: Changeable) -> &'static str {
    match changeable {
        Changeable::Yes => "申报前可以调整",
        Changeable::Slow => "一年半载才能改变",
        Changeable::No => "不能改变",
    }
}

fn range(fact: &Fact) -> String {
    match &fact.kind {
        FactKind::Integer { min, max } => format!("{min} 至 {max}"),
        _ => String::new(),
    }
}

fn formula(portal: &Portal, kind: &FactKind) -> String {
    let label = |index: &usize| portal.ruleset.facts.get(*index).map_or("", |fact| fact.label.as_str());
    match kind {
        FactKind::Ratio { part, whole } => {
            let (part, whole) = (label(part), label(whole));
            format!("{part} ÷ {whole}；按人数直接比较，不四舍五入；{whole}为 0 时不能计算")
        }
        FactKind::Total(Total::Lines) => {
            "填写的证书个数，每个证书、每个等级算一个；还没有填写证书时不能计算".to_owned()
        }
        FactKind::Total(Total::Sum(of)) => format!("各证书“{}”之和；有一个没有回答就不能计算", label(of)),
        FactKind::Total(Total::Distinct(of)) => {
            let labels: Vec<&str> = of.iter().map(label).collect();
            format!("各证书的“{}”有多少种；有一个没有回答就不能计算", labels.join("、"))
        }
        _ => String::new(),
    }
}

/// Forms that reading a sheet accepts, with an example of this fact's own.
fn written(fact: &Fact) -> Vec<String> {
    let forms: &[&str] = match &fact.kind {
        FactKind::Boolean => &["是", "否"],
        FactKind::Percent => &["45%", "45"],
        FactKind::Date => &["2024-09-15", "2024/9/15", "2024年9月15日"],
        FactKind::Integer { min, max } => {
            let example = 60.clamp(*min, *max);
            let mut forms = vec![example.to_string()];
            if !fact.unit.is_empty() {
                forms.push(format!("{example} {}", fact.unit));
            }
            return forms;
        }
        FactKind::Choice { options } => {
            return options
                .iter()
                .take(1)
                .flat_map(|option| [option.label.clone(), option.id.clone()])
                .collect();
        }
        FactKind::Ratio { .. } | FactKind::Total(_) | FactKind::Text => &[],
    };
    forms.iter().map(|form| (*form).to_owned()).collect()
}

fn used_by(portal: &Portal, readers: &Readers, index: usize) -> usize {
    let readers = readers.of_fact(index);
    let in_scope: usize =
        readers.scopes.iter().map(|document| portal.ruleset.documents[*document].conditions.len()).sum();
    let others = readers.conditions.iter().filter(|(document, _)| !readers.scopes.contains(document));
    in_scope + others.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_fact_tells_who_reads_it() {
        let portal = sample::portal();
        let readers = Readers::of(&portal.ruleset);
        let page = fact_page(&portal, &readers, 0);
        assert_eq!(page.fact.used_by, 1);
        assert_eq!(page.fact.written, ["是", "否"]);
        assert_eq!(page.uses[0].whole, 0);
        assert_eq!(page.uses[0].conditions[0].url, "check/conditions/sx-2024/major/");
        assert!(page.parts.is_empty() && page.computed.is_empty());
        assert_eq!(facts_by_group(&portal, &readers)[0].facts.len(), 1);
    }

    #[test]
    fn a_share_tells_how_it_is_computed() {
        let mut portal = sample::portal();
        let mut add = |id: &str, label: &str, kind| {
            let fact = Fact { id: id.into(), label: label.into(), kind, ..portal.ruleset.facts[0].clone() };
            portal.ruleset.facts.push(fact);
        };
        add("team", "团队人数", FactKind::Integer { min: 0, max: 20 });
        add("dual", "教师人数", FactKind::Integer { min: 0, max: 20 });
        add("share", "教师占比", FactKind::Ratio { part: 2, whole: 1 });
        let readers = Readers::of(&portal.ruleset);
        let share = fact_page(&portal, &readers, 3);
        assert!(share.fact.formula.starts_with("教师人数 ÷ 团队人数；"), "{}", share.fact.formula);
        assert_eq!(share.parts.iter().map(|part| part.label).collect::<Vec<_>>(), ["教师人数", "团队人数"]);
        let team = fact_page(&portal, &readers, 1);
        assert_eq!(team.computed[0].url, "check/facts/share/");
        assert_eq!((team.fact.range.as_str(), team.fact.written[0].as_str()), ("0 至 20", "20"));
    }
}
