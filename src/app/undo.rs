//! What was recorded is taken back: the note as it was, or only what goen put in.

use chrono::NaiveDate;

use super::App;
use super::record::{Before, Done, Memory, TRIES, Trouble};
use super::taken_back::TakenBack;
use crate::deed;
use crate::note::edit::change::{self, Hand};
use crate::note::edit::{Refusal, add_below};
use crate::note::log::Entry;
use crate::note::plain::plain;
use crate::note::region::Name;
use crate::note::{Mention, Note};
use crate::plan;
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, Span, Text};

/// Something that goen recorded lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its id, as in the log.
    pub id: Text,
    /// When.
    pub day: NaiveDate,
    /// Whom it is about, or that it is an import.
    pub name: Text,
    /// The notes that it changed.
    pub paths: Vec<NotePath>,
    /// What was written, as far as it is a log line.
    pub words: String,
}

/// Log lines are listed so many days back.
const LATELY: i64 = 28;

impl App {
    /// Takes back what has this id: with the notes as they were where nobody has changed them
    /// since, else by taking out what goen put in. `person` is whose log has the entry, where
    /// nothing is remembered on this machine.
    ///
    /// # Errors
    /// Where what goen wrote is not there any more, or a note cannot be written.
    pub fn take_back(
        &mut self,
        id: &str,
        person: Option<&NotePath>,
        dry_run: bool,
    ) -> Result<TakenBack, Trouble> {
        let _held = if dry_run { None } else { self.hold()? };
        let all: Vec<_> = self.memories().into_iter().filter(|(_, memory)| memory.id == id).collect();
        let Some(((name, newest), older)) = all.split_first() else {
            let nobody = || Trouble::of_file(&self.config.page.file, Obstacle::NotGoens);
            return self.strike(person.ok_or_else(nobody)?, id, &[], dry_run);
        };
        if newest.is_import() {
            return Ok(self.take_import_back(name, newest, dry_run));
        }
        // A deed that met trouble halfway was finished later: its first half is remembered apart.
        let half = older.first().filter(|(_, older)| older.is_begun_of(newest));
        let (names, notes) = match half {
            Some((half_name, half)) => {
                let rest = half.notes.iter().filter(|note| newest.notes.iter().all(|n| n.path != note.path));
                (vec![name, half_name], rest.chain(&newest.notes).collect::<Vec<_>>())
            }
            None => (vec![name], newest.notes.iter().collect()),
        };
        // A note that was renamed since has its entry along, whoever has its old name now.
        let was = notes.first().map_or_else(|| NotePath::new(""), |first| NotePath::new(first.path.as_str()));
        if self.entry_of(&was, id).is_none()
            && let Some(now) = self.holder(person, id)
            && !self.is_left_behind(&was, &now, id)
        {
            // What was typed is known: the entry may have words of goen's about names that are others now.
            let taken = self.strike(&now, id, &notes, dry_run)?;
            return Ok(TakenBack { said: newest.said.clone(), ..taken });
        }
        let mut taken = TakenBack { said: newest.said.clone(), ..TakenBack::default() };
        // Nothing is written before the proof is known to go; what else has changed since stays.
        let (mut going, mut away) = (Vec::new(), Vec::new());
        for (at, note) in notes.iter().enumerate() {
            match self.reverse_note(note, true, dry_run) {
                Ok(_) => going.push(note),
                // Renamed since, or its words are others: the names of those it links to are among them.
                Err(Trouble { why: Obstacle::Missing | Obstacle::NoTask, .. }) if at > 0 => away.push(*note),
                Err(trouble) if at > 0 => taken.left.push(trouble),
                Err(trouble) => return Err(trouble),
            }
        }
        taken.open_again(self, &away, (&was, &was), dry_run);
        // The proof goes last.
        for note in going.into_iter().rev() {
            taken.notes.extend(self.reverse_note(note, false, dry_run)?);
        }
        if let (false, Some(local)) = (dry_run, &self.local) {
            names.into_iter().for_each(|name| local.forget(name));
        }
        Ok(taken)
    }

    /// Puts lines below an entry that stands in a log; what is remembered of it follows, so that it is
    /// still taken back as a whole. None where it says them already.
    ///
    /// # Errors
    /// Where the entry is not there any more, or the note cannot be written.
    pub(super) fn say_more(
        &mut self,
        path: &NotePath,
        id: &str,
        (below, said): (&[String], &[String]),
        dry_run: bool,
    ) -> Result<Option<Done>, Trouble> {
        let _held = if dry_run { None } else { self.hold()? };
        let done = self.change(path, dry_run, |_, now| add_below(now, id, below).map(|(text, _)| text))?;
        let (Some(done), false) = (&done, dry_run) else { return Ok(done) };
        let known = self.memories().into_iter().find(|(_, memory)| memory.id == id);
        if let Some((name, mut memory)) = known {
            let new = add_below(&done.before, id, below).map_or_else(|_| Vec::new(), |(_, new)| new);
            for note in memory.notes.iter_mut().filter(|note| note.path == path.as_str()) {
                if note.after == done.before {
                    note.after.clone_from(&done.after);
                }
                for change in &mut note.changes {
                    if let change::Change::Record(entry) = change {
                        entry.below.extend(new.iter().cloned());
                    }
                }
            }
            memory.said.extend(said.iter().cloned());
            let _ = self.remember_as(&name, &memory);
        }
        Ok(Some(done.clone()))
    }

    /// The notes that taking something back may change.
    pub(super) fn notes_of(&self, id: &str) -> Vec<NotePath> {
        let remembered = self.memories().into_iter().filter(|(_, memory)| memory.id == id);
        let notes = remembered.flat_map(|(_, memory)| memory.notes);
        notes.map(|note| NotePath::new(note.path.as_str())).collect()
    }

    /// The notes that stand as a deed that is remembered has left them.
    pub(super) fn recorded_lately(&self) -> Vec<NotePath> {
        let notes = self.memories().into_iter().flat_map(|(_, memory)| memory.notes);
        let stand = notes.map(|note| (NotePath::new(note.path.as_str()), note.after));
        let stand = stand.filter(|(path, after)| self.text(path).ok().flatten().as_ref() == Some(after));
        stand.map(|(path, _)| path).collect()
    }

    /// What goen wrote lately into a part of a note.
    pub(super) fn written(&self, path: &NotePath, part: Name) -> Vec<String> {
        let notes = self.memories().into_iter().flat_map(|(_, memory)| memory.notes);
        let changes = notes.filter(|note| note.path == path.as_str()).flat_map(|note| note.changes);
        let bodies = changes.filter_map(|change| match change {
            change::Change::Region { name, body, .. } if name == part => Some(body),
            _ => None,
        });
        bodies.collect()
    }

    /// Puts one note of a deed back; with `only_try` nothing is different afterwards.
    fn reverse_note(
        &mut self,
        known: &Before,
        only_try: bool,
        dry_run: bool,
    ) -> Result<Option<Done>, Trouble> {
        let path = NotePath::new(known.path.as_str());
        let make = |app: &Self, now: &str| {
            if now == known.after {
                return Ok(known.before.clone());
            }
            let hand = Hand { dialect: &app.dialect, lang: app.lang };
            if now == known.before {
                return Ok(now.to_owned());
            }
            change::take_back(&path, (&known.before, now), &known.changes, hand)
        };
        if only_try {
            let now = self.text_to_change(&path)?;
            return make(self, &now).map(|_| None).map_err(refused(&path));
        }
        self.change(&path, dry_run, make)
    }

    /// In whose log an entry stands: where it is said to, if it does.
    fn holder(&self, person: Option<&NotePath>, id: &str) -> Option<NotePath> {
        let said = person.and_then(|path| self.index.note(path.as_str()));
        let mut all = said.into_iter().chain(self.index.people().map(|(note, ..)| note));
        all.find(|note| entry_in(note, id).is_some()).map(|note| note.path.clone())
    }

    /// Takes an entry out by its id alone, where nothing is remembered of it, or no more than what was done in
    /// notes that have other names since.
    fn strike(
        &mut self,
        path: &NotePath,
        id: &str,
        known: &[&Before],
        dry_run: bool,
    ) -> Result<TakenBack, Trouble> {
        let halves = self.other_halves(path, id);
        let all: Vec<&NotePath> = std::iter::once(path).chain(&halves).collect();
        let others_of = |note: &NotePath| all.iter().copied().find(|other| *other != note);
        let said: Vec<String> =
            all.iter().filter_map(|note| self.typed_into(note, others_of(note), id)).collect();
        let strike = |app: &mut Self, path: &NotePath| {
            app.change(path, dry_run, |app, now| {
                let hand = Hand { dialect: &app.dialect, lang: app.lang };
                change::strike(path, now.to_owned(), id, None, hand)
            })
        };
        let hand = Hand { dialect: &self.dialect, lang: self.lang };
        change::strike(path, self.text_to_change(path)?, id, None, hand).map_err(refused(path))?;
        let mut taken = TakenBack::default();
        // The proof goes last.
        if let Some(was) = known.first().map(|first| NotePath::new(first.path.as_str())) {
            taken.open_again(self, known, (&was, path), dry_run);
        }
        taken.notes.extend(strike(self, path)?);
        for other in &halves {
            match strike(self, other) {
                Ok(done) => taken.notes.extend(done),
                Err(trouble) => taken.left.push(trouble),
            }
        }
        if let (false, Some(local)) = (dry_run, &self.local) {
            let of_it =
                self.memories().into_iter().filter(|(_, memory)| memory.id == id && !memory.is_import());
            of_it.for_each(|(name, _)| local.forget(&name));
        }
        let is_goens = |words: &String| {
            let own = [Lang::Ja, Lang::En]
                .map(|lang| deed::own_words(&self.index, &self.config, (self.today, lang), (path, id)));
            own.into_iter().flatten().any(|own| plain(&own).trim() == words)
        };
        taken.said =
            said.into_iter().filter(|words| !is_goens(words)).map(|w| format!("    - {w}")).collect();
        Ok(taken)
    }

    /// What somebody typed into the entry of an id, in one plain line; of an introduction without goen's link.
    fn typed_into(&self, path: &NotePath, other: Option<&NotePath>, id: &str) -> Option<String> {
        let text = self.text_to_change(path).ok()?;
        let entry = self.entry_of(path, id)?;
        let raw = entry.said.of(&text).replace(&format!("^{id}"), "");
        let raw = other.map_or(raw.trim(), |other| deed::typed((&self.index, path), other, raw.trim()));
        Some(plain(raw).trim().to_owned()).filter(|words| !words.is_empty())
    }

    /// Where else an entry of this id stands that is one with it: an introduction is in the logs of
    /// both. A line that somebody copied is theirs.
    fn other_halves(&self, path: &NotePath, id: &str) -> Vec<NotePath> {
        let (Some(own), Some(entry)) = (self.index.note(path.as_str()), self.entry_of(path, id)) else {
            return Vec::new();
        };
        let others = self.index.people().map(|(note, ..)| note).filter(|note| note.path != *path);
        let halves = others.filter(|other| {
            let Some(its) = entry_in(other, id).filter(|its| its.day == entry.day) else {
                return false;
            };
            let is_named = || self.names(own, entry.span, &other.path) && self.names(other, its.span, path);
            // Notes that were renamed since name each other, but have another id.
            plan::is_introduction(path, &other.path, id) || is_named()
        });
        halves.map(|note| note.path.clone()).collect()
    }

    /// Whether a part of a note links to another.
    fn names(&self, note: &Note, part: Span, other: &NotePath) -> bool {
        let is_within = |link: &&Mention| part.start <= link.span.start && link.span.end <= part.end;
        let mut linked = note.links.iter().filter(is_within);
        linked.any(|link| self.index.resolve(&note.path, link).note().is_some_and(|n| n.path == *other))
    }

    /// The entry with an id in a note's log.
    pub(super) fn entry_of(&self, path: &NotePath, id: &str) -> Option<&Entry> {
        entry_in(self.index.note(path.as_str())?, id)
    }

    /// Changes one note, again if somebody saves in between; none where it says so already.
    pub(super) fn change(
        &mut self,
        path: &NotePath,
        dry_run: bool,
        make: impl Fn(&Self, &str) -> Result<String, Refusal>,
    ) -> Result<Option<Done>, Trouble> {
        for _ in 0..TRIES {
            let before = self.text_to_change(path)?;
            let after = make(self, &before).map_err(refused(path))?;
            if before == after {
                return Ok(None);
            }
            match self.write(Done { path: path.clone(), before, after, durable: true }, dry_run) {
                Err(trouble) if trouble.why == Obstacle::KeepsChanging => {}
                result => return result.map(Some),
            }
        }
        Err(Trouble::of_file(path, Obstacle::KeepsChanging))
    }

    fn words_of(&self, path: &NotePath, id: &str) -> Option<String> {
        let text = self.text_to_change(path).ok()?;
        let words = self.entry_of(path, id)?.words(&text);
        Some(words.trim().to_owned()).filter(|words| !words.is_empty())
    }

    /// What goen recorded lately, newest first: what is remembered here, and what the logs show.
    pub fn lately(&self) -> Vec<Past> {
        let mut out: Vec<Past> = Vec::new();
        for (_, memory) in self.memories() {
            let paths: Vec<NotePath> =
                memory.notes.iter().map(|note| NotePath::new(note.path.as_str())).collect();
            let is_import = memory.is_import();
            let words = if is_import {
                vec![many_notes(memory.notes.len(), self.lang)]
            } else {
                let changes = memory.notes.iter().flat_map(|note| &note.changes);
                changes.map(|change| words_of(change, self.lang)).collect()
            };
            // In the language of who reads it, whatever it was made in.
            let name = if is_import { import_called(self.lang).into() } else { memory.name };
            let (id, day) = (memory.id, memory.day);
            if !out.iter().any(|past| past.id == id) {
                out.push(Past { id, day, name, paths, words: words.join("; ") });
            }
        }
        let mut logged: Vec<Past> = Vec::new();
        for (note, person, _) in self.index.people() {
            let recent = person.log.iter().rev().take_while(|e| (self.today - e.day).num_days() <= LATELY);
            for entry in recent.filter(|entry| entry.day <= self.today) {
                let Some(id) = entry.id.as_deref().filter(|id| out.iter().all(|past| past.id != *id)) else {
                    continue;
                };
                logged.push(Past {
                    id: id.into(),
                    day: entry.day,
                    name: person.name.clone(),
                    paths: vec![note.path.clone()],
                    words: self.words_of(&note.path, id).unwrap_or_default(),
                });
            }
        }
        logged.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.paths.cmp(&b.paths)));
        out.extend(logged);
        out
    }
}

fn refused(path: &NotePath) -> impl Fn(Refusal) -> Trouble {
    move |refusal| Trouble { path: path.clone(), at: refusal.at, why: refusal.why }
}

/// The entry with an id in a note's log.
fn entry_in<'n>(note: &'n Note, id: &str) -> Option<&'n Entry> {
    note.log().iter().find(|entry| entry.id.as_deref() == Some(id))
}

impl Memory {
    /// Whether an address book brought it.
    pub(super) fn is_import(&self) -> bool {
        let is_filled = |note: &Before| note.changes.iter().any(|change| change.fill().is_some());
        self.notes.iter().any(|note| note.made || is_filled(note))
    }
}

fn import_called(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "連絡先の取り込み",
        Lang::En => "import",
    }
}

fn many_notes(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{count} 枚のノート"),
        Lang::En => format!("{count} note{}", if count == 1 { "" } else { "s" }),
    }
}

/// A change in a few words, for a list.
fn words_of(change: &change::Change, lang: Lang) -> String {
    use change::Change;
    match change {
        Change::Record(recorded) => {
            let channel = recorded.channel.as_ref().map(|channel| format!("({channel})"));
            let parts = [channel.unwrap_or_default(), recorded.words.clone()];
            parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
        }
        Change::Tick { task, .. } => format!("✅ {task}"),
        Change::Next(day) => format!("next: {day}"),
        Change::Snooze { until, .. } => format!("snooze: {until}"),
        Change::Tier(tier) => format!("tier: {tier}"),
        Change::Away(period) => format!("away: {period}"),
        Change::Fill(fill) => format!("{}: {}", fill.key, fill.value),
        Change::Region { name, heading, .. } if heading.is_empty() => name.heading(lang).to_owned(),
        Change::Region { heading, .. } => heading.clone(),
    }
}
