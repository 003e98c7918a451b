//! A page read back: what people ticked, added and typed.
//!
//! Markdown is not parsed here: a line is an item if goen's block id stands on
//! it, whatever an editor made of the rest.

use std::collections::HashSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::error::PageError;
use super::signs::{item, stamps};
use super::template::built_in;
use super::{BEGIN, END, VERSION, words};
use crate::note::conflict;
use crate::note::signed::{comment_and_more, may_be_comment};
use crate::text::Lang;

/// An item's line on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// `g-…`
    pub id: &'a str,
    /// What stands in the box.
    pub mark: char,
    /// The whole line.
    pub raw: &'a str,
    /// Its place in the file, from 1.
    pub number: usize,
    /// It stands among the done ones: an empty box takes it back.
    pub done: bool,
    /// The lines below it that are the user's, as they are.
    pub own: Vec<&'a str>,
    /// The lines below it that begin with one of goen's labels.
    pub labelled: Vec<&'a str>,
}

impl<'a> Line<'a> {
    /// All lines below it.
    pub(super) fn below(&self) -> impl Iterator<Item = &'a str> {
        self.labelled.iter().chain(&self.own).copied()
    }

    /// The day a plugin says it was ticked or dropped on: `✅ 2026-11-20`, `❌ …`, `[completion:: …]`.
    pub fn ticked_on(&self) -> Option<NaiveDate> {
        stamps(self.raw)
            .iter()
            .filter(|stamp| !stamp.starts_with(['>', '＞']))
            .find_map(|stamp| day_in(stamp))
    }

    /// The day the user moved it to: `> 2026-12-01`, else a `⏳` or `[scheduled:: …]`
    /// that is not the one goen put there.
    pub fn moved_to(&self, own: Option<NaiveDate>) -> Option<NaiveDate> {
        // Most lines have no such sign, and pages may be long.
        let has_sign = self.raw.contains(['>', '＞']);
        let by_hand = if has_sign { stamps(self.raw) } else { Vec::new() };
        let by_hand = by_hand.iter().filter(|stamp| stamp.starts_with(['>', '＞'])).find_map(|s| day_in(s));
        by_hand.or_else(|| {
            let signs = ["⏳", "[scheduled::"];
            let mut days = signs.iter().flat_map(|sign| self.raw.split(sign).skip(1)).filter_map(|rest| {
                let rest = rest.trim_start_matches(['\u{fe0f}', ' ']);
                rest.get(..10).and_then(day_in)
            });
            days.find(|day| Some(*day) != own)
        })
    }
}

/// A page, taken apart: `before`, `region` and `after` together are its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<'a> {
    /// What stands before the region.
    pub before: &'a str,
    /// The region, both marker lines included.
    pub region: &'a str,
    /// What stands after it.
    pub after: &'a str,
    /// The format of the region.
    pub version: u32,
    /// The day it was written for.
    pub date: NaiveDate,
    /// The items.
    pub lines: Vec<Line<'a>>,
    /// The lines between them that are goen's.
    pub glue: Vec<&'a str>,
    /// The comments that say which lines are goen's; on a page as goen wrote it, one.
    pub comments: Vec<&'a str>,
    /// What the user typed between them that belongs to no item; blank lines within are kept.
    pub free: Vec<&'a str>,
}

/// Takes a page apart.
///
/// # Errors
/// Where the file is not goen's to write.
pub fn read(text: &str) -> Result<Page<'_>, PageError> {
    let page = read_any(text)?;
    if page.version > VERSION { Err(PageError::Newer { version: page.version }) } else { Ok(page) }
}

/// Whether nothing stands there at all.
pub fn is_blank(text: &str) -> bool {
    trimmed(text).is_empty()
}

pub(super) fn is_begin(line: &str) -> bool {
    may_be_comment(line) && trimmed(line).starts_with(BEGIN)
}

pub(super) fn is_end(line: &str) -> bool {
    may_be_comment(line) && trimmed(line).starts_with(END)
}

fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

pub(super) fn read_any(text: &str) -> Result<Page<'_>, PageError> {
    if let Some(span) = conflict(text) {
        let line = 1 + text[..span.start as usize].matches('\n').count();
        return Err(PageError::Conflict { line });
    }
    let mut begin = None;
    let mut end = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let marker = match (is_begin(line), is_end(line)) {
            (true, _) => Some(&mut begin),
            (_, true) => Some(&mut end),
            _ => None,
        };
        if let Some(marker) = marker
            && marker.replace((number, at, line)).is_some()
        {
            return Err(PageError::Doubled { line: number + 1 });
        }
        at += line.len();
    }
    let ((first, start, opening), (last, stop, closing)) = match (begin, end) {
        (None, None) => return Err(PageError::NotGoens),
        (None, Some(_)) => return Err(PageError::NoBegin),
        (Some(_), None) => return Err(PageError::NoEnd),
        (Some(begin), Some(end)) if end.1 < begin.1 => return Err(PageError::Reversed),
        (Some(begin), Some(end)) => (begin, end),
    };
    let (version, date) = stamp(opening, first + 1)?;
    // What somebody typed behind a marker would be lost with it.
    for (number, line) in [(first, opening), (last, closing)] {
        if !trimmed(line).ends_with("-->") || trimmed(line).matches("-->").count() != 1 {
            return Err(PageError::Unreadable { line: number + 1 });
        }
    }
    // A byte order mark is not part of the region, even in front of its first line.
    let mark = opening.len() - opening.trim_start_matches('\u{feff}').len();
    let start = start + mark;
    let stop_end = stop + closing.len();
    let inner = start - mark + opening.len()..stop;
    let (before, region, after) = (&text[..start], &text[start..stop_end], &text[stop_end..]);
    let mut page = Page { before, region, after, version, ..Page::empty(date) };
    Sorter::default().sort(&text[inner], first + 2, &mut page);
    Ok(page)
}

impl<'a> Page<'a> {
    fn empty(date: NaiveDate) -> Self {
        Page {
            before: "",
            region: "",
            after: "",
            version: VERSION,
            date,
            lines: Vec::new(),
            glue: Vec::new(),
            comments: Vec::new(),
            free: Vec::new(),
        }
    }

    /// The one item that these lines of a page are, and nothing else.
    pub(super) fn only_item(lines: &'a str, date: NaiveDate) -> Option<Line<'a>> {
        let mut page = Self::empty(date);
        Sorter::default().sort(lines, 1, &mut page);
        let others = page.glue.len() + page.comments.len() + page.free.len();
        page.lines.pop().filter(|_| page.lines.is_empty() && others == 0)
    }
}

/// Version and date of the begin marker. A newer format may say its date in another way.
fn stamp(line: &str, number: usize) -> Result<(u32, NaiveDate), PageError> {
    static SAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^<!-- goen:begin v([0-9]{1,9})(?: ([0-9]{4}-[0-9]{2}-[0-9]{2}))?(?-u:\b)").ok()
    });
    let said = SAID.as_ref().and_then(|re| re.captures(trimmed(line)));
    let unreadable = PageError::Unreadable { line: number };
    let said = said.ok_or(unreadable)?;
    let version: u32 = said.get(1).and_then(|v| v.as_str().parse().ok()).ok_or(unreadable)?;
    match said.get(2).and_then(|d| d.as_str().parse().ok()) {
        Some(date) => Ok((version, date)),
        None if version > VERSION => Ok((version, NaiveDate::MIN)),
        None => Err(unreadable),
    }
}

/// Tells what is whose in the inner part of a region, line by line.
#[derive(Default)]
struct Sorter {
    /// The line before belongs to an item.
    in_item: bool,
    /// Below the heading of the done ones.
    in_done: bool,
    /// A blank line that matters if more free text follows.
    blank: bool,
}

impl Sorter {
    fn sort<'a>(mut self, inner: &'a str, first: usize, page: &mut Page<'a>) {
        for (at, line) in inner.lines().enumerate() {
            if let Some(item) = item(line) {
                self.in_item = true;
                self.blank = true;
                let done = self.in_done;
                let number = first + at;
                page.lines.push(Line {
                    id: item.id,
                    mark: item.mark,
                    raw: line,
                    number,
                    done,
                    own: Vec::new(),
                    labelled: Vec::new(),
                });
            } else if line.trim().is_empty() {
                self.blank = true;
            } else if let Some((comment, more)) = comment_and_more(line) {
                page.comments.push(comment);
                if !more.trim().is_empty() {
                    page.free.push(more.trim());
                }
            } else if self.in_item && line.starts_with([' ', '\t']) {
                if let Some(item) = page.lines.last_mut() {
                    let lines = if is_labelled(line) { &mut item.labelled } else { &mut item.own };
                    lines.push(line);
                }
            } else {
                self.in_item = false;
                self.other(line, page);
            }
        }
        for line in &mut page.lines {
            line.own = dedented(std::mem::take(&mut line.own));
        }
    }

    fn other<'a>(&mut self, line: &'a str, page: &mut Page<'a>) {
        if line.starts_with('#') {
            self.in_done = line.strip_prefix("## ").is_some_and(|heading| is_done_heading(heading.trim()));
        }
        if is_glue(line, page.date) {
            page.glue.push(line);
            self.blank = true;
            return;
        }
        if self.blank && !page.free.is_empty() {
            page.free.push("");
        }
        self.blank = false;
        page.free.push(line);
    }
}

fn is_done_heading(heading: &str) -> bool {
    matches!(heading, "済み" | "Done")
}

/// Whether a line between the items is goen's own.
fn is_glue(line: &str, date: NaiveDate) -> bool {
    static HEADINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let texts = [built_in(Lang::Ja), built_in(Lang::En)];
        texts.into_iter().flat_map(str::lines).filter(|line| line.starts_with("## ")).collect()
    });
    let line = line.trim_end();
    HEADINGS.contains(line)
        || ["> [!summary] 今日 ", "> [!summary] Today "].iter().any(|head| line.starts_with(head))
        || ["# つながり", "# Reconnect"].iter().any(|title| line.starts_with(&format!("{title} {date}")))
        || words::is_own_line(line)
}

/// Whether a line below an item begins with one of goen's labels.
fn is_labelled(line: &str) -> bool {
    let text = line.trim_start();
    let Some(text) = ["- ", "* ", "+ "].iter().find_map(|bullet| text.strip_prefix(bullet)) else {
        return false;
    };
    words::labels().any(|label| {
        text.strip_prefix(label)
            .is_some_and(|rest| rest.starts_with(": ") || rest.starts_with('：') || rest.trim_end() == ":")
    })
}

/// Lines below an item stand at four columns or more, and none so deep that it would be code.
fn dedented(lines: Vec<&str>) -> Vec<&str> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let by = lines.iter().map(|line| indent(line)).min().unwrap_or(0).saturating_sub(4);
    lines.into_iter().map(|line| &line[by.min(indent(line))..]).collect()
}

fn day_in(text: &str) -> Option<NaiveDate> {
    let digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    digits.map(|(at, _)| at).find_map(|at| text.get(at..at + 10)?.parse().ok())
}
