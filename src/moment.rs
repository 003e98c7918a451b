//! Which day a daily note's path stands for.
//!
//! Knows the tokens of moment.js as Obsidian's daily notes use them (`YYYY-MM-DD`,
//! `YYYY/MM/DD`, `GGGG-[W]WW-E`), with English and Japanese names; leaves where the
//! format is set, and which notes are asked about, to others.

use std::borrow::Cow;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};
use regex::{Captures, Regex};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::date::{MONTHS, WEEKDAYS, WEEKDAYS_JA};
use crate::problem::FormatFault;
use crate::text::without_md;

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

/// What a token tells of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    DayOfYear,
    WeekYear,
    ShortWeekYear,
    Week,
    /// From 1, Monday.
    Weekday,
    WeekdayName,
    /// Something that does not tell the day, or in a way that depends on the locale.
    Other,
}

const D1: &str = "[0-9]{1,2}";
const D2: &str = "[0-9]{2}";
const D3: &str = "[0-9]{3}";
const D4: &str = "[0-9]{4}";
const DOY: &str = "[0-9]{1,3}";
const NTH: &str = "[0-9]{1,3}(?:st|nd|rd|th|月|日|週|番目)?";
const HALF: &str = "am|pm|午前|午後";
const ZONE: &str = "Z|[+-][0-9]{2}:?[0-9]{2}";
/// Stand for the names, which are written out when the pattern is built.
const MONTH: &str = "<month>";
const WEEKDAY: &str = "<weekday>";

/// The tokens; longer ones before their beginnings.
const TOKENS: [(&str, Field, &str); 54] = [
    ("YYYY", Field::Year, D4),
    ("YY", Field::ShortYear, D2),
    ("Y", Field::Year, "[0-9]{1,4}"),
    ("MMMM", Field::MonthName, MONTH),
    ("MMM", Field::MonthName, MONTH),
    ("MM", Field::Month, D2),
    ("Mo", Field::Month, NTH),
    ("M", Field::Month, D1),
    ("DDDD", Field::DayOfYear, D3),
    ("DDDo", Field::DayOfYear, NTH),
    ("DDD", Field::DayOfYear, DOY),
    ("DD", Field::Day, D2),
    ("Do", Field::Day, NTH),
    ("D", Field::Day, D1),
    ("dddd", Field::WeekdayName, WEEKDAY),
    ("ddd", Field::WeekdayName, WEEKDAY),
    ("dd", Field::WeekdayName, WEEKDAY),
    ("do", Field::Other, NTH),
    ("d", Field::Other, "[0-6]"),
    ("e", Field::Other, "[0-6]"),
    ("E", Field::Weekday, "[1-7]"),
    ("ww", Field::Other, D2),
    ("wo", Field::Other, NTH),
    ("w", Field::Other, D1),
    ("WW", Field::Week, D2),
    ("Wo", Field::Week, NTH),
    ("W", Field::Week, D1),
    ("gggg", Field::Other, D4),
    ("gg", Field::Other, D2),
    ("GGGG", Field::WeekYear, D4),
    ("GG", Field::ShortWeekYear, D2),
    ("Qo", Field::Other, NTH),
    ("Q", Field::Other, "[1-4]"),
    ("HH", Field::Other, D2),
    ("H", Field::Other, D1),
    ("hh", Field::Other, D2),
    ("h", Field::Other, D1),
    ("kk", Field::Other, D2),
    ("k", Field::Other, D1),
    ("mm", Field::Other, D2),
    ("m", Field::Other, D1),
    ("ss", Field::Other, D2),
    ("s", Field::Other, D1),
    ("SSS", Field::Other, D3),
    ("SS", Field::Other, D2),
    ("S", Field::Other, "[0-9]"),
    ("a", Field::Other, HALF),
    ("A", Field::Other, HALF),
    ("ZZ", Field::Other, ZONE),
    ("Z", Field::Other, ZONE),
    // Whole dates in the way of a locale, which a note's name does not tell.
    ("L", Field::Other, ""),
    ("l", Field::Other, ""),
    ("X", Field::Other, ""),
    ("x", Field::Other, ""),
];

/// A part of a format.
enum Part<'a> {
    Literal(&'a str),
    Token(Field, &'static str),
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

/// What has been read of a day so far.
#[derive(Default)]
struct Told {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    day_of_year: Option<u32>,
    week_year: Option<i32>,
    week: Option<u32>,
    weekday: Option<u32>,
    weekday_name: Option<u32>,
}

impl Told {
    /// Notes one field; nothing where it says otherwise than what was read before.
    fn take(&mut self, field: Field, text: &str) -> Option<()> {
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let number = digits.parse::<u32>().ok();
        let year = || number.and_then(|n| i32::try_from(n).ok()).filter(|n| *n > 0);
        // moment's pivot.
        let short =
            || number.and_then(|n| i32::try_from(n).ok()).map(|n| if n > 68 { 1900 + n } else { 2000 + n });
        match field {
            Field::Year => agree(&mut self.year, year()?),
            Field::ShortYear => agree(&mut self.year, short()?),
            Field::Month => agree(&mut self.month, number?),
            Field::MonthName => agree(&mut self.month, number.or_else(|| named(text, &MONTHS))?),
            Field::Day => agree(&mut self.day, number?),
            Field::DayOfYear => agree(&mut self.day_of_year, number?),
            Field::WeekYear => agree(&mut self.week_year, year()?),
            Field::ShortWeekYear => agree(&mut self.week_year, short()?),
            Field::Week => agree(&mut self.week, number?),
            Field::Weekday => agree(&mut self.weekday, number?),
            Field::WeekdayName => {
                self.weekday_name = weekday(text);
                Some(())
            }
            Field::Other => Some(()),
        }
    }

    /// The day: by the calendar, by the day of the year, or by the ISO week.
    fn date(&self) -> Option<NaiveDate> {
        let by_month = self.year.zip(self.month).zip(self.day);
        let by_year = self.year.zip(self.day_of_year).map(|(year, day)| NaiveDate::from_yo_opt(year, day));
        if let Some(((year, month), day)) = by_month {
            let date = NaiveDate::from_ymd_opt(year, month, day);
            return date.filter(|_| by_year.is_none_or(|other| other == date));
        }
        if let Some(date) = by_year {
            return date;
        }
        let weekday = self.weekday.or(self.weekday_name)?;
        let weekday = Weekday::try_from(u8::try_from(weekday).ok()?.checked_sub(1)?).ok()?;
        let date = NaiveDate::from_isoywd_opt(self.week_year?, self.week?, weekday);
        // The last week of 9999 goes on into the next year.
        date.filter(|date| date.year() <= 9999)
    }
}

fn agree<T: PartialEq + Copy>(slot: &mut Option<T>, value: T) -> Option<()> {
    (*slot.get_or_insert(value) == value).then_some(())
}

/// The number, from 1, of the name that `text` begins like.
fn named(text: &str, names: &[&str]) -> Option<u32> {
    let head = text.chars().take(3).collect::<String>().to_lowercase();
    let at = names.iter().position(|name| name.starts_with(&head))?;
    u32::try_from(at + 1).ok()
}

/// The number of a weekday's name, Monday is 1.
fn weekday(text: &str) -> Option<u32> {
    let japanese = WEEKDAYS_JA.iter().position(|c| text.starts_with(*c));
    japanese.and_then(|at| u32::try_from(at + 1).ok()).or_else(|| named(text, &WEEKDAYS))
}

/// Whether a day can be told from these fields.
fn tells_day(fields: &[Field]) -> bool {
    let any = |wanted: &[Field]| wanted.iter().any(|field| fields.contains(field));
    let year = any(&[Field::Year, Field::ShortYear]);
    let calendar = year && any(&[Field::Month, Field::MonthName]) && any(&[Field::Day]);
    let week = any(&[Field::WeekYear, Field::ShortWeekYear]) && any(&[Field::Week]);
    calendar || year && any(&[Field::DayOfYear]) || week && any(&[Field::Weekday, Field::WeekdayName])
}

/// The parts of a format, component by component.
fn components(format: &str) -> Result<Vec<Vec<Part<'_>>>, FormatFault> {
    let mut all = vec![Vec::new()];
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let (part, length) = part(rest, c)?;
        rest = &rest[length..];
        // A literal in brackets may hold folders too.
        let Part::Literal(text) = part else {
            push(&mut all, part);
            continue;
        };
        for (at, piece) in text.split('/').enumerate() {
            if at > 0 {
                all.push(Vec::new());
            }
            push(&mut all, Part::Literal(piece));
        }
    }
    Ok(all)
}

/// Whether a `[` is never closed.
fn is_left_open(format: &str) -> bool {
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let Ok((_, length)) = part(rest, c) else { return false };
        if c == '[' && length == 1 {
            return true;
        }
        rest = &rest[length..];
    }
    false
}

fn push<'a>(components: &mut [Vec<Part<'a>>], part: Part<'a>) {
    if let Some(last) = components.last_mut() {
        last.push(part);
    }
}

/// The part at the start of `rest`, whose first character is `c`, and its length in bytes.
fn part(rest: &str, c: char) -> Result<(Part<'_>, usize), FormatFault> {
    if c == '['
        && let Some(close) = rest.find(']')
    {
        return Ok((Part::Literal(&rest[1..close]), close + 1));
    }
    if c == '\\'
        && let Some(next) = rest.chars().nth(1)
    {
        return Ok((Part::Literal(&rest[1..1 + next.len_utf8()]), 1 + next.len_utf8()));
    }
    match TOKENS.iter().find(|(token, ..)| rest.starts_with(token)) {
        Some((token, _, "")) => Err(FormatFault::NoName(token)),
        Some((token, field, pattern)) => Ok((Part::Token(*field, pattern), token.len())),
        None => Ok((Part::Literal(&rest[..c.len_utf8()]), c.len_utf8())),
    }
}

fn fields(parts: &[Part<'_>]) -> Vec<Field> {
    let field = |part: &Part<'_>| match part {
        Part::Literal(_) => None,
        Part::Token(field, _) => Some(*field),
    };
    parts.iter().filter_map(field).collect()
}

/// The pattern of a component, a group for each token.
fn pattern(parts: &[Part<'_>]) -> String {
    let names = |names: &[&str]| {
        let all: Vec<String> = names.iter().map(|name| format!("{name}|{}", &name[..3])).collect();
        all.join("|")
    };
    let one = |part: &Part<'_>| match part {
        Part::Literal(text) => regex::escape(text),
        Part::Token(_, MONTH) => format!("({}|sept|[0-9]{{1,2}}月)", names(&MONTHS)),
        Part::Token(_, WEEKDAY) => {
            format!("({}|mo|tu|we|th|fr|sa|su|[月火水木金土日](?:曜日?)?)", names(&WEEKDAYS))
        }
        Part::Token(_, pattern) => format!("({pattern})"),
    };
    parts.iter().map(one).collect()
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
