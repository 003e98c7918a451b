//! The columns of LinkedIn's `Connections.csv`, from its download of one's data.
//!
//! Lines of notes stand above them. Its column `URL`, missing in older files, is the profile.

use super::super::column::Column::Channel;
use super::Program;
use crate::exchange::card::Source;

/// LinkedIn.
pub const PROGRAM: Program = Program {
    source: Source::LinkedIn,
    signs: &[&["First Name", "Last Name", "Connected On"]],
    names: &[("URL", Channel("linkedin")), ("Profile URL", Channel("linkedin"))],
};
