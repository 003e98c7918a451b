//! What somebody typed into what goen wrote: told by what goen wrote itself.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::read::{Line, Page, is_end, item, read, stamps};
use super::words;

/// A region as goen wrote it, before anybody touched it.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// goen's lines, by id.
    items: HashMap<String, Item>,
    /// The lines between them.
    glue: Vec<String>,
    /// It is what was written, not what would be written today.
    certain: bool,
    /// The page is one that a merge gave.
    merged: bool,
}

#[derive(Debug, Clone, Default)]
struct Item {
    raw: String,
    marked: bool,
    planned: Option<NaiveDate>,
    children: HashSet<String>,
}

impl Item {
    /// The words put into one of goen's lines below the item.
    fn put_into_child(&self, child: &str) -> Option<String> {
        let child = child.trim();
        self.children.iter().filter(|goens| **goens != child).find_map(|goens| put_in(child, goens))
    }
}

/// What a line has beside what goen wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The day that goen planned it for, where that is known.
    pub planned: Option<NaiveDate>,
    /// Words typed into it.
    pub typed: Option<String>,
    /// They stand in a line of goen's below it.
    pub in_child: bool,
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
    /// Words typed into it that are somebody's without doubt.
    pub fn surely_typed(&self) -> Option<&str> {
        self.typed.as_deref().filter(|_| self.certain)
    }
}

impl Written {
    /// Takes a region apart. `certain` says that it is what goen wrote; else it is what goen
    /// would write for the day now, and notes may have changed since.
    pub fn of(region: &str, certain: bool) -> Self {
        let Ok(page) = read(region) else { return Self::default() };
        let items = page.lines.iter().map(|line| {
            let item = Item {
                raw: line.raw.to_owned(),
                marked: line.mark != ' ',
                planned: line.moved_to(None),
                children: line.labelled.iter().map(|child| child.trim().to_owned()).collect(),
            };
            (line.id.to_owned(), item)
        });
        let glue = page.glue.iter().map(|line| line.trim_end().to_owned()).collect();
        Self { items: items.collect(), glue, certain, merged: false }
    }

    /// The same for a page that may be another than the one goen wrote: a machine that synced
    /// later, a page brought back. Then nothing in it is certain.
    pub fn for_page(mut self, page: &Page<'_>) -> Self {
        let between: Vec<&str> = page.glue.iter().chain(&page.free).map(|line| line.trim_end()).collect();
        let stands =
            |goens: &String| between.iter().any(|line| line == goens || put_in(line, goens).is_some());
        self.certain &= self.glue.iter().all(stands);
        self.merged = page.merged;
        self
    }

    /// A new region as it is to be remembered: lines that stay as somebody left them are still
    /// measured by what goen once wrote there.
    pub fn carried(&self, region: String, stays: impl Fn(&str) -> bool) -> String {
        let mut rest: Vec<&Item> =
            self.items.iter().filter(|(id, _)| stays(id)).map(|(_, item)| item).collect();
        if rest.is_empty() {
            return region;
        }
        rest.sort_by(|a, b| a.raw.cmp(&b.raw));
        let mut out = String::with_capacity(region.len());
        for line in region.lines() {
            let known = item(line).and_then(|line| self.items.get(line.id).filter(|_| stays(line.id)));
            if is_end(line) {
                rest.iter().for_each(|item| out.push_str(&format!("{}\n", item.raw)));
            }
            out.push_str(known.map_or(line, |known| &known.raw));
            out.push('\n');
            rest.retain(|item| known.is_none_or(|known| known.raw != item.raw));
        }
        out
    }

    /// What a line has beside what goen wrote.
    pub fn beside(&self, line: &Line<'_>) -> Beside {
        let Some(item) = self.items.get(line.id) else {
            return Beside { certain: self.certain, ..Beside::default() };
        };
        let (now, then) = (bare(line.raw), bare(&item.raw));
        // What was typed into a line of those done, a merge has put below it; what else differs there
        // is goen's, of the one machine or the other.
        let is_goens = self.merged && (line.done || item.marked);
        let both = now.as_deref().zip(then.as_deref()).filter(|_| !is_goens);
        let in_line = both.and_then(|(now, then)| typed(now, then, self.certain));
        let is_same = now == then || now.zip(then).is_some_and(|(now, then)| put_in(&now, &then).is_some());
        let into_children = || {
            let words: Vec<String> =
                line.labelled.iter().filter_map(|child| item.put_into_child(child)).collect();
            Some(words.join(" ")).filter(|words| self.certain && !words.is_empty())
        };
        Beside {
            planned: item.planned,
            done: item.marked && is_same,
            is_same,
            in_child: in_line.is_none(),
            typed: in_line.or_else(into_children),
            certain: self.certain,
            is_known: true,
        }
    }

    /// Gives the user what looks like goen's and is not: lines below an item that begin with one
    /// of goen's labels, and words behind a title, which are returned.
    pub fn claim(&self, page: &mut Page<'_>) -> Vec<String> {
        if !self.certain {
            return Vec::new();
        }
        for line in &mut page.lines {
            let unknown = Item::default();
            let item = self.items.get(line.id).unwrap_or(&unknown);
            let theirs = line.labelled.iter().filter(|child| {
                !item.children.contains(child.trim())
                    && item.put_into_child(child).is_none()
                    && !words::is_notice(child.trim())
            });
            let theirs: Vec<&str> = theirs.copied().collect();
            line.own.extend(theirs);
        }
        let known: HashSet<&str> = self.glue.iter().map(String::as_str).collect();
        let touched = page.glue.iter().map(|line| line.trim_end()).filter(|line| !known.contains(line));
        touched.filter_map(|line| self.glue.iter().find_map(|goens| put_in(line, goens))).collect()
    }
}

/// The words that somebody typed into goen's line; `whole` says that a line written anew is
/// somebody's as a whole.
fn typed(line: &str, goens: &str, whole: bool) -> Option<String> {
    if line == goens {
        return None;
    }
    put_in(line, goens).or_else(|| put_between(line, goens)).or_else(|| {
        // Who only took away has said nothing; who wrote the line anew said all of it.
        let anew = whole && !is_part_of(line, goens) && line.chars().count() > 1;
        anew.then(|| line.to_owned())
    })
}

/// The words that somebody put into an item's line; with `anew`, also a line in words of their own
/// that has nothing of goen's form any more.
pub(super) fn put_into_item(line: &str, goens: &str, anew: bool) -> Option<String> {
    let is_own = !line.contains(" — ")
        && !["⏳", "📅", "[scheduled::", "[due::"].iter().any(|sign| line.contains(sign));
    typed(&bare(line)?, &bare(goens)?, anew && is_own)
}

/// The words that somebody put into one of goen's lines below an item. What goes on as goen's own
/// lists and remarks do is goen's.
pub(super) fn put_into_child(line: &str, goens: &[&str]) -> Option<String> {
    let line = line.trim();
    if goens.iter().any(|goens| goens.trim() == line) {
        return None;
    }
    let words = goens.iter().find_map(|goens| put_in(line, goens.trim()))?;
    (!words.starts_with(['、', ',', '・', '（', '('])).then_some(words)
}

/// What was put in at several places: the words that are not goen's, if all of goen's are there.
fn put_between(line: &str, goens: &str) -> Option<String> {
    let mut rest = goens.split_whitespace().peekable();
    let theirs: Vec<&str> = line.split_whitespace().filter(|word| rest.next_if_eq(word).is_none()).collect();
    (rest.peek().is_none() && !theirs.is_empty()).then(|| theirs.join(" "))
}

/// What was put in at one place.
fn put_in(line: &str, goens: &str) -> Option<String> {
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
fn bare(line: &str) -> Option<String> {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(#\S+ )?(?:(?:[0-9]{4}/)?[0-9]{1,2}/[0-9]{1,2}（[日月火水木金土]）|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [0-9]{1,2} [A-Z][a-z]{2}(?: [0-9]{4})?: )").ok()
    });
    static FIELDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:⏳|📅)\x{fe0f}?[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}|\[(?:scheduled|due)::[^\]\[]*\]|\^g-[0-9a-z]{6}")
            .ok()
    });
    let (_, rest) = line.split_once("] ")?;
    let mut out = rest.to_owned();
    for stamp in stamps(rest) {
        out = out.replacen(&stamp, "", 1);
    }
    let out = FIELDS.as_ref()?.replace_all(&out, "");
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(LEAD.as_ref()?.replace(&out, "$1").into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOENS: &str = "- [ ] [[田中]] に LINE で近況を — 前回 9/14（68日前） ⏳ 2026-11-21 ^g-k3f9q2";

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
