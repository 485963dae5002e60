//! What new files may refer to, read even while other files have errors: it is offered where a file is begun.

use std::sync::Arc;

use crate::faq;
use crate::fields::Reporter;
use crate::file::File;
use crate::guide;
use crate::source::Sources;

/// Code and short name of every province with a guide.
pub fn provinces(sources: &Sources) -> Vec<(String, String)> {
    let guides = sources.iter().filter(|source| {
        guide::folder_of(&source.path).is_some_and(|id| source.path == format!("provinces/{id}/guide.md"))
    });
    guides
        .filter_map(|source| guide::code_and_name(File::read(Arc::clone(source)).node.as_deref()?))
        .collect()
}

/// Id and title of every topic of the FAQ, in order.
pub fn topics(sources: &Sources) -> Vec<(String, String)> {
    let node = sources
        .iter()
        .find(|source| source.path == "faq/topics.yaml")
        .and_then(|source| File::read(Arc::clone(source)).node);
    let topics =
        node.map(|node| faq::topics(&node, &mut Reporter::new("faq/topics.yaml"))).unwrap_or_default();
    topics.into_iter().map(|topic| (topic.id, topic.title)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_known_beside_broken_files() {
        let files = [
            ("portal.yaml", "titel: x"),
            ("faq/topics.yaml", "- { id: time, title: 时间 }"),
            ("provinces/ah/guide.md", "---\ncode: AH\nname: 安徽省\nshort_name: 安徽\n---\n"),
            ("provinces/cn/guide.md", "---\nname: 国家\n---\n"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        let (sources, _) = Sources::decode(files);
        let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
        assert_eq!((provinces(&sources), topics(&sources)), (pair("AH", "安徽"), pair("time", "时间")));
    }
}
