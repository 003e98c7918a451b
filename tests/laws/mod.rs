//! What holds of any bytes whatever, as plain functions that panic where it does not: the fuzz targets
//! (`fuzz/targets/`) call them for as long as one likes, `tests/reading/fuzz_twins.rs` for a moment.
//!
//! Bytes that begin with a NUL are a text written in pieces (see [`Pieces`]), so that a fuzzer that knows
//! nothing of a format comes deep into it all the same; all others stand for themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod answers;
pub mod book;
pub mod config;
pub mod dates;
pub mod edit;
pub mod front;
pub mod merge;
pub mod moment;
pub mod note;
pub mod page;

use std::borrow::Cow;
use std::sync::LazyLock;

use goen::config::Config;
use goen::moment::DailyFormat;
use goen::note::dialect::{Dialect, Journal};

/// A law and what it is called: the name of its fuzz target and of the folder of its seeds.
pub struct Law {
    /// The name.
    pub name: &'static str,
    /// Panics where the law does not hold.
    pub holds: fn(&[u8]),
}

/// All of them.
pub const ALL: &[Law] = &[
    Law { name: "front", holds: front::holds },
    Law { name: "note", holds: note::holds },
    Law { name: "edit", holds: edit::holds },
    Law { name: "merge", holds: merge::holds },
    Law { name: "page", holds: page::holds },
    Law { name: "config", holds: config::holds },
    Law { name: "moment", holds: moment::holds },
    Law { name: "dates", holds: dates::holds },
    Law { name: "vcard", holds: book::vcard_holds },
    Law { name: "table", holds: book::table_holds },
    Law { name: "answers", holds: answers::holds },
];

/// How a vault without settings spells things; `People` holds people.
pub static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: Some("日記".into()) };
    Dialect::new(&Config::default(), journal, &["People".into()])
});

/// The bytes that a law is asked about: themselves, or behind a NUL one byte for each piece. A byte
/// below 128 is that character, one above counts the pieces, and counts them again from the first.
pub fn spelled<'d>(data: &'d [u8], pieces: &[&str]) -> Cow<'d, [u8]> {
    let Some((0, choices)) = data.split_first() else { return Cow::Borrowed(data) };
    let mut out = Vec::with_capacity(choices.len() * 8);
    for choice in choices {
        match choice.checked_sub(128) {
            Some(at) => out.extend_from_slice(pieces[usize::from(at) % pieces.len()].as_bytes()),
            None => out.push(*choice),
        }
    }
    Cow::Owned(out)
}

/// The text of such bytes; none where they are none.
pub fn text(data: &[u8], pieces: &[&str]) -> Option<String> {
    String::from_utf8(spelled(data, pieces).into_owned()).ok()
}
