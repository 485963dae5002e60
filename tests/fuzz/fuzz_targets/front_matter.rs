//! The target `front_matter`: see `harness/lib.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::run("front_matter", bytes));
