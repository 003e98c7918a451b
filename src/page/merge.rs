//! Two versions of the page brought together: every mark and every typed line of both, on the lines
//! of the newer one.
//!
//! What goen itself wrote there is not merged: the next update writes it anew, from the notes. Which
//! of the two pages stands below the marks is told by their days, else by their words, so that it is
//! the same on both machines. The page says that it came of a merge, so that the update after it
//! goes by the page and the notes alone, and not by what this machine wrote last.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{Line, MERGED, Page, ids, is_end, item, read, stamps};
use super::typed::{put_into_child, put_into_item};
use crate::note::merge::{self, Outcome, Sides, stronger};

/// Brings two versions of the page together; what came of it is the same whichever of them is
/// called ours. None where one of them is no page of this version of goen's, or the result would
/// not be one.
pub fn merge(sides: Sides<&str>) -> Option<Outcome> {
    merge::merge_by(sides, |sides| {
        let pages = sides.map(|text| read(text).ok());
        let (base, ours, theirs) = (pages.base, pages.ours?, pages.theirs?);
        let around = |of: fn(&Page<'_>) -> String| {
            let (base, ours, theirs) = (base.as_ref().map(of).unwrap_or_default(), of(&ours), of(&theirs));
            merge::merge_lines(Sides { base: &base, ours: &ours, theirs: &theirs })
        };
        let before = around(|page| page.before.to_owned())?;
        let after = around(|page| page.after.to_owned())?;
        let (newer, older) = if ours.date > theirs.date { (&ours, &theirs) } else { (&theirs, &ours) };
        let region = Two { base: base.as_ref(), newer, older }.region();
        whole(before, &as_merged(region), after)
    })
    .filter(|outcome| match outcome {
        Outcome::Merged(text) => sides.decided().is_some() || read(text).is_ok(),
        Outcome::Open(_) => true,
    })
}

/// The region of a page that came of a merge.
fn as_merged(region: String) -> String {
    let (begin, _) = region.split_at(region.find('\n').unwrap_or(region.len()));
    if begin.trim_end().ends_with(MERGED) {
        return region;
    }
    match begin.rfind("-->") {
        Some(at) => format!("{}{MERGED}{}", begin[..at].trim_end(), &region[at + 3..]),
        None => region,
    }
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

/// Two pages, and the one both grew out of.
struct Two<'p> {
    base: Option<&'p Page<'p>>,
    newer: &'p Page<'p>,
    older: &'p Page<'p>,
}

/// What becomes of a line.
#[derive(Default)]
struct Answer {
    line: String,
    /// Lines that go from below it.
    gone: BTreeSet<String>,
    /// Lines that come below it.
    more: Vec<String>,
}

impl Two<'_> {
    /// The region, and what was typed into the older one that belongs to no item.
    fn region(&self) -> String {
        let mut answers = self.answers();
        let (mut open, mut done) = (String::new(), String::new());
        for line in &self.older.lines {
            if !self.newer.lines.iter().any(|newer| newer.id == line.id) {
                let into = if line.done { &mut done } else { &mut open };
                if let Some(lines) = self.left_over(line).filter(|_| !into.contains(&format!("^{}", line.id)))
                {
                    into.push_str(&lines);
                }
            }
        }
        let mut out = String::with_capacity(self.newer.region.len() + open.len() + done.len());
        let mut below: Option<Answer> = None;
        for raw in self.newer.region.split_inclusive('\n') {
            let is_below = raw.starts_with([' ', '\t']) && !raw.trim().is_empty() && item(raw).is_none();
            if let Some(answer) = below.take_if(|_| !is_below) {
                answer.more.iter().for_each(|line| push(&mut out, line));
            }
            if !open.is_empty() && (raw.starts_with("## ") || is_end(raw)) {
                out.push_str(&std::mem::take(&mut open));
                out.push('\n');
            }
            if !done.is_empty() && is_end(raw) {
                push(&mut out, "");
                push(&mut out, self.done_heading(self.older).unwrap_or("## 済み"));
                push(&mut out, "");
                out.push_str(&std::mem::take(&mut done));
            }
            if let Some(answer) = item(raw).and_then(|line| answers.remove(line.id)) {
                push(&mut out, &answer.line);
                below = Some(answer);
                continue;
            }
            let is_gone = |answer: &Answer| answer.gone.contains(raw.trim());
            if is_below && below.as_ref().is_some_and(is_gone) {
                continue;
            }
            out.push_str(raw);
            if Some(raw.trim_end()) == self.done_heading(self.newer) {
                out.push_str(&std::mem::take(&mut done));
            }
        }
        let free = self.free();
        if !free.is_empty() {
            push(&mut out, "");
            free.iter().for_each(|line| push(&mut out, line));
            // What follows stands apart from it.
            if !self.newer.after.is_empty() && !self.newer.after.starts_with('\n') {
                push(&mut out, "");
            }
        }
        out
    }

    /// What the lines come to that stand on both pages, by their ids.
    fn answers(&self) -> BTreeMap<&str, Answer> {
        let mut out = BTreeMap::new();
        for newer in &self.newer.lines {
            let Some(older) = line_of(self.older, newer.id) else { continue };
            out.entry(newer.id).or_insert_with(|| self.answer(newer, older));
        }
        out
    }

    fn answer(&self, newer: &Line<'_>, older: &Line<'_>) -> Answer {
        let base = self.base.and_then(|page| line_of(page, newer.id));
        let marks =
            base.and_then(|base| Sides { base: base.mark, ours: newer.mark, theirs: older.mark }.decided());
        // Among those done an empty box asks to take back; one that is open elsewhere asks nothing.
        let asks_nothing = newer.done && !older.done && older.mark == ' ';
        let mark = match marks {
            _ if asks_nothing => newer.mark,
            Some(mark) => mark,
            None => stronger(newer.mark, older.mark),
        };
        let was: Vec<&str> =
            base.map_or_else(Vec::new, |base| base.own.iter().map(|line| line.trim()).collect());
        let has = |line: &Line<'_>, own: &str| line.own.iter().any(|there| there.trim() == own);
        let mut more: Vec<String> = Vec::new();
        let mut say = |said: Option<String>| {
            let said = said.map(|said| format!("    - {said}")).filter(|said| !more.contains(said));
            more.extend(said.filter(|said| !has(newer, said.trim())));
        };
        say(self.typed(older).filter(|said| !newer.raw.contains(said.as_str())));
        // Words in goen's own lines are told from those while both are at hand.
        let goens = base.map_or(&[][..], |base| &base.labelled);
        let mut gone: BTreeSet<String> = BTreeSet::new();
        for (page, line) in [(self.older, older), (self.newer, newer)] {
            let is_of_day = self.base.is_some_and(|base| base.date == page.date);
            for child in line.labelled.iter().filter(|_| is_of_day) {
                let Some(said) = put_into_child(child, goens) else { continue };
                say(Some(said));
                gone.insert(child.trim().to_owned());
            }
        }
        let mut line = self.marked(newer, older, mark);
        if let Some(base) = base.filter(|base| base.done && newer.done && base.mark == mark)
            && self.base.is_some_and(|page| page.date == self.newer.date)
            && let Some(said) = put_into_item(newer.raw, base.raw, false)
        {
            say(Some(said));
            line = base.raw.to_owned();
        }
        let come = older.own.iter().filter(|own| !has(newer, own.trim()) && !was.contains(&own.trim()));
        more.extend(come.map(|own| (*own).to_owned()));
        let less = newer.own.iter().map(|own| own.trim());
        gone.extend(less.filter(|own| was.contains(own) && !has(older, own)).map(str::to_owned));
        Answer { line, gone, more }
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
        let planned = self.base.and_then(|page| line_of(page, line.id)).and_then(|base| base.moved_to(None));
        if matches!(line.mark, '>' | '<')
            && planned.is_some()
            && let Some(day) = line.moved_to(planned)
            && !days.iter().any(|there| there.contains(&day.to_string()))
        {
            days.push(format!("> {day}"));
        }
        days
    }

    /// What was typed into a line of the older page that goen wrote.
    fn typed(&self, line: &Line<'_>) -> Option<String> {
        let is_of_day = |page: &&Page<'_>| page.date == self.older.date;
        let of = |page| line_of(page, line.id);
        // Among those done goen put it itself, in words of the log.
        if let Some(base) = self.base.filter(is_of_day).and_then(of) {
            return Some(base)
                .filter(|base| base.done == line.done)
                .and_then(|base| put_into_item(line.raw, base.raw, !line.done));
        }
        let newer = Some(self.newer).filter(is_of_day).and_then(of)?;
        Some(newer)
            .filter(|newer| !newer.done && !line.done)
            .and_then(|newer| put_into_item(line.raw, newer.raw, false))
    }

    /// A line that is not on the newer page any more, with what is below it, where somebody left
    /// something there that the other did not see.
    fn left_over(&self, line: &Line<'_>) -> Option<String> {
        let base = self.base.and_then(|page| line_of(page, line.id));
        let was: Vec<&str> =
            base.map_or_else(Vec::new, |base| base.own.iter().map(|own| own.trim()).collect());
        let is_marked = match (line.done, base) {
            // goen's own tick says what the notes say.
            (true, _) => line.mark == ' ',
            (false, Some(base)) => line.mark != base.mark && line.mark != ' ',
            (false, None) => line.mark != ' ',
        };
        let own: Vec<&&str> = line.own.iter().filter(|own| !was.contains(&own.trim())).collect();
        if !is_marked && own.is_empty() {
            return None;
        }
        let mut out = String::new();
        push(&mut out, line.raw);
        let all = if is_marked { line.own.iter().collect() } else { own };
        all.iter().for_each(|own| push(&mut out, own));
        Some(out)
    }

    /// What was typed between the items of the older page and is not on the newer one.
    fn free(&self) -> Vec<String> {
        let there: BTreeSet<&str> = self.newer.region.lines().map(str::trim).collect();
        let was: BTreeSet<&str> =
            self.base.into_iter().flat_map(|page| &page.free).map(|line| line.trim()).collect();
        // A template's own line says the day of its page.
        let (day, today) = (self.older.date.to_string(), self.newer.date.to_string());
        let is_new = |line: &&&str| {
            let line = line.trim();
            let of_template = line.contains(&day) && there.contains(&*line.replace(&day, &today));
            !line.is_empty() && !there.contains(line) && !was.contains(line) && !of_template
        };
        let bare =
            |line: &&str| ids(line).fold((*line).to_owned(), |text, id| text.replace(&format!(" ^{id}"), ""));
        self.older.free.iter().filter(is_new).map(bare).collect()
    }

    /// The heading of those done, where a page has it.
    fn done_heading<'a>(&self, page: &Page<'a>) -> Option<&'a str> {
        let is_done = |line: &&str| matches!(*line, "## 済み" | "## Done");
        page.region.lines().map(str::trim_end).find(is_done)
    }
}

fn line_of<'l, 'p>(page: &'l Page<'p>, id: &str) -> Option<&'l Line<'p>> {
    page.lines.iter().find(|line| line.id == id)
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}
