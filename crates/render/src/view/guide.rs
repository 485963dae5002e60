//! A provincial guide in the order people know from service counters.

use content::{PolicyDocument, Portal, ProvincialGuide, Status};
use rules::{ConditionKind, Date, Ruleset};
use serde::Serialize;

use super::chain::{Chain, chain};
use super::flow::{Flow, flow};
use super::terms::{TermView, Terms};
use super::{
    ConditionView, FaqLink, PolicySummary, ProvinceWindows, conditions_of, related_questions,
    windows_by_province,
};
use crate::xml::escape_xml;

/// What the page of a guide shows.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GuideView<'a> {
    /// The guide as it stands in the portal.
    pub(crate) guide: &'a ProvincialGuide,
    /// 依据
    pub(crate) documents: Vec<PolicySummary<'a>>,
    /// Every document it stands on is archived.
    pub(crate) archived: bool,
    /// 受理条件: what the school must be or have.
    pub(crate) admission: Vec<ConditionGroup>,
    /// 申请材料: what documents ask about papers.
    pub(crate) papers: Vec<ConditionGroup>,
    /// 办理流程: what has to be done.
    pub(crate) tasks: Vec<ConditionGroup>,
    /// What is asked of others than the school.
    pub(crate) others: Vec<ConditionGroup>,
    /// 办理时限
    pub(crate) calendar: Option<ProvinceWindows>,
    /// 一图看懂
    pub(crate) flow: Option<Flow>,
    /// 审核环节
    pub(crate) chain: Option<Chain>,
    /// 常见问题
    pub(crate) questions: Vec<FaqLink>,
}

/// The texts of a guide with its terms.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExplainedGuide<'a> {
    /// Paragraphs before the sections, HTML.
    intro_html: String,
    /// What to do in each step, HTML.
    steps: Vec<String>,
    /// The terms that were met.
    terms: Vec<TermView<'a>>,
}

/// The texts of this guide, the first place of each term a link to its meaning.
pub(crate) fn explained_guide<'a>(guide: &ProvincialGuide, terms: &'a Terms<'a>) -> ExplainedGuide<'a> {
    let mut page = terms.page();
    let intro_html = page.linked(&guide.intro_html);
    let steps = guide.steps.iter().map(|step| page.linked(&escape_xml(&step.text))).collect();
    ExplainedGuide { intro_html, steps, terms: page.met() }
}

/// The conditions of one document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ConditionGroup {
    /// Id of the document.
    pub(crate) document: String,
    /// Its short title.
    pub(crate) title: String,
    /// It is archived.
    pub(crate) archived: bool,
    /// In the order of the document.
    pub(crate) conditions: Vec<ConditionView>,
}

/// All guides in order.
pub(crate) fn guides(portal: &Portal, today: Date) -> Vec<GuideView<'_>> {
    let calendar = windows_by_province(portal, today);
    portal.guides.iter().map(|guide| view(portal, guide, &calendar)).collect()
}

fn view<'a>(portal: &'a Portal, guide: &'a ProvincialGuide, calendar: &[ProvinceWindows]) -> GuideView<'a> {
    let ids: Vec<&str> = guide.documents.iter().map(|document| document.id.as_str()).collect();
    let documents: Vec<&PolicyDocument> =
        ids.iter().filter_map(|id| portal.policies.iter().find(|policy| policy.id == *id)).collect();
    let conditions: Vec<ConditionView> =
        ids.iter().flat_map(|id| conditions_of(&portal.ruleset, id)).collect();
    let part = |belongs: &dyn Fn(&ConditionView) -> bool| group(conditions.iter().filter(|c| belongs(c)));
    GuideView {
        guide,
        archived: !documents.is_empty()
            && documents.iter().all(|document| document.status == Status::Archived),
        documents: documents.into_iter().map(PolicySummary::from).collect(),
        admission: part(&|condition| condition.by_school && section(condition.kind) == Section::Admission),
        papers: part(&|condition| condition.by_school && section(condition.kind) == Section::Papers),
        tasks: part(&|condition| condition.by_school && section(condition.kind) == Section::Tasks),
        others: part(&|condition| !condition.by_school && section(condition.kind) != Section::Time),
        calendar: calendar.iter().find(|province| province.guide_url == guide.url).cloned(),
        flow: flow(guide),
        chain: chain(&guide.roles),
        questions: related_questions(portal, &ids),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Admission,
    Papers,
    Tasks,
    Time,
}

fn section(kind: ConditionKind) -> Section {
    match kind {
        ConditionKind::Scope
        | ConditionKind::Condition
        | ConditionKind::Threshold
        | ConditionKind::Advice
        | ConditionKind::Judgement
        | ConditionKind::Prohibition => Section::Admission,
        ConditionKind::Document => Section::Papers,
        ConditionKind::Todo => Section::Tasks,
        ConditionKind::Window => Section::Time,
    }
}

/// The conditions of every document, under its title.
pub(crate) fn conditions_by_document(ruleset: &Ruleset) -> Vec<ConditionGroup> {
    let all: Vec<ConditionView> =
        ruleset.documents.iter().flat_map(|rules| conditions_of(ruleset, &rules.document)).collect();
    group(all.iter())
}

fn group<'a>(conditions: impl Iterator<Item = &'a ConditionView>) -> Vec<ConditionGroup> {
    let mut groups: Vec<ConditionGroup> = Vec::new();
    for condition in conditions {
        match groups.last_mut() {
            Some(group) if group.document == condition.document => group.conditions.push(condition.clone()),
            _ => groups.push(ConditionGroup {
                document: condition.document.clone(),
                title: condition.document_title.clone(),
                archived: condition.archived,
                conditions: vec![condition.clone()],
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn conditions_stand_under_the_heading_they_belong_to() {
        let portal = sample::portal();
        let views = guides(&portal, Date::from_days(0));
        assert_eq!(views.len(), 1);
        assert_eq!(views[0].admission.len(), 1);
        assert_eq!(views[0].admission[0].conditions[0].title, "开设对应专业");
        assert!(views[0].papers.is_empty() && views[0].others.is_empty());
        assert_eq!(views[0].calendar.as_ref().map(|calendar| calendar.windows.len()), Some(1));
    }
}
