//! The few things done to the page. Texts go in as text, never as markup.
//!
//! Each function of the DOM is called in one place, so that its binding is there once. `None` means that the page is
//! not as expected; callers leave out what hangs on it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// The first element below another that a selector matches.
#[inline(never)]
pub(crate) fn find(below: &Element, selector: &str) -> Option<HtmlElement> {
    below.query_selector(selector).ok()?.map(JsCast::unchecked_into)
}

/// The element with an id, in the document of another; far quicker than a selector in a page of thousands of elements.
#[inline(never)]
pub(crate) fn by_id(inside: &Element, id: &str) -> Option<HtmlElement> {
    inside.owner_document()?.get_element_by_id(id).map(JsCast::unchecked_into)
}

/// Sets an attribute.
#[inline(never)]
pub(crate) fn set(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).ok();
}

/// Puts an element at the end of another, taking it from where it was.
#[inline(never)]
pub(crate) fn append(parent: &Node, child: &Node) {
    parent.append_child(child).ok();
}

/// The text made of these pieces.
#[inline(never)]
pub(crate) fn text(pieces: &[&str]) -> String {
    let mut text = String::new();
    pieces.iter().for_each(|piece| text.push_str(piece));
    text
}

/// Adds a new element with a class and a text, either of which may be empty, at the end of another.
#[inline(never)]
pub(crate) fn add(parent: &Node, tag: &str, class: &str, text: &str) -> Option<HtmlElement> {
    let element = parent.owner_document()?.create_element(tag).ok()?;
    if !class.is_empty() {
        set(&element, "class", class);
    }
    element.set_text_content(Some(text));
    append(parent, &element);
    Some(element.unchecked_into())
}

/// Hides the first element below another that a selector matches, or shows it.
#[inline(never)]
pub(crate) fn hide(below: &Element, selector: &str, is_hidden: bool) {
    if let Some(element) = find(below, selector) {
        element.set_hidden(is_hidden);
    }
}

/// Replaces what is in a place by what `write` puts in it, and shows the place unless it is left empty. Where nothing
/// would change nothing is touched: a live region speaks when it changes, and what people have marked stays marked.
#[inline(never)]
pub(crate) fn fill(below: &Element, selector: &str, write: &mut dyn FnMut(&HtmlElement)) {
    let Some(place) = find(below, selector) else { return };
    let Ok(fresh) = place.clone_node() else { return };
    write(fresh.unchecked_ref());
    if !place.is_equal_node(Some(&fresh)) {
        place.set_text_content(None);
        while let Some(child) = fresh.first_child() {
            append(&place, &child);
        }
    }
    place.set_hidden(place.first_child().is_none());
}

/// Shows a text in a place that is hidden while there is none.
#[inline(never)]
pub(crate) fn fill_text(below: &Element, selector: &str, text: &str) {
    fill(below, selector, &mut |place| place.set_text_content(Some(text)));
}
