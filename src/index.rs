//! What is true of all notes together: who is who, who was met when, what was promised.
//!
//! Kept up one [`Change`] at a time; whatever the order of the changes, the
//! index is what a cold scan would give. Leaves the disk, the day and Markdown
//! to others: a contact that lies ahead is a contact here.

mod links;
mod lookup;
mod tie;
mod trouble;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use crate::note::other::{Clip, Event, Me, Org, Trip};
use crate::note::person::Person;
use crate::note::{Kind, Note};
use crate::text::{NotePath, fold, fold_name};
use lookup::Lookup;

pub use links::Target;
use tie::Remembered;
pub use tie::{Contact, PromiseRef, Source, Tie};

/// Something that happened to the vault.
#[derive(Debug, Clone)]
pub enum Change {
    /// A note is there, with this content.
    Put(Box<Note>),
    /// A note is gone.
    Remove(NotePath),
}

/// A note's number while it is in the index; says nothing outside of it.
type Id = u32;

/// All notes, and what follows from them together.
#[derive(Debug, Default)]
pub struct Index {
    slots: Vec<Option<Note>>,
    ties: Vec<Option<Tie>>,
    free: Vec<Id>,
    by_path: HashMap<NotePath, Id>,
    /// Every note by its file name, folded.
    names: Lookup,
    /// People by their other names' last part, folded as link targets are.
    aliases: Lookup,
    /// Notes that link somewhere, by the last part of the target.
    linking: Lookup,
    /// People by every name they go by, as they are asked for.
    people_names: Lookup,
    /// People by reading.
    readings: Lookup,
    /// People by organisation, interest, place.
    orgs: Lookup,
    interests: Lookup,
    places: Lookup,
    /// The kinds that are few, and people, by path.
    kinds: BTreeMap<Group, BTreeSet<(NotePath, Id)>>,
    troubled: BTreeSet<(NotePath, Id)>,
    mentions_count: bool,
}

/// The kinds of notes that are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Person,
    Event,
    Org,
    Trip,
    Clip,
    Me,
    Dated,
}

fn group(kind: &Kind) -> Option<Group> {
    Some(match kind {
        Kind::Person(_) => Group::Person,
        Kind::Event(_) => Group::Event,
        Kind::Org(_) => Group::Org,
        Kind::Trip(_) => Group::Trip,
        Kind::Clip(_) => Group::Clip,
        Kind::Me(_) => Group::Me,
        Kind::Dated(_) => Group::Dated,
        Kind::Skipped(_) | Kind::Other => return None,
    })
}

impl Index {
    /// An empty index; whether a mention in a dated note is a contact (`[journal] counts`).
    pub fn new(mentions_count: bool) -> Self {
        Self { mentions_count, ..Self::default() }
    }

    /// The index of these notes, as a cold scan finds them.
    pub fn build(mentions_count: bool, notes: impl IntoIterator<Item = Note>) -> Self {
        let mut index = Self::new(mentions_count);
        for note in notes {
            if let Some(id) = index.by_path.get(&note.path).copied() {
                index.take_out(id);
            }
            index.put_in(note);
        }
        let slots = (0..index.slots.len()).into_par_iter();
        index.ties = slots.map_init(Remembered::default, |known, id| index.tie_of(id, known)).collect();
        index
    }

    /// Takes a change in; whether anything is different now.
    pub fn apply(&mut self, change: Change) -> bool {
        self.apply_all([change])
    }

    /// Takes changes in, in their order; whether anything is different now.
    pub fn apply_all(&mut self, changes: impl IntoIterator<Item = Change>) -> bool {
        let mut changed = false;
        let mut touched = HashSet::new();
        for change in changes {
            let (path, note) = match change {
                Change::Put(note) => (note.path.clone(), Some(*note)),
                Change::Remove(path) => (path, None),
            };
            let known = self.by_path.get(&path).copied();
            let same = match (known.and_then(|id| self.slots[id as usize].as_ref()), &note) {
                (Some(old), Some(new)) => old == new,
                (None, None) => true,
                _ => false,
            };
            if same {
                continue;
            }
            changed = true;
            if let Some(id) = known
                && let Some(old) = self.take_out(id)
            {
                touched.extend(keys_of(&old));
            }
            if let Some(new) = note {
                touched.extend(keys_of(&new));
                self.put_in(new);
            }
        }
        let dirty: BTreeSet<Id> = touched
            .iter()
            .flat_map(|key| [&self.names, &self.aliases, &self.people_names].map(|lookup| lookup.get(key)))
            .flatten()
            .copied()
            .collect();
        let mut known = Remembered::default();
        for id in dirty {
            let tie = self.tie_of(id as usize, &mut known);
            self.ties[id as usize] = tie;
        }
        changed
    }

    fn put_in(&mut self, note: Note) {
        let id = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.ties.push(None);
            Id::try_from(self.slots.len() - 1).unwrap_or(Id::MAX)
        });
        self.each_key(&note, id, Lookup::add);
        if let Some(group) = group(&note.kind) {
            self.kinds.entry(group).or_default().insert((note.path.clone(), id));
        }
        if !note.problems.is_empty() {
            self.troubled.insert((note.path.clone(), id));
        }
        self.by_path.insert(note.path.clone(), id);
        self.slots[id as usize] = Some(note);
    }

    fn take_out(&mut self, id: Id) -> Option<Note> {
        let note = self.slots[id as usize].take()?;
        self.ties[id as usize] = None;
        self.free.push(id);
        self.by_path.remove(&note.path);
        self.each_key(&note, id, Lookup::remove);
        if let Some(group) = group(&note.kind)
            && let Some(set) = self.kinds.get_mut(&group)
        {
            set.remove(&(note.path.clone(), id));
        }
        self.troubled.remove(&(note.path.clone(), id));
        Some(note)
    }

    /// Enters a note into, or strikes it from, every lookup it belongs to.
    fn each_key(&mut self, note: &Note, id: Id, act: fn(&mut Lookup, &str, Id)) {
        act(&mut self.names, &fold(note.path.name()), id);
        for key in link_keys(note) {
            act(&mut self.linking, &key, id);
        }
        let Some(person) = note.person() else { return };
        for name in other_names(person) {
            act(&mut self.aliases, &links::key(name), id);
        }
        for name in own_names(note, person) {
            act(&mut self.people_names, &fold_name(name), id);
        }
        if let Some(reading) = &person.reading {
            act(&mut self.readings, &fold_name(reading), id);
        }
        for post in &person.posts {
            act(&mut self.orgs, &fold(&post.org), id);
        }
        for interest in &person.interests {
            act(&mut self.interests, &fold(interest), id);
        }
        if let Some(place) = &person.location {
            act(&mut self.places, &fold(place), id);
        }
    }

    fn at(&self, id: Id) -> Option<&Note> {
        self.slots.get(id as usize).and_then(Option::as_ref)
    }

    fn of_group(&self, group: Group) -> impl Iterator<Item = (Id, &Note)> {
        let set = self.kinds.get(&group);
        set.into_iter().flatten().filter_map(|(_, id)| Some((*id, self.at(*id)?)))
    }

    /// How many notes there are.
    pub fn len(&self) -> usize {
        self.by_path.len()
    }

    /// Whether there is no note.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// The note at a path.
    pub fn note(&self, path: &str) -> Option<&Note> {
        self.by_path.get(path).and_then(|id| self.at(*id))
    }

    /// The paths of all notes, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &NotePath> {
        self.by_path.keys()
    }

    /// All people, by path.
    pub fn people(&self) -> impl Iterator<Item = (&Note, &Person, &Tie)> {
        self.of_group(Group::Person)
            .filter_map(|(id, note)| Some((note, note.person()?, self.ties.get(id as usize)?.as_ref()?)))
    }

    /// The person at a path.
    pub fn person(&self, path: &str) -> Option<(&Note, &Person, &Tie)> {
        let id = *self.by_path.get(path)?;
        let note = self.at(id)?;
        Some((note, note.person()?, self.ties.get(id as usize)?.as_ref()?))
    }

    /// All events, by path.
    pub fn events(&self) -> impl Iterator<Item = (&Note, &Event)> {
        self.of_group(Group::Event).filter_map(|(_, note)| match &note.kind {
            Kind::Event(event) => Some((note, &**event)),
            _ => None,
        })
    }

    /// All clips, by path.
    pub fn clips(&self) -> impl Iterator<Item = (&Note, &Clip)> {
        self.of_group(Group::Clip).filter_map(|(_, note)| match &note.kind {
            Kind::Clip(clip) => Some((note, &**clip)),
            _ => None,
        })
    }

    /// All trips, by path.
    pub fn trips(&self) -> impl Iterator<Item = (&Note, &Trip)> {
        self.of_group(Group::Trip).filter_map(|(_, note)| match &note.kind {
            Kind::Trip(trip) => Some((note, &**trip)),
            _ => None,
        })
    }

    /// All organisations that have a note, by path.
    pub fn organisations(&self) -> impl Iterator<Item = (&Note, &Org)> {
        self.of_group(Group::Org).filter_map(|(_, note)| match &note.kind {
            Kind::Org(org) => Some((note, &**org)),
            _ => None,
        })
    }

    /// The note about the user: of several the first by path.
    pub fn me(&self) -> Option<(&Note, &Me)> {
        self.of_group(Group::Me).find_map(|(_, note)| match &note.kind {
            Kind::Me(me) => Some((note, &**me)),
            _ => None,
        })
    }

    /// How many dated notes there are.
    pub fn dated_notes(&self) -> usize {
        self.kinds.get(&Group::Dated).map_or(0, BTreeSet::len)
    }

    /// People of an organisation, by its name or another of its note's names.
    pub fn people_of_org(&self, org: &str) -> Vec<&Note> {
        self.notes_of(self.orgs.get(&fold(org)))
    }

    /// People with an interest, in any of its spellings.
    pub fn people_with_interest(&self, interest: &str) -> Vec<&Note> {
        self.notes_of(self.interests.get(&fold(interest)))
    }

    /// People where one place's name contains the other (大阪, 大阪府大阪市).
    pub fn people_at(&self, place: &str) -> Vec<&Note> {
        let place = fold(place);
        let ids: BTreeSet<Id> = self
            .places
            .iter()
            .filter(|(known, _)| same_place(known, &place))
            .flat_map(|(_, ids)| ids.iter().copied())
            .collect();
        self.notes_of(&ids.into_iter().collect::<Vec<_>>())
    }

    /// Whom a name, an alias, a reading, a path or a part of one means: those it names
    /// exactly, else those whose name begins with it, else those that contain it; by path.
    pub fn find(&self, query: &str) -> Vec<&Note> {
        let asked = fold_name(query);
        if asked.is_empty() {
            return Vec::new();
        }
        let query = query.trim().trim_start_matches("./");
        if let Some(id) = self.by_path.get(query).or_else(|| self.by_path.get(format!("{query}.md").as_str()))
            && let Some(note) = self.at(*id).filter(|note| note.person().is_some())
        {
            return vec![note];
        }
        let exact: BTreeSet<Id> =
            self.people_names.get(&asked).iter().chain(self.readings.get(&asked)).copied().collect();
        if !exact.is_empty() {
            return self.notes_of(&exact.into_iter().collect::<Vec<_>>());
        }
        let matching = |test: &dyn Fn(&str) -> bool| {
            let all = self.people_names.iter().chain(self.readings.iter());
            let ids: BTreeSet<Id> =
                all.filter(|(known, _)| test(known)).flat_map(|(_, ids)| ids.iter().copied()).collect();
            self.notes_of(&ids.into_iter().collect::<Vec<_>>())
        };
        let beginning = matching(&|known| known.starts_with(&asked));
        if !beginning.is_empty() {
            return beginning;
        }
        let containing = matching(&|known| known.contains(&asked));
        if !containing.is_empty() {
            return containing;
        }
        let people = self.of_group(Group::Person).map(|(_, note)| note);
        people.filter(|note| fold_name(note.path.as_str()).contains(&asked)).collect()
    }

    /// People whom this person's note links to, or whose notes link to it; by path.
    pub fn acquaintances(&self, note: &Note) -> Vec<&Note> {
        let Some(person) = note.person() else { return Vec::new() };
        let is_person = |other: &&Note| other.person().is_some() && other.path != note.path;
        let linked = note.links.iter().filter_map(|link| self.resolve(&note.path, link).note());
        let mut out: Vec<&Note> = linked.filter(is_person).collect();
        let linking: BTreeSet<Id> =
            person_keys(note, person).iter().flat_map(|key| self.linking.get(key)).copied().collect();
        out.extend(linking.into_iter().filter_map(|id| self.at(id)).filter(is_person).filter(|other| {
            let mut meant = other.links.iter().filter_map(|link| self.resolve(&other.path, link).note());
            meant.any(|target| target.path == note.path)
        }));
        out.sort_by(|a, b| a.path.cmp(&b.path));
        out.dedup_by(|a, b| a.path == b.path);
        out
    }

    /// Notes by number, sorted by path.
    fn notes_of(&self, ids: &[Id]) -> Vec<&Note> {
        let mut notes: Vec<&Note> = ids.iter().filter_map(|id| self.at(*id)).collect();
        notes.sort_by(|a, b| a.path.cmp(&b.path));
        notes.dedup_by(|a, b| a.path == b.path);
        notes
    }
}

/// Whether two places, folded, are one or the one lies in the other.
pub fn same_place(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && (a.contains(b) || b.contains(a))
}

/// Names besides the file's own under which links may mean a person.
fn other_names(person: &Person) -> impl Iterator<Item = &str> {
    std::iter::once(&*person.name).chain(person.aliases.iter().map(|alias| &**alias))
}

/// Every name a person may be asked for by.
fn own_names<'a>(note: &'a Note, person: &'a Person) -> impl Iterator<Item = &'a str> {
    std::iter::once(note.path.name()).chain(other_names(person))
}

/// The keys of everything a note links to, each once.
fn link_keys(note: &Note) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = note.links.iter().map(|link| links::key(&link.target)).collect();
    if let Kind::Event(event) = &note.kind {
        // Attendees may be written as plain names, which are found as people are asked for.
        keys.extend(event.attendees.iter().flat_map(|a| [links::key(&a.target), fold_name(&a.target)]));
    }
    keys
}

/// Every key by which a note can change what others resolve to, or is resolved itself.
fn keys_of(note: &Note) -> BTreeSet<String> {
    let mut keys = link_keys(note);
    keys.insert(fold(note.path.name()).into_owned());
    if let Some(person) = note.person() {
        keys.extend(person_keys(note, person));
    }
    keys
}

/// Every key under which others may mean a person.
fn person_keys(note: &Note, person: &Person) -> BTreeSet<String> {
    own_names(note, person).flat_map(|name| [links::key(name), fold_name(name)]).collect()
}
