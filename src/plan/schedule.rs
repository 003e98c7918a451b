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

/// Gives every bid its day, or none where there is no room.
pub(super) fn place(
    mut waiting: Vec<Bid>,
    energy: &Energy,
    config: &Config,
    today: NaiveDate,
    last_reopened: Option<NaiveDate>,
) -> (Vec<Placed>, Vec<Bid>) {
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
                .map(|(at, bid)| (Rank::of(bid, day), at))
                .min()
                .map(|(_, at)| at);
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
    (placed, waiting)
}

/// Whose bids have no day, in the order in which they would come.
pub(super) fn in_order(mut waiting: Vec<Bid>, today: NaiveDate) -> Vec<u32> {
    waiting.par_sort_by_cached_key(|bid| Rank::of(bid, today));
    waiting.into_iter().map(|bid| bid.person).collect()
}

/// How pressing a bid is on a day; the least comes first: the late ones by silence ÷ window ×
/// weight^0.2, then by due date; ties by weight, longest silence, path.
struct Rank {
    /// The fifth power of silence ÷ window × weight^0.2, of the late: the same order, and
    /// multiplication alone gives the same bits on every machine.
    pressure: Option<f64>,
    due: NaiveDate,
    weight: f64,
    since: NaiveDate,
    person: u32,
}

impl Rank {
    fn of(bid: &Bid, day: NaiveDate) -> Self {
        let pressure = (bid.due < day).then(|| {
            #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
            let ratio = (day - bid.since).num_days() as f64 / bid.span;
            let square = ratio * ratio;
            square * square * ratio * bid.weight
        });
        Self { pressure, due: bid.due, weight: bid.weight, since: bid.since, person: bid.person }
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_need = match (self.pressure, other.pressure) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.due.cmp(&other.due),
        };
        by_need
            .then_with(|| other.weight.total_cmp(&self.weight))
            .then_with(|| self.since.cmp(&other.since))
            .then_with(|| self.person.cmp(&other.person))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Rank {}
