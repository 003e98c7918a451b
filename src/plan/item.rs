//! The agenda as data: its items, their kinds and reasons.
//!
//! Leaves finding reasons to the families beside it, and the words for them to `page`.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::kind::{Kind, Section};
use super::why::Why;
use super::{Energy, State, Topic, hashed};
use crate::text::{NotePath, QuickSet, Text};

/// One line of the agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// `g-` and a short hash of note, kind and occurrence.
    pub id: Text,
    /// The strongest reason.
    pub kind: Kind,
    /// Where it stands.
    pub section: Section,
    /// The person's note.
    pub person: Option<NotePath>,
    /// The event's or organisation's note, where the item is about one.
    pub subject: Option<NotePath>,
    /// The person's name; empty where there is none.
    pub name: Text,
    /// The id of their tier.
    pub tier: Option<Arc<str>>,
    /// The tier as the note calls it (先輩 and 恩師 are both `senior`).
    pub called: Option<Text>,
    /// How the tie stands.
    pub state: Option<State>,
    /// The last contact.
    pub last_contact: Option<NaiveDate>,
    /// From when the reason holds.
    pub opens: Option<NaiveDate>,
    /// By when it should be met.
    pub due: Option<NaiveDate>,
    /// The day planned.
    pub planned: Option<NaiveDate>,
    /// The day it has of its own, which readers of the page see as due (promises, birthdays).
    pub day: Option<NaiveDate>,
    /// Whether it stands on its day whatever else there is.
    pub fixed: bool,
    /// What it costs.
    pub cost: f64,
    /// Through which channel.
    pub channel: Option<Text>,
    /// Why.
    pub why: Why,
    /// What about.
    pub topics: Vec<Topic>,
    /// Further reasons.
    pub also: Vec<Kind>,
    /// Whether it happened today.
    pub done: bool,
}

impl Item {
    /// An item of nobody's, without a day.
    pub(super) fn bare(id: Text, kind: Kind, section: Section, why: Why) -> Self {
        Self {
            id,
            kind,
            section,
            person: None,
            subject: None,
            name: "".into(),
            tier: None,
            called: None,
            state: None,
            last_contact: None,
            opens: None,
            due: None,
            planned: None,
            day: None,
            fixed: false,
            cost: 0.0,
            channel: None,
            why,
            topics: Vec::new(),
            also: Vec::new(),
            done: false,
        }
    }

    /// Planned on a day.
    pub(super) fn on(self, day: NaiveDate) -> Self {
        Self { planned: Some(day), ..self }
    }
}

/// What a day's page is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Agenda {
    /// The day.
    pub date: NaiveDate,
    /// What is spent, and what a day and week hold.
    pub energy: Energy,
    /// How many people are in each state; every state is there.
    pub counts: BTreeMap<State, usize>,
    /// How many of the untracked are so only because their front matter cannot be read.
    pub unread: usize,
    /// The items that have a day: today, week, later, done; within a section by day, then as planned.
    pub items: Vec<Arc<Item>>,
    /// How many have none.
    pub waiting: usize,
    /// Those that have none, in the order in which they would come, if they were asked for.
    pub unplaced: Vec<Arc<Item>>,
}

/// How much of an agenda is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Of the items that have a day only those of today, for whoever goes on from day to day.
    Today,
    /// The items that have a day, as the page shows them.
    Placed,
    /// Those without too.
    All,
}

impl Agenda {
    /// How many are told of in a state: whose front matter cannot be read is told of as a problem alone.
    pub fn count(&self, state: State) -> usize {
        let all = self.counts.get(&state).copied().unwrap_or(0);
        if state == State::Untracked { all.saturating_sub(self.unread) } else { all }
    }

    /// The items of a section, in their order.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Item> {
        self.all().filter(move |item| item.section == section)
    }

    /// All items: today, week, later, done, then unplaced.
    pub fn all(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().chain(&self.unplaced).map(|item| &**item)
    }

    /// Should two ids of one agenda ever meet, the later item gets another.
    pub(super) fn distinguish(&mut self) {
        let mut ids = QuickSet::default();
        if self.all().all(|item| ids.insert(item.id.as_str())) {
            return;
        }
        let mut seen = HashSet::with_capacity(self.items.len() + self.unplaced.len());
        for item in self.items.iter_mut().chain(&mut self.unplaced) {
            while !seen.insert(item.id.clone()) {
                let item = Arc::make_mut(item);
                item.id = hashed(&[&item.id]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_items_with_one_id_the_later_gets_another() {
        let sort = |id: &str| Item::bare(id.into(), Kind::Sort, Section::Today, Why::Sort { count: 1 });
        let item = |id: &str| Arc::new(sort(id));
        let mut agenda = Agenda {
            date: NaiveDate::default(),
            energy: Energy::default(),
            counts: BTreeMap::new(),
            unread: 0,
            items: vec![item("g-aaaaaa"), item("g-bbbbbb")],
            waiting: 0,
            unplaced: vec![item("g-aaaaaa")],
        };
        agenda.distinguish();
        let ids: Vec<&str> = agenda.all().map(|item| item.id.as_str()).collect();
        assert_eq!(ids[..2], ["g-aaaaaa", "g-bbbbbb"]);
        assert!(ids[2].starts_with("g-") && !ids[..2].contains(&ids[2]), "{ids:?}");
    }
}
