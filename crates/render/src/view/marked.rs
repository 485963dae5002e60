//! Words of a text marked in its HTML.
//!
//! It reads the HTML that `content` makes of Markdown, no other: every `<` begins a tag and every `&` an entity.

/// The HTML with the first place of each of these quotes inside `<mark>`, white space aside. A mark ends before each
/// tag and goes on behind it. A quote that does not stand there changes nothing.
pub(crate) fn marked<'a>(html: &str, quotes: impl IntoIterator<Item = &'a str>) -> String {
    let mut quotes = quotes.into_iter().peekable();
    if quotes.peek().is_none() {
        return html.to_owned();
    }
    let pieces = pieces(html);
    let letters: Vec<char> = pieces.iter().filter_map(|piece| piece.letter).collect();
    let mut is_marked = vec![false; letters.len()];
    for quote in quotes {
        let wanted: Vec<char> = quote.chars().filter(|character| !character.is_whitespace()).collect();
        if let Some(start) = place(&letters, &wanted) {
            is_marked[start..start + wanted.len()].fill(true);
        }
    }
    let mut out = String::with_capacity(html.len() + 32);
    let (mut open, mut next) = (false, 0);
    for piece in pieces {
        // White space belongs to a mark when the letter behind it does.
        let wanted = !piece.is_tag
            && is_marked.get(next).copied().unwrap_or(false)
            && (open || piece.letter.is_some());
        match (open, wanted) {
            (false, true) => out.push_str("<mark>"),
            (true, false) => out.push_str("</mark>"),
            _ => {}
        }
        open = wanted;
        out.push_str(piece.html);
        next += usize::from(piece.letter.is_some());
    }
    if open {
        out.push_str("</mark>");
    }
    out
}

/// A tag, white space or a letter.
struct Piece<'a> {
    html: &'a str,
    is_tag: bool,
    letter: Option<char>,
}

fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            '&' => rest.find(';').map_or(1, |end| end + 1),
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        let letter = match first {
            '<' => None,
            '&' => Some(entity(piece)),
            white if white.is_whitespace() => None,
            letter => Some(letter),
        };
        pieces.push(Piece { html: piece, is_tag: first == '<', letter });
        rest = after;
    }
    pieces
}

fn entity(entity: &str) -> char {
    match entity {
        "&lt;" => '<',
        "&gt;" => '>',
        "&quot;" => '"',
        "&#39;" => '\'',
        _ => '&',
    }
}

fn place(letters: &[char], wanted: &[char]) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    letters.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn quotes_are_marked_wherever_tags_and_spaces_fall() {
        let rows: [(&str, &[&str], &str); 10] = [
            ("<p>甲</p>", &[], "<p>甲</p>"),
            ("<p>甲乙丙</p>", &["乙"], "<p>甲<mark>乙</mark>丙</p>"),
            ("<p>3 月 22 日止</p>", &["3月22日"], "<p><mark>3 月 22 日</mark>止</p>"),
            ("<p>甲 乙 丙</p>", &["乙"], "<p>甲 <mark>乙</mark> 丙</p>"),
            ("<p>甲<b>乙丙</b>丁</p>", &["甲乙"], "<p><mark>甲</mark><b><mark>乙</mark>丙</b>丁</p>"),
            ("<p>甲</p>\n<p>乙</p>", &["甲乙"], "<p><mark>甲</mark></p>\n<p><mark>乙</mark></p>"),
            ("<p>甲乙丙丁</p>", &["甲乙", "乙丙"], "<p><mark>甲乙丙</mark>丁</p>"),
            ("<p>a &lt; b &amp; c</p>", &["a<b&c"], "<p><mark>a &lt; b &amp; c</mark></p>"),
            ("<a href=\"乙\">甲</a>", &["乙", ""], "<a href=\"乙\">甲</a>"),
            ("甲甲", &["甲"], "<mark>甲</mark>甲"),
        ];
        for (html, quotes, expected) in rows {
            assert_eq!(marked(html, quotes.iter().copied()), expected);
        }
    }
}
