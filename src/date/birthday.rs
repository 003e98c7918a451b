//! Birthdays: days of a year that may not be known.
//!
//! Knows how people, phones and vCards write them and when one falls; leaves
//! what is said on the day to the planner.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::reader::{Folded, Reader};
use super::spelling::{counted, month_and_day, tail};
use super::{DateError, DayFirst, Partial};

/// A birthday. Shown as ISO and vCard write it: `1985-12-03`, `--12-03`, `1985-12`, `--12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Birthday {
    /// The year of birth, where it is known.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31; without a day it is shown in its month and never fixed.
    pub day: Option<u32>,
}

/// Years that tools write where none is known.
const NO_YEAR: [&str; 3] = ["0000", "1604", "1900"];

/// A leap year, so that every birthday is a day in it.
const LEAP: i32 = 2000;

impl Birthday {
    /// Reads a text that is a birthday: any date or date-time, a month and day
    /// (`12-03`, `--12-03`, `--1203`, `12月3日`, `December 3`), or a month
    /// (`1985-12`, `--12`, `12月`). The years 0000, 1604 and 1900 mean none.
    ///
    /// Without a year the month comes first, as in Japanese; `12/03` and `12.03` are
    /// the other way round where `day_first` says so, or where only that is a day.
    ///
    /// # Errors
    /// See [`DateError`].
    pub fn parse(text: &str, day_first: DayFirst) -> Result<Self, DateError> {
        if text.len() == 10
            && let Some(date) = super::iso(text)
            && !NO_YEAR.iter().any(|none| text.starts_with(none))
        {
            return Ok(date.into());
        }
        let folded = Folded::whole(text).ok_or(DateError::NotADate)?;
        if let Some(rest) = folded.after_any(&NO_YEAR) {
            let read = Partial::parse(&format!("{LEAP}{rest}"), day_first)?;
            return Self::of(read).map(|birthday| Self { year: None, ..birthday });
        }
        match Partial::parse(text, day_first) {
            Ok(read) => return Self::of(read),
            Err(DateError::NotADate) => {}
            Err(other) => return Err(other),
        }
        let mut start = folded.reader();
        start
            .attempt(|r| {
                let read = without_year(r, day_first)?;
                tail(r);
                r.at_end().then_some(read)
            })
            .unwrap_or(Err(DateError::NotADate))
    }

    fn of(read: Partial) -> Result<Self, DateError> {
        let month = read.month.ok_or(DateError::NotADate)?;
        Ok(Self { year: Some(read.year), month: month.into(), day: read.day.map(u32::from) })
    }

    /// The day it falls on in `year`; nothing without a day. 29 February is 28
    /// February in common years.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        let day = self.day?;
        NaiveDate::from_ymd_opt(year, self.month, day)
            .or_else(|| NaiveDate::from_ymd_opt(year, 2, 28).filter(|_| (self.month, day) == (2, 29)))
    }
}

impl From<NaiveDate> for Birthday {
    fn from(date: NaiveDate) -> Self {
        Self { year: Some(date.year()), month: date.month(), day: Some(date.day()) }
    }
}

impl fmt::Display for Birthday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}", self.month)?,
            None => write!(f, "--{:02}", self.month)?,
        }
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// A month and a day, or a month.
fn without_year(r: &mut Reader<'_>, day_first: DayFirst) -> Option<Result<Birthday, DateError>> {
    if r.eat_word("--") {
        let number = r.digits(4)?;
        return match number.digits {
            4 => Some(month_day(number.value / 100, number.value % 100)),
            2 if r.eat('-') => Some(month_day(number.value, r.digits(2)?.value)),
            2 => Some(month_only(number.value)),
            _ => None,
        };
    }
    if let Some((month, day)) = r.attempt(month_and_day) {
        return Some(month_day(month, day));
    }
    if let Some(month) = r.attempt(|r| counted(r, '月')) {
        return match r.attempt(|r| counted(r, '日')) {
            Some(day) => Some(month_day(month, day)),
            None => Some(month_only(month)),
        };
    }
    let first = r.digits(2)?.value;
    let sep = r.one_of("-/.")?;
    let second = r.digits(2)?.value;
    let (here, turned) = (month_day(first, second), month_day(second, first));
    let turn = sep != '-' && turned.is_ok() && (here.is_err() || day_first == DayFirst::Yes);
    Some(if turn { turned } else { here })
}

fn month_day(month: u32, day: u32) -> Result<Birthday, DateError> {
    NaiveDate::from_ymd_opt(LEAP, month, day).ok_or(DateError::Impossible)?;
    Ok(Birthday { year: None, month, day: Some(day) })
}

fn month_only(month: u32) -> Result<Birthday, DateError> {
    let real = (1..=12).contains(&month);
    if real { Ok(Birthday { year: None, month, day: None }) } else { Err(DateError::Impossible) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(read: Result<Birthday, DateError>) -> String {
        match read {
            Ok(birthday) => birthday.to_string(),
            Err(DateError::NotADate) => "-".into(),
            Err(DateError::Ambiguous) => "?".into(),
            Err(DateError::Impossible) => "x".into(),
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(word(Birthday::parse(text, DayFirst::Ask)), expected, "{text}");
    }

    #[test]
    fn spellings() {
        for (text, expected) in [
            ("1985-12-03", "1985-12-03"),
            ("1985/12/3", "1985-12-03"),
            ("19851203", "1985-12-03"),
            ("19851203T000000Z", "1985-12-03"),
            ("1985-12-03T00:00:00Z", "1985-12-03"),
            ("昭和60年12月3日", "1985-12-03"),
            ("S60.12.3", "1985-12-03"),
            ("3 December 1985", "1985-12-03"),
            ("December 3, 1985", "1985-12-03"),
            ("[[1985-12-03]]", "1985-12-03"),
            ("12-03", "--12-03"),
            ("--12-03", "--12-03"),
            ("--1203", "--12-03"),
            ("--1203T000000Z", "--12-03"),
            ("12/03", "--12-03"),
            ("12/3", "--12-03"),
            ("12.3", "--12-03"),
            ("25/12", "--12-25"),
            ("12月3日", "--12-03"),
            ("１２月３日", "--12-03"),
            ("十二月三日", "--12-03"),
            ("December 3", "--12-03"),
            ("Dec 3rd", "--12-03"),
            ("3 December", "--12-03"),
            ("--02-29", "--02-29"),
            ("2月29日", "--02-29"),
            ("1985-12", "1985-12"),
            ("1985年12月", "1985-12"),
            ("昭和60年12月", "1985-12"),
            ("December 1985", "1985-12"),
            ("--12", "--12"),
            ("12月", "--12"),
            ("1604-12-03", "--12-03"),
            ("1604-02-29", "--02-29"),
            ("1900-12-03", "--12-03"),
            ("1900-02-29", "--02-29"),
            ("0000-12-03", "--12-03"),
            ("16040415", "--04-15"),
            ("1604-12-03T00:00:00Z", "--12-03"),
            ("1604-12", "--12"),
            ("02-30", "x"),
            ("13-01", "x"),
            ("--1301", "x"),
            ("--13", "x"),
            ("1985-02-29", "x"),
            ("13月", "x"),
            ("03/12/1985", "?"),
            ("", "-"),
            ("1985", "-"),
            ("1604", "-"),
            ("--", "-"),
            ("12", "-"),
            ("12-03 x", "-"),
            ("--120", "-"),
            ("soon", "-"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn day_first_turns_only_what_may_be_turned() {
        for (text, expected) in
            [("03/12", "--12-03"), ("03.12", "--12-03"), ("03-12", "--03-12"), ("12/25", "--12-25")]
        {
            assert_eq!(word(Birthday::parse(text, DayFirst::Yes)), expected, "{text}");
        }
    }

    #[test]
    fn the_day_in_a_year() {
        let on = |text: &str, year| {
            Birthday::parse(text, DayFirst::Ask).unwrap().in_year(year).map(|d| d.to_string())
        };
        assert_eq!(on("--02-29", 2024).as_deref(), Some("2024-02-29"));
        assert_eq!(on("--02-29", 2026).as_deref(), Some("2026-02-28"));
        assert_eq!(on("1985-12-03", 2026).as_deref(), Some("2026-12-03"));
        assert_eq!(on("1985-12", 2026), None);
        assert_eq!(Birthday { year: None, month: 13, day: Some(40) }.in_year(2026), None);
        assert_eq!(on("12-03", i32::MAX), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(year in proptest::option::of(1905..2200i32), month in 1..=12u32, day in proptest::option::of(1..=28u32)) {
            let birthday = Birthday { year, month, day };
            prop_assert_eq!(Birthday::parse(&birthday.to_string(), DayFirst::Ask), Ok(birthday));
        }
    }
}
