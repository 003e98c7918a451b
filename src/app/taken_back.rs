//! What became of taking something back, and what stays as it is and why.

use super::App;
use super::record::{Before, Done, Trouble};
use crate::note::Note;
use crate::note::edit::Fill;
use crate::problem::Obstacle;
use crate::text::NotePath;

/// What became of taking something back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// The notes that are different now.
    pub notes: Vec<Done>,
    /// The lines below the item that had become part of the entry.
    pub said: Vec<String>,
    /// What has changed since, and stays as it is.
    pub left: Vec<Trouble>,
    /// What stays of an import.
    pub stays: Vec<Stay>,
    /// Whether some of it is remembered still, for another try.
    pub is_remembered: bool,
}

/// What stays of an import in a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The note, as the import knew it.
    pub path: NotePath,
    /// Which of its values; none for a note as a whole.
    pub values: Vec<Fill>,
    /// Why.
    pub why: Reason,
}

/// Why something stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Somebody has written something else in its place.
    Changed,
    /// Somebody has written into the new note.
    Edited,
    /// The note has another path now.
    Moved(NotePath),
    /// There is no such note any more, or not just now.
    Gone,
    /// It cannot be read, or not be written.
    Trouble(Obstacle),
}

impl Reason {
    /// Whether another try may take it back: a note with values in it may only be away, on another branch
    /// of git or under another name; a new note that is gone is what was asked for.
    pub(super) fn may_pass(&self, note: &Before) -> bool {
        match self {
            Self::Changed => false,
            Self::Gone => !note.made,
            _ => true,
        }
    }
}

impl App {
    /// Whether an entry was moved from a note by hand: its day still stands there.
    pub(super) fn is_left_behind(&self, was: &NotePath, now: &NotePath, id: &str) -> bool {
        let told = self.index.note(was.as_str()).and_then(Note::person);
        let day = self.entry_of(now, id).map(|entry| entry.day);
        told.is_some_and(|person| person.stated.iter().any(|stated| Some(stated.day) == day))
    }
}
