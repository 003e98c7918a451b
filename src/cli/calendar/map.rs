//! The map of days: weeks as columns, shades for contacts, as many weeks as fit.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use unicode_width::UnicodeWidthStr;

use crate::date::iso_week_monday;
use crate::page;
use crate::text::Lang;

/// A year, and the week that it began in.
pub(super) const WEEKS: usize = 53;

/// As many of the newest weeks as stand beside a margin; all of them where there is no width.
pub(super) fn weeks_that_fit(width: Option<u16>, margin: usize) -> usize {
    width.map_or(WEEKS, |width| usize::from(width).saturating_sub(margin).clamp(1, WEEKS))
}

/// The Monday with which the first of so many weeks begins, the last being that of `today`.
pub(super) fn monday_of_first(today: NaiveDate, weeks: usize) -> NaiveDate {
    let monday = iso_week_monday(today);
    later(monday, -7 * i64::try_from(weeks.saturating_sub(1)).unwrap_or(0)).unwrap_or(monday)
}

fn later(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// From nobody to many. Braille, since its patterns are narrow in every terminal. Of the shades
/// of grey (`░▒▓█`) the first is narrow and the others are of ambiguous width: where a terminal
/// takes those for wide, as many do that are set up for Japanese, rows would come apart, and
/// writing each twice would not mend it. More dots, more people: no colour is needed to tell.
const SHADES: [char; 5] = ['.', '⠒', '⠶', '⠿', '⣿'];

/// What the shades stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// How many people were contacted. The steps are fixed, so that a map means the same next
    /// month and in another vault: one, the two that a day is planned with, more than that, and
    /// from five on what an event or a round of greetings brings.
    Everybody,
    /// Whether the one was.
    OnePerson,
}

impl Scale {
    fn shade(self, contacts: usize) -> char {
        let level = match (self, contacts) {
            (_, 0) => 0,
            (Self::OnePerson, _) => 4,
            (Self::Everybody, 1 | 2) => contacts,
            (Self::Everybody, 3 | 4) => 3,
            (Self::Everybody, _) => 4,
        };
        SHADES[level]
    }

    /// What each shade stands for, in as many lines as a terminal needs.
    pub(super) fn legend(self, lang: Lang, width: Option<u16>) -> Vec<String> {
        let parts: &[&str] = match (self, lang) {
            (Self::Everybody, Lang::Ja) => {
                &["連絡した人数：", ". なし", "⠒ 1人", "⠶ 2人", "⠿ 3〜4人", "⣿ 5人以上"]
            }
            (Self::Everybody, Lang::En) => {
                &["people contacted:", ". none", "⠒ 1", "⠶ 2", "⠿ 3 or 4", "⣿ 5 or more"]
            }
            (Self::OnePerson, Lang::Ja) => &[". なし", "⣿ 連絡した日"],
            (Self::OnePerson, Lang::En) => &[". none", "⣿ contact"],
        };
        let mut lines: Vec<String> = Vec::new();
        for part in parts {
            match lines.last_mut() {
                Some(line)
                    if width.is_none_or(|width| line.width() + 2 + part.width() <= usize::from(width)) =>
                {
                    *line += &format!("  {part}");
                }
                _ => lines.push((*part).to_owned()),
            }
        }
        lines
    }
}

/// Columns in front of the map: a weekday's name and a blank.
pub(super) fn margin(lang: Lang) -> usize {
    page::weekday(NaiveDate::MIN, lang).width() + 1
}

/// Weeks that hold the first day of a month are so far apart at least: room for every name.
const BETWEEN_MONTHS: usize = 4;

/// What is drawn: a week each column, the newest one at the right.
pub(super) struct Map<'a> {
    pub(super) contacts: &'a BTreeMap<NaiveDate, usize>,
    /// A Monday.
    pub(super) from: NaiveDate,
    pub(super) today: NaiveDate,
    pub(super) weeks: usize,
    pub(super) scale: Scale,
    pub(super) lang: Lang,
}

impl Map<'_> {
    /// The months, and a line for each day of the week.
    pub(super) fn lines(&self, width: Option<u16>) -> Vec<String> {
        let row = |of_week: i64| {
            let name = later(self.from, of_week).map_or("", |day| page::weekday(day, self.lang));
            let cells: String = (0..self.weeks).map(|week| self.cell(week, of_week)).collect();
            format!("{name} {cells}").trim_end().to_owned()
        };
        [self.months(width.map(usize::from))].into_iter().chain((0..7).map(row)).collect()
    }

    /// One day; blank if it lies ahead.
    fn cell(&self, week: usize, of_week: i64) -> char {
        match self.monday(week).and_then(|monday| later(monday, of_week)) {
            Some(day) if day <= self.today => self.scale.shade(self.contacts.get(&day).copied().unwrap_or(0)),
            _ => ' ',
        }
    }

    fn monday(&self, week: usize) -> Option<NaiveDate> {
        later(self.from, 7 * i64::try_from(week).ok()?)
    }

    /// Each month's name above the week that holds its first day; that of the first column too,
    /// if it has room before the next. `12月` has not where the next is four weeks on: `12`.
    fn months(&self, width: Option<usize>) -> String {
        let mut names: Vec<(usize, String)> = Vec::new();
        for week in 0..self.weeks {
            let Some(monday) = self.monday(week) else { continue };
            let end = later(monday, 6).map_or(self.today, |sunday| sunday.min(self.today));
            let first = end.with_day(1).unwrap_or(end);
            if first < monday && week > 0 {
                continue;
            }
            let name = match self.lang {
                Lang::Ja => format!("{}月", end.month()),
                Lang::En => end.format("%b").to_string(),
            };
            names.push((week, name));
        }
        if let [_, (next, _), ..] = names.as_slice()
            && *next < BETWEEN_MONTHS
        {
            names.remove(0);
        }
        let mut line = String::new();
        let next: Vec<Option<usize>> =
            names.iter().skip(1).map(|(week, _)| Some(*week)).chain([None]).collect();
        for ((week, name), next) in names.into_iter().zip(next) {
            let at = margin(self.lang) + week;
            let touches = next.is_some_and(|next| week + name.width() >= next);
            let name = if touches { name.trim_end_matches('月') } else { name.as_str() };
            // One that begins in the newest weeks may reach beyond the map, not beyond the terminal.
            if width.is_none_or(|width| at + name.width() <= width) {
                line.extend(std::iter::repeat_n(' ', at.saturating_sub(line.width())));
                line.push_str(name);
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::super::totals;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn drawn(today: &str, width: Option<u16>, lang: Lang, contacts: &[(&str, usize)]) -> Vec<String> {
        let contacts = contacts.iter().map(|(text, n)| (day(text), *n)).collect();
        let (today, weeks) = (day(today), weeks_that_fit(width, margin(lang)));
        let from = monday_of_first(today, weeks);
        Map { contacts: &contacts, from, today, weeks, scale: Scale::Everybody, lang }.lines(width)
    }

    #[test]
    fn the_newest_weeks_that_fit_are_shown() {
        let check = |width, margin, want| assert_eq!(weeks_that_fit(width, margin), want, "{width:?}");
        check(None, 4, 53);
        check(Some(80), 4, 53);
        check(Some(57), 4, 53);
        check(Some(56), 4, 52);
        check(Some(56), 3, 53);
        check(Some(20), 4, 16);
        check(Some(5), 4, 1);
        // As narrow as none is: the week of the day itself stays.
        check(Some(4), 4, 1);
        check(Some(0), 4, 1);
    }

    #[test]
    fn a_narrow_map_ends_with_today() {
        let contacts = [("2026-10-19", 1), ("2026-11-20", 3), ("2026-11-21", 5)];
        let lines = drawn("2026-11-21", Some(11), Lang::En, &contacts);
        let want = [
            "       Nov",
            "Mon ..⠒....",
            "Tue .......",
            "Wed .......",
            "Thu .......",
            "Fri ......⠿",
            "Sat ......⣿",
            "Sun ......",
        ];
        assert_eq!(lines, want);
        let lines = drawn("2026-11-21", Some(10), Lang::Ja, &contacts);
        assert_eq!(lines[..2], ["      11月".to_owned(), "月 ..⠒....".to_owned()][..]);
    }

    #[test]
    fn nothing_reaches_beyond_the_terminal_and_all_of_it_is_narrow() {
        for lang in [Lang::Ja, Lang::En] {
            for width in [1, 4, 5, 8, 20, 56, 57, 59] {
                for offset in 0..366 {
                    let today = later(day("2026-01-01"), offset).unwrap().to_string();
                    let lines = drawn(&today, Some(width), lang, &[]);
                    let most = usize::from(width).max(margin(lang) + 1);
                    assert!(lines.iter().all(|line| line.width() <= most), "{today} {width}: {lines:#?}");
                }
            }
        }
        for shade in SHADES {
            let shade = shade.to_string();
            assert_eq!((shade.width(), shade.width_cjk()), (1, 1), "{shade}");
        }
    }

    #[test]
    fn every_month_is_named_once_in_its_place() {
        let check = |today, lang, want: &str| {
            assert_eq!(drawn(today, None, lang, &[])[0], want, "{today}");
        };
        // The month of the first column has no room before the next, ends there, or begins there.
        check("2026-11-21", Lang::En, "      Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov");
        check("2026-11-21", Lang::Ja, "     12  1月 2月 3月  4月 5月  6月 7月 8月  9月 10  11月");
        check("2026-12-05", Lang::En, "    Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov  Dec");
        // One that has not begun by the day is not named, one that begins on it is.
        check("2026-09-30", Lang::En, "    Oct Nov  Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep");
        check("2026-10-01", Lang::En, "    Oct Nov  Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct");
        check("2026-10-01", Lang::Ja, "   10  11月 12  1月 2月 3月  4月 5月  6月 7月 8月  9月 10月");
    }

    #[test]
    fn steps_of_the_scale() {
        let shades = |scale: Scale| (0..7).map(|n| scale.shade(n)).collect::<String>();
        assert_eq!(shades(Scale::Everybody), ".⠒⠶⠿⠿⣿⣿");
        assert_eq!(shades(Scale::OnePerson), ".⣿⣿⣿⣿⣿⣿");
    }

    #[test]
    fn a_narrow_terminal_has_a_legend_of_several_lines() {
        let check = |lang, width, want: &[&str]| assert_eq!(Scale::Everybody.legend(lang, width), want);
        let all = "連絡した人数：  . なし  ⠒ 1人  ⠶ 2人  ⠿ 3〜4人  ⣿ 5人以上";
        check(Lang::Ja, None, &[all]);
        check(Lang::Ja, Some(57), &[all]);
        check(Lang::Ja, Some(40), &["連絡した人数：  . なし  ⠒ 1人  ⠶ 2人", "⠿ 3〜4人  ⣿ 5人以上"]);
        check(Lang::En, Some(40), &["people contacted:  . none  ⠒ 1  ⠶ 2", "⠿ 3 or 4  ⣿ 5 or more"]);
    }

    #[test]
    fn the_weekday_with_most_is_named_where_there_is_one() {
        let check = |contacts: &[(&str, usize)], want: &str| {
            let contacts = contacts.iter().map(|(text, n)| (day(text), *n)).collect();
            assert_eq!(totals(&contacts, Scale::Everybody, false, Lang::En), want);
        };
        check(&[], "no contact recorded in these weeks");
        check(&[("2026-11-20", 1)], "1 contact on 1 day");
        check(&[("2026-11-13", 4), ("2026-11-20", 5)], "9 contacts on 2 days");
        check(&[("2026-11-13", 4), ("2026-11-20", 6)], "10 contacts on 2 days · most on Fridays");
        check(&[("2026-11-19", 5), ("2026-11-20", 5)], "10 contacts on 2 days");
    }
}
