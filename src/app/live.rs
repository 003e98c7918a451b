//! A vault that is kept up: looks at the disk again where something may have happened, and takes
//! in what is different.
//!
//! Whatever was heard is only a hint. What counts is what stands there now, compared with what
//! was seen; what is gone or empty is believed only after a while, since editors, git and sync
//! tools leave notes so in between. Leaves to `daemon` when to look, and what to do about it.

mod compare;
mod look;
mod seen;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::open::{Look, Walked};
use super::{App, OpenError, Options, Outcome, Trouble, UpdateError};
use crate::clock::Moment;
use crate::text::{Digest, NotePath};
use crate::vault::{Bytes, CONFIG_FILE, DAILY_NOTES, DiskError, FileId, OBSIDIAN, Vault, WORKSPACE, Walk};

use seen::Seen;

pub(super) use seen::is_in_cloud;

/// For so long what is missing or empty may only be about to be written: git takes a file away,
/// makes an empty one and then fills it.
pub const GRACE: Duration = Duration::from_secs(2);

/// Where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Places {
    /// Everywhere. With `thoroughly` every file is read, whatever its stamp says.
    Everywhere {
        /// Read what seems unchanged, too.
        thoroughly: bool,
    },
    /// At these paths on the disk, and below.
    At(Vec<PathBuf>),
}

/// What a look found.
#[derive(Debug, Default)]
pub struct Looked {
    /// The notes say something else than before, or other files are in the way.
    pub is_different: bool,
    /// What the settings are read from is different: [`Live::reload`] takes it in.
    pub settings: bool,
    /// The page is not what was seen or written last.
    pub page: bool,
    /// The notes that somebody else has changed.
    pub changed: Vec<NotePath>,
    /// The folders that were looked into.
    pub folders: Vec<PathBuf>,
    /// Not one of the notes is there any more: they are kept in mind until some come back.
    pub is_away: bool,
    /// Files that could not be read for the moment; what they said before is kept.
    pub unread: Vec<NotePath>,
}

/// A vault that is kept up.
#[derive(Debug)]
pub struct Live {
    /// The vault as it was read last.
    pub app: App,
    root: PathBuf,
    options: Options,
    seen: Seen,
    /// What is missing or empty, and since when.
    doubts: BTreeMap<NotePath, Moment>,
    /// The page as it was seen or written last.
    page: Option<Digest>,
    /// The calendar that is kept up, as it was seen or written last.
    calendar: Option<Digest>,
    /// What the settings were read from, in the order of [`SETTINGS`].
    settings: [Option<Digest>; 2],
    /// What happens in a folder is told under one of its names alone: all is looked at.
    is_doubled: bool,
    /// The folder that the vault is.
    identity: Option<FileId>,
}

/// The files that say how a vault is read.
const SETTINGS: [&str; 2] = [CONFIG_FILE, DAILY_NOTES];

impl Live {
    /// Reads a vault to be kept up; with the folders that hold notes.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open(root: &Path, options: Options) -> Result<(Self, Vec<PathBuf>), OpenError> {
        // What they become while all is read is found different afterwards.
        let settings = settings_of(&Vault::open(root)?);
        let (mut app, walk, seen) = read(root, options)?;
        app.memo = Some(Box::default());
        let mut live = Self {
            root: app.vault.root().to_path_buf(),
            identity: app.vault.identity().ok().flatten(),
            app,
            options,
            seen,
            doubts: BTreeMap::new(),
            page: None,
            calendar: None,
            settings,
            is_doubled: walk.is_doubled,
        };
        live.page = live.page_now();
        live.calendar = live.calendar_now();
        let mut folders = walk.folders;
        folders.extend(live.own_folders());
        Ok((live, folders))
    }

    /// Reads everything anew, settings included; gives the folders that hold notes, or none where
    /// not one of the notes is there any more. Where the settings cannot be used, and without
    /// notes, all stays as it is.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn reload(&mut self) -> Result<Option<Vec<PathBuf>>, OpenError> {
        let settings = settings_of(&self.app.vault);
        let options = Options { today: self.app.today, ..self.options };
        let (found, folders) = match Self::open(&self.root, options) {
            Ok(found) => found,
            Err(error) => {
                // What cannot be used is looked at again when it is different, what cannot be read
                // as soon as it can be.
                if matches!(error, OpenError::Config { .. }) {
                    self.settings = settings;
                }
                return Err(error);
            }
        };
        // The new settings may leave all notes out; an empty place has no say.
        let is_empty = || self.app.vault.walk(&self.app.config).notes.is_empty();
        if found.seen.len() == 0 && self.seen.len() > 0 && is_empty() {
            return Ok(None);
        }
        *self = Self { options: self.options, ..found };
        Ok(Some(folders))
    }

    /// Opens what stands in the vault's place now; the folders that hold notes, or none where it
    /// holds no note: that is the empty place of a vault that is not there.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn come_back(&mut self) -> Result<Option<Vec<PathBuf>>, OpenError> {
        let options = Options { today: self.app.today, ..self.options };
        let (found, folders) = Self::open(&self.root, options)?;
        if found.seen.len() == 0 && self.seen.len() > 0 {
            return Ok(None);
        }
        *self = Self { options: self.options, ..found };
        Ok(Some(folders))
    }

    /// Whether the folder that was opened stands in its place. Another one may hold another
    /// vault, or be the empty place where one is mounted.
    pub fn is_in_place(&self) -> bool {
        self.app.vault.identity().is_ok_and(|now| now == self.identity)
    }

    /// When something that is in doubt is to be looked at again.
    pub fn next_doubt(&self) -> Option<Moment> {
        self.doubts.values().min().map(|since| *since + GRACE)
    }

    /// When a note that is missing or empty is to be looked at again.
    pub fn doubt(&self, path: &NotePath) -> Option<Moment> {
        self.doubts.get(path).map(|since| *since + GRACE)
    }

    /// Whether there is anything that may soon be otherwise.
    pub fn is_in_doubt(&self) -> bool {
        !self.doubts.is_empty()
    }

    /// Whether the page is missing, and may only be about to be written.
    pub fn is_page_in_doubt(&self) -> bool {
        self.doubts.contains_key(&self.app.config.page.file)
    }

    /// Takes the marks of the page in, plans, and writes the page, if the page is what was seen
    /// last. What is to be recorded in notes that are in use waits.
    ///
    /// # Errors
    /// As [`App::update`]; [`UpdateError::Touched`] where somebody has changed it since.
    pub fn update(&mut self, in_use: impl IntoIterator<Item = NotePath>) -> Result<Outcome, UpdateError> {
        self.app.in_use = in_use.into_iter().collect();
        let seen = self.page;
        let result = self.app.update_page(false, false, |page| page == seen);
        if let Ok(outcome) = &result {
            self.page = outcome.digest;
            if outcome.calendar.as_ref().is_some_and(|calendar| calendar.written.is_ok()) {
                self.calendar = self.calendar_now();
            }
        }
        result
    }

    /// The notes that would be changed for the marks that are on the page now.
    pub fn notes_asked_for(&self) -> Vec<NotePath> {
        self.app.notes_asked_for()
    }

    /// Looks once more, a moment ([`crate::vault::MOMENT`]) after the page was written, whether
    /// somebody who had it open has saved into it since. If so theirs is the page again, for
    /// another look; if that cannot be, it is kept beside it and told.
    pub fn look_back(&mut self) -> Vec<Trouble> {
        self.app.look_back_at_page()
    }

    /// Makes ready what the first change asks for.
    pub fn prepare(&mut self) {
        self.app.index.prepare();
        self.app.index.settle_ambiguous();
    }

    /// The notes that goen recorded something in and that stand as it left them.
    pub fn recorded_lately(&self) -> Vec<NotePath> {
        self.app.recorded_lately()
    }

    /// Lets go of what is held open on the disk, until it is needed again.
    pub fn release(&mut self) {
        self.app.vault.release();
    }

    /// How long ago a file was changed, as it says itself.
    pub fn age(&self, path: &NotePath) -> Option<Duration> {
        self.app.vault.stamp(path).and_then(|stamp| stamp.age())
    }

    /// The notes that Obsidian has open.
    pub fn open_in_obsidian(&self) -> Vec<NotePath> {
        match self.app.vault.read(&NotePath::new(WORKSPACE)) {
            Ok(Bytes::Whole(bytes)) => seen::open_files(&bytes),
            _ => Vec::new(),
        }
    }

    /// Folders of what is looked at though no walk may find it: Obsidian's settings are hidden, and
    /// the page and its template may lie where no notes are read.
    fn own_folders(&self) -> Vec<PathBuf> {
        let page = &self.app.config.page;
        let calendar = &self.app.config.export.ics;
        let files = page.template.iter().chain([&page.file]).chain(calendar);
        let folders = files.map(|file| self.root.join(file.folder()));
        folders.chain([self.root.join(OBSIDIAN)]).filter(|folder| folder.is_dir()).collect()
    }

    fn page_now(&self) -> Option<Digest> {
        self.digest(&self.app.config.page.file).ok().flatten()
    }

    fn calendar_now(&self) -> Option<Digest> {
        self.digest(self.app.config.export.ics.as_ref()?).ok().flatten()
    }

    fn digest(&self, path: &NotePath) -> Result<Option<Digest>, DiskError> {
        digest(&self.app.vault, path)
    }
}

/// Everything at a root, and what was seen of it.
fn read(root: &Path, options: Options) -> Result<(App, Walk, Seen), OpenError> {
    let stamps = std::sync::Mutex::new(Vec::new());
    let note = |stamps: &std::sync::Mutex<Vec<_>>, look: Look| {
        let mut stamps = stamps.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        stamps.push((look.note.path.clone(), look.stamp));
        look.note
    };
    let (app, walk) = App::open_with(Walked::of(root, options)?, &|look| note(&stamps, look))?;
    let stamps = stamps.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let seen = Seen::of(stamps, walk.links.clone());
    Ok((app, walk, seen))
}

fn settings_of(vault: &Vault) -> [Option<Digest>; 2] {
    SETTINGS.map(|path| digest(vault, &NotePath::new(path)).ok().flatten())
}

/// What a file holds; none where there is none, or nothing in it.
fn digest(vault: &Vault, path: &NotePath) -> Result<Option<Digest>, DiskError> {
    Ok(match vault.read(path)? {
        Bytes::Whole(bytes) => Some(Digest::of(&bytes)).filter(|_| !bytes.is_empty()),
        Bytes::TooLarge | Bytes::Missing => None,
    })
}

/// A hint at a placeholder is one at the note it stands for.
fn visible(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str());
    let original = name.and_then(|name| name.strip_prefix('.')?.strip_suffix(".icloud"));
    match original {
        Some(original) => path.with_file_name(original),
        None => path.to_path_buf(),
    }
}

fn is_within(path: &NotePath, folder: &NotePath) -> bool {
    Path::new(path.as_str()).starts_with(folder.as_str())
}
