//! What Obsidian is given beside the notes: a base of the people, and the types of their properties.
//!
//! A base that is there is the user's; to the types only what is missing is added. What they hold is
//! said in `exchange/obsidian`.

use super::App;
use crate::exchange::obsidian::{Broken, add_types, base, types};
use crate::note::spelled::Spellings;
use crate::text::{Digest, NotePath};
use crate::vault::{Base, Bytes, DiskError, OBSIDIAN, PROPERTY_TYPES, WriteError};

/// The base of everybody.
const BASE: &str = "people.base";

/// What became of one of Obsidian's files.
#[derive(Debug)]
pub enum Fitted {
    /// It was made.
    Made,
    /// So many entries were added to it.
    Added(usize),
    /// It is as it was.
    Left(Left),
}

impl Fitted {
    /// How many entries were added to what was there.
    pub fn added(&self) -> Option<usize> {
        match self {
            Self::Added(n) => Some(*n),
            Self::Made | Self::Left(_) => None,
        }
    }
}

/// Why one of Obsidian's files is as it was.
#[derive(Debug)]
pub enum Left {
    /// It is the user's already.
    There,
    /// Nothing is missing in it.
    Complete,
    /// Its content is not what it should be.
    Broken(Broken),
    /// Somebody else wrote to it at that moment.
    Changed,
    /// It has several names on the disk, or attributes that a new file could not have.
    Special,
    /// The disk refused, or the way to it leads out of the vault.
    Refused(DiskError),
}

impl App {
    /// Whether the vault is one of Obsidian's and has no base of its people yet.
    pub fn lacks_base(&self) -> bool {
        let there = |path: &str| self.vault.root().join(path);
        there(OBSIDIAN).is_dir() && !there(BASE).exists()
    }

    /// Gives Obsidian a base of the people and the types of their properties; what became of each file.
    pub fn fit_obsidian(&self) -> Vec<(NotePath, Fitted)> {
        let mut spellings = Spellings::default();
        for (note, _, _) in self.index.people() {
            if let Some(text) = self.text_as_read(note) {
                spellings.add(&text, &self.dialect);
            }
        }
        vec![
            (NotePath::new(BASE), self.make_base(&spellings)),
            (NotePath::new(PROPERTY_TYPES), self.add_property_types(&spellings)),
        ]
    }

    fn make_base(&self, spellings: &Spellings) -> Fitted {
        let folders = match self.people_folders.as_slice() {
            // Where `add` puts the first one.
            [] => vec![super::newcomer::FOLDER.to_owned()],
            folders => folders.to_vec(),
        };
        let text = base(&self.config, &folders, spellings, self.lang);
        match self.make(&NotePath::new(BASE), &text) {
            Ok(true) => Fitted::Made,
            Ok(false) => Fitted::Left(Left::There),
            Err(error) => Fitted::Left(Left::Refused(error)),
        }
    }

    fn add_property_types(&self, spellings: &Spellings) -> Fitted {
        let path = NotePath::new(PROPERTY_TYPES);
        let before = match self.vault.read(&path) {
            Ok(Bytes::Whole(bytes)) => Some(bytes),
            Ok(Bytes::Missing) => None,
            Ok(Bytes::TooLarge) => return Fitted::Left(Left::Broken(Broken::OtherForm)),
            Err(error) => return Fitted::Left(Left::Refused(error)),
        };
        let text = match before.as_deref().map(std::str::from_utf8).transpose() {
            Ok(text) => text,
            Err(_) => return Fitted::Left(Left::Broken(Broken::NotJson)),
        };
        let wanted = types(spellings, self.lang);
        let (after, added) = match add_types(text, &wanted) {
            Ok(Some(added)) => added,
            Ok(None) => return Fitted::Left(Left::Complete),
            Err(broken) => return Fitted::Left(Left::Broken(broken)),
        };
        let base = before.as_deref().map_or(Base::Missing, |bytes| Base::Content(Digest::of(bytes)));
        match self.vault.replace(&path, base, after.as_bytes(), self.config.write.mode) {
            Ok(_) if before.is_none() => Fitted::Made,
            Ok(_) => Fitted::Added(added),
            Err(WriteError::Stale(_)) => Fitted::Left(Left::Changed),
            Err(WriteError::HardLinked(_) | WriteError::Attributes { .. }) => Fitted::Left(Left::Special),
            Err(WriteError::Disk(error)) => Fitted::Left(Left::Refused(error)),
        }
    }
}
