//! A calendar for other programs: dates in people's lives, seasons, events and what is planned, as days.
//!
//! Knows what stands in it, and what is told where only titles are; leaves how iCalendar writes it to
//! `lines`. Nobody who never appears stands in it, nor whoever's tie is closed. There is no address of a
//! note in it: Obsidian's names the vault's folder, which has another name on another machine, and a
//! calendar that is kept in the vault must be the same on all.

mod dates;
mod gone;
mod lines;
mod planned;

use chrono::{Datelike, NaiveDate};

use crate::config::Config;
use crate::index::Index;
use crate::note::person::{Person, Status};
use crate::plan::Agenda;
use crate::text::{Lang, one_line};
use gone::Gone;

/// How much a calendar tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What the page tells: reasons, topics, places.
    Whole,
    /// Names of people, events and seasons: whoever looks over one's shoulder learns on which day
    /// something is, and with whom. Nothing that stands within a note is told, nor why somebody is to
    /// be written to.
    TitlesOnly,
}

/// What an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A birthday.
    Birthday,
    /// Something in somebody's life.
    Milestone,
    /// The days of a season's greetings.
    Season,
    /// An event.
    Event,
    /// A promise of yours with a date.
    Promise,
    /// Something planned.
    Contact,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Birthday, Self::Milestone, Self::Season, Self::Event, Self::Promise, Self::Contact];

    /// The word by which it is asked for, and that stands in a UID.
    pub fn word(self) -> &'static str {
        match self {
            Self::Birthday => "birthday",
            Self::Milestone => "milestone",
            Self::Season => "season",
            Self::Event => "event",
            Self::Promise => "promise",
            Self::Contact => "contact",
        }
    }

    /// The kind that is told: that something is a promise is more than a title tells.
    fn told(self, detail: Detail) -> Self {
        match (self, detail) {
            (Self::Promise, Detail::TitlesOnly) => Self::Contact,
            (kind, _) => kind,
        }
    }

    /// What a calendar calls its kind.
    fn category(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Birthday => ("誕生日", "Birthday"),
            Self::Milestone => ("節目", "Milestone"),
            Self::Season => ("季節の挨拶", "Season"),
            Self::Event => ("イベント", "Event"),
            Self::Promise => ("約束", "Promise"),
            Self::Contact => ("連絡", "Contact"),
        };
        crate::text::pick(lang, ja, en)
    }
}

/// One entry: whole days.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// What tells it from all others, the same on every machine.
    uid: String,
    kind: Kind,
    /// The first day.
    first: NaiveDate,
    /// The last one.
    last: NaiveDate,
    /// It comes again each year.
    yearly: bool,
    /// Days on which it does not.
    except: Vec<NaiveDate>,
    /// One line.
    title: String,
    /// Further lines.
    text: Vec<String>,
    place: Option<String>,
}

impl Entry {
    /// An entry of one day. `of` tells it from the others of its kind.
    fn on(kind: Kind, of: &[&str], day: NaiveDate, title: String) -> Self {
        let parts: Vec<&str> = [kind.word()].into_iter().chain(of.iter().copied()).collect();
        let uid = format!("{}@goen", crate::text::long_hash(&parts));
        let (except, text) = (Vec::new(), Vec::new());
        Self { uid, kind, first: day, last: day, yearly: false, except, title, text, place: None }
    }
}

impl Entry {
    /// Makes the UID of what is to be done of what the entry tells alone. By one that is made of a reason or
    /// of words, whoever has goen and guesses them would know that they are right.
    fn hide_why(&mut self) {
        let kind = self.kind.told(Detail::TitlesOnly);
        if kind == Kind::Contact {
            let told = [&*self.title, &self.first.to_string()];
            self.uid = Self::on(kind, &told, self.first, String::new()).uid;
        }
    }
}

/// What a calendar is made of.
#[derive(Debug, Clone, Copy)]
pub struct Notes<'a> {
    /// The notes.
    pub index: &'a Index,
    /// The settings.
    pub config: &'a Config,
    /// The agenda of the day, with the items that have a day.
    pub agenda: &'a Agenda,
    /// The calendar's language.
    pub lang: Lang,
    /// How much it tells.
    pub detail: Detail,
}

/// The calendar as iCalendar (RFC 5545) has it; only the kinds that are named.
pub fn calendar(notes: &Notes<'_>, kinds: &[Kind]) -> String {
    let mut entries = Vec::new();
    let gone = Gone::of(notes.index);
    dates::entries(notes, &gone, &mut entries);
    planned::entries(notes, &gone, &mut entries);
    // A year is four digits in a calendar.
    let fits = |day: NaiveDate| (1..=9998).contains(&day.year());
    entries.retain(|entry| kinds.contains(&entry.kind) && fits(entry.first) && fits(entry.last));
    if notes.detail == Detail::TitlesOnly {
        entries.iter_mut().for_each(Entry::hide_why);
    }
    // No order tells more than the titles do.
    let told = |entry: &Entry| entry.kind.told(notes.detail);
    entries.sort_by(|a, b| (a.first, told(a), &a.title, &a.uid).cmp(&(b.first, told(b), &b.title, &b.uid)));
    // What a note tells twice is one entry.
    let mut known = std::collections::HashSet::new();
    entries.retain(|entry| known.insert(entry.uid.clone()));
    lines::written(&entries, notes.lang, notes.detail)
}

/// Whether somebody stands in a calendar.
fn appears(person: &Person) -> bool {
    matches!(person.status, Status::Active | Status::Paused)
}

/// The name of a note that begins with its day, without that.
fn without_day(name: &str, day: NaiveDate) -> String {
    let iso = day.to_string();
    let rest = name.strip_prefix(iso.as_str()).map(|rest| rest.trim_start_matches([' ', '　', '_', '-']));
    one_line(rest.filter(|rest| !rest.is_empty()).unwrap_or(name)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_its_day() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 5).unwrap();
        let check = |name: &str, want: &str| assert_eq!(without_day(name, day), want);
        check("2026-12-05 忘年会", "忘年会");
        check("2026-12-05", "2026-12-05");
        check("2026-12-04 忘年会", "2026-12-04 忘年会");
        check("忘年会", "忘年会");
        check("2026-12-05_a\u{202e}b", "a b");
    }
}
