//! What of a page goen wrote itself: said by a comment on that very page, so that every machine tells
//! the same, wherever the page was written.
//!
//! A page without the comment (an older one, one that somebody took it from) is measured by what goen
//! would write for its day; then nothing is certain.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::read::{Line, Page, is_end, read};
use super::typed::{Digest, bare, put_in, typed};
use super::{Stay, words};
use crate::note::signed::{self, Parts, is_comment, normal};
use crate::text::{Lang, short_hash};

/// A region as goen wrote it, before anybody touched it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// goen's lines, by id.
    items: BTreeMap<String, Item>,
    /// The lines between them.
    glue: Vec<Digest>,
    /// What stands below items whose marks stay: goen's words on why.
    notices: Vec<Digest>,
    /// By what the region as a whole is known.
    whole: String,
    /// The day of the region.
    date: NaiveDate,
    /// It is what was written, not what would be written today.
    certain: bool,
    /// What some of the lines say.
    texts: HashMap<Digest, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    line: Digest,
    marked: bool,
    planned: Option<NaiveDate>,
    children: Vec<Digest>,
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
struct Below<'a> {
    /// The words put into lines of goen's.
    words: Vec<String>,
    /// Lines that only look like goen's.
    theirs: Vec<&'a str>,
    /// Lines of goen's that do not look like it.
    goens: Vec<&'a str>,
    /// Those with words in front of their label.
    fronted: Vec<&'a str>,
}

/// Whose the lines between the items are.
struct Between<'a> {
    /// The words put into lines of goen's.
    words: Vec<String>,
    /// Lines of somebody's.
    free: Vec<&'a str>,
    /// None only looks like goen's.
    is_clear: bool,
}

/// goen's lines below items that do not stand below theirs any more.
struct Strays {
    /// Their items are gone, too.
    orphans: Vec<Digest>,
    /// Something was typed between them and their items.
    parted: Vec<Digest>,
}

impl Written {
    /// Takes apart a region as goen renders it.
    pub fn of(region: &str) -> Self {
        Self { certain: true, ..Self::taken_apart(region) }
    }

    /// Takes a region apart that goen would write for the day now: notes may have changed since the
    /// page was written.
    pub fn guessed(region: &str) -> Self {
        let mut written = Self::taken_apart(region);
        written.learn(region);
        written
    }

    fn taken_apart(region: &str) -> Self {
        let Ok(page) = read(region) else { return Self::default() };
        let mut written = Self { whole: whole(region), date: page.date, ..Self::default() };
        let item = |line: &Line<'_>| {
            let item = Item {
                line: Digest::of(&bare(line.raw).unwrap_or_default()),
                marked: line.mark != ' ',
                planned: line.moved_to(None),
                children: line.below().map(|child| Digest::of(&child_words(child))).collect(),
            };
            (line.id.to_owned(), item)
        };
        // A large vault's page has thousands.
        let items: Vec<(String, Item)> = page.lines.par_iter().with_min_len(64).map(item).collect();
        written.items.extend(items);
        let between = page.glue.iter().chain(&page.free).filter(|line| !line.trim().is_empty());
        written.glue = between.map(|line| Digest::of(&normal(line))).collect();
        written
    }

    /// What the comment of a page says; none where there is none, or not what goen wrote.
    pub fn on(page: &Page<'_>) -> Option<Self> {
        let [comment] = page.comments.as_slice() else { return None };
        let mut tokens = signed::tokens(comment)?;
        let (check, whole) = (tokens.next()?, tokens.next()?);
        let tokens: Vec<&str> = tokens.collect();
        if check != checked(whole, &tokens) {
            return None;
        }
        let mut written = Self { whole: whole.to_owned(), date: page.date, certain: true, ..Self::default() };
        for token in tokens {
            match token.split_once('.') {
                None => match token.strip_prefix('!') {
                    Some(notice) => written.notices.push(Digest::read(notice)?),
                    None => written.glue.push(Digest::read(token)?),
                },
                Some((head, lines)) => {
                    let (id, item) = Item::read(head, lines, page.date)?;
                    written.items.insert(id, item);
                }
            }
        }
        Some(written)
    }

    /// A region with the comment that says which of its lines are goen's.
    pub fn sign(&self, region: &str) -> String {
        let comment = self.comment();
        let mut out = String::with_capacity(region.len() + comment.len() + 1);
        for line in region.split_inclusive('\n') {
            if !line.contains("<!--") {
                out.push_str(line);
                continue;
            }
            if is_comment(line) {
                continue;
            }
            if is_end(line) {
                out.push_str(&comment);
                out.push('\n');
            }
            out.push_str(line);
        }
        out
    }

    fn comment(&self) -> String {
        let glue = self.glue.iter().map(Digest::token);
        let notices = self.notices.iter().map(|notice| format!("!{}", notice.token()));
        let items = self.items.par_iter().map(|(id, item)| item.token(id, self.date));
        let items: Vec<String> = items.collect();
        let tokens: Vec<String> = glue.chain(notices).chain(items).collect();
        let check = checked(&self.whole, &tokens);
        signed::comment([check, self.whole.clone()].into_iter().chain(tokens))
    }

    /// With the lines of another region that stay as somebody left them there: they are still
    /// measured by what goen once wrote.
    #[must_use]
    pub fn carried(mut self, from: &Self, stays: impl Fn(&str) -> bool) -> Self {
        let stay = from.items.iter().filter(|(id, _)| stays(id));
        self.items.extend(stay.map(|(id, item)| (id.clone(), item.clone())));
        self
    }

    /// With what goen says of the marks that stay on the page.
    #[must_use]
    pub fn with_notices<'s>(mut self, staying: impl Iterator<Item = &'s Stay>, lang: Lang) -> Self {
        let notices = staying.filter_map(|stay| words::notice(stay, lang));
        self.notices = notices.map(|notice| Digest::of(&child_words(&notice))).collect();
        self
    }

    /// What the lines of a region say that may be those goen wrote: they are known by their digests.
    pub fn learn(&mut self, region: &str) {
        let Ok(page) = read(region) else { return };
        let below = page.lines.iter().flat_map(Line::below).map(child_words);
        let lines = page.lines.iter().filter_map(|line| bare(line.raw));
        let between = page.glue.iter().chain(&page.free).map(|line| normal(line));
        let all = lines.chain(below).chain(between);
        self.texts.extend(all.map(|words| (Digest::of(&words), words)));
    }

    /// Whether lines were changed in a way that only their own words could tell.
    pub fn is_unclear(&self, page: &Page<'_>) -> bool {
        let in_lines = page.lines.iter().any(|line| {
            let item = self.items.get(line.id);
            let is_clear = item.zip(bare(line.raw)).is_none_or(|(item, now)| {
                item.line == Digest::of(&now) || item.line.put_into(&now).is_some()
            });
            !is_clear || !self.below(line).theirs.is_empty()
        });
        in_lines || !self.between(page).is_clear
    }

    /// Whether nobody has touched a page since goen wrote it.
    pub fn is_whole(&self, page: &Page<'_>) -> bool {
        self.certain && self.whole == whole(page.region)
    }

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
            let mut goens = [below.goens.as_slice(), below.fronted.as_slice()].concat();
            line.own
                .retain(|own| goens.iter().position(|line| line == own).map(|at| goens.remove(at)).is_none());
            // As those with their label in front: their words are asked for later.
            line.labelled.extend(below.fronted);
            line.own.extend(below.theirs);
            line.own.retain(|own| !take(&mut orphans, &child_words(own)));
        }
        let between = self.between(page);
        page.free = between.free;
        page.free.retain(|line| {
            let words = child_words(line);
            words.is_empty() || !(take(&mut orphans, &words) || take(&mut parted, &words))
        });
        between.words
    }

    /// goen's lines below items that are not found below theirs.
    fn strays(&self, page: &Page<'_>) -> Strays {
        let mut left: BTreeMap<&str, Vec<Digest>> = BTreeMap::new();
        for line in &page.lines {
            let Some(item) = self.items.get(line.id) else { continue };
            let left = left.entry(line.id).or_insert_with(|| item.children.clone());
            for child in line.below() {
                take(left, &child_words(child));
            }
        }
        let gone = self.items.iter().filter(|(id, _)| !left.contains_key(id.as_str()));
        let orphans = gone.flat_map(|(_, item)| item.children.iter().cloned()).collect();
        Strays { orphans, parted: left.into_values().flatten().collect() }
    }

    /// Whose the lines below an item are.
    fn below<'a>(&self, line: &Line<'a>) -> Below<'a> {
        let mut left = self.items.get(line.id).map_or_else(Vec::new, |item| item.children.clone());
        let mut below = Below::default();
        let mut changed: Vec<&'a str> = Vec::new();
        for labelled in line.labelled.iter().filter(|child| !take(&mut left, &child_words(child))) {
            changed.push(labelled);
        }
        below.goens = line.own.iter().filter(|own| take(&mut left, &child_words(own))).copied().collect();
        // Words in front of a label leave none.
        for own in line.own.iter().copied().filter(|own| words::has_label(own)) {
            if !below.goens.contains(&own)
                && let Some(words) = self.put_into_one(&mut left, &child_words(own))
            {
                below.words.push(words);
                below.fronted.push(own);
            }
        }
        for child in changed {
            let words = child_words(child);
            let is_notice = words::is_notice(&words);
            if is_notice && self.notices.contains(&Digest::of(&words)) {
                continue;
            }
            let put = if is_notice {
                self.put_into_one(&mut self.notices.clone(), &words)
            } else {
                self.put_into_one(&mut left, &words)
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
    fn between<'a>(&self, page: &Page<'a>) -> Between<'a> {
        let mut left = self.glue.clone();
        let changed: Vec<&str> =
            page.glue.iter().copied().filter(|line| !take(&mut left, &normal(line))).collect();
        let mut free: Vec<&str> = page.free.clone();
        free.retain(|line| line.trim().is_empty() || !take(&mut left, &normal(line)));
        let (mut words, mut is_clear) = (Vec::new(), true);
        for line in changed {
            match self.put_into_one(&mut left, &normal(line)) {
                Some(put) => words.push(put),
                None => is_clear = false,
            }
        }
        free.retain(|line| {
            let put = self.put_into_one(&mut left, &normal(line)).filter(|_| !line.trim().is_empty());
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

    /// The words put into one of goen's lines, which is not looked for again.
    fn put_into_one(&self, left: &mut Vec<Digest>, line: &str) -> Option<String> {
        let words = |goens: &Digest| {
            goens.put_into(line).or_else(|| self.texts.get(goens).and_then(|goens| put_in(line, goens)))
        };
        let (at, words) = left.iter().enumerate().find_map(|(at, goens)| Some((at, words(goens)?)))?;
        left.remove(at);
        Some(words)
    }
}

impl Item {
    /// `k3f9q2+2.abcdef87.ghijkl40`: the id, whether it stood there marked (`x`), how many days ahead it
    /// was planned; its line, and those below it.
    fn token(&self, id: &str, date: NaiveDate) -> String {
        let mark = if self.marked { "x" } else { "" };
        let planned = self.planned.map(|day| format!("{:+}", (day - date).num_days())).unwrap_or_default();
        let lines: Vec<String> =
            std::iter::once(&self.line).chain(&self.children).map(Digest::token).collect();
        format!("{}{mark}{planned}.{}", id.trim_start_matches("g-"), lines.join("."))
    }

    fn read(head: &str, lines: &str, date: NaiveDate) -> Option<(String, Self)> {
        let (id, rest) = head.split_at_checked(6)?;
        let (marked, ahead) = rest.strip_prefix('x').map_or((false, rest), |rest| (true, rest));
        let planned = match ahead {
            "" => None,
            ahead => Some(date.checked_add_signed(chrono::TimeDelta::try_days(ahead.parse().ok()?)?)?),
        };
        let mut lines = lines.split('.').map(Digest::read);
        let item = Self { line: lines.next()??, marked, planned, children: lines.collect::<Option<_>>()? };
        Some((format!("g-{id}"), item))
    }
}

/// Whether one of goen's lines that are left says this; it is none that is left then.
fn take(left: &mut Vec<Digest>, words: &str) -> bool {
    let digest = Digest::of(words);
    let at = left.iter().position(|goens| *goens == digest);
    at.map(|at| left.remove(at)).is_some()
}

/// What a line below an item says.
fn child_words(line: &str) -> String {
    Parts::of(line).words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a line has something that goen's lines have.
fn is_in_goens_form(line: &str) -> bool {
    [" — ", "⏳", "📅", "[scheduled::", "[due::"].iter().any(|sign| line.contains(sign))
}

/// By what a region as a whole is known.
fn whole(region: &str) -> String {
    let lines: Vec<&str> = region.lines().filter(|line| !is_comment(line)).collect();
    short_hash(&lines)
}

/// By what is told whether the comment is what goen wrote.
fn checked<T: AsRef<str>>(whole: &str, tokens: &[T]) -> String {
    let all: Vec<&str> = std::iter::once(whole).chain(tokens.iter().map(AsRef::as_ref)).collect();
    short_hash(&all)
}
