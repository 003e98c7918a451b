//! Whose a line between the markers is: goen knows its own again on every machine, by digests that stand
//! in a comment below them.
//!
//! How an editor writes a list, and whether a box is ticked, makes no other line of it. Whatever is not
//! known is somebody's.

use std::collections::BTreeSet;

use crate::text::short_hash;

/// What the comment with the digests begins with.
const OPENS: &str = "<!-- goen:lines ";
/// What it ends with.
const CLOSES: &str = "-->";

/// Lines that goen wrote, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known(BTreeSet<String>);

/// Whose a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'l> {
    /// Nobody's.
    Blank,
    /// As goen wrote it.
    Goens,
    /// goen's, and the box marked by somebody.
    Marked,
    /// A box of goen's with something put behind it.
    Tailed(&'l str),
    /// Somebody's.
    Theirs,
}

impl Known {
    /// The lines that a part says are goen's.
    pub fn of(inner: &str) -> Self {
        let comments = inner.lines().filter_map(digests_in);
        Self(comments.flat_map(str::split_whitespace).map(str::to_owned).collect())
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lines of goen's besides.
    pub fn add<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>) {
        let lines = lines.into_iter().filter(|line| !line.trim().is_empty());
        self.0.extend(lines.map(|line| digest(&normal(line))));
    }

    /// Whose a line is.
    pub fn whose<'l>(&self, line: &'l str) -> Whose<'l> {
        if line.trim().is_empty() {
            return Whose::Blank;
        }
        if digests_in(line).is_some() {
            return Whose::Goens;
        }
        let mark = Parts::of(line).mark;
        if self.0.contains(&digest(&normal(line))) {
            return if mark.is_some_and(|mark| mark != ' ') { Whose::Marked } else { Whose::Goens };
        }
        // Tools and people put their words behind what stands in a box.
        let head = mark.and_then(|_| {
            let ends = line.char_indices().rev().map(|(at, _)| at).filter(|at| *at > 0);
            ends.map(|at| line.split_at(at)).find(|(head, _)| self.0.contains(&digest(&normal(head))))
        });
        head.map_or(Whose::Theirs, |(head, _)| Whose::Tailed(&line[head.trim_end().len()..]))
    }

    /// The comment by which they are known again.
    pub fn comment(&self) -> String {
        let all: Vec<&str> = self.0.iter().map(String::as_str).collect();
        format!("{OPENS}{} {CLOSES}", all.join(" "))
    }
}

/// What stands in the comment, if the line is one.
fn digests_in(line: &str) -> Option<&str> {
    line.trim().strip_prefix(OPENS)?.strip_suffix(CLOSES)
}

/// Whether a line is the comment with the digests.
pub fn is_comment(line: &str) -> bool {
    digests_in(line).is_some()
}

fn digest(normal: &str) -> String {
    short_hash(&["line", normal])
}

/// A line without what an editor may write another way, and with its box empty.
fn normal(line: &str) -> String {
    let parts = Parts::of(line);
    let words = parts.words.split_whitespace().collect::<Vec<_>>().join(" ");
    match (parts.is_item, parts.mark) {
        (true, Some(_)) => format!("- [ ] {words}"),
        (true, None) => format!("- {words}"),
        (false, _) => words,
    }
}

/// A line taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'l> {
    /// How far it stands in, in columns.
    pub indent: usize,
    /// It is an item of a list.
    pub is_item: bool,
    /// What stands in its box.
    pub mark: Option<char>,
    /// The words behind all that.
    pub words: &'l str,
}

impl<'l> Parts<'l> {
    /// Takes a line apart.
    pub fn of(line: &'l str) -> Self {
        let line = line.trim_end();
        let words = line.trim_start_matches([' ', '\t']);
        let before = line[..line.len() - words.len()].chars();
        let indent = before.fold(0, |at, c| if c == '\t' { (at / 4 + 1) * 4 } else { at + 1 });
        let item = words.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with([' ', '\t']));
        let Some(item) = item.map(str::trim_start) else {
            return Self { indent, is_item: false, mark: None, words };
        };
        let boxed = item.strip_prefix('[').and_then(|rest| {
            let mark = rest.chars().next()?;
            let words = rest[mark.len_utf8()..].strip_prefix(']')?;
            (words.is_empty() || words.starts_with([' ', '\t'])).then_some((mark, words.trim_start()))
        });
        match boxed {
            Some((mark, words)) => Self { indent, is_item: true, mark: Some(mark), words },
            None => Self { indent, is_item: true, mark: None, words: item },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goens_lines_are_known_again() {
        let mut known = Known::default();
        known.add(["- [[a]]（横浜）", "- [ ] [[a]]：お礼", "", "### 来る人"]);
        let known = Known::of(&format!("x\n{}\n", known.comment()));
        for (line, whose) in [
            ("- [[a]]（横浜）", Whose::Goens),
            ("\t* [[a]]（横浜） ", Whose::Goens),
            ("- [[a]]（横浜）赤い眼鏡", Whose::Theirs),
            ("- [ ] [[a]]：お礼", Whose::Goens),
            ("- [x] [[a]]：お礼", Whose::Marked),
            ("- [x] [[a]]：お礼 ✅ 2026-12-02", Whose::Tailed(" ✅ 2026-12-02")),
            ("- [ ] [[a]]：お礼と羊羹", Whose::Tailed("と羊羹")),
            ("- [ ] [[b]]：お礼", Whose::Theirs),
            ("###  来る人", Whose::Goens),
            ("", Whose::Blank),
        ] {
            assert_eq!(known.whose(line), whose, "{line:?}");
        }
        assert_eq!(Known::of(&known.comment()), known);
    }
}
