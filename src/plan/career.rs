//! Reasons that changes of your own career give: `farewell`, `settled`, `report`.
//!
//! Told of are those you worked with there: the organisation's people, where their own time is known
//! to overlap yours, and clients and project partners whom you were in touch with while you were there.

use chrono::NaiveDate;

use super::{About, HORIZON, Kind, Occurrence, Reason, Subject, minus, plus};
use crate::date::Period;
use crate::index::Index;
use crate::note::other::Career;
use crate::text::{QuickSet, fold};

/// Tiers that belong to a post by having been in touch.
const IN_TOUCH: [&str; 2] = ["client", "project"];

/// An organisation that you leave or have left: its last post, the time there of all.
#[derive(Debug)]
pub(super) struct Left<'a> {
    pub post: &'a Career,
    /// Names of the organisation, folded.
    names: QuickSet<String>,
    /// The time there.
    pub period: Period,
    /// The last day.
    pub last: NaiveDate,
    /// What comes next, and when.
    pub next: Option<(NaiveDate, &'a Career)>,
}

/// Every organisation that you leave or have left. Whoever goes on there in another post has not.
pub(super) fn left(index: &Index) -> Vec<Left<'_>> {
    let Some((_, me)) = index.me() else { return Vec::new() };
    let all = me.career.iter().enumerate().filter_map(|(at, post)| {
        let last = post.to?.last_day();
        let names = names(index, &post.org);
        let is_there = |other: &Career| names.contains(fold(&other.org).as_ref());
        let there = || me.career.iter().enumerate().filter(|(_, other)| is_there(other));
        if there().any(|(n, other)| other.to.is_none_or(|to| (to.last_day(), n) > (last, at))) {
            return None;
        }
        let from = there().map(|(_, other)| other.from).min().flatten();
        Some(Left {
            post,
            period: Period { from, to: post.to },
            last,
            next: next(&me.career, post, last, is_there),
            names,
        })
    });
    all.collect()
}

/// What you begin when a post ends; what was begun beside it only where nothing else follows.
fn next<'a>(
    career: &'a [Career],
    post: &Career,
    last: NaiveDate,
    is_there: impl Fn(&Career) -> bool,
) -> Option<(NaiveDate, &'a Career)> {
    let begun = || {
        let elsewhere = career.iter().filter(|other| other.from > post.from && !is_there(other));
        elsewhere.filter_map(|other| Some((other.from?, other)))
    };
    // Of a month or a year alone: it may begin in the one in which the post ends.
    let found = begun().find(|(from, _)| from.last_day() >= last).or_else(|| begun().last());
    found.map(|(from, other)| (from.first_day(), other))
}

/// The names of an organisation: as it is written, and those of its note.
fn names(index: &Index, org: &str) -> QuickSet<String> {
    let mut names: QuickSet<String> = [fold(org).into_owned()].into_iter().collect();
    for (note, org) in index.organisations() {
        let own = || std::iter::once(note.path.name()).chain(org.aliases.iter().map(|alias| &**alias));
        if own().any(|name| names.contains(fold(name).as_ref())) {
            names.extend(own().map(|name| fold(name).into_owned()));
        }
    }
    names
}

/// The spans in which a change is told, each with the last day or the new first one.
fn spans<'a>(
    left: &Left<'a>,
    is_client: bool,
) -> impl Iterator<Item = (Kind, NaiveDate, NaiveDate, NaiveDate, Option<&'a str>)> {
    let last = left.last;
    let farewell = if is_client { (minus(last, 21), minus(last, 7)) } else { (minus(last, 7), last) };
    let told = [
        Some((Kind::Farewell, last, farewell.0, farewell.1, None)),
        Some((Kind::Settled, last, plus(last, 7), plus(last, 14), None)),
        left.next.map(|(day, next)| (Kind::Report, day, day, plus(day, 30), Some(&*next.org))),
    ];
    told.into_iter().flatten()
}

/// The reasons of your career.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    for left in &s.ground.left {
        let is_client = s.tier() == Some("client");
        let near = |to: NaiveDate, from: NaiveDate| to >= s.today && from < plus(s.today, HORIZON);
        let mut spans = spans(left, is_client).filter(|(_, _, from, to, _)| near(*to, *from)).peekable();
        if spans.peek().is_none() || !is_concerned(s, left) {
            continue;
        }
        for (kind, day, from, to, next) in spans {
            let occurrence = Occurrence::Org(&left.post.org, day);
            if s.contact_within(from, to) || s.is_settled(kind, &occurrence) {
                continue;
            }
            let about = About::Career { org: &left.post.org, day, to: next };
            out.push(Reason::within(kind, occurrence, (from, to), about));
        }
    }
}

impl Left<'_> {
    /// Whether a word names the organisation.
    pub fn is_named(&self, word: &str) -> bool {
        // Most words begin with another letter: then nothing has to be folded.
        let first = word.trim_start().chars().next().and_then(plain_letter);
        let may_be = |name: &String| first.is_none_or(|first| name.starts_with(first));
        self.names.iter().any(may_be) && self.names.contains(fold(word).as_ref())
    }
}

/// A letter as folding leaves it, where that is plain to see.
fn plain_letter(c: char) -> Option<char> {
    let is_kept = matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}');
    if c.is_ascii() { Some(c.to_ascii_lowercase()) } else { Some(c).filter(|_| is_kept) }
}

/// Whether somebody is told of a change.
fn is_concerned(s: &Subject<'_>, left: &Left<'_>) -> bool {
    if belongs(s, left) {
        return true;
    }
    let in_touch = || {
        let from = left.period.from.map_or(NaiveDate::MIN, |from| from.first_day());
        s.contact_within(from, left.last)
    };
    s.tier().is_some_and(|tier| IN_TOUCH.contains(&tier)) && in_touch()
}

/// Whether somebody was at an organisation with you, as far as their time is known.
pub(super) fn belongs(s: &Subject<'_>, left: &Left<'_>) -> bool {
    s.person
        .posts
        .iter()
        .any(|post| left.is_named(&post.org) && Period { from: post.from, to: post.to }.overlaps(left.period))
}
