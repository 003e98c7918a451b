//! Words that somebody put into a line of goen's, told by the line itself or by its digest.
//!
//! Knows lines alone; which line goen wrote where, `written` knows.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use regex::Regex;

use super::signs::unstamped;
use crate::note::signed::{Piece, pieces, units, unlinked_unit};
use crate::text::{Text, short_hash, squeezed};

/// By what a line is known, and how long it is: so only as much as it is longer can have been put in.
#[derive(Debug, Clone)]
pub(super) struct Digest {
    hash: Text,
    len: usize,
    /// By what its links are known as they were; empty where there were none.
    links: Text,
}

/// What its links point to may change: notes are renamed.
impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        (&self.hash, self.len) == (&other.hash, other.len)
    }
}

impl Eq for Digest {}

impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.hash, self.len).hash(state);
    }
}

impl Digest {
    /// How many letters the hash has.
    const LETTERS: usize = 6;

    /// Of a line's bare words.
    pub fn of(words: &str) -> Self {
        // Without a link every character is a unit, and pages may be long.
        if !words.contains('[') {
            let hash = short_hash(&["page", words]).into();
            return Self { hash, len: words.chars().count(), links: Text::new() };
        }
        let (mut bare, mut links, mut len) = (String::with_capacity(words.len()), Vec::new(), 0);
        for piece in pieces(words) {
            match piece {
                Piece::Link(link) => {
                    let shown = unlinked_unit(link);
                    if shown != link {
                        links.push(link);
                    }
                    bare.push_str(shown);
                    len += 1;
                }
                Piece::Between(text) => {
                    bare.push_str(text);
                    len += text.chars().count();
                }
            }
        }
        Self { hash: short_hash(&["page", &bare]).into(), len, links: known_links(&links) }
    }

    /// As it stands in the comment: `abcdef87/xyz`.
    pub fn token(&self) -> String {
        let apart = if self.links.is_empty() { "" } else { "/" };
        format!("{}{}{apart}{}", self.hash, self.len, self.links)
    }

    /// Reads a token.
    pub fn read(token: &str) -> Option<Self> {
        let (hash, len) = token.split_at_checked(Self::LETTERS)?;
        let (len, links) = len.split_once('/').unwrap_or((len, ""));
        let fits = [hash, links]
            .iter()
            .flat_map(|part| part.bytes())
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        fits.then_some(Self { hash: hash.into(), len: len.parse().ok()?, links: links.into() })
    }

    /// Whether a line with it is longer.
    pub fn is_longer_than(&self, other: &Self) -> bool {
        self.len > other.len
    }

    /// The words that somebody put into the line, at one place or at two between words.
    pub fn put_into(&self, line: &str) -> Option<String> {
        let units: Vec<&str> = short_enough(line)?;
        let more = units.len().checked_sub(self.len).filter(|more| *more > 0 && self.len > 1)?;
        let line = Counted::of(&units);
        let at_one = (0..=self.len).map(|from| [(from, from + more), (units.len(), units.len())]);
        // What stands at the end is the likeliest.
        let at_two = std::iter::once_with(|| two_places(&units, more)).flatten();
        let mut all = at_one.rev().chain(at_two).filter(|out| line.hashed_without(out) == self.hash);
        let first = all.next()?;
        // Where somebody typed a link beside goen's, either could be the one put in.
        let keeps_links = |out: &[(usize, usize); 2]| links_of(&without(&units, out)) == self.links;
        let is_sure = self.links.is_empty() || keeps_links(&first);
        let out = if is_sure { first } else { all.find(keeps_links).unwrap_or(first) };
        let [(first, second), (third, fourth)] = out;
        let one = slid(&units, (first, second), (0, third));
        let other = slid(&units, (third, fourth), (one.1, units.len()));
        joined([one, other].map(|(from, to)| units[from..to].concat()))
    }
}

/// The units of a line in which words can be looked for: in longer ones it would take long, and nobody
/// reads those on a page.
fn short_enough(line: &str) -> Option<Vec<&str>> {
    const MOST_BYTES: usize = 16 * 1024;
    const MOST_UNITS: usize = 2_000;
    let units: Vec<&str> = (line.len() <= MOST_BYTES).then(|| units(line).collect())?;
    (units.len() <= MOST_UNITS).then_some(units)
}

/// At how many places words may have been put into a line, one at a time or at two between its words; none
/// where they are not looked for.
pub(super) fn tries(line: &str) -> Option<usize> {
    let (units, words) = (short_enough(line)?.len(), line.matches(' ').count() + 1);
    Some(units + if words > MOST_WORDS { 0 } else { words * words })
}

/// A line as it counts, and where in that its units begin: so it is cut without being put together anew.
struct Counted {
    words: String,
    starts: Vec<usize>,
}

impl Counted {
    fn of(units: &[&str]) -> Self {
        let (mut words, mut starts) = (String::new(), vec![0]);
        for unit in units {
            words.push_str(unlinked_unit(unit));
            starts.push(words.len());
        }
        Self { words, starts }
    }

    /// The hash of what is left without two runs of it.
    fn hashed_without(&self, [first, second]: &[(usize, usize); 2]) -> String {
        let (words, at) = (&self.words, |unit: usize| self.starts[unit]);
        let left =
            [&words[..at(first.0)], &words[at(first.1)..at(second.0)], &words[at(second.1)..]].concat();
        short_hash(&["page", &left])
    }
}

/// A run of a line slid along it, as far as what is left of the line stays the same, to where it begins
/// and ends as words do: of `久々に、久しぶり` the first letter may be taken from either 久.
fn slid(units: &[&str], (mut from, mut to): (usize, usize), (first, last): (usize, usize)) -> (usize, usize) {
    if from == to {
        return (from, to);
    }
    while from > first && units[from - 1] == units[to - 1] {
        (from, to) = (from - 1, to - 1);
    }
    let edges = |from: usize, to: usize| edge(units, from) + edge(units, to);
    let mut best = (from, to);
    while to < last && units[from] == units[to] {
        (from, to) = (from + 1, to + 1);
        if edges(from, to) > edges(best.0, best.1) {
            best = (from, to);
        }
    }
    best
}

/// How much a place in a line is one where words begin or end.
fn edge(units: &[&str], at: usize) -> u8 {
    /// The script of a letter; none is one of what stands between words, links too.
    fn script(unit: &str) -> Option<u8> {
        let mut chars = unit.chars();
        let first = chars.next().filter(|c| c.is_alphanumeric() && chars.next().is_none())?;
        Some(match first {
            '\u{3040}'..='\u{309f}' => 0,
            '\u{30a0}'..='\u{30ff}' => 1,
            c if c.is_numeric() => 2,
            c if c < '\u{2e80}' => 3,
            _ => 4,
        })
    }
    let (before, after) = (at.checked_sub(1).and_then(|before| units.get(before)), units.get(at));
    // What closes a sentence or a bracket belongs to what stands before it, what opens one to what follows.
    let is_one_of = |unit: Option<&&str>, signs: &str| unit.is_some_and(|unit| signs.contains(unit));
    if is_one_of(after, "。、．，！？）」』】!?),.") || is_one_of(before, "（「『【(") {
        return 1;
    }
    match (before.and_then(|unit| script(unit)), after.and_then(|unit| script(unit))) {
        (Some(before), Some(after)) => u8::from(before != after),
        _ => 2,
    }
}

/// Runs of words as one text, without the commas that part them from goen's.
fn joined(runs: [String; 2]) -> Option<String> {
    let words = runs.each_ref().map(|run| run.trim()).join(" ").trim().to_owned();
    let bare = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | ','));
    Some(if bare.is_empty() { words.clone() } else { bare.to_owned() }).filter(|words| !words.is_empty())
}

/// What is left of a line without two runs of it.
fn without<'l>(units: &[&'l str], [first, second]: &[(usize, usize); 2]) -> Vec<&'l str> {
    [&units[..first.0], &units[first.1..second.0], &units[second.1..]].concat()
}

/// By what the links of a line are known: enough to choose between two readings.
fn links_of(units: &[&str]) -> Text {
    let links: Vec<&str> = units.iter().filter(|unit| unlinked_unit(unit) != **unit).copied().collect();
    known_links(&links)
}

fn known_links(links: &[&str]) -> Text {
    if links.is_empty() { Text::new() } else { short_hash(links).chars().take(3).collect() }
}

/// Two runs are looked for in lines of no more words: it would take long.
const MOST_WORDS: usize = 32;

/// Every two runs of words that are so long together.
fn two_places(units: &[&str], more: usize) -> Vec<[(usize, usize); 2]> {
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
                if starts.binary_search(&(next + left)).is_ok() {
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
    let put = put_in(line, goens).or_else(|| put_between(line, goens)).or_else(|| put_at_two(line, goens));
    put.or_else(|| {
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
    let (line, goens) = (letters(line), letters(goens));
    let front = common(line.iter(), goens.iter());
    let back = common(line.iter().rev(), goens.iter().rev());
    if line.len() <= goens.len() || front + back < goens.len() {
        return None;
    }
    let (from, to) = slid(&line, (front, front + line.len() - goens.len()), (0, line.len()));
    joined([line[from..to].concat(), String::new()]).filter(|words| words.chars().count() > 1)
}

fn letters(line: &str) -> Vec<&str> {
    line.char_indices().map(|(at, c)| &line[at..at + c.len_utf8()]).collect()
}

/// What was put in at two places, within words too, which Japanese does not part.
fn put_at_two(line: &str, goens: &str) -> Option<String> {
    /// Less than this between them may stand there by chance.
    const BETWEEN: usize = 4;
    let (line, goens) = (short_enough(line)?, short_enough(goens)?);
    let front = common(line.iter(), goens.iter());
    let back = common(line[front..].iter().rev(), goens[front..].iter().rev());
    let (end, between) = (line.len() - back, &goens[front..goens.len() - back]);
    if between.len() < BETWEEN {
        return None;
    }
    let at = front + line[front..end].windows(between.len()).position(|run| run == between)?;
    let one = slid(&line, (front, at), (0, at + between.len()));
    let other = slid(&line, (at + between.len(), end), (one.1, line.len()));
    joined([one, other].map(|(from, to)| line[from..to].concat()))
}

fn common<T: PartialEq>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> usize {
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
        Regex::new(r"(?:⏳|📅)\x{fe0f}?[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}|\[(?:scheduled|due)::[^\]\[]*\]").ok()
    });
    let (_, rest) = line.split_once("] ")?;
    let mut out = unstamped(rest);
    // Most lines have nothing of the kind, and pages may be long.
    if out.contains(['⏳', '📅']) || out.contains("::") {
        out = Cow::Owned(FIELDS.as_ref()?.replace_all(&out, "").into_owned());
    }
    let out = without_ids(&out);
    let out = squeezed(&out);
    if !out.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') {
        return Some(out.into_owned());
    }
    Some(LEAD.as_ref()?.replace(&out, "$1").into_owned())
}

/// A line without anything that looks like an id of goen's.
fn without_ids(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once("^g-") {
        let id = behind.bytes().take(6).take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit()).count();
        out.push_str(before);
        if id < 6 {
            out.push_str("^g-");
        }
        rest = if id < 6 { behind } else { &behind[6..] };
    }
    out + rest
}

#[cfg(test)]
mod tests;
