//! Reasons that changes of your own career give: `farewell`, `settled`, `report`.
//!
//! Told of are those you worked with there: the organisation's people, where their own time is known
//! to overlap yours, and clients and project partners whom you were in touch with while you were there.

use chrono::NaiveDate;

use super::{About, HORIZON, Kind, Occurrence, Reason, Subject, minus, plus};
use crate::date::Period;
use crate::index::Index;
use crate::note::other::Career;
use crate::text::{QuickSet, fold, trimmed};

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
    /// It lies behind you: who was there might gather.
    pub is_past: bool,
    /// What is told of it within the horizon, to clients and to the others.
    told: [Vec<Told<'a>>; 2],
}

/// A span in which a change is told.
#[derive(Debug, Clone, Copy)]
struct Told<'a> {
    kind: Kind,
    /// The last day, or the first one of what comes next.
    day: NaiveDate,
    from: NaiveDate,
    to: NaiveDate,
    /// What comes next, where that is told.
    next: Option<&'a str>,
}

/// Every organisation that you leave or have left. Whoever goes on there in another post has not.
pub(super) fn left(index: &Index, today: NaiveDate) -> Vec<Left<'_>> {
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
        let next = next(&me.career, post, last, is_there);
        let near = |told: &Told<'_>| told.to >= today && told.from < plus(today, HORIZON);
        let told = [true, false].map(|is_client| told(last, next, is_client).filter(near).collect());
        let is_past = last < today;
        Some(Left { post, period: Period { from, to: post.to }, last, next, names, is_past, told })
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

/// The spans in which the end of a post is told.
fn told<'a>(
    last: NaiveDate,
    next: Option<(NaiveDate, &'a Career)>,
    is_client: bool,
) -> impl Iterator<Item = Told<'a>> {
    let farewell = if is_client { (minus(last, 21), minus(last, 7)) } else { (minus(last, 7), last) };
    let of_end = |kind, (from, to)| Told { kind, day: last, from, to, next: None };
    let report = next.map(|(day, next)| Told {
        kind: Kind::Report,
        day,
        from: day,
        to: plus(day, 30),
        next: Some(&*next.org),
    });
    let of_end = [of_end(Kind::Farewell, farewell), of_end(Kind::Settled, (plus(last, 7), plus(last, 14)))];
    of_end.into_iter().chain(report)
}

/// The reasons of your career.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    for left in &s.ground.left {
        let [to_clients, to_others] = &left.told;
        let told = if s.tier() == Some("client") { to_clients } else { to_others };
        if told.is_empty() || !is_concerned(s, left) {
            continue;
        }
        for Told { kind, day, from, to, next } in told.iter().copied() {
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
        if word.is_ascii() {
            return self.names.iter().any(|name| name.eq_ignore_ascii_case(trimmed(word)));
        }
        self.names.contains(fold(word).as_ref())
    }
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
