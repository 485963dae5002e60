//! The card of a condition: its verdict, and per finding the reason and what would change it.

use rules::{ConditionText, Declaration, Finding, Program, Verdict, explain, hints};
use web_sys::HtmlElement;

use crate::Page;
use crate::dom;

/// Adds a verdict in shape and word: nothing depends on colour.
#[inline(never)]
pub(crate) fn add_verdict(
    parent: &HtmlElement,
    program: &Program,
    verdict: Verdict,
    word: &str,
) -> Option<()> {
    let badge = dom::add(parent, "span", "check-verdict", "")?;
    dom::set(&badge, "data-verdict", verdict.id());
    let shape = dom::add(&badge, "span", "check-shape", program.verdict_shape(verdict))?;
    dom::set(&shape, "aria-hidden", "true");
    dom::add(&badge, "span", "", word).map(drop)
}

/// Shows the findings of one condition, of which there is at least one, on its card.
pub(crate) fn show_condition(page: &Page, plan: &Declaration, findings: &[Finding]) -> Option<()> {
    let program = &*page.program;
    let first = findings.first()?;
    let worst = findings.iter().map(|one| one.verdict).max()?;
    let card = dom::by_id(&page.root, program.condition_id(first.document, first.condition))?;
    dom::set(&card, "data-verdict", worst.id());
    dom::hide(&card, "[data-ticks]", true);
    dom::fill(&card, "[data-word]", &mut |place| {
        add_verdict(place, program, worst, program.verdict_word(worst));
    });
    // Most reasons repeat the requirement; then it need not stand there twice.
    let requirement = program.condition_text(first, ConditionText::Requirement);
    let mut is_repeated = false;
    dom::fill(&card, "[data-findings]", &mut |place| {
        for finding in findings {
            let reason = explain(program, plan, finding);
            is_repeated |= holds(&reason, requirement);
            add_finding(place, page, plan, finding, &reason, findings.len());
        }
    });
    dom::hide(&card, "[data-requirement]", is_repeated);
    Some(())
}

fn add_finding(
    place: &HtmlElement,
    page: &Page,
    plan: &Declaration,
    finding: &Finding,
    reason: &str,
    count: usize,
) -> Option<()> {
    let program = &*page.program;
    let item = dom::add(place, "div", "check-finding", "")?;
    if let (Some(line), 2..) = (finding.line, count) {
        let name = dom::text(&[&program.line_name(line), " "]);
        let head = dom::add(&item, "p", "check-finding-line", &name)?;
        add_verdict(&head, program, finding.verdict, program.verdict_word(finding.verdict))?;
    }
    dom::add(&item, "p", "check-reason", &dom::text(&[reason, "。"]))?;
    let hints = hints(program, plan, finding);
    if !hints.is_empty() {
        dom::add(&item, "p", "check-hints-title", "可以这样改变：")?;
        let list = dom::add(&item, "ul", "check-hints", "")?;
        for hint in &hints {
            dom::add(&list, "li", "", hint)?;
        }
    }
    Some(())
}

/// Whether a text has another in it; `str::contains` would bring a far larger search into the module.
fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    part.is_empty() || text.windows(part.len()).any(|piece| piece == part)
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_part_is_found_wherever_it_stands() {
        assert!(holds("要求：不少于 30 人；填报：29 人", "不少于 30 人"));
        assert!(holds("不少于", "不少于") && holds("不少于", ""));
        assert!(!holds("不少于", "不少于 30 人") && !holds("", "不"));
    }
}
