//! Files for other programs: where one is written, and whether goen may.
//!
//! A file that is not goen's own export stays unless it is asked for by force; a note always does. Leaves
//! what the files say to `exchange`.

use std::path::{Path, PathBuf};

use super::App;
use super::written::Written;
use crate::exchange::calendar::{Detail, Kind, Notes, calendar};
use crate::exchange::own::Format;
use crate::plan::{Agenda, Extent};
use crate::problem::Obstacle;
use crate::text::{Digest, NotePath};
use crate::vault::{Base, Bytes, CONFIG_FILE, DiskError, Durability, Vault, WriteError};

/// A place that a file is to be written to.
#[derive(Debug)]
pub struct Target {
    /// The folder of a file outside the vault; none inside.
    outside: Option<Vault>,
    path: NotePath,
    /// The file as the system knows it.
    place: PathBuf,
    /// What stands there.
    before: Option<Vec<u8>>,
}

impl Target {
    /// What stands there, as text.
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// The file, for words.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// It, if it lies in the vault: a link may lead elsewhere.
    fn inside(self) -> Result<Self, ExportError> {
        if self.outside.is_some() { Err(ExportError::Outside(self.place)) } else { Ok(self) }
    }

    /// Whether what stands there may be written over: nothing, or what goen exported in this format.
    pub fn is_own(&self, format: Format) -> bool {
        self.before.as_deref().is_none_or(|bytes| format.is_own(bytes))
    }
}

/// Why a file was not written; what stands there is what it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It is a note, or the settings.
    #[error("a note")]
    Note(PathBuf),
    /// It is a folder.
    #[error("a folder")]
    Folder(PathBuf),
    /// Its folder, the second, is not there.
    #[error("no folder")]
    NoFolder(PathBuf, PathBuf),
    /// It is a link that leads nowhere, or a device.
    #[error("no file")]
    NoFile(PathBuf),
    /// It is the calendar that is kept up, and would soon tell everything.
    #[error("kept up")]
    KeptUp(PathBuf),
    /// It is something that goen has not exported.
    #[error("not goen's")]
    NotOurs(PathBuf),
    /// It is to be kept in the vault, and a link leads out of it.
    #[error("outside")]
    Outside(PathBuf),
    /// It is too large to be looked at.
    #[error("too large")]
    TooLarge(PathBuf),
    /// Something else is in the way.
    #[error("in the way")]
    Obstacle(PathBuf, Obstacle),
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// What became of a calendar that is kept up.
#[derive(Debug)]
pub struct KeptCalendar {
    /// Where it is.
    pub path: NotePath,
    /// Whether it was written.
    pub written: Result<Written, ExportError>,
    /// What it said before, where it could be read.
    pub before: Option<String>,
    /// What it says.
    pub after: String,
}

impl App {
    /// The calendar of the day.
    pub fn calendar(&self, detail: Detail, kinds: &[Kind]) -> String {
        self.calendar_of(&self.agenda(Extent::Placed), detail, kinds)
    }

    fn calendar_of(&self, agenda: &Agenda, detail: Detail, kinds: &[Kind]) -> String {
        let (index, config, lang) = (&self.index, &self.config, self.lang);
        calendar(&Notes { index, config, agenda, lang, detail }, kinds)
    }

    /// The calendar that is to be kept up (`[export] ics`), where one is.
    pub(super) fn calendar_to_keep(&self, agenda: &Agenda) -> Option<String> {
        self.config.export.ics.as_ref()?;
        Some(self.calendar_of(agenda, Detail::Whole, &Kind::ALL))
    }

    /// Writes the calendar that is kept up, unless it says the same.
    pub(super) fn keep_calendar(&self, text: Option<String>, dry_run: bool) -> Option<KeptCalendar> {
        let (path, after) = (self.config.export.ics.clone()?, text?);
        let target = self.place_of(&self.vault.on_disk(&path)).and_then(Target::inside);
        let before = target.as_ref().ok().and_then(|target| target.before().map(str::to_owned));
        let written = target.and_then(|target| self.export(&target, Format::Ics, &after, false, dry_run));
        // Whoever had the one before open had goen's own: nothing of theirs is lost with it.
        self.vault.let_go(&path);
        Some(KeptCalendar { path, written, before, after })
    }

    /// The place that a file's name means, in a folder that is there.
    ///
    /// # Errors
    /// Where it is a note or the settings, its folder is missing, or what stands there cannot be read.
    pub fn target(&self, file: &Path) -> Result<Target, ExportError> {
        let target = self.place_of(file)?;
        match target.place.parent() {
            Some(folder) if !folder.is_dir() => {
                Err(ExportError::NoFolder(target.place.clone(), folder.to_path_buf()))
            }
            _ => Ok(target),
        }
    }

    /// Whether it is the calendar that is kept up, in which everything is told.
    pub fn is_kept_up(&self, target: &Target) -> bool {
        target.outside.is_none() && self.config.export.ics.as_ref() == Some(&target.path)
    }

    fn place_of(&self, file: &Path) -> Result<Target, ExportError> {
        let place = Vault::real(file)?;
        // A name may lead to a note as well as be one.
        for path in [file, &place] {
            let is_note = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md"));
            if is_note || path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(CONFIG_FILE)) {
                return Err(ExportError::Note(path.to_path_buf()));
            }
        }
        if place.is_dir() {
            return Err(ExportError::Folder(place));
        }
        // A link that leads nowhere, a device.
        if place.is_symlink() || (place.exists() && !place.is_file()) {
            return Err(ExportError::NoFile(place));
        }
        if let Some(inside) = place.strip_prefix(self.vault.root()).ok().and_then(Path::to_str) {
            let path = if cfg!(windows) { inside.replace('\\', "/") } else { inside.to_owned() };
            return self.within(NotePath::new(path), place);
        }
        let folder = place.parent().unwrap_or(&place);
        if !folder.is_dir() {
            return Err(ExportError::NoFolder(place.clone(), folder.to_path_buf()));
        }
        let vault = Vault::open(folder)?;
        let name = place.file_name().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
        let path = NotePath::new(name);
        let before = looked(&vault, &path, &place)?;
        Ok(Target { outside: Some(vault), path, place, before })
    }

    fn within(&self, path: NotePath, place: PathBuf) -> Result<Target, ExportError> {
        let before = looked(&self.vault, &path, &place)?;
        Ok(Target { outside: None, path, place, before })
    }

    /// Writes a file, whole or not at all; what says the same already is not written.
    ///
    /// # Errors
    /// Where something stands there that goen has not exported (unless `force`), or it cannot be written.
    pub fn export(
        &self,
        target: &Target,
        format: Format,
        text: &str,
        force: bool,
        dry_run: bool,
    ) -> Result<Written, ExportError> {
        if !force && !target.is_own(format) {
            return Err(ExportError::NotOurs(target.place.clone()));
        }
        if target.before.as_deref() == Some(text.as_bytes()) {
            return Ok(Written::Unchanged);
        }
        if dry_run {
            return Ok(Written::Would);
        }
        let obstacle = |why| ExportError::Obstacle(target.place.clone(), why);
        let _held = match target.outside {
            Some(_) => None,
            None => self.hold().map_err(|trouble| obstacle(trouble.why))?,
        };
        let vault = target.outside.as_ref().unwrap_or(&self.vault);
        let base = target.before.as_deref().map_or(Base::Missing, |bytes| Base::Content(Digest::of(bytes)));
        match vault.replace(&target.path, base, text.as_bytes(), self.config.write.mode) {
            Ok(Durability::Certain) => Ok(Written::Replaced),
            Ok(Durability::Unknown) => Ok(Written::Uncertain),
            Err(WriteError::Stale(_)) => Err(obstacle(Obstacle::KeepsChanging)),
            Err(WriteError::HardLinked(_)) => Err(obstacle(Obstacle::HardLinked)),
            Err(WriteError::Attributes { source, .. }) => {
                Err(obstacle(Obstacle::Attributes((&source).into())))
            }
            Err(WriteError::Disk(error)) => Err(error.into()),
        }
    }
}

fn looked(vault: &Vault, path: &NotePath, place: &Path) -> Result<Option<Vec<u8>>, ExportError> {
    match vault.read(path)? {
        Bytes::Whole(bytes) => Ok(Some(bytes)),
        Bytes::Missing => Ok(None),
        Bytes::TooLarge => Err(ExportError::TooLarge(place.to_path_buf())),
    }
}
