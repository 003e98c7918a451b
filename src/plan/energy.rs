//! What a day and a week can hold, and what is already spent, as the notes show it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Subject, introductions};
use crate::config::Config;
use crate::date::iso_week_monday;
use crate::index::Index;
use crate::note::keys;
use crate::note::log::{Entry, Marks};
use crate::note::other::EventStatus;

/// What is spent of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Budget {
    /// Already spent.
    pub spent: f64,
    /// What it holds.
    pub limit: f64,
}

/// The energy of a day and its week (Monday to Sunday).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Energy {
    /// Today.
    pub day: Budget,
    /// This week, today included.
    pub week: Budget,
}

impl Energy {
    /// What is spent: on people (`spent`), each sum in the order of the notes so that it is the same
    /// on every machine, on events, and on gatherings.
    pub(super) fn of(spent: &[(NaiveDate, f64)], index: &Index, config: &Config, today: NaiveDate) -> Self {
        let this_week = iso_week_monday(today)..=today;
        let held = index.events().filter(|(_, event)| event.status == EventStatus::Held);
        let days: BTreeSet<(NaiveDate, &str)> =
            held.filter_map(|(note, event)| Some((event.day?, note.path.as_str()))).collect();
        let on_events = days.into_iter().map(|(day, _)| (day, config.energy.meet));
        // An organisation's log tells of invitations.
        let logs = index.organisations().flat_map(|(_, org)| &org.log);
        let invited = logs.filter(|entry| entry.day <= today).map(|entry| (entry.day, cost(entry, config)));
        let mut all: Vec<(NaiveDate, f64)> = spent.iter().copied().chain(on_events).chain(invited).collect();
        all.retain(|(day, _)| this_week.contains(day));
        // Not `sum`: that of nothing is minus zero.
        let sum = |of: &dyn Fn(NaiveDate) -> bool| {
            all.iter().filter(|(day, _)| of(*day)).fold(0.0, |sum, (_, cost)| sum + cost)
        };
        Self {
            day: Budget { spent: sum(&|day| day == today), limit: config.energy.per_day },
            week: Budget { spent: sum(&|_| true), limit: config.energy.per_week },
        }
    }
}

/// What was spent on a person this week, every log line by its channel. A mention costs nothing.
pub(super) fn spent_on(s: &Subject<'_>) -> Vec<(NaiveDate, f64)> {
    let monday = iso_week_monday(s.today);
    let recent = s.newest_first().take_while(|entry| entry.day >= monday);
    recent.map(|entry| (entry.day, cost(entry, s.config))).collect()
}

/// What a log line cost.
fn cost(entry: &Entry, config: &Config) -> f64 {
    let energy = &config.energy;
    if entry.marks.has(Marks::LIGHT) {
        return energy.like;
    }
    // One message to two people, told in the logs of both.
    if entry.channel == introductions::CHANNEL {
        return energy.message / 2.0;
    }
    let channel = entry.channel().map(|channel| keys::channel(channel));
    match channel.as_deref() {
        Some(channel) if keys::is_call(channel) => energy.call,
        Some("letter" | "post") => energy.letter,
        _ if entry.marks.has(Marks::MEETING) => energy.meet,
        _ => energy.message,
    }
}
