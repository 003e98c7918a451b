//! See `tests/laws/front.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::front::holds(data));
