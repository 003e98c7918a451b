//! The days that are planned: what each and its week can hold, and which of them are free for whom.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Energy, HORIZON, Rest, minus, plus};
use crate::almanac;
use crate::config::{Calendar, Config, Holidays};
use crate::date::iso_week_monday;
use crate::index::Index;
use crate::note::other::EventStatus;

/// After an event of so many the next day holds only what is fixed.
const MANY: usize = 6;
/// Energies are sums of a few small numbers: what is nearer than this is the same.
const NEAR: f64 = 1e-9;
/// As many days as are planned.
const DAYS: usize = HORIZON as usize;

/// One day.
#[derive(Debug, Clone, Copy)]
struct Day {
    room: f64,
    /// Its week, by number.
    week: usize,
    /// Nothing but what is fixed.
    closed: bool,
    /// Formal ties may be written to …
    business: bool,
    /// … with a greeting of the season.
    greeting: bool,
}

/// The days that are planned.
#[derive(Debug, Clone)]
pub(super) struct PlannedDays {
    first: NaiveDate,
    days: Vec<Day>,
    weeks: Vec<f64>,
}

/// For whom a day is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// A tie of any register but the formal.
    Anybody,
    /// A formal one.
    Formal,
    /// A formal one, with a greeting of the season.
    Greeting,
}

impl PlannedDays {
    /// From a day on, with what is spent already.
    pub fn new(energy: &Energy, index: &Index, config: &Config, rest: &Rest, first: NaiveDate) -> Self {
        let monday = iso_week_monday(first);
        let days: Vec<Day> = (0..HORIZON)
            .map(|ahead| {
                let day = plus(first, ahead);
                let is_business = is_business_day(day, &config.calendar);
                Day {
                    room: config.energy.per_day,
                    week: usize::try_from((day - monday).num_days() / 7).unwrap_or(0),
                    closed: rest.holds(day),
                    business: is_business && !is_customary_rest(day),
                    greeting: is_business,
                }
            })
            .collect();
        let weeks = vec![config.energy.per_week; days.last().map_or(0, |day| day.week) + 1];
        let mut planned = Self { first, days, weeks };
        planned.spend_at(0, energy.day.spent);
        if let Some(week) = planned.weeks.first_mut() {
            *week -= energy.week.spent - energy.day.spent;
        }
        for (_, event) in index.events().filter(|(_, event)| event.status == EventStatus::Held) {
            let Some(day) = event.day.filter(|day| *day >= minus(first, 1)) else { continue };
            // Those of today are in what is spent.
            if day > first
                && let Some(at) = planned.number(day)
            {
                planned.spend_at(at, config.energy.meet);
            }
            let many = event.attendees.iter().filter(|attendee| !attendee.absent).count() >= MANY;
            if let Some(after) = planned.number(plus(day, 1)).filter(|_| many) {
                planned.days[after].closed = true;
            }
        }
        planned
    }

    /// The number of a day, if it is planned.
    pub fn number(&self, day: NaiveDate) -> Option<usize> {
        usize::try_from((day - self.first).num_days()).ok().filter(|at| *at < DAYS)
    }

    /// The day of a number.
    pub fn day(&self, at: usize) -> NaiveDate {
        plus(self.first, u64::try_from(at).unwrap_or(0))
    }

    /// What a day and its week have left.
    pub fn room(&self, at: usize) -> f64 {
        let day = &self.days[at];
        day.room.min(self.weeks[day.week])
    }

    /// Whether a cost fits into a day.
    pub fn fits(&self, at: usize, cost: f64) -> bool {
        cost <= NEAR || cost <= self.room(at) + NEAR
    }

    /// Takes a cost from a day and its week.
    pub fn spend_at(&mut self, at: usize, cost: f64) {
        let day = &mut self.days[at];
        day.room -= cost;
        self.weeks[day.week] -= cost;
    }

    /// Whether anything but what is fixed may stand on a day.
    pub fn is_open(&self, at: usize) -> bool {
        !self.days[at].closed
    }

    /// Whether a day is free for somebody.
    pub fn is_free(&self, at: usize, whom: For) -> bool {
        let day = &self.days[at];
        !day.closed
            && match whom {
                For::Anybody => true,
                For::Formal => day.business,
                For::Greeting => day.greeting,
            }
    }

    /// The most items of a cost that all days and weeks together can take; none where there is no end.
    pub fn most(&self, cost: f64) -> Option<usize> {
        if cost <= NEAR {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and small")]
        let count = |room: f64| ((room + NEAR).max(0.0) / cost).floor().min(1e6) as usize;
        let by_day: usize = self.days.iter().map(|day| count(day.room)).sum();
        let by_week: usize = self.weeks.iter().map(|week| count(*week)).sum();
        Some(by_day.min(by_week))
    }
}

/// Whether business is done on a day: neither a weekend nor a public holiday nor one of the days that
/// `goen.toml` closes.
pub(super) fn is_business_day(day: NaiveDate, calendar: &Calendar) -> bool {
    let is_holiday = || calendar.holidays == Holidays::Jp && almanac::public_holiday(day).is_some();
    let is_closed = || calendar.closed.iter().any(|(from, to)| (*from..=*to).contains(&day));
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday() && !is_closed()
}

/// The first day from one on on which a formal tie is written to.
pub fn first_business_day(from: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let is_business = |day: &NaiveDate| is_business_day(*day, calendar) && !is_customary_rest(*day);
    (0..HORIZON).map(|ahead| plus(from, ahead)).find(is_business).unwrap_or(from)
}

/// お盆 and 年末年始: nobody writes to a formal tie then, greetings aside.
fn is_customary_rest(day: NaiveDate) -> bool {
    matches!((day.month(), day.day()), (8, 13..=16) | (12, 29..=31) | (1, 1..=3))
}
