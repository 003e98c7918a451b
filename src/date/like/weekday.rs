//! The weekday behind a date, as another one is written.

use chrono::{Datelike, NaiveDate};

use super::super::{WEEKDAYS, WEEKDAYS_JA};
use super::{is_one_of, name_like};

/// What stands in front of the weekday behind a date, and that weekday as the new day has it, with the
/// signs around it; nothing where there is none.
pub(super) fn parted(old: &str, day: NaiveDate) -> (&str, String) {
    let (text, close) = match old.char_indices().next_back() {
        Some((at, close @ (')' | '）'))) => (&old[..at], Some(close)),
        _ => (old, None),
    };
    let at = match close {
        Some(_) => text.rfind(['(', '（']).map(|at| at + text[at..].chars().next().map_or(0, char::len_utf8)),
        None => bare(text),
    };
    let found = at.and_then(|at| Some((at, like(text[at..].trim(), day)?)));
    let Some((at, new)) = found else { return (old, String::new()) };
    let date = text[..at].trim_end_matches(['(', '（', ',', ' ', '\u{3000}']);
    (date, format!("{}{new}{}", &text[date.len()..at], close.map(String::from).unwrap_or_default()))
}

/// Whether the weekday behind a date is a day's own.
pub(super) fn names(behind: &str, day: NaiveDate) -> bool {
    let at = day.weekday().num_days_from_monday() as usize;
    let word = behind.trim_start_matches(['(', '（', ',', ' ', '\u{3000}']);
    let name = word.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    word.starts_with(WEEKDAYS_JA[at]) || is_one_of(name, &WEEKDAYS[at..=at])
}

/// Where a weekday begins that stands in no brackets. One letter alone stands behind a blank: 14日 is none.
fn bare(text: &str) -> Option<usize> {
    let word = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    if word < text.len() {
        return text[..word].ends_with([' ', ',']).then_some(word);
    }
    let named = text.strip_suffix("曜日").or_else(|| text.strip_suffix('曜'));
    let (at, _) = named.unwrap_or(text).char_indices().next_back()?;
    (named.is_some() || text[..at].ends_with(char::is_whitespace)).then_some(at)
}

/// The weekday of the new day as a word names the old one's. That the old one was a holiday is not said of it.
fn like(word: &str, day: NaiveDate) -> Option<String> {
    let at = day.weekday().num_days_from_monday() as usize;
    let mut chars = word.chars();
    if chars.next().is_some_and(|c| WEEKDAYS_JA.contains(&c)) {
        let behind = chars.as_str();
        let ends = ["曜日", "曜"].into_iter().find(|end| behind.starts_with(end)).unwrap_or("");
        return behind
            .chars()
            .all(|c| "曜日・祝休振".contains(c))
            .then(|| format!("{}{ends}", WEEKDAYS_JA[at]));
    }
    let name = word.trim_end_matches('.');
    let is_weekday = is_one_of(name, &WEEKDAYS);
    Some(name_like(name, &WEEKDAYS, at).filter(|_| is_weekday)? + &word[name.len()..])
}
