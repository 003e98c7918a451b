//! What the schedule needs to know of a person's item. Most never get a day: what their items would
//! say is made only for those who do.

use chrono::NaiveDate;

use super::days::For;
use super::{Kind, Reason, Subject, minus, plus, reach, window};
use crate::config::Register;

/// What somebody's item is, on some days in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Phase {
    /// The strongest reason.
    pub kind: Kind,
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Of the most urgent reason: by when, since when silence counts, and how many days are its measure.
    pub due: NaiveDate,
    pub since: NaiveDate,
    pub span: f64,
    /// What it costs.
    pub cost: f64,
}

/// What a person's item asks of the schedule.
#[derive(Debug, Clone)]
pub(super) struct Bid {
    /// Whose it is, by the number among all people in the order of their notes.
    pub person: u32,
    /// How much the tie weighs.
    pub weight: f64,
    /// The tie is formal: not every day is free for it.
    pub formal: bool,
    /// A light touch would do where there is no room for its `cadence`.
    pub may_touch: bool,
    /// From this day on it waits outside the circle, but for what stands fixed or costs nothing.
    pub outside_from: Option<NaiveDate>,
    /// The day on which it stands whatever else there is, …
    pub fixed: Option<NaiveDate>,
    /// … what it costs then, …
    pub fixed_cost: f64,
    /// … and the day from which it stands nowhere else.
    pub fixed_from: NaiveDate,
    /// What it is before that, in the order of days.
    pub first: Option<Phase>,
    pub others: Box<[Phase]>,
}

impl Bid {
    /// What it is on a day, where it does not stand fixed by then.
    pub fn on(&self, day: NaiveDate) -> Option<&Phase> {
        self.phases().find(|phase| phase.from <= day && day <= phase.until)
    }

    /// What it is on all days, in their order.
    pub fn phases(&self) -> impl Iterator<Item = &Phase> {
        self.first.iter().chain(&self.others)
    }

    /// Whether there is a reason on a day.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.on(day).is_some() || self.fixed.is_some_and(|_| self.fixed_from <= day)
    }

    /// Whether its window goes by up to a day without room, where a touch would do.
    pub fn is_squeezed(&self, end: NaiveDate) -> bool {
        let window = self.phases().find(|phase| phase.kind == Kind::Cadence);
        self.may_touch && window.is_some_and(|window| window.due <= end)
    }

    /// For whom a day has to be free.
    pub fn whom(&self, kind: Kind) -> For {
        match (self.formal, kind) {
            (false, _) => For::Anybody,
            (true, Kind::Season) => For::Greeting,
            (true, _) => For::Formal,
        }
    }
}

/// What a person's reasons ask of the schedule, if there is one within the horizon.
pub(super) fn of(s: &Subject<'_>, person: u32, reasons: &[Reason<'_>]) -> Option<Bid> {
    if reasons.is_empty() {
        return None;
    }
    let fixed = fixed(s, reasons);
    let end = s.ground.end;
    let fixed_from = fixed.map_or_else(|| plus(end, 1), |(_, from)| from);
    let (first, others) = phases(s, reasons, fixed_from);
    let fixed_cost = fixed.map_or(0.0, |(day, _)| strongest(reasons, day).map_or(0.0, |r| s.cost(r)));
    if first.is_none() && fixed.is_none() {
        return None;
    }
    Some(Bid {
        person,
        weight: reach::weight(s.person, s.config),
        formal: reach::register(s.person, s.config) == Register::Formal,
        may_touch: window::may_touch(s),
        outside_from: s.outside_from(),
        fixed: fixed.map(|(day, _)| day),
        fixed_cost,
        fixed_from,
        first,
        others,
    })
}

/// The day on which a person's item stands fixed, and from when it stands nowhere else: from the
/// day a fixed reason appears, whatever names the item, its day must not pass.
pub(super) fn fixed(s: &Subject<'_>, reasons: &[Reason<'_>]) -> Option<(NaiveDate, NaiveDate)> {
    let fixed =
        reasons.iter().filter_map(|r| Some((r.fixed?.max(r.appears).max(s.today), r.appears.max(s.today))));
    let (day, _) = fixed.clone().min()?;
    let from = fixed.map(|(_, appears)| appears).min()?;
    Some((day, from))
}

/// The reason that names a person's item on a day.
pub(super) fn strongest<'r, 'a>(reasons: &'r [Reason<'a>], day: NaiveDate) -> Option<&'r Reason<'a>> {
    reasons.get(strongest_at(reasons, day)?)
}

/// The number of the reason that names a person's item on a day.
pub(super) fn strongest_at(reasons: &[Reason<'_>], day: NaiveDate) -> Option<usize> {
    let rank = |r: &Reason<'_>| (r.kind, r.fixed.is_none(), r.due);
    let on = reasons.iter().enumerate().filter(|(_, r)| r.is_on(day));
    let first =
        on.min_by(|(_, a), (_, b)| rank(a).cmp(&rank(b)).then_with(|| a.occurrence.order(&b.occurrence)));
    first.map(|(at, _)| at)
}

/// What the item is on the days before one.
fn phases(s: &Subject<'_>, reasons: &[Reason<'_>], before: NaiveDate) -> (Option<Phase>, Box<[Phase]>) {
    let last = minus(before, 1).min(s.ground.end);
    let begins = |r: &Reason<'_>| r.appears.max(s.today);
    let ends = |r: &Reason<'_>| r.until.unwrap_or(last).min(last);
    if let [only] = reasons {
        let (from, until) = (begins(only), ends(only));
        return ((from <= until).then(|| phase(s, only, only, (from, until))), Box::default());
    }
    let mut breaks: Vec<NaiveDate> = reasons.iter().flat_map(|r| [begins(r), plus(ends(r), 1)]).collect();
    breaks.sort_unstable();
    breaks.dedup();
    let mut phases = breaks.windows(2).filter_map(|pair| {
        let (from, until) = (pair[0], minus(pair[1], 1).min(last));
        let named = strongest(reasons, from)?;
        let urgent = reasons.iter().filter(|r| r.is_on(from)).min_by_key(|r| (r.due, r.kind))?;
        (from <= until).then(|| phase(s, named, urgent, (from, until)))
    });
    let first = phases.next();
    (first, phases.collect())
}

fn phase(
    s: &Subject<'_>,
    named: &Reason<'_>,
    urgent: &Reason<'_>,
    (from, until): (NaiveDate, NaiveDate),
) -> Phase {
    Phase {
        kind: named.kind,
        from,
        until,
        due: urgent.due,
        since: urgent.since,
        span: urgent.span,
        cost: s.cost(named),
    }
}
