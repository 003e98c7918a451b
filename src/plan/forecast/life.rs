//! What comes of some weeks in which everything planned is done: what each week holds and spends, who
//! comes into the circle, who waits beyond the end of their window.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::simulation::{Done, Simulation};
use crate::config::Config;
use crate::date::iso_week_monday;
use crate::index::Index;
use crate::note::other::EventStatus;
use crate::plan::{Energy, Kind, Reach, Rest, State, plus};
use crate::text::NotePath;

/// So many days beyond a window's end are no slip.
pub(super) const PATIENCE: i64 = 7;

/// How long somebody waits at most, in days beyond the end of their window, and when that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait {
    pub days: i64,
    /// The last day on which they had waited for longer than is nothing.
    pub last: Option<NaiveDate>,
}

/// Some weeks, as they went.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// The energy before anything was done.
    pub first: Energy,
    /// The energy that each week spends on what is planned, by number.
    pub planned: Vec<f64>,
    /// Who came into the circle, and when.
    pub entered: BTreeMap<NotePath, NaiveDate>,
    /// How many are outside at the end.
    pub outside: usize,
    pub waits: BTreeMap<NotePath, Wait>,
}

impl Life {
    /// Lives through the days from one to another.
    pub fn live(index: &Index, config: &Config, from: NaiveDate, to: NaiveDate) -> Self {
        Self::live_while(index, config, from, to, |_| true)
    }

    /// Whether it is in time, with no more days lived through than it takes to know.
    pub fn fits(index: &Index, config: &Config, from: NaiveDate, to: NaiveDate) -> bool {
        let is_in_time = |life: &Self| life.is_in_time(from, to);
        is_in_time(&Self::live_while(index, config, from, to, is_in_time))
    }

    fn live_while(
        index: &Index,
        config: &Config,
        from: NaiveDate,
        to: NaiveDate,
        goes_on: impl Fn(&Self) -> bool,
    ) -> Self {
        let mut sim = Simulation::new(index, config, from);
        let mut outside: BTreeSet<NotePath> =
            sim.reaches().filter(|(_, reach)| is_outside(reach)).map(|(note, _)| note.path.clone()).collect();
        let mut life = Self { planned: vec![0.0; week(from, to) + 1], ..Self::default() };
        while sim.today() <= to && goes_on(&life) {
            let day = sim.day(|_| true);
            if day.date == from {
                life.first = day.energy;
            }
            for Done { item, before } in &day.done {
                if let Some(planned) = life.planned.get_mut(week(from, day.date)) {
                    *planned += item.cost;
                }
                let (Some(person), Some(before)) = (&item.person, before) else { continue };
                if !outside.contains(person) {
                    life.wait(person, before, from, day.date);
                } else if !matches!(item.kind, Kind::Sort | Kind::Prepare | Kind::Habit) {
                    // Nobody counts how long they waited outside.
                    outside.remove(person);
                    life.entered.insert(person.clone(), day.date);
                }
            }
        }
        for (note, reach) in sim.reaches().filter(|(note, _)| !outside.contains(&note.path)) {
            if reach.state != State::Snoozed {
                life.wait(&note.path, &reach, from, to);
            }
        }
        life.outside = outside.len();
        life
    }

    /// Somebody was written to, or still waits. Silence before the first day is nobody's fault now.
    fn wait(&mut self, person: &NotePath, reach: &Reach, from: NaiveDate, day: NaiveDate) {
        let Some(due) = reach.due else { return };
        let days = (day - due.max(from)).num_days();
        if days > 0 {
            let wait = self.waits.entry(person.clone()).or_insert(Wait { days: 0, last: None });
            wait.days = wait.days.max(days);
            wait.last = wait.last.max((days > PATIENCE).then_some(day));
        }
    }

    /// The last day on which somebody had waited for longer than is nothing.
    pub fn last_slip(&self) -> Option<NaiveDate> {
        self.waits.values().filter_map(|wait| wait.last).max()
    }

    /// Whether nobody waits beyond that from the middle of the days on: by then what had gathered before
    /// is worked off.
    pub fn is_in_time(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.last_slip().is_none_or(|last| last <= middle(from, to))
    }
}

fn is_outside(reach: &Reach) -> bool {
    matches!(reach.state, State::New | State::Dormant)
}

/// The day in the middle of two.
pub(super) fn middle(from: NaiveDate, to: NaiveDate) -> NaiveDate {
    plus(from, u64::try_from((to - from).num_days() / 2).unwrap_or(0))
}

/// The number of a day's week, the first being that of `from`.
pub(super) fn week(from: NaiveDate, day: NaiveDate) -> usize {
    usize::try_from((day - iso_week_monday(from)).num_days() / 7).unwrap_or(0)
}

/// What each week has for people: what it holds less what events take, on days that are not of rest.
pub(super) fn capacity(
    index: &Index,
    config: &Config,
    first: &Energy,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<f64> {
    let rest = Rest::of(index);
    let energy = &config.energy;
    let mut weeks = vec![(energy.per_week, 0.0); week(from, to) + 1];
    for day in from.iter_days().take_while(|day| *day <= to).filter(|day| !rest.holds(*day)) {
        let (_, days) = &mut weeks[week(from, day)];
        *days += energy.per_day;
    }
    if let Some((week, days)) = weeks.first_mut() {
        *week -= first.week.spent;
        *days -= if rest.holds(from) { 0.0 } else { first.day.spent };
    }
    let held = index.events().filter(|(_, event)| event.status == EventStatus::Held);
    for day in held.filter_map(|(_, event)| event.day).filter(|day| *day > from && *day <= to) {
        let (week, days) = &mut weeks[week(from, day)];
        *week -= energy.meet;
        // A day does not give more than it has.
        *days -= if rest.holds(day) { 0.0 } else { energy.meet.min(energy.per_day) };
    }
    weeks.into_iter().map(|(week, days)| week.min(days).max(0.0)).collect()
}
