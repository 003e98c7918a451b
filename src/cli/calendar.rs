//! `goen calendar`: on which days of the last 53 weeks somebody was contacted, as a map.
//!
//! Whoever was contacted counts, also those who rest or have died since: what happened
//! happened, and the map names nobody.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use clap_complete::engine::ArgValueCompleter;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::completions;
use super::fail::Fail;
use super::output::Output;
use super::show::one_person;
use super::words::pick;
use crate::app::App;
use crate::date::iso_week_monday;
use crate::note::Note;
use crate::page;
use crate::text::{Lang, one_line};

/// Show on which days of the last 53 weeks you were in touch with people ・ この 53 週間の、連絡のあった日を暦で表示
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only the days of one person: a name, an alias, a reading, a path, or an unambiguous part of
    /// one ・ この人の分だけ（名前・別名・よみ・パス。一部でもよい）
    #[arg(long, value_name = "PERSON", num_args = 1.., add = ArgValueCompleter::new(completions::people))]
    person: Vec<String>,
}

#[derive(Serialize)]
struct View<'a> {
    from: NaiveDate,
    to: NaiveDate,
    person: Option<&'a str>,
    days: Vec<DayView>,
}

#[derive(Serialize)]
struct DayView {
    date: NaiveDate,
    contacts: usize,
}

/// A year, and the week that it began in.
const WEEKS: usize = 53;

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let asked = (!args.person.is_empty()).then(|| args.person.join(" "));
    let person = asked.map(|asked| one_person(app, &asked)).transpose()?;
    let weeks = if as_json { WEEKS } else { weeks_that_fit(output.width(), margin(app.lang)) };
    let from = monday_of_first(app.today, weeks);
    let contacts = contacts(app, person, from);
    if as_json {
        output.json(&View {
            from,
            to: app.today,
            person: person.map(|note| note.path.as_str()),
            days: contacts
                .iter()
                .map(|(date, contacts)| DayView { date: *date, contacts: *contacts })
                .collect(),
        });
        return Ok(0);
    }
    let name = person.and_then(Note::person).map(|person| format!("{}  ", one_line(&person.name)));
    output.line(&format!("{}{from} – {}", name.unwrap_or_default(), app.today));
    output.line("");
    let scale = if person.is_some() { Scale::OnePerson } else { Scale::Everybody };
    let map = Map { contacts: &contacts, from, today: app.today, weeks, scale, lang: app.lang };
    for line in map.lines(output.width()) {
        output.line(&line);
    }
    output.line("");
    for line in scale.legend(app.lang, output.width()) {
        output.line(&line);
    }
    output.line(&totals(&contacts, scale, app.lang));
    Ok(0)
}

/// How many people, or whether the one, were contacted on each day since `from`; days without
/// contact are left out.
fn contacts(app: &App, only: Option<&Note>, from: NaiveDate) -> BTreeMap<NaiveDate, usize> {
    let mut out = BTreeMap::new();
    let people = app.index.people().filter(|(note, _, _)| only.is_none_or(|only| note.path == only.path));
    for (_, _, tie) in people {
        let past = tie.until(app.today);
        // Of one person each day stands there once.
        for contact in &past[past.partition_point(|contact| contact.day < from)..] {
            *out.entry(contact.day).or_insert(0) += 1;
        }
    }
    out
}

/// As many of the newest weeks as stand beside a margin; all of them where there is no width.
fn weeks_that_fit(width: Option<u16>, margin: usize) -> usize {
    width.map_or(WEEKS, |width| usize::from(width).saturating_sub(margin).clamp(1, WEEKS))
}

/// The Monday with which the first of so many weeks begins, the last being that of `today`.
fn monday_of_first(today: NaiveDate, weeks: usize) -> NaiveDate {
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
enum Scale {
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
    fn legend(self, lang: Lang, width: Option<u16>) -> Vec<String> {
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
fn margin(lang: Lang) -> usize {
    page::weekday(NaiveDate::MIN, lang).width() + 1
}

/// Weeks that hold the first day of a month are so far apart at least: room for every name.
const BETWEEN_MONTHS: usize = 4;

/// What is drawn: a week each column, the newest one at the right.
struct Map<'a> {
    contacts: &'a BTreeMap<NaiveDate, usize>,
    /// A Monday.
    from: NaiveDate,
    today: NaiveDate,
    weeks: usize,
    scale: Scale,
    lang: Lang,
}

impl Map<'_> {
    /// The months, and a line for each day of the week.
    fn lines(&self, width: Option<u16>) -> Vec<String> {
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

/// From how many contacts on it means something which weekday had most of them.
const ENOUGH: usize = 10;

/// What the map comes to, in one line.
fn totals(contacts: &BTreeMap<NaiveDate, usize>, scale: Scale, lang: Lang) -> String {
    let (days, all) = (contacts.len(), contacts.values().sum::<usize>());
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let mut line = match (days, scale, lang) {
        (0, _, _) => {
            return pick(lang, "この間の連絡はまだ記録されていません", "no contact recorded in these weeks")
                .into();
        }
        (_, Scale::Everybody, Lang::Ja) => format!("連絡のあった日 {days}日 ・ のべ {all}人"),
        (_, Scale::Everybody, Lang::En) => {
            format!("{all} contact{} on {days} day{}", plural(all), plural(days))
        }
        (_, Scale::OnePerson, Lang::Ja) => format!("連絡のあった日 {days}日"),
        (_, Scale::OnePerson, Lang::En) => format!("{days} day{} with contact", plural(days)),
    };
    if let Some(day) = busiest(contacts).filter(|_| all >= ENOUGH) {
        line += &match lang {
            Lang::Ja => format!(" ・ 多いのは{}曜", page::weekday(day, lang)),
            Lang::En => format!(" · most on {}s", day.format("%A")),
        };
    }
    line
}

/// A day of the weekday with the most contacts, where one has more than all others.
fn busiest(contacts: &BTreeMap<NaiveDate, usize>) -> Option<NaiveDate> {
    let mut of_week: [(usize, Option<NaiveDate>); 7] = [(0, None); 7];
    for (day, contacts) in contacts {
        let (sum, known) = &mut of_week[day.weekday().num_days_from_monday() as usize % 7];
        *sum += contacts;
        *known = Some(*day);
    }
    let most = of_week.iter().map(|(sum, _)| *sum).max()?;
    let mut best = of_week.iter().filter(|(sum, _)| *sum == most);
    best.next().filter(|_| best.next().is_none()).and_then(|(_, day)| *day)
}

#[cfg(test)]
mod tests {
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
            assert_eq!(totals(&contacts, Scale::Everybody, Lang::En), want);
        };
        check(&[], "no contact recorded in these weeks");
        check(&[("2026-11-20", 1)], "1 contact on 1 day");
        check(&[("2026-11-13", 4), ("2026-11-20", 5)], "9 contacts on 2 days");
        check(&[("2026-11-13", 4), ("2026-11-20", 6)], "10 contacts on 2 days · most on Fridays");
        check(&[("2026-11-19", 5), ("2026-11-20", 5)], "10 contacts on 2 days");
    }
}
