//! Whose a file is: what goen exported is known by a mark in it, so that nothing else is overwritten.

/// What goen exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// A calendar.
    Ics,
    /// An address book.
    Vcf,
    /// Everything, as data.
    Json,
    /// A table of people.
    Csv,
    /// A picture of who belongs where and who knows whom.
    Canvas,
}

/// How the line of a calendar or address book begins that names the program which made it.
pub const ICS_MARK: &str = "PRODID:-//goen//";

/// How everything as data begins.
const JSON_BEGIN: &str = "{\n  \"version\": 1,\n  \"date\": \"";

impl Format {
    /// Whether bytes are what goen exports in this format. An empty file is nobody's.
    pub fn is_own(self, bytes: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        text.trim().is_empty()
            || match self {
                Self::Ics => is_own_calendar(text),
                Self::Vcf => is_own_address_book(text),
                Self::Json => text.starts_with(JSON_BEGIN),
                Self::Csv => super::roster::is_own(text),
                Self::Canvas => super::canvas::is_own(text),
            }
    }
}

/// Whether a calendar is goen's, and each of its entries says in its UID that it is goen's too: one without
/// a UID, a task or a reminder is somebody's own.
fn is_own_calendar(text: &str) -> bool {
    let mut parts = parts(text);
    let is_own = parts.next().is_some_and(|head| is(head, "BEGIN:VCALENDAR") && is_made_by_goen(head));
    is_own
        && parts.all(|part| {
            let mut uids = part.lines().filter(|line| starts(line, "UID")).peekable();
            is(part, "BEGIN:VEVENT")
                && uids.peek().is_some()
                && uids.all(|line| line.trim_end().ends_with("@goen"))
        })
        && is_nothing_behind(text, "END:VCALENDAR")
}

/// Whether each card of an address book is goen's.
fn is_own_address_book(text: &str) -> bool {
    parts(text)
        .all(|part| is(part, "BEGIN:VCARD") && is_made_by_goen(part) && is_nothing_behind(part, "END:VCARD"))
}

/// What of a calendar or address book stands from one line that begins something to the next one.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text.split_inclusive('\n');
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = lines.next()?;
        let more = lines.clone().take_while(|line| !starts(line, "BEGIN:")).count();
        let length = first.len() + lines.by_ref().take(more).map(str::len).sum::<usize>();
        let (part, behind) = rest.split_at(length);
        rest = behind;
        Some(part)
    })
}

/// Whether the first line of a part is this one, in any case of its letters.
fn is(part: &str, line: &str) -> bool {
    part.lines().next().is_some_and(|first| first.trim_end().eq_ignore_ascii_case(line))
}

fn starts(line: &str, name: &str) -> bool {
    line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// Whether nothing but blanks follows the last line that ends something; it may be missing.
fn is_nothing_behind(text: &str, end: &str) -> bool {
    let behind = text.lines().rev().take_while(|line| !starts(line, end));
    let is_ended = text.lines().any(|line| starts(line, end));
    !is_ended || behind.into_iter().all(|line| line.trim().is_empty())
}

fn is_made_by_goen(part: &str) -> bool {
    /// The line stands at the head.
    const WITHIN: usize = 10;
    part.lines().take(WITHIN).any(|line| line.starts_with(ICS_MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_goen_wrote_is_its_own() {
        let check = |format: Format, text: &str, want: bool| {
            assert_eq!(format.is_own(text.as_bytes()), want, "{format:?} {text}");
        };
        check(Format::Ics, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//goen//goen//JA\r\n", true);
        check(Format::Ics, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//x//JA\r\n", false);
        let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//goen//goen//JA\r\nBEGIN:VEVENT\r\n";
        check(Format::Ics, &format!("{calendar}UID:1f@goen\r\nSUMMARY:x\r\n"), true);
        check(Format::Ics, &format!("{calendar}UID:1f@goen\r\nUID:2@other\r\n"), false);
        for own in ["VEVENT\r\nSUMMARY:mine", "VALARM\r\nTRIGGER:-PT15M", "VJOURNAL\r\nUID:2@goen"] {
            check(Format::Ics, &format!("{calendar}UID:1f@goen\r\nBEGIN:{own}\r\n"), false);
        }
        check(Format::Ics, &format!("{calendar}UID:1f@goen\r\nEND:VCALENDAR\r\n\r\n"), true);
        check(Format::Ics, &format!("{calendar}UID:1f@goen\r\nEND:VCALENDAR\r\nmine\r\n"), false);
        // Somebody's event that quotes the mark.
        let quoted = format!("BEGIN:VCALENDAR\n{}DESCRIPTION:x\n{ICS_MARK}\n", "X:y\n".repeat(20));
        check(Format::Ics, &quoted, false);
        check(Format::Vcf, "BEGIN:VCALENDAR\r\nPRODID:-//goen//goen//JA\r\n", false);
        let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//goen//goen//EN\r\nEND:VCARD\r\n";
        check(Format::Vcf, &card.repeat(3), true);
        check(Format::Vcf, &format!("{card}BEGIN:VCARD\r\nFN:Mine\r\nUID:abc\r\nEND:VCARD\r\n"), false);
        check(Format::Vcf, &format!("{card}mine\r\n{card}"), false);
        check(Format::Json, "{\n  \"version\": 1,\n  \"date\": \"2026-11-21\",\n", true);
        check(Format::Json, "{}", false);
        let header = super::super::roster::HEADER.join(",");
        let row = |path: &str| format!("x{}{path},active\r\n", ",".repeat(24));
        check(Format::Csv, &format!("\u{feff}{header}\r\n{}", row("People/x.md")), true);
        check(Format::Csv, &format!("{header}\n{}{}\n", row("\"People/x, y.md\""), ",".repeat(25)), true);
        // With a row of somebody's own it is theirs.
        check(Format::Csv, &format!("{header}\r\n{}", row("")), false);
        check(Format::Csv, &format!("{header}\r\n{}mine,,\r\n", row("People/x.md")), false);
        check(
            Format::Csv,
            &format!("{header}\r\n{}", row("People/x.md").replace("active", "active,mine")),
            false,
        );
        // With a column of somebody's own it is theirs.
        check(Format::Csv, &format!("\u{feff}{header},メモ\r\nx,"), false);
        check(Format::Csv, "name,reading\n", false);
        for format in [Format::Ics, Format::Vcf, Format::Json, Format::Csv, Format::Canvas] {
            check(format, "", true);
            check(format, "my notes", false);
            assert!(!format.is_own(b"\xff"));
        }
    }
}
