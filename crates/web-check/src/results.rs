//! The results: cards, documents that do not apply, the summary.

use rules::{Declaration, Roles, Summary, Truth, decimal};

use crate::Page;
use crate::cards::{add_verdict, show_condition};
use crate::dom;

/// Judges a declaration and shows all there is to it; the summary counts what the actors of a role look after.
pub(crate) fn show(page: &Page, plan: &Declaration, roles: Roles, problems: usize) {
    let program = &*page.program;
    show_documents(page, plan);
    let mut findings = rules::check(program, plan);
    for of in findings.chunk_by(|one, next| (one.document, one.condition) == (next.document, next.condition))
    {
        show_condition(page, plan, of);
    }
    findings.retain(|one| roles.contains(program.condition_actor(one.document, one.condition)));
    show_summary(page, &rules::summarize(program, plan, &findings), problems);
}

/// Documents that do not apply stand under a heading of their own; all keep their order.
fn show_documents(page: &Page, plan: &Declaration) -> Option<()> {
    let program = &*page.program;
    let mut has_others = false;
    let mut is_moving = false;
    for document in 0..program.document_count() {
        let selector = dom::text(&["[data-document='", &decimal(document as u32), "']"]);
        let section = dom::find(&page.root, &selector)?;
        let (applies, facts) = rules::scope(program, plan, document);
        let word = match applies {
            Truth::True => "yes",
            Truth::False => "no",
            Truth::Unknown => "",
        };
        dom::set(&section, "data-applies", word);
        let (list, reason) = if applies == Truth::False {
            has_others = true;
            ("[data-others-list]", dom::text(&[&rules::explain_scope(program, plan, &facts), "。"]))
        } else {
            ("[data-documents]", String::new())
        };
        dom::fill_text(&section, "[data-scope-reason]", &reason);
        // From the first that changes its place on, every one goes to the end of its list: so they keep their order.
        let list = dom::find(&page.root, list)?;
        is_moving |= !list.contains(Some(&section));
        if is_moving {
            dom::append(&list, &section);
        }
    }
    dom::hide(&page.root, "[data-others]", !has_others);
    Some(())
}

/// The counts of verdicts in the live region, the first two of them in the bar as well.
fn show_summary(page: &Page, summary: &Summary, problems: usize) {
    let program = &*page.program;
    let counts = summary.texts(program);
    let mut remark = summary.remark(program);
    if problems > 0 {
        let between = if remark.is_empty() { "" } else { "；" };
        remark = dom::text(&[&remark, between, &program.problem_count(problems)]);
    }
    dom::fill(&page.root, "[data-summary]", &mut |place| {
        for (verdict, text) in &counts {
            add_verdict(place, program, *verdict, text);
            place.append_with_str_1(" ").ok();
        }
        if !remark.is_empty() {
            dom::add(place, "span", "check-remark", &remark);
        }
    });
    let mut bar = String::new();
    for (verdict, text) in counts.iter().take(2) {
        let between = if bar.is_empty() { "" } else { "　" };
        bar = dom::text(&[&bar, between, program.verdict_shape(*verdict), " ", text]);
    }
    if let Some(place) = dom::find(&page.root, "[data-bar-text]") {
        place.set_text_content(Some(&bar));
    }
}
