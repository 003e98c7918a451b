//! What is true of all notes together: who is who, who was met when, what was promised.
//!
//! Kept up one [`Change`] at a time; whatever the order of the changes, the
//! index is what a cold scan would give. Leaves the disk, the day and Markdown
//! to others: a contact that lies ahead is a contact here.

mod change;
mod history;
mod key;
mod links;
mod lookup;
mod names;
mod orgs;
mod said;
mod tie;
mod trouble;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::note::other::{Clip, Event, Me, Org, Trip};
use crate::note::person::Person;
use crate::note::talk::Talk;
use crate::note::{Kind, Note};
use crate::text::{NotePath, QuickMap, Text, fold};
use history::History;
use key::Key;
use lookup::Lookup;
use names::name_keys;
use said::Said;

pub use change::Change;
pub use history::{Mark, Slot};
pub use links::Target;
pub use orgs::OrgNames;
use tie::Looked;
pub use tie::{Contact, PromiseRef, Source, Tie};
pub use trouble::Troubles;

/// A note's number while it is in the index; says nothing outside of it.
type Id = u32;

/// All notes, and what follows from them together. A copy goes its own way: what is changed in it is
/// not changed here.
#[derive(Debug, Clone, Default)]
pub struct Index {
    slots: Vec<Option<Note>>,
    ties: Vec<Option<Tie>>,
    /// Links that could mean several people, as a look at all of them found; none after a change.
    ambiguous: Option<Vec<(Id, u32)>>,
    free: Vec<Id>,
    by_path: QuickMap<NotePath, Id>,
    /// Every note by its file name, people by their other names too.
    names: Lookup<Key>,
    /// By what notes say; made when somebody first asks, which a single `update` never does.
    said: OnceLock<Said>,
    /// The kinds that are few, and people, by path.
    kinds: BTreeMap<Group, BTreeSet<(NotePath, Id)>>,
    troubled: BTreeSet<(NotePath, Id)>,
    mentions_count: bool,
    history: History,
}

/// What an event's note says of somebody.
#[derive(Debug, Clone, Copy)]
pub struct Told<'e> {
    /// Its place among all that the note says.
    pub at: usize,
    /// The words; nothing where their name alone stands there.
    pub words: &'e Text,
    /// They tell of somebody who is never to appear.
    pub of_the_gone: bool,
}

/// So many notes are looked at by one thread at a time.
const PIECE: usize = 512;

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
        Kind::Skipped(_) | Kind::Other(_) => return None,
    })
}

impl Index {
    /// An empty index; whether a mention in a dated note is a contact (`[journal] counts`).
    pub fn new(mentions_count: bool) -> Self {
        Self { mentions_count, ..Self::default() }
    }

    /// The index of these notes, as a cold scan finds them; of one path the last counts.
    pub fn build(mentions_count: bool, notes: impl IntoIterator<Item = Note>) -> Self {
        let mut notes: Vec<Note> = notes.into_iter().collect();
        if !notes.is_sorted_by(|a, b| a.path < b.path) {
            notes.par_sort_by(|a, b| a.path.cmp(&b.path));
            notes.reverse();
            notes.dedup_by(|earlier, later| earlier.path == later.path);
            notes.reverse();
        }
        let mut index = Self::new(mentions_count);
        let numbered = || notes.iter().zip(0..);
        let keys_of = |(piece, notes): (usize, &[Note])| -> Vec<(Key, Id)> {
            let numbered = notes.iter().zip((piece * PIECE..).filter_map(|id| Id::try_from(id).ok()));
            numbered.flat_map(|(note, id)| name_keys(note).map(move |key| (key, id))).collect()
        };
        let keys: Vec<Vec<(Key, Id)>> =
            notes.par_chunks(PIECE).enumerate().with_max_len(1).map(keys_of).collect();
        rayon::scope(|scope| {
            let Self { names, by_path, kinds, troubled, .. } = &mut index;
            names.reserve(notes.len());
            by_path.reserve(notes.len());
            scope.spawn(|_| keys.into_iter().flatten().for_each(|(key, id)| names.add(key, id)));
            scope.spawn(|_| {
                by_path.extend(numbered().map(|(note, id)| (note.path.clone(), id)));
                let with_problems = numbered().filter(|(note, _)| !note.problems.is_empty());
                troubled.extend(with_problems.map(|(note, id)| (note.path.clone(), id)));
                let mut groups: BTreeMap<Group, Vec<(NotePath, Id)>> = BTreeMap::new();
                for (note, id) in numbered() {
                    if let Some(group) = group(&note.kind) {
                        groups.entry(group).or_default().push((note.path.clone(), id));
                    }
                }
                // Made at once from what is sorted, a set costs no search.
                kinds.extend(groups.into_iter().map(|(group, ids)| (group, ids.into_iter().collect())));
            });
        });
        index.slots = notes.into_iter().map(Some).collect();
        let Looked { ties, ambiguous } = index.look_at_links();
        index.ties = ties;
        index.ambiguous = Some(ambiguous);
        index
    }

    /// Makes ready what a change asks for and nothing has asked for yet.
    pub fn prepare(&self) {
        self.said();
    }

    fn said(&self) -> &Said {
        self.said.get_or_init(|| Said::of(&self.slots))
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

    /// The people who attend or attended an event, but for those marked as absent; each once, in the
    /// order in which they are listed.
    pub fn attendees(&self, note: &Note, event: &Event) -> Vec<&Note> {
        let there = event.attendees.iter().filter(|attendee| !attendee.absent);
        let absent = self.absent(note, event);
        let mut ids: Vec<Id> = Vec::new();
        for id in there.filter_map(|attendee| self.resolve_name(&note.path, &attendee.target)) {
            if !ids.contains(&id) && !absent.contains(&id) {
                ids.push(id);
            }
        }
        ids.into_iter().filter_map(|id| self.at(id)).filter(|note| note.person().is_some()).collect()
    }

    /// Whom an event's note marks as absent; whoever is listed a second time without the mark is absent, too.
    fn absent(&self, note: &Note, event: &Event) -> Vec<Id> {
        let absent = event.attendees.iter().filter(|attendee| attendee.absent);
        absent.filter_map(|attendee| self.resolve_name(&note.path, &attendee.target)).collect()
    }

    /// Whether a person attends or attended an event.
    pub fn attends(&self, note: &Note, event: &Event, person: &NotePath) -> bool {
        self.attendees(note, event).iter().any(|found| found.path == *person)
    }

    /// The person that a link or a plain name in an event's note means.
    pub fn attendee(&self, event: &NotePath, target: &str) -> Option<&Note> {
        self.at(self.resolve_name(event, target)?).filter(|note| note.person().is_some())
    }

    /// What an event's note says of somebody first.
    pub fn told_of<'e>(&self, note: &Note, event: &'e Event, person: &NotePath) -> Option<Told<'e>> {
        let meant = |talk: &Talk| self.attendee(&note.path, &talk.target);
        let of_them = || {
            let talks = event.talks.iter().enumerate();
            talks.filter(|(_, talk)| meant(talk).is_some_and(|found| found.path == *person))
        };
        // A bare name, as in a list of who came, says nothing.
        let (at, talk) = of_them().find(|(_, talk)| !talk.words.is_empty()).or_else(|| of_them().next())?;
        let mut same_line = event.talks.iter().filter(|other| other.line == talk.line);
        let of_the_gone = same_line.any(|other| meant(other).is_some_and(Note::is_of_the_gone));
        Some(Told { at, words: &talk.words, of_the_gone })
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
        self.notes_of(self.said().orgs.get(&*fold(org)))
    }

    /// People with an interest, in any of its spellings.
    pub fn people_with_interest(&self, interest: &str) -> Vec<&Note> {
        self.notes_of(self.said().interests.get(&*fold(interest)))
    }

    /// People where one place's name contains the other (大阪, 大阪府大阪市).
    pub fn people_at(&self, place: &str) -> Vec<&Note> {
        let place = fold(place);
        let ids: BTreeSet<Id> = self
            .said()
            .places
            .iter()
            .filter(|(known, _)| same_place(known, &place))
            .flat_map(|(_, ids)| ids.iter().copied())
            .collect();
        self.notes_of(&ids.into_iter().collect::<Vec<_>>())
    }

    /// People whom this person's note links to, or whose notes link to it; by path.
    pub fn acquaintances(&self, note: &Note) -> Vec<&Note> {
        let is_person = |other: &&Note| other.person().is_some() && other.path != note.path;
        let linked = note.links.iter().filter_map(|link| self.resolve(&note.path, link).note());
        let mut out: Vec<&Note> = linked.filter(is_person).collect();
        out.extend(self.linking_to(note).into_iter().filter(is_person));
        out.sort_by(|a, b| a.path.cmp(&b.path));
        out.dedup_by(|a, b| a.path == b.path);
        out
    }

    /// Notes of any kind with a link that means this one; by path.
    pub fn linking_to(&self, note: &Note) -> Vec<&Note> {
        let ids: BTreeSet<Id> =
            name_keys(note).flat_map(|key| self.said().linking.get(&key)).copied().collect();
        let mut notes = self.notes_of(&ids.into_iter().collect::<Vec<_>>());
        notes.retain(|other| {
            let mut meant = other.links.iter().filter_map(|link| self.resolve(&other.path, link).note());
            meant.any(|target| target.path == note.path)
        });
        notes
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
    // 東京都府中市 holds 京都 and even 京都府, but lies in neither.
    let plain = |place: &str| place.contains("東京都").then(|| place.replace("東京都", "東京"));
    let (plain_a, plain_b) = (plain(a), plain(b));
    let (a, b) = (plain_a.as_deref().unwrap_or(a), plain_b.as_deref().unwrap_or(b));
    !a.is_empty() && !b.is_empty() && (a.contains(b) || b.contains(a))
}
