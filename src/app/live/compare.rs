//! What was found on the disk, compared with what was seen there, and what follows from it.

use std::path::Path;

use rayon::prelude::*;

use super::{Live, Looked, is_within, seen};
use crate::app::open::Look;
use crate::clock::Moment;
use crate::index::{Change, Index};
use crate::note::Note;
use crate::problem::Problem;
use crate::text::NotePath;
use crate::vault::{Stamp, Walk};

impl Live {
    /// Files that are in the way, below a path.
    pub(super) fn take_walk_problems(&mut self, below: &Path, walk: &Walk, looked: &mut Looked) {
        let is_below = |problem: &Problem| Path::new(problem.path.as_str()).starts_with(below);
        let problems = &mut self.app.walk_problems;
        let mut before: Vec<Problem> = problems.extract_if(.., |problem| is_below(problem)).collect();
        let mut now = walk.problems.clone();
        before.sort_by(Problem::by_place);
        now.sort_by(Problem::by_place);
        looked.is_different |= before != now;
        problems.append(&mut now);
    }

    /// Compares the notes that were found below a path with those that were seen there.
    pub(super) fn take_notes(
        &mut self,
        below: &Path,
        walk: Walk,
        thoroughly: bool,
        now: Moment,
        changes: &mut Vec<Change>,
        looked: &mut Looked,
    ) {
        self.seen.set_links(below, walk.links);
        let mut found = walk.notes;
        found.par_sort_unstable();
        found.dedup();
        let vault = &self.app.vault;
        let seen = &self.seen;
        let is_as_seen = |path: &NotePath| {
            let known = seen.stamp(path);
            known.zip(vault.stamp(path)).is_some_and(|(known, now)| known.is_surely(&now))
        };
        let unsure: Vec<NotePath> = if thoroughly {
            found.clone()
        } else if found.len() == 1 {
            found.iter().filter(|path| !is_as_seen(path)).cloned().collect()
        } else {
            found.par_iter().filter(|path| !is_as_seen(path)).cloned().collect()
        };
        self.doubts
            .retain(|path, _| found.binary_search(path).is_err() || unsure.binary_search(path).is_ok());
        let mut read: Vec<Look> = self.app.reread(&unsure, &|look| look);
        read.sort_by(|a, b| a.note.path.cmp(&b.note.path));
        let mut came: Vec<(NotePath, Option<Stamp>)> = Vec::new();
        let mut gone: Vec<NotePath> = self
            .seen
            .below(below)
            .filter(|path| found.binary_search(path).is_err())
            .filter(|path| !walk.unread.iter().any(|folder| is_within(path, folder)))
            .cloned()
            .collect();
        let was_read = |path: &NotePath| read.binary_search_by(|look| look.note.path.cmp(path)).is_ok();
        gone.extend(unsure.iter().filter(|path| !was_read(path) && self.seen.has(path)).cloned());
        for look in read {
            let path = look.note.path.clone();
            let known = self.app.index.note(path.as_str()).map(|note| note.digest);
            // What the system cannot read just now says what it said before.
            if look.is_passing {
                looked.unread.push(path.clone());
                if known.is_some() {
                    continue;
                }
            }
            if look.is_empty && known != Some(look.note.digest) && !self.is_believed(&path, now) {
                continue;
            }
            self.doubts.remove(&path);
            if known != Some(look.note.digest) {
                looked.changed.push(path.clone());
            }
            if !self.seen.has(&path) {
                came.push((path.clone(), look.stamp));
            }
            self.seen.put(path, look.stamp);
            changes.push(Change::Put(Box::new(look.note)));
        }
        for path in gone {
            // Under another name it is the same file: it was renamed.
            let is_renamed = came.iter().any(|(_, stamp)| self.seen.is_moved(&path, stamp.as_ref()));
            if seen::is_in_cloud(&self.app.vault, &path) {
                self.doubts.remove(&path);
            } else if is_renamed || self.is_believed(&path, now) {
                self.doubts.remove(&path);
                self.seen.remove(&path);
                looked.changed.push(path.clone());
                changes.push(Change::Remove(path));
            }
        }
        // Where names are compared without case, both names of one file seem to be there.
        for (path, stamp) in &came {
            for old in self.twins(path, stamp.as_ref()) {
                self.seen.remove(&old);
                changes.push(Change::Remove(old));
            }
        }
    }

    /// Other spellings of a note's name under which the same file was known.
    pub(super) fn twins(&self, path: &NotePath, stamp: Option<&Stamp>) -> Vec<NotePath> {
        let key = crate::text::link_key(path.as_str());
        let is_twin = |other: &&NotePath| {
            *other != path
                && crate::text::link_key(other.as_str()) == key
                && self.seen.is_same_file(other, stamp)
        };
        self.app.index.files_named(path.name()).filter(is_twin).cloned().collect()
    }

    /// Whether every note that was known is missing.
    pub(super) fn is_empty_handed(&self) -> bool {
        !self.app.index.is_empty()
            && self.seen.paths().all(|path| self.doubts.contains_key(path))
            // A note that is only empty for a moment is there.
            && self.seen.paths().all(|path| self.app.vault.stamp(path).is_none())
    }

    /// What would have been taken out stays in doubt, until one can tell which notes come back.
    pub(super) fn keep_in_mind(&mut self, changes: Vec<Change>, now: Moment) {
        for change in changes {
            if let Change::Remove(path) = change {
                self.seen.put(path.clone(), None);
                self.doubts.insert(path, now);
            }
        }
    }

    /// Takes changes into the index, and what follows from them.
    pub(super) fn take_in(&mut self, changes: Vec<Change>, looked: &mut Looked) {
        let is_moved = |change: &Change| match change {
            Change::Put(note) => self.app.index.note(note.path.as_str()).is_none(),
            Change::Remove(_) => true,
        };
        let may_hold_people = |change: &Change| match change {
            Change::Put(note) => crate::note::dialect::may_hold_people(note.path.as_str()),
            Change::Remove(path) => crate::note::dialect::may_hold_people(path.as_str()),
        };
        let folders = changes.iter().any(|change| may_hold_people(change) && is_moved(change));
        // What the new folders are cannot be told where the settings cannot be read: they stay.
        if folders && self.app.choose_people_folders(self.seen.paths()).unwrap_or(false) {
            let paths: Vec<NotePath> = self.seen.paths().cloned().collect();
            let notes: Vec<Note> = self.app.reread(&paths, &|look| look.note);
            self.app.index = Index::build(self.app.config.journal.counts, notes);
            self.app.memo = Some(Box::default());
            looked.is_different = true;
        } else {
            looked.is_different |= self.app.index.apply_all(changes);
        }
        looked.is_different |= self.keep_once();
        if looked.is_different {
            self.app.choose_lang();
        }
    }

    /// Links to people who are met at their own place too are left out, as when all is read anew;
    /// whether anything is different for it.
    pub(super) fn keep_once(&mut self) -> bool {
        let mut changes = Vec::new();
        for (link, target) in self.seen.links() {
            let is_person = self.app.index.person(target.as_str()).is_some();
            let is_in = self.app.index.note(link.as_str()).is_some();
            match (is_person, is_in) {
                (true, true) => changes.push(Change::Remove(link.clone())),
                (false, false) => {
                    let read = self.app.reread(std::slice::from_ref(link), &|look| look.note);
                    changes.extend(read.into_iter().map(|note| Change::Put(Box::new(note))));
                }
                _ => {}
            }
        }
        self.app.index.apply_all(changes)
    }
}
