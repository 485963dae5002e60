//! What is inside the released command, for programs that look after such lists: a CycloneDX 1.5 document (ECMA-424) of the
//! crates in the binary and in the browser modules.
//!
//! It has no time and no number of its own, so that the same sources give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::child;
use crate::failure::Failure;
use crate::wasm::MODULES;
use crate::workspace::{Workspace, read};

/// Name and version of a crate.
type Package = (String, String);

/// A crate and what it needs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Component {
    licence: String,
    is_ours: bool,
    needs: BTreeSet<Package>,
}

/// The document as JSON.
pub(crate) fn text(workspace: &Workspace) -> Result<String, Failure> {
    let mut command = child::cargo(workspace);
    command.args(["tree", "--locked", "--edges", "normal", "--prefix", "depth", "--package", "zhinan"]);
    for module in MODULES {
        command.args(["--package", module.package]);
    }
    let tree = child::capture(command.args(["--format", "|{p}|{l}"]))?;
    let lock = read(&workspace.root.join("Cargo.lock"))?;
    Ok(document(&components(&tree), &checksums(&String::from_utf8_lossy(&lock))))
}

/// The crates of `cargo tree --prefix depth`. What a crate needs stands behind it once, one deeper; where the crate is met again
/// it is not repeated.
fn components(tree: &str) -> BTreeMap<Package, Component> {
    let mut components: BTreeMap<Package, Component> = BTreeMap::new();
    let mut above: Vec<Package> = Vec::new();
    for line in tree.lines() {
        let mut cells = line.split('|');
        let (Some(Ok(depth)), Some(package), Some(licence)) =
            (cells.next().map(str::parse::<usize>), cells.next(), cells.next())
        else {
            continue;
        };
        let Some((name, rest)) = package.split_once(" v") else { continue };
        let version = rest.split(' ').next().unwrap_or_default();
        let key = (name.to_owned(), version.to_owned());
        above.truncate(depth);
        if let Some(component) = above.last().and_then(|parent| components.get_mut(parent)) {
            component.needs.insert(key.clone());
        }
        above.push(key.clone());
        let component = components.entry(key).or_default();
        component.licence = licence.trim_end_matches(" (*)").to_owned();
        component.is_ours = package.contains("(/") || package.contains(":\\");
    }
    components
}

/// The SHA-256 of the archive of each crate that has one.
fn checksums(lock: &str) -> BTreeMap<Package, String> {
    let value = |block: &str, name: &str| {
        let start = format!("{name} = \"");
        let line = block.lines().find_map(|line| line.strip_prefix(start.as_str()))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    lock.split("[[package]]")
        .filter_map(|block| {
            Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?))
        })
        .collect()
}

fn document(components: &BTreeMap<Package, Component>, checksums: &BTreeMap<Package, String>) -> String {
    let listed: Vec<String> = components
        .iter()
        .map(|(package, component)| {
            let (name, version) = package;
            let mut fields = vec![
                format!("\"type\": {}", quoted(if component.is_ours { "application" } else { "library" })),
                format!("\"bom-ref\": {}", quoted(&reference(package, component))),
                format!("\"name\": {}", quoted(name)),
                format!("\"version\": {}", quoted(version)),
            ];
            if !component.licence.is_empty() {
                // Old crates write `MIT/Apache-2.0` and mean a choice.
                let expression = component.licence.replace('/', " OR ");
                let expression = expression.split_whitespace().collect::<Vec<_>>().join(" ");
                fields.push(format!("\"licenses\": [{{ \"expression\": {} }}]", quoted(&expression)));
            }
            if let Some(checksum) = checksums.get(package) {
                fields.push(format!(
                    "\"hashes\": [{{ \"alg\": \"SHA-256\", \"content\": {} }}]",
                    quoted(checksum)
                ));
            }
            if !component.is_ours {
                fields.push(format!("\"purl\": {}", quoted(&reference(package, component))));
            }
            format!("    {{ {} }}", fields.join(", "))
        })
        .collect();
    let needed: BTreeSet<&Package> = components.values().flat_map(|component| &component.needs).collect();
    let roots: Vec<String> = components
        .iter()
        .filter(|(package, component)| component.is_ours && !needed.contains(package))
        .map(|(package, component)| quoted(&reference(package, component)))
        .collect();
    let mut dependencies: Vec<String> = components
        .iter()
        .map(|(package, component)| {
            let needs: Vec<String> = component
                .needs
                .iter()
                .filter_map(|need| Some(quoted(&reference(need, components.get(need)?))))
                .collect();
            let reference = quoted(&reference(package, component));
            format!("    {{ \"ref\": {reference}, \"dependsOn\": [{}] }}", needs.join(", "))
        })
        .collect();
    dependencies.insert(0, format!("    {{ \"ref\": \"zhinan\", \"dependsOn\": [{}] }}", roots.join(", ")));
    format!(
        "{{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n  \"version\": 1,\n  \"metadata\": {{ \"component\": \
         {{ \"type\": \"application\", \"bom-ref\": \"zhinan\", \"name\": \"zhinan\", \"version\": {} }} }},\n  \"components\": [\n{}\n  ],\n  \
         \"dependencies\": [\n{}\n  ]\n}}\n",
        quoted(env!("CARGO_PKG_VERSION")),
        listed.join(",\n"),
        dependencies.join(",\n"),
    )
}

/// What a crate is called in the document: its package URL, of ours the name alone.
fn reference((name, version): &Package, component: &Component) -> String {
    if component.is_ours {
        format!("{name}@{version}")
    } else {
        format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            control if control < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "0|zhinan v0.1.0 (/place/crates/cli)|MIT\n1|serde v1.0.1|MIT/Apache-2.0\n2|serde_core v1.0.1|MIT\n\
                        1|serde_core v1.0.1|MIT (*)\n\n0|web-check v0.1.0 (/place/crates/web-check)|MIT\n1|serde v1.0.1|MIT/Apache-2.0 (*)\n";
    const LOCK: &str = "[[package]]\nname = \"serde\"\nversion = \"1.0.1\"\nchecksum = \"abc\"\n\n[[package]]\nname = \"zhinan\"\nversion = \"0.1.0\"\n";

    fn package(name: &str, version: &str) -> Package {
        (name.to_owned(), version.to_owned())
    }

    #[test]
    fn every_crate_stands_once_with_what_it_needs() {
        let components = components(TREE);
        assert_eq!(components.len(), 4);
        let needs = |name: &str, version: &str| -> Vec<String> {
            components[&package(name, version)].needs.iter().map(|(name, _)| name.clone()).collect()
        };
        assert_eq!(needs("zhinan", "0.1.0"), ["serde", "serde_core"]);
        assert_eq!(needs("serde", "1.0.1"), ["serde_core"]);
        assert_eq!(needs("web-check", "0.1.0"), ["serde"]);
        assert_eq!(components[&package("serde_core", "1.0.1")].licence, "MIT");
    }

    #[test]
    fn the_project_itself_is_listed_with_hashes() {
        let text = text(&Workspace::find()).expect("cargo tree runs");
        for expected in [
            "\"bom-ref\": \"zhinan@",
            "pkg:cargo/tantivy-stacker@",
            "pkg:cargo/wasm-bindgen@",
            "pkg:cargo/rustls@",
        ] {
            assert!(text.contains(expected), "{expected}");
        }
        let foreign = text.matches("\"purl\": ").count();
        assert!(foreign > 100 && foreign == text.matches("\"alg\": \"SHA-256\"").count(), "{foreign}");
    }

    #[test]
    fn the_document_names_licence_hash_and_address() {
        let text = document(&components(TREE), &checksums(LOCK));
        for expected in [
            "\"bom-ref\": \"pkg:cargo/serde@1.0.1\"",
            "\"licenses\": [{ \"expression\": \"MIT OR Apache-2.0\" }]",
            "\"hashes\": [{ \"alg\": \"SHA-256\", \"content\": \"abc\" }]",
            "{ \"ref\": \"zhinan\", \"dependsOn\": [\"web-check@0.1.0\", \"zhinan@0.1.0\"] }",
            "{ \"ref\": \"zhinan@0.1.0\", \"dependsOn\": [\"pkg:cargo/serde@1.0.1\", \"pkg:cargo/serde_core@1.0.1\"] }",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        assert!(!text.contains("/place/"), "no path of this machine");
        assert_eq!(quoted("a\"\\\n"), "\"a\\\"\\\\\\u000a\"");
    }
}
