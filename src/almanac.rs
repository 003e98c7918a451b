//! What the sky and the law say of a day in Japan: 立春, 立秋 and public holidays.
//!
//! Knows where the sun stands (`sun`, on the series in `earth`) and which days
//! the law sets free (`holiday`). Leaves to others what day it is, what a season
//! is for, and which days somebody works.

mod earth;
mod holiday;
mod sun;

use std::sync::OnceLock;

use chrono::NaiveDate;

pub use holiday::public_holiday;

/// 立春 of `year`: the day in Japan's time (UTC+9) on which the sun's apparent
/// geocentric longitude comes to 315°; the 3rd, 4th or 5th of February.
///
/// Computed by the sun for the years 1900 to 2299, and compared with other ephemerides
/// from 1950 to 2100, where no case comes nearer to midnight than 75 s. Any other year
/// gets month and day of the year in that span that lies a multiple of 400 years from
/// it, a whole round of the calendar: true within a day for some centuries, a convention
/// beyond. Years that [`NaiveDate`] cannot hold are taken as the nearest that it can.
pub fn risshun(year: i32) -> NaiveDate {
    static KNOWN: Known = [const { OnceLock::new() }; KNOWN_YEARS];
    once(&KNOWN, year, |year| sun::day(sun::Point::Risshun, year))
}

/// 立秋 of `year`: the day in Japan's time (UTC+9) on which the sun's apparent
/// geocentric longitude comes to 135°; the 6th to 9th of August. What is said of years
/// at [`risshun`] holds here.
pub fn risshu(year: i32) -> NaiveDate {
    static KNOWN: Known = [const { OnceLock::new() }; KNOWN_YEARS];
    once(&KNOWN, year, |year| sun::day(sun::Point::Risshu, year))
}

/// Days that were computed already, from [`KNOWN_FROM`] on.
type Known = [OnceLock<NaiveDate>; KNOWN_YEARS];
const KNOWN_FROM: i32 = 1950;
const KNOWN_YEARS: usize = 151;

/// What is asked for on every plan is computed once.
fn once(known: &Known, year: i32, compute: impl Fn(i32) -> NaiveDate) -> NaiveDate {
    let at = year.checked_sub(KNOWN_FROM).and_then(|at| usize::try_from(at).ok());
    match at.and_then(|at| known.get(at)) {
        Some(day) => *day.get_or_init(|| compute(year)),
        None => compute(year),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use chrono::Datelike;

    use super::*;

    /// Checks the days of the month from 1950 on, a digit a year, a word a decade. The
    /// digits come from two other ephemerides, which agree on all of them: ERFA (`epv00`,
    /// IAU 2006/2000A) and XEphem's library.
    fn check(of: fn(i32) -> NaiveDate, month: u32, days: &str) {
        let digits = days.chars().filter(char::is_ascii_digit);
        let mut year = 1950;
        for digit in digits {
            assert_eq!(of(year), NaiveDate::from_ymd_opt(year, month, digit.to_digit(10).unwrap()).unwrap());
            year += 1;
        }
        assert_eq!(year, 2101);
    }

    #[test]
    fn risshun_of_every_year() {
        check(
            risshun,
            2,
            "4554445444 5444544454 4454445444 5444544444 4444444444 4444444444 4444444444 4344434443
             4443444344 4344434443 4443444334 4334433443 3443344334 4334433443 3343334333 4",
        );
    }

    #[test]
    fn risshu_of_every_year() {
        check(
            risshu,
            8,
            "8878887888 7888788878 8878887888 7788778877 8877887788 7788778877 7877787778 7778777877
             7877787778 7777777777 7777777777 7777777777 7767776777 6777677767 7767776777 7",
        );
    }

    #[test]
    fn years_beyond_the_span_go_with_the_calendars_round() {
        for year in [1500, 1899, 2300, 2999, -4711, 0] {
            let within = 1900 + (year - 1900_i32).rem_euclid(400);
            assert_eq!(risshun(year), risshun(within).with_year(year).unwrap());
            assert_eq!(risshu(year), risshu(within).with_year(year).unwrap());
        }
        for (asked, year) in [
            (NaiveDate::MIN.year(), NaiveDate::MIN.year()),
            (NaiveDate::MAX.year(), NaiveDate::MAX.year()),
            (i32::MIN, NaiveDate::MIN.year()),
            (i32::MAX, NaiveDate::MAX.year()),
        ] {
            assert_eq!((risshun(asked).year(), risshun(asked).month()), (year, 2));
            assert_eq!((risshu(asked).year(), risshu(asked).month()), (year, 8));
        }
    }
}
