//! The columns of goen's own table, `export csv`.
//!
//! Most are called as everybody calls them. What follows from the notes is not read back.

use super::super::column::Column::{Mute, Status};
use super::Program;
use crate::exchange::card::Source;

/// Columns that all together only goen writes.
pub const ALONE: [&str; 4] = ["tier", "opens", "due", "path"];

/// goen.
pub const PROGRAM: Program = Program {
    source: Source::Table,
    signs: &[&["name", "tier", "last_contact"], &["name", "reading", "tier", "path"]],
    names: &[("state", Mute), ("opens", Mute), ("due", Mute), ("path", Mute), ("status", Status)],
};
