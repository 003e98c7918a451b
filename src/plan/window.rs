//! Reasons that the time since the last contact gives: `cadence`, `drift`, `reopen`, and `touch`
//! where two messages stayed without an answer.
//!
//! A `cadence` that finds no room becomes a `touch` in the schedule; whether one may is said here.

use chrono::{Months, NaiveDate};

use super::reach::{Drift, half_of};
use super::{About, HORIZON, Kind, Occurrence, Reason, State, Subject, Talk, days_between, minus, plus};
use crate::index::{Contact, Source, same_place};
use crate::note::log::Marks;
use crate::note::person::Status;
use crate::text::fold;

/// Tiers whose posts one reacts to.
const TOUCHED: [&str; 2] = ["colleague", "project"];
/// After so many touches in a row the next is a message.
const TOUCHES: usize = 3;
/// Tiers whom one sees or hears …
const TALKED_TO: [&str; 2] = ["close", "senior"];
/// … if that is so many months ago.
const TALK_AFTER: Months = Months::new(3);

/// The reasons of the window.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    out.extend(cadence(s));
    out.extend(drift(s));
    out.extend(reopen(s));
    out.extend(touch(s));
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
        until: reach.dormant_from.map(|day| minus(day, 1)),
        due,
        day: None,
        fixed: None,
        occurrence: occurrence(s),
        since,
        span: span(s, since),
        about: About::Window,
    })
}

/// While the window has not opened, but the silence is longer than it usually is.
fn drift<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
    if s.reach.state != State::Fresh || s.reach.by_hand {
        return None;
    }
    let Drift { gap, from, to } = s.reach.drift(s.tie, s.config, s.today)?;
    let (last, opens) = (s.reach.last?, s.reach.opens?);
    let to = to.min(minus(opens, 1));
    if from > to || to < s.today || from >= plus(s.today, HORIZON) {
        return None;
    }
    let occurrence = Occurrence::Day(last);
    (!s.is_settled(Kind::Drift, &occurrence)).then(|| Reason {
        since: last,
        ..Reason::within(Kind::Drift, occurrence, (from, to), About::Drift { gap })
    })
}

/// A dormant tie, from the day it is, or after a skip from the day a new window opens;
/// and one that was paused until a day that has come.
pub(super) fn reopen<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
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
    Some(Reason {
        kind: Kind::Reopen,
        appears,
        until: None,
        // A dormant tie is late, and once a week the silence that has lasted longest is ended. A pause that
        // is over presses nobody: like somebody new they are due at the horizon's end.
        due: if paused { appears.max(plus(s.today, HORIZON - 1)) } else { appears },
        day: None,
        fixed: None,
        occurrence: occurrence(s),
        since,
        span: span(s, since),
        about: About::Reopen { paused },
    })
}

/// While two messages wait for an answer, when the window would have opened.
fn touch<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
    let reach = &s.reach;
    if matches!(reach.state, State::Dormant | State::Closed | State::New) || !may_touch(s) {
        return None;
    }
    let (appears, opens) = (reach.answered_opens?, reach.opens?);
    // One is enough where the window is long.
    if appears >= opens || reach.by_hand || reach.touches > 0 {
        return None;
    }
    let occurrence = Occurrence::Touch(reach.base, reach.touches);
    let since = reach.last.unwrap_or(appears);
    let about = About::Touch { unanswered: true };
    (!s.is_settled(Kind::Touch, &occurrence)).then(|| Reason {
        since,
        ..Reason::within(Kind::Touch, occurrence, (appears, minus(opens, 1)), about)
    })
}

/// The reason that a `cadence` becomes where there is no room for it.
pub(super) fn as_touch<'a>(s: &Subject<'a>, cadence: Reason<'a>) -> Reason<'a> {
    Reason {
        kind: Kind::Touch,
        occurrence: Occurrence::Touch(s.reach.base, s.reach.touches),
        about: About::Touch { unanswered: false },
        ..cadence
    }
}

/// Whether a light touch would do: for some tiers, not for a day set by hand, and not too often in
/// a row. One that moved no window is not asked for again at once, and what follows one that came late
/// is a message.
pub(super) fn may_touch(s: &Subject<'_>) -> bool {
    let reach = &s.reach;
    let is_again = |quiet: NaiveDate| quiet <= s.today && reach.due.is_none_or(|due| quiet <= due);
    s.tier().is_some_and(|tier| TOUCHED.contains(&tier))
        && reach.no_touch_until.is_none_or(is_again)
        && leaves_time(s)
        && !reach.by_hand
        && reach.last.is_some()
        && reach.touches < TOUCHES
}

/// Whether a touch today leaves time to find room for a message before the tie is dormant: as long as a
/// touch moves the window.
fn leaves_time(s: &Subject<'_>) -> bool {
    let reach = &s.reach;
    let (Some(base), Some(window), Some(dormant)) = (reach.base, reach.window, reach.dormant_from) else {
        return true;
    };
    plus(s.today, half_of(base, window.opens(base))) < dormant
}

/// How to see or hear each other again, where that is long ago.
pub(super) fn talk(s: &Subject<'_>, on: NaiveDate) -> Option<Talk> {
    if !s.tier().is_some_and(|tier| TALKED_TO.contains(&tier)) || s.reach.last.is_none() {
        return None;
    }
    let after = on.checked_sub_months(TALK_AFTER)?;
    let meeting = s.newest_first().find(|entry| entry.marks.has(Marks::MEETING)).map(|entry| entry.day);
    // Of a day that the front matter alone tells of nobody knows whether it was a call.
    let says_how = |day: NaiveDate| {
        s.person.log.iter().any(|entry| entry.day == day)
            || s.person.stated.iter().any(|stated| stated.day == day && stated.channel.is_some())
    };
    let may_have_met = |contact: &&Contact| {
        contact.at_event || (contact.source == Source::FrontMatter && !says_how(contact.day))
    };
    let together = s.tie.until(s.today).iter().rev().find(may_have_met).map(|c| c.day);
    if meeting.max(together).is_some_and(|last| last > after) {
        return None;
    }
    let here = s.ground.me.and_then(|(_, me)| me.location.as_deref());
    let is_near = s.person.location.as_deref().zip(here).is_some_and(|(a, b)| same_place(&fold(a), &fold(b)));
    Some(if is_near { Talk::InPerson } else { Talk::Video })
}

/// A window's occurrence is what it is counted from: the last contact or skip; that of a day set by
/// hand is the day.
fn occurrence<'a>(s: &Subject<'a>) -> Occurrence<'a> {
    let by_hand = s.person.next.filter(|_| s.reach.by_hand);
    by_hand.or(s.reach.base).map_or(Occurrence::New, Occurrence::Day)
}

/// How many days the window is long, as the measure of a silence.
fn span(s: &Subject<'_>, since: NaiveDate) -> f64 {
    s.reach.window.map_or(365.0, |window| days_between(since, window.due(since)))
}
