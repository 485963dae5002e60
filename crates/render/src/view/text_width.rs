//! How wide a text is in a drawing, and where its lines break: drawings cannot ask a browser.

/// Width in ems: a Han character is one em wide, a Latin letter or digit a little more than half.
pub(crate) fn width_in_ems(text: &str) -> f32 {
    text.chars().map(character_width).sum()
}

fn character_width(character: char) -> f32 {
    if character.is_ascii() { 0.58 } else { 1.0 }
}

/// Breaks a text into lines of at most this many ems. Latin words and numbers stay whole where they fit; no line
/// begins with a closing mark.
pub(crate) fn wrap(text: &str, ems: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let closing = piece.chars().all(|character| "，。；：、）》”！？)".contains(character));
        if !line.is_empty() && !closing && width_in_ems(&line) + width_in_ems(&piece) > ems {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if !(line.is_empty() && piece == " ") {
            line.push_str(&piece);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The first lines of a text of at most this many ems; the last of them tells by an ellipsis that more would follow.
pub(crate) fn lines_of(text: &str, ems: f32, most: usize) -> Vec<String> {
    let mut lines = wrap(text, ems);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while width_in_ems(last) > ems - 1.0 {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

/// Parts between which a line may break: each Han character alone, runs of anything else together.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for character in text.chars() {
        let joins = character.is_ascii_graphic()
            && pieces.last().is_some_and(|piece| piece.chars().all(|before| before.is_ascii_graphic()));
        match pieces.last_mut() {
            Some(piece) if joins => piece.push(character),
            _ => pieces.push(character.to_string()),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_not_wider_than_asked() {
        assert_eq!(wrap("登录国家平台填报信息", 4.0), ["登录国家", "平台填报", "信息"]);
        assert_eq!(wrap("填报1+X申报", 4.0), ["填报1+X", "申报"]);
    }

    #[test]
    fn what_is_left_out_is_told() {
        assert_eq!(lines_of("登录国家平台填报信息", 4.0, 3), ["登录国家", "平台填报", "信息"]);
        assert_eq!(lines_of("登录国家平台填报信息", 4.0, 2), ["登录国家", "平台填…"]);
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(wrap("上传《方案》，盖章", 5.0), ["上传《方案》，", "盖章"]);
        assert!(wrap(" ", 5.0).is_empty());
    }
}
