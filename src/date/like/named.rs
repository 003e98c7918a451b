//! A date with its month in words, as another one is written.

use chrono::{Datelike, NaiveDate};

use super::super::{MONTHS, WEEKDAYS};
use super::{is_led, is_one_of, name_like};

/// `September 14th, 2026`, `14-Sep-2026`, `Mon, 14 September 2026`: each of its words and numbers as the new
/// day has it. None where one of them is not known, or stands there twice.
pub(super) fn like(old: &str, day: NaiveDate) -> Option<String> {
    let (mut new, mut rest) = (String::new(), old);
    let (mut months, mut days, mut years) = (0, 0, 0);
    while let Some(first) = rest.chars().next() {
        let same = |c: char| match first {
            '0'..='9' => c.is_ascii_digit(),
            'a'..='z' | 'A'..='Z' => c.is_ascii_alphabetic(),
            _ => !c.is_ascii_alphanumeric(),
        };
        let (word, behind) = rest.split_at(rest.find(|c| !same(c)).unwrap_or(rest.len()));
        rest = behind;
        match first {
            '0'..='9' if word.len() == 4 => {
                years += 1;
                new += &format!("{:04}", day.year());
            }
            '0'..='9' if word.len() <= 2 => {
                days += 1;
                new += &if is_led(word) { format!("{:02}", day.day()) } else { day.day().to_string() };
                let ending = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
                if ["st", "nd", "rd", "th"].iter().any(|known| known.eq_ignore_ascii_case(ending)) {
                    new += ordinal(day.day());
                    rest = &rest[ending.len()..];
                }
            }
            'a'..='z' | 'A'..='Z' if word == "of" => new += word,
            'a'..='z' | 'A'..='Z' if is_one_of(word, &MONTHS) => {
                months += 1;
                new += &name_like(word, &MONTHS, day.month0() as usize)?;
            }
            'a'..='z' | 'A'..='Z' if is_one_of(word, &WEEKDAYS) => {
                new += &name_like(word, &WEEKDAYS, day.weekday().num_days_from_monday() as usize)?;
            }
            '0'..='9' | 'a'..='z' | 'A'..='Z' => return None,
            _ if word.is_ascii() => new += word,
            _ => return None,
        }
    }
    (months == 1 && days == 1 && years == 1).then_some(new)
}

fn ordinal(day: u32) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}
