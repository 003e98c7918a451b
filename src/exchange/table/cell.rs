//! One cell of a table: what is around its value, and several values in one.
//!
//! Knows the habits of spreadsheets; nothing of persons.

use crate::date::{Birthday, DateError, DayFirst};
use crate::exchange::card::of_host;
use crate::exchange::sheet::is_formula;
use crate::text::{one_line, squeezed};

/// What a cell holds, without what spreadsheets need around it: `="090…"` keeps a zero, and `'` in
/// front keeps `=`, `+`, `-` and `@` from being a formula.
pub fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let cell = cell.strip_prefix("=\"").and_then(|inner| inner.strip_suffix('"')).unwrap_or(cell);
    let is_signed =
        |inner: &str| inner.starts_with(['\t', '\r']) || is_formula(inner.trim_start_matches('\''));
    let inner = cell.strip_prefix('\'').filter(|inner| is_signed(inner));
    inner.unwrap_or(cell).trim()
}

/// A value in one line.
pub fn line(value: &str) -> String {
    one_line(value).into_owned()
}

/// A name or a part of one: in one line, with plain blanks.
pub fn name(value: &str) -> String {
    squeezed(&one_line(value)).into_owned()
}

/// Free text, with plain ends of lines.
pub fn lines(value: &str) -> String {
    value.trim().replace("\r\n", "\n").replace('\r', "\n")
}

/// The values of a cell with several: ` ::: ` stands between Google's, `;` or an end of line between
/// others'.
pub fn several(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(":::")
        .flat_map(|part| part.split([';', '；', '\n', '\r']))
        .map(bare)
        .filter(|v| !v.is_empty())
}

/// Words of a list, which commas part as well.
pub fn words(value: &str) -> impl Iterator<Item = String> {
    several(value).flat_map(|part| part.split([',', '、', '，'])).map(line).filter(|word| !word.is_empty())
}

/// An e-mail address, without `mailto:`. None for what is no address, such as Exchange's own names.
pub fn email(value: &str) -> Option<String> {
    let value = strip_scheme(value, "mailto:");
    let (local, host) = value.rsplit_once('@')?;
    let is_whole = !local.is_empty() && host.contains(|c: char| c.is_alphanumeric());
    (is_whole && !value.contains(char::is_whitespace)).then(|| line(value))
}

/// A telephone number as it is written, without `tel:`. None where a spreadsheet has made a number of
/// it (`8.19012E+11`) or there is no digit.
pub fn phone(value: &str) -> Option<String> {
    let value = line(strip_scheme(value, "tel:").trim_start_matches('\''));
    let has_digit = value.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let is_rounded = value.to_ascii_lowercase().contains("e+");
    (has_digit && !is_rounded).then_some(value)
}

fn strip_scheme<'v>(value: &'v str, scheme: &str) -> &'v str {
    match value.split_at_checked(scheme.len()) {
        Some((head, rest)) if head.eq_ignore_ascii_case(scheme) => rest.trim(),
        _ => value,
    }
}

/// The channel that the address of a page is in, by its host.
pub fn channel_of_page(page: &str) -> &'static str {
    let rest = page.split_once("://").map_or(page, |(_, rest)| rest);
    of_host(rest.split(['/', '?', '#', ':']).next().unwrap_or_default()).unwrap_or("url")
}

/// What a cell says of a day.
#[derive(Debug, PartialEq, Eq)]
pub enum Said<T> {
    /// The day.
    Day(T),
    /// That there is none: `0/0/00`, or a year that stands for it.
    None,
    /// Nothing that is sure.
    Unsure,
}

/// A birthday, whose order of day and month `order` says where two are possible.
pub fn birthday(value: &str, order: DayFirst) -> Said<Birthday> {
    if is_no_day(value) {
        return Said::None;
    }
    // Programs give a time to it, which is none of anybody's.
    match Birthday::parse(value, order) {
        Ok(birthday) if order == DayFirst::Ask && is_turnable(value, birthday) => Said::Unsure,
        Ok(birthday) => Said::Day(birthday),
        Err(DateError::NotADate | DateError::Ambiguous | DateError::Impossible) => Said::Unsure,
    }
}

/// Whether a day without a year could as well be read the other way round: `04/05`.
fn is_turnable(value: &str, birthday: Birthday) -> bool {
    let may_turn = birthday.day.is_some_and(|day| day <= 12 && day != birthday.month);
    birthday.year.is_none() && may_turn && value.matches(['/', '.']).count() == 1
}

/// A day; a time may follow it behind a comma, as LinkedIn once wrote it.
pub fn day(value: &str, order: DayFirst) -> Said<chrono::NaiveDate> {
    if is_no_day(value) {
        return Said::None;
    }
    let before = value.rsplit_once(',').filter(|(_, time)| time.contains(':')).map_or(value, |(day, _)| day);
    crate::date::parse(before, order).map_or(Said::Unsure, Said::Day)
}

/// Zeros alone, and Outlook's last year.
fn is_no_day(value: &str) -> bool {
    !value.contains(|c: char| c.is_alphabetic() || ('1'..='9').contains(&c)) || value.contains("4501")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_put_around() {
        for (cell, expected) in [
            ("=\"09012345678\"", "09012345678"),
            ("'+81 90", "+81 90"),
            ("'=SUM(1)", "=SUM(1)"),
            ("'--12-03", "--12-03"),
            ("'tis", "'tis"),
            ("  a ", "a"),
            ("=\"", "=\""),
        ] {
            assert_eq!(bare(cell), expected, "{cell}");
        }
        assert_eq!(several("a ::: b;c\nd ;").collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert_eq!(words("猫、犬, x").collect::<Vec<_>>(), ["猫", "犬", "x"]);
        assert_eq!(lines(" a\r\nb\rc "), "a\nb\nc");
        assert_eq!(name("田中　 太郎\n"), "田中 太郎");
    }

    #[test]
    fn addresses_that_are_some() {
        assert_eq!(email("mailto:A@example.com").as_deref(), Some("A@example.com"));
        assert_eq!(email("/o=ExchangeLabs/cn=x"), None);
        assert_eq!(email("a b@example.com"), None);
        assert_eq!(phone("'09012345678").as_deref(), Some("09012345678"));
        assert_eq!(phone("9012345678").as_deref(), Some("9012345678"));
        assert_eq!(phone("8.19012E+11"), None);
        assert_eq!(phone("なし"), None);
        assert_eq!(channel_of_page("https://www.LinkedIn.com/in/x"), "linkedin");
        assert_eq!(channel_of_page("twitter.com/x"), "x");
        assert_eq!(channel_of_page("https://example.com/x.com"), "url");
        assert_eq!(channel_of_page("https://netflix.com"), "url");
        assert_eq!(channel_of_page("https://m.me/taro"), "facebook", "as on a card");
    }

    #[test]
    fn days_that_are_sure() {
        let said = |value, order| match birthday(value, order) {
            Said::Day(day) => day.to_string(),
            Said::None => "none".into(),
            Said::Unsure => "?".into(),
        };
        for (value, expected) in [
            ("1985-12-03", "1985-12-03"),
            ("--12-03", "--12-03"),
            (" 1985/12/3 0:00:00", "1985-12-03"),
            ("昭和60年12月3日", "1985-12-03"),
            ("04/05/1985", "?"),
            ("04/05", "?"),
            ("4月5日", "--04-05"),
            ("0/0/00", "none"),
            ("00/0/0", "none"),
            ("1/1/4501", "none"),
            ("1604-12-03", "--12-03"),
        ] {
            assert_eq!(said(value, DayFirst::Ask), expected, "{value}");
        }
        assert_eq!(said("04/05/1985", DayFirst::No), "1985-04-05");
        assert_eq!(said("04/05/1985", DayFirst::Yes), "1985-05-04");
        assert_eq!(said("4/25/1985", DayFirst::Yes), "1985-04-25");
    }
}
