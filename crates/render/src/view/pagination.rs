//! The way through a list that stands on several pages.

use serde::Serialize;

/// How many numbers stand on each side of the page's own, before those between are left out.
const BESIDE: usize = 2;

/// What a page of a list shows of the others.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Pagination {
    /// The page's own number, from 1.
    number: usize,
    /// How many pages there are.
    count: usize,
    /// Address of the page before; empty on the first.
    previous: String,
    /// Address of the page behind; empty on the last.
    next: String,
    /// Numbers to choose from.
    steps: Vec<PageStep>,
}

/// A number to choose, or the gap where numbers are left out.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct PageStep {
    /// The number; 0 for a gap.
    number: usize,
    /// Address relative to the root; empty for a gap.
    url: String,
}

/// The way from this page of so many, whose addresses the function tells.
pub(crate) fn pagination(number: usize, count: usize, address: impl Fn(usize) -> String) -> Pagination {
    let steps = numbers(number, count)
        .into_iter()
        .map(|number| PageStep { number, url: if number == 0 { String::new() } else { address(number) } })
        .collect();
    Pagination {
        number,
        count,
        previous: if number > 1 { address(number - 1) } else { String::new() },
        next: if number < count { address(number + 1) } else { String::new() },
        steps,
    }
}

/// The first, the last and those near the page's own; 0 where at least two are left out.
fn numbers(own: usize, count: usize) -> Vec<usize> {
    let is_shown = |number: usize| number == 1 || number == count || number.abs_diff(own) <= BESIDE;
    let mut shown: Vec<usize> = Vec::new();
    for number in 1..=count {
        // One number takes no more room than the sign for its absence.
        let is_alone = !is_shown(number) && is_shown(number - 1) && is_shown(number + 1);
        if is_shown(number) || is_alone {
            shown.push(number);
        } else if shown.last() != Some(&0) {
            shown.push(0);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_far_away_are_left_out() {
        for (own, count, expected) in [
            (1, 1, vec![1]),
            (2, 3, vec![1, 2, 3]),
            (1, 9, vec![1, 2, 3, 0, 9]),
            (5, 9, vec![1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (50, 100, vec![1, 0, 48, 49, 50, 51, 52, 0, 100]),
            (100, 100, vec![1, 0, 98, 99, 100]),
        ] {
            assert_eq!(numbers(own, count), expected, "{own} of {count}");
        }
    }

    #[test]
    fn the_first_page_has_none_before_it_and_the_last_none_behind() {
        let way = |number| pagination(number, 2, |number| format!("a/{number}/"));
        assert_eq!((way(1).previous.as_str(), way(1).next.as_str()), ("", "a/2/"));
        assert_eq!((way(2).previous.as_str(), way(2).next.as_str()), ("a/1/", ""));
        assert_eq!(way(1).steps[1], PageStep { number: 2, url: "a/2/".into() });
    }
}
