//! What is ahead of somebody and you: days to know of before a talk.

use chrono::{Datelike, NaiveDate};

use super::person::Somebody;
use crate::config::Config;
use crate::index::same_place;
use crate::note::Note;
use crate::note::other::EventStatus;
use crate::plan::{quiet_until, roll};
use crate::text::{Text, fold};

/// Birthdays and greetings of a season are told of so many days ahead; what was arranged always.
const NEAR: i64 = 90;

/// What falls on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What<'a> {
    /// Their birthday; of which perhaps only the month is known.
    Birthday {
        /// The day is known.
        to_the_day: bool,
    },
    /// Something in their life.
    Milestone(&'a Text),
    /// An event that lists them.
    Event(&'a Note),
    /// A greeting of the season that is still to be sent, by its name.
    Season(String),
    /// A trip of yours to where they are.
    Trip(&'a Note, &'a Text),
    /// The next contact, set by hand.
    Next,
    /// The end of a silence that was agreed upon.
    Snooze,
}

impl What<'_> {
    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Birthday { .. } => "birthday",
            Self::Milestone(_) => "milestone",
            Self::Event(_) => "event",
            Self::Season(_) => "season",
            Self::Trip(..) => "trip",
            Self::Next => "next",
            Self::Snooze => "snooze",
        }
    }
}

/// A day ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead<'a> {
    /// The day, the first of several; it may lie behind where the last does not.
    pub day: NaiveDate,
    /// The last of several.
    pub last: Option<NaiveDate>,
    /// What falls on it.
    pub what: What<'a>,
}

/// The days ahead, the nearest first. Of those who never appear there are none.
pub fn ahead<'a>(of: &Somebody<'a>, config: &Config) -> Vec<Ahead<'a>> {
    if of.person.status.is_gone() {
        return Vec::new();
    }
    let mut all: Vec<Ahead<'a>> = birthday(of).into_iter().collect();
    let one = |day, what| Ahead { day, last: None, what };
    // In the first days of mourning nothing glad is told.
    let is_quiet = quiet_until(of.person, of.today).is_some();
    let milestones = of.person.details().milestones.iter().filter(|_| !is_quiet);
    let milestones = milestones.filter(|milestone| milestone.day >= of.today);
    all.extend(milestones.map(|milestone| one(milestone.day, What::Milestone(&milestone.what))));
    all.extend(events(of));
    all.extend(trips(of));
    let seasons = roll::owed_to(of.index, config, of.today, (of.note, of.person, of.tie)).into_iter();
    let near = seasons.filter(|owed| (owed.from - of.today).num_days() <= NEAR);
    all.extend(near.map(|owed| Ahead {
        day: owed.from,
        last: Some(owed.due.unwrap_or(owed.to).max(owed.from)),
        what: What::Season(owed.called),
    }));
    all.extend(of.person.next.filter(|day| *day >= of.today).map(|day| one(day, What::Next)));
    all.extend(of.person.snooze.filter(|day| *day > of.today).map(|day| one(day, What::Snooze)));
    // Stable: of one day in the order above.
    all.sort_by_key(|ahead| ahead.day.max(of.today));
    all
}

/// The next birthday, where it is near.
fn birthday<'a>(of: &Somebody<'a>) -> Option<Ahead<'a>> {
    let birthday = of.person.birthday?;
    let is_near = |day: NaiveDate| day >= of.today && (day - of.today).num_days() <= NEAR;
    let mut years = [of.today.year(), of.today.year() + 1].into_iter();
    if birthday.day.is_some() {
        let day = years.filter_map(|year| birthday.in_year(year)).find(|day| is_near(*day))?;
        return Some(Ahead { day, last: None, what: What::Birthday { to_the_day: true } });
    }
    years.find_map(|year| {
        let first = NaiveDate::from_ymd_opt(year, birthday.month, 1)?;
        let is_on = (first.year(), first.month()) == (of.today.year(), of.today.month());
        let what = What::Birthday { to_the_day: false };
        (is_on || is_near(first)).then_some(Ahead { day: first, last: None, what })
    })
}

fn events<'a>(of: &Somebody<'a>) -> impl Iterator<Item = Ahead<'a>> {
    let Somebody { index, note: own, today, .. } = *of;
    let all = index.events().filter(|(_, event)| event.status != EventStatus::Cancelled);
    all.filter_map(move |(note, event)| {
        let day = event.day?;
        let last = event.last.filter(|last| *last > day);
        if last.unwrap_or(day) < today {
            return None;
        }
        index.attends(note, event, &own.path).then_some(Ahead { day, last, what: What::Event(note) })
    })
}

fn trips<'a>(of: &Somebody<'a>) -> impl Iterator<Item = Ahead<'a>> {
    let today = of.today;
    let place = of.person.location.as_deref().map(|place| fold(place).into_owned());
    of.index.trips().filter_map(move |(note, trip)| {
        let (there, day) = (trip.location.as_ref()?, trip.from?);
        let last = trip.to.filter(|last| *last > day);
        let leads_there = place.as_deref().is_some_and(|place| same_place(place, &fold(there)));
        let is_ahead = last.unwrap_or(day) >= today;
        (leads_there && is_ahead).then_some(Ahead { day, last, what: What::Trip(note, there) })
    })
}
