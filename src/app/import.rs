//! What an import proposes becomes bytes: notes are read once more, asked once more, and written.
//!
//! One note that takes nothing stops no other. What was written is remembered as one thing, so that one
//! `undo` takes it back.

use rayon::prelude::*;

use super::App;
use super::live::is_in_cloud;
use super::newcomer::{Newcomer, file_name, within};
use super::open::{OpenError, Options};
use super::record::{Before, Memory, TRIES, Trouble, trouble};
use crate::deed::Deed;
use crate::exchange::card::Card;
use crate::exchange::intake::{Changed, Ground, Proposal, Taken, What, Wishes, fillable, quotation};
use crate::index::Change as IndexChange;
use crate::note::edit::change::Change;
use crate::note::edit::{Edit, Refusal, Splice, fill};
use crate::note::front::Front;
use crate::note::{self, Note};
use crate::plan;
use crate::problem::Obstacle;
use crate::text::{Digest, NotePath, QuickSet, Span, Text, link_key};
use crate::vault::{Base, CONFIG_FILE, Durability, LocalState, WriteError};

/// More people of one name than this have no file.
const NAMESAKES: usize = 99;

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

/// A note as it is to be, before it is written.
struct Ready {
    path: NotePath,
    /// None for a note that is new.
    before: Option<String>,
    after: String,
    changes: Vec<Changed>,
    left: Vec<(Changed, Obstacle)>,
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

impl Ready {
    fn is_news(&self) -> bool {
        self.before.as_ref() != Some(&self.after)
    }

    fn memory(&self) -> Before {
        let changes = self.changes.iter().map(|change| Change::Fill(change.fill.clone()));
        Before {
            path: self.path.to_string(),
            changes: if self.before.is_some() { changes.collect() } else { Vec::new() },
            before: self.before.clone().unwrap_or_default(),
            after: self.after.clone(),
            made: self.before.is_none(),
        }
    }
}

impl App {
    /// What an import would do; nothing is written. What a note cannot take is known at once.
    pub fn plan_import(&self, taken: Vec<Taken>, manner: &Manner) -> Vec<Proposal> {
        let ground = self.ground(manner);
        let mut proposals = ground.plan(&self.index, taken);
        proposals.par_iter_mut().for_each(|proposal| {
            let What::Known(path, _) = &proposal.what else { return };
            if !proposal.is_news(manner.overwrite) {
                return;
            }
            let path = path.clone();
            // What troubles the note is told when it is written.
            if let Ok(ready) = self.filled(&ground, proposal, &path, manner) {
                proposal.leave(ready.left);
            }
        });
        proposals
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
                OpenError::Disk(error) => Obstacle::Disk(error.source.to_string()),
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
        kept.name = match (&kept.name, &self.local) {
            (Some(name), Some(local)) => {
                let text = serde_json::to_string(&memory).ok();
                text.and_then(|text| local.keep(name, &text).ok()).map(|()| name.clone())
            }
            _ => self.remember(&memory),
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

    /// The paths of the new notes, each one nobody has in any case of its letters; none for a proposal that
    /// makes no note, and for a name that no file can have.
    fn paths_for(&self, proposals: &[&Proposal]) -> Vec<Option<NotePath>> {
        let mut taken: QuickSet<String> =
            self.index.paths().map(|path| link_key(path.as_str()).into_owned()).collect();
        let folder = self.folder_of_people();
        let of_one = |proposal: &&Proposal| {
            let What::New(_) = proposal.what else { return None };
            let path = candidates(&folder, &proposal.card)
                .filter(|path| !taken.contains(link_key(path.as_str()).as_ref()))
                .find(|path| !self.vault.on_disk(path).is_dir())?;
            taken.insert(link_key(path.as_str()).into_owned());
            Some(path)
        };
        proposals.iter().map(of_one).collect()
    }

    /// What every note is to be, by the notes as they are now.
    fn make_ready(
        &self,
        proposals: &[&Proposal],
        paths: &[Option<NotePath>],
        manner: &Manner,
    ) -> (Vec<Option<Ready>>, Vec<Applied>) {
        let ground = self.ground(manner);
        let template = self.template_of_person();
        let walker = self.vault.walker(&self.config);
        let ready = |(proposal, path): (&&Proposal, &Option<NotePath>)| match (&proposal.what, path) {
            (What::New(_), Some(path)) if !walker.takes(path) => {
                Err(Trouble::of_file(path, Obstacle::Ignored))
            }
            // It may be a note of this very person: nobody has read it.
            (What::New(_), Some(path)) if self.is_unknown_file(path) => {
                Err(Trouble::of_file(path, Obstacle::NameTaken))
            }
            (What::New(_), Some(path)) => self.new_note(&ground, proposal, path, &template).map(Some),
            (What::New(_), None) => {
                let path = NotePath::new(proposal.card.name.as_str());
                Err(Trouble::of_file(&path, Obstacle::NoFileName))
            }
            (What::Known(path, _), _) => self.filled(&ground, proposal, path, manner).map(Some),
            _ => Ok(None),
        };
        let all: Vec<_> = proposals.par_iter().zip(paths).map(ready).collect();
        let mut applied = Vec::with_capacity(all.len());
        let all = all.into_iter().map(|ready| {
            let (ready, told) = match ready {
                Ok(None) => (None, Applied::default()),
                Err(trouble) => (None, Applied { trouble: Some(trouble), ..Applied::default() }),
                Ok(Some(ready)) => {
                    let path = Some(ready.path.clone());
                    let told =
                        Applied { path, left: ready.left.clone(), durable: true, ..Applied::default() };
                    (Some(ready).filter(Ready::is_news), told)
                }
            };
            applied.push(told);
            ready
        });
        (all.collect(), applied)
    }

    /// A new note of somebody.
    fn new_note(
        &self,
        ground: &Ground<'_>,
        proposal: &Proposal,
        path: &NotePath,
        (template_path, template): &(NotePath, String),
    ) -> Result<Ready, Trouble> {
        let card = &proposal.card;
        let newcomer = Newcomer { name: card.name.clone(), ..Newcomer::default() };
        let begun = self.begun(path, template, &newcomer);
        let refused = |why| Trouble::of_file(template_path, why);
        let text = begun.map_err(|refusal| refused(refusal.why))?;
        let read = self.read_note(path, &text);
        let person = fillable(&read.kind).ok_or_else(|| refused(Obstacle::Broken))?;
        let wanted = ground.changes_of_new(person, card);
        let (text, changes, left) =
            self.put_in(path, text, wanted, |note| Some(ground.changes_of_new(note.person()?, card)));
        let after = with_quotation(text, card.note.as_deref());
        Ok(Ready { path: path.clone(), before: None, after, changes, left })
    }

    /// A note with what it does not say yet.
    fn filled(
        &self,
        ground: &Ground<'_>,
        proposal: &Proposal,
        path: &NotePath,
        manner: &Manner,
    ) -> Result<Ready, Trouble> {
        let card = &proposal.card;
        let before = self.text_to_change(path)?;
        // An editor empties a note before it writes into it.
        let is_known = |note: &Note| note.digest == Digest::of(before.as_bytes());
        if before.trim().is_empty() && !self.index.note(path.as_str()).is_some_and(is_known) {
            return Err(Trouble::of_file(path, Obstacle::KeepsChanging));
        }
        let read = self.read_note(path, &before);
        let person = fillable(&read.kind).ok_or_else(|| Trouble::of_file(path, Obstacle::NotText))?;
        let mut wanted = ground.changes(person, card);
        wanted.retain(|change| change.is_made(manner.overwrite));
        let (after, changes, left) =
            self.put_in(path, before.clone(), wanted, |note| Some(ground.changes(note.person()?, card)));
        Ok(Ready { path: path.clone(), before: Some(before), after, changes, left })
    }

    fn read_note(&self, path: &NotePath, text: &str) -> Note {
        note::read(path, text.as_bytes(), &self.dialect)
    }

    /// Puts one value after another into a text. Each must be read back: what the note then still does not
    /// say (`missing` tells) is left out.
    fn put_in(
        &self,
        path: &NotePath,
        text: String,
        wanted: Vec<Changed>,
        missing: impl Fn(&Note) -> Option<Vec<Changed>>,
    ) -> (String, Vec<Changed>, Vec<(Changed, Obstacle)>) {
        let (mut text, mut changes, mut left) = (text, Vec::new(), Vec::new());
        // Nearly always all of them go in: that is seen at one look.
        let at_once = wanted.iter().try_fold(text.clone(), |text, change| {
            fill(&text, &change.fill, &self.dialect).ok()?.apply(&text)
        });
        let is_said = |after: &String| {
            let still = missing(&self.read_note(path, after));
            still.is_some_and(|still| {
                wanted.iter().all(|change| still.iter().all(|o| !change.is_same_wish(o)))
            })
        };
        if let Some(after) = at_once.filter(is_said) {
            return (after, wanted, left);
        }
        for change in wanted {
            if let Some((_, why)) = left.iter().find(|(left, _)| change.goes_with(left)) {
                left.push((change, why.clone()));
                continue;
            }
            let after = fill(&text, &change.fill, &self.dialect).and_then(|edit| {
                let shape = || Refusal { at: Span::default(), why: Obstacle::Shape };
                let after = edit.apply(&text).ok_or_else(shape)?;
                let still = missing(&self.read_note(path, &after)).ok_or_else(shape)?;
                let is_said = still.iter().all(|other| !change.is_same_wish(other));
                is_said.then_some(after).ok_or_else(shape)
            });
            match after {
                Ok(after) => {
                    text = after;
                    changes.push(change);
                }
                Err(refusal) => left.push((change, refusal.why)),
            }
        }
        (text, changes, left)
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

    /// Whether a file is there, or will be once it is downloaded, that is no note known to goen.
    fn is_unknown_file(&self, path: &NotePath) -> bool {
        let is_there = || self.vault.on_disk(path).symlink_metadata().is_ok();
        self.index.note(path.as_str()).is_none() && (is_there() || is_in_cloud(&self.vault, path))
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

/// The paths that a note of somebody may have, the best first: their name, their name with where they work,
/// their name with a number.
fn candidates<'c>(folder: &'c str, card: &'c Card) -> impl Iterator<Item = NotePath> + 'c {
    let name = file_name(&card.name);
    let numbered = {
        let name = name.clone();
        (2..=NAMESAKES).map(move |number| format!("{name} {number}"))
    };
    let org = card.posts.first().map(|post| file_name(&format!("{name}（{}）", post.org)));
    let names = [name.clone()].into_iter().chain(org).chain(numbered);
    names.filter(move |_| !name.is_empty()).map(move |file| within(folder, &file))
}

/// A new note with free text of its card above everything else of its body.
fn with_quotation(text: String, note: Option<&str>) -> String {
    let Some(note) = note else { return text };
    let body = Front::find(&text).body();
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let quotation = quotation(note, eol);
    if quotation.is_empty() {
        return text;
    }
    let at = u32::try_from(body).unwrap_or(u32::MAX);
    let behind = if text[body..].starts_with(['\r', '\n']) { "" } else { eol };
    let splice = Splice { span: Span { start: at, end: at }, text: format!("{eol}{quotation}{behind}") };
    let edit = Edit::new(&text, vec![splice]);
    edit.and_then(|edit| edit.apply(&text)).unwrap_or(text)
}
