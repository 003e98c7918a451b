//! What is different since somebody last looked, so that what follows from the notes need not be
//! worked out anew for all of them.

use std::collections::VecDeque;

use super::names::name_keys;
use super::{Id, Index, group};
use crate::note::person::Person;
use crate::note::task::Task;
use crate::note::{Kind, Mention, Note};
use crate::text::NotePath;

use super::Tie;

/// So many touched notes are remembered; who looks less often looks at all of them.
const REMEMBERED: usize = 4096;

/// Where a note stands in the index, as long as no note comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub(super) Id);

/// A moment in the history of one index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    touches: u64,
    shape: u64,
}

/// The latest changes.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    now: Mark,
    /// The notes touched last, the newest last.
    touched: VecDeque<Id>,
}

impl History {
    /// Notes have come or gone, have other names, or what is read for everybody is different.
    pub(super) fn reshape(&mut self) {
        self.now.shape += 1;
        self.touched.clear();
    }

    /// What is known of a note, or of the tie to its person, may be different.
    pub(super) fn touch(&mut self, id: Id) {
        self.now.touches += 1;
        self.touched.push_back(id);
        if self.touched.len() > REMEMBERED {
            self.touched.pop_front();
        }
    }
}

/// Whom it concerns that a note says something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reaches {
    /// Itself alone.
    Itself,
    /// Those it links to, too.
    TheLinked,
    /// Whoever links to it, or shares a name with it.
    Everybody,
}

impl Reaches {
    pub(super) fn of(old: &Note, new: &Note) -> Self {
        let is_alike = group(&old.kind) == group(&new.kind) && name_keys(old).eq(name_keys(new));
        if !is_alike {
            return Self::Everybody;
        }
        let meant = |note: &Note| match &note.kind {
            Kind::Dated(day) => Some(*day),
            _ => None,
        };
        let events = |note: &Note| matches!(note.kind, Kind::Event(_));
        let same_links = old.links.len() == new.links.len()
            && old.links.iter().zip(&new.links).all(|(a, b)| is_same_link(a, b));
        let same_tasks = old.tasks.len() == new.tasks.len()
            && old.tasks.iter().zip(&new.tasks).all(|(a, b)| is_same_task(a, b));
        let same_event = !events(old) || old.kind == new.kind;
        if same_links && same_tasks && same_event && meant(old) == meant(new) {
            Self::Itself
        } else {
            Self::TheLinked
        }
    }
}

/// Whether two links say the same, wherever they stand.
fn is_same_link(a: &Mention, b: &Mention) -> bool {
    (&a.target, a.markdown, a.counts) == (&b.target, b.markdown, b.counts)
}

/// Whether two tasks say the same, wherever they stand.
fn is_same_task(a: &Task, b: &Task) -> bool {
    let place = |task: &Task| (task.line, task.span);
    let at = place(a);
    *a == Task { line: at.0, span: at.1, ..b.clone() }
}

/// Whether a note of this kind is read for everybody's sake: what somebody may be written about,
/// or what is true of the user.
pub(super) fn is_for_all(kind: &Kind) -> bool {
    match kind {
        Kind::Event(_) | Kind::Org(_) | Kind::Trip(_) | Kind::Clip(_) | Kind::Me(_) => true,
        Kind::Person(_) | Kind::Dated(_) | Kind::Skipped(_) | Kind::Other(_) => false,
    }
}

impl Index {
    /// Where its history stands.
    pub fn mark(&self) -> Mark {
        self.history.now
    }

    /// Whether the same notes are here as at a moment, under the same names, and what is read for
    /// everybody's sake says the same.
    pub fn has_shape_of(&self, mark: Mark) -> bool {
        self.history.now.shape == mark.shape
    }

    /// The notes that may be different since a moment; none where that could be any.
    pub fn touched_since(&self, mark: Mark) -> Option<impl Iterator<Item = Slot>> {
        let now = self.history.now;
        let count = usize::try_from(now.touches.checked_sub(mark.touches)?).ok()?;
        let from = self.history.touched.len().checked_sub(count)?;
        self.has_shape_of(mark).then(|| self.history.touched.iter().skip(from).map(|id| Slot(*id)))
    }

    /// Where all people stand, in the order of their paths.
    pub fn people_slots(&self) -> impl Iterator<Item = Slot> {
        self.of_group(super::Group::Person).map(|(id, _)| Slot(id))
    }

    /// Where a note stands.
    pub fn slot_of(&self, path: &NotePath) -> Option<Slot> {
        self.by_path.get(path).copied().map(Slot)
    }

    /// The note that stands somewhere.
    pub fn note_in(&self, slot: Slot) -> Option<&Note> {
        self.at(slot.0)
    }

    /// The person that stands somewhere.
    pub fn person_in(&self, slot: Slot) -> Option<(&Note, &Person, &Tie)> {
        let note = self.at(slot.0)?;
        Some((note, note.person()?, self.ties.get(slot.0 as usize)?.as_ref()?))
    }
}
