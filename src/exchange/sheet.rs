//! Tables for spreadsheets and label programs: rows of cells, none of which is taken for a formula.
//!
//! The door to csv for what is written, and for looking at it again.

use std::io;

use crate::text::one_line;

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// LF.
    Unix,
    /// CRLF, as RFC 4180 has it.
    Dos,
}

/// The table of a header and rows.
///
/// # Errors
/// None that is known of: it is written to memory.
pub fn table<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
    ends: Ends,
) -> io::Result<String> {
    let terminator = match ends {
        Ends::Unix => csv::Terminator::Any(b'\n'),
        Ends::Dos => csv::Terminator::CRLF,
    };
    let mut csv = csv::WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    csv.write_record(header)?;
    for row in rows {
        csv.write_record(row.map(|cell| harmless(&cell)))?;
    }
    let bytes = csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The rows of such a table; none where one cannot be read.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Option<Vec<String>>> {
    let csv = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    csv.into_records().map(|row| Some(row.ok()?.iter().map(str::to_owned).collect()))
}

/// A cell in one line that no spreadsheet takes for a formula: what begins like one, in either width, gets
/// an apostrophe in front, which spreadsheets read as the sign of a text; so does what has one already.
fn harmless(cell: &str) -> String {
    let cell = one_line(cell);
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.into_owned() }
}

/// Whether a spreadsheet might take a text for a formula, whatever without a shape stands in front.
pub(super) fn is_formula(text: &str) -> bool {
    let first = text.chars().find(|c| !c.is_whitespace() && !shows_nothing(*c));
    first.is_some_and(|c| "=+-@＝＋－＠﹦﹢﹣﹫".contains(c))
}

/// Letters without a shape that [`one_line`] leaves: fillers, joiners, selectors of variants.
fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_55_nothing_begins_like_a_formula() {
        let check = |cell: &str, want: &str| assert_eq!(harmless(cell), want);
        check("=1+1", "'=1+1");
        check(" \t@SUM(A1)", "'@SUM(A1)");
        check("\u{202e}-1", "'-1");
        check("\r=1", "'=1");
        check("＝1", "'＝1");
        check("﹦1", "'﹦1");
        // Whoever takes one sign off has what was there.
        check("'=1", "''=1");
        check("\u{3164}\u{200d}=1", "'\u{3164}\u{200d}=1");
        check("+81 90", "'+81 90");
        check("東京都港区1-2", "東京都港区1-2");
        check("a\nb\u{7}", "a b");
    }

    #[test]
    fn lines_end_as_they_are_asked_to() {
        let rows = || [["a,b".to_owned(), "c\"d".to_owned()]];
        assert_eq!(table(["x", "y"], rows(), Ends::Unix).unwrap(), "x,y\n\"a,b\",\"c\"\"d\"\n");
        assert_eq!(table(["x", "y"], rows(), Ends::Dos).unwrap(), "x,y\r\n\"a,b\",\"c\"\"d\"\r\n");
    }
}
