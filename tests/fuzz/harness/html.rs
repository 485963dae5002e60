//! HTML made of Markdown, held to a grammar that is stricter than that of browsers: what it lets through can only be read in one
//! way, and has nothing that runs, loads or styles.

/// Elements that texts are made of.
const ELEMENTS: [&str; 25] = [
    "a",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Those without an end.
const EMPTY: [&str; 2] = ["br", "hr"];
/// Attributes that they may have, and the values that are allowed; `None` where any text is.
const ATTRIBUTES: [(&str, Option<&[&str]>); 9] = [
    ("href", None),
    ("id", None),
    ("start", None),
    ("aria-label", Some(&["表格"])),
    ("class", Some(&["external", "table-wrap", "align-center", "align-right"])),
    ("rel", Some(&["noopener noreferrer"])),
    ("role", Some(&["group"])),
    ("scope", Some(&["col"])),
    ("tabindex", Some(&["0"])),
];

/// Requires that this is HTML of the grammar.
///
/// # Panics
/// When it is not, with the place.
pub(crate) fn require_harmless(html: &str) {
    if let Err((fault, at)) = walk(html) {
        let from = (0..=at.min(html.len())).rev().find(|place| html.is_char_boundary(*place)).unwrap_or(0);
        panic!("{fault} at {at}: {}\nin: {html}", &html[from..].chars().take(60).collect::<String>());
    }
    let forbidden = html.chars().find(|&one| {
        (one.is_control() && !matches!(one, '\n' | '\t'))
            || matches!(one, '\u{2028}' | '\u{2029}' | '\u{fffd}' | '\u{feff}')
    });
    // The mark of the way to the root is the one exception, and stands in addresses alone.
    let without_mark = html.replace(&format!("href=\"{}", content::ROOT_PLACEHOLDER), "href=\"");
    assert!(
        forbidden.is_none()
            || !without_mark.chars().any(|one| one.is_control() && !matches!(one, '\n' | '\t')),
        "a control character in {html:?}"
    );
}

type Fault = (&'static str, usize);

fn walk(html: &str) -> Result<(), Fault> {
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let text = rest.find('<').unwrap_or(rest.len());
        references(&rest[..text], at)?;
        if rest[..text].contains('>') {
            return Err(("a > in a text", at));
        }
        at += text;
        if at == html.len() {
            break;
        }
        let end = end_of_tag(&html[at..]).ok_or(("an open tag", at))?;
        let inside = &html[at + 1..at + end];
        if let Some(name) = inside.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(("an end of something else", at));
            }
        } else {
            let (name, attributes) = inside.split_once(' ').unwrap_or((inside.trim_end_matches('/'), ""));
            let name = name.trim_end_matches('/');
            if !ELEMENTS.contains(&name) {
                return Err(("an element that is not allowed", at));
            }
            require_attributes(attributes.trim_end_matches('/').trim_end(), at)?;
            if !EMPTY.contains(&name) {
                open.push(name);
            }
        }
        at += end + 1;
    }
    if open.is_empty() { Ok(()) } else { Err(("an element without its end", html.len())) }
}

/// Where the `>` of the tag at the beginning stands, quoted values passed over.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut is_quoted = false;
    tag.char_indices().find_map(|(place, one)| {
        is_quoted ^= one == '"';
        (one == '>' && !is_quoted).then_some(place)
    })
}

fn require_attributes(mut rest: &str, at: usize) -> Result<(), Fault> {
    let mut seen = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").ok_or(("an attribute without a quoted value", at))?;
        let (value, after) = after.split_once('"').ok_or(("a value without its end", at))?;
        let (_, allowed) = ATTRIBUTES
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or(("an attribute that is not allowed", at))?;
        if seen.contains(&name) {
            return Err(("an attribute twice", at));
        }
        if allowed.is_some_and(|allowed| !allowed.contains(&value)) {
            return Err(("a value that is not allowed", at));
        }
        if value.contains(['<', '>']) {
            return Err(("a bracket in a value", at));
        }
        references(value, at)?;
        if name == "href" {
            require_address(value, at)?;
        }
        seen.push(name);
        rest = after.trim_start();
    }
    Ok(())
}

/// An address of the portal, or one with a scheme that is let through; nothing in it may be read as another.
fn require_address(value: &str, at: usize) -> Result<(), Fault> {
    if value.starts_with(content::ROOT_PLACEHOLDER) {
        return Ok(());
    }
    let scheme = value.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    let is_allowed = ["http", "https", "mailto", "tel"].contains(&scheme.as_str());
    if is_allowed { Ok(()) } else { Err(("an address that is not allowed", at)) }
}

/// Every `&` begins a reference.
fn references(text: &str, at: usize) -> Result<(), Fault> {
    for (place, _) in text.match_indices('&') {
        let name = text[place + 1..].split(';').next().unwrap_or_default();
        if !["amp", "lt", "gt", "quot", "#39", "#x27", "#123"].contains(&name) {
            return Err(("an & that begins no reference", at + place));
        }
    }
    Ok(())
}
