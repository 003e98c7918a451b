//! People of an organisation that you left, together again: `gathering`, an item of nobody's with the
//! organisation as its subject.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::bid::{Bid, Phase};
use super::career::{Left, belongs};
use super::{Item, Kind, State, Subject, Why, days_between, item_id, plus, section_of};
use crate::config::Config;
use crate::index::Index;
use crate::note::Note;
use crate::note::log::Marks;
use crate::note::other::{EventStatus, Org};
use crate::note::person::Status;
use crate::text::{NotePath, QuickSet, Text};

/// So many make a gathering.
pub const PEOPLE: usize = 3;
/// After so many months another is proposed.
const AFTER: Months = Months::new(12);

/// Which of the organisations that you left somebody belongs to, by number, if they could come.
pub(super) fn memberships(s: &Subject<'_>) -> Vec<u8> {
    let may_come =
        s.person.status == Status::Active && !matches!(s.reach.state, State::Untracked | State::Closed);
    if !may_come || s.ground.left.is_empty() {
        return Vec::new();
    }
    let of = s.ground.left.iter().enumerate().filter(|(_, left)| left.is_past && belongs(s, left));
    of.filter_map(|(at, _)| u8::try_from(at).ok()).collect()
}

/// A gathering that could be: the item without a day, and from when it may stand.
pub(super) struct Proposed {
    pub item: Item,
    pub from: NaiveDate,
}

impl Proposed {
    /// What it asks of the schedule, under a number.
    pub fn bid(&self, number: u32, end: NaiveDate) -> Option<Bid> {
        let (from, due) = (self.from, self.item.due?);
        let phase = Phase {
            kind: Kind::Gathering,
            from,
            until: end,
            due,
            since: from,
            span: days_between(from, due),
            cost: self.item.cost,
        };
        (from <= end).then(|| Bid {
            person: number,
            weight: 1.0,
            formal: false,
            may_touch: false,
            outside_from: None,
            fixed: None,
            fixed_cost: 0.0,
            fixed_from: plus(end, 1),
            first: Some(phase),
            others: Box::default(),
        })
    }
}

/// The gatherings of an organisation each, by its note; `members` says who belongs to which of those left.
pub(super) fn proposed<'a>(
    index: &'a Index,
    config: &Config,
    left: &[Left<'_>],
    members: &[Vec<&'a NotePath>],
    today: NaiveDate,
) -> Vec<Proposed> {
    let mut out: Vec<Proposed> = Vec::new();
    for (left, members) in left.iter().zip(members).filter(|(left, _)| left.is_past) {
        let Some((note, org)) = note_of(index, left) else { continue };
        if out.iter().any(|known| known.item.subject.as_ref() == Some(&note.path)) {
            continue;
        }
        let members: QuickSet<&NotePath> = members.iter().copied().collect();
        if members.len() < PEOPLE {
            continue;
        }
        let times = Times::of(index, org, &members);
        // From then on, too, where one is arranged.
        let again = times.base().and_then(|day| day.checked_add_months(AFTER));
        let from = again.unwrap_or(today).max(plus(left.last, 1)).max(today);
        out.push(Proposed {
            from,
            item: Item {
                subject: Some(note.path.clone()),
                name: left.post.org.clone(),
                opens: Some(from),
                due: Some(plus(from, super::HORIZON - 1)),
                cost: config.energy.message,
                ..Item::bare(
                    id(note, times.base()),
                    Kind::Gathering,
                    section_of(None, today),
                    Why::Gathering { last: times.last_met, people: members.len() },
                )
            },
        });
    }
    out
}

/// What was recorded of gatherings today.
pub(super) fn done(index: &Index, today: NaiveDate) -> Vec<Item> {
    let of_today = index.organisations().flat_map(|(note, org)| {
        org.log.iter().filter(move |entry| entry.day == today).map(move |entry| (note, entry))
    });
    of_today.filter_map(|(note, entry)| super::meetings::done(note, entry, Kind::Gathering)).collect()
}

/// The ids that an organisation's gathering had and has.
pub(super) fn ids(index: &Index, note: &Note, org: &Org) -> Vec<Text> {
    let held = index.events().filter_map(|(_, event)| event.day);
    let days: BTreeSet<NaiveDate> = org.log.iter().map(|entry| entry.day).chain(held).collect();
    days.into_iter().map(Some).chain([None]).map(|base| id(note, base)).collect()
}

fn id(note: &Note, base: Option<NaiveDate>) -> Text {
    let base = base.map_or_else(|| "new".to_owned(), |day| day.to_string());
    item_id(note.path.as_str(), Kind::Gathering, &base)
}

/// The note of an organisation that you left.
fn note_of<'a>(index: &'a Index, left: &Left<'_>) -> Option<(&'a Note, &'a Org)> {
    index.organisations().find(|(note, org)| {
        let mut names = std::iter::once(note.path.name()).chain(org.aliases.iter().map(|alias| &**alias));
        names.any(|name| left.is_named(name))
    })
}

/// When people of an organisation were together.
struct Times {
    last_met: Option<NaiveDate>,
    /// The last time that it was arranged, or put off.
    last_said: Option<NaiveDate>,
}

impl Times {
    fn of(index: &Index, org: &Org, members: &QuickSet<&NotePath>) -> Self {
        let with_enough = index.events().filter(|(_, event)| event.status != EventStatus::Cancelled);
        let met = with_enough.filter(|(note, event)| {
            event.attendees.len() >= PEOPLE
                && index.attendees(note, event).iter().filter(|n| members.contains(&n.path)).count() >= PEOPLE
        });
        let last_met = met.filter_map(|(_, event)| event.day).max();
        let said = org.log.iter().filter(|entry| entry.id.is_some() || entry.marks.has(Marks::SKIP));
        Self { last_met, last_said: said.map(|entry| entry.day).max() }
    }

    fn base(&self) -> Option<NaiveDate> {
        self.last_met.max(self.last_said)
    }
}
