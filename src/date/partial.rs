//! Dates that are not told to the day, and the periods between two of them.
//!
//! Knows their spellings and what days they cover; leaves whose period it is to
//! the notes.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::reader::{Folded, Reader};
use super::spelling::{month_name, western, year_first};
use super::{DateError, DayFirst};

/// A year, a month or a day. Shown as ISO writes it: `2019`, `2019-04`, `2019-04-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Partial {
    /// 1 to 9999 where it was read.
    pub year: i32,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; without a month it has no meaning.
    pub day: Option<u8>,
}

/// A padded ISO month, the spelling that most periods have, read without a copy.
fn iso_month(text: &str) -> Option<Partial> {
    let (year, month) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    let (year, month): (u32, u32) = (digits(year)?, digits(month)?);
    let year = i32::try_from(year).ok().filter(|year| *year > 0)?;
    (1..=12).contains(&month).then_some(Partial::new(year, Some(month), None))
}

impl Partial {
    /// Of a year and, where they are known, a month and a day.
    fn new(year: i32, month: Option<u32>, day: Option<u32>) -> Self {
        let small = |n: u32| u8::try_from(n).unwrap_or(u8::MAX);
        Self { year, month: month.map(small), day: day.map(small) }
    }

    /// Reads a text that is a year, a month or a full date: `2019`, `2019-04`,
    /// `2019年4月`, `令和元年`, `H31.4`, `Apr 2019`, `4/2019`.
    ///
    /// # Errors
    /// [`DateError::Impossible`] for a month beyond 12 or a day that is none;
    /// for the others see [`DateError`].
    pub fn parse(text: &str, day_first: DayFirst) -> Result<Self, DateError> {
        if let Some(month) = iso_month(text) {
            return Ok(month);
        }
        if text.len() == 10
            && let Some(date) = super::iso(text)
        {
            return Ok(date.into());
        }
        match super::parse(text, day_first) {
            Ok(date) => return Ok(date.into()),
            Err(DateError::NotADate) => {}
            Err(other) => return Err(other),
        }
        let folded = Folded::whole(text).ok_or(DateError::NotADate)?;
        let mut start = folded.reader();
        let read =
            start.attempt(in_order).or_else(|| start.attempt(month_in_front)).ok_or(DateError::NotADate)?;
        match read.month {
            Some(month) if !(1..=12).contains(&month) => Err(DateError::Impossible),
            _ => Ok(read),
        }
    }

    /// The first day it covers.
    pub fn first_day(self) -> NaiveDate {
        self.day_or(1, 1)
    }

    /// The last day it covers.
    pub fn last_day(self) -> NaiveDate {
        self.day_or(12, 31)
    }

    /// The day with what is missing filled in, and what is out of range brought into it.
    fn day_or(self, month: u8, day: u8) -> NaiveDate {
        let day = self.day.filter(|_| self.month.is_some()).unwrap_or(day);
        let month = u32::from(self.month.unwrap_or(month).clamp(1, 12));
        let day = u32::from(day.clamp(1, 31));
        let limit = if self.year < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        (0..4)
            .find_map(|less| NaiveDate::from_ymd_opt(self.year, month, day - less.min(day - 1)))
            .unwrap_or(limit)
    }
}

impl From<NaiveDate> for Partial {
    fn from(date: NaiveDate) -> Self {
        Self::new(date.year(), Some(date.month()), Some(date.day()))
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().map_while(|part| part) {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

/// `2019`, `2019年4月`, `R1.5`
fn in_order(r: &mut Reader<'_>) -> Option<Partial> {
    let read = year_first(r).filter(|read| read.day.is_none() && r.at_end())?;
    Some(Partial::new(read.year, read.month, None))
}

/// `Apr 2019`, `April, 2019`, `4/2019`
fn month_in_front(r: &mut Reader<'_>) -> Option<Partial> {
    let month = match r.attempt(month_name) {
        Some(month) => {
            r.one_of(".,");
            r.blanks();
            month
        }
        None => {
            let month = r.digits(2)?.value;
            r.one_of("/.")?;
            month
        }
    };
    let year = western(r)?;
    r.at_end().then_some(Partial::new(year, Some(month), None))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The partial date and its first and last day; `x` impossible, `-` none.
    fn check(text: &str, expected: &str) {
        let read = match Partial::parse(text, DayFirst::Ask) {
            Ok(partial) => format!("{partial} {} {}", partial.first_day(), partial.last_day()),
            Err(DateError::Impossible) => "x".into(),
            Err(DateError::Ambiguous) => "?".into(),
            Err(DateError::NotADate) => "-".into(),
        };
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn partial_dates() {
        for text in ["2019", "2019年", "令和元年", "平成31年", "H31", "二〇一九年", "２０１９"]
        {
            check(text, "2019 2019-01-01 2019-12-31");
        }
        for text in [
            "2019-04",
            "2019/4",
            "2019.4",
            "2019年4月",
            "平成31年4月",
            "H31.4",
            "Apr 2019",
            "April, 2019",
            "4/2019",
        ] {
            check(text, "2019-04 2019-04-01 2019-04-30");
        }
        for text in ["2019-04-01", "平成31年4月1日", "April 1, 2019", "[[2019-04-01]]"] {
            check(text, "2019-04-01 2019-04-01 2019-04-01");
        }
        check("2024-02", "2024-02 2024-02-01 2024-02-29");
        check("0001", "0001 0001-01-01 0001-12-31");
        for (text, expected) in [("2019-13", "x"), ("2019-02-30", "x"), ("04/05/2019", "?")] {
            check(text, expected);
        }
        for text in
            ["", "0000", "19", "201904", "12019", "2019-", "2019-4x", "4-2019", "なし", "R", "2019年度"]
        {
            check(text, "-");
        }
        let odd = Partial { year: i32::MAX, month: Some(99), day: Some(0) };
        assert!(odd.first_day() <= odd.last_day());
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(year in 1..=9999i32, month in proptest::option::of(1..=12u32), day in proptest::option::of(1..=28u32)) {
            let partial = Partial::new(year, month, month.and(day));
            prop_assert_eq!(Partial::parse(&partial.to_string(), DayFirst::Ask), Ok(partial));
            prop_assert!(partial.first_day() <= partial.last_day());
        }
    }
}
