//! The forms of a full date, and of what may stand behind one.
//!
//! Knows the order of the parts, the eras and the names; leaves brackets,
//! emphasis and byte counts to the doors in `date.rs`.

use chrono::NaiveDate;

use super::era::ERAS;
use super::reader::Reader;
use super::{DateError, DayFirst, MONTHS, WEEKDAYS, WEEKDAYS_JA};

/// A date with the largest part first, as far as it goes.
pub(super) struct YearFirst {
    pub(super) year: i32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

/// A full date with its time and weekday, real or not; ends at a boundary.
pub(super) fn date(r: &mut Reader<'_>, day_first: DayFirst) -> Option<Result<NaiveDate, DateError>> {
    r.attempt(|r| {
        r.attempt(weekday_in_front);
        let date = r
            .attempt(numeric)
            .or_else(|| r.attempt(compact))
            .or_else(|| r.attempt(|r| year_last(r, day_first)))
            .or_else(|| r.attempt(named))?;
        let end = r.pos();
        tail(r);
        (r.pos() > end || r.bounded()).then_some(date)
    })
}

/// `Mon, 14 September 2026`
fn weekday_in_front(r: &mut Reader<'_>) -> Option<()> {
    r.name_of(&WEEKDAYS)?;
    r.one_of(".,");
    r.blanks().then_some(())
}

/// `2026-09-14`, `2026年9月14日`, `令和8年9月14日`, `R8.9.14`
fn numeric(r: &mut Reader<'_>) -> Option<Result<NaiveDate, DateError>> {
    let read = year_first(r)?;
    Some(real(read.year, read.month?, read.day?))
}

/// A year, and month and day where they follow in the same style.
pub(super) fn year_first(r: &mut Reader<'_>) -> Option<YearFirst> {
    let year = year(r)?;
    r.attempt(other_year);
    if r.attempt(|r| in_kanji(r, &['年'])).is_some() {
        r.attempt(other_year);
        let month = r.attempt(|r| counted(r, '月'));
        let day = month.and_then(|_| r.attempt(|r| counted(r, '日')));
        return Some(YearFirst { year, month, day });
    }
    let mut sep = None;
    let month = r.attempt(|r| {
        sep = r.one_of("-/.");
        sep?;
        r.digits(2)
    });
    let day = month.zip(sep).and_then(|(_, sep)| {
        r.attempt(|r| {
            r.need(sep)?;
            r.digits(2)
        })
    });
    Some(YearFirst { year, month: month.map(|n| n.value), day: day.map(|n| n.value) })
}

/// Blanks and one of `units`.
fn in_kanji(r: &mut Reader<'_>, units: &[char]) -> Option<()> {
    r.blanks();
    units.iter().any(|unit| r.eat(*unit)).then_some(())
}

/// A number before 月 or 日, with blanks around it.
pub(super) fn counted(r: &mut Reader<'_>, unit: char) -> Option<u32> {
    r.blanks();
    let number = r.small()?;
    in_kanji(r, &[unit])?;
    Some(number)
}

/// A western year of four digits from 1 on, or a year of an era.
fn year(r: &mut Reader<'_>) -> Option<i32> {
    if let Some(before) = r.attempt(era) {
        let number = if r.eat('元') { 1 } else { r.small()? };
        return i32::try_from(number).ok().filter(|n| *n > 0).map(|n| before + n);
    }
    let number = match r.digits(4) {
        Some(n) => (n.digits == 4).then_some(n.value)?,
        None => r.kanji().filter(|n| *n >= 1000)?,
    };
    i32::try_from(number).ok().filter(|n| *n > 0)
}

/// An era's name, or its letter directly before a number; the year before its first.
fn era(r: &mut Reader<'_>) -> Option<i32> {
    if let Some(era) = ERAS.iter().find(|era| r.eat_word(era.name)) {
        r.blanks();
        return Some(era.before);
    }
    let era = ERAS.iter().find(|era| r.eat(era.letter))?;
    r.peek().is_some_and(|c| c.is_ascii_digit() || c == '元').then_some(era.before)
}

/// The same year in the other count, as forms have it: `2026年（令和8年）9月14日`.
fn other_year(r: &mut Reader<'_>) -> Option<()> {
    r.blanks();
    r.need('(')?;
    year(r)?;
    in_kanji(r, &['年']);
    r.need(')')
}

/// `20260914`, only where it is a day from Meiji to 2200: other numbers have eight digits too.
fn compact(r: &mut Reader<'_>) -> Option<Result<NaiveDate, DateError>> {
    let number = r.digits(8).filter(|n| n.digits == 8)?.value;
    let year = i32::try_from(number / 10_000).ok().filter(|year| (1868..=2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, number / 100 % 100, number % 100).map(Ok)
}

/// `25/12/2026`, `14.09.2026`
fn year_last(r: &mut Reader<'_>, day_first: DayFirst) -> Option<Result<NaiveDate, DateError>> {
    let a = r.digits(2)?.value;
    let sep = r.one_of("-/.")?;
    let b = r.digits(2)?.value;
    r.need(sep)?;
    let year = western(r)?;
    let (days, months) = (NaiveDate::from_ymd_opt(year, b, a), NaiveDate::from_ymd_opt(year, a, b));
    Some(match (days, months, day_first) {
        (Some(d), Some(m), DayFirst::Ask) if d != m => Err(DateError::Ambiguous),
        (Some(d), _, DayFirst::Yes | DayFirst::Ask) | (Some(d), None, DayFirst::No) => Ok(d),
        (_, Some(m), _) => Ok(m),
        (None, None, _) => Err(DateError::Impossible),
    })
}

/// `September 14th, 2026`, `14 September 2026`, `14-Sep-2026`
fn named(r: &mut Reader<'_>) -> Option<Result<NaiveDate, DateError>> {
    let (month, day) = month_and_day(r)?;
    r.one_of(".,-");
    r.blanks();
    if matches!(r.last(), Some(c) if c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(real(western(r)?, month, day))
}

/// `December 3rd`, `3 Dec.`, `3rd of December`
pub(super) fn month_and_day(r: &mut Reader<'_>) -> Option<(u32, u32)> {
    if let Some(month) = r.attempt(month_name) {
        r.eat('.');
        r.blanks();
        return Some((month, ordinal(r)?));
    }
    let day = ordinal(r)?;
    r.one_of(".-");
    r.blanks();
    r.attempt(|r| (r.eat_word("of") && r.blanks()).then_some(()));
    Some((month_name(r)?, day))
}

/// An English month, at least three letters of it.
pub(super) fn month_name(r: &mut Reader<'_>) -> Option<u32> {
    r.name_of(&MONTHS).and_then(|at| u32::try_from(at + 1).ok())
}

/// `14`, `14th`
fn ordinal(r: &mut Reader<'_>) -> Option<u32> {
    let number = r.digits(2)?.value;
    let _ = ["st", "nd", "rd", "th"].iter().any(|ending| r.eat_word(ending));
    Some(number)
}

/// A western year of four digits.
pub(super) fn western(r: &mut Reader<'_>) -> Option<i32> {
    let number = r.digits(4).filter(|n| n.digits == 4)?;
    i32::try_from(number.value).ok().filter(|year| *year > 0)
}

fn real(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateError> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::Impossible)
}

/// Reads the time, zone and weekday behind a date, in either order, as far as there are any.
pub(super) fn tail(r: &mut Reader<'_>) {
    let time_first = r.attempt(time).is_some();
    r.attempt(weekday);
    if !time_first {
        r.attempt(time);
    }
}

/// A time of day with what belongs to it: `T10:00:00+09:00`, ` 10:00-11:00`, ` 午後3時半`.
fn time(r: &mut Reader<'_>) -> Option<()> {
    let closed = matches!(r.last(), Some('日' | ')'));
    let iso = r.eat('t');
    if !iso && !r.blanks() && !closed {
        return None;
    }
    clock(r, iso)?;
    r.attempt(until);
    r.attempt(zone);
    // 10:30に電話: a sentence that begins with a time.
    (r.bounded() && !(r.at_particle() && !iso && !closed)).then_some(())
}

fn clock(r: &mut Reader<'_>, iso: bool) -> Option<()> {
    if r.eat_word("午前") || r.eat_word("午後") {
        r.blanks();
    }
    let hour = r.digits(if iso { 6 } else { 2 })?;
    if hour.digits > 2 {
        return matches!(hour.digits, 4 | 6).then_some(());
    }
    if hour.value > 24 {
        return None;
    }
    if r.eat('時') {
        // 10時間 is a length.
        if r.peek() == Some('間') {
            return None;
        }
        if !r.eat('半') {
            r.attempt(|r| {
                r.digits(2)?;
                r.need('分')
            });
        }
        return Some(());
    }
    r.need(':')?;
    minutes(r)?;
    r.attempt(|r| {
        r.need(':')?;
        minutes(r)
    });
    r.attempt(|r| {
        r.one_of(".,")?;
        r.digits(9)
    });
    r.attempt(|r| {
        r.blanks();
        ["am", "pm", "a.m.", "p.m."].iter().any(|half| r.eat_word(half)).then_some(())
    });
    Some(())
}

fn minutes(r: &mut Reader<'_>) -> Option<()> {
    r.digits(2).filter(|n| n.digits == 2 && n.value <= 60).map(|_| ())
}

/// The other end of a span of time.
fn until(r: &mut Reader<'_>) -> Option<()> {
    r.blanks();
    r.one_of("-–~〜")?;
    r.blanks();
    clock(r, false)?;
    r.bounded().then_some(())
}

fn zone(r: &mut Reader<'_>) -> Option<()> {
    r.blanks();
    if r.one_of("+-").is_some() {
        let hours = r.digits(4)?;
        return match hours.digits {
            4 => Some(()),
            2 if r.eat(':') => minutes(r),
            2 => Some(()),
            _ => None,
        };
    }
    let letters: String = r.letters().iter().collect();
    matches!(letters.as_str(), "z" | "utc" | "gmt" | "jst").then_some(())
}

/// `(月)`, `（月・祝）`, `月曜日`, `(Mon)`, `Mon`, `Monday`
fn weekday(r: &mut Reader<'_>) -> Option<()> {
    let apart = r.eat(',') | r.blanks();
    if r.eat('(') {
        r.blanks();
        if r.one_of_days().is_some() {
            r.take_while(|c| "曜日・祝休振".contains(c));
        } else {
            r.name_of(&WEEKDAYS)?;
            r.eat('.');
        }
        r.blanks();
        return r.need(')');
    }
    if r.one_of_days().is_some() {
        if r.eat('曜') {
            r.eat('日');
            // 土曜に会った: a sentence that begins with a day.
            return (!apart || !r.at_particle()).then_some(());
        }
        // One character alone is a weekday only where it stands alone.
        return (apart && r.peek().is_none_or(char::is_whitespace)).then_some(());
    }
    r.name_of(&WEEKDAYS).filter(|_| apart)?;
    r.bounded().then_some(())
}

impl Reader<'_> {
    /// Whether a word goes on in hiragana.
    fn at_particle(&self) -> bool {
        self.peek().is_some_and(|c| matches!(c, 'ぁ'..='ん'))
    }

    fn one_of_days(&mut self) -> Option<char> {
        let c = self.peek().filter(|c| WEEKDAYS_JA.contains(c))?;
        self.eat(c);
        Some(c)
    }
}
