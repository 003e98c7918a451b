//! The laws, as the tests on the stable toolchain have them.

#[path = "../tests/laws/mod.rs"]
mod laws;

pub use laws::*;
