//! What tells a file from what it was when it was read, without reading it again.

use std::fs::Metadata;
use std::io;
use std::time::Duration;

use super::Vault;
use crate::clock::{self, Wall};
use crate::text::{Digest, NotePath};

/// File systems count time in steps of up to two seconds: a file that was changed so shortly
/// before it was read may have been changed again since, with the same stamp.
const STEP: Duration = Duration::from_secs(2);

/// What the system says of a file, beside its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    modified: Option<Wall>,
    /// When anything of it was last changed, its time of modification included: nobody sets
    /// that at will.
    changed: (i64, i64),
    file: Option<FileId>,
    is_fresh: bool,
}

/// What a file is, whatever it is called: device and number on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileId(u64, u64);

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let changed = changed(metadata);
        let is_fresh = [modified, seconds(changed.0)]
            .into_iter()
            .flatten()
            .any(|at| clock::age(at).is_none_or(|age| age < STEP));
        Self { len: metadata.len(), modified, changed, file: file(metadata), is_fresh }
    }

    /// Whether a file that has `now` surely is what it was when it had this stamp.
    pub fn is_surely(&self, now: &Self) -> bool {
        let same = |stamp: &Self| (stamp.len, stamp.modified, stamp.changed, stamp.file);
        !self.is_fresh && same(self) == same(now)
    }

    /// Whether a file that has `now` is the one that had this stamp, under another name perhaps, and
    /// nobody has written to it: the number of a file that is gone may be given to the next.
    pub fn is_moved(&self, now: &Self) -> bool {
        let same = |stamp: &Self| (stamp.len, stamp.modified, stamp.file);
        self.file.is_some() && same(self) == same(now)
    }

    /// Whether the file was changed so shortly before that it may have been changed again since, with
    /// the same stamp.
    pub fn is_fresh(&self) -> bool {
        self.is_fresh
    }

    /// What tells the file at a path as it is from others, and from what it may become.
    pub fn token(&self, path: &NotePath) -> Digest {
        let ahead = |wall: Wall| wall.duration_since(Wall::UNIX_EPOCH).map_err(|before| before.duration());
        let modified = self.modified.map(ahead).map_or([0; 3], |time| match time {
            Ok(since) => [1, since.as_secs(), u64::from(since.subsec_nanos())],
            Err(before) => [2, before.as_secs(), u64::from(before.subsec_nanos())],
        });
        let changed = [self.changed.0.cast_unsigned(), self.changed.1.cast_unsigned()];
        let FileId(device, number) = self.file.unwrap_or(FileId(0, 0));
        let numbers = [self.len, device, number].into_iter().chain(modified).chain(changed);
        let mut bytes = Vec::with_capacity(64 + path.as_str().len());
        numbers.for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
        bytes.extend_from_slice(path.as_str().as_bytes());
        Digest::of(&bytes)
    }

    /// Which file it is, where the system says so.
    pub fn file(&self) -> Option<FileId> {
        self.file
    }

    /// How long ago its content was changed, as it says. A time to come is none: then, how long ago anything
    /// of it was.
    pub fn age(&self) -> Option<Duration> {
        self.modified.and_then(clock::age).or_else(|| seconds(self.changed.0).and_then(clock::age))
    }
}

impl Vault {
    /// The stamp of a file as it is now; none where there is no file.
    pub fn stamp(&self, path: &NotePath) -> Option<Stamp> {
        let metadata = std::fs::metadata(self.on_disk(path)).ok()?;
        metadata.is_file().then(|| Stamp::of(&metadata))
    }

    /// Which folder stands at the vault's place now.
    ///
    /// # Errors
    /// Where none does, or the system does not let it be seen.
    pub fn identity(&self) -> io::Result<Option<FileId>> {
        let metadata = std::fs::metadata(self.root())?;
        if metadata.is_dir() { Ok(file(&metadata)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }
}

impl Vault {
    /// Whether the vault lies on a file system whose changes by other machines nobody tells.
    #[cfg(target_os = "linux")]
    pub fn is_remote(&self) -> bool {
        /// NFS, SMB, CIFS, SMB2, 9P, FUSE, Ceph, AFS, VirtualBox shared folders: `statfs(2)`.
        const REMOTE: [u64; 9] = [
            0x6969,
            0x517b,
            0xff53_4d42,
            0xfe53_4d42,
            0x0102_1997,
            0x6573_5546,
            0x00c3_6400,
            0x5346_414f,
            0x786f_4256,
        ];
        #[allow(
            clippy::cast_sign_loss,
            clippy::unnecessary_cast,
            reason = "its type differs between systems"
        )]
        let kind = rustix::fs::statfs(self.root()).map(|fs| fs.f_type as u64 & 0xffff_ffff);
        kind.is_ok_and(|kind| REMOTE.contains(&kind))
    }

    /// Whether the vault lies on a file system whose changes by other machines nobody tells.
    #[cfg(not(target_os = "linux"))]
    pub fn is_remote(&self) -> bool {
        false
    }
}

/// A time as the system counts it.
fn seconds(since: i64) -> Option<Wall> {
    u64::try_from(since).ok().and_then(|since| Wall::UNIX_EPOCH.checked_add(Duration::from_secs(since)))
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(unix)]
fn file(metadata: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    Some(FileId(metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64) {
    (0, 0)
}

#[cfg(not(unix))]
fn file(_: &Metadata) -> Option<FileId> {
    None
}
