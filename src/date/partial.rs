//! Dates that are not told to the day, and the periods between two of them.
//!
//! Knows their spellings and what days they cover; leaves whose period it is to
//! the notes.

use std::fmt;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::reader::{Folded, Reader};
use super::spelling::{month_name, western, year_first};
use super::{DateError, DayFirst};
use crate::text::fold;

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

/// A span of days, both ends inclusive; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// Begins with its first day.
    pub from: Option<Partial>,
    /// Ends with its last day.
    pub to: Option<Partial>,
}

/// What stands between the ends of a period; longer ones before their parts.
const BETWEEN: [&str; 11] = ["...", "..", "…", "‥", "~", "〜", "～", "–", "—", " - ", "-"];

/// What stands for "still".
const STILL: [&str; 6] = ["現在", "今", "今も", "present", "now", "current"];

/// In a text longer than this the rest is not searched for a period.
const SEARCHED: usize = 400;

impl Period {
    /// Reads a text that is a period: `2019-04..2024-03`, `2024-04..`, `..2024-03`,
    /// `2019年4月〜現在`, `Apr 2019 - Mar 2024`, `2019-2024`.
    ///
    /// Nothing where it is none, where both ends are open, or where it ends before it begins.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ends_in(text).filter(|period| period.is_forward())
    }

    /// Reads a text whose ends are those of a period, and which ends before it begins: `2019-03..2015-04`.
    pub fn parse_backward(text: &str) -> Option<Self> {
        let is_one = |text: &str| Partial::parse(text, DayFirst::Ask) != Err(DateError::NotADate);
        Self::ends_in(text).filter(|period| !period.is_forward() && !is_one(text.trim()))
    }

    /// Whether it begins before it ends, as far as it is known.
    pub fn is_forward(self) -> bool {
        self.from.zip(self.to).is_none_or(|(from, to)| from.first_day() <= to.last_day())
    }

    /// One that may end before it begins; a forward one rather than another.
    fn ends_in(text: &str) -> Option<Self> {
        Folded::whole(text)?;
        let text = text.trim();
        let mut backward = None;
        let forward = BETWEEN.iter().find_map(|between| {
            // A hyphen is part of dates as well: with one, both ends have to be told.
            let open = !between.contains('-');
            let mut all = text
                .match_indices(between)
                .filter_map(|(at, _)| Self::of(&text[..at], &text[at + between.len()..], open));
            all.find(|period| {
                let is_forward = period.is_forward();
                backward = backward.or(Some(*period).filter(|_| !is_forward));
                is_forward
            })
        });
        forward.or(backward)
    }

    fn of(from: &str, to: &str, open: bool) -> Option<Self> {
        let from = End::parse(from).filter(|end| open || *end != End::Open)?.told();
        let to = match STILL.contains(&fold(to).as_ref()) {
            true => None,
            false => End::parse(to).filter(|end| open || *end != End::Open)?.told(),
        };
        let told = from.is_some() || to.is_some();
        told.then_some(Self { from, to })
    }

    /// Whether the day lies in it.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from.first_day() <= date)
            && self.to.is_none_or(|to| date <= to.last_day())
    }

    /// Whether a day lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        let before =
            |a: Self, b: Self| a.to.zip(b.from).is_some_and(|(to, from)| to.last_day() < from.first_day());
        !before(self, other) && !before(other, self)
    }
}

/// One end of a period as it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Told(Partial),
}

impl End {
    fn parse(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::Open);
        }
        Partial::parse(text, DayFirst::Ask).ok().map(Self::Told)
    }

    fn told(self) -> Option<Partial> {
        match self {
            Self::Open => None,
            Self::Told(partial) => Some(partial),
        }
    }
}

/// Finds the first period that stands in a text as a word between blanks (or as a few
/// words, `2019-04 - 2024-03`), or alone in parentheses: where it stands, parentheses
/// included, and the period.
///
/// `[[株式会社ミナト]] 2019-04..2024-03 開発部長` has one. Only the first
/// 400 characters are searched.
pub fn find_period(text: &str) -> Option<(Range<usize>, Period)> {
    find_in(text, Period::parse)
}

/// Finds a period that ends before it begins, as [`find_period`] does.
pub fn find_backward_period(text: &str) -> Option<Range<usize>> {
    find_in(text, Period::parse_backward).map(|(range, _)| range)
}

type Read = fn(&str) -> Option<Period>;

fn find_in(text: &str, read: Read) -> Option<(Range<usize>, Period)> {
    let searched = text.char_indices().nth(SEARCHED).map_or(text, |(cut, _)| &text[..cut]);
    in_parentheses(searched, read).or_else(|| among_words(searched, read))
}

fn in_parentheses(text: &str, read: Read) -> Option<(Range<usize>, Period)> {
    text.match_indices(['(', '（']).find_map(|(open, mark)| {
        let inner = &text[open + mark.len()..];
        let (length, close) = inner.match_indices([')', '）']).next()?;
        let period = read(&inner[..length])?;
        Some((open..open + mark.len() + length + close.len(), period))
    })
}

fn among_words(text: &str, read: Read) -> Option<(Range<usize>, Period)> {
    /// `Apr 2019 - Mar 2024`
    const MOST: usize = 5;
    let words: Vec<Range<usize>> = text
        .split_whitespace()
        .map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            start..start + word.len()
        })
        .collect();
    (0..words.len()).find_map(|first| {
        let window = &words[first..words.len().min(first + MOST)];
        (0..window.len()).rev().find_map(|last| {
            let range = window[0].start..window[last].end;
            let part = &text[range.clone()];
            // What goes over several words needs both its ends: `.. 2019` is somebody's dots.
            let open = BETWEEN.iter().any(|between| part.starts_with(between) || part.ends_with(between));
            let period = if last > 0 && open { None } else { read(part) };
            Some((range, period?))
        })
    })
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

    fn shown(period: Period) -> String {
        let end = |partial: Option<Partial>| partial.map_or(String::new(), |p| p.to_string());
        format!("{}..{}", end(period.from), end(period.to))
    }

    #[test]
    fn periods() {
        for (text, expected) in [
            ("2019-04..2024-03", "2019-04..2024-03"),
            ("2019-04 .. 2024-03", "2019-04..2024-03"),
            ("2019-04...2024-03", "2019-04..2024-03"),
            ("2019-04…2024-03", "2019-04..2024-03"),
            ("2019-04~2024-03", "2019-04..2024-03"),
            ("2019年4月〜2024年3月", "2019-04..2024-03"),
            ("2019年4月～2024年3月", "2019-04..2024-03"),
            ("平成31年4月〜令和6年3月", "2019-04..2024-03"),
            ("Apr 2019 – Mar 2024", "2019-04..2024-03"),
            ("2019-04—2024-03", "2019-04..2024-03"),
            ("2019-04 - 2024-03", "2019-04..2024-03"),
            ("2019-04-2024-03", "2019-04..2024-03"),
            ("2019-2024", "2019..2024"),
            ("2024-04..", "2024-04.."),
            ("2024-04〜", "2024-04.."),
            ("..2024-03", "..2024-03"),
            ("〜2024年3月", "..2024-03"),
            ("2024-04〜現在", "2024-04.."),
            ("2024-04 - Present", "2024-04.."),
            ("2024-04..now", "2024-04.."),
            ("2024-04～今", "2024-04.."),
            ("2026-08-01..2026-08-01", "2026-08-01..2026-08-01"),
        ] {
            assert_eq!(Period::parse(text).map(shown).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "..",
            "~",
            "2019",
            "2019-04",
            "2019-04-01",
            "2024-",
            "- 2024",
            "..現在",
            "2024-03..2019-04",
            "a..b",
            "2019-04..x",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_of_periods() {
        let period = |text: &str| Period::parse(text).unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (text, date, inside) in [
            ("2019-04..2024-03", "2019-03-31", false),
            ("2019-04..2024-03", "2019-04-01", true),
            ("2019-04..2024-03", "2024-03-31", true),
            ("2019-04..2024-03", "2024-04-01", false),
            ("2024-04..", "9999-12-31", true),
            ("..2024", "2025-01-01", false),
        ] {
            assert_eq!(period(text).contains(day(date)), inside, "{text} {date}");
        }
        for (a, b, both) in [
            ("2019..2020", "2020..2021", true),
            ("2019..2020", "2021..2022", false),
            ("..2020", "2021..", false),
            ("..2020", "2020-12-31..", true),
            ("2019..", "2025..", true),
        ] {
            assert_eq!(
                (period(a).overlaps(period(b)), period(b).overlaps(period(a))),
                (both, both),
                "{a} {b}"
            );
        }
    }

    #[test]
    fn periods_in_texts() {
        for (text, covered) in [
            ("[[株式会社ミナト]] 2019-04..2024-03 開発部長", "2019-04..2024-03"),
            ("[[株式会社ミナト]] 2024-04.. 部長", "2024-04.."),
            ("ミナト　2019年4月〜2024年3月　部長", "2019年4月〜2024年3月"),
            ("Minato Apr 2019 - Mar 2024 CTO", "Apr 2019 - Mar 2024"),
            ("ミナト 2019-04 - 現在 部長", "2019-04 - 現在"),
            ("ミナト（2019-04〜2024-03）部長", "（2019-04〜2024-03）"),
            ("2019..2024", "2019..2024"),
        ] {
            let (range, _) = find_period(text).expect(text);
            assert_eq!(&text[range], covered, "{text}");
        }
        for text in
            ["", "ミナト", "ミナト 2019", "[[A-B]] 03-1234-5678", "待って .. 2019 年", "[[2019..2024]]"]
        {
            assert_eq!(find_period(text), None, "{text}");
        }
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
