//! The line of a text that a problem points at, as one that is safe to print.

use crate::text::Span;

/// A line of the text where a problem stands, and the part of it that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, fit for a terminal, at most 200 characters.
    pub line: String,
    /// Byte range of what is meant within `line`.
    pub mark: std::ops::Range<usize>,
}

impl Excerpt {
    /// The line and column of a place, both from 1, and its line.
    pub fn of(text: &str, span: Span) -> (u32, u32, Self) {
        let start = floor_char(text, span.start as usize);
        let end = floor_char(text, span.end as usize).max(start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
        let line = 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count();
        let column = 1 + text[line_start..start].trim_start_matches('\u{feff}').chars().count();
        // A long line is cut around the place, so that the excerpt fits a terminal.
        let lead = text[line_start..start].trim_start_matches('\u{feff}');
        let lead: String = lead.chars().rev().take(80).collect();
        let lead: String = lead.chars().rev().map(printable).collect();
        let meant: String =
            text[start..end.min(line_end).max(start)].chars().take(80).map(printable).collect();
        let rest: String =
            text[end.min(line_end).max(start)..line_end].chars().take(40).map(printable).collect();
        let mark = lead.len()..lead.len() + meant.len();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (number(line), number(column), Self { line: lead + &meant + &rest, mark })
    }
}

fn printable(c: char) -> char {
    if c.is_whitespace() || crate::text::is_unprintable(c) { ' ' } else { c }
}

fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
