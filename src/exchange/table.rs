//! Address books as tables: comma, semicolon or tab separated, from programs that are known by the
//! names of their columns, or made by hand.
//!
//! Knows where a table begins; in which order it writes days, whoever reads it says. Encodings are undone
//! in `encoding`.

mod address;
mod cell;
mod column;
mod gather;
mod name;
mod records;
mod row;
mod source;

pub(super) use address::code_in_front;
use records::{Records, line_breaks};
use source::Header;

use super::card::{Book, NotABook};
use crate::date::DayFirst;

/// In how many lines the names of the columns are looked for.
const LINES_ABOVE: usize = 64;
/// How many bytes the names of columns may have at most.
const LONGEST_HEADER: usize = 1 << 16;

/// Reads a table of people; `order` says which of day and month comes first in a date that could be two.
///
/// # Errors
/// [`NotABook`] where no row names the columns of one.
pub fn read(file_name: &str, text: &str, order: DayFirst) -> Result<Book, NotABook> {
    let start = find_header(file_name, text).ok_or_else(|| what_else(text))?;
    let mut records = Records::new(text, start.separator, start.at, start.line, start.header.columns.len());
    let reader = row::Reader::new(&start.header, order);
    let mut rows = Vec::new();
    while let Some(record) = records.next() {
        match record {
            Ok((line, cells)) => rows.extend(reader.read(line, cells.iter())),
            Err(bad) => rows.push(Err(bad)),
        }
    }
    Ok(Book { source: start.header.source, rows, assumed: None })
}

/// Where a table begins.
struct Start {
    separator: u8,
    header: Header,
    /// The byte and the line behind the names of the columns.
    at: usize,
    line: usize,
}

/// The first row that names a column for people, and how its cells are separated.
fn find_header(file_name: &str, text: &str) -> Option<Start> {
    let (mut at, mut line) = (0, 1);
    let mut is_first = true;
    for piece in text.split_inclusive(['\r', '\n']).take(2 * LINES_ABOVE) {
        if !piece.trim().is_empty() {
            let tries = [b',', b'\t', b';'].map(|separator| header_at(file_name, text, at, line, separator));
            let fits = |start: &Start| {
                let known = start.header.known();
                start.header.names_people() && (known > 1 || is_first)
            };
            let best =
                tries.into_iter().flatten().filter(fits).rev().max_by_key(|start| start.header.known());
            if best.is_some() {
                return best;
            }
            is_first = false;
        }
        line += line_breaks(text.as_bytes(), at, at + piece.len());
        at += piece.len();
    }
    None
}

fn header_at(file_name: &str, text: &str, at: usize, line: usize, separator: u8) -> Option<Start> {
    let head = crate::text::head(&text[at..], LONGEST_HEADER);
    let mut records = Records::new(head, separator, 0, line, 0);
    let (_, cells) = records.next()?.ok()?;
    let header = Header::read(file_name, cells.iter());
    let (behind, line) = records.place();
    Some(Start { separator, header, at: at + behind, line })
}

/// What a text is that is no table of people: one of something else, or no table.
fn what_else(text: &str) -> NotABook {
    let text = text.trim_start();
    if text.is_empty() {
        return NotABook::Empty;
    }
    let is_markup = text.starts_with(['<', '{', '[', '%']) || text.starts_with("BEGIN:");
    let columns = |line: &str| line.matches([',', ';', '\t']).count();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES_ABOVE).collect();
    let with_columns = lines.iter().filter(|line| columns(line) > 0).count();
    if !is_markup && with_columns * 2 > lines.len() { NotABook::NoNames } else { NotABook::Unknown }
}
