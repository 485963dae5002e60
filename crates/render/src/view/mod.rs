//! What pages show that does not stand in the portal as it is: things grouped, counted, measured for a drawing.
//!
//! Each part is a struct that a template reads, made by one function from the portal. No HTML is made here.

mod authoring;
mod authoring_chapters;
mod authoring_limits;
mod authoring_mistakes;
mod calendar;
mod chain;
mod check_page;
mod compare;
mod condition;
mod condition_page;
mod coverage;
mod document_kind;
mod example;
mod fact;
mod faq;
mod flow;
mod guide;
mod interpretation;
mod lists;
mod marked;
mod note;
mod pagination;
mod plain_text;
mod policy;
mod policy_lists;
mod reading;
mod structured_data;
mod summary;
mod terms;
mod text_width;
mod timeline;

pub(crate) use authoring::{chapter_view, file_rows, mistake_views};
pub(crate) use authoring_chapters::{CHAPTERS, Chapter};
pub(crate) use authoring_limits::limits;
pub(crate) use authoring_mistakes::{CLAUSES, LINKS, SLIPS, TRAPS};
pub(crate) use calendar::{ProvinceWindows, windows_by_actor, windows_by_province};
pub(crate) use check_page::{
    batches_by_option, materials_by_document, notes_by_condition, steps_by_document,
};
pub(crate) use compare::comparison;
pub(crate) use condition::{ConditionView, condition_url, conditions_of};
pub(crate) use condition_page::condition_page;
pub(crate) use coverage::{coverage, statement_views};
pub(crate) use example::Examples;
pub(crate) use fact::{fact_page, fact_url, facts_by_group};
pub(crate) use faq::{FaqLink, explained_answers, related_questions, starting_questions};
pub(crate) use guide::{GuideView, conditions_by_document, explained_guide, guides};
pub(crate) use interpretation::interpretations;
pub(crate) use lists::{LinkCounts, batches, condition_count, provinces_of};
pub(crate) use pagination::pagination;
#[cfg(test)]
pub(crate) use plain_text::plain_text;
pub(crate) use policy::{policies_by_place, policy_view};
pub(crate) use policy_lists::{PolicyList, PolicyLists, summaries};
pub(crate) use reading::Readers;
pub(crate) use structured_data::{Subject, structured_data};
pub(crate) use summary::{PolicySummary, Summary};
pub(crate) use terms::Terms;
pub(crate) use text_width::lines_of;
