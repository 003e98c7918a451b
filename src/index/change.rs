//! Changes of notes, one after the other: whatever is said of all notes follows each of them.

use std::collections::{BTreeSet, HashSet};

use super::history::{self, Reaches};
use super::names::name_keys;
use super::said::link_keys;
use super::tie::Remembered;
use super::{Id, Index, group};
use crate::note::Note;
use crate::text::NotePath;

/// Something that happened to the vault.
#[derive(Debug, Clone)]
pub enum Change {
    /// A note is there, with this content.
    Put(Box<Note>),
    /// A note is gone.
    Remove(NotePath),
}

impl Index {
    /// Takes a change in; whether anything is different now.
    pub fn apply(&mut self, change: Change) -> bool {
        self.apply_all([change])
    }

    /// Takes changes in, in their order; whether anything is different now.
    pub fn apply_all(&mut self, changes: impl IntoIterator<Item = Change>) -> bool {
        let mut changed = false;
        let mut touched = HashSet::new();
        let mut dirty: BTreeSet<Id> = BTreeSet::new();
        let mut known = Remembered::default();
        for change in changes {
            let (path, note) = match change {
                Change::Put(note) => (note.path.clone(), Some(*note)),
                Change::Remove(path) => (path, None),
            };
            let id = self.by_path.get(&path).copied();
            let old = id.and_then(|id| self.at(id));
            let reaches = match (old, &note) {
                (None, None) => continue,
                (Some(old), Some(new)) if old == new => continue,
                (Some(old), Some(new)) => Reaches::of(old, new),
                _ => Reaches::Everybody,
            };
            changed = true;
            match (id, note) {
                (Some(id), Some(new)) if reaches != Reaches::Everybody => {
                    if reaches == Reaches::TheLinked {
                        touched.extend(self.at(id).into_iter().flat_map(link_keys).chain(link_keys(&new)));
                    }
                    self.put_over(id, new);
                    if reaches == Reaches::TheLinked {
                        self.look_for_ambiguous(id, &mut known);
                    }
                    dirty.insert(id);
                }
                (id, note) => {
                    self.history.reshape();
                    self.ambiguous = None;
                    if let Some(id) = id
                        && let Some(old) = self.take_out(id)
                    {
                        touched.extend(name_keys(&old).chain(link_keys(&old)));
                    }
                    if let Some(new) = note {
                        touched.extend(name_keys(&new).chain(link_keys(&new)));
                        self.put_in(new);
                    }
                    // Which of several notes a name means may be otherwise now.
                    known = Remembered::default();
                }
            }
        }
        dirty.extend(touched.iter().flat_map(|key| self.names.get(key)).copied());
        for id in dirty {
            let tie = self.tie_of(id, &mut known);
            self.ties[id as usize] = tie;
            self.history.touch(id);
        }
        changed
    }

    /// A note in the place of one that has its names and is of its kind.
    fn put_over(&mut self, id: Id, new: Note) {
        let Some(old) = self.slots[id as usize].take() else { return };
        if history::is_for_all(&old.kind) || history::is_for_all(&new.kind) {
            self.history.reshape();
        }
        if let Some(said) = self.said.get_mut() {
            said.strike(&old, id);
            said.enter(&new, id);
        }
        let place = (new.path.clone(), id);
        if new.problems.is_empty() {
            self.troubled.remove(&place);
        } else {
            self.troubled.insert(place);
        }
        self.slots[id as usize] = Some(new);
    }

    /// Finds anew which links of one note could mean several people.
    fn look_for_ambiguous(&mut self, id: Id, known: &mut Remembered) {
        let Some(mut all) = self.ambiguous.take() else { return };
        let from = all.partition_point(|(other, _)| *other < id);
        let to = all.partition_point(|(other, _)| *other <= id);
        all.splice(from..to, self.ambiguous_links_of(id, known));
        self.ambiguous = Some(all);
    }

    fn put_in(&mut self, note: Note) {
        let id = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.ties.push(None);
            Id::try_from(self.slots.len() - 1).unwrap_or(Id::MAX)
        });
        self.names.add_all(name_keys(&note), id);
        if let Some(said) = self.said.get_mut() {
            said.enter(&note, id);
        }
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
        self.names.remove_all(name_keys(&note), id);
        if let Some(said) = self.said.get_mut() {
            said.strike(&note, id);
        }
        if let Some(group) = group(&note.kind)
            && let Some(set) = self.kinds.get_mut(&group)
        {
            set.remove(&(note.path.clone(), id));
        }
        self.troubled.remove(&(note.path.clone(), id));
        Some(note)
    }
}
