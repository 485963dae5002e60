//! The licences of the crates inside the command and the browser modules, for those who pass the archive on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::child;
use crate::failure::Failure;
use crate::wasm::{MODULES, cargo_home};
use crate::workspace::{Workspace, read};

/// Name, version and licence of each crate, then every licence text once, with the crates it comes with.
pub(crate) fn text(workspace: &Workspace) -> Result<String, Failure> {
    let mut command = child::cargo(workspace);
    command.args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--package", "zhinan"]);
    for module in MODULES {
        command.args(["--package", module.package]);
    }
    let crates = foreign(&child::capture(command.args(["--format", "{p}|{l}"]))?);
    let sources = sources();
    let mut texts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut result = "This program contains the following crates, under these licences:\n\n".to_owned();
    for (name, licence) in &crates {
        let _ = writeln!(result, "{name}: {licence}");
        for text in licence_texts(&sources, name)? {
            texts.entry(text).or_default().push(name);
        }
    }
    for (text, names) in texts {
        let _ = write!(result, "\n{}\n{}\n\n{}\n", "=".repeat(72), names.join(", "), text.trim());
    }
    Ok(result)
}

/// `name-version` and licence of the crates that are not the workspace's own.
fn foreign(tree: &str) -> BTreeSet<(String, String)> {
    tree.lines()
        .filter_map(|line| line.split_once('|'))
        .filter(|(package, _)| !package.contains("(/"))
        .filter_map(|(package, licence)| {
            let (name, rest) = package.split_once(" v")?;
            let version = rest.split(' ').next()?;
            Some((format!("{name}-{version}"), licence.trim_end_matches(" (*)").to_owned()))
        })
        .collect()
}

/// The folders that cargo unpacks crates into.
fn sources() -> Vec<PathBuf> {
    let registries = cargo_home().and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    registries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect()
}

fn licence_texts(sources: &[PathBuf], name: &str) -> Result<BTreeSet<String>, Failure> {
    let Some(folder) = sources.iter().map(|source| source.join(name)).find(|folder| folder.is_dir()) else {
        return Ok(BTreeSet::new());
    };
    let entries = std::fs::read_dir(&folder).map_err(|cause| Failure::of_path("read", &folder, &cause))?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let texts = files.filter(|path| path.is_file() && is_licence(path)).map(|path| {
        // The same text with other line ends is the same licence.
        Ok(String::from_utf8_lossy(&read(&path)?).replace("\r\n", "\n").trim().to_owned())
    });
    texts.collect()
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"].iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_of_the_workspace_are_not_foreign() {
        let tree = "zhinan v0.1.0 (/place/crates/cli)|MIT\naxum v0.8.9|MIT\nserde v1.0.1 (*)|MIT OR Apache-2.0\naxum v0.8.9|MIT (*)\n";
        let found: Vec<_> = foreign(tree).into_iter().collect();
        let expected = [("axum-0.8.9", "MIT"), ("serde-1.0.1", "MIT OR Apache-2.0")];
        assert_eq!(found, expected.map(|(name, licence)| (name.to_owned(), licence.to_owned())));
    }
}
