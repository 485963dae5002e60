//! The small portal in which bytes take the place of a file.

use std::sync::LazyLock;

use content::{Compiled, Diagnostic, Language, Portal, Sources};
use rules::Program;

macro_rules! base {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_bytes!(concat!("../../diagnostics/base/", $path)) as &[u8])),*]
    };
}

/// Files of the portal of the diagnostics corpus.
const FILES: [(&str, &[u8]); 8] = base![
    "check/ah-2024/conditions.yaml",
    "check/ah-2024/scenarios.yaml",
    "check/facts.yaml",
    "faq/topics.yaml",
    "faq/when.md",
    "policies/ah-2024.md",
    "portal.yaml",
    "provinces/ah/guide.md",
];

/// The portal itself.
pub(crate) static BASE: LazyLock<Portal> = LazyLock::new(|| with(&[], &[]).expect("it is sound"));

/// Its conditions.
pub(crate) static PROGRAM: LazyLock<Program> =
    LazyLock::new(|| Program::new(&BASE.ruleset).expect("they are sound"));

/// Compiles the portal without the files whose paths begin so, and with these; looks at every problem as it is shown.
pub(crate) fn with(without: &[&str], files: &[(&str, &[u8])]) -> Option<Portal> {
    let is_kept = |path: &str| {
        !without.iter().any(|start| path.starts_with(start)) && !files.iter().any(|(own, _)| *own == path)
    };
    let kept = FILES.into_iter().filter(|(path, _)| is_kept(path));
    let all = kept.chain(files.iter().copied()).map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
    let (sources, mut problems) = Sources::decode(all);
    let Compiled { portal, diagnostics, .. } = content::compile(&sources);
    problems.extend(diagnostics);
    problems.iter().for_each(look_at);
    portal
}

/// Everything that is shown of a problem can be.
pub(crate) fn look_at(problem: &Diagnostic) {
    assert!(!problem.place.path.is_empty() && !problem.code().is_empty());
    for language in [Language::Chinese, Language::English] {
        assert!(!problem.message(language).is_empty(), "{}", problem.code());
        problem.help(language);
    }
    let place = &problem.place;
    let columns = place.source_line.chars().count() + 1;
    assert!(place.column <= columns, "{}: column {} of {columns}", problem.code(), place.column);
}
