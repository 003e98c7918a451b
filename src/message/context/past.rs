//! What the notes know of the past that a message may speak of: whether you met of late, what they did and was
//! not yet thanked for, whether there was any contact in a year.

use chrono::{Datelike, NaiveDate};

use super::Case;
use crate::config::Greeting;
use crate::note::Note;
use crate::note::log::{Entry, Marks};
use crate::note::other::{Event, EventStatus};
use crate::plan::Why;

/// A meeting is followed up for so many days.
const MET: i64 = 14;

/// What there was between you in the year that a greeting looks back on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::message) enum Year {
    /// No contact is known at all.
    Unknown,
    /// None in that year.
    Silent,
    /// You met for the first time, once.
    MetOnce,
    /// You were in touch.
    InTouch,
}

impl Year {
    /// Its word in a template.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Silent => "silent",
            Self::MetOnce => "met",
            Self::InTouch => "touch",
        }
    }
}

impl<'a> Case<'a> {
    /// The day of a meeting of late, where one is known.
    pub fn meeting(&self) -> Option<NaiveDate> {
        if let Some(Why::FollowUp { day, .. }) = self.why() {
            return Some(*day);
        }
        let is_near = |day: NaiveDate| (0..=MET).contains(&(self.today - day).num_days());
        let logged = self.newest_first().filter(|entry| entry.marks.has(Marks::MEETING));
        let at_events = self.tie.until(self.today).iter().filter(|contact| contact.at_event);
        let days = logged.map(|entry| entry.day).chain(at_events.map(|contact| contact.day));
        days.filter(|day| is_near(*day)).max()
    }

    /// The event at which that meeting was.
    pub fn met_at(&self) -> Option<(&'a Note, &'a Event)> {
        let met = self.meeting()?;
        let was_then = |event: &Event| {
            event.day.is_some_and(|day| day <= met && met <= event.last.unwrap_or(day).max(day))
        };
        let was_there = |note: &Note, event: &Event| {
            self.index.attendees(note, event).iter().any(|found| found.path == self.note.path)
        };
        let mut events = self.index.events();
        events.find(|(note, event)| {
            was_then(event) && event.status == EventStatus::Held && was_there(note, event)
        })
    }

    /// What they did for you last, unless it was thanked for since.
    pub fn favour(&self) -> Option<&'a Entry> {
        let mut thanked = false;
        let newest = self.newest_first().find(|entry| {
            let has = entry.marks.has(Marks::RECEIVED);
            thanked |= entry.marks.has(Marks::THANKS);
            has
        });
        newest.filter(|_| !thanked)
    }

    /// Whether there was contact in the year that a greeting looks back on: the one that ends, for others than
    /// the greetings around the new year the last twelve months.
    pub fn year(&self) -> Year {
        let contacts = self.tie.until(self.today);
        let Some(newest) = contacts.last() else { return Year::Unknown };
        let year = match self.season {
            Some(season) if season.greeting == Greeting::NewYear => season.year - 1,
            _ => self.today.year(),
        };
        let is_of_year = |day: NaiveDate| match self.season.map(|season| season.greeting) {
            Some(Greeting::NewYear | Greeting::YearEnd) => day.year() >= year,
            _ => (self.today - day).num_days() <= 365,
        };
        if !is_of_year(newest.day) {
            return Year::Silent;
        }
        match contacts {
            [only] if self.met_on(only.day) => Year::MetOnce,
            _ => Year::InTouch,
        }
    }

    /// Whether the last contact was yours, and has no answer; and whether the one before had none either.
    pub fn unanswered(&self) -> Option<(NaiveDate, bool)> {
        let newest = self.newest_first().find(|entry| entry.is_contact())?;
        let is_last = self.reach.last.is_none_or(|last| last <= newest.day);
        (is_last && newest.marks.has(Marks::NOREPLY)).then_some((newest.day, self.reach.unanswered))
    }
}
