//! What an import proposes becomes bytes: notes are read once more, asked once more, and written.
//!
//! One note that takes nothing stops no other. What was written is remembered as one thing, so that one
//! `undo` takes it back.

use rayon::prelude::*;

use super::App;
use super::live::is_in_cloud;
use super::newcomer::{Newcomer, file_name, within};
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
use crate::text::{Digest, Lang, NotePath, QuickSet, Span, link_key};
use crate::vault::{Base, Durability, WriteError};

/// More people of one name than this have no file.
const NAMESAKES: usize = 99;

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

    /// Does what an import proposes: makes notes, and fills in what they do not say. Each note is compared
    /// with its card once more as it is now. `step` is called whenever one is done.
    ///
    /// Gives what became of each proposal, in their order.
    ///
    /// # Errors
    /// Where another goen keeps writing.
    pub fn import(
        &mut self,
        proposals: &[Proposal],
        manner: &Manner,
        step: &(dyn Fn() + Sync),
    ) -> Result<Vec<Applied>, Trouble> {
        let _held = self.hold()?;
        let paths = self.paths_for(proposals);
        let (ready, mut applied) = self.make_ready(proposals, &paths, manner);
        let memory = self.memory_of(ready.iter().flatten());
        let name = memory.as_ref().and_then(|memory| self.remember(memory));
        let remembered = name.is_some();
        let written = self.write_all(proposals, ready, manner, step);
        let mut notes = Vec::new();
        let mut kept = Vec::new();
        for (applied, written) in applied.iter_mut().zip(written) {
            match written {
                None => {}
                Some(Err(trouble)) => *applied = Applied { trouble: Some(trouble), ..Applied::default() },
                Some(Ok((ready, durability))) => {
                    let note = note::read(&ready.path, ready.after.as_bytes(), &self.dialect);
                    notes.push(IndexChange::Put(Box::new(note)));
                    kept.push(ready.memory());
                    *applied = Applied {
                        path: Some(ready.path),
                        made: ready.before.is_none(),
                        changes: ready.changes,
                        left: ready.left,
                        trouble: None,
                        durable: durability == Durability::Certain,
                        remembered,
                    };
                }
            }
        }
        self.index.apply_all(notes);
        if let (Some(memory), Some(name), Some(local)) = (memory, name, &self.local)
            && memory
                .notes
                .iter()
                .map(|note| (&note.path, &note.after))
                .ne(kept.iter().map(|note| (&note.path, &note.after)))
        {
            local.forget(&name);
            if !kept.is_empty() {
                self.remember(&Memory { notes: kept, ..memory });
            }
        }
        self.look_back_at(&mut applied);
        Ok(applied)
    }

    fn ground<'g>(&'g self, manner: &'g Manner) -> Ground<'g> {
        Ground::new(&self.index, &self.config, &self.dialect, &manner.wishes)
    }

    /// The paths of the new notes, each one nobody has in any case of its letters; none for a proposal that
    /// makes no note, and for a name that no file can have.
    fn paths_for(&self, proposals: &[Proposal]) -> Vec<Option<NotePath>> {
        let mut taken: QuickSet<String> =
            self.index.paths().map(|path| link_key(path.as_str()).into_owned()).collect();
        let folder = self.folder_of_people();
        let of_one = |proposal: &Proposal| {
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
        proposals: &[Proposal],
        paths: &[Option<NotePath>],
        manner: &Manner,
    ) -> (Vec<Option<Ready>>, Vec<Applied>) {
        let ground = self.ground(manner);
        let template = self.template_of_person();
        let walker = self.vault.walker(&self.config);
        let ready = |(proposal, path): (&Proposal, &Option<NotePath>)| match (&proposal.what, path) {
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
        proposals: &[Proposal],
        ready: Vec<Option<Ready>>,
        manner: &Manner,
        step: &(dyn Fn() + Sync),
    ) -> Vec<Option<Result<(Ready, Durability), Trouble>>> {
        let one = |(proposal, ready): (&Proposal, Option<Ready>)| {
            let written = ready.map(|ready| self.write_one(proposal, ready, manner));
            step();
            written
        };
        proposals.par_iter().zip(ready).map(one).collect()
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
            match self.vault.replace(&ready.path, base, ready.after.as_bytes(), self.config.write.mode) {
                Ok(durability) => return Ok((ready, durability)),
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

    fn memory_of<'r>(&self, ready: impl Iterator<Item = &'r Ready>) -> Option<Memory> {
        let notes: Vec<Before> = ready.map(Ready::memory).collect();
        let first = notes.first()?;
        let digest = Digest::of(notes.iter().map(|note| note.after.as_str()).collect::<String>().as_bytes());
        let id = plan::hashed(&[&self.today.to_string(), &first.path, &format!("{digest:?}")]);
        let name = match self.lang {
            Lang::Ja => "連絡先の取り込み",
            Lang::En => "import",
        };
        Some(Memory { id, day: self.today, name: name.into(), said: Vec::new(), notes })
    }

    /// Looks once more at the notes that were replaced: whoever saved into one at that moment wins.
    fn look_back_at(&mut self, applied: &mut [Applied]) {
        let filled = applied.iter().filter(|applied| !applied.made && !applied.changes.is_empty());
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
