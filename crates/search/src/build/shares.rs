//! Entries divided among segments. What comes out of the index is the same however they are divided.

use super::keys::{Keyed, key_of};
use super::surroundings::Surroundings;
use crate::entry::Entry;

/// Bytes of text for one segment: with more the table of terms outgrows the processor's caches, and the last segment
/// occupies one thread alone for longer.
const LARGEST: usize = 2 << 20;
/// Where segments are kept for the next time, there are about so many: after an edit one of them is made anew, and whatever asks
/// for a term asks all of them.
const KEPT: usize = 128;
/// Bytes of text for one that is kept.
const KEPT_BYTES: std::ops::RangeInclusive<usize> = 64 << 10..=1 << 20;

/// Neighbouring entries that become one segment.
pub(super) struct Share<'a> {
    /// Number of the first.
    pub(super) first: u32,
    pub(super) entries: &'a [Entry<'a>],
    /// Of each entry, that of its terms.
    keys: &'a [u64],
    /// Of so many of them the surroundings of words are looked at.
    pub(super) reach: usize,
}

impl Share<'_> {
    /// Equal for shares of which the same segment is made, as long as the vocabulary is the same.
    pub(super) fn key(&self) -> u64 {
        key_of((self.reach, self.keys))
    }
}

/// Shares of about the same size, at least one for each thread.
pub(super) fn of_size<'a>(keyed: &'a Keyed<'a>) -> Vec<Share<'a>> {
    let share = (bytes(keyed.entries) / rayon::current_num_threads().max(1)).clamp(1, LARGEST);
    let mut so_far = 0;
    divided(keyed, |entry, _| {
        so_far += entry.text.len();
        let is_full = so_far >= share;
        if is_full {
            so_far = 0;
        }
        is_full
    })
}

/// Shares that begin at the same documents as long as those are there: after an edit all but one are as they were. (The idea is
/// that of chunks defined by content: A. Muthitacharoen, B. Chen, D. Mazières, *A Low-bandwidth Network File System*, 2001.)
pub(super) fn of_content<'a>(keyed: &'a Keyed<'a>) -> Vec<Share<'a>> {
    let entries = keyed.entries;
    let is_other = |entry: &Entry<'_>, next: &Entry<'_>| entry.group != next.group;
    let documents = 1 + entries.windows(2).filter(|pair| is_other(&pair[0], &pair[1])).count();
    let share = (bytes(entries) / KEPT).clamp(*KEPT_BYTES.start(), *KEPT_BYTES.end());
    let in_one = (documents * share / bytes(entries).max(1)).max(1);
    // A power of two, so that it changes seldom.
    let mask = (in_one.next_power_of_two() / 2).max(1) as u64 - 1;
    divided(keyed, |entry, next| {
        next.is_some_and(|next| is_other(entry, next) && key_of(&next.group) & mask == 0)
    })
}

fn bytes(entries: &[Entry<'_>]) -> usize {
    entries.iter().map(|entry| entry.text.len()).sum()
}

/// Ends a share with each entry, beside the one after it, that `is_last`.
fn divided<'a>(
    keyed: &'a Keyed<'a>,
    mut is_last: impl FnMut(&Entry<'_>, Option<&Entry<'_>>) -> bool,
) -> Vec<Share<'a>> {
    let entries = keyed.entries;
    let reach = Surroundings::reach(entries);
    let mut shares = Vec::new();
    let mut from = 0;
    for (index, entry) in entries.iter().enumerate() {
        let next = entries.get(index + 1);
        if is_last(entry, next) || next.is_none() {
            let share = entries.get(from..=index).unwrap_or_default();
            let keys = keyed.counted.get(from..=index).unwrap_or_default();
            let reach = reach.saturating_sub(from).min(share.len());
            shares.push(Share { first: from as u32, entries: share, keys, reach });
            from = index + 1;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(documents: usize) -> Vec<Entry<'static>> {
        let document = |number: usize| {
            let group = format!("document-{number}");
            let text = "申报时间".repeat(800);
            (0..3).map(move |_| Entry {
                group: group.clone().into(),
                text: text.clone().into(),
                ..Entry::default()
            })
        };
        (0..documents).flat_map(document).collect()
    }

    #[test]
    fn nothing_is_left_out() {
        for entries in [entries(0), entries(1), entries(200)] {
            let keyed = Keyed::of(&entries);
            for shares in [of_size(&keyed), of_content(&keyed)] {
                let all: Vec<Entry<'_>> = shares.iter().flat_map(|share| share.entries).cloned().collect();
                assert_eq!(all, entries);
                assert!(
                    shares.iter().all(|share| share.entries.first() == entries.get(share.first as usize))
                );
            }
        }
    }

    #[test]
    fn an_edit_changes_one_share() {
        let before = entries(400);
        let mut after = before.clone();
        after.insert(700, Entry { text: "新".into(), ..before[700].clone() });
        let keys = |entries: &[Entry<'_>]| {
            of_content(&Keyed::of(entries)).iter().map(Share::key).collect::<Vec<_>>()
        };
        let (before, after) = (keys(&before), keys(&after));
        assert!(before.len() > 10 && before.len() == after.len(), "{} {}", before.len(), after.len());
        assert_eq!(before.iter().zip(&after).filter(|(before, after)| before != after).count(), 1);
    }
}
