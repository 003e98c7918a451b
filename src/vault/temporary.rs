//! Temporary files in the vault: how they are called, and who takes away those that a run left behind.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::Vault;
use super::folder::Folder;
use crate::clock;
use crate::text::NotePath;

/// How temporary files are called: with a dot, so that nobody takes them for notes.
pub(super) const PREFIX: &str = ".goen-";
pub(super) const SUFFIX: &str = ".tmp";

/// A temporary file of this age belongs to no run that is still going on.
const LEFT_BEHIND: Duration = Duration::from_secs(60 * 60);

/// Whether a file of this name is a temporary one of goen's.
pub(super) fn is_temporary(name: &str) -> bool {
    name.strip_prefix(PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX))
        .is_some_and(|inner| !inner.is_empty())
}

/// A temporary file that goes away unless it was given its place.
pub(super) struct Temporary<'a> {
    folder: &'a Folder,
    pub name: OsString,
    pub file: File,
}

impl<'a> Temporary<'a> {
    pub fn create(folder: &'a Folder) -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let name: OsString = format!("{PREFIX}{}-{count}{SUFFIX}", std::process::id()).into();
            match folder.create(&name) {
                Ok(file) => return Ok(Self { folder, name, file }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Temporary<'_> {
    fn drop(&mut self) {
        // Where it has taken its place there is none of this name any more.
        let _ = self.folder.remove(&self.name);
    }
}

impl Vault {
    /// Removes temporary files that a run which was cut off has left an hour ago or longer.
    pub fn sweep(&self, leftovers: &[NotePath]) {
        for path in leftovers {
            let place = self.on_disk(path);
            let Ok(metadata) = place.symlink_metadata() else { continue };
            let age = metadata.modified().ok().and_then(clock::age);
            if metadata.is_file() && age.is_some_and(|age| age >= LEFT_BEHIND) {
                // What cannot be removed is hidden, and in nobody's way.
                let _ = std::fs::remove_file(place);
            }
        }
    }
}
