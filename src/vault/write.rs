//! One file replaced as a whole, or not at all.
//!
//! A new file is written beside the old one, made to last, and then the two change places, so
//! that whatever stood there at that moment is still at hand: if it is not what was read,
//! somebody saved in between, and theirs is put back.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::folder::{Folder, Move};
use super::temporary::{PREFIX, SUFFIX, Temporary};
use super::{Deed, DiskError, OffLimits, Vault, attributes};
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

/// How sure it is that what was written outlives a power failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// The system says that it does.
    Certain,
    /// The file is written, but the system could not say that its folder is.
    Unknown,
}

/// Why a file was not replaced. It is what it was before.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It is no longer what it was when it was read: read again, and decide again.
    #[error("{0} changed meanwhile")]
    Stale(NotePath),
    /// It has several names on the disk: a new file in its place would take one of them away.
    #[error("{} has several names", _0.display())]
    HardLinked(PathBuf),
    /// Its owner, mode or attributes cannot be kept with a new file in its place.
    #[error("{}: {source}", path.display())]
    Attributes {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Whoever saves over a file again and again at the very moment it is replaced wins after so many turns.
const TURNS: usize = 8;

/// How long an editor that has opened a file takes at most to write to it.
pub const MOMENT: Duration = Duration::from_millis(20);

/// A file that was replaced, still held: who had it open may write to it after it was.
#[derive(Debug)]
pub(super) struct Displaced {
    path: NotePath,
    file: File,
    content: Digest,
}

/// A file's place: the folder, held open, and the name in it.
struct Spot {
    folder: Folder,
    name: OsString,
    place: PathBuf,
}

impl Spot {
    fn failed(&self, source: io::Error) -> DiskError {
        DiskError::new(Deed::Write, &self.place, source)
    }

    /// What stands there now, if anything does.
    fn open(&self) -> Result<Option<(File, Metadata)>, DiskError> {
        match self.folder.open(&self.name).and_then(|file| Ok((file.metadata()?, file))) {
            Ok((metadata, file)) if metadata.is_file() => Ok(Some((file, metadata))),
            Ok(_) => Err(self.failed(OffLimits::NoFile.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(DiskError::new(Deed::Read, &self.place, error)),
        }
    }

    /// What stands there, if it is what was read.
    fn check(&self, base: Base, path: &NotePath) -> Result<File, WriteError> {
        let Some((mut file, _)) = self.open()? else { return Err(stale(path)) };
        let now = content(&mut file).map_err(|e| DiskError::new(Deed::Read, &self.place, e))?;
        if Base::Content(now) == base { Ok(file) } else { Err(stale(path)) }
    }
}

impl Vault {
    /// Replaces a file with `bytes`, if it still is what it was; keeps its owner, permissions
    /// and attributes. A linked file is written at its target, inside the vault only.
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
    ) -> Result<Durability, WriteError> {
        let spot = self.spot(path, base == Base::Missing)?;
        self.put(&spot, path, base, bytes, mode)?;
        Ok(durability(&spot))
    }

    /// As [`Vault::replace`], for one of many: whether their folders outlive a power failure is for
    /// [`Vault::settle`] to say.
    ///
    /// # Errors
    /// As [`Vault::replace`].
    pub fn replace_unsettled(
        &self,
        path: &NotePath,
        base: Base,
        bytes: &[u8],
        mode: WriteMode,
    ) -> Result<(), WriteError> {
        let spot = self.spot(path, base == Base::Missing)?;
        self.put(&spot, path, base, bytes, mode)
    }

    /// Makes what was written to these places last: each folder once.
    pub fn settle<'p>(&self, paths: impl Iterator<Item = &'p NotePath>) -> Durability {
        let mut known: HashSet<PathBuf> = HashSet::new();
        let mut all = Durability::Certain;
        for path in paths {
            let place = self.on_disk(path);
            // A link leads into another folder.
            let folder = if place.is_symlink() { Some(place.as_path()) } else { place.parent() };
            if !known.insert(folder.unwrap_or(self.root()).to_owned()) {
                continue;
            }
            if !self.spot(path, false).is_ok_and(|spot| durability(&spot) == Durability::Certain) {
                all = Durability::Unknown;
            }
        }
        all
    }

    fn put(
        &self,
        spot: &Spot,
        path: &NotePath,
        base: Base,
        bytes: &[u8],
        mode: WriteMode,
    ) -> Result<(), WriteError> {
        let Some((known, metadata)) = self.is_replaceable(spot, mode)? else {
            return if base == Base::Missing { create(spot, bytes, path) } else { Err(stale(path)) };
        };
        let Base::Content(content) = base else { return Err(stale(path)) };
        if mode == WriteMode::InPlace {
            spot.check(base, path)?;
            return Ok(write_in_place(spot, bytes).map_err(|e| spot.failed(e))?);
        }
        let mut temporary = Temporary::create(&spot.folder).map_err(|e| spot.failed(e))?;
        temporary.file.write_all(bytes).map_err(|e| spot.failed(e))?;
        attributes::keep(&known, &metadata, &temporary.file)
            .map_err(|source| WriteError::Attributes { path: spot.place.clone(), source })?;
        // What failed once may seem to succeed the second time with the data gone: never again.
        temporary.file.sync_all().map_err(|e| spot.failed(e))?;
        let checked = spot.check(base, path)?;
        let file = match spot.folder.rename(&temporary.name, &spot.name, Move::Exchange) {
            Ok(()) => displaced(spot, &temporary, base, path)?,
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                spot.folder.rename(&temporary.name, &spot.name, Move::Over).map_err(|e| spot.failed(e))?;
                checked
            }
            Err(error) => return Err(spot.failed(error).into()),
        };
        self.displaced().push(Displaced { path: path.clone(), file, content });
        Ok(())
    }

    /// Removes a file that still has the content that goen gave it.
    ///
    /// # Errors
    /// [`WriteError::Stale`] where somebody has changed it: it stays; else what the disk says.
    pub fn remove(&self, path: &NotePath, known: Digest) -> Result<(), WriteError> {
        let spot = self.spot(path, false)?;
        spot.check(Base::Content(known), path)?;
        // Whoever saves at this very moment saves into a file that is looked at once more.
        let aside = OsString::from(format!("{PREFIX}{}-gone{SUFFIX}", std::process::id()));
        let failed = |source| DiskError::new(Deed::Remove, &spot.place, source);
        let _ = spot.folder.remove(&aside);
        spot.folder.rename(&spot.name, &aside, Move::Over).map_err(failed)?;
        let is_known = spot.folder.open(&aside).and_then(|mut file| content(&mut file)).ok() == Some(known);
        if !is_known {
            spot.folder.link(&aside, &spot.name).map_err(failed)?;
        }
        spot.folder.remove(&aside).map_err(failed)?;
        if is_known { Ok(()) } else { Err(stale(path)) }
    }

    /// Whether a note could be written at all, without writing.
    ///
    /// # Errors
    /// As [`Vault::replace`].
    pub fn could_replace(&self, path: &NotePath, mode: WriteMode) -> Result<(), WriteError> {
        let spot = self.spot(path, false)?;
        self.is_replaceable(&spot, mode)?;
        if mode == WriteMode::Replace {
            spot.folder.may_create().map_err(|e| spot.failed(e))?;
        }
        Ok(())
    }

    /// What stands at a place, if goen may put something else there.
    fn is_replaceable(&self, spot: &Spot, mode: WriteMode) -> Result<Option<(File, Metadata)>, WriteError> {
        let Some((file, metadata)) = spot.open()? else { return Ok(None) };
        // root may write anything: whoever took the right to write away meant something by it.
        if metadata.permissions().readonly() {
            return Err(spot.failed(io::ErrorKind::PermissionDenied.into()).into());
        }
        spot.folder.may_write(&spot.name).map_err(|e| spot.failed(e))?;
        if mode == WriteMode::Replace && attributes::is_hard_linked(&metadata) {
            return Err(WriteError::HardLinked(spot.place.clone()));
        }
        Ok(Some((file, metadata)))
    }

    /// Lets go of a file that was replaced: nobody's words are in the one before.
    pub fn let_go(&self, path: &NotePath) {
        self.displaced().retain(|displaced| displaced.path != *path);
    }

    /// Looks once more, after a moment, at the files that were replaced: what somebody who had
    /// one of them open has written to it since, by path. They are let go afterwards.
    pub fn look_back(&self) -> Vec<(NotePath, Vec<u8>)> {
        if !self.displaced().is_empty() {
            std::thread::sleep(MOMENT);
        }
        self.look_back_now()
    }

    /// As [`Vault::look_back`], for those who have let the moment ([`MOMENT`]) pass themselves.
    pub fn look_back_now(&self) -> Vec<(NotePath, Vec<u8>)> {
        let displaced = std::mem::take(&mut *self.displaced());
        let written = displaced.into_iter().filter_map(|mut displaced| {
            if content_again(&mut displaced.file).ok() == Some(displaced.content) {
                return None;
            }
            let bytes = settled(&mut displaced.file)?;
            (Digest::of(&bytes) != displaced.content).then_some((displaced.path, bytes))
        });
        written.collect()
    }

    /// The folder and name under which a file is written: at a link's target, which must lie
    /// inside the vault. `make` makes the folders that are missing.
    fn spot(&self, path: &NotePath, make: bool) -> Result<Spot, DiskError> {
        let place = self.on_disk(path);
        let refuse = |source| DiskError::new(Deed::Write, &place, source);
        let real = match place.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !place.is_symlink() => {
                let folder = place.parent().unwrap_or(self.root());
                // No folder is made but below one that lies inside.
                let there = folder.ancestors().find_map(|folder| folder.canonicalize().ok());
                if make && there.is_some_and(|there| there.starts_with(self.root())) {
                    std::fs::create_dir_all(folder).map_err(refuse)?;
                }
                let name = place.file_name().unwrap_or_default();
                folder.canonicalize().map_err(refuse)?.join(name)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(refuse(OffLimits::Dangling.into()));
            }
            Err(error) => return Err(refuse(error)),
        };
        let inside = real.strip_prefix(self.root());
        let inside = inside.map_err(|_| refuse(OffLimits::Outside.into()))?;
        let name = inside.file_name().unwrap_or(OsStr::new("")).to_owned();
        let folder = inside.parent().unwrap_or(Path::new(""));
        let folder = self.beneath.folder(folder).map_err(refuse)?;
        Ok(Spot { folder, name, place: real })
    }
}

/// The content of a file that somebody may be writing to, once it stays the same for a moment.
fn settled(file: &mut File) -> Option<Vec<u8>> {
    const LOOKS: usize = 50;
    let mut last: Option<Vec<u8>> = None;
    for _ in 0..LOOKS {
        let mut bytes = Vec::new();
        file.rewind().ok()?;
        file.read_to_end(&mut bytes).ok()?;
        let len = bytes.len();
        if last.replace(bytes).is_some_and(|last| last.len() == len) && len > 0 {
            break;
        }
        std::thread::sleep(MOMENT);
    }
    last
}

fn stale(path: &NotePath) -> WriteError {
    WriteError::Stale(path.clone())
}

/// A file where none was.
fn create(spot: &Spot, bytes: &[u8], path: &NotePath) -> Result<(), WriteError> {
    let mut temporary = Temporary::create(&spot.folder).map_err(|e| spot.failed(e))?;
    temporary.file.write_all(bytes).map_err(|e| spot.failed(e))?;
    attributes::as_usual(&temporary.file).map_err(|e| spot.failed(e))?;
    temporary.file.sync_all().map_err(|e| spot.failed(e))?;
    let moved = match spot.folder.rename(&temporary.name, &spot.name, Move::New) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            spot.folder.link(&temporary.name, &spot.name)
        }
        result => result,
    };
    match moved {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(stale(path)),
        Err(error) => Err(spot.failed(error).into()),
    }
}

/// After an exchange the temporary name holds what stood there. If that is not what was read,
/// somebody saved in between: theirs goes back, and whatever they saved meanwhile after it.
fn displaced(
    spot: &Spot,
    temporary: &Temporary<'_>,
    base: Base,
    path: &NotePath,
) -> Result<File, WriteError> {
    let under_temporary_name = || spot.folder.open(&temporary.name);
    // What cannot be read is taken for somebody's: putting it back loses nothing.
    if let Ok(mut file) = under_temporary_name()
        && content(&mut file).ok().map(Base::Content) == Some(base)
    {
        return Ok(file);
    }
    let file_identity = |file: File| file.metadata().map(|metadata| identity(&metadata));
    let mut there = temporary.file.metadata().ok().as_ref().map(identity);
    for _ in 0..TURNS {
        let put = under_temporary_name().and_then(file_identity).ok();
        spot.folder.rename(&temporary.name, &spot.name, Move::Exchange).map_err(|e| spot.failed(e))?;
        // What came back is what was thought to be there: nobody saved meanwhile.
        if under_temporary_name().and_then(file_identity).ok() == there {
            break;
        }
        there = put;
    }
    Err(stale(path))
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> (u64, String) {
    (metadata.len(), format!("{:?}", metadata.modified().ok()))
}

fn content_again(file: &mut File) -> io::Result<Digest> {
    file.rewind()?;
    content(file)
}

fn content(file: &mut File) -> io::Result<Digest> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Digest::of(&bytes))
}

/// Writes over a file without making it empty first, so that who reads meanwhile finds text.
fn write_in_place(spot: &Spot, bytes: &[u8]) -> io::Result<()> {
    let mut file = spot.folder.open_to_write(&spot.name)?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

fn durability(spot: &Spot) -> Durability {
    if spot.folder.sync().is_ok() { Durability::Certain } else { Durability::Unknown }
}
