//! The target `markdown`: see `harness/lib.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::run("markdown", bytes));
