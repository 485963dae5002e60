//! The native part of `cargo xtask bench check`.
//!
//! `prepare <data> <folder>` writes what the other forms of the engine are given (`check.bin`, and `complete.txt` and
//! `partial.txt` with a declaration in a line) and prints, as JSON, how many verdicts differ from those expected and how many
//! questions decide a declaration. `speed <data> <seconds>` judges the complete declarations over and over and prints how many in a
//! second of processor time.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a benchmark reads files, measures time and prints"
)]

#[path = "../tests/checker_bench/model.rs"]
mod model;

use std::path::Path;
use std::time::Instant;

use rules::{Declaration, Program, encode, to_fragment, verdicts};

use crate::model::{Bench, code, questions};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["prepare", data, folder] => prepare(&read(data), Path::new(folder)),
        ["speed", data, seconds] => speed(&read(data), seconds.parse().expect("a number of seconds")),
        _ => panic!("expected `prepare <data> <folder>` or `speed <data> <seconds>`"),
    }
}

fn read(data: &str) -> Bench {
    Bench::read(Path::new(data)).expect("the folder has the benchmark's data")
}

fn prepare(bench: &Bench, folder: &Path) {
    let program = bench.program();
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).expect("the folder can be written")
    };
    let lines = |plans: &[Declaration]| {
        plans.iter().map(|plan| to_fragment(&program, plan) + "\n").collect::<String>()
    };
    write("check.bin", &encode(&bench.ruleset));
    write("complete.txt", lines(&bench.complete).as_bytes());
    write("partial.txt", lines(&bench.partial).as_bytes());
    let counts: Vec<u32> = bench.complete.iter().map(|full| questions(&program, full).1).collect();
    println!(
        "{{\"complete\": {}, \"partial\": {}, \"questions_mean\": {:.2}, \"questions_most\": {}}}",
        differing(&program, &bench.complete, &bench.expected),
        differing(&program, &bench.partial, &bench.expected_partial),
        f64::from(counts.iter().sum::<u32>()) / counts.len() as f64,
        counts.iter().max().unwrap_or(&0),
    );
}

fn differing(program: &Program, plans: &[Declaration], expected: &[Vec<u8>]) -> usize {
    let judged = plans.iter().flat_map(|plan| verdicts(program, plan)).map(code);
    judged.zip(expected.iter().flatten()).filter(|(verdict, expected)| verdict != *expected).count()
}

fn speed(bench: &Bench, seconds: f64) {
    let program = bench.program();
    let started = processor_seconds();
    let (mut judged, mut spent) = (0_u32, 0.0);
    while spent < seconds {
        for _ in 0..16 {
            for plan in &bench.complete {
                std::hint::black_box(verdicts(&program, std::hint::black_box(plan)));
                judged += 1;
            }
        }
        spent = processor_seconds() - started;
    }
    println!("{}", f64::from(judged) / spent);
}

/// Time this process had on a processor, where Linux tells it; else what a clock says.
fn processor_seconds() -> f64 {
    thread_local!(static START: Instant = Instant::now());
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.with(|start| start.elapsed().as_secs_f64()), |time| time / 1e9)
}
