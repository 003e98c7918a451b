//! From a key to the notes that have it.

use std::borrow::Borrow;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use ecow::EcoVec;

use crate::text::QuickMap;

/// The notes of a key, in the order of their numbers. Most keys have one: it is kept
/// without a list of its own.
#[derive(Debug, Clone)]
enum Ids {
    One(u32),
    Many(EcoVec<u32>),
}

/// A multimap from keys to note numbers.
#[derive(Debug, Clone)]
pub struct Lookup<K>(QuickMap<K, Ids>);

impl<K> Default for Lookup<K> {
    fn default() -> Self {
        Self(QuickMap::default())
    }
}

impl<K: Hash + Eq> Lookup<K> {
    /// Enters a note under a key; twice is once.
    pub fn add(&mut self, key: K, id: u32) {
        match self.0.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(Ids::One(id));
            }
            Entry::Occupied(mut entry) => entry.get_mut().add(id),
        }
    }

    /// Enters a note under keys.
    pub fn add_all(&mut self, keys: impl Iterator<Item = K>, id: u32) {
        keys.for_each(|key| self.add(key, id));
    }

    /// Strikes a note from keys.
    pub fn remove_all(&mut self, keys: impl Iterator<Item = K>, id: u32) {
        keys.for_each(|key| self.remove(key, id));
    }

    /// Makes room for so many keys more.
    pub fn reserve(&mut self, keys: usize) {
        self.0.reserve(keys);
    }

    /// Strikes a note from a key.
    fn remove(&mut self, key: K, id: u32) {
        let Entry::Occupied(mut entry) = self.0.entry(key) else { return };
        let is_empty = match entry.get_mut() {
            Ids::One(known) => *known == id,
            Ids::Many(ids) => {
                if let Ok(at) = ids.binary_search(&id) {
                    ids.remove(at);
                }
                ids.is_empty()
            }
        };
        if is_empty {
            entry.remove();
        }
    }

    /// The notes under a key.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> &[u32]
    where
        K: Borrow<Q>,
    {
        self.0.get(key).map_or(&[], Ids::as_slice)
    }

    /// All keys with their notes, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &[u32])> {
        self.0.iter().map(|(key, ids)| (key, ids.as_slice()))
    }
}

impl Ids {
    fn add(&mut self, id: u32) {
        match self {
            Self::One(known) if *known == id => {}
            Self::One(known) => *self = Self::Many([(*known).min(id), (*known).max(id)].into()),
            // Notes mostly come in the order of their numbers.
            Self::Many(ids) if ids.last().is_some_and(|last| *last < id) => ids.push(id),
            Self::Many(ids) => {
                if let Err(at) = ids.binary_search(&id) {
                    ids.insert(at, id);
                }
            }
        }
    }

    fn as_slice(&self) -> &[u32] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
    }
}
