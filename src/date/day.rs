//! One civil day as people and their tools write it: where its spelling ends, and which day it is.
//!
//! Leaves days that are not told in full, periods and cadences to the files beside it.

use chrono::NaiveDate;

use super::reader::Folded;
use super::{DateError, DayFirst, WEEKDAYS, WEEKDAYS_JA, reader, spelling};

/// Reads a text that is a date and nothing else.
///
/// Blanks around it and a time of day, a time zone and a weekday behind it are
/// allowed; of a date-time it is the local date as written. Years are 1 to 9999,
/// western ones have four digits; an era's years go on after its end (平成35年).
/// The spellings are those of the vault's contract, in NFKC and any case.
///
/// # Errors
/// See [`DateError`]; which of two days is meant, `day_first` can say.
pub fn parse(text: &str, day_first: DayFirst) -> Result<NaiveDate, DateError> {
    let text = text.trim();
    match scan(text, day_first) {
        Some((date, end)) if rest(text, end).trim_start().is_empty() => date,
        _ => Err(DateError::NotADate),
    }
}

/// Reads a date at the start of a text: the date, and how many bytes of the text it covers.
///
/// Covered are blanks in front, the brackets of a wikilink, Markdown's emphasis
/// where it holds the date alone (`**2026-09-14**`, `**2026-09-14:**`; else only
/// its opening marks), time and weekday, but no blanks behind. Japanese text may
/// follow directly, and anything may follow a closing 日; a digit or an ASCII
/// letter may not.
///
/// # Errors
/// See [`DateError`].
pub fn prefix(text: &str, day_first: DayFirst) -> Result<(NaiveDate, usize), DateError> {
    // As nearly every line has it, with nothing around it.
    if let Some(date) = iso(text).filter(|_| ends_there(&text[10..])) {
        return Ok((date, 10));
    }
    let start = text.len() - text.trim_start().len();
    let mark = emphasis(rest(text, start));
    let inner = rest(text, start + mark.len());
    let (date, end) = scan(inner, day_first).ok_or(DateError::NotADate)?;
    let behind = rest(inner, end);
    let closing = [":", "：", ""]
        .iter()
        .find(|colon| !mark.is_empty() && behind.strip_prefix(**colon).is_some_and(|b| b.starts_with(mark)))
        .map_or(0, |colon| colon.len() + mark.len());
    Ok((date?, start + mark.len() + end + closing))
}

/// A date at the very start of `text`, real or not, and where it ends.
fn scan(text: &str, day_first: DayFirst) -> Option<(Result<NaiveDate, DateError>, usize)> {
    let first = text.chars().next()?;
    if first == '[' {
        let (target, end) = wikilink(text)?;
        let date = day_note(target, day_first)?;
        return Some((date, end + tail(rest(text, end))));
    }
    if first.is_ascii() && !first.is_ascii_alphanumeric() {
        return None;
    }
    if let Some(date) = iso(text)
        && ends_there(&text[10..])
    {
        return Some((Ok(date), 10));
    }
    if !may_hold_a_year(text) {
        return None;
    }
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    let date = spelling::date(&mut reader, day_first)?;
    Some((date, folded.offset(reader.pos())?))
}

/// A padded ISO date: the spelling nearly every note has, read without a copy.
pub(super) fn iso(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes().get(..10)?;
    let number = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
    };
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i32::try_from(number(0..4)?).ok().filter(|year| *year > 0)?;
    NaiveDate::from_ymd_opt(year, number(5..7)?, number(8..10)?)
}

/// Whether there is what every date has: a digit somewhere, or 年 behind kanji numbers.
fn may_hold_a_year(text: &str) -> bool {
    let is_sign = |c: char| c.is_numeric() || matches!(c, '年' | '\u{f98e}');
    let bytes = text.as_bytes();
    let start = &bytes[..bytes.len().min(reader::LONGEST)];
    if start.is_ascii() {
        return start.iter().any(u8::is_ascii_digit);
    }
    text.chars().take(reader::LONGEST).any(is_sign)
}

/// Whether a date surely ends before `behind`: neither time nor weekday can follow.
fn ends_there(behind: &str) -> bool {
    let Some(next) = behind.strip_prefix(' ') else { return behind.is_empty() };
    match next.strip_prefix('(') {
        Some(word) => {
            let is_weekday =
                |day: &&str| word.get(..3).is_some_and(|head| day[..3].eq_ignore_ascii_case(head));
            begins_japanese(word)
                || word.starts_with(|c: char| c.is_ascii_alphabetic())
                    && word.is_char_boundary(3)
                    && !WEEKDAYS.iter().any(is_weekday)
        }
        None => begins_japanese(next),
    }
}

/// Whether a text begins with a Japanese letter that names no weekday.
fn begins_japanese(text: &str) -> bool {
    text.starts_with(|c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | '一'..='龠') && !WEEKDAYS_JA.contains(&c))
}

/// The target of a wikilink at the start of `text`, and where the link ends.
fn wikilink(text: &str) -> Option<(&str, usize)> {
    // Longer targets are no days; the limit keeps this from reading a whole note.
    const LONGEST: usize = 512;
    let bytes = text.as_bytes();
    let window = &bytes[..bytes.len().min(LONGEST)];
    let close = window.windows(2).position(|pair| pair == b"]]")?;
    let inner = text.get(..close)?.strip_prefix("[[")?;
    let target = inner.split(['|', '#', '\n']).next()?;
    Some((target.trim(), close + 2))
}

/// The day a link's target names: as a whole, by its last part, or by its last three (`2026/09/14`).
fn day_note(target: &str, day_first: DayFirst) -> Option<Result<NaiveDate, DateError>> {
    let target = crate::text::without_md(target);
    let last = |parts: usize| target.rmatch_indices('/').nth(parts - 1).map(|(at, _)| &target[at + 1..]);
    [Some(target), last(1), last(3)].into_iter().flatten().find_map(|name| {
        let name = name.trim();
        if name.starts_with('[') {
            return None;
        }
        scan(name, day_first).filter(|(_, end)| rest(name, *end).is_empty()).map(|(date, _)| date)
    })
}

/// How many bytes of time and weekday follow a date that is complete.
fn tail(text: &str) -> usize {
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    spelling::tail(&mut reader);
    folded.offset(reader.pos()).unwrap_or(0)
}

/// The marks that open Markdown's emphasis at the start of `text`.
fn emphasis(text: &str) -> &str {
    ["***", "___", "**", "__", "*", "_"].into_iter().find(|mark| text.starts_with(mark)).unwrap_or("")
}

/// `text` from the byte `at` on; empty where there is none.
fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
