//! Hosts and mailboxes that look alike: one of the two is most likely misspelt.

use std::collections::BTreeMap;
use std::ops::Range;

use rules::edit_distance;

use super::passages::{self, Passage};
use super::{Files, Suspicions, notes_naming};
use crate::diagnostic::{Diagnostic, Place};
use crate::file::File;
use crate::model::PolicyDocument;
use crate::problem::{NoteName, Suspicion};

/// The endings by which a name is known as that of a host where nothing else says so.
const ENDINGS: [&str; 4] = [".cn", ".com", ".net", ".org"];

/// A name of a host or a mailbox in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// In lower case.
    pub(super) name: String,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// How an address is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// After `http://` or `https://`.
    Linked,
    /// Without them.
    Bare,
    Mailbox,
}

/// An address with the passage of its file that it stands in, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    passage: Range<usize>,
    address: Address,
}

/// An address with the passage it stands in.
pub(super) struct Found<'a> {
    pub(super) passage: Passage<'a>,
    pub(super) address: &'a Address,
}

/// All addresses of a file, in the order of its text.
pub(crate) fn of(file: &File) -> Vec<Written> {
    let in_passage = |passage: Passage<'_>| {
        let range = passage.in_file(&(0..passage.text.len()));
        find(passage.text).into_iter().map(move |address| Written { passage: range.clone(), address })
    };
    passages::of(file).into_iter().flat_map(in_passage).collect()
}

/// All addresses of all files, in the order of the texts.
pub(super) fn in_files(files: &Files) -> Vec<Found<'_>> {
    let written = files.values().flat_map(|file| file.addresses.iter().map(move |one| (file, one)));
    written
        .filter_map(|(file, Written { passage, address })| {
            Some(Found { passage: passages::passage(passage.clone(), file)?, address })
        })
        .collect()
}

/// Reports every spelling that looks like a more frequent one, where it first stands.
pub(super) fn look(found: &[Found<'_>], policies: &[PolicyDocument], suspicions: &mut Suspicions) {
    let (mut hosts, mut mailboxes) = (Spellings::new(), Spellings::new());
    for one in found {
        let spellings = if one.address.kind == Kind::Mailbox { &mut mailboxes } else { &mut hosts };
        spellings.entry(&one.address.name).or_default().push(one);
    }
    report(hosts, hosts_look_alike, policies, suspicions, |found, other, notes| {
        Suspicion::NearIdenticalHost { found, other, notes }
    });
    report(mailboxes, mailboxes_look_alike, policies, suspicions, |found, other, notes| {
        Suspicion::NearIdenticalMailbox { found, other, notes }
    });
}

/// Every spelling with where it stands.
type Spellings<'a> = BTreeMap<&'a str, Vec<&'a Found<'a>>>;

fn report(
    spellings: Spellings<'_>,
    look_alike: fn(&str, &str) -> bool,
    policies: &[PolicyDocument],
    suspicions: &mut Suspicions,
    suspicion: fn(String, String, Vec<NoteName>) -> Suspicion,
) {
    let mut by_count: Vec<(&str, Vec<&Found<'_>>)> = spellings.into_iter().collect();
    by_count.sort_by_key(|(_, found)| std::cmp::Reverse(found.len()));
    for (index, (spelling, found)) in by_count.iter().enumerate() {
        let Some((other, others)) = by_count[..index].iter().find(|(other, _)| look_alike(spelling, other))
        else {
            continue;
        };
        let (Some(place), Some(related)) = (first(found), first(others)) else { continue };
        let notes = notes_naming(policies, spelling);
        let suspicion = suspicion((*spelling).to_owned(), (*other).to_owned(), notes.clone());
        let diagnostic = Diagnostic::new(&place.path, place.span.clone(), suspicion).related(
            related,
            "另一种写法在这里",
            "the other spelling stands here",
        );
        suspicions.keep(diagnostic, &notes);
    }
}

/// The first place, of a policy text where there is one: there it can be compared with its source.
fn first(found: &[&Found<'_>]) -> Option<Place> {
    let of_policy = found.iter().find(|one| one.passage.path.starts_with("policies/"));
    let one = of_policy.or(found.first())?;
    Some(Place::new(one.passage.path, one.passage.in_file(&one.address.range)))
}

/// The addresses of a text, in order.
pub(super) fn find(text: &str) -> Vec<Address> {
    let (mut found, mut at) = (Vec::new(), 0);
    // Whatever is one has a dot in it.
    while let Some(dot) = text[at..].find('.') {
        let dot = at + dot;
        let (before, after) = (&text.as_bytes()[at..dot], &text.as_bytes()[dot..]);
        let start = dot - before.iter().rev().take_while(|byte| is_part(**byte)).count();
        let end = dot + after.iter().take_while(|byte| is_part(**byte)).count();
        let word = text[start..end].trim_end_matches(['.', '-', '/', ':']);
        if word.contains('.')
            && let Some((range, kind)) = in_word(word)
        {
            let name = word[range.clone()].to_ascii_lowercase();
            found.push(Address { name, range: start + range.start..start + range.end, kind });
        }
        at = end;
    }
    found
}

/// Every full address of the content, with the first place where it stands.
pub(super) fn external(found: &[Found<'_>]) -> BTreeMap<String, Place> {
    let mut addresses = BTreeMap::new();
    for Found { passage, address } in found.iter().filter(|found| found.address.kind == Kind::Linked) {
        let before = &passage.text[..address.range.start];
        let Some(start) = before.rfind("http") else { continue };
        let length = passage.text[start..].bytes().position(|byte| !is_part(byte));
        let end = length.map_or(passage.text.len(), |length| start + length);
        let text = passage.text[start..end].trim_end_matches(['.', ':']);
        if !addresses.contains_key(text) {
            let place = Place::new(passage.path, passage.in_file(&(start..start + text.len())));
            addresses.insert(text.to_owned(), place);
        }
    }
    addresses
}

/// Addresses are written in these characters alone.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.@:/?=&%#~+".contains(&byte)
}

/// The address in a word of ASCII characters, where it is one.
fn in_word(word: &str) -> Option<(Range<usize>, Kind)> {
    if let Some(at) = word.find("://") {
        let start = at + 3;
        let end = word[start..].find(['/', ':', '?', '#']).map_or(word.len(), |length| start + length);
        return is_name(&word[start..end]).then_some((start..end, Kind::Linked));
    }
    let start = word.strip_prefix("mailto:").map_or(0, |_| "mailto:".len());
    let rest = &word[start..];
    if let Some((local, host)) = rest.split_once('@') {
        return (!local.is_empty() && is_host(host)).then_some((start..word.len(), Kind::Mailbox));
    }
    let end = word.find(['/', ':', '?', '#']).unwrap_or(word.len());
    let host = &word[..end];
    let known = ENDINGS.iter().any(|ending| host.to_ascii_lowercase().ends_with(ending));
    (known && is_host(host)).then_some((0..end, Kind::Bare))
}

fn is_host(name: &str) -> bool {
    is_name(name) && name.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// A host by name or by number.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.contains('.') && name.split('.').all(is_label)
}

/// The same for the eye: l, 1 and i, o and 0, m and rn.
fn folded(name: &str) -> String {
    name.replace(['1', 'i'], "l").replace('0', "o").replace("rn", "m")
}

fn hosts_look_alike(a: &str, b: &str) -> bool {
    if folded(a) == folded(b) {
        return true;
    }
    let (first, second): (Vec<&str>, Vec<&str>) = (a.split('.').collect(), b.split('.').collect());
    let mut different = first.iter().zip(&second).filter(|(a, b)| a != b);
    match (different.next(), different.next()) {
        // Of short names many are one letter apart: moe.gov.cn and mof.gov.cn are two ministries.
        (Some((a, b)), None) => first.len() == second.len() && a.len().min(b.len()) >= 4 && differ(a, b, 1),
        _ => false,
    }
}

fn mailboxes_look_alike(a: &str, b: &str) -> bool {
    let (Some((local, host)), Some((other_local, other_host))) = (a.split_once('@'), b.split_once('@'))
    else {
        return false;
    };
    if host == other_host {
        let long = local.len().min(other_local.len()) >= 6;
        return folded(local) == folded(other_local) || (long && differ(local, other_local, 2));
    }
    local == other_local && hosts_look_alike(host, other_host)
}

/// At most so many letters differ, and not digits alone: `www1` and `www2` are meant to be two.
fn differ(a: &str, b: &str, most: usize) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<Vec<_>>();
    let all = |name: &str| name.chars().collect::<Vec<_>>();
    letters(a) != letters(b) && edit_distance(&all(a), &all(b)) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_texts() {
        let text = "登录 https://vslc.ncb.edu.cn/a?b=c.cn，或 www.Example.cn。发至 a_b@126.com, 见 1.5 和 n-2019#s1、list.md。";
        let found: Vec<_> = find(text)
            .into_iter()
            .map(|address| (address.name, address.kind, &text[address.range]))
            .collect();
        assert_eq!(
            found,
            [
                ("vslc.ncb.edu.cn".to_owned(), Kind::Linked, "vslc.ncb.edu.cn"),
                ("www.example.cn".to_owned(), Kind::Bare, "www.Example.cn"),
                ("a_b@126.com".to_owned(), Kind::Mailbox, "a_b@126.com"),
            ]
        );
    }

    #[test]
    fn what_looks_alike_is_told_from_what_differs() {
        for (a, b) in [
            ("vslc.ncb.edu.cn", "vsic.ncb.edu.cn"),
            ("vslc.ncb.edu.cn", "vs1c.ncb.edu.cn"),
            ("example.cn", "exampel.cn"),
        ] {
            assert!(hosts_look_alike(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("www.moe.gov.cn", "www.mof.gov.cn"),
            ("www.ncb.edu.cn", "vslc.ncb.edu.cn"),
            ("exam1.cn", "exam2.cn"),
            ("a.cn", "www.a.cn"),
        ] {
            assert!(!hosts_look_alike(a, b), "{a} {b}");
        }
        assert!(mailboxes_look_alike("ahxzsbggs@126.com", "ahxzsbg@126.com"));
        assert!(mailboxes_look_alike("office@example.cn", "office@exarnple.cn"));
        assert!(!mailboxes_look_alike("x_one2019@163.com", "x_one2020@163.com"));
        assert!(!mailboxes_look_alike("li@a.cn", "lu@a.cn"));
    }
}
