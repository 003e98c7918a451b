//! The formats of other programs: address books in, calendars, cards and pictures out.
//!
//! Pure: bytes in, cards and the rows that could not be read out; values in, bytes out. What becomes
//! of a note is decided beside (`intake`), what becomes of a file is left to `app`.

pub mod book;
pub mod calendar;
pub mod canvas;
pub mod card;
pub mod encoding;
pub mod intake;
pub mod obsidian;
pub mod own;
pub mod portrait;
pub mod roster;
pub mod sheet;
pub mod table;
pub mod vcard;
