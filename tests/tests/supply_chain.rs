//! S09: what the project is made of: advisories, licences, sources, lock files. Without a network; `cargo deny check` with one
//! knows the whole database of advisories and the crates of other systems as well.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests look at the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand in the workspace")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(workspace().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A package of a Cargo.lock: its fields that have one value.
type Locked = BTreeMap<String, String>;

fn locked(lock: &str) -> Vec<Locked> {
    let field = |line: &str| {
        let (name, value) = line.split_once(" = ")?;
        Some((name.to_owned(), value.strip_prefix('"')?.strip_suffix('"')?.to_owned()))
    };
    lock.split("[[package]]").skip(1).map(|block| block.lines().filter_map(field).collect()).collect()
}

/// Lock files of Rust, with the packages of their own workspaces.
const LOCK_FILES: [&str; 2] = ["Cargo.lock", "tests/fuzz/Cargo.lock"];

#[test]
fn s09_every_crate_comes_from_the_registry_with_a_checksum() {
    for file in LOCK_FILES {
        let packages = locked(&text(file));
        assert!(packages.len() > 20, "{file}");
        let mut foreign = 0;
        for package in packages {
            let name = &package["name"];
            // Those of a workspace have no source.
            let Some(source) = package.get("source") else { continue };
            assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name} in {file}");
            assert_eq!(package.get("checksum").map(String::len), Some(64), "{name} in {file}");
            foreign += 1;
        }
        assert!(foreign > 20, "{file}");
    }
}

/// An advisory: its id, the crate, and the versions from which on it is sound.
struct Advisory {
    id: String,
    package: String,
    sound_from: Vec<Version>,
}

type Version = (u64, u64, u64);

fn version(text: &str) -> Version {
    let numbers = text.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = numbers.split('.').map(|number| number.parse().expect("a number"));
    let mut next = || numbers.next().expect("three numbers");
    (next(), next(), next())
}

fn advisories(list: &str) -> Vec<Advisory> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [id, package, sound_from, _what] = cells.as_slice() else { panic!("four cells: {line}") };
            let sound_from =
                if *sound_from == "-" { Vec::new() } else { sound_from.split(' ').map(version).collect() };
            Advisory { id: (*id).to_owned(), package: (*package).to_owned(), sound_from }
        })
        .collect()
}

impl Advisory {
    /// Versions of one series take each other's place.
    fn is_about(&self, name: &str, found: Version) -> bool {
        let series = |(major, minor, _): Version| (major, if major == 0 { Some(minor) } else { None });
        let is_sound = self.sound_from.last().is_some_and(|last| found >= *last)
            || self.sound_from.iter().any(|from| series(*from) == series(found) && found >= *from);
        self.package == name && !is_sound
    }
}

#[test]
fn s09_no_crate_has_a_known_advisory() {
    let advisories = advisories(&text("tests/advisories.tsv"));
    assert!(advisories.len() > 40);
    for file in LOCK_FILES {
        for package in locked(&text(file)) {
            let (name, found) = (&package["name"], version(&package["version"]));
            let met: Vec<&str> = advisories
                .iter()
                .filter(|one| one.is_about(name, found))
                .map(|one| one.id.as_str())
                .collect();
            assert!(
                met.is_empty(),
                "{name} {} in {file}: {met:?}; see https://rustsec.org",
                package["version"]
            );
        }
    }
}

#[test]
fn s09_advisories_are_told_by_series() {
    let list = "RUSTSEC-1\trand\t0.9.3 0.10.1\tx\nRUSTSEC-2\tpaste\t-\tx\nRUSTSEC-3\ttokio\t1.44.2\tx\n";
    let met = |name: &str, found: &str| advisories(list).iter().any(|one| one.is_about(name, version(found)));
    for (name, found, expected) in [
        ("rand", "0.9.2", true),
        ("rand", "0.9.5", false),
        ("rand", "0.10.0", true),
        ("rand", "0.10.4", false),
        ("rand", "0.8.9", true),
        ("paste", "9.0.0", true),
        ("tokio", "1.44.1", true),
        ("tokio", "1.54.1", false),
        ("serde", "0.0.1", false),
    ] {
        assert_eq!(met(name, found), expected, "{name} {found}");
    }
}

/// Whether a licence expression can be met by these licences. Old crates write `/` for a choice.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut place = 0;
    let met = any_of(&words, &mut place, allowed);
    assert_eq!(place, words.len(), "the end of `{expression}`");
    met
}

fn any_of(words: &[&str], place: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = all_of(words, place, allowed);
    while words.get(*place) == Some(&"OR") {
        *place += 1;
        met |= all_of(words, place, allowed);
    }
    met
}

fn all_of(words: &[&str], place: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(words, place, allowed);
    while words.get(*place) == Some(&"AND") {
        *place += 1;
        met &= one(words, place, allowed);
    }
    met
}

fn one(words: &[&str], place: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let word = words[*place];
    *place += 1;
    if word == "(" {
        let met = any_of(words, place, allowed);
        assert_eq!(words.get(*place), Some(&")"), "a bracket is open");
        *place += 1;
        return met;
    }
    if words.get(*place) == Some(&"WITH") {
        *place += 2;
        return allowed.contains(&format!("{word} WITH {}", words[*place - 1]));
    }
    allowed.contains(word)
}

#[test]
fn s09_licence_expressions_are_understood() {
    let allowed: BTreeSet<String> = ["MIT", "ISC"].map(str::to_owned).into();
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT OR GPL-3.0", true),
        ("MIT/Apache-2.0", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND ISC", true),
        ("GPL-3.0 OR MIT AND Zlib", false),
        ("Apache-2.0 WITH LLVM-exception", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

/// The licences of deny.toml, quoted one on a line.
fn allowed_licences() -> BTreeSet<String> {
    let policy = text("deny.toml");
    let (_, rest) = policy.split_once("allow = [").expect("deny.toml allows licences");
    let (list, _) = rest.split_once(']').expect("the list ends");
    list.lines()
        .filter_map(|line| Some(line.trim().strip_prefix('"')?.strip_suffix("\",")?.to_owned()))
        .collect()
}

#[test]
fn s09_every_licence_is_allowed() {
    let allowed = allowed_licences();
    assert!(allowed.contains("MIT") && allowed.len() > 5, "{allowed:?}");
    // The crates of this machine and of the browser modules; others are not unpacked where there is no network.
    let host = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let host = String::from_utf8_lossy(&host.stdout).into_owned();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let mut looked_at = BTreeSet::new();
    for target in [host, "wasm32-unknown-unknown"] {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", target])
            .current_dir(workspace())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
        let used: BTreeSet<&str> = metadata["resolve"]["nodes"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|node| node["id"].as_str())
            .collect();
        let packages = metadata["packages"].as_array().expect("a list");
        for package in
            packages.iter().filter(|package| package["id"].as_str().is_some_and(|id| used.contains(id)))
        {
            let name = package["name"].as_str().expect("a name");
            let licence = package["license"].as_str().unwrap_or_else(|| panic!("{name} names no licence"));
            assert!(is_allowed(licence, &allowed), "{name}: {licence} is not allowed by deny.toml");
            looked_at.insert(name.to_owned());
        }
    }
    assert!(looked_at.len() > 200, "{}", looked_at.len());
}

/// Files of the project with one of these endings, below these folders.
fn project_files(endings: &[&str]) -> Vec<PathBuf> {
    let mut waiting: Vec<PathBuf> = ["crates", "tests", "templates", "deploy", ".github", ".ci"]
        .map(|name| workspace().join(name))
        .into();
    let mut found = Vec::new();
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() && !["node_modules", "target"].contains(&name.as_str()) {
                waiting.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn s09_npm_packages_are_pinned_with_their_hashes() {
    let locks = project_files(&["package-lock.json"]);
    let manifests = project_files(&["package.json"]);
    assert_eq!(locks.len(), manifests.len(), "every package.json has its lock file");
    assert!(locks.len() >= 4, "{locks:?}");
    for path in locks {
        let lock: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&path).expect("it is there")).expect("it is JSON");
        assert!(lock["lockfileVersion"].as_u64() >= Some(2), "{}", path.display());
        let packages = lock["packages"].as_object().expect("a lock file lists packages");
        assert!(packages.len() > 1, "{}", path.display());
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            // It comes inside the archive of another one, whose hash covers it.
            let is_bundled = package["inBundle"] == true;
            let integrity = package["integrity"].as_str().unwrap_or_default();
            assert!(is_bundled || integrity.starts_with("sha512-"), "{name} in {}", path.display());
            // Lock files may leave out from where: then it is the registry that npm is set to.
            let resolved = package["resolved"].as_str().unwrap_or("https://registry.npmjs.org/");
            assert!(
                resolved.starts_with("https://registry.npmjs.org/"),
                "{name} in {}: {resolved}",
                path.display()
            );
        }
    }
}

#[test]
fn s09_npm_installs_what_the_lock_files_name_and_runs_none_of_its_scripts() {
    let installer = text("crates/xtask/src/install/npm.rs");
    assert!(installer.contains("\"ci\",") && installer.contains("\"--ignore-scripts\","));
    let this = Path::new(file!()).file_name().expect("a name");
    for path in project_files(&[".rs", ".mjs", ".yml", ".md", "run", "package.json"]) {
        if path.file_name() == Some(this) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a text");
        for unpinned in ["npm install ", "npm i ", "npx ", "npm add ", "curl | sh", "pip install "] {
            assert!(!text.contains(unpinned), "{} has `{unpinned}`", path.display());
        }
    }
}
