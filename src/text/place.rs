//! Places in a text, and the paths of notes.

use std::fmt;
use std::sync::Arc;

/// A range of bytes in a note, end exclusive. Notes are at most 16 MiB, so `u32` is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; positions beyond `u32` are cut to it.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end) }
    }

    /// The same span in a text that has `by` bytes more in front.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// As a range to index a string with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` it covers; empty where it does not fit.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// The path of a note: relative to the vault, with `/`, in the bytes the disk has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NotePath(Arc<str>);

impl NotePath {
    /// Takes a vault-relative path with `/` between its parts.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without `.md`.
    pub fn stem(&self) -> &str {
        without_md(&self.0)
    }

    /// The file's name without folder and `.md`.
    pub fn name(&self) -> &str {
        let stem = self.stem();
        memchr::memrchr(b'/', stem.as_bytes()).map_or(stem, |at| &stem[at + 1..])
    }

    /// The folder, empty for the vault's root.
    pub fn folder(&self) -> &str {
        memchr::memrchr(b'/', self.0.as_bytes()).map_or("", |at| &self.0[..at])
    }
}

impl fmt::Display for NotePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for NotePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A path or link target without a closing `.md`, in any case.
pub fn without_md(path: &str) -> &str {
    match path.len().checked_sub(3).and_then(|at| path.get(at..)) {
        Some(end) if end.eq_ignore_ascii_case(".md") => &path[..path.len() - 3],
        _ => path,
    }
}
