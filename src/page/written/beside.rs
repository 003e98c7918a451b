//! What somebody has typed beside goen's own lines of a page, told by what goen wrote there.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::read::{Line, Page};
use super::super::typed::{Digest, bare, typed};
use super::super::words;
use super::Written;
use super::left::Left;
use crate::note::signed::{Parts, normal};
use crate::text::{Lang, QuickMap, QuickSet, squeezed};

/// At so many places it is looked for words put into goen's lines below one item …
const IN_ITEM: usize = 1 << 14;
/// … and into those between the items.
const BETWEEN: usize = 1 << 20;

/// What a line has beside what goen wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The day that goen planned it for, where that is known.
    pub planned: Option<NaiveDate>,
    /// Words typed into it.
    pub typed: Option<String>,
    /// They stand in a line of goen's below it.
    pub in_child: bool,
    /// Words typed into lines of goen's below it, where some were typed into itself, too, or nobody
    /// knows what the line is.
    pub more: Option<String>,
    /// The words are somebody's without doubt.
    pub certain: bool,
    /// goen wrote it as done.
    pub done: bool,
    /// It is what goen wrote, but for words put into it.
    pub is_same: bool,
    /// goen wrote it at all, as far as that is known.
    pub is_known: bool,
}

impl Beside {
    /// Words typed into lines of goen's below it, if they are somebody's without doubt.
    pub fn surely_more(&self) -> Option<&str> {
        self.more.as_deref().filter(|_| self.certain)
    }

    /// Words typed into it that are somebody's without doubt.
    pub fn surely_typed(&self) -> Option<&str> {
        self.typed.as_deref().filter(|_| self.certain)
    }
}

/// Whose the lines below an item are.
#[derive(Default)]
pub(super) struct Below<'a> {
    /// The words put into lines of goen's.
    pub(super) words: Vec<String>,
    /// Lines that only look like goen's.
    pub(super) theirs: Vec<&'a str>,
    /// Lines of goen's that do not look like it.
    goens: Vec<&'a str>,
    /// Those with words in front of their label.
    fronted: Vec<&'a str>,
}

/// Whose the lines between the items are.
pub(super) struct Between<'a> {
    /// The words put into lines of goen's.
    pub(super) words: Vec<String>,
    /// Lines of somebody's.
    pub(super) free: Vec<&'a str>,
    /// None only looks like goen's.
    pub(super) is_clear: bool,
}

/// goen's lines below items that do not stand below theirs any more.
struct Strays<'w> {
    /// Their items are gone, too.
    orphans: Left<'w>,
    /// Something was typed between them and their items.
    parted: Left<'w>,
}

/// What a line below an item says.
pub(super) fn child_words(line: &str) -> String {
    squeezed(Parts::of(line).words).into_owned()
}

/// Whether a line has something that goen's lines have.
fn is_in_goens_form(line: &str) -> bool {
    [" — ", "⏳", "📅", "[scheduled::", "[due::"].iter().any(|sign| line.contains(sign))
}

impl Written {
    /// What a line has beside what goen wrote.
    pub fn beside(&self, line: &Line<'_>) -> Beside {
        let words = Some(self.below(line).words.join(" ")).filter(|words| !words.is_empty());
        let Some(item) = self.items.get(line.id) else {
            return Beside { certain: self.certain, more: words, ..Beside::default() };
        };
        let now = bare(line.raw).unwrap_or_default();
        let is_as_written = Digest::of(&now) == item.line;
        let put = if is_as_written { None } else { item.line.put_into(&now) };
        let is_same = is_as_written || put.is_some();
        let is_own = !is_in_goens_form(line.raw);
        let (in_line, certain) = match (put, self.texts.get(&item.line)) {
            _ if is_as_written => (None, self.certain),
            (Some(words), _) => (self.without_lead(words, item.planned), self.certain),
            // Where nothing is certain, goen may have written another line then; but not without its form.
            (None, Some(then)) => (typed(&now, then, self.certain || is_own), self.certain || is_own),
            (None, None) if !self.certain => (None, false),
            // Nobody knows any more what stood there: in words of one's own all is said by hand, and
            // of what is longer than goen's nothing is to be lost.
            (None, None) => {
                let words = Some(now).filter(|now| is_own || Digest::of(now).is_longer_than(&item.line));
                (words, is_own)
            }
        };
        let is_in_child = in_line.is_none();
        let (typed, more) = if in_line.is_some() { (in_line, words) } else { (words, None) };
        Beside {
            planned: item.planned,
            done: item.marked && is_same,
            is_same,
            in_child: is_in_child,
            typed,
            more,
            certain,
            is_known: true,
        }
    }

    /// Tells apart what only looks like goen's or like somebody's: lines below an item, and between
    /// the items. Gives the words that were typed into a line of goen's there.
    pub fn claim(&self, page: &mut Page<'_>) -> Vec<String> {
        let Strays { mut orphans, mut parted } = self.strays(page);
        for line in &mut page.lines {
            let below = self.below(line);
            let mut goens: QuickMap<&str, usize> = QuickMap::default();
            below.goens.iter().chain(&below.fronted).for_each(|own| *goens.entry(own).or_default() += 1);
            line.own.retain(|own| match goens.get_mut(own) {
                Some(times) if *times > 0 => {
                    *times -= 1;
                    false
                }
                _ => true,
            });
            // As those with their label in front: their words are asked for later.
            line.labelled.extend(below.fronted);
            line.own.extend(below.theirs);
            line.own.retain(|own| !orphans.take(&child_words(own)));
        }
        let between = self.between(page);
        page.free = between.free;
        page.free.retain(|line| {
            let words = child_words(line);
            words.is_empty() || !(orphans.take(&words) || parted.take(&words))
        });
        between.words
    }

    /// goen's lines below items that are not found below theirs.
    fn strays(&self, page: &Page<'_>) -> Strays<'_> {
        let mut left: BTreeMap<&str, Left<'_>> = BTreeMap::new();
        for line in &page.lines {
            let Some(item) = self.items.get(line.id) else { continue };
            let left = left.entry(line.id).or_insert_with(|| Left::of(&item.children, 0));
            for child in line.below() {
                left.take(&child_words(child));
            }
        }
        let gone = self.items.iter().filter(|(id, _)| !left.contains_key(id.as_str()));
        let orphans = Left::of(gone.flat_map(|(_, item)| &item.children), 0);
        Strays { orphans, parted: Left::of(left.into_values().flat_map(Left::into_rest), 0) }
    }

    /// Whose the lines below an item are.
    pub(super) fn below<'a>(&self, line: &Line<'a>) -> Below<'a> {
        let mut left = Left::of(self.items.get(line.id).into_iter().flat_map(|item| &item.children), IN_ITEM);
        let mut below = Below::default();
        let labelled = line.labelled.iter().copied();
        let changed: Vec<&'a str> = labelled.filter(|child| !left.take(&child_words(child))).collect();
        let own = line.own.iter().copied();
        below.goens = own.clone().filter(|own| left.take(&child_words(own))).collect();
        // Words in front of a label leave none.
        let goens: QuickSet<&str> = below.goens.iter().copied().collect();
        for own in own.filter(|own| words::has_label(own) && !goens.contains(own)) {
            if let Some(words) = left.put_into_one(&child_words(own), &self.texts) {
                below.words.push(words);
                below.fronted.push(own);
            }
        }
        let mut notices = Left::of(&self.notices, IN_ITEM);
        for child in changed {
            let words = child_words(child);
            let is_notice = words::is_notice(&words);
            if is_notice && self.notices.contains(&Digest::of(&words)) {
                continue;
            }
            let put = if is_notice {
                notices.put_into_any(&words, &self.texts)
            } else {
                left.put_into_one(&words, &self.texts)
            };
            match put {
                Some(words) => below.words.push(words),
                // Of an item that is on no agenda now, goen may have written anything.
                None if !self.certain && (is_notice || !self.items.contains_key(line.id)) => {}
                None => below.theirs.push(child),
            }
        }
        below
    }

    /// Whose the lines between the items are.
    pub(super) fn between<'a>(&self, page: &Page<'a>) -> Between<'a> {
        let mut left = Left::of(&self.glue, BETWEEN);
        let changed: Vec<&str> = page.glue.iter().copied().filter(|line| !left.take(&normal(line))).collect();
        let mut free: Vec<&str> = page.free.clone();
        free.retain(|line| line.trim().is_empty() || !left.take(&normal(line)));
        let (mut words, mut is_clear) = (Vec::new(), true);
        for line in changed {
            match left.put_into_one(&normal(line), &self.texts) {
                Some(put) => words.push(put),
                None => is_clear = false,
            }
        }
        free.retain(|line| {
            let put = left.put_into_one(&normal(line), &self.texts).filter(|_| !line.trim().is_empty());
            let is_theirs = put.is_none();
            words.extend(put);
            is_theirs
        });
        Between { words, free, is_clear }
    }

    /// Words put in front of the day that a line begins with (`11/24（火）`), without that.
    fn without_lead(&self, words: String, planned: Option<NaiveDate>) -> Option<String> {
        let Some(planned) = planned.filter(|day| *day != self.date) else { return Some(words) };
        let lead = |lang| words::lead(planned, self.date, lang);
        let rest = [Lang::Ja, Lang::En].iter().find_map(|lang| words.strip_suffix(lead(*lang).trim_end()));
        match rest.map(str::trim_end) {
            Some(rest) => Some(rest.to_owned()).filter(|rest| !rest.is_empty()),
            None => Some(words),
        }
    }
}
