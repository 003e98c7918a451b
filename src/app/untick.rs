//! A task that was ticked with a deed is opened again, where notes have other names since.
//!
//! What stands in one place only, in the words of then and with the day of then, is the task that was ticked;
//! of anything else nobody can be sure, and it stays. Leaves the rest of taking something back to `undo`.

use chrono::NaiveDate;

use super::App;
use super::record::{Before, Done, Trouble};
use super::taken_back::TakenBack;
use crate::note::edit::change::Change;
use crate::note::edit::{Refusal, untick_task};
use crate::problem::Obstacle;
use crate::text::{NotePath, Span};

impl TakenBack {
    /// Opens again what a deed ticked in its notes; with what the note whose log had the entry was called, and
    /// is called now.
    pub(super) fn open_again(
        &mut self,
        app: &mut App,
        notes: &[&Before],
        (was, now): (&NotePath, &NotePath),
        dry_run: bool,
    ) {
        for note in notes {
            let path = NotePath::new(note.path.as_str());
            let home = if path == *was { now.clone() } else { path };
            for change in &note.changes {
                let Change::Tick { task, day, .. } = change else { continue };
                match app.untick(&home, (task, *day), (was, now), dry_run) {
                    Ok(done) => self.notes.extend(done),
                    Err(trouble) => self.left.push(trouble),
                }
            }
        }
    }
}

impl App {
    fn untick(
        &mut self,
        home: &NotePath,
        (task, day): (&str, NaiveDate),
        (was, now): (&NotePath, &NotePath),
        dry_run: bool,
    ) -> Result<Option<Done>, Trouble> {
        // Whoever renames a note has the links to it renamed as well, as a rule.
        let linked = [(was.stem(), now.stem()), (was.name(), now.name())];
        let relinked = linked.map(|(was, now)| task.replace(was, now));
        let words = [vec![task.to_owned()], relinked.to_vec()].concat();
        let places = self.places(home);
        let found = self.ticked(&places, &words, day);
        let (path, words) = match found.as_slice() {
            [(path, Some(words))] => (path.clone(), words.clone()),
            [] if self.is_open(&places, &words) => return Ok(None),
            _ => {
                // Where its note is nobody knows, its words must do.
                let note = self.index.note(home.as_str()).map(|note| note.path.clone());
                let note = note.unwrap_or_else(|| NotePath::new(""));
                return Err(Trouble::of_file(&note, Obstacle::StillTicked(task.into())));
            }
        };
        let open = |app: &Self, text: &str| {
            let edit = untick_task(&path, text, &words, day, &app.dialect)?;
            edit.apply(text).ok_or(Refusal { at: Span::default(), why: Obstacle::Uncertain })
        };
        self.change(&path, dry_run, open)
    }

    /// Where a task may stand: in its note, or in any, where that has another name now. Not only in those that
    /// link to whom it is promised: of a note whose last open task was ticked no links are known.
    fn places(&self, home: &NotePath) -> Vec<NotePath> {
        match self.index.note(home.as_str()) {
            Some(note) => vec![note.path.clone()],
            None => self.index.paths().cloned().collect(),
        }
    }

    /// Where tasks stand that were ticked on a day, and in which of some words; without them where there are
    /// several in a note.
    fn ticked(
        &self,
        places: &[NotePath],
        words: &[String],
        day: NaiveDate,
    ) -> Vec<(NotePath, Option<String>)> {
        let stamp = day.to_string();
        let found = places.iter().filter_map(|path| {
            let text = self.text_to_change(path).ok().filter(|text| text.contains(&stamp))?;
            let untick = |words: &String| untick_task(path, &text, words, day, &self.dialect);
            let words = words.iter().map(|words| (words, untick(words)));
            let (words, edit) =
                words.into_iter().find(|(_, edit)| !matches!(edit, Err(no) if no.why == Obstacle::NoTask))?;
            Some((path.clone(), edit.is_ok().then(|| words.clone())))
        });
        found.collect()
    }

    /// Whether somebody has opened a task again already.
    fn is_open(&self, places: &[NotePath], words: &[String]) -> bool {
        let notes = places.iter().filter_map(|path| self.index.note(path.as_str()));
        notes.flat_map(|note| &note.tasks).any(|task| words.iter().any(|words| *words == *task.text))
    }
}
