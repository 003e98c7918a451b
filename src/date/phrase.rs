//! Days as people say them: 先週の金曜, 3日前, `in 3 weeks`, `20日`.
//!
//! Knows how the words for days near today are put together in Japanese and English,
//! and which day is meant; leaves full dates and lengths to their own readers, and
//! what day it is and which way a bare 金曜 is meant to whoever asks.

#[cfg(test)]
mod tests;
mod words;

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use super::reader::Folded;
use super::spelling::{counted, tail};
use super::{Birthday, DateError, DayFirst, Stretch, WEEKDAYS, WEEKDAYS_JA, iso_week_monday};
use words::{
    ABOUT, DAYS, EDGES, Edge, JOINTS, LEADS, LENGTHS, NEAR_EDGES, NUMBERS, SPANS, Unit, WAYS, find, meaning,
};

/// Which way a phrase without a direction of its own is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Towards {
    /// On or before today: of what happened.
    Past,
    /// On or after today: of what is to come.
    Future,
}

/// The day that a phrase means, seen from `today`.
///
/// A phrase that does not say which way (`11/20`, 20日, 金曜, `3w`, 月末) is the
/// nearest such day `towards`, today included; where `4/5` could be two days the
/// month is first. Weeks run from Monday to Sunday: 来週の月曜 is in the next one,
/// while `next friday` is the first Friday after today. 来週 and 来月 alone are
/// this weekday and this day of the month, or the last day there is in it. 年末 is
/// always this year's and 年始 the next one, and the end of a week is its Saturday.
///
/// # Errors
/// [`DateError::Ambiguous`] for a full date only; [`DateError::Impossible`] also
/// for a day outside the years 1 to 9999.
pub fn phrase(
    text: &str,
    today: NaiveDate,
    towards: Towards,
    day_first: DayFirst,
) -> Result<NaiveDate, DateError> {
    // As written first: a weekday behind a date may need the blank before it.
    let full = super::parse(text, day_first);
    if full != Err(DateError::NotADate) {
        return full;
    }
    let plain = plain(text).ok_or(DateError::NotADate)?;
    let bare = plain.strip_prefix("on ").unwrap_or(&plain);
    let bare = bare.strip_prefix("the ").unwrap_or(bare);
    let seen = Seen { today, towards, day_first };
    // 20日 is a day of the month before it is a length.
    let readings =
        [Seen::full, Seen::word, Seen::edge, Seen::on_weekday, Seen::in_span, Seen::yearless, Seen::away];
    let read = readings.iter().map(|read| read(seen, bare)).find(|read| *read != Err(DateError::NotADate));
    let day = read.unwrap_or(Err(DateError::NotADate))?;
    if (1..=9999).contains(&day.year()) { Ok(day) } else { Err(DateError::Impossible) }
}

impl Unit {
    /// The same day so many weeks, months or years away.
    fn away(self, from: NaiveDate, n: i64) -> Option<NaiveDate> {
        match self {
            Self::Week => moved(from, 0, 7 * n),
            Self::Month => moved(from, n, 0),
            Self::Year => moved(from, 12 * n, 0),
        }
    }

    /// An end of the week, month or year that holds `date`.
    fn edge(self, date: NaiveDate, edge: Edge) -> Option<NaiveDate> {
        let first = match self {
            Self::Week => iso_week_monday(date),
            Self::Month => date.with_day(1)?,
            Self::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1)?,
        };
        match (edge, self) {
            (Edge::First, _) => Some(first),
            (Edge::Last, Self::Week) => moved(first, 0, 5),
            (Edge::Last, Self::Month) => moved(first, 1, -1),
            (Edge::Last, Self::Year) => moved(first, 12, -1),
        }
    }
}

/// From where a phrase is seen. Each reading is [`DateError::NotADate`] for what is not its form.
#[derive(Clone, Copy)]
struct Seen {
    today: NaiveDate,
    towards: Towards,
    day_first: DayFirst,
}

impl Seen {
    /// `on 14 September 2026`
    fn full(self, text: &str) -> Result<NaiveDate, DateError> {
        super::parse(text, self.day_first)
    }

    /// 明後日, `yesterday`
    fn word(self, text: &str) -> Result<NaiveDate, DateError> {
        let days = meaning(&DAYS, text).ok_or(DateError::NotADate)?;
        moved(self.today, 0, days).ok_or(DateError::Impossible)
    }

    /// 月末, 年明け, `the weekend`
    fn edge(self, text: &str) -> Result<NaiveDate, DateError> {
        let (unit, edge, which) = meaning(&NEAR_EDGES, text).ok_or(DateError::NotADate)?;
        let of = |n: i64| unit.edge(unit.away(self.today, n)?, edge);
        match which {
            Some(n) => of(n).ok_or(DateError::Impossible),
            None => self.nearest((-1..=1).filter_map(of)),
        }
    }

    /// 金曜, `(Fri)`, 次の金曜日, `last friday`
    fn on_weekday(self, text: &str) -> Result<NaiveDate, DateError> {
        let lead = find(&LEADS, |lead| text.strip_prefix(lead));
        let day = weekday(lead.map_or(text, |(day, _)| day)).ok_or(DateError::NotADate)?;
        let (step, towards) = match lead {
            Some((_, None)) => {
                return moved(iso_week_monday(self.today), 0, day).ok_or(DateError::Impossible);
            }
            Some((_, Some(Towards::Past))) => (-1, Towards::Past),
            Some((_, Some(Towards::Future))) => (1, Towards::Future),
            None => (0, self.towards),
        };
        let from = moved(self.today, 0, step).ok_or(DateError::Impossible)?;
        let around = (-6..=6).filter_map(|n| moved(from, 0, n));
        let is_meant = |date: &NaiveDate| i64::from(date.weekday().num_days_from_monday()) == day;
        Self { today: from, towards, ..self }.nearest(around.filter(is_meant))
    }

    /// 先週, 先週の金曜, 来月10日, 来月末, 来年3月5日, `friday of next week`
    fn in_span(self, text: &str) -> Result<NaiveDate, DateError> {
        let behind = |span: &str| {
            let part = text.strip_prefix(span)?;
            let joined = JOINTS.iter().find_map(|joint| part.strip_prefix(joint));
            Some(joined.filter(|part| !part.is_empty()).unwrap_or(part))
        };
        let in_front = |span: &str| {
            let part = text.strip_suffix(span)?;
            JOINTS.iter().find_map(|joint| part.strip_suffix(joint)).filter(|_| span.is_ascii())
        };
        let (part, (unit, n)) =
            find(&SPANS, |span| behind(span).or_else(|| in_front(span))).ok_or(DateError::NotADate)?;
        let there = unit.away(self.today, n).ok_or(DateError::Impossible)?;
        let day = match (unit, meaning(&EDGES, part)) {
            _ if part.is_empty() => Some(there),
            (_, Some(edge)) => unit.edge(there, edge),
            (Unit::Week, _) => moved(iso_week_monday(there), 0, weekday(part).ok_or(DateError::NotADate)?),
            (Unit::Month, _) => there.with_day(day_of_month(part).ok_or(DateError::NotADate)?),
            (Unit::Year, _) => {
                let (month, day) = self.month_day(part)?;
                NaiveDate::from_ymd_opt(there.year(), month, day)
            }
        };
        day.ok_or(DateError::Impossible)
    }

    /// `11/20`, 11月20日(金), `nov 20`, 20日, `the 20th`
    fn yearless(self, text: &str) -> Result<NaiveDate, DateError> {
        if let Some(day) = day_of_month(text) {
            // The nearest 31st may be two months away.
            let months = (-2..=2).filter_map(|n| moved(self.today, n, 0));
            return self.nearest(months.filter_map(|month| month.with_day(day)));
        }
        let (month, day) = self.month_day(text)?;
        // The nearest 29 February may be eight years away: 1900 had none.
        let years = self.today.year() - 8..=self.today.year() + 8;
        self.nearest(years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)))
    }

    /// 3日前, 二週間ほど前, `in a month`, `3w`
    fn away(self, text: &str) -> Result<NaiveDate, DateError> {
        let ended = find(&WAYS, |way| text.strip_suffix(way));
        let said = ended.or_else(|| Some((text.strip_prefix("in ")?, Towards::Future)));
        let (bare, towards) = said.unwrap_or((text, self.towards));
        let bare = ABOUT.iter().find_map(|about| bare.strip_suffix(about)).unwrap_or(bare);
        // 3月 is March, 3月前 three months ago.
        let months = said.and_then(|_| bare.strip_suffix('月')).map(|n| length(&format!("{n}か月")));
        let length = months.flatten().or_else(|| length(bare)).ok_or(DateError::NotADate)?;
        let sign = if towards == Towards::Past { -1 } else { 1 };
        moved(self.today, sign * i64::from(length.months), sign * i64::from(length.days))
            .ok_or(DateError::Impossible)
    }

    /// The nearest of `days` in the direction asked for.
    fn nearest(self, days: impl Iterator<Item = NaiveDate>) -> Result<NaiveDate, DateError> {
        let day = match self.towards {
            Towards::Past => days.filter(|day| *day <= self.today).max(),
            Towards::Future => days.filter(|day| *day >= self.today).min(),
        };
        day.ok_or(DateError::Impossible)
    }

    /// A month and a day as birthdays without a year have them.
    fn month_day(self, text: &str) -> Result<(u32, u32), DateError> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        // The spellings by which machines leave out a year are nobody's words.
        if text.starts_with('-') || digits > 2 {
            return Err(DateError::NotADate);
        }
        match Birthday::parse(text, self.day_first)? {
            Birthday { year: None, month, day: Some(day) } => Ok((month, day)),
            _ => Err(DateError::NotADate),
        }
    }
}

/// The text in NFKC and lower case, with single blanks between ASCII and no others;
/// nothing where it is too long.
fn plain(text: &str) -> Option<String> {
    let folded: String = Folded::whole(text)?.chars().collect();
    let mut plain = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if plain.ends_with(|c: char| c.is_ascii()) && word.starts_with(|c: char| c.is_ascii()) {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    Some(plain)
}

/// The day so many months and then days away; nothing where the calendar ends before it.
fn moved(from: NaiveDate, months: i64, days: i64) -> Option<NaiveDate> {
    let by = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    let there = if months < 0 { from.checked_sub_months(by) } else { from.checked_add_months(by) };
    there?.checked_add_signed(TimeDelta::try_days(days)?)
}

/// How many days after Monday: 金曜, 金曜日, `(金)`, `friday`, `fri`.
fn weekday(text: &str) -> Option<i64> {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let name = inner.unwrap_or(text);
    let ends = |behind: &str| matches!(behind, "曜" | "曜日") || behind.is_empty() && inner.is_some();
    let japanese = WEEKDAYS_JA.iter().position(|day| name.strip_prefix(*day).is_some_and(ends));
    let folded = Folded::new(name);
    let mut reader = folded.reader();
    let english = reader.name_of(&WEEKDAYS);
    reader.eat('.');
    japanese.or(english.filter(|_| reader.at_end())).and_then(|day| i64::try_from(day).ok())
}

/// 20日, 二十日(金), `20th`
fn day_of_month(text: &str) -> Option<u32> {
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    let japanese = reader.attempt(|r| {
        let day = counted(r, '日')?;
        tail(r);
        r.at_end().then_some(day)
    });
    japanese.or_else(|| {
        let day = reader.digits(2)?.value;
        let ends = ["st", "nd", "rd", "th"].iter().any(|ending| reader.eat_word(ending));
        (ends && reader.at_end()).then_some(day)
    })
}

/// A length with its number in front: not `weekly`, 月1回 or `90`, which are cadences.
fn length(text: &str) -> Option<Stretch> {
    if let Some(length) = meaning(&LENGTHS, text) {
        return Stretch::parse(length);
    }
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let number = NUMBERS.iter().position(|name| *name == first).map(|at| at + 1);
    let text = match number.or(matches!(first, "a" | "an").then_some(1)) {
        Some(number) => format!("{number} {rest}"),
        None => text.to_owned(),
    };
    let folded = Folded::new(&text);
    let mut reader = folded.reader();
    reader.digits(6).map(|n| n.value).or_else(|| reader.kanji())?;
    reader.blanks();
    let has_unit = reader.peek().is_some_and(|c| !c.is_ascii_digit());
    let is_cadence = text.contains(['ご', '毎', 'に']);
    if has_unit && !is_cadence { Stretch::parse(&text) } else { None }
}
