//! What all notes together say of the tie to one person.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::key::Key;
use super::links;
use super::names::name_keys;
use super::{Id, Index, PIECE};
use crate::note::other::EventStatus;
use crate::note::{Kind, Mention, Note};
use crate::text::{NotePath, QuickMap, Text, link_key};

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
    /// You both were at an event, whatever else is known of the day.
    pub at_event: bool,
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

/// That a note speaks of a person, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Reference {
    person: Id,
    source: Id,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// In a link, by its number among the note's.
    Link(u32),
    /// Among those who attended an event.
    Attended,
}

/// What links mean, remembered where many notes share a name: which of them is meant
/// depends on the linking note's folder alone, and asking anew each time would cost the cube.
#[derive(Default)]
pub(super) struct Remembered(QuickMap<(String, Text, bool), Meant>);

/// What a link means.
#[derive(Debug, Clone, Copy, Default)]
struct Meant {
    note: Option<Id>,
    /// Its name could mean other people too.
    ambiguous: bool,
}

/// What a look at all links found.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// The ties of all people, by slot.
    pub ties: Vec<Option<Tie>>,
    /// Links that could mean several people: the note and the link's number in it.
    pub ambiguous: Vec<(Id, u32)>,
}

/// What was found in some notes.
#[derive(Debug, Default)]
struct Found {
    references: Vec<Reference>,
    ambiguous: Vec<(Id, u32)>,
}

impl Found {
    fn and(mut self, mut other: Self) -> Self {
        self.references.append(&mut other.references);
        self.ambiguous.append(&mut other.ambiguous);
        self
    }
}

/// With fewer candidates it is quicker to look again.
const FEW: usize = 8;

impl Index {
    /// What all links say: every one is resolved once.
    pub(super) fn look_at_links(&self) -> Looked {
        // What links mean is remembered by each piece for itself: not too many, and few enough to be shared
        // out evenly.
        let piece = PIECE.max(self.slots.len() / 32);
        let slots = |most| {
            (0..self.slots.len())
                .into_par_iter()
                .with_max_len(most)
                .map(|slot| Id::try_from(slot).unwrap_or(Id::MAX))
        };
        let look = |(mut out, mut known): (Found, Remembered), source| {
            self.references(source, |_| true, &mut known, &mut out);
            (out, known)
        };
        let found = slots(piece).fold(<(Found, Remembered)>::default, look).map(|(found, _)| found);
        let Found { mut references, ambiguous } = found.reduce(Found::default, Found::and);
        references.par_sort_unstable();
        let of = |id: Id| {
            let from = references.partition_point(|r| r.person < id);
            let len = references[from..].partition_point(|r| r.person == id);
            self.tie(id, &references[from..from + len])
        };
        Looked { ties: slots(PIECE).map(of).collect(), ambiguous }
    }

    /// The links that could mean several people, where the index does not know them yet.
    pub(super) fn ambiguous_links(&self) -> Vec<(Id, u32)> {
        self.look_at_links().ambiguous
    }

    /// Those of one note.
    pub(super) fn ambiguous_links_of(&self, id: Id, known: &mut Remembered) -> Vec<(Id, u32)> {
        let mut found = Found::default();
        self.references(id, |_| true, known, &mut found);
        found.ambiguous
    }

    /// The tie to the person in a slot; none for other notes.
    pub(super) fn tie_of(&self, id: Id, known: &mut Remembered) -> Option<Tie> {
        let note = self.at(id)?;
        note.person()?;
        let keys: BTreeSet<Key> = name_keys(note).collect();
        let sources: BTreeSet<Id> =
            keys.iter().flat_map(|key| self.said().linking.get(key)).copied().collect();
        let mut found = Found::default();
        for source in sources {
            self.references(source, |key| keys.contains(&key), known, &mut found);
        }
        let mut references = found.references;
        references.retain(|r| r.person == id);
        references.sort_unstable();
        self.tie(id, &references)
    }

    /// Of whom a note speaks, as far as the keys are wanted.
    fn references(&self, source: Id, wanted: impl Fn(Key) -> bool, known: &mut Remembered, out: &mut Found) {
        let Some(note) = self.at(source) else { return };
        let is_person = |id: &Id| self.at(*id).is_some_and(|note| note.person().is_some());
        for (link, at) in note.links.iter().zip(0..) {
            let key = Key::of(&link.target);
            if !wanted(key) {
                continue;
            }
            let meant = self.meant(known, key, &note.path, link);
            if meant.ambiguous {
                out.ambiguous.push((source, at));
            }
            if let Some(person) = meant.note.filter(is_person) {
                out.references.push(Reference { person, source, place: Place::Link(at) });
            }
        }
        if let Kind::Event(event) = &note.kind
            && event.status == EventStatus::Held
        {
            let wanted = |name: &str| links::keys_of_name(name).any(&wanted);
            let there = event.attendees.iter().filter(|a| !a.absent && wanted(&a.target));
            let absent = self.absent(note, event);
            let people = there.filter_map(|a| self.resolve_name(&note.path, &a.target));
            let people = people.filter(|id| !absent.contains(id));
            out.references.extend(people.filter(is_person).map(|person| Reference {
                person,
                source,
                place: Place::Attended,
            }));
        }
    }

    fn meant(&self, known: &mut Remembered, key: Key, from: &NotePath, link: &Mention) -> Meant {
        let look = || {
            let ids = self.resolve_keyed(key, from, &link.target, link.markdown);
            Meant { note: ids.first().copied(), ambiguous: ids.len() > 1 }
        };
        match self.names.get(&key) {
            [] => Meant::default(),
            few if few.len() <= FEW => match self.only_named(few, link) {
                Some(only) => Meant { note: Some(only), ambiguous: false },
                None => look(),
            },
            _ => {
                let asked = (from.folder().to_owned(), link.target.clone(), link.markdown);
                *known.0.entry(asked).or_insert_with(look)
            }
        }
    }

    /// What nearly every link means: a bare name that one note's file has, and no other.
    fn only_named(&self, ids: &[Id], link: &Mention) -> Option<Id> {
        if link.markdown || link.target.contains('/') {
            return None;
        }
        let wanted = link_key(&link.target);
        let is_named = |id: &&Id| {
            let name = self.at(**id).map(|note| note.path.name());
            name.is_some_and(|name| name == link.target || link_key(name) == wanted)
        };
        let mut named = ids.iter().filter(is_named);
        named.next().copied().filter(|_| named.next().is_none())
    }

    /// The tie to a person from all that speaks of them, sorted.
    fn tie(&self, id: Id, references: &[Reference]) -> Option<Tie> {
        let note = self.at(id)?;
        let person = note.person()?;
        let stated = person.stated.iter().map(|s| contact(s.day, Source::FrontMatter));
        let entries = person.log.iter().filter(|entry| entry.is_contact());
        let logged = entries.map(|entry| contact(entry.day, Source::Log));
        let mut contacts: Vec<Contact> = stated.chain(logged).collect();
        let mut promises: Vec<PromiseRef> = (0..note.tasks.len()).map(|task| promise(note, task)).collect();
        let mut mentions = 0;
        for group in references.chunk_by(|a, b| a.source == b.source) {
            let Some(from) = group.first().map(|r| r.source) else { continue };
            let Some(source) = self.at(from) else { continue };
            let links = || {
                group.iter().filter_map(|r| match r.place {
                    Place::Link(at) => Some(at as usize),
                    Place::Attended => None,
                })
            };
            if from != id {
                mentions += u32::from(links().next().is_some());
                let linked = |at: &u16| links().any(|link| link == usize::from(*at));
                let tasks = source.tasks.iter().enumerate();
                let linking = tasks.filter(|(_, task)| task.links.iter().any(linked));
                promises.extend(linking.map(|(task, _)| promise(source, task)));
            }
            match &source.kind {
                Kind::Dated(day)
                    if self.mentions_count
                        && links().any(|at| source.links.get(at).is_some_and(|link| link.counts)) =>
                {
                    contacts.push(contact(*day, Source::Mention));
                }
                Kind::Event(event) => {
                    if let Some(day) = event.day
                        && group.iter().any(|r| r.place == Place::Attended)
                    {
                        contacts.push(contact(day, Source::Event));
                    }
                }
                _ => {}
            }
        }
        contacts.sort_unstable();
        contacts.dedup_by(|other, first| {
            let is_same = other.day == first.day;
            first.at_event |= is_same && other.at_event;
            is_same
        });
        promises.sort_unstable();
        Some(Tie { contacts: contacts.into(), promises: promises.into(), mentions })
    }
}

fn contact(day: NaiveDate, source: Source) -> Contact {
    Contact { day, source, at_event: source == Source::Event }
}

fn promise(note: &Note, task: usize) -> PromiseRef {
    PromiseRef { note: note.path.clone(), task: u16::try_from(task).unwrap_or(u16::MAX) }
}
