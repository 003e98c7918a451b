//! See `tests/laws/answers.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::answers::holds(data));
