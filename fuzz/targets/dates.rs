//! See `tests/laws/dates.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::dates::holds(data));
