//! What Obsidian is given beside the notes: a base of the people, and the types of their properties.
//!
//! A base that is there is the user's; to the types only what is missing is added. What they hold is
//! said in `exchange/obsidian`.

use std::path::PathBuf;

use super::App;
use crate::exchange::obsidian::{Broken, add_types, base, types, unwritable};
use crate::index::Source;
use crate::note::dialect::PEOPLE_FOLDERS;
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
    /// Obsidian's vault is a folder above this one: it looks for both files there.
    Within(PathBuf),
}

impl App {
    /// Whether the vault is one of Obsidian's and has no base of its people yet.
    pub fn lacks_base(&self) -> bool {
        let there = |path: &str| self.vault.root().join(path);
        there(OBSIDIAN).is_dir() && !there(BASE).exists()
    }

    /// How many people's last contact stands in no property, so that no base can know of it.
    pub fn contacts_beyond_properties(&self) -> usize {
        let last = self.index.people().filter_map(|(_, _, tie)| tie.until(self.today).last());
        last.filter(|contact| contact.source != Source::FrontMatter).count()
    }

    /// Words of the settings that no base can hold.
    pub fn words_beyond_bases(&self) -> Vec<&str> {
        unwritable(&self.config, &self.people_folders)
    }

    /// Gives Obsidian a base of the people and the types of their properties; what became of each file.
    pub fn fit_obsidian(&self) -> Vec<(NotePath, Fitted)> {
        if let Some(above) = self.obsidian_above() {
            return vec![(NotePath::new(BASE), Fitted::Left(Left::Within(above)))];
        }
        let (mut of_people, mut everywhere) = (Spellings::default(), Spellings::default());
        for note in self.index.paths().filter_map(|path| self.index.note(path.as_str())) {
            let Some(text) = self.text_as_read(note) else { continue };
            everywhere.add(&text, &self.dialect);
            if self.index.person(note.path.as_str()).is_some() {
                of_people.add(&text, &self.dialect);
            }
        }
        vec![
            (NotePath::new(BASE), self.make_base(&of_people)),
            (NotePath::new(PROPERTY_TYPES), self.add_property_types(&of_people, &everywhere)),
        ]
    }

    /// The vault of Obsidian that this one is a folder of.
    fn obsidian_above(&self) -> Option<PathBuf> {
        let mut folders = self.vault.root().ancestors();
        let nearest = folders.find(|folder| folder.join(OBSIDIAN).is_dir())?;
        (nearest != self.vault.root()).then(|| nearest.to_path_buf())
    }

    fn make_base(&self, spellings: &Spellings) -> Fitted {
        let folders = match self.people_folders.as_slice() {
            // Nobody yet: whichever of the usual ones is going to hold them.
            [] => PEOPLE_FOLDERS.map(str::to_owned).to_vec(),
            folders => folders.to_vec(),
        };
        let text = base(&self.config, &folders, spellings, self.lang);
        match self.make(&NotePath::new(BASE), &text) {
            Ok(true) => Fitted::Made,
            Ok(false) => Fitted::Left(Left::There),
            Err(error) => Fitted::Left(Left::Refused(error)),
        }
    }

    fn add_property_types(&self, people: &Spellings, everywhere: &Spellings) -> Fitted {
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
        let wanted = types(people, everywhere, self.lang);
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
