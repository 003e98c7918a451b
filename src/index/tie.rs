//! What all notes together say of the tie to one person.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Id, Index, links};
use crate::note::other::EventStatus;
use crate::note::{Kind, Note};
use crate::text::NotePath;

/// Where a contact is known from; of one day's sources the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// `last_contact` in the front matter.
    FrontMatter,
    /// The log.
    Log,
    /// A mention in a dated note.
    Mention,
    /// An event both attended.
    Event,
}

impl Source {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::FrontMatter => "front_matter",
            Self::Log => "log",
            Self::Mention => "mention",
            Self::Event => "event",
        }
    }
}

/// A day of contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact {
    /// The day.
    pub day: NaiveDate,
    /// Where it is known from.
    pub source: Source,
}

/// An open task that concerns somebody: the note and the task's number in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PromiseRef {
    /// The note it stands in.
    pub note: NotePath,
    /// Its number among the note's tasks.
    pub task: u16,
}

/// What is known of the tie to one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tie {
    /// Days of contact, oldest first, each once; those ahead of today too.
    pub contacts: Box<[Contact]>,
    /// Open tasks that concern them, by note and line.
    pub promises: Box<[PromiseRef]>,
    /// How many notes mention them.
    pub mentions: u32,
}

impl Tie {
    /// The contacts up to a day, oldest first.
    pub fn until(&self, today: NaiveDate) -> &[Contact] {
        &self.contacts[..self.contacts.partition_point(|c| c.day <= today)]
    }
}

/// What links mean, remembered where many notes share a name: which of them is meant
/// depends on the linking note's folder alone, and asking anew each time would cost the cube.
#[derive(Default)]
pub(super) struct Remembered(HashMap<(String, String, bool), Option<Id>>);

/// With fewer candidates it is quicker to look again.
const FEW: usize = 8;

impl Index {
    fn meant(&self, known: &mut Remembered, from: &NotePath, target: &str, markdown: bool) -> Option<Id> {
        let key = links::key(target);
        let look = || self.resolve_ids(from, target, markdown).first().copied();
        if self.names.get(&key).len().max(self.aliases.get(&key).len()) <= FEW {
            return look();
        }
        *known.0.entry((from.folder().to_owned(), target.to_owned(), markdown)).or_insert_with(look)
    }

    /// The tie to the person in a slot; none for other notes.
    pub(super) fn tie_of(&self, slot: usize, known: &mut Remembered) -> Option<Tie> {
        let id = Id::try_from(slot).ok()?;
        let note = self.at(id)?;
        let person = note.person()?;
        let mut contacts: Vec<Contact> =
            person.stated.iter().map(|s| Contact { day: s.day, source: Source::FrontMatter }).collect();
        let entries = person.log.iter().filter(|entry| entry.is_contact());
        contacts.extend(entries.map(|entry| Contact { day: entry.day, source: Source::Log }));
        let mut promises: Vec<PromiseRef> = (0..note.tasks.len()).map(|task| promise(note, task)).collect();
        let mut mentions = 0;

        let keys = super::person_keys(note, person);
        let mut sources: Vec<Id> = keys.iter().flat_map(|key| self.linking.get(key)).copied().collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources.into_iter().filter_map(|id| self.at(id)) {
            let mut meant = |target: &str, markdown: bool| {
                keys.contains(&links::key(target))
                    && self.meant(known, &source.path, target, markdown) == Some(id)
            };
            let links: Vec<usize> = source
                .links
                .iter()
                .enumerate()
                .filter(|(_, link)| meant(&link.target, link.markdown))
                .map(|(at, _)| at)
                .collect();
            if source.path != note.path {
                mentions += u32::from(!links.is_empty());
                let tasks = source.tasks.iter().enumerate();
                let linking =
                    tasks.filter(|(_, task)| task.links.iter().any(|at| links.contains(&usize::from(*at))));
                promises.extend(linking.map(|(task, _)| promise(source, task)));
            }
            match &source.kind {
                Kind::Dated(day)
                    if self.mentions_count && links.iter().any(|at| source.links[*at].counts) =>
                {
                    contacts.push(Contact { day: *day, source: Source::Mention });
                }
                Kind::Event(event) => {
                    let attended = event.status == EventStatus::Held
                        && event
                            .attendees
                            .iter()
                            .any(|a| !a.absent && self.resolve_name(&source.path, &a.target) == Some(id));
                    if let Some(day) = event.day.filter(|_| attended) {
                        contacts.push(Contact { day, source: Source::Event });
                    }
                }
                _ => {}
            }
        }
        contacts.sort_unstable();
        contacts.dedup_by_key(|contact| contact.day);
        promises.sort_unstable();
        Some(Tie { contacts: contacts.into(), promises: promises.into(), mentions })
    }
}

fn promise(note: &Note, task: usize) -> PromiseRef {
    PromiseRef { note: note.path.clone(), task: u16::try_from(task).unwrap_or(u16::MAX) }
}
