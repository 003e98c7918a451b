//! Deeds become bytes: a note is read, changed in mind, and replaced if it still is what was read.

use serde::{Deserialize, Serialize};

use super::App;
use crate::deed::Deed;
use crate::index::Change as IndexChange;
use crate::note;
use crate::note::edit::change::{self, Change, Hand};
use crate::page::{self, Written};
use crate::problem::Obstacle;
use crate::text::{Digest, NotePath, Span, Text};
use crate::vault::{Base, Bytes, Durability, Lock, WriteError};

/// A file changes under goen's hands at most this often before it gives up.
pub(super) const TRIES: usize = 5;

/// What was recorded lately is remembered so far back.
const REMEMBERED: usize = 200;
/// Notes may be large: no more than this is kept of what they were.
const REMEMBERED_BYTES: u64 = 64 * 1024 * 1024;

/// Why a deed was not done, or not wholly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The note that stands in the way; empty where nobody knows which.
    pub path: NotePath,
    /// Where in it.
    pub at: Span,
    /// What is the matter.
    pub why: Obstacle,
}

impl Trouble {
    pub(super) fn of_file(path: &NotePath, why: Obstacle) -> Self {
        Self { path: path.clone(), at: Span::default(), why }
    }
}

/// A note that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Which.
    pub path: NotePath,
    /// Its text before.
    pub before: String,
    /// Its text now.
    pub after: String,
    /// Whether the system says that it outlives a power failure.
    pub durable: bool,
}

/// What goen remembers of a deed, to take it back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Memory {
    pub id: Text,
    pub day: chrono::NaiveDate,
    pub name: Text,
    pub said: Vec<String>,
    pub notes: Vec<Before>,
}

/// A note before and after a deed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Before {
    pub path: String,
    pub changes: Vec<Change>,
    pub before: String,
    pub after: String,
    /// Whether there was no such note before.
    #[serde(default)]
    pub made: bool,
}

impl App {
    /// Does a deed: all of its steps, or those before the first that meets trouble. What was
    /// done already is not done again.
    ///
    /// # Errors
    /// Where a note cannot be changed with certainty, or not be written; it is what it was.
    pub fn carry_out(&mut self, deed: &Deed, dry_run: bool) -> Result<Vec<Done>, Trouble> {
        let _held = if dry_run { None } else { self.hold()? };
        for _ in 0..TRIES {
            let planned = self.planned(deed)?;
            // Another goen may have written since the notes were read: what is planned next must
            // know of it, also where nothing is left to do here.
            for (done, _) in &planned {
                self.follow(&done.path, &done.before);
            }
            if planned.iter().all(|(done, _)| done.before == done.after) {
                return Ok(Vec::new());
            }
            let memory = Memory::of(deed, &planned);
            let name = if dry_run { None } else { self.remember(&memory) };
            let mut done = Vec::new();
            let mut trouble = None;
            for (change, _) in planned.into_iter().filter(|(done, _)| done.before != done.after) {
                match self.write(change, dry_run) {
                    Ok(change) => done.push(change),
                    Err(found) => {
                        trouble = Some(found);
                        break;
                    }
                }
            }
            match trouble {
                None => return Ok(done),
                Some(found) => {
                    if done.is_empty()
                        && let (Some(local), Some(name)) = (&self.local, &name)
                    {
                        local.forget(name);
                    }
                    // Somebody saved in between: read again, and decide again.
                    if found.why != Obstacle::KeepsChanging {
                        return Err(found);
                    }
                }
            }
        }
        let path = deed.steps.first().map_or_else(|| self.config.page.file.clone(), |(path, _)| path.clone());
        Err(Trouble::of_file(&path, Obstacle::KeepsChanging))
    }

    /// What every step of a deed makes of its note, without writing.
    ///
    /// # Errors
    /// As [`App::carry_out`].
    fn planned(&self, deed: &Deed) -> Result<Vec<(Done, Vec<Change>)>, Trouble> {
        let hand = Hand { dialect: &self.dialect, lang: self.lang };
        let planned = deed.steps.iter().map(|(path, changes)| {
            let before = self.text_to_change(path)?;
            // An editor empties a note before it writes into it: what was put there would be lost.
            let is_known = |text: &str| {
                self.index.note(path.as_str()).is_none_or(|note| note.digest == Digest::of(text.as_bytes()))
            };
            if before.is_empty() && !is_known(&before) {
                return Err(Trouble::of_file(path, Obstacle::KeepsChanging));
            }
            let (after, made) = change::make_each(path, &before, changes, hand)
                .map_err(|refusal| Trouble { path: path.clone(), at: refusal.at, why: refusal.why })?;
            Ok((Done { path: path.clone(), before, after, durable: true }, made))
        });
        planned.collect()
    }

    /// Whether a deed could be done: nothing is written.
    ///
    /// # Errors
    /// As [`App::carry_out`].
    pub fn could_carry_out(&self, deed: &Deed) -> Result<(), Trouble> {
        for (done, _) in self.planned(deed)? {
            if done.before != done.after {
                self.vault
                    .could_replace(&done.path, self.config.write.mode)
                    .map_err(|error| trouble(&done.path, &error))?;
            }
        }
        Ok(())
    }

    /// Waits until no other goen writes.
    pub(super) fn hold(&self) -> Result<Option<Lock>, Trouble> {
        let held = self.local.as_ref().map_or(Ok(None), |local| local.lock());
        held.map_err(|_| Trouble::of_file(&self.config.page.file, Obstacle::KeepsChanging))
    }

    /// The text of a note that is to be changed.
    pub(super) fn text_to_change(&self, path: &NotePath) -> Result<String, Trouble> {
        if let Some(text) = self.in_mind.get(path) {
            return Ok(text.clone());
        }
        let refuse = |why| Err(Trouble::of_file(path, why));
        match self.vault.read(path) {
            Ok(Bytes::Whole(bytes)) => String::from_utf8(bytes).or_else(|_| refuse(Obstacle::NotText)),
            Ok(Bytes::TooLarge) => refuse(Obstacle::NotText),
            Ok(Bytes::Missing) => refuse(Obstacle::Missing),
            Err(error) => refuse(Obstacle::Disk((&error.source).into())),
        }
    }

    /// Writes a note that was changed in mind; the index follows.
    pub(super) fn write(&mut self, mut change: Done, dry_run: bool) -> Result<Done, Trouble> {
        if dry_run {
            self.in_mind.insert(change.path.clone(), change.after.clone());
        } else {
            let base = Base::Content(Digest::of(change.before.as_bytes()));
            let mode = self.config.write.mode;
            let durability = self
                .vault
                .replace(&change.path, base, change.after.as_bytes(), mode)
                .map_err(|error| trouble(&change.path, &error))?;
            change.durable = durability == Durability::Certain;
        }
        self.follow(&change.path, &change.after);
        Ok(change)
    }

    /// Tells the index what a note says now.
    fn follow(&mut self, path: &NotePath, text: &str) {
        let note = note::read(path, text.as_bytes(), &self.dialect);
        self.index.apply(IndexChange::Put(Box::new(note)));
    }

    /// Keeps what notes were before a deed; without a place for it a deed is taken back by rule.
    pub(super) fn remember(&self, memory: &Memory) -> Option<String> {
        let local = self.local.as_ref()?;
        let names = local.names();
        let records = || names.iter().filter(|name| name.ends_with(RECORD));
        let last =
            records().filter_map(|name| name.split('-').next()?.parse::<u64>().ok()).max().unwrap_or(0);
        let old: Vec<_> = records().collect::<Vec<_>>().into_iter().rev().collect();
        old.iter().skip(kept(old.iter().map(|old| local.size(old)))).for_each(|old| local.forget(old));
        let name = format!("{:08}-{}{RECORD}", last + 1, memory.id);
        let text = serde_json::to_string(memory).ok()?;
        local.keep(&name, &text).ok().map(|()| name)
    }

    /// Keeps something else under a name that is known; says whether it could. What was there stays else.
    pub(super) fn remember_as(&self, name: &str, memory: &Memory) -> bool {
        let text = serde_json::to_string(memory).ok();
        let kept = text.and_then(|text| self.local.as_ref()?.keep(name, &text).ok());
        kept.is_some()
    }

    /// What is remembered, newest first, with its name.
    pub(super) fn memories(&self) -> Vec<(String, Memory)> {
        let Some(local) = &self.local else { return Vec::new() };
        let names = local.names().into_iter().rev().filter(|name| name.ends_with(RECORD));
        names
            .filter_map(|name| Some((serde_json::from_str(&local.read(&name)?).ok()?, name)))
            .map(|(memory, name)| (name, memory))
            .collect()
    }

    /// Looks once more at what was replaced. Whoever had a note open and saved into the file that
    /// was there before wins: theirs is what the note says now, with the deeds done on it anew.
    /// Where another version was saved since, theirs is kept beside it, as sync tools do.
    pub fn look_back(&mut self, deeds: &[Deed]) -> Vec<Trouble> {
        let mut troubles = Vec::new();
        let found = self.vault.look_back();
        let _held = if found.is_empty() { None } else { self.hold().ok().flatten() };
        for (path, bytes) in found {
            let (Ok(theirs), Ok(now)) = (String::from_utf8(bytes), self.text_to_change(&path)) else {
                continue;
            };
            if self.index.note(path.as_str()).is_some_and(|note| note.digest == Digest::of(now.as_bytes())) {
                let hand = Hand { dialect: &self.dialect, lang: self.lang };
                let of_note = deeds.iter().flat_map(|deed| &deed.steps).filter(|(note, _)| *note == path);
                let changes: Vec<Change> = of_note.flat_map(|(_, changes)| changes.iter().cloned()).collect();
                let after = change::make(&path, &theirs, &changes, hand).unwrap_or_else(|refusal| {
                    troubles.push(Trouble { path: path.clone(), at: refusal.at, why: refusal.why });
                    theirs.clone()
                });
                let change = Done { path: path.clone(), before: now, after, durable: true };
                if self.write(change, false).is_ok() {
                    continue;
                }
            }
            troubles.push(self.keep_beside(&path, &theirs));
        }
        troubles
    }

    /// What somebody saved into a page that was replaced under their hands stands there again, for
    /// its marks to be taken in; where yet another was saved since, theirs is kept beside it.
    pub(super) fn look_back_at_page(&self) -> Vec<Trouble> {
        let found = self.vault.look_back_now();
        let _held = if found.is_empty() { None } else { self.hold().ok().flatten() };
        let mut troubles = Vec::new();
        for (path, theirs) in found {
            let Ok(theirs) = String::from_utf8(theirs) else { continue };
            let now = self.text_to_change(&path).ok();
            let is_goens = now
                .as_deref()
                .and_then(|now| page::read(now).ok())
                .is_some_and(|page| Written::on(&page).is_some_and(|written| written.is_whole(&page)));
            let base = now.map(|now| Base::Content(Digest::of(now.as_bytes()))).filter(|_| is_goens);
            let put =
                base.map(|base| self.vault.replace(&path, base, theirs.as_bytes(), self.config.write.mode));
            if !matches!(put, Some(Ok(_))) {
                troubles.push(self.keep_beside(&path, &theirs));
            }
        }
        troubles
    }

    /// Keeps a version of a note as a copy beside it, which `check` reports.
    fn keep_beside(&self, path: &NotePath, theirs: &str) -> Trouble {
        let digest = crate::text::short_hash(&[theirs]);
        let copy = NotePath::new(format!("{}.sync-conflict-{}-{digest}.md", path.stem(), self.today));
        match self.vault.replace(&copy, Base::Missing, theirs.as_bytes(), self.config.write.mode) {
            Ok(_) | Err(WriteError::Stale(_)) => Trouble::of_file(&copy, Obstacle::BothSaved),
            Err(error) => trouble(path, &error),
        }
    }
}

/// How many of the newest records are kept, by their sizes, newest first. The newest of them stays however large
/// it is: an import of many notes may take more than all the room.
fn kept(sizes: impl Iterator<Item = u64>) -> usize {
    let mut room = REMEMBERED_BYTES;
    let fits = |size: &u64| {
        let is_room = room > 0;
        room = room.saturating_sub(*size);
        is_room
    };
    sizes.take(REMEMBERED).take_while(fits).count()
}

/// How the files of what is remembered end.
const RECORD: &str = ".json";

impl Memory {
    /// Whether this is the first part of a deed of which the other is the rest.
    pub(super) fn is_begun_of(&self, rest: &Self) -> bool {
        let known =
            |note: &Before| self.notes.iter().any(|n| n.path == note.path && n.changes == note.changes);
        self.day == rest.day && self.notes.len() > rest.notes.len() && rest.notes.iter().all(known)
    }

    fn of(deed: &Deed, planned: &[(Done, Vec<Change>)]) -> Self {
        let changed = planned.iter().filter(|(done, _)| done.before != done.after);
        let notes = changed.map(|(done, changes)| Before {
            path: done.path.to_string(),
            changes: changes.clone(),
            before: done.before.clone(),
            after: done.after.clone(),
            made: false,
        });
        let Deed { id, day, name, said, .. } = deed.clone();
        Self { id, day, name, said, notes: notes.collect() }
    }
}

pub(super) fn trouble(path: &NotePath, error: &WriteError) -> Trouble {
    let why = match error {
        WriteError::Stale(_) => Obstacle::KeepsChanging,
        WriteError::HardLinked(_) => Obstacle::HardLinked,
        WriteError::Attributes { source, .. } => Obstacle::Attributes(source.into()),
        WriteError::Disk(error) => Obstacle::Disk((&error.source).into()),
    };
    Trouble::of_file(path, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_last_is_kept_however_large_it_is() {
        let all = REMEMBERED_BYTES;
        assert_eq!(kept([2 * all, 1].into_iter()), 1);
        assert_eq!(kept([1, 2 * all, 1].into_iter()), 2);
        assert_eq!(kept(std::iter::repeat_n(1, 1_000)), REMEMBERED);
        assert_eq!(kept([all / 2, all / 2, 1].into_iter()), 2);
    }
}
