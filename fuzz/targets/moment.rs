//! See `tests/laws/moment.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::moment::holds(data));
