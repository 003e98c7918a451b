//! Which item stands on which day.
//!
//! Fixed items stand on theirs. The others are placed day by day, two a day, the
//! most pressing first; every contact or skip of today takes one of today's two
//! places, so that ticking an item never pulls another in.

use std::cmp::Ordering;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use super::people::Candidate;
use super::{Energy, HORIZON, Item, Kind, section_of};
use crate::config::Config;

/// Deferrable items a day.
const A_DAY: usize = 2;

/// Gives every candidate its day, or none where there is no room: those with a day, and those
/// without in the order in which they would come.
pub(super) fn place(
    mut waiting: Vec<Candidate>,
    energy: &Energy,
    config: &Config,
    today: NaiveDate,
    last_reopened: Option<NaiveDate>,
) -> (Vec<Item>, Vec<Item>) {
    let mut items = Vec::new();
    let mut put = |mut item: Item, day: Option<NaiveDate>| {
        item.planned = day;
        item.section = section_of(day, today);
        items.push(item);
    };
    for candidate in waiting.extract_if(.., |c| c.fixed.is_some()) {
        put(candidate.item, candidate.fixed);
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
                .par_iter()
                .enumerate()
                .filter(|(_, c)| fits(c))
                .min_by(|(_, a), (_, b)| pressing(a, b, day))
                .map(|(at, _)| at);
            let Some(at) = best else { break };
            let candidate = waiting.swap_remove(at);
            if candidate.item.kind == Kind::Reopen {
                last_reopened = Some(day);
            }
            put(candidate.item, Some(day));
        }
    }
    // Who found no room before a fixed day of theirs stands on that.
    for mut candidate in waiting.extract_if(.., |c| c.later.is_some()) {
        if let Some(later) = candidate.later.take() {
            put(later.item, later.fixed);
        }
    }
    waiting.par_sort_by(|a, b| pressing(a, b, today));
    (items, waiting.into_iter().map(|c| c.item).collect())
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
