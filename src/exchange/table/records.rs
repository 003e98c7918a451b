//! The records of a table, one after another, each with the line that it begins on.
//!
//! Knows how cells are quoted, and what is to be done where a quote is never closed: one record is
//! lost, and the next line begins a new one. What the cells mean is left to others.

use std::io::Cursor;

use csv::{Position, Reader, ReaderBuilder, StringRecord};

use crate::exchange::card::{BadRow, Why};

/// More lines than these no person has: a quote was not closed.
const MOST_LINES: usize = 50;

/// Reads a table from some place in a text on.
pub struct Records<'t> {
    text: &'t str,
    separator: u8,
    reader: Reader<Cursor<&'t [u8]>>,
    /// The byte where the next record is looked for, and the line that it is on, from 1.
    at: usize,
    line: usize,
    /// Where the reader stands, if not there.
    astray: bool,
    /// How many cells a whole record has: as many as the header, or as the last good one.
    widths: [usize; 2],
    /// Whether what comes may still belong to a record that was torn.
    mending: bool,
    /// The cells of the last record.
    cells: StringRecord,
}

impl<'t> Records<'t> {
    /// Reads the records behind the byte `at`, on line `line`, of a table whose header has `width`
    /// cells.
    pub fn new(text: &'t str, separator: u8, at: usize, line: usize, width: usize) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(Cursor::new(text.as_bytes()));
        let cells = StringRecord::new();
        Self { text, separator, reader, at, line, astray: true, widths: [width; 2], mending: false, cells }
    }

    /// The next record: the line that it begins on, and its cells. None at the end.
    ///
    /// # Errors
    /// A [`BadRow`] for a record without an end or beyond all measure; what follows it comes next.
    pub fn next(&mut self) -> Option<Result<(usize, &StringRecord), BadRow>> {
        let start = self.text[self.at..].find(|c| c != '\r' && c != '\n').map(|blank| self.at + blank)?;
        self.go_to(start);
        let line = self.line;
        if self.astray {
            let mut place = Position::new();
            place.set_byte(start as u64).set_line(line as u64);
            self.reader.seek(place).ok()?;
            self.astray = false;
        }
        let is_read = self.reader.read_record(&mut self.cells).unwrap_or(false);
        let end = usize::try_from(self.reader.position().byte()).unwrap_or(self.text.len());
        let Some(raw) = self.text.get(start..end).filter(|raw| is_read && !raw.is_empty()) else {
            self.at = self.text.len();
            return Some(Err(BadRow { line, why: Why::Malformed }));
        };
        let body = raw.trim_end_matches(['\r', '\n']);
        let length = body.len();
        let is_last = end >= self.text.trim_end_matches(['\r', '\n']).len();
        let first_line = memchr::memchr2(b'\r', b'\n', body.as_bytes()).unwrap_or(length);
        let fits = self.widths.contains(&self.cells.len());
        let in_doubt = first_line < length || is_last || !fits;
        let torn = in_doubt
            && match Quoting::of(body, self.separator) {
                Quoting::Whole => false,
                Quoting::Torn => first_line < length || !fits,
                Quoting::Open => true,
            };
        if torn {
            self.go_to(start + first_line);
            self.astray = true;
            self.mending = true;
            return Some(Err(BadRow { line, why: Why::NoEnd }));
        }
        self.go_to(end);
        if self.line - line > MOST_LINES {
            return Some(Err(BadRow { line, why: Why::TooLong }));
        }
        if self.mending && !fits {
            return Some(Err(BadRow { line, why: Why::Malformed }));
        }
        self.mending = false;
        self.widths[1] = self.cells.len();
        Some(Ok((line, &self.cells)))
    }

    /// The byte behind the last record, and its line.
    pub fn place(&self) -> (usize, usize) {
        (self.at, self.line)
    }

    fn go_to(&mut self, at: usize) {
        self.line += line_breaks(self.text.as_bytes(), self.at, at);
        self.at = at;
    }
}

/// How many lines end between two bytes; a `\r\n` ends one, where its `\n` stands.
pub fn line_breaks(text: &[u8], from: usize, to: usize) -> usize {
    let ends_line = |at: &usize| text[*at] == b'\n' || text.get(at + 1) != Some(&b'\n');
    memchr::memchr2_iter(b'\r', b'\n', text.get(from..to).unwrap_or_default())
        .map(|at| from + at)
        .filter(ends_line)
        .count()
}

/// How the quotes of a record stand.
#[derive(Debug, PartialEq, Eq)]
enum Quoting {
    /// Every quoted cell ends where its quotes do.
    Whole,
    /// A cell goes on behind its closing quote: that may have been the opening one of another.
    Torn,
    /// A cell has no closing quote.
    Open,
}

impl Quoting {
    fn of(record: &str, separator: u8) -> Self {
        let bytes = record.as_bytes();
        let mut quoting = Self::Whole;
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'"' {
                at += 1;
                loop {
                    let Some(quote) = memchr::memchr(b'"', &bytes[at..]) else { return Self::Open };
                    at += quote + 1;
                    if bytes.get(at) != Some(&b'"') {
                        break;
                    }
                    at += 1;
                }
                if bytes.get(at).is_some_and(|behind| ![separator, b'\r', b'\n'].contains(behind)) {
                    quoting = Self::Torn;
                }
            }
            at = memchr::memchr3(separator, b'\r', b'\n', &bytes[at..])
                .map_or(bytes.len(), |next| at + next + 1);
        }
        quoting
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is read of a table of three columns: `line:a|b|c`, or `line!why`.
    fn read(text: &str) -> Vec<String> {
        let mut records = Records::new(text, b',', 0, 1, 3);
        let mut all = Vec::new();
        while let Some(record) = records.next() {
            all.push(match record {
                Ok((line, cells)) => format!("{line}:{}", cells.iter().collect::<Vec<_>>().join("|")),
                Err(bad) => format!("{}!{:?}", bad.line, bad.why),
            });
        }
        all
    }

    #[test]
    fn records_have_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b,c", "", "\"x", "y\",\"q\"\"r\",", "1,2", "3,4,5,6", ""].join(end);
            let expected =
                ["1:a|b|c".to_owned(), format!("3:x{end}y|q\"r|"), "5:1|2".into(), "6:3|4|5|6".into()];
            assert_eq!(read(&text), expected, "{text:?}");
        }
        assert_eq!(read("a,\"b\"c,d"), ["1:a|bc|d"]);
        assert_eq!(read(""), [""; 0]);
        assert_eq!(read("\r\n\n"), [""; 0]);
    }

    #[test]
    fn an_open_quote_costs_its_own_record() {
        assert_eq!(read("a,\"b,c\nd,e,f\ng,h,i\n"), ["1!NoEnd", "2:d|e|f", "3:g|h|i"]);
        assert_eq!(read("a,\"b,c\nd,\"e\",f\n\"g\",h,i"), ["1!NoEnd", "2:d|e|f", "3:g|h|i"]);
        assert_eq!(read("d,e,f\na,b,\"c"), ["1:d|e|f", "2!NoEnd"]);
        assert_eq!(read("a,\"b,c\nd,\"e,f\ng,h,i\n"), ["1!NoEnd", "2!NoEnd", "3:g|h|i"]);
        // What it left behind is no person.
        assert_eq!(read("a,\"he said \"hi\"\nand left\",c\nd,e,f"), ["1!NoEnd", "2!Malformed", "3:d|e|f"]);
    }

    #[test]
    fn a_record_beyond_measure_is_none() {
        let lines = "x\n".repeat(49);
        assert_eq!(read(&format!("a,\"{lines}\",c\nd,e,f\n")).len(), 2);
        let lines = "x\n".repeat(60);
        assert_eq!(read(&format!("a,\"{lines}\",c\nd,e,f\n")), ["1!TooLong", "62:d|e|f"]);
        let rows = "d,e,f\n".repeat(60);
        let all = read(&format!("a,\"b,c\n{rows}"));
        assert_eq!((all.len(), all[0].as_str()), (61, "1!NoEnd"));
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(text in "[a,\"\r\n x]{0,60}", any in ".{0,40}") {
            for text in [text, any] {
                let lines = read(&text);
                prop_assert!(lines.len() <= text.len());
                let starts: Vec<usize> = lines.iter().map(|l| l[..l.find([':', '!']).unwrap()].parse().unwrap()).collect();
                prop_assert!(starts.is_sorted_by(|a, b| a < b), "{:?}", lines);
            }
        }

        #[test]
        fn rows_behind_a_bad_one_are_read(bad in "[a,\"\n x]{0,40}") {
            let behind = "\n1,\"2\",3\n4,5,6";
            let all = read(&format!("{bad}{behind}"));
            prop_assert!(all.last().is_some_and(|last| last.ends_with(":4|5|6")), "{:?}", all);
        }
    }
}
