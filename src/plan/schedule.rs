//! Which item stands on which day.
//!
//! Fixed items stand on theirs. The others are placed day by day, two a day, the
//! most pressing first; every contact or skip of today takes one of today's two
//! places, so that ticking an item never pulls another in.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use super::people::Bid;
use super::{Energy, HORIZON, Kind};
use crate::config::Config;

/// So many bids are looked at by one thread.
const PIECE: usize = 8192;
/// With no more than these it is quicker than to wake another.
const FEW: usize = 2 * PIECE;

/// Deferrable items a day.
const A_DAY: usize = 2;

/// An item that has its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    /// Whose it is, as in the bid.
    pub person: u32,
    /// The day.
    pub day: NaiveDate,
    /// It stands on the later, fixed day of the bid.
    pub later: bool,
    /// It stands there whatever else there is.
    pub fixed: bool,
}

/// What came of the bids.
pub(super) struct Schedule {
    /// Those that have a day: what stands on a day of its own first.
    pub placed: Vec<Placed>,
    /// How many have none.
    pub waiting: usize,
}

/// Gives every bid its day, or none where there is no room.
pub(super) fn place(
    bids: &[Option<Bid>],
    energy: &Energy,
    config: &Config,
    today: NaiveDate,
    last_reopened: Option<NaiveDate>,
) -> Schedule {
    let Sorted { fixed, deferrable } = if bids.len() <= FEW {
        Sorted::of(bids)
    } else {
        let pieces: Vec<Sorted<'_>> = bids.par_chunks(PIECE).map(Sorted::of).collect();
        pieces.into_iter().fold(Sorted::default(), Sorted::and)
    };
    let mut placed = fixed;
    let mut waiting = deferrable.len();
    // Who stands on a later, fixed day if no room is found before.
    let mut later: BTreeMap<u32, NaiveDate> =
        deferrable.iter().filter_map(|bid| Some((bid.person, bid.later?))).collect();
    let mut contenders = contenders(deferrable, today);
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
            let ranked = |(at, bid): (usize, &&Bid)| fits(bid).then(|| (Rank::of(bid, day), at));
            let best = if contenders.len() <= FEW {
                contenders.iter().enumerate().filter_map(ranked).min()
            } else {
                contenders.par_iter().with_min_len(PIECE).enumerate().filter_map(ranked).min()
            };
            let best = best.map(|(_, at)| at);
            let Some(at) = best else { break };
            let bid = contenders.swap_remove(at);
            if bid.kind == Kind::Reopen {
                last_reopened = Some(day);
            }
            later.remove(&bid.person);
            placed.push(Placed { person: bid.person, day, later: false, fixed: false });
            waiting -= 1;
        }
    }
    waiting -= later.len();
    placed.extend(later.into_iter().map(|(person, day)| Placed { person, day, later: true, fixed: true }));
    Schedule { placed, waiting }
}

/// The bids, told apart.
#[derive(Default)]
struct Sorted<'a> {
    /// Those that stand on a day of their own.
    fixed: Vec<Placed>,
    /// The others.
    deferrable: Vec<&'a Bid>,
}

impl<'a> Sorted<'a> {
    fn of(bids: &'a [Option<Bid>]) -> Self {
        let mut sorted = Self::default();
        for bid in bids.iter().flatten() {
            match bid.fixed {
                Some(day) => {
                    sorted.fixed.push(Placed { person: bid.person, day, later: false, fixed: true });
                }
                None => sorted.deferrable.push(bid),
            }
        }
        sorted
    }

    fn and(mut self, mut other: Self) -> Self {
        self.fixed.append(&mut other.fixed);
        self.deferrable.append(&mut other.deferrable);
        self
    }
}

/// Those among the bids that may get a day at all: in a large circle few of many.
///
/// No more get one than the days hold. Whoever comes after so many others on every day, all of
/// whom may stand on every day, is never the next.
fn contenders(mut bids: Vec<&Bid>, today: NaiveDate) -> Vec<&Bid> {
    let places = usize::try_from(HORIZON).unwrap_or(0) * A_DAY;
    let Some(last) = today.checked_add_days(Days::new(HORIZON - 1)) else { return bids };
    let always = |bid: &&&Bid| {
        bid.from <= today && bid.until.is_none_or(|until| until >= last) && bid.kind != Kind::Reopen
    };
    // Silence grows, and with it how pressing a late one is.
    let mut pressures: Vec<f64> =
        bids.iter().filter(always).filter_map(|bid| Rank::of(bid, today).pressure).collect();
    if pressures.len() >= places && places > 0 {
        let (_, least, _) = pressures.select_nth_unstable_by(places - 1, |a, b| b.total_cmp(a));
        let least = *least;
        bids.retain(|bid| Rank::of(bid, last).pressure.is_some_and(|pressure| pressure >= least));
        return bids;
    }
    // Of those that are not late within these days, the order is the same on each.
    let in_time = |bid: &&&Bid| bid.due >= last;
    let mut ranks: Vec<Rank> =
        bids.iter().filter(always).filter(in_time).map(|bid| Rank::of(bid, today)).collect();
    if ranks.len() >= places && places > 0 {
        let (_, least, _) = ranks.select_nth_unstable(places - 1);
        let least = &*least;
        bids.retain(|bid| bid.due < last || Rank::of(bid, today) <= *least);
    }
    bids
}

/// Those of the bids that have no day, in the order in which they would come.
pub(super) fn waiting(bids: &[Option<Bid>], placed: &[Placed], today: NaiveDate) -> Vec<u32> {
    let has_day: HashSet<u32> = placed.iter().map(|placed| placed.person).collect();
    let mut waiting: Vec<&Bid> = bids.iter().flatten().filter(|bid| !has_day.contains(&bid.person)).collect();
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }

    fn day(ahead: i64) -> NaiveDate {
        today() + chrono::TimeDelta::days(ahead)
    }

    /// Bids of many kinds: most late or due soon, so that there is a crowd.
    fn bid() -> impl Strategy<Value = Bid> {
        let days = (-40_i64..40, prop::option::of(-5_i64..60), -200_i64..120, 0_i64..300, 1_i64..200);
        let fixed = (prop::option::weighted(0.1, 0_i64..28), prop::option::weighted(0.1, 0_i64..28));
        (days, 1_u8..6, prop::bool::weighted(0.1), fixed).prop_map(
            |(days, weight, reopens, (fixed, later))| {
                let (from, until, due, since, span) = days;
                Bid {
                    person: 0,
                    kind: if reopens { Kind::Reopen } else { Kind::Cadence },
                    from: day(from.max(0)),
                    until: until.filter(|_| fixed.is_none()).map(day),
                    fixed: fixed.map(day),
                    due: day(due),
                    since: day(-since),
                    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
                    span: span as f64,
                    weight: f64::from(weight),
                    later: later.filter(|_| fixed.is_none()).map(day),
                }
            },
        )
    }

    /// Who is the most pressing of all is looked for among all, each time.
    fn by_hand(bids: &[Bid], turns: usize, config: &Config) -> Vec<(u32, NaiveDate)> {
        let mut waiting: Vec<&Bid> = bids.iter().filter(|bid| bid.fixed.is_none()).collect();
        let mut placed = Vec::new();
        let mut last_reopened: Option<NaiveDate> = None;
        for ahead in 0..28 {
            for turn in 0..A_DAY {
                if ahead == 0 && turn < turns {
                    continue;
                }
                let on = day(ahead);
                let rests = |last: NaiveDate| (on - last).num_days() < i64::from(config.reopen_every_days);
                let fits = |bid: &&&Bid| {
                    bid.from <= on
                        && bid.until.is_none_or(|until| on <= until)
                        && (bid.kind != Kind::Reopen || !last_reopened.is_some_and(rests))
                };
                let Some(best) = waiting.iter().filter(fits).min_by_key(|bid| Rank::of(bid, on)) else {
                    break;
                };
                let best = *best;
                if best.kind == Kind::Reopen {
                    last_reopened = Some(on);
                }
                placed.push((best.person, on));
                waiting.retain(|bid| bid.person != best.person);
            }
        }
        placed
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        #[test]
        fn leaving_out_who_cannot_be_next_changes_nothing(
            bids in prop::collection::vec(bid(), 0..400), calm in any::<bool>(), turns in 0_usize..3,
        ) {
            let bids: Vec<Bid> = bids.into_iter().zip(0..).map(|(bid, person)| {
                // In a calm circle nearly nobody is late.
                let due = if calm && person % 8 > 0 { bid.due.max(day(20)) } else { bid.due };
                Bid { person, due, ..bid }
            }).collect();
            let config = Config::default();
            let energy = Energy { turns, ..Energy::default() };
            let all: Vec<Option<Bid>> = bids.iter().cloned().map(Some).collect();
            let schedule = place(&all, &energy, &config, today(), None);
            let found: Vec<(u32, NaiveDate)> = schedule.placed.iter()
                .filter(|placed| !placed.fixed).map(|placed| (placed.person, placed.day)).collect();
            prop_assert_eq!(found, by_hand(&bids, turns, &config));
            let without = waiting(&all, &schedule.placed, today());
            prop_assert_eq!(without.len(), schedule.waiting);
            prop_assert_eq!(schedule.placed.len() + schedule.waiting, bids.len());
        }
    }
}
