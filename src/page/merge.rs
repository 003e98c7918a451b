//! Two versions of the page brought together: every mark and every typed line of both, on the lines
//! of the newer one.
//!
//! What goen itself wrote there is not merged: the next update writes it anew, from the notes. Each
//! page says itself which of its lines those are. Which of the two pages stands below the marks is
//! told by their days, else by their words, so that it is the same on both machines.

mod below;

use std::collections::BTreeMap;

use super::read::{Line, Page, is_end, read};
use super::signs::{item, stamps, unnamed};
use super::unmarked;
use super::written::Written;
use crate::note::dialect::Dialect;
use crate::note::merge::{self, Outcome, Sides, stronger};
use crate::note::signed::comment_and_more;
use crate::text::{NotePath, QuickMap, QuickSet};

/// Brings two versions of the page together; what came of it is the same whichever of them is
/// called ours. None where one of them is no page of this version of goen's, or does not say which
/// of its lines are goen's, or the result would not be one.
pub fn merge(path: &NotePath, sides: Sides<&str>, dialect: &Dialect) -> Option<Outcome> {
    merge::merge_by(sides, |sides| {
        let pages = sides.map(|text| read(text).ok());
        let known: Vec<&str> =
            [&pages.base, &pages.ours, &pages.theirs].into_iter().flatten().map(|page| page.region).collect();
        let versions = pages.map(|page| page.and_then(|page| Version::of(page, &known)));
        let (base, ours, theirs) = (versions.base, versions.ours?, versions.theirs?);
        let around = |of: fn(&Page<'_>) -> String| Sides {
            base: base.as_ref().map(|base| of(&base.page)).unwrap_or_default(),
            ours: of(&ours.page),
            theirs: of(&theirs.page),
        };
        let (before, after) = (around(|page| page.before.to_owned()), around(|page| page.after.to_owned()));
        // What stands above is front matter, for the most part.
        let before = merge::merge(path, before.as_ref().map(String::as_str), dialect)?;
        let after = after.as_ref().map(String::as_str);
        let after = match (merge::merge_lines(after)?, added(&after)) {
            (Outcome::Open(_), Some(text)) => Outcome::Merged(text),
            (outcome, _) => outcome,
        };
        let (newer, older) =
            if ours.page.date > theirs.page.date { (&ours, &theirs) } else { (&theirs, &ours) };
        whole(before, &Two { base: base.as_ref(), newer, older }.region(), after)
    })
    .filter(|outcome| match outcome {
        Outcome::Merged(text) => sides.decided().is_some() || read(text).is_ok(),
        Outcome::Open(_) => true,
    })
}

/// What stands after both pages, if each put other lines in front of what was there: goen moves lines
/// to that place.
fn added(after: &Sides<&str>) -> Option<String> {
    let (ours, theirs) = (after.ours.strip_suffix(after.base)?, after.theirs.strip_suffix(after.base)?);
    let are_lines = [ours, theirs].iter().all(|added| added.starts_with('\n') && added.ends_with('\n'));
    let known: QuickSet<&str> = ours.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let are_others = are_lines && !theirs.lines().any(|line| known.contains(line.trim()));
    are_others.then(|| format!("{ours}{theirs}{}", after.base))
}

/// The parts of a page as one text.
fn whole(before: Outcome, region: &str, after: Outcome) -> Option<Outcome> {
    let each = |outcome: Outcome| match outcome {
        Outcome::Merged(text) => (true, Sides { base: text.clone(), ours: text.clone(), theirs: text }),
        Outcome::Open(sides) => (false, sides),
    };
    let ((before_done, before), (after_done, after)) = (each(before), each(after));
    let join = |before: String, after: String| format!("{before}{region}{after}");
    let sides = Sides {
        base: join(before.base, after.base),
        ours: join(before.ours, after.ours),
        theirs: join(before.theirs, after.theirs),
    };
    Some(if before_done && after_done { Outcome::Merged(sides.ours) } else { Outcome::Open(sides) })
}

/// A page, and what in it is somebody's.
struct Version<'p> {
    page: Page<'p>,
    /// The first line of each id, by its place.
    places: QuickMap<&'p str, usize>,
    written: Written,
    /// The words put into goen's lines between the items.
    words: Vec<String>,
}

impl<'p> Version<'p> {
    /// None where the page does not say which of its lines are goen's; the others' may say what
    /// stood in those that were changed.
    fn of(mut page: Page<'p>, known: &[&str]) -> Option<Self> {
        let mut written = Written::on(&page)?;
        if !written.is_whole(&page) && written.is_unclear(&page) {
            known.iter().for_each(|region| written.learn(region));
        }
        let words = written.claim(&mut page);
        let places = page.lines.iter().enumerate().rev().map(|(at, line)| (line.id, at)).collect();
        Some(Self { page, places, written, words })
    }

    fn line(&self, id: &str) -> Option<&Line<'p>> {
        self.page.lines.get(*self.places.get(id)?)
    }

    /// The words put into goen's line and those below it.
    fn said(&self, line: &Line<'_>) -> Vec<String> {
        let beside = self.written.beside(line);
        beside.typed.into_iter().chain(beside.more).collect()
    }

    /// The heading of those done, where the page has it.
    fn done_heading(&self) -> Option<&'p str> {
        let is_done = |line: &&str| matches!(*line, "## 済み" | "## Done");
        self.page.region.lines().map(str::trim_end).find(is_done)
    }
}

/// Two pages, and the one both grew out of.
struct Two<'p> {
    base: Option<&'p Version<'p>>,
    newer: &'p Version<'p>,
    older: &'p Version<'p>,
}

/// What becomes of a line.
struct Answer {
    line: String,
    /// What somebody typed below it, if it is not what stands there.
    own: Option<Vec<String>>,
}

impl Two<'_> {
    /// The region, and what was typed into the older one that belongs to no item.
    fn region(&self) -> String {
        let mut answers = self.answers();
        let (mut open, mut done) = (String::new(), String::new());
        let mut carried: QuickSet<&str> = QuickSet::default();
        for line in &self.older.page.lines {
            let is_there = self.newer.line(line.id).is_some() || carried.contains(line.id);
            if let Some(lines) = self.left_over(line).filter(|_| !is_there) {
                (if line.done { &mut done } else { &mut open }).push_str(&lines);
                carried.insert(line.id);
            }
        }
        let raws: Vec<&str> = self.newer.page.region.split_inclusive('\n').collect();
        let mut out = String::with_capacity(self.newer.page.region.len() + open.len() + done.len());
        let done_heading = self.newer.done_heading();
        let mut at = 0;
        while let Some(raw) = raws.get(at) {
            at += 1;
            if let Some((_, more)) = comment_and_more(raw) {
                Some(more.trim())
                    .filter(|more| !more.is_empty())
                    .into_iter()
                    .for_each(|more| push(&mut out, more));
                continue;
            }
            if !open.is_empty() && (raw.starts_with("## ") || is_end(raw)) {
                out.push_str(&std::mem::take(&mut open));
                out.push('\n');
            }
            if !done.is_empty() && is_end(raw) {
                push(&mut out, "");
                push(&mut out, self.older.done_heading().unwrap_or("## 済み"));
                push(&mut out, "");
                out.push_str(&std::mem::take(&mut done));
            }
            if let Some((id, answer)) = item(raw).and_then(|line| answers.remove_entry(line.id)) {
                let end = at + below(&raws[at..]);
                push(&mut out, &answer.line);
                self.push_below(id, &raws[at..end], answer.own, &mut out);
                at = end;
                continue;
            }
            out.push_str(raw);
            if Some(raw.trim_end()) == done_heading {
                out.push_str(&std::mem::take(&mut done));
            }
        }
        let is_carried = |id: &str| carried.contains(id);
        let mut out = self.newer.written.clone().carried(&self.older.written, is_carried).sign(out);
        let free = self.free();
        if !free.is_empty() {
            push(&mut out, "");
            free.iter().for_each(|line| push(&mut out, &unmarked(line)));
            // What follows stands apart from it.
            if !self.newer.page.after.is_empty() && !self.newer.page.after.starts_with('\n') {
                push(&mut out, "");
            }
        }
        out
    }

    /// The lines below an item of the newer page: goen's as they stand there, and what was typed.
    fn push_below(&self, id: &str, raws: &[&str], own: Option<Vec<String>>, out: &mut String) {
        let Some(own) = own else {
            raws.iter().for_each(|raw| out.push_str(raw));
            return;
        };
        let line = self.newer.line(id);
        let mut theirs: Vec<&str> =
            line.map_or_else(Vec::new, |line| line.own.iter().map(|own| own.trim()).collect());
        for raw in raws.iter().filter(|raw| !raw.trim().is_empty()) {
            match theirs.iter().position(|own| *own == raw.trim()) {
                Some(at) => drop(theirs.remove(at)),
                None => out.push_str(raw),
            }
        }
        own.iter().for_each(|own| push(out, own));
    }

    /// What the lines come to that stand on both pages, by their ids.
    fn answers(&self) -> BTreeMap<&str, Answer> {
        let mut out = BTreeMap::new();
        for newer in &self.newer.page.lines {
            let Some(older) = self.older.line(newer.id) else { continue };
            out.entry(newer.id).or_insert_with(|| self.answer(newer, older));
        }
        out
    }

    fn answer(&self, newer: &Line<'_>, older: &Line<'_>) -> Answer {
        let base = self.base.and_then(|page| page.line(newer.id));
        // goen's own tick says what the notes say: it answers no line that is open elsewhere.
        let is_open = !newer.done && !self.newer.written.beside(newer).done;
        let given = |page: &Version<'_>, line: &Line<'_>| {
            if is_open && page.written.beside(line).done { ' ' } else { line.mark }
        };
        let (was, theirs) =
            (self.base.zip(base).map(|(page, base)| given(page, base)), given(self.older, older));
        let marks = was.and_then(|base| Sides { base, ours: newer.mark, theirs }.decided());
        // Among those done an empty box asks to take back; one that is open elsewhere asks nothing.
        let asks_nothing = newer.done && !older.done && older.mark == ' ';
        let mark = match marks {
            _ if asks_nothing => newer.mark,
            Some(mark) => mark,
            None => stronger(newer.mark, theirs),
        };
        let was = base.map_or(&[][..], |base| &base.own);
        let said = self.said_besides(newer, older);
        let own = below::merged(was, &newer.own, &older.own);
        let is_same = own == newer.own && said.is_empty();
        let own = own.into_iter().map(str::to_owned).chain(said).collect();
        Answer { line: self.marked(newer, older, mark), own: (!is_same).then_some(own) }
    }

    /// Words put into goen's lines of the older page that the newer one does not have, as lines below.
    fn said_besides(&self, newer: &Line<'_>, older: &Line<'_>) -> Vec<String> {
        let base = self.base.and_then(|page| Some(page.said(page.line(older.id)?)));
        let mut known = [base.unwrap_or_default(), self.newer.said(newer)].concat();
        known.extend(newer.own.iter().map(|own| own.trim_start_matches(['-', ' ', '\t']).to_owned()));
        let new = self.older.said(older).into_iter().filter(|said| !known.contains(said));
        new.map(|said| format!("    - {said}")).collect()
    }

    /// A line with its mark, and the days that belong to that.
    fn marked(&self, newer: &Line<'_>, older: &Line<'_>, mark: char) -> String {
        let (mine, others) = (stamps(newer.raw), self.days(older));
        let days = match (newer.mark == mark, mine.is_empty()) {
            (true, false) => return newer.raw.to_owned(),
            (true, true) if older.mark != mark || others.is_empty() => return newer.raw.to_owned(),
            _ => others,
        };
        let Some((lead, rest)) = newer.raw.split_once('[') else { return newer.raw.to_owned() };
        let Some((_, rest)) = rest.split_once(']') else { return newer.raw.to_owned() };
        let mut rest =
            mine.iter().fold(rest.to_owned(), |rest, day| rest.replacen(&format!(" {day}"), "", 1));
        let id = format!(" ^{}", newer.id);
        if !days.is_empty() {
            rest = rest.replacen(&id, &format!(" {}{id}", days.join(" ")), 1);
        }
        format!("{lead}[{mark}]{rest}")
    }

    /// The days that somebody put on a line; one that was moved by hand to another day is named.
    fn days(&self, line: &Line<'_>) -> Vec<String> {
        let mut days = stamps(line.raw);
        let planned = self.older.written.beside(line).planned;
        if matches!(line.mark, '>' | '<')
            && planned.is_some()
            && let Some(day) = line.moved_to(planned)
            && !days.iter().any(|there| there.contains(&day.to_string()))
        {
            days.push(format!("> {day}"));
        }
        days
    }

    /// A line that is not on the newer page any more, with what is below it, where somebody left
    /// something there that the other did not see.
    fn left_over(&self, line: &Line<'_>) -> Option<String> {
        let base = self.base.and_then(|page| Some((page, page.line(line.id)?)));
        let is_marked = match (line.done, base) {
            // goen's own tick says what the notes say.
            (true, _) => line.mark == ' ',
            (false, Some((_, base))) => line.mark != base.mark && line.mark != ' ',
            (false, None) => line.mark != ' ',
        };
        let was = base.map_or(&[][..], |(_, base)| &base.own);
        let heard = base.map_or_else(Vec::new, |(page, base)| page.said(base));
        let own = if is_marked { line.own.clone() } else { below::merged(was, &[], &line.own) };
        let said: Vec<String> =
            self.older.said(line).into_iter().filter(|said| !heard.contains(said)).collect();
        if !is_marked && own.is_empty() && said.is_empty() {
            return None;
        }
        let mut out = String::new();
        push(&mut out, line.raw);
        own.iter().for_each(|own| push(&mut out, own));
        // What stands in the line itself stays there.
        let below = said.iter().filter(|said| !line.raw.contains(said.as_str()));
        below.for_each(|said| push(&mut out, &format!("    - {said}")));
        Some(out)
    }

    /// What was typed between the items of the older page and is not on the newer one.
    fn free(&self) -> Vec<String> {
        let said = |page: &Version<'_>| {
            let lines = page.page.free.iter().filter(|line| !line.trim().is_empty());
            lines.map(|line| (*line).to_owned()).chain(page.words.iter().cloned()).collect::<Vec<_>>()
        };
        let (base, newer, older) =
            (self.base.map(said).unwrap_or_default(), said(self.newer), said(self.older));
        let counted = |lines: &[String]| {
            let mut times: QuickMap<String, usize> = QuickMap::default();
            lines.iter().for_each(|line| *times.entry(line.trim().to_owned()).or_default() += 1);
            times
        };
        let times = [&base, &newer, &older].map(|lines| counted(lines));
        let mut put: QuickMap<&str, usize> = QuickMap::default();
        let mut out = Vec::new();
        for line in &older {
            let words = line.trim();
            let [base, newer, older] = times.each_ref().map(|times| times.get(words).copied().unwrap_or(0));
            let put = put.entry(words).or_default();
            if *put + base.max(newer) < older {
                *put += 1;
                out.push(unnamed(line));
            }
        }
        out
    }
}

/// How many lines stand below an item, from the line behind it on.
fn below(raws: &[&str]) -> usize {
    let is_below = |raw: &&str| raw.starts_with([' ', '\t']) && item(raw).is_none();
    let end = raws.iter().position(|raw| !raw.trim().is_empty() && !is_below(raw)).unwrap_or(raws.len());
    raws[..end].iter().rposition(|raw| !raw.trim().is_empty()).map_or(0, |at| at + 1)
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}
