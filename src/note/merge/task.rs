//! A task's line in a merge: ticked beats unticked, and the day of the tick goes with it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::Sides;
use crate::note::plain::regex;

/// The line of a task.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'t> {
    /// Indentation and bullet, up to the character in the box.
    lead: &'t str,
    mark: char,
    /// What stands behind the box, with its line's end.
    rest: &'t str,
}

/// The day on which it was done or dropped, as the Tasks plugin and Dataview write it.
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"[ \t]*(?:[✅❌]\x{fe0f}?[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}|\[(?:completion|cancelled)::[^\]\[]*\])")
});

impl<'t> Task<'t> {
    /// Reads `- [x] …`, in any kind of list.
    pub(super) fn read(raw: &'t str) -> Option<Self> {
        let words = raw.trim_start_matches([' ', '\t', '>']);
        let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let bullet: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
        let inside =
            words[digits..].strip_prefix(bullet)?.trim_start_matches([' ', '\t']).strip_prefix('[')?;
        let mark = inside.chars().next().filter(|mark| !matches!(mark, '[' | ']' | '\n'))?;
        let rest = &inside[mark.len_utf8()..];
        rest.strip_prefix(']')?.strip_prefix([' ', '\t'])?;
        Some(Self { lead: &raw[..raw.len() - inside.len()], mark, rest })
    }

    /// Its words, whatever was ticked.
    pub(super) fn name(&self) -> String {
        self.bare().trim().to_owned()
    }

    fn bare(&self) -> Cow<'t, str> {
        if self.rest.contains(['✅', '❌']) || self.rest.contains("::") {
            STAMP.replace_all(self.rest, "")
        } else {
            Cow::Borrowed(self.rest)
        }
    }

    fn stamps(&self) -> String {
        STAMP.find_iter(self.rest).map(|found| found.as_str()).collect()
    }

    /// Whether somebody only put other words to what this was: most of it is there still.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let (mine, others) = (self.name(), other.name());
        let (mine, others): (Vec<char>, Vec<char>) = (mine.chars().collect(), others.chars().collect());
        let shorter = mine.len().min(others.len());
        let front = mine.iter().zip(&others).take_while(|(a, b)| a == b).count();
        let back = mine.iter().rev().zip(others.iter().rev()).take_while(|(a, b)| a == b).count();
        (front + back).min(shorter) * 2 >= shorter.max(2)
    }

    /// What two versions of a task come to; none where both put other words to it.
    pub(super) fn merged(base: Option<&Self>, ours: &Self, theirs: &Self) -> Option<String> {
        let side = |of: fn(&Self) -> String| {
            let (ours, theirs) = (of(ours), of(theirs));
            match base {
                Some(base) => Sides { base: of(base), ours, theirs }.decided(),
                None => (ours == theirs).then_some(ours),
            }
        };
        let words = side(Self::name)?;
        let by_box =
            base.and_then(|base| Sides { base: base.mark, ours: ours.mark, theirs: theirs.mark }.decided());
        let mark = by_box.unwrap_or_else(|| stronger(ours.mark, theirs.mark));
        let mut ticked: Vec<&Self> = [ours, theirs].into_iter().filter(|task| task.mark == mark).collect();
        // Done is done: of two days the first.
        ticked.sort_by_key(|task| (task.stamps().is_empty(), task.stamps(), task.rest, task.lead));
        let ticked = ticked.first()?;
        if ticked.name() == words {
            return Some(ticked.line(ticked.mark));
        }
        let other = if ours.name() == words { ours } else { theirs };
        Some(other.stamped(ticked.mark, &ticked.stamps()))
    }

    fn line(&self, mark: char) -> String {
        format!("{}{mark}{}", self.lead, self.rest)
    }

    /// With another mark and these days, in front of a block id.
    fn stamped(&self, mark: char, stamps: &str) -> String {
        let bare = self.bare();
        let words = bare.trim_end();
        let at = match words.rsplit_once([' ', '\t']) {
            Some((before, id)) if id.starts_with('^') && id.len() > 1 => before.trim_end().len(),
            _ => words.len(),
        };
        format!("{}{mark}{}{stamps}{}", self.lead, &bare[..at], &bare[at..])
    }
}

/// Of two marks the one that says more: done, dropped, moved, begun, open.
pub fn stronger(one: char, other: char) -> char {
    let rank = |mark: char| match mark {
        'x' | 'X' => 0,
        '-' => 1,
        '<' => 2,
        '>' => 3,
        '/' => 4,
        ' ' => 6,
        _ => 5,
    };
    if (rank(one), one) <= (rank(other), other) { one } else { other }
}
