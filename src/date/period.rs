//! Periods between two dates that may not be told to the day, alone or within a text.
//!
//! Knows their spellings and what days they cover; leaves whose period it is to the notes.

use std::ops::Range;

use chrono::NaiveDate;

use super::partial::Partial;
use super::reader::Folded;
use super::{DateError, DayFirst};
use crate::text::fold;

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

    pub(super) fn of(from: &str, to: &str, open: bool) -> Option<Self> {
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
    pub(super) fn parse(text: &str) -> Option<Self> {
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

pub(super) type Read = fn(&str) -> Option<Period>;

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
    use super::*;

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
}
