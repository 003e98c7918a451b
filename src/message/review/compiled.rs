//! Patterns for the folded text, each compiled once in a process.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::{Regex, RegexBuilder};

/// What was compiled in this process: the rules are the same for every message.
static COMPILED: LazyLock<Mutex<BTreeMap<String, Option<Regex>>>> = LazyLock::new(Mutex::default);

/// A pattern for the folded text, of which lines are told apart.
pub fn compiled(pattern: &str) -> Option<Regex> {
    let mut known = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(pattern) {
        return found.clone();
    }
    let found = RegexBuilder::new(pattern).multi_line(true).size_limit(1 << 24).build().ok();
    known.insert(pattern.to_owned(), found.clone());
    found
}
