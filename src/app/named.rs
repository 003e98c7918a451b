//! Reads what is named on the command line: as the shell means it, else within the vault.

use std::path::Path;

use super::App;
use crate::text::NotePath;
use crate::vault::{Bytes, DiskError, named};

impl App {
    /// The bytes of a file; none where it is too large.
    ///
    /// # Errors
    /// What the disk says, and that there is no such file.
    pub fn named(&self, path: &Path) -> Result<Option<Vec<u8>>, DiskError> {
        let found = match (named::read(path)?, path.to_str()) {
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
