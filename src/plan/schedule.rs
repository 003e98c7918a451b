//! Which item stands on which day: as many as days and weeks can hold.
//!
//! What is fixed stands on its day, and spends. The others are placed day by day, each on the first
//! day with room that is free for it: first those already late, by silence ÷ window's end ×
//! weight^0.2, then by due date; ties by weight, longest silence, path. So nobody is late while there
//! is room, and without room the lower weights slip first, but nobody for ever.

mod rank;

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::bid::{Bid, Phase};
use super::circle::{Circle, Outside};
use super::days::PlannedDays;
use super::lately::Lately;
use super::people::Form;
use super::{HORIZON, Kind, clips, minus};
use crate::config::Config;

use rank::Rank;

/// So many bids are looked at by one thread.
const PIECE: usize = 8192;

/// An item that has its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    /// Whose it is, as in the bid.
    pub person: u32,
    /// The day.
    pub day: NaiveDate,
    /// In what form.
    pub form: Form,
    /// It stands there whatever else there is.
    pub fixed: bool,
}

/// What came of the bids.
#[derive(Debug)]
pub(super) struct Schedule {
    /// Those that have a day: what stands on a day of its own first.
    pub placed: Vec<Placed>,
    /// How many have none.
    pub waiting: usize,
}

/// The place that a bid has today in nearly all cases, since nothing contends for it: what stands
/// fixed on it, and what costs nothing.
pub(super) fn expected(bid: &Bid, today: NaiveDate) -> Option<Placed> {
    let is_free = bid.on(today).is_some_and(|phase| phase.cost <= 0.0);
    let fixed = bid.fixed == Some(today);
    (is_free || fixed).then_some(Placed { person: bid.person, day: today, form: Form::Whole, fixed })
}

/// Gives every bid its day, or none where there is no room; `others` are looked at as well, and may
/// stand in for a bid of the same person.
pub(super) fn place(
    bids: &[Option<Bid>],
    others: &[Bid],
    days: &mut PlannedDays,
    lately: &Lately,
    config: &Config,
) -> Schedule {
    let today = days.day(0);
    let stands_in: HashSet<u32> = others.iter().map(|bid| bid.person).collect();
    let own = |bid: &&Bid| stands_in.is_empty() || !stands_in.contains(&bid.person);
    let mut sorted = if bids.len() <= 2 * PIECE {
        Sorted::of(bids.iter().flatten().filter(own), today)
    } else {
        let pieces: Vec<Sorted<'_>> = bids
            .par_chunks(PIECE)
            .map(|piece| Sorted::of(piece.iter().flatten().filter(own), today))
            .collect();
        pieces.into_iter().fold(Sorted::default(), Sorted::and)
    };
    sorted = sorted.and(Sorted::of(others.iter(), today));
    let Sorted { fixed, deferrable, outside, count } = sorted;
    // Whatever comes of the days before: its day must not be given away.
    for bid in &fixed {
        if let Some(at) = bid.fixed.and_then(|day| days.number(day)) {
            days.spend_at(at, bid.fixed_cost);
        }
    }
    let mut circle = Circle::new(outside, lately, config, today);
    fixed.iter().for_each(|bid| circle.expect(bid));
    let candidates: Vec<&Bid> =
        contenders(deferrable, days, config).into_iter().chain(circle.bids()).collect();
    let (reopened, shared) = (lately.reopened, lately.shared.clone());
    let mut run = Run { days, config, circle, candidates, placed: Vec::new(), reopened, shared };
    for at in 0..usize::try_from(HORIZON).unwrap_or(0) {
        run.fill(at);
    }
    run.squeeze_in();
    let placed: Vec<Placed> = run.placed.into_iter().map(|(placed, _)| placed).collect();
    let taken: HashSet<u32> = placed.iter().map(|placed| placed.person).collect();
    let stand = fixed.iter().filter(|bid| !taken.contains(&bid.person)).filter_map(|bid| {
        Some(Placed { person: bid.person, day: bid.fixed?, form: Form::Whole, fixed: true })
    });
    let mut all: Vec<Placed> = stand.collect();
    all.extend(placed);
    let waiting = count - all.len();
    Schedule { placed: all, waiting }
}

/// The bids, told apart.
#[derive(Default)]
struct Sorted<'a> {
    /// Those that stand on a day of their own.
    fixed: Vec<&'a Bid>,
    /// Those that may stand on several, inside the circle or at no cost.
    deferrable: Vec<&'a Bid>,
    /// Those that wait outside the circle, or will within the horizon.
    outside: Vec<&'a Bid>,
    /// How many there are.
    count: usize,
}

impl<'a> Sorted<'a> {
    fn of(bids: impl Iterator<Item = &'a Bid>, today: NaiveDate) -> Self {
        let mut sorted = Self::default();
        for bid in bids {
            sorted.count += 1;
            if bid.fixed.is_some() {
                sorted.fixed.push(bid);
            }
            // What costs nothing waits for nobody.
            let is_outside = bid
                .outside_from
                .is_some_and(|from| from > today || bid.phases().all(|phase| phase.cost > 0.0));
            match (bid.first.is_some(), is_outside) {
                (false, _) => {}
                (true, true) => sorted.outside.push(bid),
                (true, false) => sorted.deferrable.push(bid),
            }
        }
        sorted
    }

    fn and(mut self, mut other: Self) -> Self {
        self.fixed.append(&mut other.fixed);
        self.deferrable.append(&mut other.deferrable);
        self.outside.append(&mut other.outside);
        self.count += other.count;
        self
    }
}

/// The days as they fill.
struct Run<'r, 'a> {
    days: &'r mut PlannedDays,
    config: &'r Config,
    circle: Circle<'a>,
    candidates: Vec<&'a Bid>,
    /// Who has a day, and which.
    placed: Vec<(Placed, &'a Bid)>,
    /// The last day on which a dormant tie was or is taken up again.
    reopened: Option<NaiveDate>,
    /// Days on which something was or is shared.
    shared: Vec<NaiveDate>,
}

/// Who comes next on a day.
struct Next {
    /// The number among the candidates.
    number: usize,
    form: Form,
    cost: f64,
}

impl Run<'_, '_> {
    /// Fills one day.
    fn fill(&mut self, at: usize) {
        if !self.days.is_open(at) {
            return;
        }
        let day = self.days.day(at);
        self.circle.open(day);
        self.take_free(at, day);
        let first = self.placed.len();
        while let Some(Next { number, form, cost }) = self.next(at, day) {
            self.put(number, at, form, cost);
        }
        // Where nobody else wants what is left of a day, a touch is a message after all.
        for (placed, bid) in &mut self.placed[first..] {
            let more = bid.on(day).map_or(0.0, |phase| phase.cost - self.config.energy.like);
            if placed.form == Form::Touch && self.days.fits(at, more) {
                self.days.spend_at(at, more);
                placed.form = Form::Whole;
            }
        }
    }

    /// What costs nothing stands on the first day that is free for it.
    fn take_free(&mut self, at: usize, day: NaiveDate) {
        let mut number = 0;
        while let Some(bid) = self.candidates.get(number) {
            let is_free = |phase: &Phase| phase.cost <= 0.0 && self.days.is_free(at, bid.whom(phase.kind));
            if bid.on(day).is_some_and(is_free) {
                self.put(number, at, Form::Whole, 0.0);
            } else {
                number += 1;
            }
        }
    }

    /// The most pressing of those that a day has room for.
    fn next(&self, at: usize, day: NaiveDate) -> Option<Next> {
        let energy = &self.config.energy;
        if !self.days.fits(at, energy.like.min(energy.letter).min(energy.message)) {
            return None;
        }
        let may_reopen = self
            .reopened
            .is_none_or(|last| (day - last).num_days() >= i64::from(self.config.reopen_every_days));
        let since = minus(day, clips::SHARED_IN - 1);
        let may_share = self.shared.iter().filter(|shared| **shared >= since).count() < clips::SHARED;
        let mut best: Option<(Rank, Next)> = None;
        for (number, bid) in self.candidates.iter().enumerate() {
            let Some(phase) = bid.on(day) else { continue };
            let is_allowed = match phase.kind {
                Kind::Reopen => may_reopen,
                Kind::Share => may_share,
                _ => true,
            };
            if !is_allowed || !self.days.is_free(at, bid.whom(phase.kind)) {
                continue;
            }
            // Its window went by without room for it.
            let is_late = phase.due < day && phase.kind == Kind::Cadence && bid.may_touch;
            let (form, cost) = if is_late { (Form::Touch, energy.like) } else { (Form::Whole, phase.cost) };
            if !self.days.fits(at, cost) || !self.circle.admits(bid, day) {
                continue;
            }
            let rank = Rank::of(bid, phase, day);
            if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                best = Some((rank, Next { number, form, cost }));
            }
        }
        best.map(|(_, next)| next)
    }

    fn put(&mut self, number: usize, at: usize, form: Form, cost: f64) {
        let bid = self.candidates.swap_remove(number);
        let day = self.days.day(at);
        self.days.spend_at(at, cost);
        self.circle.let_in(bid, day, cost);
        match bid.on(day).map(|phase| phase.kind) {
            Some(Kind::Reopen) => self.reopened = Some(day),
            Some(Kind::Share) => self.shared.push(day),
            _ => {}
        }
        self.placed.push((Placed { person: bid.person, day, form, fixed: false }, bid));
    }

    /// A tie that finds no room in its window is touched on the first day that has enough left for it.
    fn squeeze_in(&mut self) {
        let like = self.config.energy.like;
        let days = || 0..usize::try_from(HORIZON).unwrap_or(0);
        if !days().any(|at| self.days.is_open(at) && self.days.fits(at, like)) {
            return;
        }
        let last = self.days.day(days().end.saturating_sub(1));
        let today = self.days.day(0);
        // The first day that would do, before another.
        let first_for = |days: &PlannedDays, circle: &Circle<'_>, bid: &Bid, before: usize| {
            (0..before).find(|at| {
                let day = days.day(*at);
                let would_do = bid.on(day).is_some_and(|phase| {
                    phase.kind == Kind::Cadence && days.is_free(*at, bid.whom(phase.kind))
                });
                would_do && days.fits(*at, like) && circle.is_inside(bid, day)
            })
        };
        for (placed, bid) in &mut self.placed {
            let Some(at) = self.days.number(placed.day).filter(|_| placed.form == Form::Touch) else {
                continue;
            };
            if let Some(earlier) = first_for(self.days, &self.circle, bid, at) {
                self.days.spend_at(at, -like);
                self.days.spend_at(earlier, like);
                placed.day = self.days.day(earlier);
            }
        }
        let mut left: Vec<&Bid> =
            self.candidates.iter().copied().filter(|bid| bid.is_squeezed(last)).collect();
        left.sort_by_cached_key(|bid| Rank::of_first(bid, today));
        for bid in left {
            if let Some(at) = first_for(self.days, &self.circle, bid, days().end) {
                self.days.spend_at(at, like);
                let day = self.days.day(at);
                self.placed.push((Placed { person: bid.person, day, form: Form::Touch, fixed: false }, bid));
            }
        }
    }
}

/// Those among the bids that may get a day at all: in a large circle few of many.
///
/// Of those who are alike in what they cost and which days are free for them, no more get one than the
/// days hold. Whoever comes after so many of them on every day, all of whom may stand on every day
/// that is free, is never the next.
fn contenders<'a>(bids: Vec<&'a Bid>, days: &PlannedDays, config: &Config) -> Vec<&'a Bid> {
    let energy = &config.energy;
    let mut alike: BTreeMap<(bool, bool, u64), Vec<&Bid>> = BTreeMap::new();
    for bid in bids {
        let cost = bid.first.map_or(0.0, |phase| phase.cost);
        alike.entry((bid.formal, bid.may_touch, cost.to_bits())).or_default().push(bid);
    }
    let each = alike.into_iter().flat_map(|((_, may_touch, cost), bids)| {
        let cost = f64::from_bits(cost);
        let least = if may_touch { cost.min(energy.like) } else { cost };
        match days.most(least) {
            Some(most) => contenders_alike(bids, most, days),
            None => bids,
        }
    });
    each.collect()
}

/// Those of bids that are alike who may be among the first of so many.
fn contenders_alike<'a>(bids: Vec<&'a Bid>, most: usize, days: &PlannedDays) -> Vec<&'a Bid> {
    let (today, last) = (days.day(0), days.day(usize::try_from(HORIZON).unwrap_or(1) - 1));
    if bids.len() <= most {
        return bids;
    }
    if most == 0 {
        return bids.into_iter().filter(|bid| bid.phases().any(|phase| phase.cost <= 0.0)).collect();
    }
    let always = |bid: &Bid| -> Option<Phase> {
        let first = bid.first.filter(|_| bid.others.is_empty() && bid.fixed.is_none())?;
        let is_bound = matches!(first.kind, Kind::Reopen | Kind::Share | Kind::Season);
        // What is no touch may find every day too small.
        let is_large = bid.may_touch && first.kind != Kind::Cadence;
        (first.from <= today && first.until >= last && !is_bound && !is_large && bid.outside_from.is_none())
            .then_some(first)
    };
    // Silence grows, and with it how pressing a late one is.
    let pressure = |bid: &Bid, phase: &Phase, day| Rank::of(bid, phase, day).pressure;
    let mut pressures: Vec<f64> = bids.iter().filter_map(|bid| pressure(bid, &always(bid)?, today)).collect();
    if pressures.len() >= most {
        let (_, least, _) = pressures.select_nth_unstable_by(most - 1, |a, b| b.total_cmp(a));
        let least = *least;
        let may_be_first = |bid: &&Bid| match (bid.first, bid.others.is_empty()) {
            (Some(phase), true) => pressure(bid, &phase, last).is_some_and(|found| found >= least),
            // What is more than one thing on these days is looked at.
            _ => true,
        };
        return bids.into_iter().filter(may_be_first).collect();
    }
    // Of those that are not late within these days, the order is the same on each.
    let in_time = |phase: &Phase| phase.due >= last;
    let mut ranks: Vec<Rank> = bids
        .iter()
        .filter_map(|bid| always(bid).filter(in_time).map(|phase| Rank::of(bid, &phase, today)))
        .collect();
    if ranks.len() >= most {
        let (_, least, _) = ranks.select_nth_unstable(most - 1);
        let least = &*least;
        let may_be_first = |bid: &&Bid| match (bid.first, bid.others.is_empty()) {
            (Some(phase), true) => phase.due < last || Rank::of(bid, &phase, today) <= *least,
            _ => true,
        };
        return bids.into_iter().filter(may_be_first).collect();
    }
    bids
}

/// Those of the bids that have no day, in the order in which they would come: those outside the
/// circle last.
pub(super) fn waiting<'a>(
    bids: impl Iterator<Item = &'a Bid>,
    placed: &[Placed],
    today: NaiveDate,
) -> Vec<&'a Bid> {
    let has_day: HashSet<u32> = placed.iter().map(|placed| placed.person).collect();
    let mut waiting: Vec<&Bid> = bids.filter(|bid| !has_day.contains(&bid.person)).collect();
    waiting.par_sort_by_cached_key(|bid| (Outside::of(bid, today), Rank::of_first(bid, today)));
    waiting
}

#[cfg(test)]
#[path = "schedule/tests.rs"]
mod tests;
