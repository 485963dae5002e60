//! The words of HTML that the content's Markdown was made into.

/// The text without tags, with a line break where a block ends.
///
/// Only what the program itself writes is understood: well-formed tags, and the entities that escape a text.
pub(crate) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        if ends_a_line(tag) {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    unescaped(&lines.join("\n"))
}

fn ends_a_line(tag: &str) -> bool {
    matches!(tag, "/p" | "/li" | "/tr" | "/blockquote" | "/pre" | "br" | "br /" | "hr" | "hr /" | "/dt" | "/dd")
        || (tag.starts_with("/h") && tag.len() == 3)
        // The end of a cell keeps it apart from the next.
        || matches!(tag, "/td" | "/th")
}

fn unescaped(text: &str) -> String {
    // The ampersand last, so that `&amp;lt;` stays `&lt;`.
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_words_stay() {
        for (html, expected) in [
            ("<p>先<strong>登录</strong>，再<a href=\"x\">填报</a>。</p>\n", "先登录，再填报。"),
            ("<ol>\n<li>甲</li>\n<li>乙<br />丙</li>\n</ol>", "甲\n乙\n丙"),
            ("<p>1 &lt; 2 &amp;amp; &quot;3&quot;</p>", "1 < 2 &amp; \"3\""),
            ("<table><tr><td>一</td><td>二</td></tr></table>", "一\n二"),
            ("没有标签", "没有标签"),
            ("<p>没写完<b", "没写完"),
        ] {
            assert_eq!(plain_text(html), expected, "{html}");
        }
    }
}
