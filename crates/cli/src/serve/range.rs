//! One range of bytes of a file (RFC 9110, section 14): what the search asks of index files that hold many blocks.

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// What a request asks of a file of this length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Whole,
    Part(Range<usize>),
    /// Nothing of the range is in the file.
    Nothing,
}

/// The range that the headers ask for; several of them, or another unit, are answered by the whole file, as the standard allows.
pub(super) fn wanted(headers: &HeaderMap, length: usize) -> Wanted {
    let Some(range) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()) else {
        return Wanted::Whole;
    };
    let Some((from, to)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::Whole;
    };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let part = match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => from..to.saturating_add(1).min(length),
        (Some(from), None) if to.trim().is_empty() => from..length,
        (None, Some(last)) if from.trim().is_empty() => length.saturating_sub(last)..length,
        _ => return Wanted::Whole,
    };
    if part.start < part.end { Wanted::Part(part) } else { Wanted::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood() {
        let check = |range: &str, expected: Wanted| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, range.parse().unwrap());
            assert_eq!(wanted(&headers, 100), expected, "{range}");
        };
        check("bytes=10-19", Wanted::Part(10..20));
        check("bytes=90-500", Wanted::Part(90..100));
        check("bytes=90-", Wanted::Part(90..100));
        check("bytes=-7", Wanted::Part(93..100));
        check("bytes=100-120", Wanted::Nothing);
        check("bytes=5-2", Wanted::Whole);
        check("bytes=0-1,5-6", Wanted::Whole);
        check("lines=1-2", Wanted::Whole);
        assert_eq!(wanted(&HeaderMap::new(), 100), Wanted::Whole);
    }
}
