//! What the log tells of the greetings around a new year: what was sent, what came, and what was said not to
//! be sent.
//!
//! Leaves what follows from it to `winter` and `card`.

use chrono::NaiveDate;

use super::{POST, month_end, within};
use crate::config::Greeting;
use crate::note::keys;
use crate::note::log::{Entry, Marks};
use crate::plan::{Came, Kind, Occurrence, Subject};

/// So many earlier winters are looked at.
const WINTERS: i32 = 5;

/// The days in which a new year's greeting may have been sent, or have come.
pub(in crate::plan) fn around(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year - 1, 12, 1)?, NaiveDate::from_ymd_opt(year, 1, 31)?))
}

/// What the log tells of the new year's greetings of a year.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Exchanged {
    pub sent: bool,
    /// When it was said that none is sent.
    pub skipped: Option<NaiveDate>,
    /// When one came, and in which form.
    pub arrived: Option<(NaiveDate, Came)>,
}

impl Exchanged {
    /// Of those who share a card with somebody, what was sent to any and came from any.
    pub fn among(s: &Subject<'_>, others: &[Subject<'_>], year: i32) -> Option<Self> {
        let mut all = Self::of(s, year)?;
        for other in others {
            let found = Self::of(other, year)?;
            all.sent |= found.sent;
            all.skipped = all.skipped.max(found.skipped);
            all.arrived = [all.arrived, found.arrived].into_iter().flatten().min_by_key(|(day, _)| *day);
        }
        Some(all)
    }

    fn of(s: &Subject<'_>, year: i32) -> Option<Self> {
        let season = s.ground.seasons.iter().find(|season| season.rule.greeting == Greeting::NewYear)?;
        let occurrence = Occurrence::Season(&season.rule.name, year);
        // goen's own line is of what was done, whatever its words tell of what came before.
        let is_ours = |entry: &Entry| {
            let mut id = entry.id.iter();
            id.any(|id| occurrence.is(s, Kind::Season, id))
        };
        // A note that explains why there is no card may name it.
        let instead = [Greeting::MidWinter, Greeting::Bereaved].map(|greeting| s.ground.place(greeting));
        let is_instead = |entry: &Entry| instead.iter().flatten().any(|place| entry.greets.has(*place));
        let (from, to) = around(year)?;
        let mut found = Self::default();
        // The newest first: of what came the first remains, of what was skipped the last.
        for entry in within(s, from, to) {
            let is_skip = entry.marks.has(Marks::SKIP);
            // A skip of goen's may have no words.
            let is_of_it = entry.greets.has(season.place) || (is_skip && is_ours(entry));
            if !is_of_it {
                continue;
            }
            if entry.greets.has_come(season.place) && !is_ours(entry) {
                found.arrived = Some((entry.day, form(entry)));
            } else if is_skip {
                found.skipped = found.skipped.or(Some(entry.day));
            } else if !is_instead(entry) {
                found.sent = true;
            }
        }
        Some(found)
    }

    /// When one came that is still to be answered: what was not to be sent may be owed now.
    pub fn owed(self) -> Option<(NaiveDate, Came)> {
        self.arrived.filter(|(day, _)| !self.sent && self.skipped.is_none_or(|skipped| skipped < *day))
    }
}

/// In which form what came is told to have come.
fn form(entry: &Entry) -> Came {
    match entry.channel() {
        Some(channel) if keys::channel(channel) != POST => Came::Message,
        _ => Came::Card,
    }
}

/// Whether a new year's greeting of a year was sent, as the log tells.
pub(super) fn was_sent(s: &Subject<'_>, year: i32) -> bool {
    !s.person.log.is_empty() && Exchanged::of(s, year).is_some_and(|exchanged| exchanged.sent)
}

/// Whether a new year's greeting of a year came from somebody.
pub(super) fn has_arrived(s: &Subject<'_>, year: i32) -> bool {
    !s.person.log.is_empty() && Exchanged::of(s, year).is_some_and(|exchanged| exchanged.arrived.is_some())
}

/// So many winters in a row, up to the last, a greeting was sent and none came.
pub(super) fn unreturned(s: &Subject<'_>, others: &[Subject<'_>], year: i32) -> u8 {
    let any = |test: &dyn Fn(&Subject<'_>) -> bool| test(s) || others.iter().any(test);
    let is_silent = |winter: &i32| {
        any(&|s: &Subject<'_>| was_sent(s, *winter)) && !any(&|s: &Subject<'_>| has_heard(s, *winter))
    };
    let count = (1..=WINTERS).map(|ago| year - ago).take_while(is_silent).count();
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// Whether any greeting of a winter came, from their 喪中はがき to their 寒中見舞い.
fn has_heard(s: &Subject<'_>, year: i32) -> bool {
    let theirs = [Greeting::Bereaved, Greeting::NewYear, Greeting::MidWinter].map(|of| s.ground.place(of));
    let has_come = |entry: &Entry| theirs.iter().flatten().any(|place| entry.greets.has_come(*place));
    let days = NaiveDate::from_ymd_opt(year - 1, 11, 1).zip(month_end(year, 2));
    days.is_some_and(|(from, to)| within(s, from, to).any(has_come))
}
