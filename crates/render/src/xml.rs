//! Texts between the tags of XML and HTML.

/// The text with its signs as character references. Not for values of attributes: quotation marks stay.
pub(crate) fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
