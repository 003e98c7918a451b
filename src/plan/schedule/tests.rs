//! Laws of the schedule, over bids of many kinds.

use proptest::prelude::*;

use super::*;
use crate::index::Index;
use crate::plan::{Budget, Energy, Rest};

fn today() -> NaiveDate {
    // A Saturday: the first week is nearly over.
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn day(ahead: i64) -> NaiveDate {
    today() + chrono::TimeDelta::days(ahead)
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn number(n: i64) -> f64 {
    n as f64
}

fn phase() -> impl Strategy<Value = Phase> {
    let kinds = prop::sample::select(vec![
        Kind::Cadence,
        Kind::Cadence,
        Kind::Cadence,
        Kind::Cadence,
        Kind::Milestone,
        Kind::Season,
        Kind::Promise,
        Kind::Reopen,
        Kind::Share,
    ]);
    let days = (-40_i64..40, prop::option::of(0_i64..60), -200_i64..120, 0_i64..300, 1_i64..200);
    (kinds, days).prop_map(|(kind, (from, until, due, since, span))| Phase {
        kind,
        from: day(from.max(0)),
        until: day(until.map_or(27, |until| from.max(0) + until).min(27)),
        due: day(due),
        since: day(-since),
        span: number(span),
        cost: if kind == Kind::Promise { 0.0 } else { 1.0 },
    })
}

/// Bids of many kinds: most late or due soon, so that there is a crowd.
fn bid() -> impl Strategy<Value = Bid> {
    let fixed = prop::option::weighted(0.15, (0_i64..28, 0_i64..6));
    let flags =
        (prop::bool::weighted(0.3), prop::bool::weighted(0.3), prop::option::weighted(0.2, 0_i64..40));
    (phase(), prop::option::weighted(0.2, phase()), 1_u8..6, flags, fixed).prop_map(
        |(first, second, weight, (formal, may_touch, outside), fixed)| {
            let fixed_day = fixed.map(|(at, _)| day(at));
            let fixed_from = fixed.map_or(day(28), |(at, lead)| day((at - lead).max(0)));
            let last = fixed_from - chrono::TimeDelta::days(1);
            let mut phases = vec![first];
            phases.extend(second.filter(|second| second.from > first.until));
            for phase in &mut phases {
                phase.until = phase.until.min(last);
            }
            phases.retain(|phase| phase.from <= phase.until);
            let mut phases = phases.into_iter();
            Bid {
                person: 0,
                weight: f64::from(weight),
                formal,
                may_touch,
                outside_from: outside.map(|from| if from < 20 { today() } else { day(from - 19) }),
                fixed: fixed_day,
                fixed_cost: 1.0,
                fixed_from,
                first: phases.next(),
                others: phases.collect(),
            }
        },
    )
}

fn config(per_day: f64, per_week: f64) -> Config {
    let mut config = Config::default();
    config.energy.per_day = per_day;
    config.energy.per_week = per_week;
    config
}

fn days(config: &Config, spent: f64) -> PlannedDays {
    let energy = Energy {
        day: Budget { spent, limit: config.energy.per_day },
        week: Budget { spent, limit: config.energy.per_week },
    };
    PlannedDays::new(&energy, &Index::default(), config, &Rest::default(), today())
}

fn numbered(bids: Vec<Bid>) -> Vec<Option<Bid>> {
    let numbered = bids.into_iter().zip(0..).map(|(bid, person)| Bid { person, ..bid });
    numbered.map(|bid| Some(bid).filter(|bid| bid.first.is_some() || bid.fixed.is_some())).collect()
}

/// The same schedule, where nobody is left out of the search.
fn by_hand(bids: &[Option<Bid>], days: &mut PlannedDays, lately: &Lately, config: &Config) -> Vec<Placed> {
    let Sorted { fixed, deferrable, outside, .. } = Sorted::of(bids.iter().flatten(), today());
    for bid in &fixed {
        days.spend_at(days.number(bid.fixed.unwrap()).unwrap(), bid.fixed_cost);
    }
    let mut circle = Circle::new(outside, lately, config, today());
    fixed.iter().for_each(|bid| circle.expect(bid));
    let candidates = deferrable.into_iter().chain(circle.bids()).collect();
    let (reopened, shared) = (lately.reopened, lately.shared.clone());
    let mut run = Run { days, config, circle, candidates, placed: Vec::new(), reopened, shared };
    (0..28).for_each(|at| run.fill(at));
    run.squeeze_in();
    run.placed.into_iter().map(|(placed, _)| placed).collect()
}

#[test]
fn what_finds_every_day_too_small_is_ahead_of_nobody() {
    let late = |kind, since| Bid {
        person: 0,
        weight: 1.0,
        formal: false,
        may_touch: true,
        outside_from: None,
        fixed: None,
        fixed_cost: 1.0,
        fixed_from: day(28),
        first: Some(Phase {
            kind,
            from: today(),
            until: day(27),
            due: minus(today(), 1),
            since: minus(today(), since),
            span: 1.0,
            cost: 1.0,
        }),
        others: Box::default(),
    };
    // Half a day holds a touch, and no message: milestones get no day, however pressing they are.
    let mut bids: Vec<Bid> = (0..40).map(|at| late(Kind::Milestone, 300 + at)).collect();
    bids.push(late(Kind::Cadence, 100));
    let bids = numbered(bids);
    let config = config(0.5, 2.0);
    let schedule = place(&bids, &[], &mut days(&config, 0.0), &Lately::default(), &config);
    let all = by_hand(&bids, &mut days(&config, 0.0), &Lately::default(), &config);
    assert_eq!(schedule.placed, all);
    assert_eq!(all.iter().map(|placed| placed.person).collect::<Vec<_>>(), [40]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn leaving_out_who_cannot_be_next_changes_nothing(
        bids in prop::collection::vec(bid(), 0..300), calm in any::<bool>(), spent in 0_u8..3,
        (per_day, per_week) in (1_u8..6, 2_u8..16), is_strained in any::<bool>(),
    ) {
        let bids = numbered(bids.into_iter().enumerate().map(|(at, mut bid)| {
            // In a calm circle nearly nobody is late.
            if calm && at % 8 > 0 && let Some(first) = &mut bid.first {
                first.due = first.due.max(day(20));
            }
            bid
        }).collect());
        let config = config(f64::from(per_day) / 2.0, f64::from(per_week));
        let lately = Lately { is_strained, ..Lately::default() };
        let schedule = place(&bids, &[], &mut days(&config, f64::from(spent)), &lately, &config);
        let found: Vec<Placed> = schedule.placed.iter().filter(|placed| !placed.fixed).copied().collect();
        let all = by_hand(&bids, &mut days(&config, f64::from(spent)), &lately, &config);
        let ordered = |mut placed: Vec<Placed>| {
            placed.sort_by_key(|placed| (placed.day, placed.person));
            placed
        };
        prop_assert_eq!(ordered(found), ordered(all));
        let without = waiting(bids.iter().flatten(), &schedule.placed, today());
        prop_assert_eq!(without.len(), schedule.waiting);
        prop_assert_eq!(schedule.placed.len() + schedule.waiting, bids.iter().flatten().count());
    }

    #[test]
    fn days_and_weeks_hold_what_they_hold(
        bids in prop::collection::vec(bid(), 0..200), spent in 0_u8..4, (per_day, per_week) in (0_u8..6, 0_u8..16),
    ) {
        let bids = numbered(bids);
        let (per_day, per_week) = (f64::from(per_day) / 2.0, f64::from(per_week) / 2.0);
        let config = config(per_day, per_week);
        let spent = f64::from(spent) / 2.0;
        let schedule = place(&bids, &[], &mut days(&config, spent), &Lately::default(), &config);
        let mut by_day: BTreeMap<NaiveDate, (f64, f64)> = BTreeMap::new();
        by_day.entry(today()).or_default().0 += spent;
        for placed in &schedule.placed {
            let bid = bids[placed.person as usize].as_ref().unwrap();
            let sums = by_day.entry(placed.day).or_default();
            match (placed.fixed, placed.form) {
                (true, _) => {
                    prop_assert_eq!(Some(placed.day), bid.fixed);
                    sums.0 += bid.fixed_cost;
                }
                (false, Form::Touch) => {
                    prop_assert!(bid.may_touch);
                    sums.1 += config.energy.like;
                }
                (false, Form::Whole) => sums.1 += bid.on(placed.day).unwrap().cost,
            }
        }
        let mut by_week: BTreeMap<NaiveDate, (f64, f64)> = BTreeMap::new();
        for (day, (bound, free)) in by_day {
            prop_assert!(free <= 0.0 || bound + free <= per_day + 1e-6, "{} {} {}", day, bound, free);
            let week = by_week.entry(crate::date::iso_week_monday(day)).or_default();
            *week = (week.0 + bound, week.1 + free);
        }
        for (week, (bound, free)) in by_week {
            prop_assert!(free <= 0.0 || bound + free <= per_week + 1e-6, "{} {} {}", week, bound, free);
        }
        // What is fixed stands, or was placed before it appears.
        for bid in bids.iter().flatten().filter(|bid| bid.fixed.is_some()) {
            let placed = schedule.placed.iter().find(|placed| placed.person == bid.person).unwrap();
            prop_assert!(placed.fixed || placed.day < bid.fixed_from);
        }
        let mut people: Vec<u32> = schedule.placed.iter().map(|placed| placed.person).collect();
        people.sort_unstable();
        prop_assert!(people.windows(2).all(|pair| pair[0] < pair[1]), "one item each");
    }
}
