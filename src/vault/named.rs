//! A file that somebody names on the command line, wherever it is.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::{Bytes, Deed, DiskError};

/// Reads a file of at most so many bytes by its path, a pipe with a name too.
///
/// # Errors
/// What the system says, but for a file that is not there.
pub fn read(path: &Path, most: u64) -> Result<Bytes, DiskError> {
    let failed = |source| DiskError::new(Deed::Read, path, source);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Bytes::Missing),
        Err(error) => return Err(failed(error)),
    };
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(if bytes.len() as u64 > most { Bytes::TooLarge } else { Bytes::Whole(bytes) })
}

/// Writes a file by its path, over what is there; folders come as needed.
///
/// # Errors
/// What the system says.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let written = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)
    };
    written().map_err(|source| DiskError::new(Deed::Write, path, source))
}

/// That a named file is not there, as the system would say it.
pub fn missing(path: &Path) -> DiskError {
    DiskError::new(Deed::Read, path, io::Error::from(io::ErrorKind::NotFound))
}
