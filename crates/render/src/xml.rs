//! Texts between the tags of XML and HTML.

/// The text with its signs as character references, braces among them: where a page has `{{`, a template was not carried out. Not
/// for values of attributes: quotation marks stay.
pub(crate) fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('{', "&#123;")
}
