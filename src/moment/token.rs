//! The tokens of a format, and how a format is taken apart into them.
//!
//! Knows what each token may look like in a path; leaves which day a path tells to those who read one.

use crate::date::{MONTHS, WEEKDAYS};
use crate::problem::FormatFault;

/// What a token tells of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    DayOfYear,
    WeekYear,
    ShortWeekYear,
    Week,
    /// From 1, Monday.
    Weekday,
    WeekdayName,
    /// Something that does not tell the day, or in a way that depends on the locale.
    Other,
}

const D1: &str = "[0-9]{1,2}";

const D2: &str = "[0-9]{2}";

const D3: &str = "[0-9]{3}";

const D4: &str = "[0-9]{4}";

const DOY: &str = "[0-9]{1,3}";

const NTH: &str = "[0-9]{1,3}(?:st|nd|rd|th|月|日|週|番目)?";

const HALF: &str = "am|pm|午前|午後";

const ZONE: &str = "Z|[+-][0-9]{2}:?[0-9]{2}";

/// Stand for the names, which are written out when the pattern is built.
const MONTH: &str = "<month>";

const WEEKDAY: &str = "<weekday>";

/// The tokens; longer ones before their beginnings.
const TOKENS: [(&str, Field, &str); 54] = [
    ("YYYY", Field::Year, D4),
    ("YY", Field::ShortYear, D2),
    ("Y", Field::Year, "[0-9]{1,4}"),
    ("MMMM", Field::MonthName, MONTH),
    ("MMM", Field::MonthName, MONTH),
    ("MM", Field::Month, D2),
    ("Mo", Field::Month, NTH),
    ("M", Field::Month, D1),
    ("DDDD", Field::DayOfYear, D3),
    ("DDDo", Field::DayOfYear, NTH),
    ("DDD", Field::DayOfYear, DOY),
    ("DD", Field::Day, D2),
    ("Do", Field::Day, NTH),
    ("D", Field::Day, D1),
    ("dddd", Field::WeekdayName, WEEKDAY),
    ("ddd", Field::WeekdayName, WEEKDAY),
    ("dd", Field::WeekdayName, WEEKDAY),
    ("do", Field::Other, NTH),
    ("d", Field::Other, "[0-6]"),
    ("e", Field::Other, "[0-6]"),
    ("E", Field::Weekday, "[1-7]"),
    ("ww", Field::Other, D2),
    ("wo", Field::Other, NTH),
    ("w", Field::Other, D1),
    ("WW", Field::Week, D2),
    ("Wo", Field::Week, NTH),
    ("W", Field::Week, D1),
    ("gggg", Field::Other, D4),
    ("gg", Field::Other, D2),
    ("GGGG", Field::WeekYear, D4),
    ("GG", Field::ShortWeekYear, D2),
    ("Qo", Field::Other, NTH),
    ("Q", Field::Other, "[1-4]"),
    ("HH", Field::Other, D2),
    ("H", Field::Other, D1),
    ("hh", Field::Other, D2),
    ("h", Field::Other, D1),
    ("kk", Field::Other, D2),
    ("k", Field::Other, D1),
    ("mm", Field::Other, D2),
    ("m", Field::Other, D1),
    ("ss", Field::Other, D2),
    ("s", Field::Other, D1),
    ("SSS", Field::Other, D3),
    ("SS", Field::Other, D2),
    ("S", Field::Other, "[0-9]"),
    ("a", Field::Other, HALF),
    ("A", Field::Other, HALF),
    ("ZZ", Field::Other, ZONE),
    ("Z", Field::Other, ZONE),
    // Whole dates in the way of a locale, which a note's name does not tell.
    ("L", Field::Other, ""),
    ("l", Field::Other, ""),
    ("X", Field::Other, ""),
    ("x", Field::Other, ""),
];

/// A part of a format.
pub(super) enum Part<'a> {
    Literal(&'a str),
    Token(Field, &'static str),
}

/// The parts of a format, component by component.
pub(super) fn components(format: &str) -> Result<Vec<Vec<Part<'_>>>, FormatFault> {
    let mut all = vec![Vec::new()];
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let (part, length) = part(rest, c)?;
        rest = &rest[length..];
        // A literal in brackets may hold folders too.
        let Part::Literal(text) = part else {
            push(&mut all, part);
            continue;
        };
        for (at, piece) in text.split('/').enumerate() {
            if at > 0 {
                all.push(Vec::new());
            }
            push(&mut all, Part::Literal(piece));
        }
    }
    Ok(all)
}

/// Whether a `[` is never closed.
pub(super) fn is_left_open(format: &str) -> bool {
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let Ok((_, length)) = part(rest, c) else { return false };
        if c == '[' && length == 1 {
            return true;
        }
        rest = &rest[length..];
    }
    false
}

fn push<'a>(components: &mut [Vec<Part<'a>>], part: Part<'a>) {
    if let Some(last) = components.last_mut() {
        last.push(part);
    }
}

/// The part at the start of `rest`, whose first character is `c`, and its length in bytes.
pub(super) fn part(rest: &str, c: char) -> Result<(Part<'_>, usize), FormatFault> {
    if c == '['
        && let Some(close) = rest.find(']')
    {
        return Ok((Part::Literal(&rest[1..close]), close + 1));
    }
    if c == '\\'
        && let Some(next) = rest.chars().nth(1)
    {
        return Ok((Part::Literal(&rest[1..1 + next.len_utf8()]), 1 + next.len_utf8()));
    }
    match TOKENS.iter().find(|(token, ..)| rest.starts_with(token)) {
        Some((token, _, "")) => Err(FormatFault::NoName(token)),
        Some((token, field, pattern)) => Ok((Part::Token(*field, pattern), token.len())),
        None => Ok((Part::Literal(&rest[..c.len_utf8()]), c.len_utf8())),
    }
}

pub(super) fn fields(parts: &[Part<'_>]) -> Vec<Field> {
    let field = |part: &Part<'_>| match part {
        Part::Literal(_) => None,
        Part::Token(field, _) => Some(*field),
    };
    parts.iter().filter_map(field).collect()
}

/// The pattern of a component, a group for each token.
pub(super) fn pattern(parts: &[Part<'_>]) -> String {
    let names = |names: &[&str]| {
        let all: Vec<String> = names.iter().map(|name| format!("{name}|{}", &name[..3])).collect();
        all.join("|")
    };
    let one = |part: &Part<'_>| match part {
        Part::Literal(text) => regex::escape(text),
        Part::Token(_, MONTH) => format!("({}|sept|[0-9]{{1,2}}月)", names(&MONTHS)),
        Part::Token(_, WEEKDAY) => {
            format!("({}|mo|tu|we|th|fr|sa|su|[月火水木金土日](?:曜日?)?)", names(&WEEKDAYS))
        }
        Part::Token(_, pattern) => format!("({pattern})"),
    };
    parts.iter().map(one).collect()
}
