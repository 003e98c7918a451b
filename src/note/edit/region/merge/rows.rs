//! The lines between the markers as rows: whose each is, what it is nested in, and by what one is known
//! again in another text.
//!
//! Leaves where a row of theirs goes in a new text to the merge.

use crate::note::body::percent_decoded;
use crate::note::region::lines::{Whose, is_heading};
use crate::note::signed::{Parts, is_comment};
use crate::text::{fold, without_md};

/// A line that is not blank.
#[derive(Debug, Clone)]
pub(super) struct Row<'t> {
    pub(super) raw: &'t str,
    /// Its number among all lines.
    pub(super) line: usize,
    pub(super) parts: Parts<'t>,
    pub(super) whose: Whose<'t>,
    /// The heading of goen's above it.
    section: Option<usize>,
    /// The item of goen's that it is nested in.
    pub(super) parent: Option<usize>,
}

impl Row<'_> {
    pub(super) fn is_theirs(&self) -> bool {
        !matches!(self.whose, Whose::Goens)
    }

    pub(super) fn is_heading(&self) -> bool {
        !self.parts.is_item && is_heading(self.raw)
    }
}

/// A box of goen's that keeps what somebody left in it.
pub(super) struct Kept {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) line: String,
}

/// Lines that stand together and are nested in the same.
pub(super) struct Piece {
    pub(super) rows: Vec<usize>,
    pub(super) parent: Option<usize>,
    /// The line of goen's above.
    pub(super) above: Option<usize>,
    pub(super) blanks_before: usize,
    /// The line of goen's below, and how many blank lines are before it.
    pub(super) below: Option<(usize, usize)>,
}

pub(super) struct Rows<'t>(pub(super) Vec<Row<'t>>);

impl<'t> Rows<'t> {
    pub(super) fn of(text: &'t str, whose: impl Fn(&[&'t str]) -> Vec<Whose<'t>>) -> Self {
        let mut rows = Vec::new();
        let lines: Vec<&str> = text.lines().filter(|line| !is_comment(line)).collect();
        for (line, (raw, whose)) in lines.iter().copied().zip(whose(&lines)).enumerate() {
            if raw.trim().is_empty() {
                continue;
            }
            let raw = if whose == Whose::Theirs { raw } else { raw.trim_end() };
            rows.push(Row { raw, line, parts: Parts::of(raw), whose, section: None, parent: None });
        }
        let mut rows = Self(rows);
        rows.nest();
        rows
    }

    /// Finds out what stands in what.
    pub(super) fn nest(&mut self) {
        let (mut section, mut open): (Option<usize>, Vec<(usize, Option<usize>)>) = (None, Vec::new());
        for at in 0..self.0.len() {
            let (row, goens) = (&self.0[at], !self.0[at].is_theirs());
            let Parts { indent, is_item, .. } = row.parts;
            let is_heading = row.is_heading();
            open.retain(|(outer, _)| *outer < indent);
            let parent = open.last().and_then(|(_, goens)| *goens);
            if is_heading {
                open.clear();
            }
            if is_item {
                // What is nested in something of theirs goes with it.
                open.push((indent, if goens { Some(at) } else { parent }));
            }
            if is_heading && goens {
                section = Some(at);
            }
            let row = &mut self.0[at];
            (row.section, row.parent) = (section, parent);
        }
    }

    /// Those of goen's boxes that somebody marked, or put something behind, or wrote anew: known by their
    /// person, whatever else stands there. From now on they count as goen's.
    pub(super) fn boxes(&mut self, new: &Rows<'_>) -> Vec<Kept> {
        let mut found: Vec<Kept> = Vec::new();
        let tests: [fn(&Row<'_>, &Row<'_>) -> Option<String>; 3] = [
            |old, new| (same_words(old, new) && old.whose != Whose::Theirs).then(|| with_mark(new, old)),
            |old, new| {
                let tail = match old.whose {
                    Whose::Tailed(tail) => tail,
                    Whose::Goens | Whose::Marked => "",
                    Whose::Blank | Whose::Theirs => return None,
                };
                is_of_same(old, new).then(|| format!("{}{tail}", with_mark(new, old)))
            },
            |old, new| {
                let is_anew = old.whose == Whose::Theirs && old.parts.indent == new.parts.indent;
                let is_same =
                    is_anew && is_of_same(old, new) && key(old.parts.words).1.starts_with(['：', ':']);
                is_same.then(|| old.raw.to_owned())
            },
        ];
        for test in tests {
            for (at, row) in new.0.iter().enumerate().filter(|(_, row)| row.parts.mark.is_some()) {
                if found.iter().any(|of| of.new == at) {
                    continue;
                }
                let free =
                    self.0.iter().enumerate().filter(|(n, known)| {
                        known.parts.mark.is_some() && found.iter().all(|of| of.old != *n)
                    });
                let kept = free.filter_map(|(n, known)| Some((n, test(known, row)?))).next();
                found.extend(kept.map(|(old, line)| Kept { old, new: at, line }));
            }
        }
        for of in &found {
            self.0[of.old].whose = Whose::Goens;
        }
        found
    }

    pub(super) fn pieces(&self) -> Vec<Piece> {
        let mut out: Vec<Piece> = Vec::new();
        let mut above = None;
        for (at, row) in self.0.iter().enumerate() {
            let blanks = row.line - at.checked_sub(1).map_or(0, |before| self.0[before].line + 1);
            if !row.is_theirs() {
                above = Some(at);
            }
            let is_next = |piece: &Piece| piece.rows.last().is_some_and(|last| last + 1 == at);
            match out.last_mut().filter(|piece| is_next(piece)) {
                Some(piece) if !row.is_theirs() => piece.below = Some((at, blanks)),
                Some(piece) if piece.parent == row.parent => piece.rows.push(at),
                _ if !row.is_theirs() => {}
                _ => out.push(Piece {
                    rows: vec![at],
                    parent: row.parent,
                    above,
                    blanks_before: blanks,
                    below: None,
                }),
            }
        }
        out
    }

    /// The last line that is nested in an item, or the item itself.
    pub(super) fn end(&self, item: usize) -> usize {
        let below = self.0.iter().skip(item + 1);
        item + below
            .take_while(|row| row.parts.is_item && row.parts.indent > self.0[item].parts.indent)
            .count()
    }

    /// The item around a line that is nested in none, or the line itself.
    pub(super) fn outermost(&self, at: usize) -> usize {
        self.0[at].parent.map_or(at, |parent| self.outermost(parent))
    }

    /// What a line is about, and what it stands in.
    pub(super) fn way(&self, at: usize) -> Vec<String> {
        let row = &self.0[at];
        let mut way = row.parent.map_or_else(Vec::new, |parent| self.way(parent));
        let sign = if row.parts.mark.is_some() { "[ ]" } else { "" };
        way.push(format!("{sign}{}", key(row.parts.words).0.target));
        way
    }

    pub(super) fn heading(&self, at: usize) -> Option<&str> {
        self.0[at].section.map(|heading| self.0[heading].raw.trim())
    }
}

/// What a line is about.
pub(super) struct Key {
    /// To compare.
    target: String,
    /// To read.
    pub(super) shown: String,
}

/// What a line is about, and what stands behind that.
pub(super) fn key(words: &str) -> (Key, &str) {
    let place = |path: &str| fold(without_md(path)).into_owned();
    if let Some((link, rest)) = words.strip_prefix("[[").and_then(|rest| rest.split_once("]]")) {
        let (target, alias) = link.split_once('|').unwrap_or((link, ""));
        let name = target.rsplit('/').next().unwrap_or(target);
        let shown = if alias.is_empty() { name } else { alias }.to_owned();
        return (Key { target: place(target), shown }, rest);
    }
    if let Some((shown, rest)) = words.strip_prefix('[').and_then(|rest| rest.split_once("]("))
        && let Some((path, rest)) = rest.split_once(')')
    {
        let path = path.trim_matches(['<', '>']);
        return (Key { target: place(&percent_decoded(path)), shown: shown.to_owned() }, rest);
    }
    let ends = ["：", ": ", "（", " (", " — "].iter().filter_map(|sign| words.find(sign));
    let (name, rest) = words.split_at(ends.min().unwrap_or(words.len()));
    (Key { target: fold(name).into_owned(), shown: name.to_owned() }, rest)
}

fn is_of_same(old: &Row<'_>, new: &Row<'_>) -> bool {
    let (old, new) = (key(old.parts.words).0.target, key(new.parts.words).0.target);
    let is_end = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
    };
    // A link may leave the folder out.
    is_end(&old, &new) || is_end(&new, &old)
}

fn same_words(old: &Row<'_>, new: &Row<'_>) -> bool {
    old.parts.words.split_whitespace().eq(new.parts.words.split_whitespace())
}

/// goen's line with the mark that stands in the other box.
fn with_mark(new: &Row<'_>, old: &Row<'_>) -> String {
    let mark = old.parts.mark.unwrap_or(' ');
    new.raw.replacen("[ ]", &format!("[{mark}]"), 1)
}
