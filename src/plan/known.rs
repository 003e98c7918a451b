//! Which reason an id on the page stands for.
//!
//! A page may be days old, and its notes may have changed since: an id is known as long as its
//! occurrence is in the notes at all, whether it would still be planned or not.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use super::{HORIZON, Kind, Occurrence, Subject, item_id, monday_from, people, topics};
use crate::config::Config;
use crate::index::Index;
use crate::text::{NotePath, Text};

/// The task behind a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    /// Whose note holds it.
    pub path: NotePath,
    /// Its words.
    pub text: Text,
    /// Which of several of the same words.
    pub ordinal: u16,
    /// It comes again once it is done.
    pub recurring: bool,
}

/// What is known of an item by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The reason.
    pub kind: Kind,
    /// The channel that the item proposes.
    pub channel: Option<Text>,
    /// The task, where the reason is one.
    pub task: Option<Promised>,
    /// Something in their life, where that is the reason.
    pub milestone: Option<Text>,
}

/// What the id of a person's item stands for, on a page of a day.
pub fn known(index: &Index, config: &Config, day: NaiveDate, person: &str, id: &str) -> Option<Known> {
    let (note, person, tie) = index.person(person)?;
    Subject::new(note, person, tie, index, config, day).known(id)
}

/// Whether the reason behind an id still holds for somebody.
pub fn is_live(index: &Index, config: &Config, today: NaiveDate, person: &str, id: &str) -> bool {
    let Some((note, person, tie)) = index.person(person) else { return false };
    let subject = Subject::new(note, person, tie, index, config, today);
    people::every_reason(&subject).iter().any(|reason| subject.id(reason.kind, &reason.occurrence) == id)
}

/// Whether an id is that of the line for people without a tier, on a page of a day.
pub fn is_sort_line(id: &str, day: NaiveDate) -> bool {
    let mut mondays =
        (0..HORIZON).filter_map(|ahead| day.checked_add_days(Days::new(ahead))).map(monday_from);
    mondays.any(|monday| item_id("", Kind::Sort, &monday.to_string()) == id)
}

impl Subject<'_> {
    /// What an id stands for.
    pub(super) fn known(&self, id: &str) -> Option<Known> {
        let task = self.task(id);
        let milestone = self
            .person
            .details()
            .milestones
            .iter()
            .find(|milestone| self.id(Kind::Milestone, &Occurrence::Milestone(milestone)) == id);
        let kind = match (&task, milestone) {
            (Some((kind, _)), _) => *kind,
            (None, Some(_)) => Kind::Milestone,
            (None, None) => self.birthday(id).or_else(|| self.window(id))?,
        };
        Some(Known {
            kind,
            channel: topics::channel(self.person, self.config, self.today),
            task: task.map(|(_, task)| task),
            milestone: milestone.map(|milestone| milestone.what.clone()),
        })
    }

    fn task(&self, id: &str) -> Option<(Kind, Promised)> {
        self.tie.promises.iter().find_map(|promise| {
            let note = self.index.note(promise.note.as_str())?;
            let task = note.tasks.get(usize::from(promise.task))?;
            let kind = if task.theirs { Kind::Waiting } else { Kind::Promise };
            (self.id(kind, &Occurrence::Task(&note.path, task)) == id).then(|| {
                let promised = Promised {
                    path: note.path.clone(),
                    text: task.text.clone(),
                    ordinal: task.ordinal,
                    recurring: task.recurring,
                };
                (kind, promised)
            })
        })
    }

    fn birthday(&self, id: &str) -> Option<Kind> {
        let birthday = self.person.birthday?;
        let mut years = self.today.year() - 1..=self.today.year() + 1;
        years
            .any(|year| {
                let occurrence =
                    birthday.in_year(year).map_or(Occurrence::Month(year, birthday.month), Occurrence::Day);
                self.id(Kind::Birthday, &occurrence) == id
            })
            .then_some(Kind::Birthday)
    }

    /// Windows are counted from a contact or a skip, whichever that was.
    fn window(&self, id: &str) -> Option<Kind> {
        let contacts = self.tie.contacts.iter().map(|contact| contact.day);
        let days: BTreeSet<NaiveDate> =
            contacts.chain(self.person.log.iter().map(|entry| entry.day)).chain(self.reach.base).collect();
        let occurrences = days.into_iter().rev().map(Occurrence::Day).chain([Occurrence::New]);
        occurrences
            .flat_map(|occurrence| [(Kind::Cadence, occurrence), (Kind::Reopen, occurrence)])
            .find(|(kind, occurrence)| self.id(*kind, occurrence) == id)
            .map(|(kind, _)| kind)
    }
}
