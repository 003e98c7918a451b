//! A file that somebody names on the command line, wherever it is.

use std::fs::{self, File};
use std::io::{self, Read, Write};
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

/// Writes a file by its path, whole or not at all; folders come as needed. What stands there is replaced
/// if it is goen's own (`is_own`); whatever else does, links too, stays: whether it was written.
///
/// # Errors
/// What the system says.
pub fn replace(path: &Path, bytes: &[u8], is_own: fn(&[u8]) -> bool) -> Result<bool, DiskError> {
    let written = || {
        match fs::symlink_metadata(path) {
            Ok(metadata) if !metadata.is_file() || !is_own(&fs::read(path)?) => return Ok(false),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(_) | Err(_) => {}
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let aside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
        let mut file = File::create_new(&aside)?;
        let moved = file.write_all(bytes).and_then(|()| fs::rename(&aside, path));
        if moved.is_err() {
            // What stands at the path is what it was; the one beside it is of no use.
            let _ = fs::remove_file(&aside);
        }
        moved.map(|()| true)
    };
    written().map_err(|source| DiskError::new(Deed::Write, path, source))
}

/// That a named file is not there, as the system would say it.
pub fn missing(path: &Path) -> DiskError {
    DiskError::new(Deed::Read, path, io::Error::from(io::ErrorKind::NotFound))
}
