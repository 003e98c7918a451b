//! Which words name one organisation: its note's name, and the other names that the note gives it.

use super::Index;
use crate::note::Note;
use crate::note::other::Org;
use crate::text::{QuickMap, fold};

/// The names of all organisations that have a note.
pub struct OrgNames(QuickMap<String, String>);

impl OrgNames {
    /// Of all notes; of several that give one name the first by path has it.
    pub fn of(index: &Index) -> Self {
        let mut names: QuickMap<String, String> = QuickMap::default();
        for (note, org) in index.organisations() {
            let own = fold(note.path.name());
            for name in names_of(note, org) {
                names.entry(fold(name).into_owned()).or_insert_with(|| own.to_string());
            }
        }
        Self(names)
    }

    /// What a word means.
    pub fn canonical(&self, word: &str) -> String {
        let word = fold(word);
        self.0.get(word.as_ref()).cloned().unwrap_or_else(|| word.into_owned())
    }

    /// Whether two words mean the same.
    pub fn is_same(&self, a: &str, b: &str) -> bool {
        a == b || self.canonical(a) == self.canonical(b)
    }

    /// What those organisations are called that have a word in one of their names.
    pub fn having<'s>(&'s self, word: &'s str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(name, _)| name.contains(word)).map(|(_, own)| &**own)
    }
}

/// What an organisation is called: as its note is, and its other names.
fn names_of<'a>(note: &'a Note, org: &'a Org) -> impl Iterator<Item = &'a str> {
    std::iter::once(note.path.name()).chain(org.aliases.iter().map(|alias| &**alias))
}
