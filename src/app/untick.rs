//! A task that was ticked with a deed is opened again, where notes have other names since.
//!
//! What stands in one place only, in the words of then and with the day of then, is the task that was ticked;
//! of anything else nobody can be sure, and it stays. Leaves the rest of taking something back to `undo`.

use chrono::NaiveDate;

use super::App;
use super::record::{Before, Done, Trouble};
use super::taken_back::TakenBack;
use crate::note::edit::change::Change;
use crate::note::edit::{Refusal, tick_task, untick_task};
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
        let Some((path, words)) = self.ticked(home, (&words, day), now) else {
            // Somebody has opened it already.
            let text = self.text_to_change(home).unwrap_or_default();
            let is_open = |words: &String| tick_task(home, &text, (words, 0), day, &self.dialect).is_ok();
            let trouble = Trouble::of_file(home, Obstacle::StillTicked);
            return if words.iter().any(is_open) { Ok(None) } else { Err(trouble) };
        };
        let open = |app: &Self, text: &str| {
            let edit = untick_task(&path, text, &words, day, &app.dialect)?;
            edit.apply(text).ok_or(Refusal { at: Span::default(), why: Obstacle::Uncertain })
        };
        self.change(&path, dry_run, open)
    }

    /// Where a task stands that was ticked on a day, and in which of some words; none where there are several.
    fn ticked(
        &self,
        home: &NotePath,
        (words, day): (&[String], NaiveDate),
        person: &NotePath,
    ) -> Option<(NotePath, String)> {
        let places: Vec<NotePath> = match self.index.note(home.as_str()) {
            Some(note) => vec![note.path.clone()],
            None => {
                let person = self.index.note(person.as_str());
                let linking = person.into_iter().flat_map(|person| self.index.linking_to(person));
                linking.map(|note| note.path.clone()).collect()
            }
        };
        let mut found = places.into_iter().filter_map(|path| {
            let text = self.text_to_change(&path).ok()?;
            let untick = |words: &String| untick_task(&path, &text, words, day, &self.dialect);
            let words = words.iter().map(|words| (words, untick(words)));
            let (words, edit) =
                words.into_iter().find(|(_, edit)| !matches!(edit, Err(no) if no.why == Obstacle::NoTask))?;
            Some(edit.is_ok().then(|| (path.clone(), words.clone())))
        });
        found.next().filter(|_| found.next().is_none())?
    }
}
