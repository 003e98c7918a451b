//! One file replaced as a whole, or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Deed, DiskError, Vault};
use crate::config::WriteMode;
use crate::text::{Digest, NotePath};

/// What a file must still be for it to be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// There was none.
    Missing,
    /// It had this content.
    Content(Digest),
}

/// Why a file was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It is no longer what it was when it was read: read again, and decide again.
    #[error("{0} changed meanwhile")]
    Stale(NotePath),
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

impl Vault {
    /// Replaces a file with `bytes`, if it still is what it was; keeps its permissions and,
    /// where allowed, its owner. A linked file is written at its target, inside the vault only.
    ///
    /// # Errors
    /// [`WriteError::Stale`] where the file has changed since; else what the disk says. In
    /// every case the file is what it was before.
    pub fn replace(
        &self,
        path: &NotePath,
        base: Base,
        bytes: &[u8],
        mode: WriteMode,
    ) -> Result<(), WriteError> {
        let place = self.place(path)?;
        let failed = |source| DiskError::new(Deed::Write, &place, source);
        let known = fs::metadata(&place).ok();
        if known.as_ref().is_some_and(|metadata| metadata.permissions().readonly()) {
            return Err(failed(io::ErrorKind::PermissionDenied.into()).into());
        }
        if mode == WriteMode::InPlace || known.as_ref().is_some_and(is_hard_linked) {
            self.check(path, &place, base)?;
            return write_in_place(&place, bytes).map_err(|e| failed(e).into());
        }
        let folder = place.parent().unwrap_or(self.root());
        let mut temporary = tempfile::Builder::new()
            .prefix(".goen-")
            .suffix(".tmp")
            .tempfile_in(folder)
            .map_err(|e| DiskError::new(Deed::Write, folder, e))?;
        temporary.write_all(bytes).map_err(failed)?;
        match &known {
            Some(metadata) => keep_owner_and_mode(temporary.as_file(), metadata).map_err(failed)?,
            None => usual_mode(temporary.as_file()).map_err(failed)?,
        }
        temporary.as_file().sync_all().map_err(failed)?;
        self.check(path, &place, base)?;
        match base {
            Base::Missing => temporary.persist_noclobber(&place).map_err(|e| failed(e.error))?,
            Base::Content(_) => temporary.persist(&place).map_err(|e| failed(e.error))?,
        };
        sync_folder(folder);
        Ok(())
    }

    /// Where a file is written: at a link's target, which must lie inside the vault.
    fn place(&self, path: &NotePath) -> Result<PathBuf, DiskError> {
        let place = self.on_disk(path);
        let refuse = |source| DiskError::new(Deed::Write, &place, source);
        let outside = || io::Error::other("leads out of the vault");
        match place.canonicalize() {
            Ok(real) if real.starts_with(self.root()) => Ok(real),
            Ok(_) => Err(refuse(outside())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if place.is_symlink() {
                    return Err(refuse(error));
                }
                let folder = place.parent().unwrap_or(self.root());
                fs::create_dir_all(folder).map_err(refuse)?;
                let folder = folder.canonicalize().map_err(refuse)?;
                let name = place.file_name().unwrap_or_default();
                if folder.starts_with(self.root()) { Ok(folder.join(name)) } else { Err(refuse(outside())) }
            }
            Err(error) => Err(refuse(error)),
        }
    }

    fn check(&self, path: &NotePath, place: &Path, base: Base) -> Result<(), WriteError> {
        let now = match fs::read(place) {
            Ok(bytes) => Base::Content(Digest::of(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Base::Missing,
            Err(error) => return Err(DiskError::new(Deed::Read, place, error).into()),
        };
        if now == base { Ok(()) } else { Err(WriteError::Stale(path.clone())) }
    }
}

fn write_in_place(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(place)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn is_hard_linked(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

#[cfg(not(unix))]
fn is_hard_linked(_: &fs::Metadata) -> bool {
    false
}

#[cfg(unix)]
fn keep_owner_and_mode(file: &File, known: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let now = file.metadata()?;
    if (now.uid(), now.gid()) != (known.uid(), known.gid()) {
        // Only root may give a file away; a vault of another's stays readable through its mode.
        let _ = std::os::unix::fs::fchown(file, Some(known.uid()), Some(known.gid()));
    }
    file.set_permissions(known.permissions())
}

#[cfg(not(unix))]
fn keep_owner_and_mode(file: &File, known: &fs::Metadata) -> io::Result<()> {
    file.set_permissions(known.permissions())
}

/// A new file gets the mode that any program's would (a temporary one is for its owner alone).
#[cfg(unix)]
fn usual_mode(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mask = rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o022));
    rustix::process::umask(mask);
    file.set_permissions(fs::Permissions::from_mode(0o666 & !mask.bits()))
}

#[cfg(not(unix))]
fn usual_mode(_: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the renaming last; where a folder cannot be synced the file is whole all the same.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
