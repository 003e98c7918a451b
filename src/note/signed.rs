//! The comment by which goen knows lines of its own again on every machine, and what of a line counts
//! for that: not how an editor writes a list, not what a link points to.
//!
//! Leaves to others which lines are taken together, and what is said of each in the comment.

use crate::text::squeezed;

/// What the comment begins with.
const OPENS: &str = "<!-- goen:lines ";
/// What it ends with.
const CLOSES: &str = "-->";

/// The comment with these tokens, none of which has a blank in it.
pub fn comment<T: AsRef<str>>(tokens: impl IntoIterator<Item = T>) -> String {
    let mut out = OPENS.to_owned();
    for token in tokens {
        out.push_str(token.as_ref());
        out.push(' ');
    }
    out.push_str(CLOSES);
    out
}

/// Whether a comment can stand on a line at all: on most lines of a long page none can.
pub fn may_be_comment(line: &str) -> bool {
    memchr::memchr(b'<', line.as_bytes()).is_some()
}

/// What stands in the comment, if the line is one.
pub fn tokens(line: &str) -> Option<impl Iterator<Item = &str>> {
    if !may_be_comment(line) {
        return None;
    }
    let inner = line.trim().strip_prefix(OPENS)?.strip_suffix(CLOSES)?;
    (!inner.contains(CLOSES)).then(|| inner.split_whitespace())
}

/// Whether a line is the comment.
pub fn is_comment(line: &str) -> bool {
    tokens(line).is_some()
}

/// Whether a line is the comment, or what somebody made of it; then with what was typed behind it.
pub fn comment_and_more(line: &str) -> Option<(&str, &str)> {
    if !may_be_comment(line) {
        return None;
    }
    let line = line.trim();
    let end = line.strip_prefix(OPENS.trim_end())?.find(CLOSES);
    let end = end.map_or(line.len(), |at| OPENS.trim_end().len() + at + CLOSES.len());
    Some(line.split_at(end))
}

/// A line without what an editor may write another way, and with its box empty.
pub fn normal(line: &str) -> String {
    let parts = Parts::of(line);
    let words = squeezed(parts.words);
    match (parts.is_item, parts.mark) {
        (true, Some(_)) => format!("- [ ] {words}"),
        (true, None) => format!("- {words}"),
        (false, _) => words.into_owned(),
    }
}

/// A line without what its links point to, and what they show.
pub fn unlinked(line: &str) -> String {
    units(line).map(unlinked_unit).collect()
}

/// The parts of a line that nobody types into: its links, and each other character.
pub fn units(line: &str) -> impl Iterator<Item = &str> {
    let mut pieces = pieces(line);
    let mut between = "";
    std::iter::from_fn(move || {
        if between.is_empty() {
            match pieces.next()? {
                Piece::Link(link) => return Some(link),
                Piece::Between(text) => between = text,
            }
        }
        let first = between.chars().next()?;
        let (unit, rest) = between.split_at(first.len_utf8());
        between = rest;
        Some(unit)
    })
}

/// A part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'l> {
    /// A link: one unit.
    Link(&'l str),
    /// What stands between links, each character of it a unit.
    Between(&'l str),
}

/// A line as links and what stands between them.
pub fn pieces(line: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    let mut ends = Ends { line, wiki: Next::default(), label: Next::default(), target: Next::default() };
    std::iter::from_fn(move || {
        let from = at;
        let rest = line.get(from..).filter(|rest| !rest.is_empty())?;
        let opening = memchr::memchr_iter(b'[', rest.as_bytes()).map(|n| from + n);
        let link = opening.filter_map(|open| Some((open, ends.of_link(open)?))).next();
        let (open, end) = link.unwrap_or((line.len(), line.len()));
        if open == from {
            at = end;
            return line.get(from..end).map(Piece::Link);
        }
        at = open;
        line.get(from..open).map(Piece::Between)
    })
}

/// A part of a line as it counts.
pub fn unlinked_unit(unit: &str) -> &str {
    if unit.starts_with('[') && unit.len() > 1 { "[[]]" } else { unit }
}

/// Where the links of a line end. One that does not end is looked for once, not once for each that opens.
struct Ends<'l> {
    line: &'l str,
    wiki: Next,
    label: Next,
    target: Next,
}

impl Ends<'_> {
    /// Where the link ends that begins at a place.
    fn of_link(&mut self, at: usize) -> Option<usize> {
        let line = self.line;
        let rest = line.get(at..)?.strip_prefix('[')?;
        if rest.starts_with('[') {
            return Some(self.wiki.behind(line, "]]", at + "[[".len())? + "]]".len());
        }
        let label = self.label.behind(line, "](", at + "[".len())?;
        let end = self.target.behind(line, ")", label + "](".len())?;
        (!line.get(at + 1..label)?.contains('[')).then_some(end + ")".len())
    }
}

/// Where a sign stands next, as it was found the last time.
#[derive(Default)]
struct Next {
    /// From where it was looked for, and where it was found.
    known: Option<(usize, Option<usize>)>,
}

impl Next {
    fn behind(&mut self, line: &str, sign: &str, from: usize) -> Option<usize> {
        if let Some((since, found)) = self.known
            && since <= from
            && found.is_none_or(|found| from <= found)
        {
            return found;
        }
        let found = line.get(from..)?.find(sign).map(|at| from + at);
        self.known = Some((from, found));
        found
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
    fn a_comment_is_told_from_what_somebody_made_of_it() {
        let line = comment(["a".to_owned(), "b".to_owned()]);
        assert_eq!(tokens(&line).map(Iterator::collect), Some(vec!["a", "b"]));
        assert_eq!(comment_and_more(&line), Some((&*line, "")));
        assert_eq!(comment_and_more(&format!("  {line} 一言 ")), Some((&*line, " 一言")));
        assert!(tokens(&format!("{line} -->")).is_none());
        assert_eq!(comment_and_more("<!-- goen:lines a"), Some(("<!-- goen:lines a", "")));
        assert_eq!(comment_and_more("<!-- goen:end -->"), None);
    }

    #[test]
    fn links_count_as_one() {
        assert_eq!(unlinked("[[a|b]] と [c](d.md) [x] [[e"), "[[]] と [[]] [x] [[e");
        assert_eq!(units("a[[b]]c").collect::<Vec<_>>(), ["a", "[[b]]", "c"]);
        for (line, expected) in [
            ("[[a]][[b]]", &["[[a]]", "[[b]]"][..]),
            ("[a](b)[c](d)", &["[a](b)", "[c](d)"]),
            ("[a[b](c)", &["[", "a", "[b](c)"]),
            ("[](a", &["[", "]", "(", "a"]),
            ("[[]]]", &["[[]]", "]"]),
            ("[[[a]]", &["[[[a]]"]),
            ("[a]([b](c)", &["[a]([b](c)"]),
            ("[a [[b]](c)", &["[", "a", " ", "[[b]]", "(", "c", ")"]),
        ] {
            assert_eq!(units(line).collect::<Vec<_>>(), expected, "{line}");
        }
    }

    #[test]
    fn links_that_do_not_end_are_looked_for_once() {
        for text in ["[", "[[a|", "[a](", "[ ]("] {
            let line = text.repeat(300_000);
            assert_eq!(units(&line).map(str::len).sum::<usize>(), line.len());
        }
    }
}
