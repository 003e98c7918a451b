//! One file that git hands over to be merged: a note, the page, the calendar beside it, or what is none.
//!
//! What `note::merge` and `page::merge` leave open goes to git's merge of lines, and so does a file
//! of which they can tell nothing. The result takes the place of our version as a whole.

use std::fs;
use std::path::{Path, PathBuf};

use super::open::around;
use crate::exchange::own::Format;
use crate::note::merge::{self as notes, Outcome, Sides};
use crate::page;
use crate::text::NotePath;
use crate::vault::{self, Deed, DiskError, DriverError, MAX_BYTES, Texts, named};

/// The files of a merge, as git's driver protocol names them.
#[derive(Debug, Clone)]
pub struct Versions {
    /// What both versions grew out of; empty where both made the file.
    pub base: PathBuf,
    /// Our version. The result is written over it.
    pub ours: PathBuf,
    /// The version that comes in.
    pub theirs: PathBuf,
    /// How many characters a conflict's markers have.
    pub marker: Option<u32>,
    /// Where the file belongs, from the top of the working tree.
    pub path: Option<String>,
    /// What the base, our version and the other are called at a conflict.
    pub labels: [Option<String>; 3],
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// Both versions are in it.
    Whole,
    /// There are places with markers for somebody to decide.
    Conflict,
    /// It is no text: our version stays, and somebody has to choose.
    NoText,
}

/// Why there is no result. Our version is what it was.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// Git did.
    #[error(transparent)]
    Git(DriverError),
}

/// Merges the files; `here` is the top of the working tree.
///
/// # Errors
/// See [`MergeError`].
pub fn merge(versions: &Versions, here: &Path) -> Result<Merged, MergeError> {
    let files = Sides { base: &versions.base, ours: &versions.ours, theirs: &versions.theirs };
    let read = |file: &PathBuf| {
        let failed = |source| DiskError { deed: Deed::Read, path: file.clone(), source };
        fs::read(file).map_err(failed)
    };
    let bytes = Sides { base: read(files.base)?, ours: read(files.ours)?, theirs: read(files.theirs)? };
    let decided = match calendar(&bytes) {
        Some(whole) => Some(Outcome::Merged(whole.to_owned())),
        None => texts(&bytes).and_then(|texts| decide(texts, versions, here)),
    };
    let (result, is_open) = match decided {
        Some(Outcome::Merged(text)) => (text.into_bytes(), false),
        Some(Outcome::Open(sides)) => {
            by_lines(sides.as_ref().map(|text: &String| text.as_bytes()), versions, here)?
        }
        None => match by_lines(bytes.as_ref().map(|bytes: &Vec<u8>| bytes.as_slice()), versions, here) {
            Err(MergeError::Git(DriverError::NoLines)) => return Ok(Merged::NoText),
            result => result?,
        },
    };
    if result != bytes.ours {
        named::put(&versions.ours, &result)?;
    }
    Ok(if is_open { Merged::Conflict } else { Merged::Whole })
}

/// Of two calendars that goen wrote one, as a whole, the same whichever of them is ours: lines of both are
/// no calendar of any day, and the next update writes it anew from the notes.
fn calendar(bytes: &Sides<Vec<u8>>) -> Option<&str> {
    let sides = [&bytes.ours, &bytes.theirs];
    let are_own = sides.iter().all(|side| !side.is_empty() && Format::Ics.is_own(side));
    let whole = are_own.then(|| sides.into_iter().max())??;
    std::str::from_utf8(whole).ok()
}

/// The versions as texts, if all of them are texts that goen reads.
fn texts(bytes: &Sides<Vec<u8>>) -> Option<Sides<&str>> {
    let text = |bytes: &'_ Vec<u8>| {
        let fits = u64::try_from(bytes.len()).is_ok_and(|len| len <= MAX_BYTES) && !bytes.contains(&0);
        fits.then_some(())
    };
    [&bytes.base, &bytes.ours, &bytes.theirs].into_iter().map(text).collect::<Option<Vec<()>>>()?;
    Some(Sides {
        base: std::str::from_utf8(&bytes.base).ok()?,
        ours: std::str::from_utf8(&bytes.ours).ok()?,
        theirs: std::str::from_utf8(&bytes.theirs).ok()?,
    })
}

fn decide(texts: Sides<&str>, versions: &Versions, here: &Path) -> Option<Outcome> {
    let path = versions.path.as_deref().unwrap_or("note.md");
    let around = around(&here.join(path))?;
    // A note may show what a page looks like, or be a copy of one: where the file is, it is told.
    let may_be_page = around.is_page || versions.path.is_none();
    if may_be_page && page::read(texts.ours).is_ok() && page::read(texts.theirs).is_ok() {
        return page::merge(&NotePath::new(path), texts, &around.dialect);
    }
    notes::merge(&NotePath::new(path), texts, &around.dialect)
}

fn by_lines(sides: Sides<&[u8]>, versions: &Versions, here: &Path) -> Result<(Vec<u8>, bool), MergeError> {
    let [base, ours, theirs] = &versions.labels;
    let labels = [
        ours.as_deref().unwrap_or("ours"),
        base.as_deref().unwrap_or("base"),
        theirs.as_deref().unwrap_or("theirs"),
    ];
    let Sides { base, ours, theirs } = sides;
    let texts = Texts { ours, base, theirs, labels, marker: versions.marker };
    vault::merge_file(here, texts).map_err(MergeError::Git)
}
