//! Reasons that the window after the last contact gives: `cadence`, `reopen`.

use chrono::{Days, NaiveDate};

use super::{Kind, Occurrence, Reason, State, Subject, Why};
use crate::note::person::Status;

/// The reasons of the window.
pub(super) fn reasons<'a>(s: &Subject<'a>) -> impl Iterator<Item = Reason<'a>> {
    cadence(s).into_iter().chain(reopen(s))
}

/// From `opens` until the tie is dormant; by `due`.
fn cadence<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
    let reach = &s.reach;
    if matches!(reach.state, State::Dormant | State::Closed) {
        return None;
    }
    let (opens, due) = (reach.opens?, reach.due?);
    let since = reach.last.or(reach.base).unwrap_or(s.today);
    Some(Reason {
        kind: Kind::Cadence,
        appears: opens,
        until: reach.dormant_from.and_then(|day| day.checked_sub_days(Days::new(1))),
        due,
        day: None,
        fixed: None,
        occurrence: occurrence(s),
        since,
        span: span(s, since),
        why: Why::Window {
            last: reach.last,
            window: reach.window,
            by_hand: reach.by_hand,
            touched: reach.touched,
            unanswered: reach.unanswered,
        },
    })
}

/// A dormant tie, from the day it is, or after a skip from the day a new window opens;
/// and one that was paused until a day that has come.
fn reopen<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
    let reach = &s.reach;
    let paused = s.person.status == Status::Paused;
    let skipped_until = match (reach.base, reach.last, reach.window) {
        (Some(base), Some(last), Some(window)) if base > last => Some(window.opens(base)),
        _ => None,
    };
    // A contact after the pause is what the re-opening was for.
    let over = |day: &NaiveDate| *day <= s.today && reach.last.is_none_or(|last| last < *day);
    let from = if paused { s.person.snooze.filter(over)? } else { reach.dormant_from? };
    let appears = skipped_until.map_or(from, |day| day.max(from));
    let since = reach.last.unwrap_or(from);
    // Nothing presses after so long a silence: like somebody new they are due at the horizon's end.
    let horizon = s.today.checked_add_days(Days::new(super::HORIZON - 1))?;
    Some(Reason {
        kind: Kind::Reopen,
        appears,
        until: None,
        due: appears.max(horizon),
        day: None,
        fixed: None,
        occurrence: occurrence(s),
        since,
        span: span(s, since),
        why: Why::Reopen { last: reach.last, paused },
    })
}

/// A window's occurrence is what it is counted from: the last contact or skip.
fn occurrence<'a>(s: &Subject<'a>) -> Occurrence<'a> {
    s.reach.base.map_or(Occurrence::New, Occurrence::Day)
}

/// How many days the window is long, as the measure of a silence.
fn span(s: &Subject<'_>, since: NaiveDate) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
    s.reach.window.map_or(365.0, |window| ((window.due(since) - since).num_days() as f64).max(1.0))
}
