//! Reasons that what happened between you gives: `follow-up`, `reply`, `thanks`.
//!
//! None of them is looked for ahead: each needs something that is yet to happen.

use chrono::NaiveDate;

use super::{About, Kind, Occurrence, Reason, State, Subject, days_between, plus};
use crate::index::Index;
use crate::note::log::{Entry, Marks};
use crate::note::other::EventStatus;
use crate::note::person::{Person, Status};
use crate::note::{Note, keys};
use crate::text::{NotePath, QuickMap};

/// A follow-up is proposed on the day and so many days after.
const FOLLOW_UP: u64 = 2;
/// So many of one event stand whatever else there is.
const FIXED: usize = 3;
/// An answer is due after so many days.
const REPLY_DUE: u64 = 2;
/// Thanks are due within so many days …
const THANKS_DUE: u64 = 3;
/// … and shown for so many.
const THANKS_UNTIL: u64 = 7;

/// An event that somebody attended these days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met<'a> {
    pub event: &'a Note,
    pub day: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Theirs is one of the talks that were noted first.
    pub fixed: bool,
}

/// Whom you met at the events of these days, by the path of their notes.
pub(super) fn met<'a>(index: &'a Index, today: NaiveDate) -> QuickMap<&'a NotePath, Vec<Met<'a>>> {
    let mut out: QuickMap<&NotePath, Vec<Met<'_>>> = QuickMap::default();
    for (note, event) in index.events() {
        let Some(day) = event.day else { continue };
        let last = event.last.unwrap_or(day).max(day);
        let is_of_these_days = day <= today && plus(last, FOLLOW_UP) >= today;
        if !is_of_these_days || event.status != EventStatus::Held {
            continue;
        }
        let mut people = index.attendees(note, event);
        // Whoever gets no item takes nobody's place.
        let is_asked = |person: &Person| {
            person.status == Status::Active && person.snooze.is_none_or(|until| until <= today)
        };
        people.retain(|note| note.person().is_some_and(is_asked));
        people.sort_by_key(|person| {
            index.told_of(note, event, &person.path).map_or(usize::MAX, |told| told.at)
        });
        for (at, person) in people.into_iter().enumerate() {
            out.entry(&person.path).or_default().push(Met { event: note, day, last, fixed: at < FIXED });
        }
    }
    out
}

/// The reasons of what happened.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    out.extend(follow_up(s));
    if s.reach.state != State::Untracked {
        out.extend(reply(s));
        out.extend(thanks(s));
    }
}

/// After an event, or after a first meeting that the log tells of; tracked or not.
pub(super) fn follow_up<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
    let known = (!s.ground.met.is_empty()).then(|| s.ground.met.get(&s.note.path)).flatten();
    let mut met = known.into_iter().flatten();
    let at_event = met.find(|met| !is_followed_up(s, met.day, Some(met.event)));
    let (day, last, event, fixed) = match at_event {
        Some(met) => (met.day, met.last, Some(met.event), met.fixed),
        None => {
            let day = first_meeting(s).filter(|day| !is_followed_up(s, *day, None))?;
            (day, day, None, true)
        }
    };
    let occurrence = Occurrence::Day(day);
    let about = About::FollowUp { day, event };
    (!s.is_settled(Kind::FollowUp, &occurrence)).then(|| Reason {
        fixed: fixed.then_some(day.max(s.today)),
        ..Reason::within(Kind::FollowUp, occurrence, (day, plus(last, FOLLOW_UP)), about)
    })
}

/// The day of a first meeting of these days: the first contact known is a line of the log with a
/// meeting's channel.
fn first_meeting(s: &Subject<'_>) -> Option<NaiveDate> {
    // Where the front matter names the same day it says no more than the log.
    let first = s.tie.contacts.first()?;
    let is_new = first.day <= s.today && plus(first.day, FOLLOW_UP) >= s.today;
    let met = s.newest_first().any(|entry| entry.day == first.day && entry.marks.has(Marks::MEETING));
    (is_new && met).then_some(first.day)
}

/// Whether the meetings of a day that the log tells of were calls, all of them.
pub(super) fn was_call(s: &Subject<'_>, day: NaiveDate) -> bool {
    let mut met = s.newest_first().filter(|entry| entry.day == day && entry.marks.has(Marks::MEETING));
    met.all(|entry| entry.channel().is_some_and(|channel| keys::is_call(channel)))
}

/// Whether there was a contact on a later day, or a line of that day that is neither a meeting nor
/// about the event.
fn is_followed_up(s: &Subject<'_>, day: NaiveDate, event: Option<&Note>) -> bool {
    if s.reach.last.is_some_and(|last| last > day) {
        return true;
    }
    let of_day = s.newest_first().skip_while(|e| e.day > day).take_while(|e| e.day == day);
    let links_event =
        |entry: &Entry| event.is_some_and(|event| links_in(s, entry).any(|note| note.path == event.path));
    of_day.filter(|entry| entry.is_contact()).any(|e| !e.marks.has(Marks::MEETING) && !links_event(e))
}

/// The notes that a line of the log links to.
pub(super) fn links_in<'a>(s: &Subject<'a>, entry: &Entry) -> impl Iterator<Item = &'a Note> {
    let (index, from, span) = (s.ground.index, &s.note.path, entry.span);
    // A person's links stand in the order of their note.
    let first = s.note.links.partition_point(|link| link.span.start < span.start);
    let inside = s.note.links.get(first..).unwrap_or_default().iter();
    let inside = inside.take_while(move |link| link.span.start < span.end);
    let inside = inside.filter(move |link| link.span.end <= span.end);
    inside.filter_map(move |link| index.resolve(from, link).note())
}

/// A line that says they wrote, through whatever channel, with no contact since: until it is answered.
fn reply<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
    let asks = |entry: &Entry| entry.marks.has(Marks::REPLY) && !entry.marks.has(Marks::SKIP);
    let newest = s.newest_first().find(|entry| entry.is_contact() || asks(entry))?;
    if !asks(newest) || s.reach.last.is_some_and(|last| last > newest.day) {
        return None;
    }
    let occurrence = Occurrence::Day(newest.day);
    (!s.is_settled(Kind::Reply, &occurrence)).then(|| Reason {
        kind: Kind::Reply,
        appears: newest.day,
        until: None,
        due: plus(newest.day, REPLY_DUE),
        day: None,
        fixed: Some(s.today),
        occurrence,
        since: newest.day,
        span: 2.0,
        about: About::Reply(newest),
    })
}

/// A line that says they helped, with neither thanks nor another contact since.
fn thanks<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
    let is_recent = |entry: &&Entry| s.ground.rest.stretch(plus(entry.day, THANKS_UNTIL)) >= s.today;
    let mut recent = s.newest_first().take_while(is_recent);
    // Of one day the log says what came later.
    let mut is_answered = false;
    let received = recent.find(|entry| {
        let found = entry.marks.has(Marks::RECEIVED) && !entry.marks.has(Marks::THANKS);
        is_answered |= !found && (entry.marks.has(Marks::THANKS) || entry.is_contact());
        found
    })?;
    if is_answered || s.reach.last.is_some_and(|last| last > received.day) {
        return None;
    }
    let occurrence = Occurrence::Day(received.day);
    let rest = &s.ground.rest;
    let (from, due) = (received.day, rest.stretch(plus(received.day, THANKS_DUE)));
    let to = rest.stretch(plus(from, THANKS_UNTIL));
    (!s.is_settled(Kind::Thanks, &occurrence)).then(|| Reason {
        due,
        span: days_between(from, due),
        ..Reason::within(Kind::Thanks, occurrence, (from, to), About::Thanks(received))
    })
}
