//! A day as another one is written.
//!
//! Knows the styles of numbers, of months in words and of the weekday behind a date; what else was said of
//! the old day is for others to see.

mod named;
mod weekday;

use chrono::{Datelike, NaiveDate};

use super::DayFirst;
use super::era::{ERAS, Era};

/// 令和 begins (政令第百四十三号, 2019).
const REIWA: NaiveDate = match NaiveDate::from_ymd_opt(2019, 5, 1) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The day in the style of an old one: `2026/9/4`, `2026.09.04`, `20260904`, `2026年9月4日（金）`, `R8.9.4`,
/// `令和８年９月４日`, `September 4th, 2026`, and `04/09/2026` where it is said which part comes first. None
/// in every other style, and where no era of today's has the day.
pub fn like(old: &str, day: NaiveDate, day_first: DayFirst) -> Option<String> {
    let (date, weekday) = weekday::parted(old, day);
    let date =
        year_first(date, day).or_else(|| year_last(date, day, day_first)).or_else(|| named::like(date, day));
    Some(date? + &weekday)
}

/// The weekday behind a date that stands apart from it, as in `[[2026-09-04]] (金)`, of a new day in the same
/// style; nothing where it is not the old day's.
pub fn weekday_like(behind: &str, was: NaiveDate, day: NaiveDate) -> Option<String> {
    let (rest, new) = weekday::parted(behind, day);
    (rest.is_empty() && !new.is_empty() && weekday::names(behind, was)).then_some(new)
}

/// The numbers of a date with what stands behind each.
fn parts(mut rest: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let number = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let between = rest[number..].find(is_digit).map_or(rest.len(), |at| number + at);
        parts.push((&rest[..number], &rest[number..between]));
        rest = &rest[between..];
    }
    parts
}

/// How many characters of digits; a number has all of its own where it is padded.
fn count(text: &str) -> usize {
    text.chars().count()
}

fn year_first(old: &str, day: NaiveDate) -> Option<String> {
    let (era, rest) = era(old);
    if era.is_none() && rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_digit()) {
        return Some(day.format("%Y%m%d").to_string());
    }
    let &[(year, first), (month, second), (date, third)] = parts(rest).as_slice() else { return None };
    let in_kanji = match (first.trim(), second.trim(), third.trim()) {
        ("年", "月", "日") => true,
        ("-", "-", "") | ("/", "/", "") | (".", ".", "") => false,
        _ => return None,
    };
    let (written, begins) = match era {
        None => ((count(year) == 4).then(|| format!("{:04}", day.year()))?, String::new()),
        Some(begins) => {
            let [Era { before, .. }, ..] = ERAS;
            let years = day.year() - before;
            let years = if is_led(year) { format!("{years:02}") } else { years.to_string() };
            ((day >= REIWA).then_some(years)?, begins)
        }
    };
    // Of two digits each nobody knows whether they are padded: in kanji one mostly does not.
    let is_padded =
        if in_kanji { is_led(month) || is_led(date) } else { count(month) == 2 && count(date) == 2 };
    let two = |number: u32| if is_padded { format!("{number:02}") } else { number.to_string() };
    let new = [&written, first, &two(day.month()), second, &two(day.day()), third].concat();
    let is_wide = date.chars().all(|c| !c.is_ascii());
    Some(begins + &if is_wide { new.chars().map(wide).collect() } else { new })
}

/// `04/09/2026`. Where nothing says which part comes first, the next day might not be read as it is meant.
fn year_last(old: &str, day: NaiveDate, day_first: DayFirst) -> Option<String> {
    let &[(a, first @ ("/" | "." | "-")), (b, second), (year, "")] = parts(old).as_slice() else {
        return None;
    };
    if first != second || count(year) != 4 || !old.is_ascii() {
        return None;
    }
    let (one, other) = match day_first {
        DayFirst::Ask => return None,
        DayFirst::Yes => (day.day(), day.month()),
        DayFirst::No => (day.month(), day.day()),
    };
    let year = day.year();
    Some(if count(a) == 2 && count(b) == 2 {
        format!("{one:02}{first}{other:02}{first}{year:04}")
    } else {
        format!("{one}{first}{other}{first}{year:04}")
    })
}

/// The era of today in the form in which a day names its own, and what stands behind that. A first year
/// (元年) is a number, too.
fn era(old: &str) -> (Option<String>, &str) {
    let [today, ..] = ERAS;
    let capital = today.letter.to_ascii_uppercase();
    let forms = |era: &Era| {
        let letters = [(era.letter, today.letter), (era.letter.to_ascii_uppercase(), capital)];
        let letters = letters.map(|(known, todays)| Some((old.strip_prefix(known)?, todays.to_string())));
        letters
            .into_iter()
            .flatten()
            .next()
            .or_else(|| Some((old.strip_prefix(era.name)?, today.name.into())))
    };
    match ERAS.iter().find_map(forms) {
        Some((rest, todays)) => (Some(todays), rest),
        None => (None, old),
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '元'
}

/// Whether a zero leads a number.
fn is_led(number: &str) -> bool {
    number.starts_with(['0', '０'])
}

fn wide(c: char) -> char {
    match c.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit)) {
        Some(digit) => digit,
        None => c,
    }
}

/// Whether a word is one of these names or at least three letters of it.
fn is_one_of(word: &str, names: &[&str]) -> bool {
    let begins = |name: &&str| name.get(..word.len()).is_some_and(|name| name.eq_ignore_ascii_case(word));
    word.len() >= 3 && names.iter().any(begins)
}

/// A name as an old one is written: in capitals or not, whole or in three letters.
fn name_like(old: &str, whole: &[&str], at: usize) -> Option<String> {
    let name = whole.get(at)?;
    let is_whole = whole.iter().any(|known| known.eq_ignore_ascii_case(old));
    let mut new = if is_whole { (*name).to_owned() } else { name.chars().take(3).collect() };
    if old.bytes().all(|b| b.is_ascii_uppercase()) {
        new.make_ascii_uppercase();
    } else if let Some(first) = new.get_mut(..1).filter(|_| old.starts_with(|c: char| c.is_ascii_uppercase()))
    {
        first.make_ascii_uppercase();
    }
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    #[test]
    fn a_day_as_another_is_written() {
        for (old, new, early) in [
            ("2026-09-14", "2026-11-21", "2027-03-04"),
            ("2026-9-4", "2026-11-21", "2027-3-4"),
            ("2026/9/4", "2026/11/21", "2027/3/4"),
            ("2026/09/14", "2026/11/21", "2027/03/04"),
            ("2026.9.14", "2026.11.21", "2027.3.4"),
            ("20260914", "20261121", "20270304"),
            ("2026年9月14日", "2026年11月21日", "2027年3月4日"),
            ("2026年09月14日", "2026年11月21日", "2027年03月04日"),
            ("2026年11月14日", "2026年11月21日", "2027年3月4日"),
            ("2026年 9月 14日", "2026年 11月 21日", "2027年 3月 4日"),
            ("２０２６年９月１４日", "２０２６年１１月２１日", "２０２７年３月４日"),
            ("２０２６年０９月１４日", "２０２６年１１月２１日", "２０２７年０３月０４日"),
            ("２０２６/０９/１４", "２０２６/１１/２１", "２０２７/０３/０４"),
            ("R8.9.14", "R8.11.21", "R9.3.4"),
            ("r08.09.14", "r08.11.21", "r09.03.04"),
            ("令和8年9月14日", "令和8年11月21日", "令和9年3月4日"),
            ("令和元年9月14日", "令和8年11月21日", "令和9年3月4日"),
            ("令和８年９月１４日", "令和８年１１月２１日", "令和９年３月４日"),
            ("平成31年4月1日", "令和8年11月21日", "令和9年3月4日"),
            ("H31/4/1", "R8/11/21", "R9/3/4"),
            ("令和8年9月14日（月）", "令和8年11月21日（土）", "令和9年3月4日（木）"),
            ("2026年9月21日(月・祝)", "2026年11月21日(土)", "2027年3月4日(木)"),
            ("2026/9/14 月曜日", "2026/11/21 土曜日", "2027/3/4 木曜日"),
            ("2026年9月14日月曜", "2026年11月21日土曜", "2027年3月4日木曜"),
            ("2026-09-14 月", "2026-11-21 土", "2027-03-04 木"),
            ("2026-09-14 (Mon.)", "2026-11-21 (Sat.)", "2027-03-04 (Thu.)"),
            ("2026-09-14, Monday", "2026-11-21, Saturday", "2027-03-04, Thursday"),
            ("14 September 2026", "21 November 2026", "4 March 2027"),
            ("September 14th, 2026", "November 21st, 2026", "March 4th, 2027"),
            ("SEP. 04, 2026", "NOV. 21, 2026", "MAR. 04, 2027"),
            ("Sept 4 2026", "Nov 21 2026", "Mar 4 2027"),
            ("May 2, 2026", "November 21, 2026", "March 4, 2027"),
            ("4-sep-2026", "21-nov-2026", "4-mar-2027"),
            ("14th of September 2026", "21st of November 2026", "4th of March 2027"),
            ("Mon, 14 Sep 2026", "Sat, 21 Nov 2026", "Thu, 4 Mar 2027"),
            ("Sep 14, 2026 (Mon)", "Nov 21, 2026 (Sat)", "Mar 4, 2027 (Thu)"),
        ] {
            assert_eq!(like(old, day(2026, 11, 21), DayFirst::Ask).as_deref(), Some(new), "{old}");
            assert_eq!(like(old, day(2027, 3, 4), DayFirst::Ask).as_deref(), Some(early), "{old}");
        }
        for old in [
            "9/14/2026",
            "2026年（令和8年）9月14日",
            "二〇二六年九月十四日",
            "26.9.14",
            "R8年9.14",
            "",
            "月",
            "Mon",
        ] {
            assert_eq!(like(old, day(2026, 11, 21), DayFirst::Ask), None, "{old}");
        }
        assert_eq!(like("R1.5.2", day(2019, 5, 1), DayFirst::Ask).as_deref(), Some("R1.5.1"));
        assert_eq!(like("R1.5.2", day(2019, 4, 30), DayFirst::Ask), None, "it is none of today's era");
    }

    #[test]
    fn what_comes_first_is_said() {
        for (old, yes, no) in [
            ("01/04/2026", "10/06/2026", "06/10/2026"),
            ("1/4/2026", "10/6/2026", "6/10/2026"),
            ("25.12.2026", "10.06.2026", "06.10.2026"),
            ("9-14-2026（月）", "10-6-2026（水）", "6-10-2026（水）"),
        ] {
            let like = |day_first| like(old, day(2026, 6, 10), day_first);
            assert_eq!(
                (like(DayFirst::Yes).as_deref(), like(DayFirst::No).as_deref()),
                (Some(yes), Some(no))
            );
        }
    }
}
