//! Who goes first where two bids want one day.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::super::bid::{Bid, Phase};

/// How pressing a bid is on a day; the least comes first.
pub(super) struct Rank {
    /// The fifth power of silence ÷ window's end × weight^0.2, of the late: the same order, and
    /// multiplication alone gives the same bits on every machine.
    pub(super) pressure: Option<f64>,
    pub(super) due: NaiveDate,
    weight: f64,
    since: NaiveDate,
    pub(super) person: u32,
}

impl Rank {
    pub(super) fn of(bid: &Bid, phase: &Phase, day: NaiveDate) -> Self {
        let pressure = (phase.due < day).then(|| {
            #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
            let ratio = (day - phase.since).num_days() as f64 / phase.span;
            let square = ratio * ratio;
            square * square * ratio * bid.weight
        });
        Self { pressure, due: phase.due, weight: bid.weight, since: phase.since, person: bid.person }
    }

    /// By what it is first.
    pub(super) fn of_first(bid: &Bid, day: NaiveDate) -> Self {
        let none = Self { pressure: None, due: day, weight: bid.weight, since: day, person: bid.person };
        bid.first.map_or(none, |phase| Self::of(bid, &phase, day))
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
