//! What the parts of a path tell of a day, put together: all of it has to agree.

use chrono::{Datelike, NaiveDate, Weekday};

use super::token::Field;
use crate::date::{MONTHS, WEEKDAYS, WEEKDAYS_JA};

/// What has been read of a day so far.
#[derive(Default)]
pub(super) struct Told {
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
    pub(super) fn take(&mut self, field: Field, text: &str) -> Option<()> {
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
    pub(super) fn date(&self) -> Option<NaiveDate> {
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
pub(super) fn weekday(text: &str) -> Option<u32> {
    let japanese = WEEKDAYS_JA.iter().position(|c| text.starts_with(*c));
    japanese.and_then(|at| u32::try_from(at + 1).ok()).or_else(|| named(text, &WEEKDAYS))
}

/// Whether a day can be told from these fields.
pub(super) fn tells_day(fields: &[Field]) -> bool {
    let any = |wanted: &[Field]| wanted.iter().any(|field| fields.contains(field));
    let year = any(&[Field::Year, Field::ShortYear]);
    let calendar = year && any(&[Field::Month, Field::MonthName]) && any(&[Field::Day]);
    let week = any(&[Field::WeekYear, Field::ShortWeekYear]) && any(&[Field::Week]);
    calendar || year && any(&[Field::DayOfYear]) || week && any(&[Field::Weekday, Field::WeekdayName])
}
