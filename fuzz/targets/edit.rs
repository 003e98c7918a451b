//! See `tests/laws/edit.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::edit::holds(data));
