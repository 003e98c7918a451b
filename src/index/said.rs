//! From what notes say to the notes that say it: links, readings, organisations, interests, places.

use super::Id;
use super::key::Key;
use super::links;
use super::lookup::Lookup;
use crate::note::{Kind, Note};
use crate::text::{Text, fold, fold_name};

/// The lookups that not every command asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// Notes that link somewhere, by what they link to.
    pub linking: Lookup<Key>,
    /// People by reading.
    pub readings: Lookup<Text>,
    /// People by organisation.
    pub orgs: Lookup<Text>,
    /// People by interest.
    pub interests: Lookup<Text>,
    /// People by place.
    pub places: Lookup<Text>,
}

impl Said {
    /// Of all these notes.
    pub fn of(slots: &[Option<Note>]) -> Self {
        let notes = || slots.iter().zip(0..).filter_map(|(note, id)| Some((note.as_ref()?, id)));
        let mut said = Self::default();
        let Self { linking, readings, orgs, interests, places } = &mut said;
        rayon::join(
            || notes().for_each(|(note, id)| linking.add_all(link_keys(note), id)),
            || {
                for (note, id) in notes() {
                    readings.add_all(reading_keys(note), id);
                    orgs.add_all(org_keys(note), id);
                    interests.add_all(interest_keys(note), id);
                    places.add_all(place_keys(note), id);
                }
            },
        );
        said
    }

    /// Enters a note under all it says.
    pub fn enter(&mut self, note: &Note, id: Id) {
        self.linking.add_all(link_keys(note), id);
        self.readings.add_all(reading_keys(note), id);
        self.orgs.add_all(org_keys(note), id);
        self.interests.add_all(interest_keys(note), id);
        self.places.add_all(place_keys(note), id);
    }

    /// Strikes a note from all it said.
    pub fn strike(&mut self, note: &Note, id: Id) {
        self.linking.remove_all(link_keys(note), id);
        self.readings.remove_all(reading_keys(note), id);
        self.orgs.remove_all(org_keys(note), id);
        self.interests.remove_all(interest_keys(note), id);
        self.places.remove_all(place_keys(note), id);
    }
}

/// The keys of everything a note links to; attendees may be written as plain names.
pub(super) fn link_keys(note: &Note) -> impl Iterator<Item = Key> {
    let attendees = match &note.kind {
        Kind::Event(event) => &*event.attendees,
        _ => &[],
    };
    let targets = note.links.iter().map(|link| &link.target);
    let named = attendees.iter().flat_map(|a| links::keys_of_name(&a.target));
    targets.map(|target| Key::of(target)).chain(named)
}

fn reading_keys(note: &Note) -> impl Iterator<Item = Text> {
    note.person().and_then(|person| person.reading.as_deref()).map(fold_name).into_iter()
}

fn org_keys(note: &Note) -> impl Iterator<Item = Text> {
    note.person().into_iter().flat_map(|person| &person.posts).map(|post| fold(&post.org).as_ref().into())
}

fn interest_keys(note: &Note) -> impl Iterator<Item = Text> {
    note.person().into_iter().flat_map(|person| &person.interests).map(|word| fold(word).as_ref().into())
}

fn place_keys(note: &Note) -> impl Iterator<Item = Text> {
    let place = note.person().and_then(|person| person.location.as_deref());
    place.map(|place| fold(place).as_ref().into()).into_iter()
}
