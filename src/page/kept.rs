//! What users left at the items of a page, carried over until goen has taken it in.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Stay;
use super::read::Page;
use super::signs::{item, stamps};
use crate::config::PageDates;
use crate::text::{QuickMap, QuickSet, squeezed};

/// What a user left at an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// `g-…`
    pub id: String,
    /// What stands in the box.
    pub mark: char,
    /// It stood among the done ones.
    pub was_done: bool,
    /// Dates the user or a plugin put on the line: `✅ 2026-11-20`.
    pub stamps: Vec<String>,
    /// The user's lines below it.
    pub own: Vec<String>,
    /// The whole line.
    raw: String,
}

/// What users left at the items of a page, in its order: carried over until goen has taken it in.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// None where it was dropped.
    held: Vec<Option<Held>>,
    /// Where each id stands: a page may hold as many items as it has lines.
    places: QuickMap<String, usize>,
    /// Words that belong to no item.
    free: Vec<String>,
    /// Lines between the items, where it is known whose they are.
    between: Option<Vec<String>>,
}

impl Held {
    /// The line as the user left it, as an item of goen's: whatever list or quotation it was put
    /// into, and what was typed behind its id. None where no line is held.
    pub(super) fn line_again(&self) -> Option<String> {
        if let Some(line) = self.line() {
            return Some(line.to_owned());
        }
        let (_, words) = self.raw.split_once("] ")?;
        let words = words.replace(&format!("^{}", self.id), "");
        Some(format!("- [{}] {} ^{}", self.mark, squeezed(&words), self.id))
    }

    /// The whole line as the user left it, where it can stand on the page again.
    fn line(&self) -> Option<&str> {
        item(&self.raw).filter(|line| line.at_end && line.indent == 0).map(|_| self.raw.trim_end())
    }
}

impl Kept {
    /// What is left at an item.
    pub fn get(&self, id: &str) -> Option<&Held> {
        self.held.get(*self.places.get(id)?)?.as_ref()
    }

    /// Drops what has become part of a note.
    pub fn forget(&mut self, id: &str) {
        self.drop_held(id);
    }

    /// Drops an item's mark, and gives the lines below it.
    pub fn take(&mut self, id: &str) -> Vec<String> {
        self.drop_held(id).map(|held| held.own).unwrap_or_default()
    }

    fn drop_held(&mut self, id: &str) -> Option<Held> {
        self.held.get_mut(self.places.remove(id)?)?.take()
    }

    fn get_mut(&mut self, id: &str) -> Option<&mut Held> {
        self.held.get_mut(*self.places.get(id)?)?.as_mut()
    }

    fn hold(&mut self, held: Held) {
        self.places.insert(held.id.clone(), self.held.len());
        self.held.push(Some(held));
    }

    /// Puts lines below an item: what somebody wrote is not to be lost.
    pub fn put_below(&mut self, id: &str, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_none() {
            return;
        }
        match self.get_mut(id) {
            Some(held) => held.own.splice(0..0, lines).for_each(drop),
            None => self.hold(Held {
                id: id.to_owned(),
                mark: ' ',
                was_done: false,
                stamps: Vec::new(),
                own: lines.collect(),
                raw: String::new(),
            }),
        }
    }

    /// Has ticks that are not recorded yet say the day of the page that they were made on, as Tasks does:
    /// the next page is of another.
    pub fn keep_days(&mut self, staying: &BTreeMap<String, Stay>, day: NaiveDate, dates: PageDates) {
        let waits = |held: &&mut Held| {
            matches!(staying.get(&held.id), Some(Stay::Waiting | Stay::NotRecorded(_)))
                && stamps(&held.raw).iter().all(|stamp| is_move(stamp))
        };
        for held in self.held.iter_mut().flatten().filter(waits) {
            let (emoji, field) = match held.mark {
                'x' | 'X' => ("✅", "completion"),
                '-' => ("❌", "cancelled"),
                _ => continue,
            };
            let stamp = match dates {
                PageDates::Dataview => format!("[{field}:: {day}]"),
                PageDates::Emoji | PageDates::None => format!("{emoji} {day}"),
            };
            let id = format!("^{}", held.id);
            held.raw = held.raw.replacen(&id, &format!("{stamp} {id}"), 1);
        }
    }

    /// Keeps words that belong to no item.
    pub fn put_free(&mut self, words: impl IntoIterator<Item = String>) {
        self.free.extend(words);
    }

    /// The lines between the items that are somebody's, where that is known.
    pub(super) fn left_between(&self) -> Option<Vec<&str>> {
        self.between.as_ref().map(|lines| lines.iter().map(String::as_str).collect())
    }

    /// All of it, in the order of the page.
    pub fn iter(&self) -> impl Iterator<Item = &Held> {
        self.held.iter().flatten()
    }

    /// The lines of what has no place in a region.
    pub(super) fn left_out_of(&self, region: &str) -> Vec<String> {
        let shown: QuickSet<&str> = region.lines().filter_map(item).map(|line| line.id).collect();
        let lines: QuickSet<&str> = region.lines().collect();
        let mut out = Vec::new();
        for held in self.iter() {
            let is_shown = shown.contains(held.id.as_str());
            // What goen itself marked yesterday is in the log: only what was added to it is kept.
            let is_goens = held.was_done && matches!(held.mark, 'x' | 'X' | '-') && held.own.is_empty();
            if !is_shown && !is_goens && !held.raw.is_empty() && (held.mark != ' ' || !held.own.is_empty()) {
                // An id may come back some day: it is not to stand twice in the file.
                let line = held.raw.replace(&format!("^{}", held.id), "");
                out.push(line.trim_end().to_owned());
            }
            // A template may show an item and leave out what stands below it.
            out.extend(held.own.iter().filter(|own| !is_shown || !lines.contains(own.as_str())).cloned());
        }
        out.extend(self.free.iter().cloned());
        out
    }
}

/// Whether a day on a line says where something is moved to, and not when it was ticked.
fn is_move(stamp: &str) -> bool {
    stamp.starts_with(['>', '＞'])
}

impl Page<'_> {
    /// What there is to carry over: marks, and lines below items.
    pub fn kept(&self) -> Kept {
        let mut kept = Kept::default();
        for line in &self.lines {
            let own = line.own.iter().map(|own| (*own).to_owned());
            if let Some(twin) = kept.get_mut(line.id) {
                // A copied line: nothing of either is lost.
                if twin.mark == ' ' {
                    twin.mark = line.mark;
                }
                twin.own.extend(own);
                // Two answers to one item (a merge leaves such): the second is not goen's to drop.
                if line.mark != ' ' && line.raw.trim_end() != twin.raw.trim_end() {
                    let words = line.raw.replace(&format!("^{}", line.id), "");
                    twin.own.push(format!("    {}", words.trim()));
                }
                continue;
            }
            // Held even where it is goen's own tick: whether it is, only the new agenda can say.
            if line.mark == ' ' && !line.done && line.own.is_empty() {
                continue;
            }
            let mut stamps = if line.mark == ' ' { Vec::new() } else { stamps(line.raw) };
            let mut raw = line.raw.to_owned();
            // The day of a tick goes with the tick: the next one has its own.
            if matches!(line.mark, '/' | '>' | '<') {
                for stamp in stamps.extract_if(.., |stamp| !is_move(stamp)) {
                    raw = raw.replacen(&format!(" {stamp}"), "", 1);
                }
            }
            kept.hold(Held {
                id: line.id.to_owned(),
                mark: line.mark,
                was_done: line.done,
                stamps,
                own: own.collect(),
                raw,
            });
        }
        kept.between = Some(self.free.iter().map(|line| (*line).to_owned()).collect());
        kept
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::read::read;
    use super::*;

    fn kept(lines: &str) -> Kept {
        read(&format!("<!-- goen:begin v1 2026-11-21 -->\n{lines}<!-- goen:end -->\n")).unwrap().kept()
    }

    #[test]
    fn days_are_held_with_the_mark_that_they_belong_to() {
        let stamps = |mark: char| {
            let line = format!("- [{mark}] [[田中]] ⏳ 2026-11-21 ✅ 2026-11-20 ^g-aaaaaa\n    - 電話で\n");
            kept(&line).get("g-aaaaaa").unwrap().stamps.clone()
        };
        assert_eq!(stamps('x'), ["✅ 2026-11-20"]);
        assert_eq!(stamps(' '), Vec::<String>::new());
        assert_eq!(stamps('/'), Vec::<String>::new());
    }

    #[test]
    fn a_line_stays_as_it_was_typed() {
        let line = "* [x] [[田中]]  に  電話 ^g-aaaaaa";
        assert_eq!(kept(&format!("{line}  \n")).get("g-aaaaaa").unwrap().line_again().unwrap(), line);
        // In a list of somebody's it is goen's again.
        let within = kept(&format!("    {line}\n"));
        let held = within.get("g-aaaaaa").and_then(Held::line_again);
        assert_eq!(held.as_deref(), Some("- [x] [[田中]] に 電話 ^g-aaaaaa"));
    }

    #[test]
    fn of_a_line_that_was_copied_the_first_mark_counts() {
        for (one, other, mark) in [(' ', 'x', 'x'), ('x', ' ', 'x'), ('-', 'x', '-')] {
            let line = |mark: char, own: &str| format!("- [{mark}] [[田中]] ^g-aaaaaa\n    - {own}\n");
            let kept = kept(&(line(one, "一") + &line(other, "二")));
            let held = kept.get("g-aaaaaa").unwrap();
            assert_eq!(held.mark, mark, "{one:?} and {other:?}");
            assert_eq!(held.own[..2], ["    - 一", "    - 二"]);
        }
    }
}
