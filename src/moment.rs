//! Which day a daily note's path stands for.
//!
//! Knows the tokens of moment.js as Obsidian's daily notes use them (`YYYY-MM-DD`,
//! `YYYY/MM/DD`, `GGGG-[W]WW-E`), with English and Japanese names; leaves where the
//! format is set, and which notes are asked about, to others.

mod token;
mod told;

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use regex::{Captures, Regex};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::problem::FormatFault;
use crate::text::without_md;

use token::{Field, components, fields, is_left_open, pattern};
use told::{Told, tells_day};

/// What daily notes are called where nobody said otherwise.
const DEFAULT: &str = "YYYY-MM-DD";

/// Longer formats are refused.
const LONGEST: usize = 200;

/// In a name with more would-be dates than this the rest is not looked at.
const MOST_TRIES: usize = 64;

/// A daily-note format, ready to read paths with.
#[derive(Debug, Clone)]
pub struct DailyFormat {
    /// The part that carries the date: the format's last component where it tells the day, else all of it.
    pattern: Regex,
    /// What its groups mean, in order.
    fields: Vec<Field>,
    /// Whether the folders are needed to tell the day.
    folders: bool,
}

impl DailyFormat {
    /// Takes the format of daily notes; an empty one is `YYYY-MM-DD`. Folders in the
    /// format are told apart by `/`, literal text by `[…]`. The folder that daily notes
    /// are kept in binds nothing: a note that was filed elsewhere still stands for its day.
    ///
    /// # Errors
    /// The part of the format that tells no day, or that no day can be told from all of it
    /// (a weekly format).
    pub fn new(format: &str) -> Result<Self, FormatFault> {
        let format: String = format.trim().trim_matches('/').nfc().collect();
        let format = if format.is_empty() { DEFAULT } else { without_md(&format) };
        if format.chars().nth(LONGEST).is_some() {
            return Err(FormatFault::TooLong);
        }
        let components = components(format)?;
        let last = components.last().map_or(&[][..], Vec::as_slice);
        let folders = !tells_day(&fields(last));
        if folders && !tells_day(&components.iter().flat_map(|parts| fields(parts)).collect::<Vec<_>>()) {
            return Err(FormatFault::NoDay);
        }
        let used = if folders { components.as_slice() } else { &components[components.len() - 1..] };
        let mut source = String::from("(?i)");
        if folders {
            source.push_str("(?:^|/)");
        }
        source.push_str(&used.iter().map(|parts| pattern(parts)).collect::<Vec<_>>().join("/"));
        if folders {
            source.push('$');
        }
        let pattern = Regex::new(&source).map_err(|_| FormatFault::TooLong)?;
        let fields = used.iter().flat_map(|parts| fields(parts)).collect();
        Ok(Self { pattern, fields, folders })
    }

    /// As [`DailyFormat::new`], for a format that was written for goen: a `[` that is never
    /// closed, which moment.js takes as it stands, is a slip there.
    ///
    /// # Errors
    /// As [`DailyFormat::new`].
    pub fn strict(format: &str) -> Result<Self, FormatFault> {
        if is_left_open(format) { Err(FormatFault::Unclosed) } else { Self::new(format) }
    }

    /// The date that a path carries (vault-relative, with `/`, with or without `.md`).
    ///
    /// The file's name may have more than the date in it (`定例 2026-09-14.md`), as long as
    /// no digit touches it; a format that needs its folders has to fit the end of the path.
    pub fn date_of(&self, path: &str) -> Option<NaiveDate> {
        self.find(&self.carrier(path)).map(|(date, _)| date)
    }

    /// Whether the path carries a date and the file's name is nothing else.
    pub fn is_exact(&self, path: &str) -> bool {
        // Every format has a number in it, and most names have none.
        if !path.bytes().any(|b| b.is_ascii_digit()) {
            return false;
        }
        let carrier = self.carrier(path);
        self.find(&carrier).is_some_and(|(_, range)| self.folders || range == (0..carrier.len()))
    }

    /// The part of the path that the pattern is held against, in NFC (macOS writes NFD).
    fn carrier<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let stem = without_md(path);
        let part = if self.folders { stem } else { stem.rsplit('/').next().unwrap_or(stem) };
        match is_nfc_quick(part.chars()) {
            IsNormalized::Yes => Cow::Borrowed(part),
            _ => Cow::Owned(part.nfc().collect()),
        }
    }

    /// The first place in `text` that is a date of this format and touches no other digit.
    fn find(&self, text: &str) -> Option<(NaiveDate, Range<usize>)> {
        // Every format has a number in it.
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let mut from = 0;
        for _ in 0..MOST_TRIES {
            let captures = self.pattern.captures_at(text, from)?;
            let range = captures.get(0)?.range();
            let free = self.folders
                || !text[..range.start].ends_with(|c: char| c.is_ascii_digit())
                    && !text[range.end..].starts_with(|c: char| c.is_ascii_digit());
            if free && let Some(date) = self.date(&captures) {
                return Some((date, range));
            }
            from = range.start + text[range.start..].chars().next()?.len_utf8();
        }
        None
    }

    /// The day that the numbers tell, if they agree and there is such a day.
    fn date(&self, captures: &Captures<'_>) -> Option<NaiveDate> {
        let mut told = Told::default();
        for (at, field) in self.fields.iter().enumerate() {
            told.take(*field, captures.get(at + 1)?.as_str())?;
        }
        told.date()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What `path` stands for under `format`, with `!` behind it where it is exact; `-` for nothing.
    fn check(format: &str, path: &str, expected: &str) {
        let daily = DailyFormat::new(format).unwrap();
        let exact = if daily.is_exact(path) { "!" } else { "" };
        let read = daily.date_of(path).map_or("-".to_owned(), |date| format!("{date}{exact}"));
        assert_eq!(read, expected, "{format} {path}");
    }

    #[test]
    fn names_that_are_or_carry_a_date() {
        for (path, expected) in [
            ("日記/2026-09-14.md", "2026-09-14!"),
            ("日記/2026-09-14", "2026-09-14!"),
            ("2026-09-14.MD", "2026-09-14!"),
            ("elsewhere/deep/2026-09-14.md", "2026-09-14!"),
            ("2026-09-14 1on1.md", "2026-09-14"),
            ("定例 2026-09-14.md", "2026-09-14"),
            ("定例2026-09-14会議.md", "2026-09-14"),
            ("2026-13-01 2026-09-14.md", "2026-09-14"),
            ("12026-09-14.md", "-"),
            ("2026-09-145.md", "-"),
            ("2026-02-30.md", "-"),
            ("2024-02-29.md", "2024-02-29!"),
            ("2026-9-14.md", "-"),
            ("2026-09-14/議事録.md", "-"),
            ("", "-"),
        ] {
            check("", path, expected);
            check("YYYY-MM-DD", path, expected);
            check("YYYY/MM/YYYY-MM-DD", path, expected);
        }
    }

    #[test]
    fn tokens() {
        for (format, path, expected) in [
            ("GGGG-[W]WW-E", "9999-W52-5", "9999-12-31!"),
            ("GGGG-[W]WW-E", "9999-W52-6", "-"),
            ("YYYY/MM/DD", "日記/2026/09/14.md", "2026-09-14!"),
            ("YYYY/MM/DD", "notes1/2026/09/14.md", "2026-09-14!"),
            ("YYYY/MM/DD", "2026/09/14.md", "2026-09-14!"),
            ("YYYY/MM/DD", "日記/2026/09/14 会議.md", "-"),
            ("YYYY/MM/DD", "日記/12026/09/14.md", "-"),
            ("YYYY/MM-DD", "x/2026/09-14.md", "2026-09-14!"),
            ("YYYYMMDD", "20260914_x.md", "2026-09-14"),
            ("YYYYMMDD", "202609141.md", "-"),
            ("YY-M-D", "26-9-4.md", "2026-09-04!"),
            ("YY-M-D", "69-12-31.md", "1969-12-31!"),
            ("YYYY年M月D日", "2026年9月14日.md", "2026-09-14!"),
            ("YYYY年MMMMDo", "2026年9月14日.md", "2026-09-14!"),
            ("YYYY年MoDo dddd", "2026年9月14日 月曜日.md", "2026-09-14!"),
            ("YYYY-MM-DD(ddd)", "2026-09-14(月).md", "2026-09-14!"),
            ("YYYY-MM-DD dd", "2026-09-14 Mo.md", "2026-09-14!"),
            ("dddd, MMMM Do YYYY", "Monday, September 14th 2026.md", "2026-09-14!"),
            ("MMM D, YYYY", "Sep 14, 2026.md", "2026-09-14!"),
            ("[日報] YYYY-MM-DD", "日報 2026-09-14.md", "2026-09-14!"),
            ("[Daily/]YYYY-MM-DD", "x/2026-09-14.md", "2026-09-14!"),
            ("YYYY-MM-DD", "が/2026-09-14.md", "2026-09-14!"),
            ("[が]YYYY-MM-DD", "か\u{3099}2026-09-14.md", "2026-09-14!"),
            ("YYYY-DDDD", "2026-257.md", "2026-09-14!"),
            ("YYYY-DDD", "2026-366.md", "-"),
            ("GGGG-[W]WW-E", "2026-W38-1.md", "2026-09-14!"),
            ("GGGG-[W]WW-E", "2026-W54-1.md", "-"),
            ("GGGG-[W]WW ddd", "2026-W38 月.md", "2026-09-14!"),
            ("gggg-[W]ww/YYYY-MM-DD", "2026-W38/2026-09-14.md", "2026-09-14!"),
            ("YYYY-MM-DD HHmm", "2026-09-14 0930.md", "2026-09-14!"),
            ("YYYY-MM-DD hh:mm A", "2026-09-14 09:30 AM.md", "2026-09-14!"),
            ("YYYY-[Q]Q-MM-DD", "2026-Q3-09-14.md", "2026-09-14!"),
            ("YYYY YYYY-MM-DD", "2025 2026-09-14.md", "-"),
            ("YYYY-MM-DD\\D", "2026-09-14D.md", "2026-09-14!"),
        ] {
            check(format, path, expected);
        }
    }

    #[test]
    fn formats_that_tell_no_day() {
        for format in ["gggg-[W]ww", "GGGG-[W]WW", "YYYY-MM", "dddd", "L", "x", "[YYYY-MM-DD]", "MM-DD"] {
            assert!(DailyFormat::new(format).is_err(), "{format}");
        }
        assert!(DailyFormat::new(&"Y".repeat(1 << 20)).is_err());
    }

    #[test]
    fn brackets_left_open() {
        for format in ["[日報 YYYY-MM-DD", "[a] YYYY-MM-DD [b", "YYYY-MM-DD["] {
            assert_eq!(DailyFormat::strict(format).err(), Some(FormatFault::Unclosed), "{format}");
        }
        // moment.js shows it as it stands, and so do the names of notes.
        check("[YYYY-MM-DD", "[2026-09-14.md", "2026-09-14!");
        for format in ["[日報] YYYY-MM-DD", r"\[YYYY-MM-DD", "[[]YYYY-MM-DD]", "YYYY-MM-DD]"] {
            assert!(DailyFormat::strict(format).is_ok(), "{format}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(format in ".{0,40}", tokens in "[YMDdWGgEQHhaL/\\[\\]\\\\ -]{0,30}", path in ".*") {
            for format in [format, tokens] {
                if let Ok(daily) = DailyFormat::new(&format) {
                    daily.date_of(&path);
                    daily.is_exact(&path);
                }
            }
        }
    }

    #[test]
    fn a_day_written_is_a_day_read() {
        for (format, spelled) in [
            ("YYYY-MM-DD", "%Y-%m-%d"),
            ("YYYY/MM/DD", "%Y/%m/%d"),
            ("YYYY-DDDD", "%Y-%j"),
            ("GGGG-[W]WW-E", "%G-W%V-%u"),
            ("MMMM D, YYYY", "%B %-d, %Y"),
        ] {
            let daily = DailyFormat::new(format).unwrap();
            for days in (400..3_652_000).step_by(997) {
                let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
                assert_eq!(daily.date_of(&format!("a/{}.md", date.format(spelled))), Some(date), "{format}");
            }
        }
    }
}
