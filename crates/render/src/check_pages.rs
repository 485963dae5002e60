//! The pages made of conditions and facts: each condition, each question, what is read into the texts, what is covered.

use rules::{ConditionKind, Strength};
use serde::Serialize;

use crate::page::{self, Page};
use crate::pages::{HOME, Shared};
use crate::view;

const CHECK: (&str, &str) = ("check/", "条件自查");
const CONDITIONS: (&str, &str) = ("check/conditions/", "全部条件");
const FACTS: (&str, &str) = ("check/facts/", "全部问题");
const COVERAGE: (&str, &str) = ("check/coverage/", "覆盖情况");

/// Something a list can be narrowed to.
#[derive(Debug, Serialize)]
struct Choice {
    label: &'static str,
}

impl Shared<'_> {
    /// These pages, each index before what it lists.
    pub(crate) fn check_pages(&self) -> Vec<Page<'_>> {
        let mut pages = vec![self.conditions()];
        pages.extend(self.each_condition());
        pages.push(self.facts());
        pages.extend(self.each_fact());
        pages.extend([self.interpretations(), self.coverage()]);
        pages.extend(self.each_coverage());
        pages
    }

    fn conditions(&self) -> Page<'_> {
        let description = "各文件的全部申报条件：要求、力度、办理者和原文依据，可以按文件、类别和力度筛选，每一项条件都有自己的页面。";
        Page::new(page::CONDITIONS, CONDITIONS.0, CONDITIONS.1, description)
            .below(&[HOME, CHECK])
            .with("groups", || view::conditions_by_document(&self.portal.ruleset))
            .with("kinds", || ConditionKind::ALL.map(|kind| Choice { label: kind.label() }))
            .with("strengths", || Strength::ALL.map(|strength| Choice { label: strength.label() }))
            .with("condition_count", || view::condition_count(self.portal))
    }

    fn each_condition(&self) -> impl Iterator<Item = Page<'_>> {
        let documents = self.portal.ruleset.documents.iter().enumerate();
        let places = documents
            .flat_map(|(document, rules)| (0..rules.conditions.len()).map(move |number| (document, number)));
        places.map(move |(document, number)| {
            let rules = &self.portal.ruleset.documents[document];
            let condition = &rules.conditions[number];
            let title = format!("{}：{}", rules.title, condition.title);
            Page::new(
                page::CONDITION,
                view::condition_url(&condition.id),
                title,
                &self.condition_description(document, number),
            )
            .below(&[HOME, CHECK, CONDITIONS])
            .with("view", move || {
                let place = (document, number);
                view::condition_page(self.portal, &self.readers, &self.examples, place, self.today)
            })
        })
    }

    fn condition_description(&self, document: usize, number: usize) -> String {
        let rules = &self.portal.ruleset.documents[document];
        let condition = &rules.conditions[number];
        let requirement = rules::describe(&condition.require, &self.portal.ruleset);
        format!(
            "{}的条件：{requirement}。原文：“{}”。附判断方法和例子。",
            rules.title, condition.citation.quote
        )
    }

    fn facts(&self) -> Page<'_> {
        let description =
            "自查要回答的全部问题：怎样填写、从哪里得知、用来判断哪些条件，以及在表格中的列名。";
        Page::new(page::FACTS, FACTS.0, FACTS.1, description)
            .below(&[HOME, CHECK])
            .with("groups", || view::facts_by_group(self.portal, &self.readers))
    }

    fn each_fact(&self) -> impl Iterator<Item = Page<'_>> {
        self.portal.ruleset.facts.iter().enumerate().map(move |(index, fact)| {
            let title = format!("{}（自查问题）", fact.label);
            let asked = if fact.question.is_empty() { &fact.label } else { &fact.question };
            let description = format!(
                "自查问题“{}”：{asked}{}怎样填写、从哪里得知、在表格中的列名，用来判断哪些条件。",
                fact.label, fact.help
            );
            Page::new(page::FACT, view::fact_url(&fact.id), title, &description)
                .below(&[HOME, CHECK, FACTS])
                .with("view", move || view::fact_page(self.portal, &self.readers, index))
        })
    }

    fn interpretations(&self) -> Page<'_> {
        let description = "原文没有直接写明、由本站理解得出的条件：数字、日期、年份和适用范围，逐条与原文对照，供主管人员核对签字。";
        Page::new(page::INTERPRETATIONS, "check/interpretations/", "对原文的理解", description)
            .below(&[HOME, CHECK])
            .with("interpretations", || view::interpretations(self.portal))
    }

    fn coverage(&self) -> Page<'_> {
        let description = "文件的每一项内容在本站哪里得到反映，每一项条件由哪些例子检验，按文件列出数目，没有着落的也列出来。";
        Page::new(page::COVERAGE, COVERAGE.0, COVERAGE.1, description)
            .below(&[HOME, CHECK])
            .with("documents", || view::coverage(self.portal))
    }

    fn each_coverage(&self) -> impl Iterator<Item = Page<'_>> {
        let documents = view::coverage(self.portal).into_iter().filter(|document| document.total > 0);
        documents.map(move |document| {
            let title = format!("{}：逐项去向", document.title);
            let description =
                format!("{}的 {} 项内容，逐项注明在本站的去向。", document.title, document.total);
            let id = document.id;
            Page::new(page::COVERAGE_DOCUMENT, document.page_url, title, &description)
                .below(&[HOME, CHECK, COVERAGE])
                .with("statements", move || view::statement_views(self.portal, id))
                .with("document_title", move || document.title)
        })
    }
}
