//! Text that Markdown shows as it is, with web addresses made into links.

/// A line of text as Markdown.
pub(super) fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = ["http://", "https://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let bracketed = rest[..start].ends_with('<');
        let before = if bracketed { &rest[..start - 1] } else { &rest[..start] };
        plain(before, &mut result);
        let address = &rest[start..];
        let end = address
            .find(|c: char| !c.is_ascii_graphic() || "<>()\"'|\\".contains(c))
            .unwrap_or(address.len());
        let end = address[..end].trim_end_matches(['.', ',', ';', ':']).len();
        result.push('<');
        result.push_str(&address[..end]);
        result.push('>');
        rest = &address[end..];
        if bracketed {
            rest = rest.strip_prefix('>').unwrap_or(rest);
        }
    }
    plain(rest, &mut result);
    // What begins a list, a quotation or a heading.
    if result.starts_with(['#', '>', '-', '+', '=']) || result.starts_with("~~~") {
        result.insert(0, '\\');
    }
    result
}

fn plain(text: &str, result: &mut String) {
    for character in text.chars() {
        if matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~' | '&' | '|' | '{') {
            result.push('\\');
        }
        result.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_read_is_shown_as_it_is() {
        for (text, expected) in [
            ("# 甲*乙*", "\\# 甲\\*乙\\*"),
            ("- 甲_乙_[丙]", "\\- 甲\\_乙\\_\\[丙\\]"),
            ("网址：https://a.cn/b_c，见<http://d.cn/>。", "网址：<https://a.cn/b_c>，见<http://d.cn/>。"),
            ("（http://a.cn/x.）", "（<http://a.cn/x>.）"),
            ("1.甲 & 乙 <b>", "1.甲 \\& 乙 \\<b>"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
