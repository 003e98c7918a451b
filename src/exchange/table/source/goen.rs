//! The columns of goen's own table, `export csv`.
//!
//! Most are called as everybody calls them. What follows from the notes is not read back.

use super::super::column::Column::{Mute, Status};
use super::Program;
use crate::exchange::card::Source;

/// goen.
pub const PROGRAM: Program = Program {
    source: Source::Table,
    signs: &[&["name", "tier", "last_contact"], &["name", "reading", "tier", "path"]],
    names: &[("state", Mute), ("opens", Mute), ("due", Mute), ("path", Mute), ("status", Status)],
};
