//! The vault on disk: which files it has, their bytes, and how one is replaced.
//!
//! Knows paths and errors of the system; leaves what the bytes mean to others.

mod attributes;
mod folder;
mod git;
mod local;
pub mod named;
mod read;
mod repository;
mod stamp;
mod temporary;
pub mod unit_file;
mod walk;
mod watch;
mod write;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::text::NotePath;

pub use crate::problem::OffLimits;
pub use git::{
    Busy, Commit, Content, DriverError, Git, GitDeed, GitError, GitTrouble, Settings, Texts, merge_file,
};
pub use local::{LocalState, Lock, config_home, home, program, slug, state_home};
pub use read::{Bytes, MAX_BYTES};
pub use repository::git_folders;
pub use stamp::{FileId, Stamp};
pub use walk::{Walk, Walker, is_sync_copy};
pub use watch::{Heard, Hint, Watch, WatchError};
pub use write::{Base, Durability, MOMENT, WriteError};

/// The file that marks a vault, and says how goen reads it.
pub const CONFIG_FILE: &str = "goen.toml";

/// Obsidian's settings of a vault.
pub const OBSIDIAN: &str = ".obsidian";

/// How Obsidian names daily notes.
pub const DAILY_NOTES: &str = ".obsidian/daily-notes.json";

/// Which type a property has in Obsidian.
pub const PROPERTY_TYPES: &str = ".obsidian/types.json";

/// What Obsidian has open.
pub const WORKSPACE: &str = ".obsidian/workspace.json";

/// What the disk refused: the deed, the path, the system's words.
#[derive(Debug, thiserror::Error)]
#[error("{deed} {}: {source}", path.display())]
pub struct DiskError {
    /// What was tried.
    pub deed: Deed,
    /// On which path.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl From<OffLimits> for io::Error {
    fn from(why: OffLimits) -> Self {
        match why {
            OffLimits::Dangling => Self::new(io::ErrorKind::NotFound, why),
            OffLimits::Outside | OffLimits::NoFile => Self::other(why),
        }
    }
}

/// What was tried on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Reading.
    Read,
    /// Writing.
    Write,
    /// Removing.
    Remove,
    /// Making a folder.
    Make,
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Remove => "remove",
            Self::Make => "make",
        })
    }
}

impl DiskError {
    fn new(deed: Deed, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self { deed, path: path.into(), source }
    }

    /// Why goen itself refused, if it was not the system.
    pub fn off_limits(&self) -> Option<OffLimits> {
        self.source.get_ref()?.downcast_ref().copied()
    }

    /// Whether the same may well succeed a little later, without anybody's help: it is not the
    /// file that is in the way.
    pub fn may_pass(&self) -> bool {
        read::may_pass(&self.source)
    }
}

/// A folder of notes.
#[derive(Debug)]
pub struct Vault {
    root: PathBuf,
    beneath: read::Beneath,
    /// The page, which may be longer than a note.
    page: Option<NotePath>,
    /// Files that were replaced and have not been looked at again.
    displaced: Mutex<Vec<write::Displaced>>,
}

impl Vault {
    /// The vault at a folder.
    ///
    /// # Errors
    /// Where there is no such folder, or it cannot be read.
    pub fn open(root: &Path) -> Result<Self, DiskError> {
        let failed = |source| DiskError::new(Deed::Read, root, source);
        let root = root.canonicalize().map_err(failed)?;
        let beneath = read::Beneath::open(&root).map_err(failed)?;
        Ok(Self { root, beneath, page: None, displaced: Mutex::default() })
    }

    /// The vault whose page is this one.
    #[must_use]
    pub fn with_page(self, page: &NotePath) -> Self {
        Self { page: Some(page.clone()), ..self }
    }

    /// The nearest folder, from `from` upwards, that is a vault.
    pub fn nearest(from: &Path) -> Option<PathBuf> {
        let is_vault = |dir: &&Path| dir.join(CONFIG_FILE).is_file() || dir.join(OBSIDIAN).is_dir();
        from.ancestors().find(is_vault).map(Path::to_path_buf)
    }

    /// The real path of a folder that may be gone, as [`Vault::open`] would give it.
    ///
    /// # Errors
    /// Where the path cannot be made absolute.
    pub fn real(root: &Path) -> Result<PathBuf, DiskError> {
        let whole = std::path::absolute(root).map_err(|source| DiskError::new(Deed::Read, root, source))?;
        let there = whole.ancestors().find_map(|folder| Some((folder.canonicalize().ok()?, folder)));
        let Some((real, folder)) = there else { return Ok(whole) };
        Ok(match whole.strip_prefix(folder) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            _ => real,
        })
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Lets go of what is held open of it, until it is needed again: a folder that somebody holds
    /// cannot be unmounted.
    pub fn release(&mut self) {
        self.beneath.release();
        self.displaced().clear();
    }

    fn displaced(&self) -> MutexGuard<'_, Vec<write::Displaced>> {
        self.displaced.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a note lies on disk.
    pub fn on_disk(&self, path: &NotePath) -> PathBuf {
        self.root.join(path.as_str())
    }
}
