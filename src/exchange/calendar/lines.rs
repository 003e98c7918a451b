//! How iCalendar (RFC 5545) writes entries: content lines, folded and escaped.
//!
//! An own writer: the crates that were tried fold lines of some lengths at 76 octets instead of 75, leave
//! control characters in texts, or take the time where none is given; none is needed for the few
//! properties that a calendar of whole days has.

use chrono::NaiveDate;

use super::{Detail, Entry};
use crate::exchange::own::ICS_MARK;
use crate::text::{Lang, is_unprintable};

/// A line may have so many octets, without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// When every entry was last changed (DTSTAMP, a date-time in UTC: RFC 5545, 3.8.7.2). The notes do not tell
/// it, and the day on which a calendar is made would make all entries other ones each day: a calendar that
/// is kept in a repository would change as a whole, on each machine. One moment for all is as true for a
/// program that takes the whole file in.
const STAMP: &str = "DTSTAMP:20000101T000000Z";

/// A calendar of entries.
pub(super) fn written(entries: &[Entry], lang: Lang, detail: Detail) -> String {
    let mut out = Lines::default();
    out.raw("BEGIN:VCALENDAR");
    out.raw("VERSION:2.0");
    out.raw(&format!("{ICS_MARK}goen//{}", lang.code().to_uppercase()));
    out.raw("CALSCALE:GREGORIAN");
    // RFC 7986 has a name for calendars; most programs know the older one.
    for name in ["NAME", "X-WR-CALNAME"] {
        out.text(name, crate::text::pick(lang, "ご縁", "goen"));
    }
    for entry in entries {
        one(entry, lang, detail, &mut out);
    }
    out.raw("END:VCALENDAR");
    out.0
}

fn one(entry: &Entry, lang: Lang, detail: Detail, out: &mut Lines) {
    out.raw("BEGIN:VEVENT");
    out.raw(&format!("UID:{}", entry.uid));
    out.raw(STAMP);
    out.raw(&format!("DTSTART;VALUE=DATE:{}", basic(entry.first)));
    // The end of whole days is the day after the last (RFC 5545, 3.6.1).
    let end = entry.last.succ_opt().unwrap_or(entry.last);
    out.raw(&format!("DTEND;VALUE=DATE:{}", basic(end)));
    if entry.yearly {
        out.raw(&rule(entry.first));
    }
    for day in &entry.except {
        out.raw(&format!("EXDATE;VALUE=DATE:{}", basic(*day)));
    }
    out.text("SUMMARY", &entry.title);
    if detail == Detail::Whole {
        if !entry.text.is_empty() {
            out.text("DESCRIPTION", &entry.text.join("\n"));
        }
        if let Some(place) = &entry.place {
            out.text("LOCATION", place);
        }
    }
    out.text("CATEGORIES", entry.kind.told(detail).category(lang));
    out.raw("CLASS:PRIVATE");
    // Nobody is busy for it.
    out.raw("TRANSP:TRANSPARENT");
    out.raw("END:VEVENT");
}

/// Each year on the same day. 29 February is the last of its month, so that it is kept on the 28th in
/// common years: by the day of the month alone it would be left out in them (RFC 5545, 3.3.10).
fn rule(first: NaiveDate) -> String {
    use chrono::Datelike;
    match (first.month(), first.day()) {
        (2, 29) => "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1".to_owned(),
        _ => "RRULE:FREQ=YEARLY".to_owned(),
    }
}

/// `20261205`
fn basic(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A line as it is; folded where it is long, never inside a character.
    fn raw(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is a text (RFC 5545, 3.3.11).
    fn text(&mut self, name: &str, text: &str) {
        let mut line = format!("{name}:");
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c if is_unprintable(c) => line.push(' '),
                c => line.push(c),
            }
        }
        self.raw(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_octets_and_never_inside_a_character() {
        for filler in ["x", "é", "長", "🎂"] {
            for count in 0..200 {
                let text = format!("a{}", filler.repeat(count));
                let mut lines = Lines::default();
                lines.text("SUMMARY", &text);
                assert!(lines.0.ends_with("\r\n"));
                assert!(lines.0.split("\r\n").all(|line| line.len() <= LONGEST), "{}", lines.0);
                let unfolded = lines.0.replace("\r\n ", "");
                assert_eq!(unfolded, format!("SUMMARY:{text}\r\n"));
            }
        }
    }

    #[test]
    fn texts_are_escaped() {
        let check = |text: &str, want: &str| {
            let mut lines = Lines::default();
            lines.text("X", text);
            assert_eq!(lines.0, format!("X:{want}\r\n"));
        };
        check("a,b;c\\d", "a\\,b\\;c\\\\d");
        check("a\nb", "a\\nb");
        check("END:VEVENT\r\nBEGIN:VEVENT", "END:VEVENT \\nBEGIN:VEVENT");
        check("\u{7}\u{202e}x", "  x");
    }

    #[test]
    fn the_29th_of_february_is_the_last_of_its_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(rule(day("2000-02-29")), "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1");
        assert_eq!(rule(day("2001-02-28")), "RRULE:FREQ=YEARLY");
    }
}
