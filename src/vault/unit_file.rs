//! A file of settings outside the vault that goen has written for the system's manager of
//! services, and may replace or remove. Whose it is, a line in it says; leaves what else it says,
//! and where it belongs, to others.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::{Deed, DiskError};

/// What stands in the file's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum There {
    /// Nothing.
    Nothing,
    /// A file of goen's: its text.
    Ours(String),
    /// Something that goen has not written.
    Theirs,
}

/// Looks what stands there; `mark` is how a line of goen's own begins.
///
/// # Errors
/// What the disk says.
pub fn look(path: &Path, mark: &str) -> Result<There, DiskError> {
    let failed = |source| DiskError::new(Deed::Read, path, source);
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Ok(There::Theirs),
        Ok(_) => {}
        // A link that leads nowhere is somebody's, too.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(if path.is_symlink() { There::Theirs } else { There::Nothing });
        }
        Err(error) => return Err(failed(error)),
    }
    let bytes = fs::read(path).map_err(failed)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) if text.lines().any(|line| line.starts_with(mark)) => There::Ours(text),
        _ => There::Theirs,
    })
}

/// Writes the file as a whole, for this user's eyes only: it names folders of theirs. Where
/// nothing `was`, nothing is overwritten.
///
/// # Errors
/// What the disk says.
pub fn write(path: &Path, text: &str, was: Option<&str>) -> Result<(), DiskError> {
    // Some keep such files elsewhere and link to them: the link stays.
    let place = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let written = || {
        let folder = place.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(folder)?;
        let mut temporary = tempfile::Builder::new().prefix(".goen-").tempfile_in(folder)?;
        temporary.write_all(text.as_bytes())?;
        temporary.as_file().sync_all()?;
        let kept = match was {
            None => temporary.persist_noclobber(&place),
            Some(_) => temporary.persist(&place),
        };
        kept.map(|_| ()).map_err(|error| error.error)
    };
    written().map_err(|source| DiskError::new(Deed::Write, path, source))
}

/// Removes the file; that it is gone already is no error.
///
/// # Errors
/// What the disk says.
pub fn remove(path: &Path) -> Result<(), DiskError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(DiskError::new(Deed::Remove, path, error))
        }
        _ => Ok(()),
    }
}

/// Removes what stands there, if it is a link that leads nowhere.
pub fn remove_dangling(link: &Path) {
    if link.is_symlink() && !link.exists() {
        // The manager passes over a link that leads nowhere: it is not worth an error.
        let _ = fs::remove_file(link);
    }
}

/// Makes a folder and those above it.
///
/// # Errors
/// What the disk says.
pub fn make_folder(path: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(path).map_err(|source| DiskError::new(Deed::Write, path, source))
}

/// The number by which the system knows the user.
#[cfg(unix)]
pub fn user() -> u32 {
    rustix::process::getuid().as_raw()
}

/// Where users have no numbers, there is no manager that asks for one.
#[cfg(not(unix))]
pub fn user() -> u32 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_with_the_mark_is_ours() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("a/b.service");
        let look = || look(&path, "# goen").unwrap();
        assert_eq!(look(), There::Nothing);
        write(&path, "# goen, v1\n[Unit]\n", None).unwrap();
        assert_eq!(look(), There::Ours("# goen, v1\n[Unit]\n".into()));
        // Somebody made one meanwhile.
        assert!(write(&path, "x", None).is_err());
        write(&path, "[Unit]\n", Some("")).unwrap();
        assert_eq!(look(), There::Theirs);
        fs::write(&path, b"# goen\n\xff").unwrap();
        assert_eq!(look(), There::Theirs);
        remove(&path).unwrap();
        remove(&path).unwrap();
        assert_eq!(look(), There::Nothing);
        make_folder(&path).unwrap();
        assert_eq!(look(), There::Theirs);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::TempDir::new().unwrap();
        let (link, file) = (dir.path().join("link"), dir.path().join("file"));
        symlink(&file, &link).unwrap();
        assert_eq!(look(&link, "#").unwrap(), There::Theirs);
        remove_dangling(&link);
        assert!(!link.is_symlink());
        symlink(&file, &link).unwrap();
        fs::write(&file, "# 1").unwrap();
        write(&link, "# 2", Some("# 1")).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "# 2");
        remove_dangling(&link);
        assert!(link.is_symlink());
    }
}
