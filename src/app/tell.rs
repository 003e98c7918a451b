//! What commands record: contacts as they are told, silence, rest, a tier.

use std::collections::BTreeSet;

use super::App;
use super::record::{Done, Trouble};
use crate::deed::{Deed, Told};
use crate::note::edit::change::Change;
use crate::note::region::{Found, Name, find};
use crate::note::{Kind, Note};
use crate::plan::{Reach, Rest, State};
use crate::text::{NotePath, QuickSet, Text};

impl App {
    /// Records a contact with somebody.
    ///
    /// # Errors
    /// Where the note cannot be changed with certainty, or not be written.
    pub fn tell(&mut self, person: &NotePath, told: &Told) -> Result<Vec<Done>, Trouble> {
        let name = self.name_of(person);
        let deed = Deed::contact((person, &name), told, self.today, &self.config, &self.dialect);
        self.finish(&deed)
    }

    /// Makes one change to a note.
    ///
    /// # Errors
    /// As [`App::tell`].
    pub fn change_note(&mut self, path: &NotePath, change: Change) -> Result<Vec<Done>, Trouble> {
        let name = self.name_of(path);
        let deed = Deed::plain((path, &name), change, self.today);
        self.finish(&deed)
    }

    /// Writes a part of a note that is goen's. Whatever stands between the markers and was not written by
    /// goen is somebody's, and is kept. `heading` is made for it where there is none; empty for the usual
    /// one.
    ///
    /// # Errors
    /// As [`App::tell`].
    pub fn write_region(
        &mut self,
        path: &NotePath,
        name: Name,
        body: String,
        heading: &str,
    ) -> Result<Vec<Done>, Trouble> {
        // What is remembered here helps where the note does not tell goen's lines any more.
        let written = self.written(path, name);
        let now = self.text_to_change(path)?;
        let inner = match find(&now, name) {
            Found::One(region) => region.inner.of(&now),
            _ => "",
        };
        let stands: QuickSet<&str> = inner.lines().map(str::trim_end).collect();
        let lines = written.iter().flat_map(|text| text.lines()).map(str::trim_end);
        let kept: BTreeSet<&str> = lines.filter(|line| stands.contains(line)).collect();
        let before = kept.into_iter().collect::<Vec<_>>().join("\n");
        self.change_note(path, Change::Region { name, body, before, heading: heading.to_owned() })
    }

    /// The id under which a change is remembered.
    pub fn id_of_change(&self, path: &NotePath, change: &Change) -> Text {
        Deed::plain((path, &self.name_of(path)), change.clone(), self.today).id
    }

    fn finish(&mut self, deed: &Deed) -> Result<Vec<Done>, Trouble> {
        let done = self.carry_out(deed, false)?;
        match self.look_back(std::slice::from_ref(deed)).into_iter().next() {
            Some(trouble) => Err(trouble),
            None => Ok(done),
        }
    }

    fn name_of(&self, path: &NotePath) -> Text {
        match self.index.note(path.as_str()).map(|note| &note.kind) {
            Some(Kind::Person(person)) => person.name.clone(),
            _ => path.name().into(),
        }
    }

    /// People without tier and cadence, those mentioned most first; but for those whose front matter cannot
    /// be read, in which nothing could be written.
    pub fn to_sort(&self) -> Vec<&Note> {
        let rest = Rest::of(&self.index);
        let people = self
            .index
            .people()
            .filter(|of| Reach::of(*of, &self.config, &rest, self.today).state == State::Untracked)
            .filter(|(note, ..)| note.front_trouble().is_none());
        let mut people: Vec<_> =
            people.map(|(note, _, tie)| (tie.mentions, tie.contacts.len(), note)).collect();
        people.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.path.cmp(&b.2.path)));
        people.into_iter().map(|(_, _, note)| note).collect()
    }
}
