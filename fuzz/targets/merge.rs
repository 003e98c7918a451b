//! See `tests/laws/merge.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::merge::holds(data));
