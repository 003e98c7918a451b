//! Reads what is named on the command line: as the shell means it, else within the vault.

use std::path::Path;

use super::App;
use crate::text::NotePath;
use crate::vault::{Bytes, DiskError, MAX_BYTES, named};

impl App {
    /// The bytes of a file; none where it is larger than a note may be.
    ///
    /// # Errors
    /// What the disk says, and that there is no such file.
    pub fn named(&self, path: &Path) -> Result<Option<Vec<u8>>, DiskError> {
        self.named_up_to(path, MAX_BYTES)
    }

    /// The bytes of a file; none where it has more than `most`. Of a file named within the vault no more
    /// is read than of a note.
    ///
    /// # Errors
    /// As [`App::named`].
    pub fn named_up_to(&self, path: &Path, most: u64) -> Result<Option<Vec<u8>>, DiskError> {
        let found = match (named::read(path, most)?, path.to_str()) {
            (Bytes::Missing, Some(inside)) if path.is_relative() => {
                self.vault.read(&NotePath::new(inside))?
            }
            (found, _) => found,
        };
        match found {
            Bytes::Whole(bytes) => Ok(Some(bytes)),
            Bytes::TooLarge => Ok(None),
            Bytes::Missing => Err(named::missing(path)),
        }
    }
}
