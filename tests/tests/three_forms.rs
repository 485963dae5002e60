//! Three forms, one answer: natively, as WebAssembly and as plain JavaScript the checker says the same of any
//! declaration, to the letter; and what it has decided stays so when more is answered.
//!
//! The modules are looked for where `WEB` says, as `cargo xtask test` sets it after the build; without it that test
//! says so and passes. Declarations are random, but the same in every run.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test that reads the content and talks to another process"
)]

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use content::Sources;
use proptest::prelude::{ProptestConfig, Strategy, TestCaseError, any};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use proptest::{collection, option};
use rules::{Comparison, Declaration, Operand, Program, Ruleset, Verdict};

#[path = "../../crates/rules/tests/support/declarations.rs"]
mod declarations;

fn ruleset() -> Ruleset {
    let (sources, _) = Sources::decode(tests::files(&tests::folder("../content")));
    content::compile(&sources).portal.expect("a sound portal").ruleset
}

/// Declarations to which most of the documents of the portal do not apply, as they come, are no hard test: of ten, nine are
/// put under the scope of some document.
fn declarations(ruleset: &Ruleset) -> impl Strategy<Value = Declaration> + use<> {
    let scopes: Vec<Vec<(usize, i32)>> =
        ruleset.documents.iter().map(|document| answers_for(&document.scope)).collect();
    let scope = option::weighted(0.9, 0..scopes.len());
    (declarations::declaration(ruleset), scope).prop_map(move |(mut declaration, scope)| {
        for (fact, answer) in scope.map(|document| scopes[document].as_slice()).unwrap_or_default() {
            declaration.school.set(*fact, Some(*answer));
        }
        declaration
    })
}

/// An answer for each fact of a scope, which is made of facts of the school that have to be this or that.
fn answers_for(scope: &rules::Test) -> Vec<(usize, i32)> {
    let mut answers = Vec::new();
    scope.for_each_comparison(&mut |fact, comparison| {
        let value = match comparison {
            Comparison::OneOf(values) => values.first().copied(),
            Comparison::Is(Operand::Value(value)) | Comparison::AtLeast(Operand::Value(value)) => {
                Some(*value)
            }
            _ => None,
        };
        answers.extend(value.map(|value| (fact, value)));
    });
    answers
}

/// A declaration, and one that answers all it does and more.
fn fewer_and_more(ruleset: &Ruleset) -> impl Strategy<Value = (Declaration, Declaration)> + use<> {
    let facts = ruleset.facts.len();
    let asked = collection::vec(any::<bool>(), facts * 4);
    (declarations(ruleset), asked).prop_map(move |(more, kept)| {
        let mut fewer = more.clone();
        let all = std::iter::once(&mut fewer.school).chain(&mut fewer.lines);
        for (answers, kept) in all.zip(kept.chunks(facts)) {
            (0..facts).filter(|fact| !kept[*fact]).for_each(|fact| answers.set(fact, None));
        }
        (fewer, more)
    })
}

/// The same cases in every run.
fn runner(cases: u32) -> TestRunner {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

#[test]
fn b04_native_wasm_and_javascript_say_the_same_of_10_000_declarations() {
    let Some(web) = std::env::var_os("WEB").filter(|folder| !folder.is_empty()) else {
        eprintln!("skipped: WEB does not say where the browser modules are");
        return;
    };
    let ruleset = ruleset();
    let program = Program::new(&ruleset).expect("sound conditions");
    let modules = RefCell::new(Modules::start(Path::new(&web), &rules::encode(&ruleset)));
    let seen = RefCell::new([0_usize; 6]);
    runner(10_000)
        .run(&declarations(&ruleset), |declaration| {
            let fragment = rules::to_fragment(&program, &declaration);
            let native = findings(&program, &declaration);
            for (form, said) in
                ["WebAssembly", "JavaScript"].into_iter().zip(modules.borrow_mut().say(&fragment))
            {
                if said != native {
                    return Err(TestCaseError::fail(difference(form, &fragment, &native, &said)));
                }
            }
            for verdict in rules::verdicts(&program, &declaration) {
                seen.borrow_mut()[verdict as usize] += 1;
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    let seen = seen.into_inner();
    println!("verdicts by kind: {seen:?}");
    assert!(seen.iter().all(|count| *count > 1_000), "every verdict is given: {seen:?}");
}

#[test]
fn more_answers_never_take_a_verdict_of_the_portal_back() {
    let ruleset = ruleset();
    let program = Program::new(&ruleset).expect("sound conditions");
    runner(2_000)
        .run(&fewer_and_more(&ruleset), |(fewer, more)| {
            let (before, after) = (rules::check(&program, &fewer), rules::check(&program, &more));
            assert_eq!(before.len(), after.len(), "the same conditions and lines");
            for (old, new) in before.iter().zip(&after) {
                if old.verdict != Verdict::Unknown && old.verdict != new.verdict {
                    return Err(TestCaseError::fail(format!(
                        "{} line {:?}: {} became {}\nfewer: {}\nmore: {}",
                        program.condition_id(old.document, old.condition),
                        old.line,
                        old.verdict.id(),
                        new.verdict.id(),
                        rules::to_fragment(&program, &fewer),
                        rules::to_fragment(&program, &more),
                    )));
                }
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// What the module's `verdicts` should say: id, line or -1, verdict, missing facts and reason, with tabs between.
fn findings(program: &Program, declaration: &Declaration) -> String {
    let mut text = String::new();
    for finding in rules::check(program, declaration) {
        let missing: Vec<&str> = finding.missing.iter().map(|fact| program.fact_id(*fact)).collect();
        let line = finding.line.map_or(-1, |line| line as i64);
        let id = program.condition_id(finding.document, finding.condition);
        let reason = rules::explain(program, declaration, &finding);
        let _ = writeln!(text, "{id}\t{line}\t{}\t{}\t{reason}", finding.verdict.id(), missing.join(","));
    }
    text
}

/// The first line that differs, with the declaration.
fn difference(form: &str, fragment: &str, native: &str, said: &str) -> String {
    let first = native.lines().zip(said.lines()).find(|(one, other)| one != other);
    let (one, other) = first.unwrap_or(("as many findings", "more or fewer findings"));
    format!("{form} differs on {fragment}\n  native: {one}\n  {form}: {other}")
}

/// Both forms of the module, in a Node.js process that lives as long as the test.
struct Modules {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Holds the conditions.
    _folder: tempfile::TempDir,
}

impl Modules {
    fn start(web: &Path, conditions: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("check.bin");
        std::fs::write(&file, conditions).expect("it can be written");
        let mut process = Command::new("node")
            .arg(tests::folder("node/three_forms.mjs"))
            .args([web, &file])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let input = process.stdin.take().expect("it is piped");
        let output = BufReader::new(process.stdout.take().expect("it is piped"));
        Self { process, input, output, _folder: folder }
    }

    /// What WebAssembly says, and what JavaScript says.
    fn say(&mut self, fragment: &str) -> [String; 2] {
        writeln!(self.input, "{fragment}").expect("node listens; see what it said above");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("node answers");
        serde_json::from_str(&line).expect("node answers with two texts; see what it said above")
    }
}

impl Drop for Modules {
    fn drop(&mut self) {
        // Where it is gone already there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
