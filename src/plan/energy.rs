//! What a day and a week can hold, and what is already spent, as the notes show it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::config::Config;
use crate::date::iso_week_monday;
use crate::index::Index;
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
    /// People met or written to today, and skips of today.
    pub turns: usize,
}

impl Energy {
    /// Reads from the notes what is spent: every log line by its channel, skips, events.
    pub fn spent(index: &Index, config: &Config, today: NaiveDate) -> Self {
        let monday = iso_week_monday(today);
        let mut energy = Self {
            day: Budget { spent: 0.0, limit: config.energy.per_day },
            week: Budget { spent: 0.0, limit: config.energy.per_week },
            turns: 0,
        };
        let mut spend = |day: NaiveDate, cost: f64| {
            if day >= monday && day <= today {
                energy.week.spent += cost;
                if day == today {
                    energy.day.spent += cost;
                }
            }
        };
        let mut turns = 0;
        for (_, person, tie) in index.people() {
            let recent =
                person.log.iter().rev().skip_while(|e| e.day > today).take_while(|e| e.day >= monday);
            let mut skipped = false;
            for entry in recent {
                spend(entry.day, cost(entry, config));
                skipped |= entry.day == today && entry.marks.has(Marks::SKIP);
            }
            let met = tie.until(today).last().is_some_and(|c| c.day == today);
            turns += usize::from(met) + usize::from(skipped);
        }
        let held = index.events().filter(|(_, event)| event.status == EventStatus::Held);
        let days: BTreeSet<(NaiveDate, &str)> =
            held.filter_map(|(note, event)| Some((event.day?, note.path.as_str()))).collect();
        for (day, _) in days {
            spend(day, config.energy.meet);
        }
        energy.turns = turns;
        energy
    }
}

/// What a log line cost.
fn cost(entry: &Entry, config: &Config) -> f64 {
    let energy = &config.energy;
    if entry.marks.has(Marks::LIGHT) {
        return energy.like;
    }
    let channel = entry.channel.as_deref().map(crate::note::keys::channel);
    match channel.as_deref() {
        Some("call" | "video" | "通話" | "phone") => energy.call,
        Some("letter" | "post") => energy.letter,
        _ if entry.marks.has(Marks::MEETING) => energy.meet,
        _ => energy.message,
    }
}
