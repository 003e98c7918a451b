//! What is to be different in a note, as one thing: several splices, each planned on what the
//! one before left.
//!
//! Doing it twice is doing it once: an entry's id in the log, a task that is ticked, a day that
//! stands there say that it is done.

use chrono::NaiveDate;

use super::entry::{line_start, next_line};
use super::{Edit, Fill, NewEntry, Refusal, Splice, pairs};
use super::{add_entry, add_to_list, fill, set_day, set_word, strike_entry, tick_task, untick_task};
use crate::date;
use crate::note::dialect::Dialect;
use crate::note::keys::Field;
use crate::note::log;
use crate::note::person::Person;
use crate::note::region::Name;
use crate::note::value::{Data, Pair};
use crate::note::{Kind, conflict, read};
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, Span, Text};

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

/// The text of a note with changes taken back as far as they are goen's: the entry goes, the day
/// of the last contact becomes the newest that remains, the task is open again, a value is what
/// it was in the text `before`. Where an entry is among them the others follow as far as they can.
///
/// # Errors
/// Where what goen wrote is not there any more, or is not as goen wrote it.
pub fn take_back(
    path: &NotePath,
    (before, text): (&str, &str),
    changes: &[Change],
    hand: Hand<'_>,
) -> Result<String, Refusal> {
    is_writable(text)?;
    let has_entry = changes.iter().any(|change| matches!(change, Change::Record(_)));
    let take_one = |text: String, change: &Change| match change {
        Change::Record(recorded) => {
            strike(path, text, &recorded.id, Some(Written { recorded, before }), hand)
        }
        Change::Tick { task, day, .. } => done(&text, untick_task(path, &text, task, *day, hand.dialect)?),
        Change::Next(day) => {
            put_back((before, &text), Field::Next, |now| now == day.to_string(), hand.dialect)
        }
        Change::Snooze { until, .. } => {
            put_back((before, &text), Field::Snooze, |now| now == until.to_string(), hand.dialect)
        }
        Change::Tier(word) => put_back((before, &text), Field::Tier, |now| now == word, hand.dialect),
        // Of a list that has changed since nobody knows what belongs together; an import is taken back by
        // `take_fills_back`.
        Change::Away(_) | Change::Fill(_) => Err(not_goens()),
        Change::Region { name, body, before: lines, heading } => {
            let part = super::Written { name: *name, body, before: lines, heading };
            done(&text, super::take_region_back((before, &text), part)?)
        }
    };
    changes.iter().rev().try_fold(text.to_owned(), |text, change| match take_one(text.clone(), change) {
        Err(_) if has_entry && !matches!(change, Change::Record(_)) => Ok(text),
        result => result,
    })
}

/// What goen remembers of an entry: what it wrote, and the note before.
#[derive(Debug, Clone, Copy)]
pub struct Written<'w> {
    /// The entry.
    pub recorded: &'w Recorded,
    /// The text of the note before it.
    pub before: &'w str,
}

/// Takes an entry of goen's out of a log, known by its id alone or with what goen wrote.
///
/// # Errors
/// Where it is not there, or more stands in it than goen wrote.
pub fn strike(
    path: &NotePath,
    text: String,
    id: &str,
    written: Option<Written<'_>>,
    hand: Hand<'_>,
) -> Result<String, Refusal> {
    let note = read(path, text.as_bytes(), hand.dialect);
    let entry = note.log().iter().find(|entry| entry.id.as_deref() == Some(id));
    let Some(struck) = entry.map(|entry| (entry.day, entry.is_contact())) else {
        return Err(not_goens());
    };
    let block = match written {
        Some(written) => Some(block(&text, written.recorded).ok_or_else(not_goens)?),
        None => None,
    };
    let text = done(&text, strike_entry(&text, id, block)?)?;
    let (day, true) = struck else { return Ok(text) };
    let note = read(path, text.as_bytes(), hand.dialect);
    let Kind::Person(person) = &note.kind else { return Ok(text) };
    // A newer or another date was set by somebody else.
    if stated(person) != Some(day) {
        return Ok(text);
    }
    let rest = person.log.iter().filter(|entry| entry.is_contact()).map(|entry| entry.day).max();
    // The value as it was, where that is the newest day again: in its style, with its time.
    if let Some(Written { before, .. }) = written {
        let was = read(path, before.as_bytes(), hand.dialect);
        let said =
            |value: &str| date::prefix(value, hand.dialect.day_first).is_ok_and(|(said, _)| said == day);
        if was.person().is_some_and(|was| stated(was) == rest)
            && let Ok(text) = put_back((before, &text), Field::LastContact, said, hand.dialect)
        {
            return Ok(text);
        }
    }
    match rest {
        Some(newest) => {
            done(&text, set_day(&text, Field::LastContact, "last_contact", newest, hand.dialect)?)
        }
        None => done(&text, super::clear(&text, Field::LastContact, hand.dialect)?),
    }
}

fn not_goens() -> Refusal {
    Refusal::new(Obstacle::NotGoens, Span::new(0, 0))
}

/// Puts the bytes of a value back, if it still says what goen wrote; a line that goen put in goes.
fn put_back(
    (before, text): (&str, &str),
    field: Field,
    is_goens: impl Fn(&str) -> bool,
    dialect: &Dialect,
) -> Result<String, Refusal> {
    let of_field = |pair: &Pair<'_>| dialect.keys.field(&pair.key) == Some(field);
    let now = pairs(text)?.and_then(|(all, _)| all.into_iter().find(of_field)).ok_or_else(not_goens)?;
    if now.value.text().is_none_or(|now| !is_goens(&now)) {
        return Err(not_goens());
    }
    let then = pairs(before)?.and_then(|(all, _)| all.into_iter().find(of_field));
    // Of a list only the beginning is known.
    let is_scalar = |pair: &Pair<'_>| matches!(pair.value.data, Data::Scalar(..));
    if !is_scalar(&now) || then.as_ref().is_some_and(|then| !is_scalar(then)) {
        return Err(not_goens());
    }
    let value = now.value.span;
    let splice = match then {
        Some(then) => Splice { span: value, text: then.value.span.of(before).to_owned() },
        None => {
            let start = line_start(text, now.key_span.start as usize);
            let end = next_line(text, value.end as usize);
            if !text[value.end as usize..end].trim().is_empty() {
                return done(text, super::clear(text, field, dialect)?);
            }
            Splice { span: Span::new(start, end), text: String::new() }
        }
    };
    done(text, Edit::new(text, vec![splice]).ok_or_else(|| Refusal::uncertain(value))?)
}

/// The place of an entry's lines, if they are those that goen wrote.
fn block(text: &str, recorded: &Recorded) -> Option<Span> {
    let line = recorded.line();
    let ends = text.match_indices(&line).map(|(at, _)| at);
    let mut of_entry =
        ends.filter(|at| text[at + line.len()..].lines().next().unwrap_or("").trim().is_empty());
    let start = line_start(text, of_entry.next()?);
    let mut end = next_line(text, start);
    for below in &recorded.below {
        let next = next_line(text, end);
        if text[end..next].trim() != below.trim() {
            return None;
        }
        end = next;
    }
    Some(Span::new(start, end))
}

fn make_one(path: &NotePath, text: String, change: &Change, hand: Hand<'_>) -> Result<String, Refusal> {
    let dialect = hand.dialect;
    match change {
        Change::Record(recorded) => record(path, text, recorded, hand),
        Change::Tick { task, ordinal, day } => {
            match tick_task(path, &text, (task, *ordinal), *day, dialect) {
                // A promise to two people is kept to both.
                Err(refusal) if refusal.why == Obstacle::NoTask => {
                    untick_task(path, &text, task, *day, dialect).map_err(|_| refusal)?;
                    Ok(text)
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
