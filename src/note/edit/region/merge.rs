//! What goen writes between the markers and what somebody has typed there, brought together.
//!
//! A line of theirs stays where they put it: behind the line of goen's that stood above it, below the item
//! that it was nested in, under its heading. Where that is gone, what they typed is not: an item keeps
//! the name of what it was nested in, and all else goes to the end.

mod rows;

use crate::note::region::lines::{Known, Whose};

use rows::{Kept, Piece, Row, Rows, key};

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
        // What stood free below the item does so still, and what goen nests in the item is nested in nothing else.
        let want = want("前回：z\n", "- 名刺\n").replacen("（大阪）\n", "（大阪）\n    - 羊羹\n", 1);
        check(&typed("（東京）\n", "    - 羊羹\n- 名刺\n"), WAS, NOW, &want);
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
        // What goen says of either is different now.
        let was = "### 問い\n\n- 田中：一\n- 田中：二";
        let now = "### 問い\n\n- 田中：三\n- 田中：四";
        check(&format!("{was}\n    - 本"), was, now, &format!("{now}\n    - 本"));
        // Nor is one under another heading the same.
        let was = "### 来る人\n\n- [[花]]：一\n\n### 問い\n\n- [[花]]：二";
        let now = "### 来る人\n\n- [[花]]：三\n- [[花]]：五\n\n### 問い\n\n- [[花]]：四";
        check(&format!("{was}\n    - 本"), was, now, &format!("{now}\n    - 本"));
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
    fn of_two_boxes_for_one_person_each_keeps_its_own_mark() {
        let (thanks, book) = ("[[花]]：お礼", "[[花]]：本を返す");
        let was = format!("- [ ] {thanks}\n- [ ] {book}");
        let now = format!("- [ ] {book}\n- [ ] {thanks}");
        check(&was.replace("[ ] [[花]]：本", "[x] [[花]]：本"), &was, &now, &now.replacen("[ ]", "[x]", 1));
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
        // Nor is one of something else that of somebody new.
        let (own, new) = (format!("{WAS}\n- [ ] 牛乳を買う"), format!("{NOW}\n- [ ] [[誠]]：お礼"));
        check(&own, WAS, &new, &format!("{NOW}\n- [ ] 牛乳を買う\n- [ ] [[誠]]：お礼"));
    }
}
