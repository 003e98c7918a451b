//! Words that somebody put into a line of goen's, told by the line itself or by its digest.
//!
//! Knows lines alone; which line goen wrote where, `written` knows.

use std::sync::LazyLock;

use regex::Regex;

use super::read::stamps;
use crate::note::signed::{units, unlinked_unit};
use crate::text::short_hash;

/// By what a line is known, and how long it is: so only as much as it is longer can have been put in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Digest {
    hash: String,
    len: usize,
}

impl Digest {
    /// How many letters the hash has.
    const LETTERS: usize = 6;

    /// Of a line's bare words; what its links point to may change.
    pub fn of(words: &str) -> Self {
        let units: Vec<&str> = units(words).map(unlinked_unit).collect();
        Self { hash: hashed(&units.concat()), len: units.len() }
    }

    /// As it stands in the comment.
    pub fn token(&self) -> String {
        format!("{}{}", self.hash, self.len)
    }

    /// Reads a token.
    pub fn read(token: &str) -> Option<Self> {
        let (hash, len) = token.split_at_checked(Self::LETTERS)?;
        let fits = hash.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        fits.then_some(Self { hash: hash.to_owned(), len: len.parse().ok()? })
    }

    /// Whether a line with it is longer.
    pub fn is_longer_than(&self, other: &Self) -> bool {
        self.len > other.len
    }

    /// The words that somebody put into the line, at one place or at two between words.
    pub fn put_into(&self, line: &str) -> Option<String> {
        let units: Vec<&str> = units(line).collect();
        let more = units.len().checked_sub(self.len).filter(|more| *more > 0 && self.len > 1)?;
        let at_one = (0..=self.len).map(|from| [(from, from + more), (units.len(), units.len())]);
        // What stands at the end is the likeliest, and of two readings the same words.
        let at_two = std::iter::once_with(|| two_places(&units, more)).flatten();
        let mut all = at_one.rev().chain(at_two);
        let out = all.find(|out| self.is_without(&units, out))?;
        let words = |(from, to): (usize, usize)| units[from..to].concat().trim().to_owned();
        let words: Vec<String> = out.into_iter().map(words).filter(|words| !words.is_empty()).collect();
        Some(words.join(" ")).filter(|words| !words.is_empty())
    }

    fn is_without(&self, units: &[&str], [first, second]: &[(usize, usize); 2]) -> bool {
        let rest = [&units[..first.0], &units[first.1..second.0], &units[second.1..]];
        let rest: String = rest.into_iter().flatten().map(|unit| unlinked_unit(unit)).collect();
        hashed(&rest) == self.hash
    }
}

fn hashed(words: &str) -> String {
    short_hash(&["page", words])
}

/// Every two runs of words that are so long together.
fn two_places(units: &[&str], more: usize) -> Vec<[(usize, usize); 2]> {
    /// More would take long.
    const MOST_WORDS: usize = 32;
    // Each word begins behind a blank; the one before goes with it.
    let mut starts: Vec<usize> = (0..units.len()).filter(|at| *at == 0 || units[*at] == " ").collect();
    starts.push(units.len());
    let mut out = Vec::new();
    if starts.len() > MOST_WORDS {
        return out;
    }
    for (a, from) in starts.iter().enumerate() {
        for (b, to) in starts.iter().enumerate().skip(a + 1) {
            // The first word has its blank behind it.
            let (from, to) = if *from == 0 { (0, (to + 1).min(units.len())) } else { (*from, *to) };
            let Some(left) = more.checked_sub(to - from).filter(|left| *left > 0) else { break };
            for next in starts[b..].iter().filter(|next| **next >= to) {
                if starts.contains(&(next + left)) {
                    out.push([(from, to), (*next, next + left)]);
                }
            }
        }
    }
    out
}

/// The words that somebody typed into goen's line; `whole` says that a line written anew is
/// somebody's as a whole.
pub(super) fn typed(line: &str, goens: &str, whole: bool) -> Option<String> {
    if line == goens {
        return None;
    }
    put_in(line, goens).or_else(|| put_between(line, goens)).or_else(|| {
        // Who only took away has said nothing; who wrote the line anew said all of it.
        let anew = whole && !is_part_of(line, goens) && line.chars().count() > 1;
        anew.then(|| line.to_owned())
    })
}

/// What was put in at several places: the words that are not goen's, if all of goen's are there.
fn put_between(line: &str, goens: &str) -> Option<String> {
    let mut rest = goens.split_whitespace().peekable();
    let theirs: Vec<&str> = line.split_whitespace().filter(|word| rest.next_if_eq(word).is_none()).collect();
    (rest.peek().is_none() && !theirs.is_empty()).then(|| theirs.join(" "))
}

/// What was put in at one place.
pub(super) fn put_in(line: &str, goens: &str) -> Option<String> {
    let (shorter, longer) = (goens.chars().count(), line.chars().count());
    let front = common(line.chars(), goens.chars());
    let back = common(line.chars().rev(), goens.chars().rev());
    if longer <= shorter || front + back < shorter {
        return None;
    }
    // Where the words repeat what stands beside them, either reading gives the same words.
    let back = back.min(shorter - front);
    let words: String = line.chars().skip(front).take(longer - front - back).collect();
    let words = words.trim();
    (words.chars().count() > 1).then(|| words.to_owned())
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

fn is_part_of(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().filter(|c| !c.is_whitespace()).all(|c| rest.any(|other| other == c))
}

/// A line without its box, its id, the day it is planned for, and the fields of goen's and of plugins.
pub(super) fn bare(line: &str) -> Option<String> {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(#\S+ )?(?:(?:[0-9]{4}/)?[0-9]{1,2}/[0-9]{1,2}（[日月火水木金土]）|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [0-9]{1,2} [A-Z][a-z]{2}(?: [0-9]{4})?: )").ok()
    });
    static FIELDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:⏳|📅)\x{fe0f}?[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}|\[(?:scheduled|due)::[^\]\[]*\]|\^g-[0-9a-z]{6}")
            .ok()
    });
    let (_, rest) = line.split_once("] ")?;
    let mut out = rest.to_owned();
    // Most lines have nothing of the kind, and pages may be long.
    if rest.contains(['✅', '❌', '>', '＞', '[']) {
        for stamp in stamps(rest) {
            out = out.replacen(&stamp, "", 1);
        }
    }
    let out = FIELDS.as_ref()?.replace_all(&out, "");
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    if !out.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') {
        return Some(out);
    }
    Some(LEAD.as_ref()?.replace(&out, "$1").into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOENS: &str = "- [ ] [[田中]] に LINE で近況を — 前回 9/14（68日前） ⏳ 2026-11-21 ^g-k3f9q2";

    #[test]
    fn a_digest_tells_what_was_put_in() {
        let goens = bare(GOENS).unwrap_or_default();
        let digest = Digest::of(&goens);
        assert_eq!(Digest::read(&digest.token()), Some(digest.clone()));
        for (line, words) in [
            (goens.clone(), None),
            (goens.replace("[[田中]]", "[[田中 太郎|太郎]]"), None),
            (goens.replace("[[田中]]", "[[太郎]]") + " 電話で", Some("電話で")),
            (format!("急ぎ {goens}"), Some("急ぎ")),
            (goens.replace("近況を", "近況と写真を"), Some("と写真")),
            (goens.replace(" —", " 朝 —") + " 夜 [[喫茶|店]]", Some("朝 夜 [[喫茶|店]]")),
            (format!("急ぎ {goens} 夜"), Some("急ぎ 夜")),
            (goens.replace("近況を", ""), None),
            ("[[田中]] と渋谷で飲んだ".to_owned(), None),
            (goens.replace("近況", "写真") + " 朝", None),
        ] {
            assert_eq!(digest.put_into(&line).as_deref(), words, "{line}");
        }
    }

    #[test]
    fn words_in_a_line_are_found() {
        for (line, sure, unsure) in [
            (GOENS.to_owned(), None, None),
            (GOENS.replace("[ ]", "[x]"), None, None),
            (GOENS.replace(" ^g", " ✅ 2026-11-20 ^g"), None, None),
            (GOENS.replace("11-21", "12-05"), None, None),
            (GOENS.replace("⏳ 2026-11-21 ", ""), None, None),
            (GOENS.replace(" ⏳", " 電話番号を聞く ⏳"), Some("電話番号を聞く"), Some("電話番号を聞く")),
            (format!("{GOENS} 電話で"), Some("電話で"), Some("電話で")),
            (GOENS.replace("[ ] ", "[x] 急ぎ "), Some("急ぎ"), Some("急ぎ")),
            (
                GOENS.replace(" ⏳ 2026-11-21", " 会った ⏳ 2026-11-21 ✅ 2026-11-21"),
                Some("会った"),
                Some("会った"),
            ),
            (GOENS.replace("近況を", ""), None, None),
            (GOENS.replace(" —", " 朝 —").replace(" ⏳", " 夜 ⏳"), Some("朝 夜"), Some("朝 夜")),
            ("- [x] [[田中]] と渋谷で飲んだ ^g-k3f9q2".to_owned(), Some("[[田中]] と渋谷で飲んだ"), None),
        ] {
            let (line, goens) = (bare(&line).unwrap_or_default(), bare(GOENS).unwrap_or_default());
            assert_eq!(typed(&line, &goens, true).as_deref(), sure, "{line}");
            assert_eq!(typed(&line, &goens, false).as_deref(), unsure, "{line}");
        }
    }
}
