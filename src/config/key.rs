//! A key of `goen.toml` as it is told of: where it stands, what it is where nothing is said, what it takes.
//!
//! Leaves noting keys down to `reader`, and how a page tells of them to `reference`.

use crate::problem::Takes;

/// What stands in the reference for a name that the user chooses.
pub(super) const ANY: &str = "NAME";

/// A key of `goen.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The line that its table begins with: `[page]`, `[tiers.close]`, `[[seasons]]`.
    pub table: String,
    /// Its name; `NAME` where any will do.
    pub name: String,
    /// What it is where nothing is said.
    pub preset: Preset,
    /// What it takes.
    pub takes: Takes,
}

/// What a key is where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preset {
    /// This, as TOML.
    Value(String),
    /// Something that only leaving the key out can say.
    Nothing,
    /// The table cannot do without the key.
    Required,
}
