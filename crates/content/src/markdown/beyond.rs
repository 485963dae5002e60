//! What a text costs the parser before it gives its first event, seen from the lines alone.

use crate::limits::{DEEPEST_NESTING, MOST_PARTS};
use crate::problem::{Counted, Problem};

/// What costs the parser most before it gives its first event, and where: a line that opens many quotes and lists, against all
/// of which every line after it is held, and tables, of which it fills up every row that is short of cells.
pub(super) fn beyond_at_once(body: &str) -> Option<(usize, Problem)> {
    let (mut start, mut columns, mut cells) = (0, 0, 0);
    for line in body.split('\n') {
        if opened_by(line) > DEEPEST_NESTING {
            return Some((start, Problem::TooDeep { limit: DEEPEST_NESTING }));
        }
        columns = match (line.trim().is_empty(), columns_below(line)) {
            (true, _) => 0,
            (false, 0) => columns,
            (false, begun) => begun,
        };
        cells += columns;
        if cells > MOST_PARTS {
            return Some((start, Problem::TooManyParts { counted: Counted::Parts, limit: MOST_PARTS }));
        }
        start += line.len() + 1;
    }
    None
}

/// How many columns a table has below this line, `|---|---|`; none where it is another line.
fn columns_below(line: &str) -> usize {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let is_line = line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    if is_line { line.matches('|').count() } else { 0 }
}

/// How many quotes and lists the line opens, counted up to the first that is one too many.
fn opened_by(line: &str) -> usize {
    let mut rest = line;
    let mut opened = 0;
    while opened <= DEEPEST_NESTING {
        rest = rest.trim_start_matches([' ', '\t']);
        let is_rule = |mark: char| rest.chars().all(|c| c == mark || c == ' ' || c == '\t');
        let after = if let Some(after) = rest.strip_prefix('>') {
            after
        } else if let Some(after) = rest.strip_prefix(['-', '+', '*'])
            && after.starts_with([' ', '\t'])
            && !is_rule('-')
            && !is_rule('*')
        {
            after
        } else {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            match rest[digits..].strip_prefix(['.', ')']) {
                Some(after) if digits > 0 && after.starts_with([' ', '\t']) => after,
                _ => return opened,
            }
        };
        opened += 1;
        rest = after;
    }
    opened
}
