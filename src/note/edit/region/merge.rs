//! What goen writes between the markers and what somebody has typed there, brought together.
//!
//! A line of theirs stays where they put it: behind the line of goen's that stood above it, below the item
//! that it was nested in, under its heading. Where that is gone, what they typed is not: an item keeps
//! the name of what it was nested in, and all else goes to the end.

use crate::note::body::percent_decoded;
use crate::note::region::lines::{Known, Whose, is_heading};
use crate::note::signed::{Parts, is_comment};
use crate::text::{fold, without_md};

/// The lines between the markers, without the comment that tells goen's.
pub fn merged(old: &str, body: &str, known: &Known) -> Vec<String> {
    let new = Rows::of(body, |lines| vec![Whose::Goens; lines.len()]);
    let mut old = Rows::of(old, |lines| known.whose(lines));
    let boxes = old.boxes(&new);
    old.nest();
    let places = Places { old: &old, new: &new, boxes: &boxes };
    let mut named: Vec<usize> = Vec::new();
    let put: Vec<Put> = old.pieces().iter().map(|piece| places.put(piece, &mut named)).collect();
    let at = |place: Place| put.iter().filter(move |put| put.place == place);
    let mut out = vec![String::new()];
    out.extend(at(Place::First).flat_map(|put| put.lines.iter().cloned()));
    let mut from = new.0.first().map_or(0, |row| row.line);
    for (n, row) in new.0.iter().enumerate() {
        let above = n.checked_sub(1).and_then(|above| at(Place::Behind(above)).next_back());
        let blanks = above.and_then(|put| put.next).filter(|(next, _)| *next == n).map(|(_, blanks)| blanks);
        out.extend(vec![String::new(); blanks.unwrap_or(row.line - from)]);
        from = row.line + 1;
        out.push(
            boxes.iter().find(|of| of.new == n).map_or_else(|| row.raw.to_owned(), |of| of.line.clone()),
        );
        out.extend(at(Place::Behind(n)).flat_map(|put| put.lines.iter().cloned()));
    }
    for (n, put) in at(Place::Last).enumerate() {
        if n == 0 && !put.lines.first().is_none_or(String::is_empty) {
            out.push(String::new());
        }
        out.extend(put.lines.iter().cloned());
    }
    out.push(String::new());
    out
}

/// A line that is not blank.
#[derive(Debug, Clone)]
struct Row<'t> {
    raw: &'t str,
    /// Its number among all lines.
    line: usize,
    parts: Parts<'t>,
    whose: Whose<'t>,
    /// The heading of goen's above it.
    section: Option<usize>,
    /// The item of goen's that it is nested in.
    parent: Option<usize>,
}

impl Row<'_> {
    fn is_theirs(&self) -> bool {
        !matches!(self.whose, Whose::Goens)
    }

    fn is_heading(&self) -> bool {
        !self.parts.is_item && is_heading(self.raw)
    }
}

/// A box of goen's that keeps what somebody left in it.
struct Kept {
    old: usize,
    new: usize,
    line: String,
}

/// Lines that stand together and are nested in the same.
struct Piece {
    rows: Vec<usize>,
    parent: Option<usize>,
    /// The line of goen's above.
    above: Option<usize>,
    blanks_before: usize,
    /// The line of goen's below, and how many blank lines are before it.
    below: Option<(usize, usize)>,
}

/// A piece as it is put.
struct Put {
    place: Place,
    lines: Vec<String>,
    /// The line of goen's that stood below it, where it is now, and how many blank lines are before it.
    next: Option<(usize, usize)>,
}

/// Where a piece goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Behind(usize),
    Last,
}

struct Rows<'t>(Vec<Row<'t>>);

impl<'t> Rows<'t> {
    fn of(text: &'t str, whose: impl Fn(&[&'t str]) -> Vec<Whose<'t>>) -> Self {
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
    fn nest(&mut self) {
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
    fn boxes(&mut self, new: &Rows<'_>) -> Vec<Kept> {
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

    fn pieces(&self) -> Vec<Piece> {
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
    fn end(&self, item: usize) -> usize {
        let below = self.0.iter().skip(item + 1);
        item + below
            .take_while(|row| row.parts.is_item && row.parts.indent > self.0[item].parts.indent)
            .count()
    }

    /// The item around a line that is nested in none, or the line itself.
    fn outermost(&self, at: usize) -> usize {
        self.0[at].parent.map_or(at, |parent| self.outermost(parent))
    }

    /// What a line is about, and what it stands in.
    fn way(&self, at: usize) -> Vec<String> {
        let row = &self.0[at];
        let mut way = row.parent.map_or_else(Vec::new, |parent| self.way(parent));
        let sign = if row.parts.mark.is_some() { "[ ]" } else { "" };
        way.push(format!("{sign}{}", key(row.parts.words).0.target));
        way
    }

    fn heading(&self, at: usize) -> Option<&str> {
        self.0[at].section.map(|heading| self.0[heading].raw.trim())
    }
}

/// Where lines of the old part are in the new one.
struct Places<'p, 't> {
    old: &'p Rows<'t>,
    new: &'p Rows<'t>,
    boxes: &'p [Kept],
}

impl Places<'_, '_> {
    /// Where a piece goes, and its lines.
    fn put(&self, piece: &Piece, named: &mut Vec<usize>) -> Put {
        let theirs = piece.rows.iter().map(|at| &self.old.0[*at]);
        let outer = theirs.clone().map(|row| row.parts.indent).min().unwrap_or(0);
        let (place, gone) = match piece.parent {
            Some(parent) => self.nested(piece, parent),
            None => (self.free(piece), Vec::new()),
        };
        let mut lines = Vec::new();
        let behind = match place {
            Place::Behind(at) => self.new.0.get(at),
            Place::First | Place::Last => None,
        };
        let is_below_item = place == Place::Last || behind.is_some_and(|row| row.parts.is_item);
        // Below an item what stood free would be nested in it.
        let less = if piece.parent.is_none() && is_below_item { outer } else { 0 };
        let is_moved = piece.above.and_then(|above| self.of(above)).map(Place::Behind) != Some(place);
        let is_text = piece.parent.is_none() && theirs.clone().next().is_some_and(|row| !row.parts.is_item);
        // Behind an item a line would be read as more of its words.
        let needs_blank = (is_below_item && is_text) || behind.is_some_and(Row::is_heading);
        let blanks = match (place, piece.blanks_before) {
            (Place::First, _) => 0,
            (_, 0) if is_moved && needs_blank => 1,
            (_, n) => n,
        };
        lines.extend(vec![String::new(); blanks]);
        for item in gone.into_iter().filter(|item| !named.contains(item)).collect::<Vec<_>>() {
            let of = &self.old.0[item];
            let indent = of.raw.len() - of.raw.trim_start().len();
            // No line of goen's ends so: from now on it is theirs.
            let shown = key(of.parts.words).0.shown;
            let colon = if shown.is_ascii() { ":" } else { "：" };
            lines.push(format!("{}- {shown}{colon}", &of.raw[..indent]));
            named.push(item);
        }
        let mut line = None;
        for row in theirs {
            lines.extend(vec![String::new(); line.map_or(0, |line: usize| row.line - line - 1)]);
            line = Some(row.line);
            let indent = row.raw.len() - row.raw.trim_start().len();
            lines.push(row.raw[less.min(indent)..].to_owned());
        }
        let below = piece.below;
        if place == Place::First {
            lines.extend(vec![String::new(); below.map_or(0, |(_, blanks)| blanks)]);
        }
        Put { place, lines, next: below.and_then(|(row, blanks)| Some((self.of(row)?, blanks))) }
    }

    /// Below the item that it was nested in; the items that are not there any more.
    fn nested(&self, piece: &Piece, parent: usize) -> (Place, Vec<usize>) {
        let (mut outer, mut gone) = (Some(parent), Vec::new());
        while let Some(item) = outer {
            if let Some(found) = self.of(item) {
                let end = self.new.end(found);
                let above = piece.above.and_then(|above| self.of(above)).filter(|_| gone.is_empty());
                return (Place::Behind(above.filter(|at| (found..=end).contains(at)).unwrap_or(end)), gone);
            }
            gone.insert(0, item);
            outer = self.old.0[item].parent;
        }
        (self.free(piece), gone)
    }

    /// Behind what stood above it in its section.
    fn free(&self, piece: &Piece) -> Place {
        let Some(above) = piece.above else {
            // Where nothing of goen's stood below it either, it is no beginning.
            return if piece.below.is_some() { Place::First } else { Place::Last };
        };
        for at in (0..=above).rev().filter(|at| !self.old.0[*at].is_theirs()) {
            let outermost = self.old.outermost(at);
            match self.of(outermost) {
                Some(found) => return Place::Behind(self.new.end(found)),
                None if self.old.0[at].is_heading() => return Place::Last,
                None => {}
            }
        }
        // Above all headings.
        let heading = self.new.0.iter().position(Row::is_heading);
        heading.and_then(|at| at.checked_sub(1)).map_or(Place::Last, Place::Behind)
    }

    /// Where a line of goen's is now: in its section if it can be.
    fn of(&self, at: usize) -> Option<usize> {
        if let Some(of) = self.boxes.iter().find(|of| of.old == at) {
            return Some(of.new);
        }
        let row = &self.old.0[at];
        let (way, heading) = (self.old.way(at), self.old.heading(at));
        let all = || (0..self.new.0.len()).filter(|n| self.new.0[*n].is_heading() == row.is_heading());
        let is_here = |n: &usize| self.new.heading(*n) == heading && self.new.way(*n) == way;
        // Of several that are about the same the one in the same place among them.
        let before = (0..at).filter(|n| {
            let other = &self.old.0[*n];
            let is_alike = !other.is_theirs() && other.is_heading() == row.is_heading();
            is_alike && self.old.heading(*n) == heading && self.old.way(*n) == way
        });
        let here: Vec<usize> = all().filter(is_here).collect();
        let in_place = here.get(before.count()).copied();
        let is_same = |n: &usize| self.new.0[*n].raw.trim() == row.raw.trim();
        let same = in_place.filter(is_same).or_else(|| here.iter().copied().find(is_same));
        let near = same.or(in_place).or_else(|| here.first().copied());
        near.or_else(|| all().find(|n| self.new.way(*n) == way))
    }
}

/// What a line is about.
struct Key {
    /// To compare.
    target: String,
    /// To read.
    shown: String,
}

/// What a line is about, and what stands behind that.
fn key(words: &str) -> (Key, &str) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Merged once and again: the same comes out.
    fn check(old: &str, was: &str, body: &str, want: &str) {
        let mut known = Known::default();
        known.add(was.lines());
        let once = |old: &str, known: &Known| {
            let mut known = known.clone();
            known.add(body.lines());
            let mut now = Known::default();
            now.add(body.lines());
            (merged(old, body, &known).join("\n"), now)
        };
        let (out, now) = once(old, &known);
        assert_eq!(out, format!("\n{want}\n"), "for {old:?}");
        assert_eq!(once(&out, &now), (out, now), "again, for {old:?}");
    }

    const WAS: &str = "8 現在。\n\n### 来る人\n\n- [[花]]（東京）\n    - 前回：x\n- [[坊]]\n    - 前回：y\n\n### 共通点\n\n- 関心「本」：花\n\n### 会のあと\n\n- [ ] [[花]]：お礼\n- [ ] [[坊]]：お礼";
    const NOW: &str = "9 現在。\n\n### 来る人\n\n- [[花]]（大阪）\n    - 喪中：8\n    - 前回：z\n- [[坊]]\n    - 前回：y\n\n### 会のあと\n\n- [ ] [[花]]：お礼\n- [ ] [[坊]]：お礼";

    #[test]
    fn lines_of_theirs_stay_where_they_were_put() {
        let typed = |behind: &str, line: &str| WAS.replacen(behind, &format!("{behind}{line}"), 1);
        let want = |behind: &str, line: &str| NOW.replacen(behind, &format!("{behind}{line}"), 1);
        for (behind, now, line) in [
            ("[[花]]（東京）\n", "[[花]]（大阪）\n", "    - 羊羹\n        - 栗\n"),
            ("前回：x\n", "前回：z\n", "    - 羊羹\n"),
            ("前回：x\n", "前回：z\n", "        - 羊羹\n"),
            ("前回：x\n", "前回：z\n", "- 羊羹\n    - 栗\n"),
            ("前回：x\n", "前回：z\n", "    - 栗\n\n- 羊羹  \n"),
            ("前回：x\n", "前回：z\n", "  花さんの続き\n"),
            ("前回：y\n", "前回：y\n", "\n### 持ち物\n\n- 名刺\n"),
            ("### 来る人\n\n", "### 来る人\n\n", "- 名刺\n"),
            ("8 現在。\n", "9 現在。\n", "名刺\n"),
            ("- [ ] [[花]]：お礼\n", "- [ ] [[花]]：お礼\n", "    - 羊羹\n"),
        ] {
            check(&typed(behind, line), WAS, NOW, &want(now, line));
        }
        check(&format!("名刺\n\n{WAS}"), WAS, NOW, &format!("名刺\n\n{NOW}"));
        check(&format!("{WAS}\n\n- 名刺\n\n紙"), WAS, NOW, &format!("{NOW}\n\n- 名刺\n\n紙"));
        // Among goen's own, with other bullets and tabs.
        let tabs = WAS.replace("    - ", "\t* ").replace("前回：y", "前回：y\n\t* 羊羹");
        check(&tabs, WAS, NOW, &NOW.replace("前回：y", "前回：y\n\t* 羊羹"));
    }

    #[test]
    fn lines_of_theirs_stay_where_their_place_is_gone() {
        let without = NOW.replace("- [[花]]（大阪）\n    - 喪中：8\n    - 前回：z\n", "");
        let typed = WAS.replace("前回：x\n", "前回：x\n    - 羊羹\n");
        check(
            &typed,
            WAS,
            &without,
            &without.replace("### 来る人\n\n", "### 来る人\n\n- 花：\n    - 羊羹\n"),
        );
        // The heading is gone too.
        let typed = WAS.replace("- 関心「本」：花\n", "- 関心「本」：花\n    - 羊羹\n- 栗\n");
        check(&typed, WAS, NOW, &format!("{NOW}\n\n- 関心「本」：\n    - 羊羹\n- 栗"));
        // Nested in nothing that goen knows.
        check("  - 羊羹\n", "", "- b", "- b\n\n- 羊羹");
    }

    #[test]
    fn two_of_one_name_are_two() {
        let was =
            "### 来る人\n\n- [[甲/田中]]\n- [[乙/田中]]\n\n### 問い\n\n- 田中\n    - 本\n- 田中\n    - 本";
        let now = was.replace("[[乙/田中]]", "[[乙/田中]]（京都）");
        let typed = was.replace("[[乙/田中]]\n", "[[乙/田中]]\n    - 羊羹\n") + "\n    - 問";
        check(&typed, was, was, &typed);
        check(&typed, was, &now, &typed.replace("[[乙/田中]]", "[[乙/田中]]（京都）"));
    }

    #[test]
    fn a_person_may_have_another_name_since() {
        let typed = WAS.replace("前回：x\n", "前回：x\n    - 羊羹\n").replace("[ ] [[花]]：", "[x] [[花]]：");
        let renamed = typed.replace("[[花]]", "[[花子]]");
        let now = NOW.replace("[[花]]", "[[花子]]");
        let want = now.replace("前回：z\n", "前回：z\n    - 羊羹\n").replace("[ ] [[花子]]", "[x] [[花子]]");
        check(&renamed, WAS, &now, &want);
    }

    #[test]
    fn names_typed_again_stay() {
        let typed = WAS.replace("### 共通点\n", "#### 二次会\n\n- [[花]]\n- [[坊]]\n\n### 共通点\n");
        let want = NOW.replace("### 会のあと\n", "#### 二次会\n\n- [[花]]\n- [[坊]]\n\n### 会のあと\n");
        check(&typed, WAS, NOW, &want);
    }

    #[test]
    fn a_box_keeps_its_mark_and_what_stands_behind_it() {
        let old = |line: &str| WAS.replace("- [ ] [[花]]：お礼", line);
        for (line, body, want) in [
            ("- [x] [[花]]：お礼", NOW, "- [x] [[花]]：お礼"),
            ("- [x] [[花]]：お礼 ✅ 2026-12-02", NOW, "- [x] [[花]]：お礼 ✅ 2026-12-02"),
            ("- [ ] [[花]]：お礼 📅 2026-12-02", NOW, "- [ ] [[花]]：お礼 📅 2026-12-02"),
            ("- [x] [[人/花|花子]]：お礼に羊羹", NOW, "- [x] [[花]]：お礼に羊羹"),
        ] {
            check(&old(line), WAS, body, &body.replace("- [ ] [[花]]：お礼", want));
        }
        // Another name, another language.
        let other = NOW.replace("- [ ] [[花]]：お礼", "- [ ] [[花|花子]]: thanks");
        let old = old("- [/] [[花]]：お礼 ✅ 2026-12-02");
        check(
            &old,
            WAS,
            &other,
            &other.replace("- [ ] [[花|花子]]: thanks", "- [/] [[花|花子]]: thanks ✅ 2026-12-02"),
        );
        // Somebody's own box of the same person is another, in any language.
        let own = WAS.replace("- [[坊]]\n", "- [[坊]]\n- [x] [[花]]：送る\n");
        let want = other.replace("前回：y\n", "前回：y\n- [x] [[花]]：送る\n");
        check(
            &own.replace(
                "[[坊]]\n- [x] [[花]]：送る\n    - 前回：y\n",
                "[[坊]]\n    - 前回：y\n- [x] [[花]]：送る\n",
            ),
            WAS,
            &other,
            &want,
        );
        let own = WAS.replace("- [[坊]]\n", "- [[坊]]\n- [ ] [[花]] に送る 📅 2026-12-02\n");
        let want = NOW.replace(
            "- [[坊]]\n    - 前回：y\n",
            "- [[坊]]\n    - 前回：y\n- [ ] [[花]] に送る 📅 2026-12-02\n",
        );
        check(&own, WAS, NOW, &want);
    }
}
