//! What is to be different in a note, as one thing: several splices, each planned on what the
//! one before left.
//!
//! Doing it twice is doing it once: an entry's id in the log, a task that is ticked, a day that
//! stands there say that it is done.

mod back;

use chrono::NaiveDate;

use super::{
    Edit, Fill, NewEntry, Refusal, add_entry, add_to_list, fill, is_done, pairs, set_day, set_word, tick_task,
};
use crate::note::dialect::Dialect;
use crate::note::keys::Field;
use crate::note::person::Person;
use crate::note::region::Name;
use crate::note::{Kind, conflict, log, read};
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, Span, Text};

pub use back::{Written, strike, take_back};

/// The channel of an entry that is no contact.
pub const SKIP: &str = "skip";

/// An entry of goen's in a log.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Recorded {
    /// goen's id, without `^`.
    pub id: Text,
    /// When.
    pub day: NaiveDate,
    /// Through which channel; [`SKIP`] where there was no contact.
    pub channel: Option<String>,
    /// What about, and tags.
    pub words: String,
    /// A list below it, indented among itself.
    pub below: Vec<String>,
}

/// One thing that is to be different in one note.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Change {
    /// An entry in the log; a contact is the last one too, if none is newer.
    Record(Recorded),
    /// An open task is done.
    Tick {
        /// Its words.
        task: Text,
        /// Which of several of the same words.
        ordinal: u16,
        /// When.
        day: NaiveDate,
    },
    /// The next contact, set by hand.
    Next(NaiveDate),
    /// Silence until a day.
    Snooze {
        /// The day.
        until: NaiveDate,
        /// A later day that stands there stays.
        only_later: bool,
    },
    /// The tier.
    Tier(String),
    /// A value that an address book brings.
    Fill(Fill),
    /// A time of rest, `2026-12-29..2027-01-03`.
    Away(String),
    /// A part of the note that goen writes.
    Region {
        /// Which.
        name: Name,
        /// What goen writes there.
        body: String,
        /// Lines that it has written there before.
        before: String,
        /// The heading that is made for it; empty for the usual one.
        #[serde(default)]
        heading: String,
    },
}

impl Change {
    /// The value, if an address book brings it.
    pub fn fill(&self) -> Option<&Fill> {
        match self {
            Self::Fill(fill) => Some(fill),
            _ => None,
        }
    }
}

/// With what a note is written.
#[derive(Debug, Clone, Copy)]
pub struct Hand<'a> {
    /// How the vault spells things.
    pub dialect: &'a Dialect,
    /// The language of a heading that has to be made.
    pub lang: Lang,
}

/// The text of a note with changes made; the same text where all of it was done before.
///
/// # Errors
/// Where one of them cannot be made with certainty: then none is.
pub fn make(path: &NotePath, text: &str, changes: &[Change], hand: Hand<'_>) -> Result<String, Refusal> {
    make_each(path, text, changes, hand).map(|(text, _)| text)
}

/// As [`make`], and which of the changes were not done before.
///
/// # Errors
/// As [`make`].
pub fn make_each(
    path: &NotePath,
    text: &str,
    changes: &[Change],
    hand: Hand<'_>,
) -> Result<(String, Vec<Change>), Refusal> {
    is_writable(text)?;
    let none = (text.to_owned(), Vec::new());
    changes.iter().try_fold(none, |(text, mut made), change| {
        let after = make_one(path, text.clone(), change, hand)?;
        if after != text {
            made.push(change.clone());
        }
        Ok((after, made))
    })
}

fn make_one(path: &NotePath, text: String, change: &Change, hand: Hand<'_>) -> Result<String, Refusal> {
    let dialect = hand.dialect;
    match change {
        Change::Record(recorded) => record(path, text, recorded, hand),
        Change::Tick { task, ordinal, day } => {
            match tick_task(path, &text, (task, *ordinal), *day, dialect) {
                // A promise to two people is kept to both, be it on two days.
                Err(refusal) if refusal.why == Obstacle::NoTask => {
                    if is_done(path, &text, (task, *ordinal), dialect) { Ok(text) } else { Err(refusal) }
                }
                edit => done(&text, edit?),
            }
        }
        Change::Next(day) => done(&text, set_day(&text, Field::Next, "next", *day, dialect)?),
        Change::Snooze { until, only_later } => {
            let note = read(path, text.as_bytes(), dialect);
            let stands = note.person().and_then(|person| person.snooze);
            if *only_later && stands.is_some_and(|stands| stands >= *until) {
                return Ok(text);
            }
            done(&text, set_day(&text, Field::Snooze, "snooze", *until, dialect)?)
        }
        Change::Tier(word) => done(&text, set_word(&text, Field::Tier, "tier", word, dialect)?),
        Change::Fill(value) => done(&text, fill(&text, value, dialect)?),
        Change::Away(period) if stands(&text, period, dialect)? => Ok(text),
        Change::Away(period) => done(&text, add_to_list(&text, Field::Away, "away", period, dialect)?),
        Change::Region { name, body, before, heading } => {
            let part = super::Written { name: *name, body, before, heading };
            done(&text, super::put_region(path, &text, part, hand.lang, dialect)?)
        }
    }
}

/// Whether a time of rest is in the list already.
fn stands(text: &str, period: &str, dialect: &Dialect) -> Result<bool, Refusal> {
    let all = pairs(text)?.map_or_else(Vec::new, |(all, _)| all);
    let lists = all.iter().filter(|pair| dialect.keys.field(&pair.key) == Some(Field::Away));
    let mut members = lists.flat_map(|pair| pair.value.members());
    Ok(members.any(|node| node.text().is_some_and(|text| text == period)))
}

fn done(text: &str, edit: Edit) -> Result<String, Refusal> {
    edit.apply(text).ok_or_else(|| Refusal::uncertain(Span::new(0, 0)))
}

/// Files that are read, if at all, but never written to.
pub(super) fn is_writable(text: &str) -> Result<(), Refusal> {
    match conflict(text) {
        Some(span) => Err(Refusal::new(Obstacle::NotText, span)),
        None if text.contains('\0') => Err(Refusal::new(Obstacle::NotText, Span::new(0, 0))),
        None => Ok(()),
    }
}

fn record(path: &NotePath, text: String, entry: &Recorded, hand: Hand<'_>) -> Result<String, Refusal> {
    let dialect = hand.dialect;
    let note = read(path, text.as_bytes(), dialect);
    // The id in the log is the proof that it is done.
    if note.log().iter().any(|known| known.id.as_deref() == Some(entry.id.as_str())) {
        return Ok(text);
    }
    let mut text = text;
    let channel = entry.channel.as_deref().map(|channel| crate::text::fold(channel).into_owned());
    let counts = channel.as_deref().is_none_or(|channel| channel != SKIP && !dialect.is_light(channel));
    if let (Kind::Person(person), true) = (&note.kind, counts) {
        let stated = stated(person);
        if stated.is_none_or(|stated| stated < entry.day) {
            // A date that no entry shows would be forgotten: it becomes one.
            let mut shown: Vec<NaiveDate> =
                person.log.iter().filter(|known| known.is_contact()).map(|known| known.day).collect();
            for old in &person.stated {
                if !shown.contains(&old.day) {
                    let via = old.channel.as_deref().map_or_else(String::new, |via| format!("({via})"));
                    text = add(path, &text, old.day, &via, &[], hand)?;
                    shown.push(old.day);
                }
            }
            text = done(&text, set_day(&text, Field::LastContact, "last_contact", entry.day, dialect)?)?;
        }
    }
    add(path, &text, entry.day, &entry.line(), &entry.below, hand)
}

fn add(
    path: &NotePath,
    text: &str,
    day: NaiveDate,
    words: &str,
    below: &[String],
    hand: Hand<'_>,
) -> Result<String, Refusal> {
    let entry = NewEntry { day, words, below };
    done(text, add_entry(path, text, entry, hand.lang, hand.dialect)?)
}

/// The newest contact that the front matter states.
fn stated(person: &Person) -> Option<NaiveDate> {
    person.stated.iter().map(|stated| stated.day).max()
}

impl Recorded {
    /// What stands behind the day: channel, words, id.
    fn line(&self) -> String {
        let channel = self.channel.as_deref().map(|channel| format!("({channel})"));
        let id = format!("^{}", self.id);
        let parts =
            [channel.as_deref(), Some(self.words.trim()).filter(|words| !words.is_empty()), Some(&*id)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// An entry whose words come from somebody: what would read as something else in a log line
    /// (another id, the channel of a skip) is made harmless, and a channel in front is taken as one.
    pub fn said(id: Text, day: NaiveDate, channel: Option<String>, words: &str, dialect: &Dialect) -> Self {
        let words = crate::text::one_line(words);
        let (named, rest) = log::channel(words.trim(), dialect);
        let (channel, words) = match named {
            // As the user wrote it, not folded.
            Some(_) => {
                let inner = words.trim().trim_start_matches(['(', '（']);
                let end = inner.find([')', '）']).unwrap_or(0);
                (Some(inner[..end].trim().to_owned()), rest)
            }
            None => (channel, words.trim()),
        };
        let words = words.replace("^g-", "＾g-");
        Self { id, day, channel, words, below: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_not_written_to() {
        let why = |text: &str| is_writable(text).map_err(|refusal| refusal.why);
        assert_eq!(why("---\ntier: close\n---\n"), Ok(()));
        for text in ["a\0b\n", "<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n"] {
            assert_eq!(why(text), Err(Obstacle::NotText), "{text:?}");
        }
    }
}
