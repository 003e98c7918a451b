//! Changes taken back: what a deed has made of a note, made undone, wherever its lines stand by now.

use super::super::{Edit, Refusal, Splice, pairs, set_day, strike_entry, untick_task};
use super::super::{line_start, next_line};
use super::{Change, Hand, Recorded, done, is_writable, stated};
use crate::date;
use crate::note::dialect::Dialect;
use crate::note::keys::Field;
use crate::note::value::{Data, Pair};
use crate::note::{Kind, read};
use crate::problem::Obstacle;
use crate::text::{NotePath, Span};

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
            let part = super::super::Written { name: *name, body, before: lines, heading };
            done(&text, super::super::take_region_back((before, &text), part)?)
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
        None => done(&text, super::super::clear(&text, Field::LastContact, hand.dialect)?),
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
                return done(text, super::super::clear(text, field, dialect)?);
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
