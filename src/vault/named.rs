//! A file that somebody names on the command line, wherever it is.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use super::temporary::{PREFIX, SUFFIX};
use super::{Bytes, Deed, DiskError, OffLimits, attributes};

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

/// Puts bytes in a file's place, whole or not at all: they are written beside it first. It keeps its
/// permissions. What is no file stays, and so does a link, wherever it leads.
///
/// # Errors
/// What the system says, and [`OffLimits::NoFile`].
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let written = || {
        let known = match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => Some(metadata.permissions()),
            Ok(_) => return Err(OffLimits::NoFile.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut temporary = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        temporary.write_all(bytes)?;
        match known {
            Some(permissions) => temporary.as_file().set_permissions(permissions)?,
            None => attributes::as_usual(temporary.as_file())?,
        }
        temporary.persist(path).map(|_| ()).map_err(|error| error.error)
    };
    written().map_err(|source| DiskError::new(Deed::Write, path, source))
}

/// As [`put`], where nothing stands there or what is goen's own (`is_own`); folders come as needed. Whatever
/// else stands there stays: whether it was written.
///
/// # Errors
/// What the system says.
pub fn replace(path: &Path, bytes: &[u8], is_own: fn(&[u8]) -> bool) -> Result<bool, DiskError> {
    let refused = |deed| move |source| DiskError::new(deed, path, source);
    match fs::symlink_metadata(path) {
        Ok(metadata) => {
            if !metadata.is_file() || !is_own(&fs::read(path).map_err(refused(Deed::Read))?) {
                return Ok(false);
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        // There is nothing that anybody would read: a file stands where a folder is meant.
        Err(error) => return Err(refused(Deed::Write)(error)),
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|source| DiskError::new(Deed::Make, folder, source))?;
    }
    put(path, bytes).map(|()| true)
}

/// That a named file is not there, as the system would say it.
pub fn missing(path: &Path) -> DiskError {
    DiskError::new(Deed::Read, path, io::Error::from(io::ErrorKind::NotFound))
}
