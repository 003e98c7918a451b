//! Times at an organisation, as precise as they are told, and where two people's meet.

use chrono::{Datelike, NaiveDate};

use crate::date::Partial;
use crate::note::org::Post;
use crate::note::other::Career;

/// A time somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// Its beginning; none where nobody says it.
    pub from: Option<Partial>,
    /// Its end; none where it goes on, or where nobody says it.
    pub to: Option<Partial>,
    /// It is over, though nobody says since when.
    pub past: bool,
}

impl Spell {
    /// That of a post of somebody's.
    pub fn of_post(post: &Post) -> Self {
        Self { from: post.from, to: post.to, past: post.past }
    }

    /// That of a post of yours.
    pub fn of_career(post: &Career) -> Self {
        Self { from: post.from, to: post.to, past: false }
    }

    /// Whether its end is not known, though there was one.
    pub fn ended_sometime(self) -> bool {
        self.past && self.to.is_none()
    }
}

/// Spells in their order, those that follow upon each other made one.
pub fn joined(spells: impl Iterator<Item = Spell>) -> Vec<Spell> {
    let mut all: Vec<Spell> = spells.collect();
    all.sort_by_key(|spell| (spell.from.map(Partial::first_day), spell.to.map(Partial::last_day)));
    let mut out: Vec<Spell> = Vec::with_capacity(all.len());
    for spell in all {
        match out.last_mut() {
            // Of what begins or ends sometime nobody knows whether it goes on.
            Some(before) if !before.ended_sometime() && meets(*before, spell) => {
                let end = |spell: Spell| spell.to.map_or(NaiveDate::MAX, Partial::last_day);
                if end(spell) > end(*before) || spell.ended_sometime() {
                    (before.to, before.past) = (spell.to, spell.past);
                }
            }
            _ => out.push(spell),
        }
    }
    out
}

/// Whether a spell begins before one that began earlier is over, or with the next month.
fn meets(before: Spell, spell: Spell) -> bool {
    let Some(from) = spell.from else { return before.from.is_none() && before.to == spell.to };
    let Some(to) = before.to else { return true };
    let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
    // Told in months: whoever leaves one post in March begins the next in April.
    month(from.first_day()) <= month(to.last_day()) + 1
}

/// How well it is known that two were somewhere at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Together {
    /// They were not.
    No,
    /// An end that decides it is not known.
    Unknown,
    /// What is told does not decide it: both name the same year.
    Perhaps,
    /// They were.
    Yes,
}

impl Together {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::Perhaps => "perhaps",
            Self::Yes => "yes",
        }
    }
}

/// How two people's times somewhere meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Whether they do.
    pub together: Together,
    /// When, as far as it is known; in their order.
    pub spells: Vec<Spell>,
    /// For how many months, where all ends are told to the month at least.
    pub months: Option<i64>,
    /// About so many days, to compare one with another.
    pub days: i64,
}

/// Where two people's spells meet.
pub fn shared(mine: &[Spell], theirs: &[Spell], today: NaiveDate) -> Shared {
    let mut together = if mine.is_empty() || theirs.is_empty() { Together::Unknown } else { Together::No };
    let mut met: Vec<Spell> = Vec::new();
    for one in mine {
        for other in theirs {
            let (how, spell) = meeting(*one, *other, today);
            together = together.max(how);
            if how == Together::Yes || how == Together::Perhaps {
                met.push(spell);
            }
        }
    }
    let spells = joined(met.into_iter());
    let each: Vec<Option<i64>> = spells.iter().map(|spell| months(*spell, today)).collect();
    let is_known = together == Together::Yes && !each.is_empty();
    let months = if is_known { each.into_iter().sum() } else { None };
    let days = spells.iter().filter_map(|spell| {
        let end = spell.to.map_or(today, |to| to.last_day().min(today));
        Some((end - spell.from?.first_day()).num_days())
    });
    let days = if together == Together::Yes { days.sum() } else { 0 };
    Shared { together, spells, months, days }
}

/// Whether two spells meet, and where.
fn meeting(a: Spell, b: Spell, today: NaiveDate) -> (Together, Spell) {
    let later = |a: Partial, b: Partial| if a.first_day() >= b.first_day() { a } else { b };
    let earlier = |a: Partial, b: Partial| if a.last_day() <= b.last_day() { a } else { b };
    let from = a.from.zip(b.from).map(|(a, b)| later(a, b));
    let to = match (a.to, b.to) {
        (Some(a), Some(b)) => Some(earlier(a, b)),
        (one, other) => one.or(other),
    };
    let past = a.ended_sometime() || b.ended_sometime();
    let none = Spell { from: None, to: None, past: false };
    let begins = from.or(a.from).or(b.from);
    let ends = to.map_or(today, |to| to.last_day().min(today));
    if begins.is_some_and(|begins| begins.first_day() > ends) {
        return (Together::No, none);
    }
    match (from, past) {
        // Whoever's end is not known, though there was one, may have left before.
        (Some(_) | None, true) => (Together::Unknown, none),
        (None, false) => (unknown_begin(a, b, today), Spell { from: None, to, past: false }),
        (Some(from), false) => {
            let (first, last) = (certain_first(from), to.map_or(today, certain_last));
            let how = if first <= last { Together::Yes } else { Together::Perhaps };
            (how, Spell { from: Some(from), to, past: false })
        }
    }
}

/// Where one's beginning is not told: whoever's own end lies within the other's time was there then.
fn unknown_begin(a: Spell, b: Spell, today: NaiveDate) -> Together {
    let (open, other) = if a.from.is_none() { (a, b) } else { (b, a) };
    let Some(from) = other.from else { return Together::Unknown };
    let end = open.to.map_or(today, |to| to.first_day().min(today));
    let is_within = from.last_day() <= end && other.to.is_none_or(|to| end <= to.last_day());
    if is_within { Together::Yes } else { Together::Unknown }
}

/// The day by which what begins in a time has surely begun: in months people reckon whole.
fn certain_first(from: Partial) -> NaiveDate {
    if from.month.is_some() { from.first_day() } else { from.last_day() }
}

/// The day up to which what ends in a time surely went on.
fn certain_last(to: Partial) -> NaiveDate {
    if to.month.is_some() { to.last_day() } else { to.first_day() }
}

/// The months of a spell, both ends counted; none where an end is not told to the month.
pub fn months(spell: Spell, today: NaiveDate) -> Option<i64> {
    if spell.ended_sometime() {
        return None;
    }
    let from = spell.from.filter(|from| from.month.is_some())?;
    let to = match spell.to {
        Some(to) => to.month.map(|_| to.last_day().min(today))?,
        None => today,
    };
    let count = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
    Some((count(to) - count(from.first_day()) + 1).max(0))
}
