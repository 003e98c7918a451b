//! By what notes are looked up.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use crate::text::{RandomState, folded_name, trimmed, without_md};

/// By what a name is looked up: a hash of it as names are folded, seeded anew by every process. Two names
/// may have one: whoever finds something by it still compares what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl Key {
    /// The key of a whole name.
    pub fn of_name(name: &str) -> Self {
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::default);
        Self(SEED.hash_one(&*folded_name(name)))
    }

    /// The key of a link's target, or of a name that may be one: that of its last part.
    pub fn of(target: &str) -> Self {
        let target = without_md(trimmed(target));
        let last = memchr::memrchr(b'/', target.as_bytes()).map_or(target, |at| &target[at + 1..]);
        Self::of_name(last)
    }
}
