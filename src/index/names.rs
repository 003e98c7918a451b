//! What notes and people are called, and who is meant by a name or a part of one.

use std::collections::BTreeSet;

use super::key::Key;
use super::{Group, Id, Index};
use crate::note::Note;
use crate::note::person::Person;
use crate::text::{NotePath, fold_name};

impl Index {
    /// The paths of those notes whose file name may be this one: all that are, and few others.
    pub fn files_named(&self, name: &str) -> impl Iterator<Item = &NotePath> {
        self.names.get(&Key::of_name(name)).iter().filter_map(|id| self.at(*id)).map(|note| &note.path)
    }

    /// Whom a name, an alias, a reading or a path names exactly; by path.
    pub fn find_exact(&self, query: &str) -> Vec<&Note> {
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
            self.people_named(query).chain(self.said().readings.get(&asked).iter().copied()).collect();
        self.notes_of(&exact.into_iter().collect::<Vec<_>>())
    }

    /// Whom a name, an alias, a reading, a path or a part of one means: those it names
    /// exactly, else those whose name begins with it, else those that contain it; by path.
    pub fn find(&self, query: &str) -> Vec<&Note> {
        let exact = self.find_exact(query);
        let asked = fold_name(query);
        if !exact.is_empty() || asked.is_empty() {
            return exact;
        }
        let people = || self.of_group(Group::Person).filter_map(|(_, note)| Some((note, note.person()?)));
        let matching = |test: &dyn Fn(&str) -> bool| -> Vec<&Note> {
            let known = |note, person: &Person| {
                let mut names = own_names(note, person).chain(person.reading.as_deref());
                names.any(|name| test(&fold_name(name)))
            };
            people().filter(|(note, person)| known(note, person)).map(|(note, _)| note).collect()
        };
        let beginning = matching(&|known| known.starts_with(asked.as_str()));
        if !beginning.is_empty() {
            return beginning;
        }
        let containing = matching(&|known| known.contains(asked.as_str()));
        if !containing.is_empty() {
            return containing;
        }
        let within = |note: &&Note| fold_name(note.path.as_str()).contains(asked.as_str());
        people().map(|(note, _)| note).filter(within).collect()
    }

    /// The people of exactly this name, whichever of their names it is.
    pub(super) fn people_named(&self, name: &str) -> impl Iterator<Item = Id> {
        let asked = fold_name(name);
        let (whole, key) = (Key::of_name(name), Key::of(name));
        let of_file = self.names.get(&whole);
        let of_others = if key == whole { &[] } else { self.names.get(&key) };
        of_file.iter().chain(of_others).copied().filter(move |id| {
            let person = self.at(*id).and_then(|note| Some((note, note.person()?)));
            person.is_some_and(|(note, person)| own_names(note, person).any(|own| fold_name(own) == asked))
        })
    }
}

/// Names besides the file's own under which links may mean a person.
pub(super) fn other_names(person: &Person) -> impl Iterator<Item = &str> {
    std::iter::once(&*person.name).chain(person.aliases.iter().map(|alias| &**alias))
}

/// Every name a person may be asked for by.
fn own_names<'a>(note: &'a Note, person: &'a Person) -> impl Iterator<Item = &'a str> {
    std::iter::once(note.path.name()).chain(other_names(person))
}

/// The keys of every name by which a note may be meant.
pub(super) fn name_keys(note: &Note) -> impl Iterator<Item = Key> {
    let others = note.person().into_iter().flat_map(other_names).map(Key::of);
    std::iter::once(Key::of_name(note.path.name())).chain(others)
}
