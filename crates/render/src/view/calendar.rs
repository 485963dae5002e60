//! Windows as the home page, the calendar and the guides show them.

use content::{Portal, Window};
use rules::{Actor, Date};
use serde::Serialize;

use super::timeline::{Timeline, timeline};
use crate::page::chinese_end;

/// One window in words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WindowView {
    /// Id of the condition it is drawn from.
    pub(crate) condition: String,
    /// Title.
    pub(crate) title: String,
    /// Province code; empty for a national window.
    pub(crate) province: String,
    /// Name of the province; 国家 for a national window.
    pub(crate) province_name: String,
    /// Who has to act.
    pub(crate) actor: Actor,
    /// The same in words.
    pub(crate) actor_label: &'static str,
    /// First day.
    pub(crate) opens: Option<Date>,
    /// Last day.
    pub(crate) closes: Option<Date>,
    /// First day in Chinese; empty when not known.
    pub(crate) opens_text: String,
    /// Last day in Chinese, without what the first has told; empty when not known.
    pub(crate) closes_text: String,
    /// The last day had passed when the portal was built: it stays true, so that it may be printed.
    pub(crate) over: bool,
    /// The document is archived.
    pub(crate) archived: bool,
    /// `三·1`
    pub(crate) clause_label: String,
    /// Short title of the document.
    pub(crate) document_title: String,
    /// Address of the clause, relative to the root.
    pub(crate) url: String,
}

/// The windows of one province.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProvinceWindows {
    /// Anchor on the calendar: the guide's id, or the code.
    pub(crate) id: String,
    /// Name of the province.
    pub(crate) name: String,
    /// Its code; empty for the nation.
    pub(crate) code: String,
    /// Its calendar for other programs, relative to the root; empty when all its windows are archived.
    pub(crate) calendar_file: String,
    /// Page of its guide; empty when it has none.
    pub(crate) guide_url: String,
    /// By opening day.
    pub(crate) windows: Vec<WindowView>,
    /// Their drawing.
    pub(crate) timeline: Option<Timeline>,
}

/// The windows in which one side has to act.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ActorWindows<'a> {
    /// `school`, `city`, …
    pub(crate) actor: Actor,
    /// 院校, 市级教育行政部门, …
    pub(crate) label: &'static str,
    /// Those that end last come first.
    pub(crate) windows: Vec<&'a WindowView>,
}

/// The windows of current documents by the side that has to act, sides in the order of the review.
pub(crate) fn windows_by_actor(provinces: &[ProvinceWindows]) -> Vec<ActorWindows<'_>> {
    Actor::ALL
        .into_iter()
        .filter_map(|actor| {
            let all = provinces.iter().flat_map(|province| &province.windows);
            let mut windows: Vec<&WindowView> =
                all.filter(|window| window.actor == actor && !window.archived).collect();
            windows.sort_by_key(|window| std::cmp::Reverse(window.closes.or(window.opens)));
            let label = actor.label();
            (!windows.is_empty()).then_some(ActorWindows { actor, label, windows })
        })
        .collect()
}

/// All windows, provinces in the order of the guides, then those without a guide.
pub(crate) fn windows_by_province(portal: &Portal, today: Date) -> Vec<ProvinceWindows> {
    let mut codes: Vec<&str> = portal.guides.iter().map(|guide| guide.code.as_str()).collect();
    for window in &portal.windows {
        if !codes.contains(&window.province.as_str()) {
            codes.push(&window.province);
        }
    }
    codes.into_iter().filter_map(|code| windows_of(portal, code, today)).collect()
}

fn windows_of(portal: &Portal, code: &str, today: Date) -> Option<ProvinceWindows> {
    let windows: Vec<&Window> = portal.windows.iter().filter(|window| window.province == code).collect();
    let first = windows.first()?;
    let guide = portal.guides.iter().find(|guide| guide.code == code);
    let id = guide.map_or_else(|| anchor(code), |guide| guide.id.clone());
    let has_file = windows.iter().any(|window| !window.archived);
    Some(ProvinceWindows {
        calendar_file: if has_file { format!("calendar/{id}.ics") } else { String::new() },
        id,
        code: code.to_owned(),
        name: guide.map_or_else(|| first.province_name.clone(), |guide| guide.name.clone()),
        guide_url: guide.map(|guide| guide.url.clone()).unwrap_or_default(),
        timeline: timeline(&windows),
        windows: windows.into_iter().map(|window| window_view(portal, window, today)).collect(),
    })
}

/// The anchor of a place that has no guide.
fn anchor(code: &str) -> String {
    if code.is_empty() { "national".to_owned() } else { code.to_lowercase() }
}

/// One window in words.
pub(crate) fn window_view(portal: &Portal, window: &Window, today: Date) -> WindowView {
    let document = &window.citation.document;
    let title =
        portal.policies.iter().find(|policy| policy.id == *document).map(|policy| policy.short_title.clone());
    WindowView {
        condition: window.condition.clone(),
        title: window.title.clone(),
        province: window.province.clone(),
        province_name: window.province_name.clone(),
        actor: window.actor,
        actor_label: window.actor.label(),
        opens: window.opens,
        closes: window.closes,
        opens_text: window.opens.map(Date::chinese).unwrap_or_default(),
        closes_text: match (window.opens, window.closes) {
            (Some(first), Some(last)) => chinese_end(first, last),
            (None, Some(last)) => last.chinese(),
            (_, None) => String::new(),
        },
        over: window.closes.is_some_and(|last| last < today),
        archived: window.archived,
        clause_label: window.citation.clause_label.clone(),
        document_title: title.unwrap_or_else(|| document.clone()),
        url: window.citation.url.clone(),
    }
}
