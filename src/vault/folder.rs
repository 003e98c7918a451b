//! One folder held open, and files in it by their bare names.
//!
//! What is done in it is done in the folder that was opened, whatever is moved or linked in its
//! place meanwhile.

use std::ffi::OsStr;
use std::fs::File;
use std::io;

/// How a file takes another's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// Nothing may stand there.
    New,
    /// The two change places, so that what stood there is not lost.
    Exchange,
    /// What stands there is gone.
    Over,
}

#[cfg(unix)]
mod system {
    use rustix::fs::{Access, AtFlags, Mode, OFlags, RenameFlags, accessat, openat, renameat_with, unlinkat};
    use rustix::io::{Errno, retry_on_intr};

    use super::{File, Move, OsStr, io};

    /// A folder held open.
    #[derive(Debug)]
    pub struct Folder(std::os::fd::OwnedFd);

    impl Folder {
        pub fn new(dir: std::os::fd::OwnedFd) -> Self {
            Self(dir)
        }

        /// Opens a file for reading; a link is not followed, a pipe not waited for.
        pub fn open(&self, name: &OsStr) -> io::Result<File> {
            let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
            Ok(File::from(retry_on_intr(|| openat(&self.0, name, flags, Mode::empty()))?))
        }

        /// Opens a file for writing in place, as it is.
        pub fn open_to_write(&self, name: &OsStr) -> io::Result<File> {
            let flags = OFlags::WRONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
            Ok(File::from(retry_on_intr(|| openat(&self.0, name, flags, Mode::empty()))?))
        }

        /// Makes a file that nobody else may read yet.
        pub fn create(&self, name: &OsStr) -> io::Result<File> {
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC | OFlags::NOFOLLOW;
            Ok(File::from(retry_on_intr(|| openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR))?))
        }

        /// Whether this process may write to a file.
        pub fn may_write(&self, name: &OsStr) -> io::Result<()> {
            Ok(retry_on_intr(|| accessat(&self.0, name, Access::WRITE_OK, AtFlags::EACCESS))?)
        }

        /// Whether this process may make files in the folder.
        pub fn may_create(&self) -> io::Result<()> {
            let access = Access::WRITE_OK | Access::EXEC_OK;
            Ok(retry_on_intr(|| accessat(&self.0, ".", access, AtFlags::EACCESS))?)
        }

        pub fn rename(&self, from: &OsStr, to: &OsStr, how: Move) -> io::Result<()> {
            let flags = match how {
                Move::New => RenameFlags::NOREPLACE,
                Move::Exchange => RenameFlags::EXCHANGE,
                Move::Over => RenameFlags::empty(),
            };
            match retry_on_intr(|| renameat_with(&self.0, from, &self.0, to, flags)) {
                // Not every file system knows how to exchange two files.
                Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) if how != Move::Over => {
                    Err(io::ErrorKind::Unsupported.into())
                }
                result => Ok(result?),
            }
        }

        /// A second name for a file, where none of that name is.
        pub fn link(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
            Ok(retry_on_intr(|| rustix::fs::linkat(&self.0, from, &self.0, to, AtFlags::empty()))?)
        }

        pub fn remove(&self, name: &OsStr) -> io::Result<()> {
            Ok(retry_on_intr(|| unlinkat(&self.0, name, AtFlags::empty()))?)
        }

        /// Makes what was renamed last. File systems that cannot sync a folder have no need to.
        pub fn sync(&self) -> io::Result<()> {
            match retry_on_intr(|| rustix::fs::fsync(&self.0)) {
                Err(Errno::INVAL | Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
                result => Ok(result?),
            }
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::path::PathBuf;

    use super::{File, Move, OsStr, io};

    /// A folder by its path.
    #[derive(Debug)]
    pub struct Folder(PathBuf);

    impl Folder {
        pub fn new(dir: PathBuf) -> Self {
            Self(dir)
        }

        pub fn open(&self, name: &OsStr) -> io::Result<File> {
            File::open(self.0.join(name))
        }

        pub fn open_to_write(&self, name: &OsStr) -> io::Result<File> {
            File::options().write(true).open(self.0.join(name))
        }

        pub fn create(&self, name: &OsStr) -> io::Result<File> {
            File::options().write(true).create_new(true).open(self.0.join(name))
        }

        pub fn may_write(&self, name: &OsStr) -> io::Result<()> {
            self.open_to_write(name).map(|_| ())
        }

        pub fn may_create(&self) -> io::Result<()> {
            Ok(())
        }

        pub fn rename(&self, from: &OsStr, to: &OsStr, how: Move) -> io::Result<()> {
            match how {
                Move::New | Move::Exchange => Err(io::ErrorKind::Unsupported.into()),
                Move::Over => std::fs::rename(self.0.join(from), self.0.join(to)),
            }
        }

        pub fn link(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
            std::fs::hard_link(self.0.join(from), self.0.join(to))
        }

        pub fn remove(&self, name: &OsStr) -> io::Result<()> {
            std::fs::remove_file(self.0.join(name))
        }

        pub fn sync(&self) -> io::Result<()> {
            Ok(())
        }
    }
}

pub(super) use system::Folder;
