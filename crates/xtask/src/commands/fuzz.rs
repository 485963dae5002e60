//! `cargo xtask fuzz`: libFuzzer on the targets of `tests/fuzz`, from their small corpora on, one after the other.
//!
//! What it finds and what it has learned stays in `target/fuzz/`; a finding is tried again by its name there and becomes a file of
//! the corpus in `tests/fuzz/corpus/`, which a test of the suite runs. No sanitizer is used: there is no `unsafe` to watch.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::child;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::{Workspace, make_folder};

/// Seconds for each target where nothing else is asked for.
const USUAL_SECONDS: u32 = 60;

/// Bytes of one input, and MB of memory that it may take: what the portal itself accepts is far more, but not quicker found.
const MOST_BYTES: u32 = 4096;
const MOST_MEMORY: u32 = 2048;

/// Seconds after which one input counts as a hang.
const LONGEST: u32 = 20;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fuzz {
    /// For each target.
    pub(crate) seconds: u32,
    /// None of them means all.
    pub(crate) targets: Vec<String>,
}

/// Reads the arguments behind `fuzz`.
pub(crate) fn parse(arguments: &[String]) -> Result<Fuzz, Failure> {
    let mut fuzz = Fuzz { seconds: USUAL_SECONDS, targets: Vec::new() };
    let mut arguments = arguments.iter().map(String::as_str);
    while let Some(argument) = arguments.next() {
        match argument {
            "--seconds" => fuzz.seconds = seconds(arguments.next().unwrap_or_default())?,
            target if !target.starts_with('-') => fuzz.targets.push(target.to_owned()),
            option => {
                return Err(Failure::new(format!(
                    "unknown option `{option}` of `fuzz`; there is `--seconds`"
                )));
            }
        }
    }
    Ok(fuzz)
}

fn seconds(text: &str) -> Result<u32, Failure> {
    text.parse().ok().filter(|seconds| *seconds > 0).ok_or_else(|| {
        Failure::new(format!("`--seconds` takes a number of seconds, such as `--seconds 600`, not `{text}`"))
    })
}

/// Builds the targets and runs them; the first finding ends it.
pub(crate) fn run(workspace: &Workspace, fuzz: &Fuzz) -> Result<(), Failure> {
    let known = targets(workspace)?;
    if let Some(unknown) = fuzz.targets.iter().find(|target| !known.contains(target)) {
        return Err(Failure::new(format!("there is no target `{unknown}`; there are {}", known.join(", "))));
    }
    let wanted = if fuzz.targets.is_empty() { &known } else { &fuzz.targets };
    let mut progress = Progress::new(wanted.len() + 2);
    progress.step("nightly compiler and cargo-fuzz", install)?;
    progress.step("fuzz targets", || child::run(&mut cargo_fuzz(workspace, "build")))?;
    for target in wanted {
        progress
            .step(&format!("{target} for {} s", fuzz.seconds), || run_one(workspace, target, fuzz.seconds))?;
    }
    println!("{} targets, no finding, in {}", wanted.len(), progress.elapsed());
    Ok(())
}

/// The names of the targets, sorted.
fn targets(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let folder = folder(workspace).join("fuzz_targets");
    let entries = std::fs::read_dir(&folder).map_err(|cause| Failure::of_path("read", &folder, &cause))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    Ok(names)
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("tests").join("fuzz")
}

/// A nightly compiler, since libFuzzer needs instrumented code, and the tool that builds with it.
fn install() -> Result<(), Failure> {
    if !child::answers_all("cargo", &["+nightly", "--version"]) {
        if !child::answers("rustup") {
            return Err(Failure::new(
                "a nightly compiler is missing, and rustup as well, which would fetch it: see https://rustup.rs, \
                 then `rustup toolchain install nightly --profile minimal`",
            ));
        }
        child::run(Command::new("rustup").args(["toolchain", "install", "nightly", "--profile", "minimal"]))
            .map_err(|failure| {
                Failure::new(format!("a nightly compiler is missing and cannot be fetched: {failure}"))
            })?;
    }
    if !child::answers_all("cargo", &["+nightly", "fuzz", "--version"]) {
        child::run(Command::new("cargo").args(["install", "cargo-fuzz", "--locked"])).map_err(|failure| {
            Failure::new(format!(
                "cargo-fuzz is missing and cannot be installed (it needs a C++ compiler as well): {failure}"
            ))
        })?;
    }
    Ok(())
}

/// `cargo fuzz` with everything it makes below `target/fuzz/`; not the cargo that runs this tool, which has a toolchain of its own.
fn cargo_fuzz(workspace: &Workspace, command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    child::clean_of_cargo(&mut cargo);
    cargo
        .current_dir(&workspace.root)
        .args(["+nightly", "fuzz", command, "--sanitizer", "none", "--fuzz-dir"])
        .arg(folder(workspace))
        .arg("--target-dir")
        .arg(workspace.target.join("fuzz"));
    cargo
}

fn run_one(workspace: &Workspace, target: &str, seconds: u32) -> Result<(), Failure> {
    let made = workspace.target.join("fuzz");
    let learned = made.join("corpus").join(target);
    let findings = made.join("findings").join(target);
    make_folder(&learned)?;
    make_folder(&findings)?;
    let corpus = folder(workspace).join("corpus").join(target);
    let mut command = cargo_fuzz(workspace, "run");
    command.arg(target).arg(&learned).arg(&corpus).args(options(seconds, &findings)).stdin(Stdio::null());
    child::run(&mut command).map_err(|failure| {
        let again = format!("cargo +nightly fuzz run --sanitizer none --fuzz-dir tests/fuzz --target-dir target/fuzz {target}");
        Failure::new(format!(
            "{failure}\nwhat was found lies in {}; `{again} <file>` tries it again. When it is mended, put the file into \
             tests/fuzz/corpus/{target}/",
            findings.display()
        ))
    })
}

/// The arguments of libFuzzer.
fn options(seconds: u32, findings: &Path) -> Vec<String> {
    vec![
        "--".to_owned(),
        format!("-max_total_time={seconds}"),
        format!("-max_len={MOST_BYTES}"),
        format!("-rss_limit_mb={MOST_MEMORY}"),
        format!("-timeout={LONGEST}"),
        "-print_final_stats=1".to_owned(),
        "-verbosity=0".to_owned(),
        format!("-artifact_prefix={}/", findings.display()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Fuzz, String> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&arguments).map_err(|failure| failure.to_string())
    }

    #[test]
    fn arguments_name_targets_and_seconds() {
        for (line, seconds, targets) in [
            ("", USUAL_SECONDS, &[][..]),
            ("--seconds 600", 600, &[]),
            ("query --seconds 5", 5, &["query"]),
            ("--seconds 5 query blocks", 5, &["query", "blocks"]),
        ] {
            let targets = targets.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(parsed(line), Ok(Fuzz { seconds, targets }), "{line}");
        }
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        for (line, named) in [
            ("--seconds", "--seconds 600"),
            ("--seconds 0", "`0`"),
            ("--seconds x", "`x`"),
            ("--fast", "`--fast`"),
        ] {
            assert!(parsed(line).is_err_and(|message| message.contains(named)), "{line}");
        }
    }

    #[test]
    fn every_target_has_a_corpus_and_an_unknown_one_is_told_with_the_known() {
        let workspace = Workspace::find();
        let known = targets(&workspace).expect("they are there");
        assert!(known.len() >= 9, "{known:?}");
        for target in &known {
            assert!(folder(&workspace).join("corpus").join(target).is_dir(), "{target}");
        }
        let asked = Fuzz { seconds: 1, targets: vec!["nothing".to_owned()] };
        let told = run(&workspace, &asked).map_err(|failure| failure.to_string());
        assert!(told.is_err_and(|message| message.contains("`nothing`") && message.contains("markdown")));
    }
}
