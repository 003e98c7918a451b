//! What of a page goen wrote itself: said by a comment on that very page, so that every machine tells
//! the same, wherever the page was written.
//!
//! A page without the comment (an older one, one that somebody took it from) is measured by what goen
//! would write for its day; then nothing is certain.

mod beside;
mod left;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::read::{Line, Page, is_end, read};
use super::typed::{Digest, bare};
use super::{Stay, words};
use crate::note::signed::{self, is_comment, normal};
use crate::text::{Lang, QuickSet, Text, short_hash_of};

use beside::child_words;

pub use beside::Beside;

/// A region as goen wrote it, before anybody touched it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// goen's lines, by id.
    items: BTreeMap<Text, Item>,
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

/// By what one item's lines are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    line: Digest,
    marked: bool,
    planned: Option<NaiveDate>,
    children: Vec<Digest>,
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

    /// What [`Written::of`] says of a region, where its items are known and only what stands between
    /// them has to be taken apart: `outline` is the region without them.
    pub(super) fn put_together(region: &str, outline: &str, items: Vec<(Text, Item)>) -> Self {
        let (whole, items) = rayon::join(|| whole(region), || items.into_iter().collect());
        Self { whole, items, ..Self::of(outline) }
    }

    fn taken_apart(region: &str) -> Self {
        let Ok(page) = read(region) else { return Self::default() };
        let mut written = Self { whole: whole(region), date: page.date, ..Self::default() };
        // A large vault's page has thousands.
        let item = |line: &Line<'_>| (line.id.into(), Item::of(line));
        let items: Vec<(Text, Item)> = page.lines.par_iter().with_min_len(64).map(item).collect();
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
        let mut notices = Vec::new();
        for token in tokens {
            match token.split_once('.') {
                None => match token.strip_prefix('!') {
                    Some(notice) => notices.push(Digest::read(notice)?),
                    None => written.glue.push(Digest::read(token)?),
                },
                Some((head, lines)) => {
                    let (id, item) = Item::read(head, lines, page.date)?;
                    written.items.insert(id, item);
                }
            }
        }
        written.notices = few(notices);
        Some(written)
    }

    /// A region with the comment that says which of its lines are goen's.
    pub fn sign(&self, region: impl Into<String>) -> String {
        let mut region = region.into();
        let comment = self.comment();
        // A large vault's region is of megabytes: mostly it need not be put together anew.
        match only_end(&region) {
            Some(end) => region.insert_str(end, &format!("{comment}\n")),
            None => region = signed_anew(&region, &comment),
        }
        region
    }

    fn comment(&self) -> String {
        let glue = self.glue.iter().map(Digest::token);
        let notices = self.notices.iter().map(|notice| format!("!{}", notice.token()));
        let items = self.items.par_iter().map(|(id, item)| item.token(id, self.date));
        let items: Vec<String> = items.collect();
        let tokens: Vec<String> = glue.chain(notices).chain(items).collect();
        let check = checked(&self.whole, &tokens);
        signed::comment([&check, &self.whole].into_iter().chain(&tokens))
    }

    /// With the lines of another region that stay as somebody left them there: they are still
    /// measured by what goen once wrote. What it says below them it says anew, if it says anything.
    #[must_use]
    pub fn carried(mut self, from: &Self, stays: impl Fn(&str) -> bool) -> Self {
        for (id, item) in from.items.iter().filter(|(id, _)| stays(id)) {
            let children = self.items.remove(id).map(|now| now.children).unwrap_or_default();
            self.items.insert(id.clone(), Item { children, ..item.clone() });
        }
        self
    }

    /// With what goen says of the marks that stay on the page. What could not be taken back is told of where
    /// it has a line, and has none once its day is over.
    #[must_use]
    pub fn with_notices(mut self, staying: &BTreeMap<String, Stay>, lang: Lang) -> Self {
        let is_shown =
            |id: &str, stay: &Stay| !matches!(stay, Stay::NotTakenBack(_)) || self.items.contains_key(id);
        let shown = staying.iter().filter(|(id, stay)| is_shown(id, stay));
        let notices = shown.filter_map(|(_, stay)| words::notice(stay, lang));
        self.notices = few(notices.map(|notice| Digest::of(&child_words(&notice))));
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
}

impl Item {
    /// By what an item's lines are known.
    pub(super) fn of(line: &Line<'_>) -> Self {
        Self {
            line: Digest::of(&bare(line.raw).unwrap_or_default()),
            marked: line.mark != ' ',
            planned: line.moved_to(None),
            children: line.below().map(|child| Digest::of(&child_words(child))).collect(),
        }
    }

    /// How many bytes of the comment speak of it, or a few less or more.
    pub(super) fn room(&self) -> usize {
        16 + 10 * (1 + self.children.len())
    }

    /// `k3f9q2+2.abcdef87.ghijkl40`: the id, whether it stood there marked (`x`), how many days ahead it
    /// was planned; its line, and those below it.
    fn token(&self, id: &str, date: NaiveDate) -> String {
        let mark = if self.marked { "x" } else { "" };
        let planned = self.planned.map(|day| format!("{:+}", (day - date).num_days())).unwrap_or_default();
        let lines: Vec<String> =
            std::iter::once(&self.line).chain(&self.children).map(Digest::token).collect();
        format!("{}{mark}{planned}.{}", id.trim_start_matches("g-"), lines.join("."))
    }

    fn read(head: &str, lines: &str, date: NaiveDate) -> Option<(Text, Self)> {
        let (id, rest) = head.split_at_checked(6)?;
        let (marked, ahead) = rest.strip_prefix('x').map_or((false, rest), |rest| (true, rest));
        let planned = match ahead {
            "" => None,
            ahead => Some(date.checked_add_signed(chrono::TimeDelta::try_days(ahead.parse().ok()?)?)?),
        };
        let mut lines = lines.split('.').map(Digest::read);
        let item = Self { line: lines.next()??, marked, planned, children: lines.collect::<Option<_>>()? };
        Some((format!("g-{id}").into(), item))
    }
}

/// Where the line stands that ends a region, if it is the only one, and no comment has to go.
fn only_end(region: &str) -> Option<usize> {
    let mut found = None;
    let mut at = 0;
    for line in region.split_inclusive('\n') {
        if is_comment(line) || (is_end(line) && found.replace(at).is_some()) {
            return None;
        }
        at += line.len();
    }
    found
}

/// A region with this comment in front of each line that ends it, and no other.
fn signed_anew(region: &str, comment: &str) -> String {
    let mut out = String::with_capacity(region.len() + comment.len() + 1);
    for line in region.split_inclusive('\n').filter(|line| !is_comment(line)) {
        if is_end(line) {
            out.push_str(comment);
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}

/// What goen says of marks, each once: there are few reasons why one stays.
fn few(notices: impl IntoIterator<Item = Digest>) -> Vec<Digest> {
    const MOST: usize = 64;
    let mut seen = QuickSet::default();
    notices.into_iter().filter(|notice| seen.insert(notice.clone())).take(MOST).collect()
}

/// By what a region as a whole is known.
fn whole(region: &str) -> String {
    short_hash_of(region.lines().filter(|line| !is_comment(line)))
}

/// By what is told whether the comment is what goen wrote.
fn checked<T: AsRef<str>>(whole: &str, tokens: &[T]) -> String {
    short_hash_of(std::iter::once(whole).chain(tokens.iter().map(AsRef::as_ref)))
}
