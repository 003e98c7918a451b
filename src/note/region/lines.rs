//! Whose a line between the markers is: goen knows its own again on every machine, by digests that stand
//! in a comment below them.
//!
//! A line is known by its words, the heading of goen's above it and how deep it is nested in goen's: the
//! same words elsewhere are somebody's, and so is each one more than goen wrote. How an editor writes a
//! list, and whether a box is ticked, makes no other line of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::note::signed::{self, Parts, is_comment, normal, unlinked};
use crate::text::short_hash;

/// What the digest of a heading begins with; no `#`, which some take for a tag.
const HEADING: &str = ".";

/// What stands in the comment between a line's digest and that of the line whatever it links to.
const LINKED: char = '~';

/// So many headings that somebody took away are thought of: a comment may name any number.
const MOST_HEADINGS: usize = 16;

/// A line with a box that is longer has nothing put behind it …
const LONGEST_TAILED: usize = 4096;
/// … and at so many places of a part it is looked for where goen's words end.
const MOST_HEADS: usize = 1 << 16;

/// By what a line is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Digest {
    /// As it is written.
    exact: String,
    /// Whatever its links point to: a note may have another name since.
    unlinked: String,
}

impl Digest {
    fn of(token: &str) -> Self {
        let (exact, unlinked) = token.split_once(LINKED).unwrap_or((token, token));
        Self { exact: exact.to_owned(), unlinked: unlinked.to_owned() }
    }

    fn token(&self) -> String {
        if self.exact == self.unlinked {
            return self.exact.clone();
        }
        format!("{}{LINKED}{}", self.exact, self.unlinked)
    }
}

/// Lines that goen wrote, as far as it is known, and how often each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known(BTreeMap<Digest, usize>);

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

/// What a line could be of goen's.
struct Candidate<'l> {
    digest: Digest,
    /// What stands behind what goen wrote.
    tail: &'l str,
}

impl Known {
    /// The lines that a part says are goen's.
    pub fn of(inner: &str) -> Self {
        let mut known = Self::default();
        for digest in inner.lines().filter_map(signed::tokens).flatten() {
            *known.0.entry(Digest::of(digest)).or_default() += 1;
        }
        known
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lines that goen wrote together, besides: each is known as often as where it stands most.
    pub fn add<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>) {
        let (mut walk, mut found) = (Walk::default(), Self::default());
        for line in lines.into_iter().filter(|line| !line.trim().is_empty()) {
            for digest in walk.digests(line, std::iter::once(&*walk.section)) {
                *found.0.entry(digest).or_default() += 1;
            }
            walk.pass(line);
        }
        for (digest, count) in found.0 {
            let known = self.0.entry(digest).or_default();
            *known = count.max(*known);
        }
    }

    /// Whose each of the lines between the markers is.
    pub fn whose<'l>(&self, lines: &[&'l str]) -> Vec<Whose<'l>> {
        let candidates = self.candidates(lines);
        let accepted = self.accepted(lines, &candidates);
        let whose = |(at, line): (usize, &&'l str)| {
            if line.trim().is_empty() {
                return Whose::Blank;
            }
            if is_comment(line) {
                return Whose::Goens;
            }
            match candidates[at].as_ref().filter(|_| accepted[at]) {
                None => Whose::Theirs,
                Some(candidate) if !candidate.tail.is_empty() => Whose::Tailed(candidate.tail),
                Some(_) if Parts::of(line).mark.is_some_and(|mark| mark != ' ') => Whose::Marked,
                Some(_) => Whose::Goens,
            }
        };
        lines.iter().enumerate().map(whose).collect()
    }

    /// What each line could be of goen's.
    fn candidates<'l>(&self, lines: &[&'l str]) -> Vec<Option<Candidate<'l>>> {
        // Lines whose heading somebody took away are goen's as before.
        let here: BTreeSet<String> =
            lines.iter().filter(|line| is_heading(line)).map(|line| heading(line)).collect();
        let headings = self.0.keys().map(|digest| &digest.exact);
        let headings = headings.filter(|digest| digest.starts_with(HEADING) && !here.contains(*digest));
        let gone: Vec<&str> = headings.map(String::as_str).take(MOST_HEADINGS).collect();
        let unlinked: BTreeSet<&str> = self.0.keys().map(|digest| digest.unlinked.as_str()).collect();
        let mut walk = Walk::default();
        let mut heads_left = MOST_HEADS;
        let candidate = |line: &&'l str| {
            let line: &'l str = line;
            if line.trim().is_empty() || is_comment(line) {
                return None;
            }
            let known = |words: &str| {
                let sections = std::iter::once(&*walk.section).chain(gone.iter().copied());
                let digests = walk.digests(words, sections);
                let exact = digests.iter().find(|digest| self.0.contains_key(digest));
                exact.or_else(|| digests.iter().find(|of| unlinked.contains(of.unlinked.as_str()))).cloned()
            };
            let found = known(line).map(|digest| Candidate { digest, tail: "" }).or_else(|| {
                // Tools and people put their words behind what stands in a box.
                Parts::of(line).mark.filter(|_| line.len() <= LONGEST_TAILED)?;
                let ends = line.char_indices().rev().map(|(at, _)| at).filter(|at| *at > 0);
                let mut heads = ends.map(|at| &line[..at]).take_while(|_| {
                    heads_left = heads_left.saturating_sub(1 + gone.len());
                    heads_left > 0
                });
                let (head, digest) = heads.find_map(|head| Some((head, known(head)?)))?;
                Some(Candidate { digest, tail: &line[head.trim_end().len()..] })
            });
            if found.is_some() {
                walk.pass(line);
            }
            found
        };
        lines.iter().map(candidate).collect()
    }

    /// Of more lines than goen wrote those that stand among its own: not below a heading of somebody's,
    /// with most lines of goen's beside them.
    fn accepted(&self, lines: &[&str], candidates: &[Option<Candidate<'_>>]) -> Vec<bool> {
        /// What is beside a line of somebody's is known when that is known to be one.
        const ROUNDS: usize = 4;
        let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, candidate) in candidates.iter().enumerate() {
            if let Some(candidate) = candidate {
                alike.entry(&candidate.digest.unlinked).or_default().push(at);
            }
        }
        let mut known: BTreeMap<&str, Vec<(&Digest, usize)>> = BTreeMap::new();
        for (digest, count) in &self.0 {
            known.entry(&digest.unlinked).or_default().push((digest, *count));
        }
        let around = Around::of(lines);
        let is_below_theirs =
            |at: usize| around.headings[at].is_some_and(|above| candidates[above].is_none());
        let mut accepted: Vec<bool> = candidates.iter().map(Option::is_some).collect();
        for _ in 0..ROUNDS {
            let before = accepted.clone();
            for (unlinked, all) in &alike {
                let mut order = all.clone();
                order.sort_by_cached_key(|at| {
                    let is_tailed = candidates[*at].as_ref().is_some_and(|of| !of.tail.is_empty());
                    let beside = [around.before[*at], around.behind[*at]];
                    let strangers = beside.into_iter().flatten().filter(|beside| !before[*beside]).count();
                    let is_below = is_below_theirs(*at);
                    // Below their heading what they typed stands first.
                    let turn = if is_below { lines.len() - at } else { *at };
                    (is_tailed, is_below, strangers, turn)
                });
                let mut left: BTreeMap<&Digest, usize> =
                    known.get(unlinked).into_iter().flatten().copied().collect();
                let exact = |at: &usize| {
                    let count = candidates[*at].as_ref().and_then(|of| left.get_mut(&of.digest));
                    count.is_some_and(|count| std::mem::replace(count, count.saturating_sub(1)) > 0)
                };
                let (as_written, others): (Vec<usize>, Vec<usize>) = order.into_iter().partition(exact);
                // As many as are not there as they were written may have another link.
                let renamed = left.values().sum();
                for (place, at) in others.into_iter().enumerate() {
                    accepted[at] = place < renamed;
                }
                as_written.into_iter().for_each(|at| accepted[at] = true);
            }
        }
        accepted
    }

    /// The comment by which they are known again.
    pub fn comment(&self) -> String {
        let all = self.0.iter().flat_map(|(digest, count)| std::iter::repeat_n(digest.token(), *count));
        signed::comment(all)
    }
}

/// What stands around each line of a part.
struct Around {
    /// The last heading above it.
    headings: Vec<Option<usize>>,
    /// The last line above it that is not blank.
    before: Vec<Option<usize>>,
    /// The first such line below it.
    behind: Vec<Option<usize>>,
}

impl Around {
    fn of(lines: &[&str]) -> Self {
        let is_said = |at: usize| !lines[at].trim().is_empty();
        Self {
            headings: last_before(0..lines.len(), |at| is_heading(lines[at])),
            before: last_before(0..lines.len(), is_said),
            behind: {
                let mut behind = last_before((0..lines.len()).rev(), is_said);
                behind.reverse();
                behind
            },
        }
    }
}

/// The last place before each, in their order, of which something is true.
fn last_before(places: impl Iterator<Item = usize>, is: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let step = |last: &mut Option<usize>, at: usize| {
        let before = *last;
        *last = is(at).then_some(at).or(before);
        Some(before)
    };
    places.scan(None, step).collect()
}

/// Where one stands among goen's lines.
#[derive(Debug, Default)]
struct Walk {
    /// By what the heading above is known.
    section: String,
    /// How far the items stand in that are open.
    open: Vec<usize>,
}

impl Walk {
    /// By what a line that comes next is known in each of some sections; a heading is in none.
    fn digests<'s>(&self, line: &str, sections: impl Iterator<Item = &'s str>) -> Vec<Digest> {
        if is_heading(line) {
            return vec![Digest::of(&heading(line))];
        }
        let indent = Parts::of(line).indent;
        let depth = self.open.iter().filter(|outer| **outer < indent).count().to_string();
        let normal = normal(line);
        let bare = unlinked(&normal);
        let of = |section: &str, words: &str| short_hash(&["line", section, &depth, words]);
        sections.map(|section| Digest { exact: of(section, &normal), unlinked: of(section, &bare) }).collect()
    }

    /// Goes on behind a line of goen's.
    fn pass(&mut self, line: &str) {
        let Parts { indent, is_item, .. } = Parts::of(line);
        if is_heading(line) {
            (self.section, self.open) = (heading(line), Vec::new());
        } else if is_item {
            self.open.retain(|outer| *outer < indent);
            self.open.push(indent);
        }
    }
}

/// By what a heading is known.
fn heading(line: &str) -> String {
    format!("{HEADING}{}", short_hash(&["heading", &normal(line)]))
}

/// Whether a line is a heading, or bold as a whole.
pub fn is_heading(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with('#') || (line.starts_with("**") && line.ends_with("**"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goens_lines_are_known_again() {
        let mut known = Known::default();
        known.add(["- [[a]]（横浜）", "- [ ] [[a]]：お礼", "", "### 来る人"]);
        let known = Known::of(&format!("x\n{}\n", known.comment()));
        assert_eq!(known.whose(&["### 来る人", "- [[a]]（横浜）"]), [Whose::Goens, Whose::Theirs]);
        for (line, whose) in [
            ("- [[a]]（横浜）", Whose::Goens),
            ("\t* [[a]]（横浜） ", Whose::Goens),
            ("- [[a]]（横浜）赤い眼鏡", Whose::Theirs),
            ("- [ ] [[a]]：お礼", Whose::Goens),
            ("- [x] [[a]]：お礼", Whose::Marked),
            ("- [x] [[a]]：お礼 ✅ 2026-12-02", Whose::Tailed(" ✅ 2026-12-02")),
            ("- [ ] [[a]]：お礼と羊羹", Whose::Tailed("と羊羹")),
            ("- [ ] [[b]]：返す", Whose::Theirs),
            ("###  来る人", Whose::Goens),
            ("", Whose::Blank),
        ] {
            assert_eq!(known.whose(&[line]), [whose], "{line:?}");
        }
        assert_eq!(Known::of(&known.comment()), known);
    }

    #[test]
    fn the_same_words_elsewhere_or_once_more_are_somebodys() {
        let was =
            ["### 来る人", "- [[花]]", "    - 前回：x", "### 問い", "- 花", "    - 本", "- 坊", "    - 本"];
        let mut known = Known::default();
        known.add(was);
        // What stands with `+` before it is typed.
        let check = |text: &[&str]| {
            let lines: Vec<&str> = text.iter().map(|line| line.strip_prefix('+').unwrap_or(line)).collect();
            for (whose, line) in known.whose(&lines).into_iter().zip(text) {
                assert_eq!(whose == Whose::Theirs, line.starts_with('+'), "{line:?} in {text:#?}");
            }
        };
        check(&was);
        check(&[
            "### 来る人",
            "+- 花",
            "- [[花]]",
            "+    - 花",
            "    - 前回：x",
            "### 問い",
            "- 花",
            "    - 本",
        ]);
        check(&["### 問い", "+#### 二次会", "+- 花", "+- 坊", "- 花", "    - 本", "- 坊", "    - 本"]);
        check(&["### 問い", "- 花", "    - 本", "- 坊", "    - 本", "+#### 二次会", "+- 花", "+- 坊"]);
        check(&[
            "### 問い",
            "- 花",
            "+  - 羊羹",
            "    - 本",
            "+- 羊羹",
            "    - 本",
            "+- 二次会",
            "+    - 坊",
        ]);
    }

    /// As many of them, and as long ones, as one likes: who looked at each beside each would take hours.
    #[test]
    fn a_part_may_say_that_goen_wrote_any_number_of_lines() {
        const COUNT: usize = 5_000;
        let tokens = (0..COUNT).flat_map(|n| [format!(".u{n:05}"), format!("u{n:05}"), "u~u".into()]);
        let known = Known::of(&signed::comment(tokens));
        let long = format!("- [ ] {}", "あ".repeat(200_000));
        let mut lines: Vec<String> = vec![long; 5];
        lines.extend((0..COUNT).map(|n| format!("- [x] [[人]]{n}に礼を")));
        lines.extend((0..COUNT).map(|n| format!("### {n}")));
        lines.extend((0..COUNT).map(|_| String::new()));
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let whose = known.whose(&lines);
        assert!(whose[..2 * COUNT + 5].iter().all(|whose| *whose == Whose::Theirs));
        assert!(whose[2 * COUNT + 5..].iter().all(|whose| *whose == Whose::Blank));
    }

    #[test]
    fn of_many_equal_lines_so_many_are_goens_as_it_wrote() {
        const COUNT: usize = 5_000;
        let was: Vec<String> = (0..COUNT).map(|n| format!("- {n}")).collect();
        let mut known = Known::default();
        known.add(was.iter().map(String::as_str));
        let twice: Vec<&str> = was.iter().chain(&was).map(String::as_str).collect();
        let goens = known.whose(&twice).into_iter().filter(|whose| *whose == Whose::Goens).count();
        assert_eq!(goens, COUNT);
    }
}
