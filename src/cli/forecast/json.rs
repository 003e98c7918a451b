//! The forecast as JSON.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::plan::forecast::{Change, Forecast};
use crate::text::NotePath;

#[derive(Serialize)]
pub(super) struct View<'a> {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) people: usize,
    pub(super) sustained: usize,
    pub(super) entered: usize,
    pub(super) outside: usize,
    pub(super) weeks: Vec<WeekView>,
    pub(super) slipping: Vec<SlipView<'a>>,
    pub(super) in_time_from: Option<NaiveDate>,
    pub(super) changes: Vec<ChangeView<'a>>,
}

#[derive(Serialize)]
pub(super) struct WeekView {
    pub(super) from: NaiveDate,
    pub(super) demand: f64,
    pub(super) capacity: f64,
    pub(super) planned: f64,
    pub(super) overflow: f64,
    pub(super) reasons: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
pub(super) struct SlipView<'a> {
    path: &'a str,
    pub(super) name: &'a str,
    pub(super) days: i64,
}

#[derive(Serialize)]
pub(super) struct Step {
    pub(super) from: f64,
    pub(super) to: f64,
}

/// All have a `kind` and say whether they were `tried`.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum ChangeView<'a> {
    PerWeek { from: f64, to: f64, per_day: Option<Step>, tried: bool },
    PerDay { from: f64, to: f64, tried: bool },
    Tier { tier: &'a str, to_tier: &'a str, people: usize, paths: Vec<&'a str>, tried: bool },
}

/// Sums of energies, without the noise of adding.
pub(super) fn rounded(energy: f64) -> f64 {
    (energy * 100.0).round() / 100.0
}

pub(super) fn view(found: &Forecast) -> View<'_> {
    View {
        from: found.from,
        to: found.to,
        people: found.people,
        sustained: found.sustained,
        entered: found.entered,
        outside: found.outside,
        weeks: found
            .weeks
            .iter()
            .map(|week| WeekView {
                from: week.from,
                demand: rounded(week.demand),
                capacity: rounded(week.capacity),
                planned: rounded(week.planned),
                overflow: rounded(week.overflow()),
                reasons: week.reasons.iter().map(|(kind, n)| (kind.word(), *n)).collect(),
            })
            .collect(),
        slipping: found
            .slipping
            .iter()
            .map(|slip| SlipView { path: slip.path.as_str(), name: &slip.name, days: slip.days })
            .collect(),
        in_time_from: found.in_time_from,
        changes: found.changes.iter().map(|change| change_view(change, found.tried)).collect(),
    }
}

fn change_view(change: &Change, tried: bool) -> ChangeView<'_> {
    match change {
        Change::Week { per_week: (from, to), per_day } => {
            let per_day = per_day.map(|(from, to)| Step { from, to });
            ChangeView::PerWeek { from: *from, to: *to, per_day, tried }
        }
        Change::Day { per_day: (from, to) } => ChangeView::PerDay { from: *from, to: *to, tried },
        Change::Move { from, to, people } => ChangeView::Tier {
            tier: from,
            to_tier: to,
            people: people.len(),
            paths: people.iter().map(NotePath::as_str).collect(),
            tried,
        },
    }
}
