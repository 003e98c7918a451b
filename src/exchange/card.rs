//! What an address book says of one person, whichever format it came in.
//!
//! Knows no format and no note. Values are as the source has them, decoded and trimmed, never empty,
//! and still data: they may hold anything but line breaks where a line is meant.

use chrono::NaiveDate;

use crate::date::{Birthday, Partial};

/// Whose profiles are known by their host.
const HOSTS: &[(&str, &str)] = &[
    ("linkedin.com", "linkedin"),
    ("x.com", "x"),
    ("twitter.com", "x"),
    ("facebook.com", "facebook"),
    ("fb.com", "facebook"),
    ("m.me", "facebook"),
    ("instagram.com", "instagram"),
    ("github.com", "github"),
    ("line.me", "line"),
    ("lin.ee", "line"),
    ("t.me", "telegram"),
    ("wa.me", "whatsapp"),
    ("bsky.app", "bluesky"),
];

/// The channel whose profiles a host has.
pub(super) fn of_host(host: &str) -> Option<&'static str> {
    let host = host.to_ascii_lowercase();
    let is_below =
        |known: &str| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    HOSTS.iter().find(|(known, _)| is_below(known)).map(|(_, channel)| *channel)
}

/// One person of an address book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The line of the source where it begins, counted from 1.
    pub line: usize,
    /// The name as it is shown: `FN`, or put together from its parts in the order their script has
    /// (family name first and a blank between in Japanese). Empty where only an organisation is named.
    pub name: String,
    /// The family name, where the source tells it apart.
    pub family: Option<String>,
    /// The given name, where the source tells it apart.
    pub given: Option<String>,
    /// How the name is read, in kana as the source has it made full-width; family name first, a blank
    /// between.
    pub reading: Option<String>,
    /// Other names: nicknames, the name in another script, the name in the other order where written
    /// so.
    pub aliases: Vec<String>,
    /// What goes before or behind a name in address (`Dr.`, `様`, `先生`): no part of the name.
    pub honorific: Option<String>,
    /// Ways to reach them, best first: the channel under goen's name for it (`email`, `phone`, `line`,
    /// `linkedin`, `x`, `url`, …) and the address. Several of one channel are several entries.
    pub channels: Vec<(String, String)>,
    /// Where they work or worked, the present one first.
    pub posts: Vec<CardPost>,
    /// The birthday, as far as it is known; 1604, 1900 and `--` know no year.
    pub birthday: Option<Birthday>,
    /// The postal address in one line, in the order of its country, without its code.
    pub address: Option<String>,
    /// The code of the postal address.
    pub postal_code: Option<String>,
    /// The town of the address, or where a network says that they live.
    pub location: Option<String>,
    /// Who else a card by post is for (連名), as the source has them.
    pub joint_names: Vec<String>,
    /// Whether they have died, as the source says.
    pub died: bool,
    /// How things stand between you (`paused`, `closed`, `do-not-contact`, `deceased`), where the source is goen's own.
    pub status: Option<String>,
    /// Interests, where the source has a field of its own for them; never groups or categories.
    pub interests: Vec<String>,
    /// Groups, labels and categories of the source (`友人`, `Work`), as they are.
    pub groups: Vec<String>,
    /// The language they are written to in, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The day the tie was made: connected on, 名刺交換日.
    pub met: Option<NaiveDate>,
    /// Free text about them, which may have several lines.
    pub note: Option<String>,
    /// What tells them from all others, in the source (`UID`); never shown.
    pub uid: Option<String>,
    /// Names of fields that hold something and were not taken (`PHOTO`, `X-ABC`), sorted, each once.
    pub left: Vec<String>,
}

/// A post that somebody holds or held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardPost {
    /// The organisation.
    pub org: String,
    /// The department or other part of it.
    pub unit: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// First day, as far as known.
    pub from: Option<Partial>,
    /// Last day, as far as known.
    pub to: Option<Partial>,
}

/// A person of the source that could not be read, and why; the others are read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The line of the source where it begins, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// Why a person of the source could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It has neither a name nor an organisation nor an address that says who it is.
    NoName,
    /// It names an organisation alone.
    OnlyOrganisation,
    /// It is not written as its format asks.
    Malformed,
    /// It has no end: what follows may be swallowed.
    NoEnd,
    /// It is longer than anybody's card.
    TooLong,
}

/// Where an address book comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// vCard 2.1, 3.0 or 4.0.
    VCard,
    /// Google Contacts' CSV, of either time.
    Google,
    /// Outlook's CSV.
    Outlook,
    /// LinkedIn's `Connections.csv`.
    LinkedIn,
    /// Eight's CSV of 名刺.
    Eight,
    /// Sansan's CSV of 名刺.
    Sansan,
    /// Another table, whose columns are known by their names.
    Table,
}

/// An address book that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// What it is.
    pub source: Source,
    /// Its people in the order of the source, and the rows that could not be read.
    pub rows: Vec<Result<Card, BadRow>>,
    /// The encoding that it was read in, where that is likely and not sure.
    pub assumed: Option<&'static str>,
}

/// Why a file is no address book that goen reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotABook {
    /// No format that goen knows.
    Unknown,
    /// Text in no encoding that it could be.
    Encoding,
    /// A table without a column that names people.
    NoNames,
    /// Nothing is in it.
    Empty,
}
