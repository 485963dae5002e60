//! What pages show that does not stand in the portal as it is: things grouped, counted, measured for a drawing.
//!
//! Each part is a struct that a template reads, made by one function from the portal. No HTML is made here.

mod calendar;
mod check_page;
mod condition;
mod faq;
mod flow;
mod guide;
mod lists;
mod note;
mod policy;
mod summary;
mod text_width;
mod timeline;

pub(crate) use calendar::{ProvinceWindows, windows_by_province};
pub(crate) use check_page::{
    batches_by_option, days_by_window, materials_by_document, notes_by_condition, steps_by_document,
};
pub(crate) use condition::{ConditionView, conditions_of, interpretations};
pub(crate) use faq::{FaqLink, related_questions, starting_questions};
pub(crate) use guide::{GuideView, guides};
pub(crate) use lists::{LinkCounts, SearchFacets, batches, condition_count, provinces_of};
pub(crate) use policy::{policies_by_place, policy_view};
pub(crate) use summary::{PolicySummary, Summary};
