//! Which item stands on which day.
//!
//! Fixed items stand on theirs. The others are placed day by day, two a day, the
//! most pressing first; every contact or skip of today takes one of today's two
//! places, so that ticking an item never pulls another in.

use std::cmp::Ordering;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use super::people::Bid;
use super::{Energy, HORIZON, Kind};
use crate::config::Config;

/// Deferrable items a day.
const A_DAY: usize = 2;

/// An item that has its day.
pub(super) struct Placed {
    /// Whose it is, as in the bid.
    pub person: u32,
    /// The day.
    pub day: NaiveDate,
    /// It stands on the later, fixed day of the bid.
    pub later: bool,
}

/// Gives every bid its day, or none where there is no room: those with a day, and whose those
/// without are, in the order in which they would come.
pub(super) fn place(
    mut waiting: Vec<Bid>,
    energy: &Energy,
    config: &Config,
    today: NaiveDate,
    last_reopened: Option<NaiveDate>,
) -> (Vec<Placed>, Vec<u32>) {
    let mut placed = Vec::new();
    let mut put = |person, day: Option<NaiveDate>, later| {
        placed.extend(day.map(|day| Placed { person, day, later }));
    };
    for bid in waiting.extract_if(.., |bid| bid.fixed.is_some()) {
        put(bid.person, bid.fixed, false);
    }
    let mut last_reopened = last_reopened;
    for ahead in 0..HORIZON {
        let Some(day) = today.checked_add_days(Days::new(ahead)) else { break };
        let room = if ahead == 0 { A_DAY.saturating_sub(energy.turns) } else { A_DAY };
        for _ in 0..room {
            let reopen_open = last_reopened
                .is_none_or(|last| (day - last).num_days() >= i64::from(config.reopen_every_days));
            let fits = |bid: &Bid| {
                bid.from <= day
                    && bid.until.is_none_or(|until| day <= until)
                    && (bid.kind != Kind::Reopen || reopen_open)
            };
            let best = waiting
                .par_iter()
                .enumerate()
                .filter(|(_, bid)| fits(bid))
                .min_by(|(_, a), (_, b)| pressing(a, b, day))
                .map(|(at, _)| at);
            let Some(at) = best else { break };
            let bid = waiting.swap_remove(at);
            if bid.kind == Kind::Reopen {
                last_reopened = Some(day);
            }
            put(bid.person, Some(day), false);
        }
    }
    // Who found no room before a fixed day of theirs stands on that.
    for bid in waiting.extract_if(.., |bid| bid.later.is_some()) {
        put(bid.person, bid.later, true);
    }
    waiting.par_sort_by(|a, b| pressing(a, b, today));
    (placed, waiting.into_iter().map(|bid| bid.person).collect())
}

/// Which of two comes first on a day: the late ones by silence ÷ window × weight^0.2,
/// then by due date; ties by weight, longest silence, path.
fn pressing(a: &Bid, b: &Bid, day: NaiveDate) -> Ordering {
    let (late_a, late_b) = (a.due < day, b.due < day);
    late_b
        .cmp(&late_a)
        .then_with(|| {
            if late_a && late_b { pressure(b, day).total_cmp(&pressure(a, day)) } else { a.due.cmp(&b.due) }
        })
        .then_with(|| b.weight.total_cmp(&a.weight))
        .then_with(|| a.since.cmp(&b.since))
        .then_with(|| a.person.cmp(&b.person))
}

/// The fifth power of silence ÷ window × weight^0.2: the same order, and multiplication
/// alone gives the same bits on every machine.
fn pressure(bid: &Bid, day: NaiveDate) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
    let ratio = (day - bid.since).num_days() as f64 / bid.span;
    let square = ratio * ratio;
    square * square * ratio * bid.weight
}
