//! See `tests/laws/note.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::note::holds(data));
