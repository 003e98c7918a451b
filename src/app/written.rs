//! What became of a file that goen writes.

/// What became of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Written {
    /// It said the same already.
    #[default]
    Unchanged,
    /// It was written.
    Replaced,
    /// It was written, but the system could not say that it outlives a power failure.
    Uncertain,
    /// It would have been written (`--dry-run`).
    Would,
}
