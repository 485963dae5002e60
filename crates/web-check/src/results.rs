//! The results: cards, and documents that do not apply. The page counts the cards it shows.

use rules::{Declaration, Truth, decimal};

use crate::Page;
use crate::cards::show_condition;
use crate::dom;

/// Judges a declaration and shows what comes of it on the cards from one number to before another. Whether there are more.
pub(crate) fn show_cards(page: &Page, plan: &Declaration, from: usize, to: usize) -> bool {
    let findings = rules::check(&page.program, plan);
    let cards =
        findings.chunk_by(|one, next| (one.document, one.condition) == (next.document, next.condition));
    for (number, of) in cards.enumerate() {
        if number >= to {
            return true;
        }
        if number >= from {
            show_condition(page, plan, of);
        }
    }
    false
}

/// Documents that do not apply stand under a heading of their own; all keep their order.
pub(crate) fn show_documents(page: &Page, plan: &Declaration) -> Option<()> {
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
