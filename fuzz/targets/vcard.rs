//! See `tests/laws/book.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| goen_fuzz::book::vcard_holds(data));
