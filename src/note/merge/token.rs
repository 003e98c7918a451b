//! What a text is made of for a merge: lines, tasks, entries of the log, keys of the front matter.
//!
//! Each has a name under which it is found again on the other side, whatever was ticked in it.

use chrono::NaiveDate;

use super::task::Task;
use crate::note::body;
use crate::note::dialect::Dialect;
use crate::note::find::Desk;
use crate::note::keys::Field;
use crate::note::log::{self, Marks};
use crate::note::value::Pair;
use crate::text::NotePath;

/// A part of a text.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    /// What it is.
    pub kind: Kind<'t>,
    /// Its name: the same for the same part on another side.
    pub name: String,
    /// Its lines, each with its end.
    pub raw: &'t str,
}

/// What a part of a text is.
#[derive(Debug, Clone)]
pub(super) enum Kind<'t> {
    /// A line like any other.
    Line,
    /// An item of a list that stands in no order to be kept.
    Item,
    /// A task.
    Task(Task<'t>),
    /// An entry of the log with what is nested in it.
    Entry(Entry),
    /// A key of the front matter with its value.
    Key(Box<Key<'t>>),
}

/// An entry of the log.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub day: NaiveDate,
    pub id: Option<Box<str>>,
    pub is_skip: bool,
    /// A blank line stands between it and the next.
    pub apart: bool,
}

/// A key of the front matter.
#[derive(Debug, Clone)]
pub(super) struct Key<'t> {
    pub field: Option<Field>,
    pub pair: Pair<'t>,
    /// The note that the pair's places are in.
    pub note: &'t str,
    /// Where the token begins in it.
    pub start: usize,
}

impl Token<'_> {
    /// The entry it is.
    pub(super) fn entry(&self) -> Option<&Entry> {
        match &self.kind {
            Kind::Entry(entry) => Some(entry),
            _ => None,
        }
    }

    /// Its lines with the blank one that stands between it and the next.
    pub(super) fn whole(&self) -> String {
        let gap = if self.entry().is_some_and(|entry| entry.apart) { "\n" } else { "" };
        format!("{}{gap}", self.raw)
    }

    /// Whether it may stand before or behind others of its kind that came in at the same place.
    pub(super) fn is_movable(&self) -> bool {
        !matches!(self.kind, Kind::Line)
    }

    /// How deep it is indented.
    pub(super) fn indent(&self) -> usize {
        self.raw.len() - self.raw.trim_start_matches([' ', '\t']).len()
    }
}

/// Reads the parts of notes.
pub(super) struct Reader<'r> {
    pub path: &'r NotePath,
    pub dialect: &'r Dialect,
}

impl Reader<'_> {
    /// The parts of a note's body, which begins at a byte.
    pub(super) fn tokens<'t>(&self, note: &'t str, start: usize) -> Vec<Token<'t>> {
        let desk = Desk::new(self.path, note, self.dialect);
        let body = body::read(note, start);
        let mut entries = log::entries(&desk, &body, false).into_iter().peekable();
        let mut out: Vec<Token<'t>> = Vec::new();
        let mut at = start;
        while at < note.len() {
            let end = line_end(note, at);
            let entry = entries.next_if(|entry| (entry.span.start as usize) < end);
            let Some(entry) = entry.filter(|entry| at <= entry.span.start as usize) else {
                out.push(line(&note[at..end]));
                at = end;
                continue;
            };
            let end = last_line_end(note, at, entry.span.end as usize).max(end);
            let raw = &note[at..end];
            let name = match &entry.id {
                Some(id) => format!("e {id}"),
                None => format!("e {}", raw.lines().next().unwrap_or_default().trim()),
            };
            if let [.., Token { kind: Kind::Entry(before), .. }, blank] = &mut *out
                && blank.raw.trim().is_empty()
                && matches!(blank.kind, Kind::Line)
                && blank.raw == "\n"
            {
                before.apart = true;
                out.pop();
            }
            let is_skip = entry.marks.has(Marks::SKIP);
            let entry = Entry { day: entry.day, id: entry.id, is_skip, apart: false };
            out.push(Token { kind: Kind::Entry(entry), name, raw });
            at = end;
        }
        out
    }
}

/// The lines of a text, none of which is more than a line.
pub(super) fn lines(text: &str) -> Vec<Token<'_>> {
    text.split_inclusive('\n').map(plain_line).collect()
}

/// The lines nested in an entry, which stand in no order.
pub(super) fn nested(text: &str) -> Vec<Token<'_>> {
    let is_item = |raw: &str| {
        let raw = raw.trim_start();
        ["- ", "* ", "+ "].iter().any(|bullet| raw.starts_with(bullet))
    };
    let of_line = |raw| match line(raw) {
        Token { kind: Kind::Line, name, raw } if is_item(raw) => Token { kind: Kind::Item, name, raw },
        token => token,
    };
    text.split_inclusive('\n').map(of_line).collect()
}

fn line(raw: &str) -> Token<'_> {
    match Task::read(raw) {
        Some(task) => Token { name: format!("t {}", task.name()), kind: Kind::Task(task), raw },
        None => plain_line(raw),
    }
}

pub(super) fn plain_line(raw: &str) -> Token<'_> {
    Token { kind: Kind::Line, name: format!("l {raw}"), raw }
}

/// Behind the line in which a byte stands.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1)
}

/// Behind the last line of a stretch that is not blank.
fn last_line_end(text: &str, start: usize, end: usize) -> usize {
    let within = text.get(start..end).unwrap_or("").trim_end().len();
    line_end(text, (start + within).saturating_sub(1).max(start))
}
