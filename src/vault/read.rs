//! Bytes of files, never from outside the vault and never more than a note may have.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
#[cfg(target_os = "linux")]
use std::sync::OnceLock;
use std::time::Duration;

use super::folder::Folder;
use super::stamp::Stamp;
use super::{Deed, DiskError, OffLimits, Vault};
use crate::text::NotePath;

/// A note is at most this large: 16 MiB.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The page, of which everybody in a very large circle has a line, is at most this large: 256 MiB.
const MAX_PAGE_BYTES: u64 = 256 * 1024 * 1024;

/// What reading a file gave.
#[derive(Debug)]
pub enum Bytes {
    /// Its content.
    Whole(Vec<u8>),
    /// It is larger than a note may be.
    TooLarge,
    /// There is none.
    Missing,
}

/// A handle on the vault's folder that opens nothing outside of it.
#[derive(Debug)]
pub(super) struct Beneath {
    root: PathBuf,
    /// Opened when first needed: held for long it would keep the vault from being unmounted.
    #[cfg(target_os = "linux")]
    dir: OnceLock<std::os::fd::OwnedFd>,
}

impl Beneath {
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        let beneath = Self {
            root: root.to_path_buf(),
            #[cfg(target_os = "linux")]
            dir: OnceLock::new(),
        };
        #[cfg(target_os = "linux")]
        beneath.dir()?;
        Ok(beneath)
    }

    /// Lets the folder go until it is needed again.
    pub(super) fn release(&mut self) {
        #[cfg(target_os = "linux")]
        self.dir.take();
    }

    #[cfg(target_os = "linux")]
    fn dir(&self) -> io::Result<&std::os::fd::OwnedFd> {
        use rustix::fs::{Mode, OFlags, open};
        if let Some(dir) = self.dir.get() {
            return Ok(dir);
        }
        let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
        let dir = rustix::io::retry_on_intr(|| open(&self.root, flags, Mode::empty()))?;
        Ok(self.dir.get_or_init(|| dir))
    }

    /// Opens a file for reading; a link that leads out of the vault is refused by the system itself,
    /// so that nothing can be swapped between a check and the opening.
    #[cfg(target_os = "linux")]
    fn file(&self, path: &str) -> io::Result<File> {
        use rustix::fs::{OFlags, ResolveFlags};
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let dir = self.dir()?;
        match open_beneath(dir, Path::new(path), flags, ResolveFlags::BENEATH) {
            Ok(file) => Ok(File::from(file)),
            // Old kernels and some sandboxes have no openat2.
            Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => self.checked(path),
            // An absolute link is refused wherever it leads: look whether it leads inside.
            Err(rustix::io::Errno::XDEV) => {
                let real = self.inside(path)?;
                let real = real.strip_prefix(&self.root).map_err(io::Error::other)?;
                Ok(File::from(open_beneath(dir, real, flags, ResolveFlags::BENEATH)?))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a folder to write in: the way to it holds no links any more, and if somebody puts
    /// one there meanwhile, the system refuses.
    #[cfg(target_os = "linux")]
    pub(super) fn folder(&self, path: &Path) -> io::Result<Folder> {
        use rustix::fs::{Mode, OFlags, ResolveFlags};
        let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let dir = self.dir()?;
        match open_beneath(dir, path, flags, resolve) {
            Ok(dir) => Ok(Folder::new(dir)),
            Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {
                let real = self.root.join(path).canonicalize()?;
                if !real.starts_with(&self.root) {
                    return Err(OffLimits::Outside.into());
                }
                Ok(Folder::new(rustix::fs::open(&real, flags | OFlags::NOFOLLOW, Mode::empty())?))
            }
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(all(unix, not(target_os = "linux")))]
    pub(super) fn folder(&self, path: &Path) -> io::Result<Folder> {
        use rustix::fs::{Mode, OFlags, open};
        let real = self.inside(path.to_str().unwrap_or("."))?;
        let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        Ok(Folder::new(open(&real, flags, Mode::empty())?))
    }

    #[cfg(not(unix))]
    pub(super) fn folder(&self, path: &Path) -> io::Result<Folder> {
        self.inside(path.to_str().unwrap_or(".")).map(Folder::new)
    }

    #[cfg(not(target_os = "linux"))]
    fn file(&self, path: &str) -> io::Result<File> {
        self.checked(path)
    }

    /// Where the system has no such call: look first, then open.
    fn checked(&self, path: &str) -> io::Result<File> {
        File::open(self.inside(path)?)
    }

    /// Where a path really leads, if that is inside the vault.
    fn inside(&self, path: &str) -> io::Result<PathBuf> {
        let real = self.root.join(path).canonicalize()?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(OffLimits::Outside.into()) }
    }
}

impl Vault {
    /// Reads a file of the vault.
    ///
    /// # Errors
    /// What the system says, or that the path leads out of the vault.
    pub fn read(&self, path: &NotePath) -> Result<Bytes, DiskError> {
        let mut bytes = Vec::new();
        self.read_into(path, &mut bytes).map(|(found, _)| match found {
            Found::Whole => Bytes::Whole(bytes),
            Found::TooLarge => Bytes::TooLarge,
            Found::Missing => Bytes::Missing,
        })
    }

    /// Reads a file of the vault and gives its bytes to `act`, in a buffer that is used again.
    ///
    /// # Errors
    /// As [`Vault::read`].
    pub fn read_with<T>(
        &self,
        path: &NotePath,
        buffer: &mut Vec<u8>,
        act: impl FnOnce(&[u8]) -> T,
    ) -> Result<Result<T, Bytes>, DiskError> {
        self.read_stamped(path, buffer, |bytes, _| act(bytes))
    }

    /// As [`Vault::read_with`], with what tells the file as it was just before it was read.
    ///
    /// # Errors
    /// As [`Vault::read`].
    pub fn read_stamped<T>(
        &self,
        path: &NotePath,
        buffer: &mut Vec<u8>,
        act: impl FnOnce(&[u8], Stamp) -> T,
    ) -> Result<Result<T, Bytes>, DiskError> {
        buffer.clear();
        let (found, stamp) = self.read_into(path, buffer)?;
        Ok(match (found, stamp) {
            (Found::Whole, Some(stamp)) => Ok(act(buffer, stamp)),
            (Found::TooLarge, _) => Err(Bytes::TooLarge),
            (Found::Missing | Found::Whole, _) => Err(Bytes::Missing),
        })
    }

    fn read_into(&self, path: &NotePath, buffer: &mut Vec<u8>) -> Result<(Found, Option<Stamp>), DiskError> {
        let failed = |source| DiskError::new(Deed::Read, self.on_disk(path), source);
        let mut file = match self.open_patiently(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Found::Missing, None)),
            Err(error) => return Err(failed(error)),
        };
        let metadata = file.metadata().map_err(failed)?;
        if !metadata.is_file() {
            return Err(failed(OffLimits::NoFile.into()));
        }
        let most = if self.page.as_ref() == Some(path) { MAX_PAGE_BYTES } else { MAX_BYTES };
        if metadata.len() > most {
            return Ok((Found::TooLarge, None));
        }
        let stamp = Stamp::of(&metadata);
        let len = usize::try_from(metadata.len()).unwrap_or(0);
        read_whole(&mut file, (len, most), buffer).map_err(failed)?;
        Ok((if buffer.len() as u64 > most { Found::TooLarge } else { Found::Whole }, Some(stamp)))
    }

    /// Where too many files are open for the moment, waits a little for some to be closed.
    fn open_patiently(&self, path: &NotePath) -> io::Result<File> {
        const TRIES: u32 = 5;
        let mut tried = 0;
        loop {
            match self.beneath.file(path.as_str()) {
                Err(error) if tried < TRIES && is_out_of_handles(&error) => {
                    tried += 1;
                    std::thread::sleep(Duration::from_millis(10 << tried));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }
}

/// Reads all of a file that is so long, as the system said; and little more than it may have at most.
fn read_whole(file: &mut File, (len, most): (usize, u64), buffer: &mut Vec<u8>) -> io::Result<()> {
    // One byte more was asked for than there is: the file ends here, and nobody has to ask once more.
    buffer.resize(len + 1, 0);
    let got = loop {
        match file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            got => break got,
        }
    };
    buffer.truncate(*got.as_ref().unwrap_or(&0));
    if got? != len {
        file.take((most + 1).saturating_sub(buffer.len() as u64)).read_to_end(buffer)?;
    }
    Ok(())
}

enum Found {
    Whole,
    TooLarge,
    Missing,
}

/// Opens what lies beneath a folder. Where anything on the machine is renamed while the system follows a
/// `..` of a link, it cannot tell whether that stayed beneath, and asks to try again (`openat2(2)`, EAGAIN).
#[cfg(target_os = "linux")]
fn open_beneath(
    dir: impl std::os::fd::AsFd,
    path: &Path,
    flags: rustix::fs::OFlags,
    resolve: rustix::fs::ResolveFlags,
) -> rustix::io::Result<std::os::fd::OwnedFd> {
    use rustix::io::Errno;
    const TRIES: usize = 64;
    let open = || rustix::fs::openat2(dir.as_fd(), path, flags, rustix::fs::Mode::empty(), resolve);
    let is_again = |opened: &rustix::io::Result<_>| matches!(opened, Err(Errno::AGAIN | Errno::INTR));
    let mut tries = (1..TRIES).map(|_| open());
    tries.find(|opened| !is_again(opened)).unwrap_or_else(open)
}

/// Whether an error says more about the system at that moment than about the file.
#[cfg(unix)]
pub(super) fn may_pass(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let passing = [
        Errno::MFILE,
        Errno::NFILE,
        Errno::NOMEM,
        Errno::INTR,
        Errno::AGAIN,
        Errno::IO,
        Errno::STALE,
        Errno::TIMEDOUT,
        Errno::BUSY,
        Errno::TXTBSY,
        Errno::NODEV,
        Errno::NXIO,
        Errno::NOTCONN,
    ];
    error.raw_os_error().is_some_and(|code| passing.iter().any(|errno| errno.raw_os_error() == code))
}

#[cfg(not(unix))]
pub(super) fn may_pass(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::OutOfMemory | io::ErrorKind::TimedOut)
        // Another program has the file open for itself alone.
        || error.raw_os_error() == Some(32)
}

#[cfg(unix)]
fn is_out_of_handles(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    code == Some(rustix::io::Errno::MFILE.raw_os_error())
        || code == Some(rustix::io::Errno::NFILE.raw_os_error())
}

#[cfg(not(unix))]
fn is_out_of_handles(_: &io::Error) -> bool {
    false
}
