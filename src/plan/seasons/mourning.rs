//! 喪中: which new year it silences, and the days in which only what is owed is written.

use chrono::{Datelike, Months, NaiveDate};

use super::super::plus;
use crate::note::person::Person;
use crate::note::seasonal::Mourning;

/// In the first days after a death there is only condolence, and what is owed.
const DAYS: u64 = 49;

/// Whether a death silences the new year's greeting of a year: 1 January lies within twelve months
/// of it. Of a year alone: the new year after it.
pub fn is_new_year_silent(mourning: Mourning, year: i32) -> bool {
    let Some(new_year) = NaiveDate::from_ymd_opt(year, 1, 1) else { return false };
    match mourning {
        Mourning::Day(death) => (death..=twelve_months_on(death)).contains(&new_year),
        Mourning::Year(of) => of + 1 == year,
    }
}

/// Whether somebody is in mourning on a day.
pub(super) fn is_in_force(mourning: Mourning, day: NaiveDate) -> bool {
    match mourning {
        Mourning::Day(death) => (death..=twelve_months_on(death)).contains(&day),
        Mourning::Year(of) => of == day.year(),
    }
}

/// Whether somebody who mourns is not to be congratulated on a day: while it is in force, and around a
/// new year that it silences.
pub fn is_in_mourning(mourning: Mourning, day: NaiveDate) -> bool {
    let new_year = match day.month() {
        12 => Some(day.year() + 1),
        1 => Some(day.year()),
        _ => None,
    };
    is_in_force(mourning, day) || new_year.is_some_and(|year| is_new_year_silent(mourning, year))
}

fn twelve_months_on(death: NaiveDate) -> NaiveDate {
    death.checked_add_months(Months::new(12)).unwrap_or(death)
}

/// The last of the days in which only promises and answers are planned, where a day is one of them;
/// of a year alone there are none.
pub fn quiet_until(person: &Person, today: NaiveDate) -> Option<NaiveDate> {
    match person.details().mourning? {
        Mourning::Day(death) => Some(plus(death, DAYS)).filter(|until| (death..=*until).contains(&today)),
        Mourning::Year(_) => None,
    }
}
