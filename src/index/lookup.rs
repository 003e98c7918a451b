//! From a key to the notes that have it.

use std::collections::HashMap;

/// A multimap from folded text to note numbers.
#[derive(Debug, Default)]
pub struct Lookup(HashMap<Box<str>, Vec<u32>>);

impl Lookup {
    /// Enters a note under a key; twice is once.
    pub fn add(&mut self, key: &str, id: u32) {
        match self.0.get_mut(key) {
            Some(ids) => {
                if let Err(at) = ids.binary_search(&id) {
                    ids.insert(at, id);
                }
            }
            None => {
                self.0.insert(key.into(), vec![id]);
            }
        }
    }

    /// Strikes a note from a key.
    pub fn remove(&mut self, key: &str, id: u32) {
        if let Some(ids) = self.0.get_mut(key) {
            if let Ok(at) = ids.binary_search(&id) {
                ids.remove(at);
            }
            if ids.is_empty() {
                self.0.remove(key);
            }
        }
    }

    /// The notes under a key.
    pub fn get(&self, key: &str) -> &[u32] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    /// All keys with their notes, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u32])> {
        self.0.iter().map(|(key, ids)| (&**key, ids.as_slice()))
    }
}
