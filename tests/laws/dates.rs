//! Dates, parts of dates, lengths and phrases: no text breaks a reader, and the readers agree with each
//! other.

use chrono::{Datelike, NaiveDate};
use goen::date::{Birthday, DateError, DayFirst, Partial, Period, Stretch, Towards, Window};
use goen::date::{find_backward_period, find_period, parse, phrase, prefix};

/// What they are made of.
pub const PIECES: &[&str] = &[
    "2026",
    "11",
    "21",
    "9",
    "0",
    "1",
    "31",
    "-",
    "/",
    ".",
    "年",
    "月",
    "日",
    "令和",
    "平成",
    "昭和",
    "R",
    "H",
    "S",
    "㋿",
    "元",
    "二〇二六",
    "十一",
    "二十",
    "Sep",
    "September",
    "14th",
    ", ",
    " ",
    "　",
    "T10:00:00Z",
    "10:00",
    "(月)",
    "（土）",
    "Monday",
    "月曜",
    "[[",
    "]]",
    "|",
    "**",
    "_",
    ":",
    "..",
    "〜",
    " - ",
    "~",
    "現在",
    "now",
    "--",
    "1604",
    "?",
    "3w",
    "6週間",
    "1m",
    "2 months",
    "半年",
    "月1回",
    "every ",
    "quarterly",
    "days",
    "か月",
    "今日",
    "明日",
    "来週",
    "来月",
    "next ",
    "last ",
    "friday",
    "in ",
    " ago",
    "前",
    "後",
    "末",
    "年末",
    "年始",
    "上旬",
    "中旬",
    "下旬",
    "the ",
    "on ",
    "end of ",
    "約",
    "先",
    "再来",
    "W47",
    "2026-09-14",
    "11/20",
    "4/5/2026",
    "20日",
    "(",
    ")",
    "（",
    "１",
    "\u{301}",
    "\u{fdfa}",
    "99999999999",
    "🙂",
    "\n",
];

/// See the head of this file.
pub fn holds(data: &[u8]) {
    let Some(text) = super::text(data, PIECES) else { return };
    let text = text.as_str();
    let today: NaiveDate = "2026-11-21".parse().unwrap();
    for order in [DayFirst::Ask, DayFirst::Yes, DayFirst::No] {
        let whole = parse(text, order);
        assert_eq!(whole, parse(&format!(" {text}\n"), order), "{text:?}");
        assert_eq!(whole, parse(&text.to_ascii_uppercase(), order), "{text:?}");
        if let Ok(day) = whole {
            assert!((1..=9999).contains(&day.year()), "{text:?}: {day}");
            assert_eq!(prefix(text, order).map(|(day, _)| day), Ok(day), "{text:?}");
            assert_eq!(
                Birthday::parse(text, order).is_ok(),
                Birthday::parse(&day.to_string(), order).is_ok(),
                "{text:?}"
            );
        }
        if let Ok((_, covered)) = prefix(text, order) {
            assert!(text.get(..covered).is_some(), "{text:?}: {covered}");
        }
        if let Ok(part) = Partial::parse(text, order) {
            assert!(part.first_day() <= part.last_day(), "{text:?}: {part:?}");
        }
        if let Ok(birthday) = Birthday::parse(text, order) {
            let _ = (birthday.in_year(2026), birthday.in_year(2028), birthday.in_year(i32::MAX));
        }
        for today in [today, NaiveDate::MIN, NaiveDate::MAX, "2024-02-29".parse().unwrap()] {
            for towards in [Towards::Past, Towards::Future] {
                let meant = phrase(text, today, towards, order);
                assert!(whole == Err(DateError::NotADate) || meant == whole, "{text:?}: {meant:?}");
                if let Ok(day) = meant {
                    assert!((1..=9999).contains(&day.year()), "{text:?} on {today}: {day}");
                }
            }
        }
    }
    if let Some(period) = Period::parse(text) {
        assert!(period.is_forward() && Period::parse_backward(text).is_none(), "{text:?}");
        let (from, to) = (period.from.map(Partial::first_day), period.to.map(Partial::last_day));
        assert!(from.into_iter().chain(to).all(|day| period.contains(day)), "{text:?}: {period:?}");
    }
    if let Some((place, period)) = find_period(text) {
        let there = text.get(place.clone()).unwrap_or_else(|| panic!("{text:?}: {place:?}"));
        let bare = there.trim_start_matches(['(', '（']).trim_end_matches([')', '）']);
        assert!([Period::parse(there), Period::parse(bare)].contains(&Some(period)), "{text:?}: {there:?}");
    }
    if let Some(place) = find_backward_period(text) {
        assert!(text.get(place).is_some(), "{text:?}");
    }
    if let Some(length) = Stretch::parse(text) {
        assert!(
            length.after(today) > today && length.doubled().after(today) >= length.after(today),
            "{text:?}"
        );
        let _ = length.after(NaiveDate::MAX);
    }
    if let Some(window) = Window::parse(text) {
        for last in [today, NaiveDate::MIN, NaiveDate::MAX] {
            assert!(
                window.opens(last) <= window.due(last) && window.opens(last) >= last,
                "{text:?} from {last}"
            );
            assert!(window.doubled().due(last) >= window.due(last), "{text:?} from {last}");
        }
    }
}
