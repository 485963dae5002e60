//! The checker's benchmark: 25 conditions on 64 declarations, complete and with a third of the answers missing, must
//! give the 2 × 1,600 verdicts of a reference. Its data lies beside the workspace, in `../shared/bench/checker`; where
//! it is absent the test says so and passes.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test that reads data beside the workspace"
)]

mod model;

use std::path::Path;

use rules::*;

use crate::model::{Bench, code, questions};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/bench/checker/data");

/// The benchmark, or a word on why there is none.
fn bench() -> Option<Bench> {
    let bench = Bench::read(Path::new(FOLDER));
    if bench.is_none() {
        eprintln!("skipped: {FOLDER} is not there");
    }
    bench
}

/// Answers what is asked next until nothing is: how many questions decide every verdict.
#[test]
fn few_questions_decide_every_verdict() {
    let Some(bench) = bench() else { return };
    let program = bench.program();
    let mut asked = 0;
    for full in &bench.complete {
        let (declaration, count) = questions(&program, full);
        assert_eq!(verdicts(&program, &declaration), verdicts(&program, full));
        asked += count;
    }
    let mean = f64::from(asked) / bench.complete.len() as f64;
    eprintln!("{mean:.1} questions on average");
    assert!(mean <= 18.0, "{mean}");
}

#[test]
fn every_verdict_is_the_expected_one() {
    let Some(bench) = bench() else { return };
    let program = bench.program();
    for (plans, expected) in [(&bench.complete, &bench.expected), (&bench.partial, &bench.expected_partial)] {
        let mut compared = 0;
        for (declaration, expected) in plans.iter().zip(expected) {
            let verdicts: Vec<u8> = verdicts(&program, declaration).into_iter().map(code).collect();
            assert_eq!(&verdicts, expected);
            compared += verdicts.len();
            for finding in check(&program, declaration) {
                assert_eq!(finding.missing.is_empty(), finding.verdict != Verdict::Unknown);
            }
        }
        assert_eq!(compared, 1600);
    }
}
