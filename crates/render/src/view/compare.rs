//! Provinces side by side: what each asks, when, with which papers, and who reviews it.
//!
//! Conditions stand in one row when they ask about the same fact, materials when they have the same id in the files of their
//! guides, windows when the same side has to act. Each row says whether the provinces agree.

use std::collections::BTreeMap;

use content::{Material, ProvincialGuide};
use rules::{Actor, Ruleset};
use serde::Serialize;

use super::chain::{Chain, chain};
use super::condition::{ConditionView, condition_view};
use super::fact::fact_url;
use super::guide::GuideView;
use super::reading::facts_of;

/// What the page shows.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Comparison<'a> {
    /// One per guide, in order.
    pub(crate) columns: Vec<Column<'a>>,
    /// The review chain of some guide is drawn.
    has_chains: bool,
    /// Rows under headings.
    pub(crate) sections: Vec<Section>,
}

/// A guide at the head of its column.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Column<'a> {
    id: &'a str,
    name: &'a str,
    url: &'a str,
    authority: &'a str,
    archived: bool,
    chain: Option<Chain>,
}

/// Rows on one subject.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Section {
    id: String,
    title: String,
    pub(crate) rows: Vec<Row>,
}

/// One matter in every province.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) title: String,
    /// Address relative to the root; empty for none.
    url: String,
    /// Whether the provinces agree.
    pub(crate) agreement: Agreement,
    /// In words.
    agreement_label: String,
    /// What each province says, in the order of the columns; nothing where its texts say nothing.
    pub(crate) cells: Vec<Vec<Item>>,
}

/// Whether the provinces that say something say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Agreement {
    /// All say the same.
    Same,
    /// Not all say something, but those who do say the same.
    Some,
    /// They say different things.
    Different,
    /// One alone says something.
    Only,
}

/// What a province says on a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Item {
    /// The words that are compared.
    text: String,
    /// What is said besides; may be empty.
    detail: String,
    /// Address relative to the root; empty for none.
    url: String,
    archived: bool,
}

/// Lays all guides side by side; nothing to compare with fewer than two.
pub(crate) fn comparison<'a>(ruleset: &Ruleset, guides: &'a [GuideView<'a>]) -> Option<Comparison<'a>> {
    if guides.len() < 2 {
        return None;
    }
    let mut sections = vec![windows(guides)];
    sections.extend(conditions(ruleset, guides));
    sections.extend([materials(guides), fees(guides)]);
    sections.retain(|section| !section.rows.is_empty());
    let columns: Vec<Column<'_>> = guides
        .iter()
        .map(|view| Column {
            id: &view.guide.id,
            name: &view.guide.name,
            url: &view.guide.url,
            authority: &view.guide.authority,
            archived: view.archived,
            chain: chain(&view.guide.roles),
        })
        .collect();
    let has_chains = columns.iter().any(|column| column.chain.is_some());
    Some(Comparison { columns, has_chains, sections })
}

fn section(id: &str, title: &str, rows: Vec<Row>) -> Section {
    Section { id: id.to_owned(), title: title.to_owned(), rows }
}

/// A row; none when nobody says anything.
fn row(title: &str, url: String, guides: &[GuideView<'_>], cells: Vec<Vec<Item>>) -> Option<Row> {
    let agreement = agreement(&cells)?;
    let agreement_label = match agreement {
        Agreement::Same => "相同".to_owned(),
        Agreement::Some => "有写明的相同".to_owned(),
        Agreement::Different => "不同".to_owned(),
        Agreement::Only => {
            let speaker = guides.iter().zip(&cells).find(|(_, items)| !items.is_empty());
            format!("仅{}", speaker.map_or("", |(view, _)| view.guide.short_name.as_str()))
        }
    };
    Some(Row { title: title.to_owned(), url, agreement, agreement_label, cells })
}

fn agreement(cells: &[Vec<Item>]) -> Option<Agreement> {
    let texts = |items: &Vec<Item>| -> Vec<String> {
        let mut texts: Vec<String> = items.iter().map(|item| item.text.clone()).collect();
        texts.sort();
        texts
    };
    let said: Vec<Vec<String>> = cells.iter().filter(|items| !items.is_empty()).map(texts).collect();
    let first = said.first()?;
    Some(match (said.len(), said.iter().all(|texts| texts == first)) {
        (1, _) => Agreement::Only,
        (_, false) => Agreement::Different,
        (count, true) if count == cells.len() => Agreement::Same,
        _ => Agreement::Some,
    })
}

/// A row for each side that has to act, in the order of the review.
fn windows(guides: &[GuideView<'_>]) -> Section {
    let actors = Actor::ALL.into_iter().filter_map(|actor| {
        let cells = guides.iter().map(|view| {
            let windows = view.calendar.iter().flat_map(|calendar| &calendar.windows);
            windows
                .filter(|window| window.actor == actor)
                .map(|window| Item {
                    text: crate::page::chinese_span(window.opens, window.closes),
                    detail: format!(
                        "{}{}",
                        window.title,
                        length(window.opens, window.closes)
                            .map_or_else(String::new, |days| format!("，共 {days} 天"))
                    ),
                    url: window.url.clone(),
                    archived: window.archived,
                })
                .collect()
        });
        row(actor.label(), String::new(), guides, cells.collect())
    });
    section("windows", "起止时间（按办理者）", actors.collect())
}

/// Days of a window, both ends included.
fn length(opens: Option<rules::Date>, closes: Option<rules::Date>) -> Option<i32> {
    Some(closes?.days() - opens?.days() + 1)
}

/// A section for each group of facts, a row for each fact that a condition of some guide asks about.
fn conditions(ruleset: &Ruleset, guides: &[GuideView<'_>]) -> Vec<Section> {
    let mut by_fact: BTreeMap<usize, Vec<Vec<Item>>> = BTreeMap::new();
    for (column, view) in guides.iter().enumerate() {
        for (fact, condition) in asked_by(ruleset, view.guide) {
            by_fact.entry(fact).or_insert_with(|| vec![Vec::new(); guides.len()])[column]
                .push(condition_item(condition));
        }
    }
    let rows_of = |group: &str| -> Vec<Row> {
        by_fact
            .iter()
            .filter_map(|(index, cells)| {
                let fact = ruleset.facts.get(*index).filter(|fact| fact.group == group)?;
                row(&fact.label, fact_url(&fact.id), guides, cells.clone())
            })
            .collect()
    };
    ruleset
        .groups
        .iter()
        .map(|group| section(&format!("facts-{}", group.id), &group.label, rows_of(&group.id)))
        .collect()
}

/// The conditions of a guide's documents, each with the first fact its requirement is about. Windows have a section of their own.
fn asked_by(ruleset: &Ruleset, guide: &ProvincialGuide) -> Vec<(usize, ConditionView)> {
    let documents = ruleset
        .documents
        .iter()
        .filter(|rules| guide.documents.iter().any(|document| document.id == rules.document));
    documents
        .flat_map(|rules| rules.conditions.iter().map(move |condition| (rules, condition)))
        .filter(|(_, condition)| condition.kind != rules::ConditionKind::Window)
        .filter_map(|(rules, condition)| {
            let fact = *facts_of(&condition.require).first()?;
            Some((fact, condition_view(ruleset, rules, condition)))
        })
        .collect()
}

fn condition_item(condition: ConditionView) -> Item {
    let case = if condition.when_text.is_empty() {
        String::new()
    } else {
        format!("当{}时：", condition.when_text)
    };
    let by = if condition.by_school { String::new() } else { format!("，{}", condition.actor_label) };
    Item {
        text: format!("{case}{}", condition.requirement),
        detail: format!("{}（{}{by}）", condition.title, condition.strength_label),
        url: condition.page_url,
        archived: condition.archived,
    }
}

/// A row for each id of a material, in the order in which they are met.
fn materials(guides: &[GuideView<'_>]) -> Section {
    let mut ids: Vec<&str> = Vec::new();
    for material in guides.iter().flat_map(|view| &view.guide.materials) {
        if !ids.contains(&material.id.as_str()) {
            ids.push(&material.id);
        }
    }
    let rows = ids.into_iter().filter_map(|id| {
        let of = |view: &GuideView<'_>| -> Vec<Item> {
            let materials = view.guide.materials.iter().filter(|material| material.id == id);
            materials.map(|material| material_item(view.guide, material)).collect()
        };
        let named = guides.iter().flat_map(|view| &view.guide.materials).find(|material| material.id == id);
        row(&named?.name, String::new(), guides, guides.iter().map(of).collect())
    });
    section("materials", "申请材料", rows.collect())
}

fn material_item(guide: &ProvincialGuide, material: &Material) -> Item {
    let parts = [&material.prepared_by, &material.when, &material.form];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    Item {
        text: material.name.clone(),
        detail: parts.join("；"),
        url: format!("{}#material-{}", guide.url, material.id),
        archived: false,
    }
}

fn fees(guides: &[GuideView<'_>]) -> Section {
    let cells = guides.iter().map(|view| {
        let fees = view.guide.fees.iter();
        fees.map(|fee| Item {
            text: fee.text.clone(),
            detail: String::new(),
            url: fee.cite.url.clone(),
            archived: false,
        })
        .collect()
    });
    let rows = row("收费", String::new(), guides, cells.collect());
    section("fees", "收费", rows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use rules::Date;

    use super::*;
    use crate::sample;
    use crate::view::guides;

    fn item(text: &str) -> Item {
        Item { text: text.into(), detail: String::new(), url: String::new(), archived: false }
    }

    #[test]
    fn rows_say_whether_provinces_agree() {
        let one = |text: &str| vec![item(text)];
        let check = |cells: &[Vec<Item>]| agreement(cells);
        assert_eq!(check(&[one("a"), one("a")]), Some(Agreement::Same));
        assert_eq!(check(&[one("a"), one("b")]), Some(Agreement::Different));
        assert_eq!(check(&[one("a"), Vec::new()]), Some(Agreement::Only));
        assert_eq!(check(&[one("a"), one("a"), Vec::new()]), Some(Agreement::Some));
        assert_eq!(check(&[vec![item("a"), item("b")], vec![item("b"), item("a")]]), Some(Agreement::Same));
        assert_eq!(check(&[Vec::new(), Vec::new()]), None);
    }

    #[test]
    fn every_condition_stands_in_the_row_of_what_it_asks_about() {
        let mut portal = sample::portal();
        let mut other = portal.guides[0].clone();
        other.id = "ah".into();
        other.short_name = "安徽".into();
        other.documents.clear();
        portal.guides.push(other);
        let views = guides(&portal, Date::from_days(0));
        let comparison = comparison(&portal.ruleset, &views).expect("there are two");
        let titles: Vec<(&str, Agreement)> = comparison
            .sections
            .iter()
            .flat_map(|section| &section.rows)
            .map(|row| (row.title.as_str(), row.agreement))
            .collect();
        assert_eq!(
            titles,
            [
                ("院校", Agreement::Same),
                ("开设对应专业", Agreement::Only),
                ("《试点工作方案》", Agreement::Same),
                ("收费", Agreement::Same)
            ]
        );
        assert!(comparison.sections.iter().flat_map(|section| &section.rows).all(|row| row.cells.len() == 2));
    }

    #[test]
    fn one_guide_has_nothing_to_be_compared_with() {
        let portal = sample::portal();
        assert!(comparison(&portal.ruleset, &guides(&portal, Date::from_days(0))).is_none());
    }
}
