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
                Self::Ics => is_made_by_goen(text, "BEGIN:VCALENDAR") && has_only_own(text),
                Self::Vcf => is_made_by_goen(text, "BEGIN:VCARD"),
                Self::Json => text.starts_with(JSON_BEGIN),
                Self::Csv => text.lines().next() == Some(&super::roster::HEADER.join(",")),
                Self::Canvas => super::canvas::is_own(text),
            }
    }
}

/// Whether no entry of a calendar is somebody's own: each of goen's says so in its UID.
fn has_only_own(text: &str) -> bool {
    let mut named =
        text.lines().filter(|line| line.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("UID")));
    named.all(|line| line.trim_end().ends_with("@goen"))
}

fn is_made_by_goen(text: &str, begin: &str) -> bool {
    /// The line stands at the head.
    const WITHIN: usize = 10;
    text.starts_with(begin) && text.lines().take(WITHIN).any(|line| line.starts_with(ICS_MARK))
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
        // Somebody's event that quotes the mark.
        let quoted = format!("BEGIN:VCALENDAR\n{}DESCRIPTION:x\n{ICS_MARK}\n", "X:y\n".repeat(20));
        check(Format::Ics, &quoted, false);
        check(Format::Vcf, "BEGIN:VCALENDAR\r\nPRODID:-//goen//goen//JA\r\n", false);
        check(Format::Json, "{\n  \"version\": 1,\n  \"date\": \"2026-11-21\",\n", true);
        check(Format::Json, "{}", false);
        let header = super::super::roster::HEADER.join(",");
        check(Format::Csv, &format!("\u{feff}{header}\r\nx,"), true);
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
