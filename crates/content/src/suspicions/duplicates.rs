//! The same thing twice: links, certificates and questions of one title, links of one address, numbers under two names.

use std::collections::BTreeMap;

use super::{Files, Suspicions, notes_naming};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::PolicyDocument;
use crate::problem::Suspicion;
use crate::references::squeeze;
use crate::yaml::Node;

/// Reports every second one, with the first.
pub(super) fn look(files: &Files, policies: &[PolicyDocument], suspicions: &mut Suspicions) {
    links(files, policies, suspicions);
    certificates(files, suspicions);
    questions(files, suspicions);
    telephones(files, policies, suspicions);
}

/// A text with where it stands.
#[derive(Clone)]
struct Written<'a> {
    text: &'a str,
    place: Place,
}

fn written<'a>(path: &str, node: &'a Node, field: &str) -> Option<Written<'a>> {
    let node = node.get(field)?;
    Some(Written { text: node.text()?, place: Place::new(path, node.span.clone()) })
}

fn twice(second: &Written<'_>, first: &Written<'_>, suspicion: Suspicion, suspicions: &mut Suspicions) {
    let place = &second.place;
    let notes = match &suspicion {
        Suspicion::NumberUnderTwoNames { notes, .. } => notes.clone(),
        _ => Vec::new(),
    };
    let diagnostic = Diagnostic::new(&place.path, place.span.clone(), suspicion).related(
        first.place.clone(),
        "另一处在这里",
        "the other stands here",
    );
    suspicions.keep(diagnostic, &notes);
}

fn nodes<'a>(files: &'a Files, path: &str) -> &'a [Node] {
    files.get(path).and_then(|file| file.node.as_deref()).map_or(&[], Node::items)
}

/// Reports titles that were there before, under the same `key` beside them.
fn titles<'a>(all: impl Iterator<Item = (Written<'a>, &'a str)>, suspicions: &mut Suspicions) {
    let mut seen = BTreeMap::new();
    for (title, key) in all {
        match seen.get(&(squeeze(title.text), key)) {
            Some(first) => {
                let suspicion = Suspicion::DuplicateTitle { title: title.text.to_owned() };
                twice(&title, first, suspicion, suspicions);
            }
            None => {
                seen.insert((squeeze(title.text), key), title);
            }
        }
    }
}

fn links(files: &Files, policies: &[PolicyDocument], suspicions: &mut Suspicions) {
    let path = "links.yaml";
    let rows =
        || nodes(files, path).iter().filter_map(|group| group.get("links")).flat_map(|links| links.items());
    titles(rows().filter_map(|row| Some((written(path, row, "title")?, ""))), suspicions);

    let is_shared = |row: &Node| row.get("state").and_then(Node::text) == Some("shared");
    let mut addresses: BTreeMap<&str, (Written<'_>, bool)> = BTreeMap::new();
    let mut numbers: BTreeMap<String, (Written<'_>, &str)> = BTreeMap::new();
    for row in rows() {
        if let Some(address) = written(path, row, "url") {
            match addresses.get(address.text) {
                Some((first, shared)) if !(*shared && is_shared(row)) => {
                    let suspicion = Suspicion::DuplicateAddress { address: address.text.to_owned() };
                    twice(&address, first, suspicion, suspicions);
                }
                Some(_) => {}
                None => {
                    addresses.insert(address.text, (address, is_shared(row)));
                }
            }
        }
        let title = row.get("title").and_then(Node::text).unwrap_or_default();
        if let Some(number) = written(path, row, "number") {
            match numbers.get(&squeeze(number.text)) {
                Some((first, other)) if !are_of_one_document(title, other) => {
                    let suspicion = Suspicion::NumberUnderTwoNames {
                        number: number.text.to_owned(),
                        name: title.to_owned(),
                        other: (*other).to_owned(),
                        notes: notes_naming(policies, number.text),
                    };
                    twice(&number, first, suspicion, suspicions);
                }
                Some(_) => {}
                None => {
                    numbers.insert(squeeze(number.text), (number, title));
                }
            }
        }
    }
}

/// A notice and what it is sent with bear one number: the title of the one names the other.
fn are_of_one_document(title: &str, other: &str) -> bool {
    let core = |title: &str| {
        let bare = title.split(['（', '(']).next().unwrap_or(title);
        squeeze(bare).replace(['《', '》'], "")
    };
    let (a, b) = (core(title), core(other));
    let named = |all: &str, part: &str| squeeze(all).replace(['《', '》'], "").contains(part);
    named(title, &b) || named(other, &a)
}

fn certificates(files: &Files, suspicions: &mut Suspicions) {
    let path = "certificates.yaml";
    let list = files.get(path).and_then(|file| file.node.as_ref()?.get("certificates"));
    let rows = list.map_or(&[][..], Node::items).iter().filter_map(|row| {
        Some((written(path, row, "name")?, row.get("organisation").and_then(Node::text).unwrap_or_default()))
    });
    titles(rows, suspicions);
}

fn questions(files: &Files, suspicions: &mut Suspicions) {
    let entries = files.iter().filter(|(path, _)| path.starts_with("faq/") && path.ends_with(".md"));
    let rows = entries.filter_map(|(path, file)| {
        let node = file.node.as_ref()?;
        Some((
            written(path, node, "question")?,
            node.get("province").and_then(Node::text).unwrap_or_default(),
        ))
    });
    titles(rows, suspicions);
}

fn telephones(files: &Files, policies: &[PolicyDocument], suspicions: &mut Suspicions) {
    let mut seen: BTreeMap<String, (Written<'_>, &str)> = BTreeMap::new();
    let lists = files.iter().filter(|(path, _)| path.ends_with("/contacts.yaml"));
    let contacts = lists.flat_map(|(path, _)| nodes(files, path).iter().map(move |contact| (path, contact)));
    for (path, contact) in contacts {
        let name = contact.get("name").and_then(Node::text).unwrap_or_default();
        for node in contact.get("phones").map_or(&[][..], Node::items) {
            let Some(text) = node.text() else { continue };
            let phone = Written { text, place: Place::new(path, node.span.clone()) };
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            match seen.get(&digits) {
                Some((first, other)) if *other != name => {
                    let suspicion = Suspicion::NumberUnderTwoNames {
                        number: text.to_owned(),
                        name: name.to_owned(),
                        other: (*other).to_owned(),
                        notes: notes_naming(policies, text),
                    };
                    twice(&phone, first, suspicion, suspicions);
                }
                Some(_) => {}
                None => {
                    seen.insert(digits, (phone, name));
                }
            }
        }
    }
}
