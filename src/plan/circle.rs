//! The circle: whoever is new, or silent for so long that the tie is dormant, is let in a few at a time.
//!
//! What stands fixed and what costs nothing is not held back.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::bid::Bid;
use super::lately::Lately;
use super::{HORIZON, minus};
use crate::config::Config;
use crate::text::QuickSet;

/// While too many inside are late, one is let in in so many days.
const STRAINED: u64 = 7;

/// Who waits outside, and who is let in.
pub(super) struct Circle<'a> {
    /// Those who may be let in within the horizon, in their order; some of them are inside until
    /// they become dormant.
    order: Vec<&'a Bid>,
    intake: usize,
    is_strained: bool,
    /// Days on which somebody came in or is planned to.
    entered: Vec<NaiveDate>,
    /// Who was let in on these days, by number.
    inside: QuickSet<u32>,
    /// Whose turn it is on the present day.
    open: QuickSet<u32>,
}

/// The order in which people are let in: by weight, then longest silence, then path.
type Turn = (Reverse<u64>, NaiveDate, u32);

fn turn(bid: &Bid) -> Turn {
    let since = bid.first.map_or(NaiveDate::MAX, |phase| phase.since);
    // Weights are above 0: their bits are in their order.
    (Reverse(bid.weight.to_bits()), since, bid.person)
}

/// Where somebody waits: those outside after those inside, in the order in which they are let in.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Outside(Option<Turn>);

impl Outside {
    pub fn of(bid: &Bid, today: NaiveDate) -> Self {
        Self(bid.outside_from.filter(|from| *from <= today).map(|_| turn(bid)))
    }
}

impl<'a> Circle<'a> {
    pub fn new(outside: Vec<&'a Bid>, lately: &Lately, config: &Config, today: NaiveDate) -> Self {
        let intake = usize::try_from(config.circle.intake).unwrap_or(usize::MAX);
        let (waiting, later): (Vec<&Bid>, Vec<&Bid>) =
            outside.into_iter().partition(|bid| bid.outside_from.is_some_and(|from| from <= today));
        let (mut order, not_yet): (Vec<&Bid>, Vec<&Bid>) =
            waiting.into_iter().partition(|bid| bid.first.is_some_and(|phase| phase.from <= today));
        // No more are let in within the horizon than this: of many thousands the others need no order.
        if order.len() > intake && intake > 0 {
            order.select_nth_unstable_by_key(intake - 1, |bid| turn(bid));
        }
        order.truncate(intake);
        order.extend(not_yet);
        order.extend(later);
        order.sort_by_key(|bid| turn(bid));
        Self {
            order,
            intake,
            is_strained: lately.is_strained,
            entered: lately.entered.clone(),
            inside: QuickSet::default(),
            open: QuickSet::default(),
        }
    }

    /// All who may get a day.
    pub fn bids(&self) -> impl Iterator<Item = &'a Bid> + '_ {
        self.order.iter().copied()
    }

    /// Begins a day: says whose turn it is.
    pub fn open(&mut self, day: NaiveDate) {
        let since = |days: u64| {
            let first = minus(day, days - 1);
            self.entered.iter().filter(move |entered| **entered >= first && **entered <= day).count()
        };
        let mut places = self.intake.saturating_sub(since(HORIZON));
        if self.is_strained {
            places = places.min(1_usize.saturating_sub(since(STRAINED)));
        }
        let waits = |bid: &&&Bid| {
            !self.inside.contains(&bid.person)
                && bid.outside_from.is_some_and(|from| from <= day)
                && bid.on(day).is_some()
        };
        self.open = self.order.iter().filter(waits).take(places).map(|bid| bid.person).collect();
    }

    /// Whether somebody is inside on a day.
    pub fn is_inside(&self, bid: &Bid, day: NaiveDate) -> bool {
        bid.outside_from.is_none_or(|from| day < from)
    }

    /// Whether somebody is inside, or it is their turn.
    pub fn admits(&self, bid: &Bid, day: NaiveDate) -> bool {
        self.is_inside(bid, day) || self.open.contains(&bid.person)
    }

    /// Somebody stands on a day whether they are inside or not: once it has come they are.
    pub fn expect(&mut self, bid: &Bid) {
        if bid.first.is_none() && bid.fixed_cost > 0.0 {
            self.entered.extend(bid.fixed.filter(|day| !self.is_inside(bid, *day)));
        }
    }

    /// Somebody has a day: whoever was outside has come in.
    pub fn let_in(&mut self, bid: &Bid, day: NaiveDate, cost: f64) {
        if self.is_inside(bid, day) || cost <= 0.0 {
            return;
        }
        self.entered.push(day);
        self.inside.insert(bid.person);
        self.open.remove(&bid.person);
        if self.is_strained {
            self.open.clear();
        }
    }
}
