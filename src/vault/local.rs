//! What goen keeps on this machine alone, outside the vault: a lock, what notes were before it changed
//! them, and what it answered the last time. Losing it loses no fact. The one door to where the system
//! keeps such things.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;

use super::{Deed, DiskError, Stamp, Vault};
use crate::text::{Digest, NotePath, short_hash};

/// How long somebody else's writing is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The folder for one vault's local state.
#[derive(Debug)]
pub struct LocalState {
    dir: PathBuf,
}

/// Held while notes are written, so that two programs do not take turns on one note.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "the lock is held as long as the file is open")] File);

/// Where programs keep what they would not sync: the folder of all of them.
pub fn state_home() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    let dir = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    // As one would write it, without a `/` behind.
    Some(dir.components().collect())
}

/// Where programs keep their settings: the folder of all of them.
pub fn config_home() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir())
}

/// The user's own folder.
pub fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok()
}

/// What tells this program from one that was built before or after it.
pub fn program() -> Option<Digest> {
    let metadata = fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some(Stamp::of(&metadata).token(&NotePath::new("")))
}

/// What tells one vault of this machine from the others, for names that take no more than
/// ASCII letters, digits and `-`: what is left of the folder's name, and a hash of its path.
pub fn slug(root: &Path) -> String {
    let (name, hash) = apart(root, |c| c.is_ascii_alphanumeric());
    match name.trim_matches('-') {
        "" => hash,
        name => format!("{name}-{hash}"),
    }
}

/// The letters of a vault's name that may stay, and a short hash of its whole path.
fn apart(root: &Path, stays: impl Fn(char) -> bool) -> (String, String) {
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    let name = name.chars().filter(|c| stays(*c) || *c == '-').take(40).collect();
    (name, short_hash(&[&root.to_string_lossy()]))
}

impl Vault {
    /// The folder of this vault's local state; none where the system has no place for it.
    pub fn local(&self) -> Option<LocalState> {
        LocalState::of(self.root())
    }
}

impl LocalState {
    /// The folder of the local state of a vault by its real path, whether or not it is there.
    pub fn of(root: &Path) -> Option<Self> {
        Self::below(state_home()?, root)
    }

    /// The folder of what only saves time, and may be deleted whenever somebody likes.
    pub fn of_cache(root: &Path) -> Option<Self> {
        Self::below(etcetera::choose_base_strategy().ok()?.cache_dir(), root)
    }

    /// The folder of a vault below one of all programs.
    fn below(home: PathBuf, root: &Path) -> Option<Self> {
        let (name, hash) = apart(root, char::is_alphanumeric);
        let dir = home.join("goen").join(format!("{name}-{hash}"));
        // Whoever keeps notes in the home folder itself: the vault holds nothing of goen's own.
        let there = dir.ancestors().find_map(|folder| folder.canonicalize().ok())?;
        (!there.starts_with(root)).then_some(Self { dir })
    }

    /// Where it lies.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Waits until nobody else writes to the vault's notes. Without a place for the lock
    /// nothing is held: what is written is compared before it takes its place anyway.
    ///
    /// # Errors
    /// Where somebody holds it for too long.
    pub fn lock(&self) -> Result<Option<Lock>, DiskError> {
        const STEP: Duration = Duration::from_millis(10);
        let path = self.dir.join("write.lock");
        let open = || lockable().open(&path);
        let opened = open().or_else(|_| self.make().and_then(|()| open()));
        let Ok(file) = opened else { return Ok(None) };
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Lock(file))),
                Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                    std::thread::sleep(STEP);
                    waited += STEP;
                }
                Err(TryLockError::WouldBlock) => {
                    let source = io::Error::new(io::ErrorKind::WouldBlock, "another goen is writing");
                    return Err(DiskError::new(Deed::Write, path, source));
                }
                Err(TryLockError::Error(_)) => return Ok(None),
            }
        }
    }

    /// Keeps the vault for one daemon alone, as long as what it gives is held; else says who keeps
    /// it. Without a place for the lock nothing is held.
    ///
    /// # Errors
    /// What the system says of the lock.
    pub fn stay(&self) -> Result<Result<Option<Lock>, String>, DiskError> {
        let path = self.dir.join("watch.lock");
        let failed = |source| DiskError::new(Deed::Write, &path, source);
        let opened = self.make().and_then(|()| lockable().open(&path));
        let Ok(mut file) = opened else { return Ok(Ok(None)) };
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(failed)?;
                Ok(Ok(Some(Lock(file))))
            }
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path).map_err(failed)?;
                Ok(Err(holder.trim().to_owned()))
            }
            Err(TryLockError::Error(_)) => Ok(Ok(None)),
        }
    }

    /// Keeps a text under a name, for this user's eyes only.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep(&self, name: &str, text: &str) -> io::Result<()> {
        self.make()?;
        let mut temporary = tempfile::Builder::new().prefix(".").tempfile_in(&self.dir)?;
        temporary.write_all(text.as_bytes())?;
        temporary.persist(self.dir.join(name)).map_err(|error| error.error)?;
        Ok(())
    }

    /// The names of what is kept, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().filter_map(Result::ok);
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort_unstable();
        names
    }

    /// What is kept under a name. What is no file is not waited for.
    pub fn read(&self, name: &str) -> Option<String> {
        let path = self.dir.join(name);
        fs::metadata(&path).is_ok_and(|metadata| metadata.is_file()).then(|| fs::read_to_string(path).ok())?
    }

    /// How many bytes are kept under a name.
    pub fn size(&self, name: &str) -> u64 {
        fs::metadata(self.dir.join(name)).map_or(0, |metadata| metadata.len())
    }

    /// Lets go what is kept under a name; that it is gone already is no error.
    pub fn forget(&self, name: &str) {
        let _ = fs::remove_file(self.dir.join(name));
    }

    /// Makes the folder, for this user alone.
    ///
    /// # Errors
    /// What the system says.
    pub fn make(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        // As those who say where such folders lie want it of whoever makes them (XDG Base Directory).
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(&self.dir)?;
        for_this_user_only(&self.dir)
    }
}

/// How a file is opened that is held, and may say who holds it: for this user alone, too.
fn lockable() -> fs::OpenOptions {
    let mut options = File::options();
    options.create(true).append(true).read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn for_this_user_only(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn for_this_user_only(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_for_the_system_is_ascii_and_the_vaults_own() {
        let of = |root: &str| slug(Path::new(root));
        assert_eq!(
            of("/home/a/my notes 100%"),
            format!("mynotes100-{}", short_hash(&["/home/a/my notes 100%"]))
        );
        assert_eq!(of("/home/a/縁-notes"), format!("notes-{}", short_hash(&["/home/a/縁-notes"])));
        assert_eq!(of("/home/a/ご縁"), short_hash(&["/home/a/ご縁"]));
        assert_eq!(of("/"), short_hash(&["/"]));
        assert_ne!(of("/home/a/notes"), of("/home/b/notes"));
    }
}
