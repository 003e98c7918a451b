//! From a key to the notes that have it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The notes of a key. Most keys have one: it is kept without a list of its own.
#[derive(Debug)]
enum Ids {
    One(u32),
    Many(Vec<u32>),
}

/// A multimap from folded text to note numbers.
#[derive(Debug, Default)]
pub struct Lookup(HashMap<Box<str>, Ids>);

impl Lookup {
    /// Enters a note under a key; twice is once.
    pub fn add(&mut self, key: &str, id: u32) {
        match self.0.get_mut(key) {
            None => {
                self.0.insert(key.into(), Ids::One(id));
            }
            Some(Ids::One(known)) if *known == id => {}
            Some(ids @ Ids::One(_)) => {
                let Ids::One(known) = *ids else { return };
                *ids = Ids::Many(vec![known.min(id), known.max(id)]);
            }
            Some(Ids::Many(ids)) => {
                if let Err(at) = ids.binary_search(&id) {
                    ids.insert(at, id);
                }
            }
        }
    }

    /// Strikes a note from a key.
    pub fn remove(&mut self, key: &str, id: u32) {
        let Entry::Occupied(mut entry) = self.0.entry(key.into()) else { return };
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
    pub fn get(&self, key: &str) -> &[u32] {
        self.0.get(key).map_or(&[], Ids::as_slice)
    }

    /// All keys with their notes, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u32])> {
        self.0.iter().map(|(key, ids)| (&**key, ids.as_slice()))
    }
}

impl Ids {
    fn as_slice(&self) -> &[u32] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
    }
}
