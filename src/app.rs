//! Use cases: the only place where the disk and the decisions meet.
//!
//! Reads before and writes after; everything between is a pure function. Leaves
//! words and wires to `cli`.

mod answers;
mod commit;
mod export;
mod git_merge;
mod git_setup;
mod import;
mod live;
mod memo;
mod messages;
mod named;
mod newcomer;
mod obsidian;
mod open;
mod pending;
mod recall;
mod record;
mod set_up;
mod state;
mod take_in;
mod taken_back;
mod tell;
mod undo;
mod unimport;
mod untick;
mod update;
mod written;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::Config;
use crate::index::{Index, Troubles};
use crate::note::Note;
use crate::note::dialect::Dialect;
use crate::note::said::{Said, said};
use crate::page::Troubled;
use crate::plan::{self, Agenda, Extent};
use crate::problem::Problem;
use crate::text::{Digest, Lang, NotePath};
use crate::vault::{Bytes, DiskError, LocalState, Lock, Vault};
use memo::Memo;

pub use answers::{Answer, Answers, Kept};
pub use commit::message as commit_message;
pub use export::{ExportError, KeptCalendar, Target};
pub use git_merge::{MergeError, Merged, Versions, merge};
pub use git_setup::{ATTRIBUTES, Elsewise, SetUp, SetUpError};
pub use import::{Applied, Manner};
pub use live::{Live, Looked, Places};
pub use newcomer::{AddError, Newcomer};
pub use obsidian::{Fitted, Left};
pub use open::{OpenError, Options, Walked};
pub use record::{Done, Trouble};
pub use take_in::Pending;
pub use taken_back::{Reason, Stay, TakenBack};
pub use undo::Past;
pub use update::{Outcome, UpdateError};
pub use written::Written;

/// A vault that was read, on a day.
#[derive(Debug)]
pub struct App {
    /// The folder.
    pub vault: Vault,
    /// `goen.toml`.
    pub config: Config,
    /// All notes.
    pub index: Index,
    /// The day.
    pub today: NaiveDate,
    /// The language of the page and of everything said.
    pub lang: Lang,
    /// How the vault spells things.
    dialect: Dialect,
    /// The folders that hold people.
    people_folders: Vec<String>,
    /// The language that was asked for, whatever the vault says.
    asked_lang: Option<Lang>,
    /// What is kept on this machine alone, where the system has a place for it.
    local: Option<LocalState>,
    /// What kept files from being read at all.
    walk_problems: Vec<Problem>,
    /// Notes as they would be, where nothing is written (`--dry-run`).
    in_mind: HashMap<NotePath, String>,
    /// Notes that somebody may be writing in just now: what is to be recorded in them waits.
    in_use: HashSet<NotePath>,
    /// What is remembered from one page to the next, where there will be a next.
    memo: Option<Box<Memo>>,
    /// Temporary files that a run which was cut off has left.
    leftovers: Vec<NotePath>,
    /// Folders that the system could not list when the vault was opened, and may list a little later.
    unread: Vec<NotePath>,
    /// What tells the vault as it was when it was read, where enough is known of it.
    state: Option<state::State>,
}

impl App {
    /// The agenda of the day.
    pub fn agenda(&self, extent: Extent) -> Agenda {
        plan::plan(&self.index, &self.config, self.today, extent)
    }

    /// Every problem of the vault with its line, by path and place.
    pub fn problems(&self) -> Vec<Problem> {
        let mut out = self.unlocated_problems();
        out.extend(self.pending_problems());
        let mut text: Option<(NotePath, String)> = None;
        for problem in &mut out {
            if problem.span.is_none() {
                continue;
            }
            if text.as_ref().is_none_or(|(path, _)| *path != problem.path) {
                text = match self.vault.read(&problem.path) {
                    Ok(Bytes::Whole(bytes)) => {
                        Some((problem.path.clone(), String::from_utf8_lossy(&bytes).into_owned()))
                    }
                    _ => None,
                };
            }
            if let Some((_, text)) = &text {
                *problem = problem.clone().locate(text);
            }
        }
        out.sort_by(Problem::by_place);
        out
    }

    fn unlocated_problems(&self) -> Vec<Problem> {
        let mut out = self.walk_problems.clone();
        out.extend(self.index.problems(self.today));
        out.par_sort_by(Problem::by_place);
        out
    }

    /// How many problems want attention, and the notes that have them.
    pub fn trouble(&self) -> (usize, Troubled) {
        let mut troubles = Troubles::default();
        troubles.count(&self.index, self.today);
        self.troubled(&troubles)
    }

    /// Why nothing in a note's front matter is read, with its line.
    pub fn front_trouble(&self, note: &Note) -> Option<Problem> {
        let problem = note.front_trouble()?.clone();
        Some(match self.text_as_read(note).filter(|_| problem.span.is_some()) {
            Some(text) => problem.locate(&text),
            None => problem,
        })
    }

    /// How many people there are, and days of contact with them up to today.
    pub fn people_and_contacts(&self) -> (usize, usize) {
        let ties: Vec<_> = self.index.people().map(|(_, _, tie)| tie).collect();
        (ties.len(), ties.par_iter().map(|tie| tie.until(self.today).len()).sum())
    }

    /// Whether this machine has a place for what is kept beside the vault.
    pub fn has_local_state(&self) -> bool {
        self.local.is_some()
    }

    /// Keeps the vault for one daemon alone, as long as what it gives is held; else says who keeps
    /// it.
    ///
    /// # Errors
    /// What the disk says of the lock.
    pub fn hold_watch(&self) -> Result<Result<Option<Lock>, String>, DiskError> {
        self.local.as_ref().map_or(Ok(Ok(None)), LocalState::stay)
    }

    /// The text of a note as it is now, for those who need more than the index keeps.
    ///
    /// # Errors
    /// What the disk says.
    pub fn text(&self, path: &NotePath) -> Result<Option<String>, DiskError> {
        Ok(match self.vault.read(path)? {
            Bytes::Whole(bytes) => String::from_utf8(bytes).ok(),
            Bytes::TooLarge | Bytes::Missing => None,
        })
    }

    /// The text of a note, if it still is what was read.
    pub fn text_as_read(&self, note: &Note) -> Option<String> {
        let text = self.text(&note.path).ok().flatten();
        text.filter(|text| Digest::of(text.as_bytes()) == note.digest)
    }

    /// What a note says it is about, whatever it is.
    pub fn said(&self, note: &Note) -> Option<Said> {
        self.text_as_read(note).map(|text| said(&note.path, &text, &self.dialect))
    }
}
