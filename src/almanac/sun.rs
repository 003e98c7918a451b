//! When the sun comes to a point of its yearly way, as a day in Japan's time.
//!
//! Knows the sun's apparent longitude, when it reaches four points of it, and how
//! far the Earth's clock is behind the even time of the sky; leaves the Earth's
//! place to `earth`, and what such a day means to whoever asks.

use std::f64::consts::PI;

use chrono::{Datelike, NaiveDate};

use super::earth;

/// A point of the sun's yearly way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// 春分, 0°.
    SpringEquinox,
    /// 立秋, 135°.
    Risshu,
    /// 秋分, 180°.
    AutumnEquinox,
    /// 立春, 315°.
    Risshun,
}

impl Point {
    fn longitude(self) -> f64 {
        let degrees: f64 = match self {
            Self::SpringEquinox => 0.0,
            Self::Risshu => 135.0,
            Self::AutumnEquinox => 180.0,
            Self::Risshun => 315.0,
        };
        degrees.to_radians()
    }

    /// The day of the year 2000, counted from its first: where the search begins.
    fn about(self) -> f64 {
        match self {
            Self::SpringEquinox => 79.0,
            Self::Risshu => 219.0,
            Self::AutumnEquinox => 266.0,
            Self::Risshun => 34.0,
        }
    }
}

/// The years that are computed begin here and go on for one round of the calendar.
const FIRST: i32 = 1900;
/// After so many years the Gregorian calendar is the same again …
const ROUND: i32 = 400;
/// … which is so many days.
const DAYS_OF_A_ROUND: i32 = 146_097;

/// The day in Japan's time (UTC+9) on which the sun comes to `point` in `year`.
///
/// Computed for 1900 to 2299; for other years month and day of the year in that span
/// which lies rounds of 400 years from it. Years that [`NaiveDate`] cannot hold are
/// taken as the nearest that it can.
///
/// The same on every machine: sines that differ in their last bit move the moment by
/// some microseconds, and none of the 1,600 moments comes nearer to midnight than 6 s.
pub(super) fn day(point: Point, year: i32) -> NaiveDate {
    let year = year.clamp(NaiveDate::MIN.year(), NaiveDate::MAX.year());
    let rounds = (year - FIRST).div_euclid(ROUND);
    let days = (moment(point, year - rounds * ROUND) + NOON_OF_2000).floor();
    let days = days as i32 + rounds * DAYS_OF_A_ROUND;
    // There is always such a day: every point lies within its year.
    NaiveDate::from_num_days_from_ce_opt(days).unwrap_or_default()
}

/// Noon of 1 January 2000 as [`NaiveDate`] counts days.
const NOON_OF_2000: f64 = 730_120.5;

/// When the sun comes to `point`, in days of Japan's time from noon of 1 January 2000.
/// For years from 1900 to 2299.
fn moment(point: Point, year: i32) -> f64 {
    let mut time = point.about() + 365.2425 * f64::from(year - 2000);
    // Meeus, chapter 27. Each step leaves less than a twentieth of the error, which is some
    // days at first: after six it is below a millisecond.
    for _ in 0..6 {
        time += 58.0 * (point.longitude() - apparent_longitude(time)).sin();
    }
    time - behind(2000.0 + time / 365.2425) / SECONDS_OF_A_DAY + JAPAN
}

const SECONDS_OF_A_DAY: f64 = 86_400.0;
/// How far Japan's time is ahead of UTC, in days.
const JAPAN: f64 = 9.0 / 24.0;
const ARCSECOND: f64 = PI / 648_000.0;

/// The sun's apparent geocentric longitude in radians, not brought into one turn; `time`
/// counts days of Terrestrial Time from J2000.0.
///
/// Meeus, *Astronomical Algorithms*, chapter 25: the Earth's longitude turned around, brought
/// to the FK5, with aberration and nutation; and the correction of the IAU of 2000 to the
/// precession in longitude, which VSOP87 could not know (N. Capitaine, P. Wallace,
/// J. Chapront, *Expressions for IAU 2000 precession quantities*, Astronomy & Astrophysics
/// 412, 2003).
fn apparent_longitude(time: f64) -> f64 {
    let centuries = time / 36_525.0;
    let tau = centuries / 10.0;
    let to_fk5 = -0.090_33;
    let precession = -0.299_65 * centuries;
    let aberration = -20.4898 / earth::distance(tau);
    earth::longitude(tau) + PI + ARCSECOND * (to_fk5 + precession + aberration + nutation(centuries))
}

/// The nutation in longitude, in arcseconds: the IAU's theory of 1980 (Meeus, chapter 22,
/// table 22.A), its terms from 0.01″ on.
fn nutation(centuries: f64) -> f64 {
    let arguments = [
        // The moon's mean elongation from the sun, the mean anomalies of sun and moon, the
        // moon's argument of latitude, the longitude of its ascending node.
        297.850_36 + 445_267.111_480 * centuries,
        357.527_72 + 35_999.050_340 * centuries,
        134.962_98 + 477_198.867_398 * centuries,
        93.271_91 + 483_202.017_538 * centuries,
        125.044_52 - 1_934.136_261 * centuries,
    ];
    let term = |(multiples, size, change): &([f64; 5], f64, f64)| {
        let argument: f64 = multiples.iter().zip(arguments).map(|(multiple, of)| multiple * of).sum();
        (size + change * centuries) * argument.to_radians().sin()
    };
    NUTATION.iter().map(term).sum()
}

/// Multiples of the arguments; arcseconds, and their change in a century.
const NUTATION: [([f64; 5], f64, f64); 13] = [
    ([0.0, 0.0, 0.0, 0.0, 1.0], -17.1996, -0.017_42),
    ([-2.0, 0.0, 0.0, 2.0, 2.0], -1.3187, -0.000_16),
    ([0.0, 0.0, 0.0, 2.0, 2.0], -0.2274, -0.000_02),
    ([0.0, 0.0, 0.0, 0.0, 2.0], 0.2062, 0.000_02),
    ([0.0, 1.0, 0.0, 0.0, 0.0], 0.1426, -0.000_34),
    ([0.0, 0.0, 1.0, 0.0, 0.0], 0.0712, 0.000_01),
    ([-2.0, 1.0, 0.0, 2.0, 2.0], -0.0517, 0.000_12),
    ([0.0, 0.0, 0.0, 2.0, 1.0], -0.0386, -0.000_04),
    ([0.0, 0.0, 1.0, 2.0, 2.0], -0.0301, 0.0),
    ([-2.0, -1.0, 0.0, 2.0, 2.0], 0.0217, -0.000_05),
    ([-2.0, 0.0, 1.0, 0.0, 0.0], -0.0158, 0.0),
    ([-2.0, 0.0, 0.0, 2.0, 1.0], 0.0129, 0.000_01),
    ([0.0, 0.0, -1.0, 2.0, 2.0], 0.0123, 0.0),
];

/// By how many seconds the Earth's clock is behind Terrestrial Time (ΔT), `year` with its
/// fraction, from 1900 on.
///
/// The polynomials of F. Espenak and J. Meeus (*Five Millennium Canon of Solar Eclipses*,
/// NASA/TP-2006-214141). What lies ahead is a guess there as anywhere: in 2026 they are
/// 6 s ahead of what is measured. Until 2100 that decides no day: see the tests.
fn behind(year: f64) -> f64 {
    let (origin, coefficients): (f64, &[f64]) = match year {
        ..1920.0 => (1900.0, &[-2.79, 1.494_119, -0.059_893_9, 0.006_196_6, -0.000_197]),
        ..1941.0 => (1920.0, &[21.20, 0.844_93, -0.076_100, 0.002_093_6]),
        ..1961.0 => (1950.0, &[29.07, 0.407, -1.0 / 233.0, 1.0 / 2547.0]),
        ..1986.0 => (1975.0, &[45.45, 1.067, -1.0 / 260.0, -1.0 / 718.0]),
        ..2005.0 => (2000.0, &[63.86, 0.3345, -0.060_374, 0.001_727_5, 0.000_651_814, 0.000_023_735_99]),
        ..2050.0 => (2000.0, &[62.92, 0.322_17, 0.005_589]),
        _ => (1820.0, &[-20.0, 0.0, 0.0032]),
    };
    let seconds = coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * (year - origin) + coefficient);
    let to_join_the_parabola = if (2050.0..2150.0).contains(&year) { 0.5628 * (2150.0 - year) } else { 0.0 };
    seconds - to_join_the_parabola
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::Point::{AutumnEquinox, Risshu, Risshun, SpringEquinox};
    use super::*;

    const POINTS: [Point; 4] = [SpringEquinox, Risshu, AutumnEquinox, Risshun];

    /// Seconds from the nearest midnight, before it where negative.
    fn from_midnight(point: Point, year: i32) -> f64 {
        let days = moment(point, year) + NOON_OF_2000;
        (days - days.round()) * SECONDS_OF_A_DAY
    }

    /// All that come nearer to midnight than `seconds` in `years`, the nearest first.
    fn near(years: std::ops::Range<i32>, seconds: f64) -> Vec<(f64, Point, i32)> {
        let all = years.flat_map(|year| POINTS.map(|point| (from_midnight(point, year), point, year)));
        let mut near: Vec<_> = all.filter(|(from, ..)| from.abs() < seconds).collect();
        near.sort_by(|(a, ..), (b, ..)| a.abs().total_cmp(&b.abs()));
        near
    }

    /// The cases that hang by least, with what ERFA (`epv00`, IAU 2006/2000A) says of them
    /// under the same ΔT. Those ahead that fall before midnight have a quarter of an hour to spare,
    /// and those after it only gain by a ΔT smaller than the one foretold.
    #[test]
    fn the_nearest_to_midnight_until_2100() {
        let expected = [
            (-75.4, Risshun, 2021),
            (-170.8, Risshu, 1981),
            (208.1, AutumnEquinox, 2074),
            (459.8, Risshun, 2054),
            (649.7, Risshu, 2068),
            (-652.0, Risshu, 2010),
            (-662.6, AutumnEquinox, 2012),
            (806.2, Risshun, 1951),
            (-848.6, SpringEquinox, 2026),
            (894.2, Risshun, 2087),
            (-960.3, SpringEquinox, 2059),
            (982.8, AutumnEquinox, 1979),
            (-988.7, AutumnEquinox, 1950),
        ];
        let found = near(1950..2101, 1000.0);
        assert_eq!(found.len(), expected.len());
        for ((from, point, year), (seconds, its, of)) in found.into_iter().zip(expected) {
            assert_eq!((point, year), (its, of));
            assert!((from - seconds).abs() < 6.0, "{point:?} {year}: {from}");
        }
    }

    /// No answer hangs by the last bit of a sine.
    #[test]
    fn none_is_so_near_to_midnight_that_machines_could_differ() {
        let (seconds, point, year) = near(FIRST..FIRST + ROUND, 30.0).remove(0);
        assert_eq!((point, year), (AutumnEquinox, 1917));
        assert!(seconds > 5.0, "{seconds}");
        assert_eq!(near(FIRST..FIRST + ROUND, 30.0).len(), 1);
    }

    /// Moments as the National Astronomical Observatory of Japan published them (暦要項).
    #[test]
    fn to_the_minute() {
        for (point, year, hour, minute) in [
            (AutumnEquinox, 2006, 13, 3),
            (AutumnEquinox, 2007, 18, 51),
            (AutumnEquinox, 2011, 18, 5),
            (AutumnEquinox, 2012, 23, 49),
            (Risshun, 2021, 23, 59),
            (SpringEquinox, 2022, 0, 33),
        ] {
            let minutes = (moment(point, year) + NOON_OF_2000).rem_euclid(1.0) * 24.0 * 60.0;
            assert_eq!(minutes.round() as i32, hour * 60 + minute, "{point:?} {year}: {minutes}");
        }
    }

    /// The last digit of the day from 1950 on, a word a decade, as ERFA and XEphem's library have it.
    #[test]
    fn equinoxes_of_every_year() {
        let spring = "1111111111 0111011101 1101110111 0111011101 1100110011 0011001100 1100110011 0011000100
                      0100010001 0001000100 0100010000 0000000000 0000000000 0000000000 0090009000 0";
        let autumn = "3433343334 3334333433 3433343334 3333333333 3333333333 3333333333 3323332333 2333233323
                      3323332333 2333223322 3322332233 2233223322 3322332223 2223222322 2322232223 3";
        for (point, month, days) in [(SpringEquinox, 3, spring), (AutumnEquinox, 9, autumn)] {
            let digits: Vec<u32> = days.chars().filter_map(|c| c.to_digit(10)).collect();
            assert_eq!(digits.len(), 151);
            for (year, digit) in (1950..).zip(digits) {
                let date = if digit == 9 { 19 } else { 20 + digit };
                assert_eq!(Some(day(point, year)), NaiveDate::from_ymd_opt(year, month, date));
            }
        }
    }

    #[test]
    fn the_earths_clock() {
        // What the canon's tables say, measured until 2005 and foretold from then on.
        for (year, seconds) in [
            (1900.0, -2.8),
            (1920.0, 21.2),
            (1950.0, 29.1),
            (1960.0, 33.1),
            (1970.0, 40.2),
            (1980.0, 50.5),
            (1990.0, 56.9),
            (2000.0, 63.8),
            (2005.0, 64.7),
            (2050.0, 93.0),
            (2100.0, 203.0),
            (2200.0, 442.0),
        ] {
            assert!((behind(year) - seconds).abs() < 0.6, "{year}: {}", behind(year));
        }
        // Each polynomial goes on where the one before it ends.
        for joint in [1920.0, 1941.0, 1961.0, 1986.0, 2005.0, 2050.0, 2150.0] {
            assert!((behind(joint) - behind(joint - 1e-6)).abs() < 0.6, "{joint}");
        }
    }
}
