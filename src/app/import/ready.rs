//! What every note of an import is to be, before it is written: by the notes as they are now.
//!
//! Leaves to the file above when that is asked, and what is written.

use rayon::prelude::*;

use super::super::App;
use super::super::live::is_in_cloud;
use super::super::newcomer::{Newcomer, file_name, within};
use super::super::record::{Before, Trouble};
use super::{Applied, Manner};
use crate::exchange::card::Card;
use crate::exchange::intake::{Changed, Ground, Proposal, What, fillable, quotation};
use crate::note::edit::change::Change;
use crate::note::edit::{Edit, Fill, Refusal, Splice, Way, fill};
use crate::note::front::Front;
use crate::note::{self, Note};
use crate::problem::Obstacle;
use crate::text::{Digest, NotePath, QuickSet, Span, link_key};

/// More people of one name than this have no file.
const NAMESAKES: usize = 99;

/// A note as it is to be, before it is written.
pub(super) struct Ready {
    pub path: NotePath,
    /// None for a note that is new.
    pub before: Option<String>,
    pub after: String,
    pub changes: Vec<Changed>,
    pub left: Vec<(Changed, Obstacle)>,
}

impl Ready {
    pub(super) fn is_news(&self) -> bool {
        self.before.as_ref() != Some(&self.after)
    }

    pub(super) fn memory(&self) -> Before {
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
    /// The paths of the new notes, each one nobody has in any case of its letters; none for a proposal that
    /// makes no note, and for a name that no file can have.
    pub(super) fn paths_for(&self, proposals: &[&Proposal]) -> Vec<Option<NotePath>> {
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
    pub(super) fn make_ready(
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
            (What::New(_) | What::Nameless, _) => {
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
    pub(super) fn new_note(
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
    pub(super) fn filled(
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
        let mut wanted = wanted;
        if self.has_role_alone((path, &text), &wanted, &missing) {
            let is_post = |change: &mut Changed| matches!(change.fill.key.as_str(), "org" | "role");
            left.extend(wanted.extract_if(.., is_post).map(|change| (change, Obstacle::RoleAlone)));
        }
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

    /// Whether a note says a role and not where, and would say it of the organisation that comes.
    fn has_role_alone(
        &self,
        (path, text): (&NotePath, &str),
        wanted: &[Changed],
        missing: impl Fn(&Note) -> Option<Vec<Changed>>,
    ) -> bool {
        let is_role = |change: &Changed| change.fill.key == "role";
        let is_first = |change: &&Changed| change.fill.key == "org" && change.fill.way == Way::Set;
        let Some(org) = wanted.iter().find(is_first) else { return false };
        let role = Fill { key: "role".into(), value: "-".into(), way: Way::Set };
        let is_taken = |refusal: Refusal| refusal.why == Obstacle::NotOneValue;
        if !fill(text, &role, &self.dialect).is_err_and(is_taken) {
            return false;
        }
        let after = fill(text, &org.fill, &self.dialect).ok().and_then(|edit| edit.apply(text));
        let Some(note) = after.map(|after| self.read_note(path, &after)) else { return false };
        let has_role = note.person().is_some_and(|one| one.posts.iter().any(|post| post.role.is_some()));
        let says_same =
            wanted.iter().any(is_role) && !missing(&note).is_some_and(|all| all.iter().any(is_role));
        has_role && !says_same
    }

    /// Whether a file is there, or will be once it is downloaded, that is no note known to goen.
    fn is_unknown_file(&self, path: &NotePath) -> bool {
        let is_there = || self.vault.on_disk(path).symlink_metadata().is_ok();
        self.index.note(path.as_str()).is_none() && (is_there() || is_in_cloud(&self.vault, path))
    }
}

/// The paths that a note of somebody may have, the best first: their name, their name with where they work,
/// their name with a number.
pub(super) fn candidates<'c>(folder: &'c str, card: &'c Card) -> impl Iterator<Item = NotePath> + 'c {
    let name = file_name(&card.name);
    let numbered = {
        let name = name.clone();
        (2..=NAMESAKES).map(move |number| format!("{name} {number}"))
    };
    let org = card.posts.first().map(|post| file_name(&format!("{name}（{}）", post.org)));
    let names = [name.clone()].into_iter().chain(org).chain(numbered);
    names.filter(move |_| !name.is_empty()).map(move |file| within(folder, &file))
}

/// Free text of a card, as it is called among what was not taken.
pub(super) const NOTE: &str = "NOTE";

/// Whether a note quotes all of the free text of a card.
pub(super) fn holds_quotation(text: &str, note: &str) -> bool {
    let quoted: QuickSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix('>')).map(str::trim).collect();
    let quotation = quotation(note, "\n");
    let mut lines = quotation.lines().filter_map(|line| line.strip_prefix('>')).map(str::trim);
    lines.all(|line| line.is_empty() || quoted.contains(line))
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
