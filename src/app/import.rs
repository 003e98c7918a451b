//! What an import proposes becomes bytes: notes are read once more, asked once more, and written.
//!
//! One note that takes nothing stops no other. What was written is remembered as one thing, so that one
//! `undo` takes it back.

mod ready;

use chrono::Datelike;
use rayon::prelude::*;

use super::App;
use super::newcomer::file_name;
use super::open::{OpenError, Options};
use super::record::{Before, Memory, TRIES, Trouble, trouble};
use crate::date::Birthday;
use crate::deed::Deed;
use crate::exchange::card::Card;
use crate::exchange::intake::{Changed, Ground, Proposal, Taken, What, Wishes};
use crate::index::Change as IndexChange;
use crate::note;
use crate::note::edit::change::Change;
use crate::plan;
use crate::problem::Obstacle;
use crate::text::{Digest, NotePath, Text};
use crate::vault::{Base, CONFIG_FILE, Durability, LocalState, WriteError};
use ready::{NOTE, Ready, candidates, holds_quotation};

/// So many files are written at one time.
const WRITERS: usize = 16;

/// So many replaced files are held open at most; a process may hold 256 on some systems.
pub(super) const HELD: usize = 96;

/// How an import is applied.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// Whether what notes say otherwise is replaced.
    pub overwrite: bool,
    /// What is to become of those who are new, or ambiguous.
    pub wishes: Wishes,
}

/// What became of a proposal.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// The note, where there is one.
    pub path: Option<NotePath>,
    /// Whether it is new.
    pub made: bool,
    /// What it says now that it did not say before.
    pub changes: Vec<Changed>,
    /// What it does not say all the same, and why.
    pub left: Vec<(Changed, Obstacle)>,
    /// Why nothing was written.
    pub trouble: Option<Trouble>,
    /// Whether the system says that it outlives a power failure.
    pub durable: bool,
    /// Whether it is remembered, to be taken back.
    pub remembered: bool,
}

/// What is remembered of an import while it goes on.
#[derive(Clone, Default)]
struct Kept {
    /// The file it is remembered in; none where there is no place for it.
    name: Option<String>,
    /// Its id, once there is something to remember.
    id: Text,
    /// What was written.
    written: Vec<Before>,
    /// What the file says.
    told: Vec<Before>,
}

impl App {
    /// What an import would do; nothing is written. What a note cannot take is known at once.
    pub fn plan_import(&self, mut taken: Vec<Taken>, manner: &Manner) -> Vec<Proposal> {
        let ground = self.ground(manner);
        for card in taken.iter_mut().map(|taken| &mut taken.card) {
            // Nobody was born in days to come.
            let today = (self.today.year(), self.today.month(), self.today.day());
            let is_to_come = |birthday: Birthday| {
                birthday.year.is_some_and(|year| (year, birthday.month, birthday.day.unwrap_or(1)) > today)
            };
            if card.birthday.is_some_and(is_to_come) {
                card.birthday = None;
                card.left.push("birthday".to_owned());
            }
        }
        let mut proposals = ground.plan(&self.index, taken);
        proposals.par_iter_mut().for_each(|proposal| {
            if matches!(proposal.what, What::New(_)) && file_name(&proposal.card.name).is_empty() {
                proposal.what = What::Nameless;
            }
            let What::Known(path, _) = &proposal.what else { return };
            let path = path.clone();
            // A note that is there says what one thinks oneself: free text goes into new ones alone.
            if let Some(note) = &proposal.card.note
                && !self.text_to_change(&path).is_ok_and(|text| holds_quotation(&text, note))
                && !proposal.card.left.iter().any(|field| field == NOTE)
            {
                proposal.card.left.push(NOTE.to_owned());
            }
            if !proposal.is_news(manner.overwrite) {
                return;
            }
            // What troubles the note is told when it is written.
            if let Ok(ready) = self.filled(&ground, proposal, &path, manner) {
                proposal.leave(ready.left);
            }
        });
        proposals
    }

    /// Why a new note of the template takes no values, where people are new: told before anything is written.
    pub fn trouble_of_template(&self, proposals: &[Proposal], manner: &Manner) -> Option<Trouble> {
        let one =
            proposals.iter().find(|one| matches!(&one.what, What::New(changes) if !changes.is_empty()))?;
        let template = self.template_of_person();
        let path = candidates(&self.folder_of_people(), &one.card).next()?;
        let is_of_template = |why: &Obstacle| {
            matches!(why, Obstacle::Toml | Obstacle::Unclosed | Obstacle::Broken | Obstacle::CrOnly)
        };
        match self.new_note(&self.ground(manner), one, &path, &template) {
            Ok(ready) => {
                let why = ready.left.into_iter().map(|(_, why)| why).find(is_of_template)?;
                Some(Trouble::of_file(&template.0, why))
            }
            Err(trouble) => Some(trouble).filter(|trouble| trouble.path == template.0),
        }
    }

    /// Takes people in: makes notes, and fills in what they do not say. The vault is read once more now that no
    /// other goen writes, and each note is compared with its card as it is at the moment of writing. `step` is
    /// called whenever somebody is done.
    ///
    /// Gives what was proposed, and what became of each proposal, in their order.
    ///
    /// # Errors
    /// Where another goen keeps writing, or the vault cannot be read any more.
    pub fn import(
        &mut self,
        taken: Vec<Taken>,
        manner: &Manner,
        step: &(dyn Fn() + Sync),
    ) -> Result<(Vec<Proposal>, Vec<Applied>), Trouble> {
        let _held = self.hold()?;
        self.read_again()?;
        let mut proposals = self.plan_import(taken, manner);
        let mut applied = vec![Applied::default(); proposals.len()];
        let mut kept = Kept::default();
        let mut rows: Vec<usize> = (0..proposals.len()).collect();
        for turn in 0..TRIES {
            rows = self.apply_rows(&proposals, &rows, (&mut applied, &mut kept), manner, step);
            // A note of this name has come since: it may be of this very person.
            if rows.is_empty() || turn + 1 == TRIES || self.read_again().is_err() {
                break;
            }
            for row in &rows {
                let Some(proposal) = proposals.get_mut(*row) else { continue };
                let (file, line) = proposal.places.first().copied().unwrap_or_default();
                let card = Card { line, ..proposal.card.clone() };
                if let [anew] = self.plan_import(vec![Taken { file, card }], manner).as_slice() {
                    *proposal = Proposal { places: std::mem::take(&mut proposal.places), ..anew.clone() };
                }
            }
        }
        self.end(&kept, &mut applied);
        Ok((proposals, applied))
    }

    /// Reads the vault anew: what others wrote since it was read counts, too.
    fn read_again(&mut self) -> Result<(), Trouble> {
        let options = Options { today: self.today, lang: self.asked_lang };
        let fresh = App::open(self.vault.root(), options).map_err(|error| {
            let why = match error {
                OpenError::Disk(error) => Obstacle::Disk((&error.source).into()),
                OpenError::Config { .. } => Obstacle::NotText,
            };
            Trouble::of_file(&NotePath::new(CONFIG_FILE), why)
        })?;
        let App { config, dialect, people_folders, index, .. } = fresh;
        (self.config, self.dialect, self.people_folders, self.index) =
            (config, dialect, people_folders, index);
        Ok(())
    }

    /// Applies some of the proposals; gives those whose new note has met another of its name.
    fn apply_rows(
        &mut self,
        proposals: &[Proposal],
        rows: &[usize],
        (applied, kept): (&mut [Applied], &mut Kept),
        manner: &Manner,
        step: &(dyn Fn() + Sync),
    ) -> Vec<usize> {
        let of_rows: Vec<&Proposal> = rows.iter().filter_map(|row| proposals.get(*row)).collect();
        let paths = self.paths_for(&of_rows);
        let (ready, told) = self.make_ready(&of_rows, &paths, manner);
        rows.iter().zip(told).for_each(|(row, told)| applied[*row] = told);
        // What is remembered before anything is written can be taken back whatever happens in between.
        let begun: Vec<Before> = ready.iter().flatten().map(Ready::memory).collect();
        self.note_down(kept, &begun);
        let mut beaten = Vec::new();
        let mut written = Vec::with_capacity(begun.len());
        let (mut ready, mut from) = (ready, 0);
        while from < rows.len() {
            // What is replaced is held open until it was looked at once more.
            let filled = |ready: &Option<Ready>| ready.as_ref().is_some_and(|ready| ready.before.is_some());
            let mut held = 0;
            let many = ready[from..].iter().take_while(|ready| {
                held += usize::from(filled(ready));
                held <= HELD
            });
            let to = from + many.count();
            let part: Vec<Option<Ready>> = ready[from..to].iter_mut().map(Option::take).collect();
            let done = self.write_all(&of_rows[from..to], part, manner, step);
            let mut notes = Vec::new();
            for (row, done) in rows[from..to].iter().zip(done) {
                match done {
                    None => {}
                    Some(Err(trouble)) => {
                        if trouble.why == Obstacle::NameTaken {
                            beaten.push(*row);
                        }
                        applied[*row] = Applied { trouble: Some(trouble), ..Applied::default() };
                    }
                    Some(Ok((ready, durability))) => {
                        let note = note::read(&ready.path, ready.after.as_bytes(), &self.dialect);
                        notes.push(IndexChange::Put(Box::new(note)));
                        written.push(ready.memory());
                        applied[*row] = Applied {
                            path: Some(ready.path),
                            made: ready.before.is_none(),
                            changes: ready.changes,
                            left: ready.left,
                            trouble: None,
                            durable: durability == Durability::Certain,
                            remembered: kept.name.is_some(),
                        };
                    }
                }
            }
            self.index.apply_all(notes);
            self.look_back_at(rows[from..to].iter().copied(), applied);
            from = to;
        }
        kept.written.extend(written);
        beaten
    }

    /// Remembers what was written, and what is about to be.
    fn note_down(&self, kept: &mut Kept, begun: &[Before]) {
        let notes: Vec<Before> = kept.written.iter().chain(begun).cloned().collect();
        let Some(first) = notes.first() else { return };
        if kept.id.is_empty() {
            let texts: String = notes.iter().map(|note| note.after.as_str()).collect();
            let digest = format!("{:?}", Digest::of(texts.as_bytes()));
            let known = self.local.as_ref().map(LocalState::names).unwrap_or_default();
            // Whoever imports, takes it away and imports again has done it twice.
            let ids = (0..).map(|time: u32| {
                plan::hashed(&[&self.today.to_string(), &first.path, &digest, &time.to_string()])
            });
            let mut free = ids.filter(|id| known.iter().all(|name| !name.contains(id.as_str())));
            kept.id = free.next().unwrap_or_default();
        }
        let memory = Memory {
            id: kept.id.clone(),
            day: self.today,
            name: "import".into(),
            said: Vec::new(),
            notes: notes.clone(),
        };
        kept.told = notes;
        kept.name = match kept.name.take() {
            Some(name) => self.remember_as(&name, &memory).then_some(name),
            None => self.remember(&memory),
        };
    }

    /// What is remembered in the end is what was written.
    fn end(&self, kept: &Kept, applied: &mut [Applied]) {
        let as_told = |note: &Before| (note.path.clone(), note.after.clone());
        if let (Some(name), Some(local)) = (&kept.name, &self.local)
            && !kept.told.iter().map(as_told).eq(kept.written.iter().map(as_told))
        {
            let mut kept = kept.clone();
            match kept.written.is_empty() {
                true => local.forget(name),
                false => self.note_down(&mut kept, &[]),
            }
        }
        // Made to last at once: each by itself would wait for the disk.
        let written = applied.iter().filter(|one| !one.changes.is_empty() || one.made);
        let settled = self.vault.settle(written.filter_map(|one| one.path.as_ref()));
        if settled == Durability::Unknown {
            applied.iter_mut().for_each(|one| one.durable = false);
        }
    }

    fn ground<'g>(&'g self, manner: &'g Manner) -> Ground<'g> {
        Ground::new(&self.index, &self.config, &self.dialect, &manner.wishes)
    }

    /// Writes what is ready; what changes under goen's hands is made ready again.
    fn write_all(
        &self,
        proposals: &[&Proposal],
        ready: Vec<Option<Ready>>,
        manner: &Manner,
        step: &(dyn Fn() + Sync),
    ) -> Vec<Option<Result<(Ready, Durability), Trouble>>> {
        let one = |(proposal, ready): (&&Proposal, Option<Ready>)| {
            let written = ready.map(|ready| self.write_one(proposal, ready, manner));
            step();
            written
        };
        let all = || proposals.par_iter().zip(ready).map(one).collect();
        // Most of the time goes by with waiting for the disk: more at once than there are cores.
        match rayon::ThreadPoolBuilder::new().num_threads(WRITERS).build() {
            Ok(pool) if proposals.len() > WRITERS => pool.install(all),
            _ => all(),
        }
    }

    fn write_one(
        &self,
        proposal: &Proposal,
        mut ready: Ready,
        manner: &Manner,
    ) -> Result<(Ready, Durability), Trouble> {
        for _ in 0..TRIES {
            let base = match &ready.before {
                Some(before) => Base::Content(Digest::of(before.as_bytes())),
                None => Base::Missing,
            };
            let mode = self.config.write.mode;
            match self.vault.replace_unsettled(&ready.path, base, ready.after.as_bytes(), mode) {
                Ok(()) => return Ok((ready, Durability::Certain)),
                Err(WriteError::Stale(_)) if ready.before.is_some() => {
                    ready = self.filled(&self.ground(manner), proposal, &ready.path, manner)?;
                    if !ready.is_news() {
                        return Ok((ready, Durability::Certain));
                    }
                }
                // Somebody has made a note of this name since: who it is has to be asked once more.
                Err(WriteError::Stale(_)) => {
                    return Err(Trouble::of_file(&ready.path, Obstacle::NameTaken));
                }
                Err(error) => return Err(trouble(&ready.path, &error)),
            }
        }
        Err(Trouble::of_file(&ready.path, Obstacle::KeepsChanging))
    }

    /// Looks once more at the notes that were replaced: whoever saved into one at that moment wins.
    fn look_back_at(&mut self, rows: impl Iterator<Item = usize>, applied: &mut [Applied]) {
        let of_rows = rows.filter_map(|row| applied.get(row));
        let filled = of_rows.filter(|applied| !applied.made && !applied.changes.is_empty());
        let steps = filled.filter_map(|applied| {
            let changes = applied.changes.iter().map(|change| Change::Fill(change.fill.clone()));
            Some((applied.path.clone()?, changes.collect()))
        });
        let steps: Vec<(NotePath, Vec<Change>)> = steps.collect();
        if steps.is_empty() {
            return;
        }
        let deed = Deed { id: "".into(), day: self.today, name: "".into(), steps, said: Vec::new() };
        for found in self.look_back(&[deed]) {
            if let Some(applied) =
                applied.iter_mut().find(|applied| applied.path.as_ref() == Some(&found.path))
            {
                applied.trouble = Some(found);
            }
        }
    }
}
