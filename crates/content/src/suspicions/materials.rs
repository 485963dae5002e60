//! Papers in 《》 that a guide's steps or its documents' conditions name and its list of materials does not have.

use std::collections::BTreeSet;

use super::passages::{Passage, below};
use super::{Files, Suspicions, notes_naming};
use crate::diagnostic::Diagnostic;
use crate::model::PolicyDocument;
use crate::problem::Suspicion;
use crate::references::squeeze;
use crate::yaml::Node;

/// Endings of names of papers that schools hand in; notices and standards end otherwise.
const ENDINGS: [&str; 9] = ["表", "书", "报告", "方案", "协议", "清单", "证明", "计划", "总结"];

/// Reports each paper once for a guide.
pub(super) fn look(files: &Files, policies: &[PolicyDocument], suspicions: &mut Suspicions) {
    let guides = files.iter().filter_map(|(path, file)| Some((path.strip_suffix("/guide.md")?, file)));
    for (folder, guide) in guides {
        let list = format!("{folder}/materials.yaml");
        let Some(materials) = files.get(&list) else { continue };
        let listed = squeeze(&materials.source.text);
        let documents =
            guide.node.as_ref().and_then(|node| node.get("documents")).map_or(&[][..], Node::items);
        let conditions =
            documents.iter().filter_map(Node::text).map(|id| format!("check/{id}/conditions.yaml"));
        let mut seen = BTreeSet::new();
        for path in std::iter::once(format!("{folder}/steps.yaml")).chain(conditions) {
            let Some(file) = files.get(&path) else { continue };
            let Some(node) = &file.node else { continue };
            for passage in below(node, file) {
                for (name, start) in papers(&passage) {
                    let paper = squeeze(name);
                    if listed.contains(&paper) || !seen.insert(paper) {
                        continue;
                    }
                    let notes = notes_naming(policies, name);
                    let suspicion = Suspicion::MaterialNotListed {
                        name: name.to_owned(),
                        list: list.clone(),
                        notes: notes.clone(),
                    };
                    let span = passage.in_file(&(start..start + name.len()));
                    suspicions.keep(Diagnostic::new(&path, span, suspicion), &notes);
                }
            }
        }
    }
}

/// Names between 《 and 》 that are those of papers, with where they begin.
fn papers<'a>(passage: &Passage<'a>) -> impl Iterator<Item = (&'a str, usize)> {
    let text = passage.text;
    text.match_indices('《').filter_map(move |(at, bracket)| {
        let start = at + bracket.len();
        let name = text[start..].split('》').next()?;
        let is_paper = !name.starts_with("关于") && ENDINGS.iter().any(|ending| name.ends_with(ending));
        is_paper.then_some((name, start))
    })
}
