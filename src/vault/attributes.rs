//! What a file has besides its bytes: owner, mode, extended attributes (access lists among them).

use std::fs::{File, Metadata};
use std::io;

/// Gives `file` what `known` has.
///
/// # Errors
/// Where the system does not let goen keep something: the file would not be what it was.
#[cfg(unix)]
pub(super) fn keep(known: &File, metadata: &Metadata, file: &File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let now = file.metadata()?;
    // Changing the owner takes bits of the mode away: that comes after.
    if (now.uid(), now.gid()) != (metadata.uid(), metadata.gid()) {
        std::os::unix::fs::fchown(file, Some(metadata.uid()), Some(metadata.gid()))?;
    }
    file.set_permissions(metadata.permissions())?;
    #[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
    extended::keep(known, file)?;
    #[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
    let _ = known;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn keep(_: &File, metadata: &Metadata, file: &File) -> io::Result<()> {
    file.set_permissions(metadata.permissions())
}

/// A new file gets the mode that any program's would (a temporary one is for its owner alone).
#[cfg(unix)]
pub(super) fn as_usual(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mask = rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o022));
    rustix::process::umask(mask);
    file.set_permissions(std::fs::Permissions::from_mode(0o666 & !mask.bits()))
}

#[cfg(not(unix))]
pub(super) fn as_usual(_: &File) -> io::Result<()> {
    Ok(())
}

/// Whether the file has another name on the disk.
#[cfg(unix)]
pub(super) fn is_hard_linked(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

#[cfg(not(unix))]
pub(super) fn is_hard_linked(_: &Metadata) -> bool {
    false
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
mod extended {
    use std::ffi::CStr;

    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    use rustix::io::{Errno, retry_on_intr};

    use super::{File, io};

    /// No system lets a file have more.
    const LARGEST: usize = 64 * 1024;

    pub fn keep(known: &File, file: &File) -> io::Result<()> {
        let mut names = vec![0; LARGEST];
        let len = match retry_on_intr(|| flistxattr(known, names.as_mut_slice())) {
            Ok(len) => len,
            Err(Errno::OPNOTSUPP | Errno::NOSYS) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let mut value = Vec::new();
        for name in names[..len].split_inclusive(|byte| *byte == 0) {
            let Ok(name) = CStr::from_bytes_with_nul(name) else { continue };
            value.resize(LARGEST, 0);
            let len = match retry_on_intr(|| fgetxattr(known, name, value.as_mut_slice())) {
                Ok(len) => len,
                // Somebody took it away meanwhile, or it is not for us to see.
                Err(Errno::NODATA | Errno::PERM | Errno::ACCESS) => continue,
                Err(error) => return Err(error.into()),
            };
            match retry_on_intr(|| fsetxattr(file, name, &value[..len], XattrFlags::empty())) {
                Ok(()) => {}
                // The system labels new files itself (`security.selinux`); only it may.
                Err(Errno::PERM | Errno::OPNOTSUPP) if !is_of_user(name) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// What the user or a program of theirs has set: notes of theirs, access lists.
    fn is_of_user(name: &CStr) -> bool {
        let name = name.to_bytes();
        name.starts_with(b"user.") || name.starts_with(b"system.posix_acl") || name.starts_with(b"com.apple.")
    }
}
