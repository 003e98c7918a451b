//! An import is taken back, note by note and value by value, as far as things stand as it has left them.
//!
//! What somebody has changed since is theirs and stays. What could not be taken back stays remembered, for
//! another try. Leaves to `undo` what is taken back of deeds, and to `note/edit` how a value leaves a note.

use std::collections::HashMap;

use super::App;
use super::import::HELD;
use super::record::{Before, Done, Memory, TRIES, Trouble, trouble};
use super::taken_back::TakenBack;
use super::taken_back::{Reason, Stay};
use crate::index::Change as IndexChange;
use crate::note::edit::change::Change;
use crate::note::edit::{Fill, take_fills_back};
use crate::problem::Obstacle;
use crate::text::{Digest, NotePath};

/// What became of one note.
#[derive(Default)]
struct Reversed {
    done: Option<Done>,
    stays: Vec<Stay>,
}

/// Where notes went that the import knew elsewhere, by their content.
struct Moved(HashMap<Digest, NotePath>);

impl Moved {
    fn of(app: &App, memory: &Memory) -> Self {
        let known = |path: &NotePath| memory.notes.iter().any(|note| note.path == path.as_str());
        let wanted: HashMap<Digest, ()> =
            memory.notes.iter().map(|note| (Digest::of(note.after.as_bytes()), ())).collect();
        let notes = app.index.paths().filter_map(|path| Some((app.index.note(path.as_str())?.digest, path)));
        let moved = notes.filter(|(digest, path)| wanted.contains_key(digest) && !known(path));
        Self(moved.map(|(digest, path)| (digest, path.clone())).collect())
    }

    /// Why a note that is not in its place stays as it is.
    fn why(&self, note: &Before) -> Reason {
        let to = self.0.get(&Digest::of(note.after.as_bytes()));
        to.map_or(Reason::Gone, |to| Reason::Moved(to.clone()))
    }
}

fn fills_of(note: &Before) -> Vec<Fill> {
    note.changes.iter().filter_map(Change::fill).cloned().collect()
}

impl App {
    /// Takes back what an import brought.
    pub(super) fn take_import_back(&mut self, name: &str, memory: &Memory, dry_run: bool) -> TakenBack {
        let moved = Moved::of(self, memory);
        let mut taken = TakenBack::default();
        let mut rest = Vec::new();
        let mut reversed = Vec::new();
        let mut held = 0;
        for note in &memory.notes {
            let path = NotePath::new(note.path.as_str());
            let Reversed { done, stays } = match note.made {
                true => self.unmake(&path, note, &moved, dry_run),
                false => self.unfill(&path, note, &moved, dry_run),
            };
            // Replaced files are held open until they were looked at once more; of those there are not many.
            held += usize::from(done.is_some() && !note.made);
            if !dry_run && held >= HELD {
                held = 0;
                taken.left.extend(self.look_back(&[]));
            }
            taken.notes.extend(done);
            if !note.made && stays.iter().all(|stay| !stay.values.is_empty()) {
                reversed.push(note);
            }
            let staying: Vec<&Stay> = stays.iter().filter(|stay| stay.why.may_pass(note)).collect();
            if !staying.is_empty() {
                let is_whole = staying.iter().any(|stay| stay.values.is_empty());
                let values = staying.iter().flat_map(|stay| stay.values.iter().cloned().map(Change::Fill));
                let changes = if is_whole { note.changes.clone() } else { values.collect() };
                rest.push(Before { changes, ..note.clone() });
            }
            taken.stays.extend(stays);
        }
        if !dry_run && held > 0 {
            taken.left.extend(self.look_back(&[]));
        }
        taken.is_remembered = !rest.is_empty();
        if let (false, Some(local)) = (dry_run, &self.local) {
            self.let_later_ones_know(name, &reversed);
            let rest = Memory { notes: rest, ..memory.clone() };
            // Where it cannot be kept, all of the import is remembered still.
            match taken.is_remembered {
                true => _ = self.remember_as(name, &rest),
                false => local.forget(name),
            }
        }
        taken
    }

    /// What later imports remember of notes follows: else they would bring back, or leave an empty key of,
    /// what this one had put there.
    fn let_later_ones_know(&self, name: &str, reversed: &[&Before]) {
        let later = self.memories().into_iter().take_while(|(other, _)| other != name);
        for (later_name, mut later) in later.filter(|(_, memory)| memory.is_import()) {
            let mut is_other = false;
            for known in later.notes.iter_mut().filter(|known| !known.made) {
                let Some(note) = reversed.iter().find(|note| note.path == known.path) else { continue };
                let fills = fills_of(note);
                let texts = (note.before.as_str(), note.after.as_str());
                let without = |text: &str| take_fills_back(texts, text, &fills, &self.dialect).ok();
                if let (Some((before, stays)), Some((after, _))) =
                    (without(&known.before), without(&known.after))
                    && stays.is_empty()
                {
                    is_other |= before != known.before || after != known.after;
                    (known.before, known.after) = (before, after);
                }
            }
            if is_other {
                _ = self.remember_as(&later_name, &later);
            }
        }
    }

    /// Takes away a note that an import made, if nobody has written into it since.
    fn unmake(&mut self, path: &NotePath, note: &Before, moved: &Moved, dry_run: bool) -> Reversed {
        let stays =
            |why| Reversed { done: None, stays: vec![Stay { path: path.clone(), values: vec![], why }] };
        let now = match self.text_to_change(path) {
            Ok(now) if now == note.after => now,
            Ok(_) => return stays(Reason::Edited),
            Err(trouble) if trouble.why == Obstacle::Missing => return stays(moved.why(note)),
            Err(trouble) => return stays(Reason::Trouble(trouble.why)),
        };
        if !dry_run {
            if let Err(error) = self.vault.remove(path, Digest::of(now.as_bytes())) {
                return stays(Reason::Trouble(trouble(path, &error).why));
            }
            self.index.apply(IndexChange::Remove(path.clone()));
        }
        let done = Done { path: path.clone(), before: now, after: String::new(), durable: true };
        Reversed { done: Some(done), stays: Vec::new() }
    }

    /// Takes values out of a note that was there before, again if somebody saves in between.
    fn unfill(&mut self, path: &NotePath, note: &Before, moved: &Moved, dry_run: bool) -> Reversed {
        let whole =
            |why| Reversed { done: None, stays: vec![Stay { path: path.clone(), values: vec![], why }] };
        let fills = fills_of(note);
        for _ in 0..TRIES {
            let now = match self.text_to_change(path) {
                Ok(now) => now,
                Err(Trouble { why: Obstacle::Missing, .. }) => return whole(moved.why(note)),
                Err(trouble) => return whole(Reason::Trouble(trouble.why)),
            };
            // An editor empties a note before it writes into it.
            if now.is_empty() && !note.before.is_empty() {
                return whole(Reason::Trouble(Obstacle::KeepsChanging));
            }
            let texts = (note.before.as_str(), note.after.as_str());
            let (after, left) = match now.as_str() {
                now if now == note.after || now == note.before => (note.before.clone(), Vec::new()),
                now => match take_fills_back(texts, now, &fills, &self.dialect) {
                    Ok(taken) => taken,
                    Err(refusal) => return whole(Reason::Trouble(refusal.why)),
                },
            };
            let mut stays: Vec<Stay> = Vec::new();
            for (fill, refusal) in left {
                let why = match refusal.why {
                    Obstacle::NotGoens => Reason::Changed,
                    why => Reason::Trouble(why),
                };
                match stays.iter_mut().find(|stay| stay.why == why) {
                    Some(stay) => stay.values.push(fill),
                    None => stays.push(Stay { path: path.clone(), values: vec![fill], why }),
                }
            }
            if after == now {
                return Reversed { done: None, stays };
            }
            match self.write(Done { path: path.clone(), before: now, after, durable: true }, dry_run) {
                Ok(done) => return Reversed { done: Some(done), stays },
                Err(trouble) if trouble.why == Obstacle::KeepsChanging => {}
                Err(trouble) => return whole(Reason::Trouble(trouble.why)),
            }
        }
        whole(Reason::Trouble(Obstacle::KeepsChanging))
    }
}
