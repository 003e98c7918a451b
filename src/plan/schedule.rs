//! Which item stands on which day.
//!
//! Fixed items stand on theirs. The others are placed day by day, two a day, the
//! most pressing first; every contact or skip of today takes one of today's two
//! places, so that ticking an item never pulls another in.

use std::cmp::Ordering;

use chrono::{Days, NaiveDate};

use super::people::Candidate;
use super::{Energy, HORIZON, Item, Kind, section_of};
use crate::config::Config;

/// Deferrable items a day.
const A_DAY: usize = 2;

/// Gives every candidate its day, or none where there is no room.
pub(super) fn place(
    candidates: Vec<Candidate>,
    energy: &Energy,
    config: &Config,
    today: NaiveDate,
    last_reopened: Option<NaiveDate>,
) -> Vec<Item> {
    let mut items = Vec::with_capacity(candidates.len());
    let mut waiting = Vec::with_capacity(candidates.len());
    for mut candidate in candidates {
        match candidate.fixed {
            Some(day) => {
                candidate.item.planned = Some(day);
                items.push(candidate.item);
            }
            None => waiting.push(candidate),
        }
    }
    let mut last_reopened = last_reopened;
    for ahead in 0..HORIZON {
        let Some(day) = today.checked_add_days(Days::new(ahead)) else { break };
        let room = if ahead == 0 { A_DAY.saturating_sub(energy.turns) } else { A_DAY };
        for _ in 0..room {
            let reopen_open = last_reopened
                .is_none_or(|last| (day - last).num_days() >= i64::from(config.reopen_every_days));
            let fits = |c: &Candidate| {
                c.from <= day
                    && c.until.is_none_or(|until| day <= until)
                    && (c.item.kind != Kind::Reopen || reopen_open)
            };
            let best = waiting
                .iter()
                .enumerate()
                .filter(|(_, c)| fits(c))
                .min_by(|(_, a), (_, b)| pressing(a, b, day))
                .map(|(at, _)| at);
            let Some(at) = best else { break };
            let mut candidate = waiting.swap_remove(at);
            candidate.item.planned = Some(day);
            if candidate.item.kind == Kind::Reopen {
                last_reopened = Some(day);
            }
            items.push(candidate.item);
        }
    }
    // Who found no room before a fixed day of theirs stands on that.
    for at in (0..waiting.len()).rev() {
        if let Some(mut later) = waiting[at].later.take() {
            later.item.planned = later.fixed;
            items.push(later.item);
            waiting.swap_remove(at);
        }
    }
    // Those without room stand in the order in which they would come.
    waiting.sort_by(|a, b| pressing(a, b, today));
    items.extend(waiting.into_iter().map(|c| c.item));
    for item in &mut items {
        item.section = section_of(item.planned, today);
    }
    items
}

/// Which of two comes first on a day: the late ones by silence ÷ window × weight^0.2,
/// then by due date; ties by weight, longest silence, path.
fn pressing(a: &Candidate, b: &Candidate, day: NaiveDate) -> Ordering {
    let (late_a, late_b) = (a.due < day, b.due < day);
    late_b
        .cmp(&late_a)
        .then_with(|| {
            if late_a && late_b { pressure(b, day).total_cmp(&pressure(a, day)) } else { a.due.cmp(&b.due) }
        })
        .then_with(|| b.weight.total_cmp(&a.weight))
        .then_with(|| a.since.cmp(&b.since))
        .then_with(|| a.item.person.cmp(&b.item.person))
}

/// The fifth power of silence ÷ window × weight^0.2: the same order, and multiplication
/// alone gives the same bits on every machine.
fn pressure(c: &Candidate, day: NaiveDate) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
    let ratio = (day - c.since).num_days() as f64 / c.span;
    let square = ratio * ratio;
    square * square * ratio * c.weight
}
