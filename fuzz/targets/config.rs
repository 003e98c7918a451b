//! See `tests/laws/config.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::config::holds(data));
