//! moment.js formats of daily notes: a day that is written in one is read as that day.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};
use goen::moment::DailyFormat;
use goen::problem::FormatFault;

/// What formats and names are made of; the newline is between the two.
pub const PIECES: &[&str] = &[
    "YYYY",
    "YY",
    "Y",
    "MMMM",
    "MMM",
    "MM",
    "Mo",
    "M",
    "DDDD",
    "DDDo",
    "DDD",
    "DD",
    "Do",
    "D",
    "dddd",
    "ddd",
    "dd",
    "do",
    "E",
    "e",
    "GGGG",
    "GG",
    "WW",
    "Wo",
    "W",
    "gggg",
    "ww",
    "Q",
    "HH",
    "mm",
    "A",
    "ZZ",
    "L",
    "x",
    "[",
    "]",
    "[W]",
    "[年]",
    "年",
    "月",
    "日",
    "-",
    "/",
    ".",
    " ",
    "_",
    "\n",
    "2026",
    "11",
    "21",
    "2026-11-21",
    "2026-W47-6",
    "Nov",
    "November",
    "Saturday",
    "土曜日",
    "Sat",
    "325",
    "21st",
    ".md",
    "日記/",
    "(",
    ")",
    "*",
    "+",
    "\\",
    "が",
    "か\u{3099}",
    "🙂",
    "１１",
    "0",
    "1",
];

/// The first line is a format, the second the path of a note.
pub fn holds(data: &[u8]) {
    let Some(text) = super::text(data, PIECES) else { return };
    let (format, path) = text.split_once('\n').unwrap_or((&text, ""));
    let read = match DailyFormat::new(format) {
        Ok(read) => read,
        Err(_) => {
            assert!(DailyFormat::strict(format).is_err(), "{format:?}");
            return;
        }
    };
    assert!(matches!(DailyFormat::strict(format), Ok(_) | Err(FormatFault::Unclosed)), "{format:?}");
    assert!(!read.is_exact(path) || read.date_of(path).is_some(), "{text:?}");
    if let Some(day) = read.date_of(path) {
        assert!((1..=9999).contains(&day.year()), "{text:?}: {day}");
    }
    for day in ["2026-11-21", "2020-12-31", "2021-01-01", "1999-02-28"] {
        let day: NaiveDate = day.parse().unwrap();
        if let Some(name) = written(format, day) {
            assert_eq!(read.date_of(&name), Some(day), "{format:?}: {name}");
            assert_eq!(read.date_of(&format!("x/{name}.md")), Some(day), "{format:?}: {name}");
            assert!(read.is_exact(&name), "{format:?}: {name}");
        }
    }
}

/// A day in a format of whole numbers, folders and harmless signs between them; others are not written here.
fn written(format: &str, day: NaiveDate) -> Option<String> {
    let mut out = String::new();
    let mut rest = format;
    let mut was_number = false;
    while let Some(first) = rest.chars().next() {
        let token = ["YYYY", "GGGG", "DDDD", "MM", "DD", "WW", "E"].into_iter().find(|token| {
            rest.strip_prefix(token).is_some_and(|rest| !rest.starts_with(first) && !rest.starts_with('o'))
        });
        let len = match token {
            Some(_) if was_number => return None,
            Some(token) => {
                let week = day.iso_week();
                let _ = match token {
                    "YYYY" => write!(out, "{:04}", day.year()),
                    "GGGG" => write!(out, "{:04}", week.year()),
                    "DDDD" => write!(out, "{:03}", day.ordinal()),
                    "MM" => write!(out, "{:02}", day.month()),
                    "DD" => write!(out, "{:02}", day.day()),
                    "WW" => write!(out, "{:02}", week.week()),
                    _ => write!(out, "{}", day.weekday().number_from_monday()),
                };
                token.len()
            }
            None if matches!(first, '-' | '_' | '年' | '月' | '日') => {
                out.push(first);
                first.len_utf8()
            }
            None if first == '/' && !out.is_empty() && !out.ends_with('/') => {
                out.push('/');
                1
            }
            None => return None,
        };
        was_number = token.is_some();
        rest = &rest[len..];
    }
    (!out.is_empty() && !out.ends_with('/')).then_some(out)
}
