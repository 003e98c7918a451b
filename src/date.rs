//! The spellings of dates: civil days as people and their tools write them.
//!
//! Knows how a day, a month, a period, a birthday and a cadence are written in
//! Japanese and English, and the little calendar arithmetic these need. Leaves
//! to others what day it is (there is no clock here), where in a note a date
//! stands, and which notes have one. Every text may be hostile: no more than its
//! first hundred-odd characters are looked at, and nothing panics.

mod birthday;
mod day;
mod era;
mod like;
mod partial;
mod period;
mod phrase;
mod reader;
mod spelling;
mod stretch;
mod window;

use chrono::{Datelike, Days, NaiveDate};

pub use birthday::Birthday;
use day::iso;
pub use day::{parse, prefix};
pub use like::{like, weekday_like};
pub use partial::Partial;
pub use period::{Period, find_backward_period, find_period};
pub use phrase::{Towards, phrase};
pub use stretch::Stretch;
pub use window::Window;

/// How `04/05/2026` is read: `[dates] day_first` in `goen.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DayFirst {
    /// Not said: what could be two days is [`DateError::Ambiguous`].
    #[default]
    Ask,
    /// 4 May.
    Yes,
    /// 5 April.
    No,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum DateError {
    /// It does not have the form of a date.
    #[error("not a date")]
    NotADate,
    /// It could be two days, and nothing says which.
    #[error("day or month first?")]
    Ambiguous,
    /// It has the form of a date, but there is no such day (`2026-02-30`).
    #[error("no such day")]
    Impossible,
}

/// English months, as the spellings and `moment` formats share them.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// English days of the week from Monday on.
pub(crate) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Japanese days of the week from Monday on.
pub(crate) const WEEKDAYS_JA: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];

/// The Monday of the ISO week that holds `date`.
pub fn iso_week_monday(date: NaiveDate) -> NaiveDate {
    let since = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {

    use super::*;

    #[test]
    fn mondays() {
        let monday = |text: &str| iso_week_monday(parse(text, DayFirst::Ask).unwrap()).to_string();
        assert_eq!(monday("2026-09-14"), "2026-09-14");
        assert_eq!(monday("2026-09-20"), "2026-09-14");
        assert_eq!(monday("2027-01-01"), "2026-12-28");
        let _ = iso_week_monday(NaiveDate::MIN);
    }
}
