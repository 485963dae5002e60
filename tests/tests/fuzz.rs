//! The fuzz targets of `fuzz/` on their corpora, so that what they found once, and what they are to look at, is a part of the
//! suite. `cargo xtask fuzz` lets libFuzzer go on from there.
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

#[path = "../fuzz/harness/lib.rs"]
#[allow(unreachable_pub, reason = "it is a crate of its own for the fuzz targets")]
mod harness;

use std::collections::BTreeSet;
use std::panic;

use harness::TARGETS;

#[test]
fn r20_every_text_of_the_corpora_ends_in_an_answer_or_a_refusal() {
    let mut failed = Vec::new();
    for (name, _) in TARGETS {
        let corpus = tests::files(&tests::folder("fuzz/corpus").join(name));
        assert!(corpus.len() >= 3, "{name} has something to begin with");
        for (file, bytes) in corpus {
            if panic::catch_unwind(|| harness::run(name, &bytes)).is_err() {
                failed.push(format!("{name}/{file}"));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

/// Every attack of `attack/xss.txt`, in turn in every place that takes a text.
#[test]
fn s01_attacks_end_in_harmless_html_or_a_refusal() {
    let attacks = String::from_utf8(std::fs::read(tests::folder("attack/xss.txt")).expect("it is there"));
    for (number, attack) in attacks.expect("UTF-8").lines().filter(|line| !line.starts_with("# ")).enumerate()
    {
        let places = [
            ("", ""),
            ("# ", ""),
            ("- ", ""),
            ("> ", ""),
            ("| a |\n|:-:|\n| ", " |"),
            ("[", "](https://a.cn/)"),
            ("[a](https://a.cn/", ")"),
            ("[a](<", ">)"),
            ("![", "](https://a.cn/x.png)"),
            ("<https://a.cn/", ">"),
            ("`", "`"),
            ("```", "\n```"),
            ("# a {#", "}"),
            ("# a {", "}"),
            ("a\n{", "}"),
            ("[a]: https://a.cn/ '", "'\n\n[a]"),
            ("**", "**"),
            ("<!-- ", ""),
            ("    ", ""),
        ];
        for (before, after) in places.iter().skip(number % 5).step_by(5) {
            harness::run("markdown", format!("{before}{attack}{after}\n").as_bytes());
        }
        harness::run(
            "front_matter",
            format!("---\ntopic: time\nquestion: |\n  {attack}\n---\n{attack}\n").as_bytes(),
        );
        harness::run("fragment", format!("#v=1&name={attack}&{attack}=1&province={attack}").as_bytes());
        harness::run("query", format!("\x08\0\0\0{attack}").as_bytes());
        harness::run(
            "declarations",
            format!("\0province,planned,{attack}\n{attack},{attack},1\n").as_bytes(),
        );
    }
}

#[test]
fn no_target_and_no_corpus_is_forgotten() {
    let stems = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(tests::folder(folder)).expect("it is there");
        entries
            .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_string_lossy().into_owned()))
            .collect()
    };
    let known: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(stems("fuzz/fuzz_targets"), known);
    assert_eq!(stems("fuzz/corpus"), known);
}
