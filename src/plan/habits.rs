//! What you want to do regularly: `habit`, an item of nobody's.

use chrono::{Days, NaiveDate};

use super::{HORIZON, Item, Kind, Section, Why, item_id, section_of};
use crate::date;
use crate::date::DayFirst;
use crate::index::Index;
use crate::note::Kind as NoteKind;
use crate::note::Note;
use crate::note::log::{Entry, Marks};
use crate::note::other::{Habit, Me};
use crate::text::{NotePath, Text, fold, link_key};

/// The habits whose day lies within the horizon, and those of today that are done.
pub(super) fn items(index: &Index, today: NaiveDate, is_free: impl Fn(NaiveDate) -> bool) -> Vec<Item> {
    let Some((note, me)) = index.me() else { return Vec::new() };
    let Some(horizon) = today.checked_add_days(Days::new(HORIZON - 1)) else { return Vec::new() };
    let due = me.habits.iter().filter_map(|habit| {
        let times = Times::of(index, me, habit, today);
        let base = times.base();
        let due = base.map_or(today, |base| habit.every.after(base));
        (due <= horizon).then(|| {
            // In days of rest it waits for the first after them.
            let days = due.max(today).iter_days().take_while(|day| *day <= horizon);
            let planned = days.into_iter().find(|day| is_free(*day));
            let why = Why::Habit { last: times.last(), every: habit.every };
            Item { opens: Some(due), due: Some(due), ..item(note, habit, base, planned, why, today) }
        })
    });
    let done = me.log.iter().filter(|entry| entry.day == today).filter_map(|entry| {
        let id = entry.id.as_deref()?;
        let why =
            Why::Done { skipped: entry.marks.has(Marks::SKIP), channel: None, text: entry.text.clone() };
        let habit = me.habits.iter().find(|habit| names(entry, habit))?;
        let item = item(note, habit, None, Some(today), why, today);
        Some(Item { id: Text::from(id), section: Section::Done, done: true, ..item })
    });
    due.chain(done).collect()
}

/// The habit that an id stands for, and the note about the user.
pub fn known_habit(index: &Index, today: NaiveDate, id: &str) -> Option<(NotePath, Text)> {
    let (note, me) = index.me()?;
    let habit = me.habits.iter().find(|habit| {
        let Times { done, skipped } = Times::of(index, me, habit, today);
        let days = done.into_iter().chain(skipped).map(Some).chain([None]);
        days.into_iter().any(|base| id_of(note, habit, base) == id)
    });
    habit.map(|habit| (note.path.clone(), habit.what.clone()))
}

fn item(
    note: &Note,
    habit: &Habit,
    base: Option<NaiveDate>,
    planned: Option<NaiveDate>,
    why: Why,
    today: NaiveDate,
) -> Item {
    let item = Item::bare(id_of(note, habit, base), Kind::Habit, section_of(planned, today), why);
    Item { name: habit.what.clone(), planned, ..item }
}

fn id_of(note: &Note, habit: &Habit, base: Option<NaiveDate>) -> Text {
    let base = base.map_or_else(|| "new".to_owned(), |day| day.to_string());
    item_id(note.path.as_str(), Kind::Habit, format_args!("{} {base}", fold(&habit.what)))
}

/// The days on which a habit was kept, and those on which it was skipped, up to a day.
struct Times {
    done: Vec<NaiveDate>,
    skipped: Vec<NaiveDate>,
}

impl Times {
    fn of(index: &Index, me: &Me, habit: &Habit, today: NaiveDate) -> Self {
        let entries = me.log.iter().filter(|entry| entry.day <= today && names(entry, habit));
        let (skips, entries): (Vec<&Entry>, Vec<&Entry>) =
            entries.partition(|entry| entry.marks.has(Marks::SKIP));
        let written = written(index, habit).filter(|day| *day <= today);
        let done = entries.into_iter().map(|entry| entry.day).chain(written).collect();
        Self { done, skipped: skips.into_iter().map(|entry| entry.day).collect() }
    }

    /// When it was done last.
    fn last(&self) -> Option<NaiveDate> {
        self.done.iter().max().copied()
    }

    /// What the time to the next is counted from: the last, or a skip after it.
    fn base(&self) -> Option<NaiveDate> {
        self.last().max(self.skipped.iter().max().copied())
    }
}

/// A log line is of a habit if its words name it.
fn names(entry: &Entry, habit: &Habit) -> bool {
    fold(&entry.text).contains(&*fold(&habit.what))
}

/// The days of the dated notes in its folder: by what they are, else by how they are called.
fn written(index: &Index, habit: &Habit) -> impl Iterator<Item = NaiveDate> {
    let folder = habit.folder.as_deref().map(|folder| link_key(folder.trim_matches('/')).into_owned());
    let inside = move |path: &NotePath| {
        let folder = folder.as_deref()?;
        let path = link_key(path.as_str());
        path.strip_prefix(folder)?.starts_with('/').then_some(())
    };
    let paths = habit.folder.iter().flat_map(|_| index.paths());
    paths.filter_map(move |path| {
        inside(path)?;
        let note = index.note(path.as_str())?;
        match &note.kind {
            NoteKind::Dated(day) => Some(*day),
            NoteKind::Event(event) => event.day,
            NoteKind::Clip(clip) => clip.day,
            NoteKind::Other(day) => day.or_else(|| named(path)),
            _ => named(path),
        }
    })
}

fn named(path: &NotePath) -> Option<NaiveDate> {
    date::prefix(path.name(), DayFirst::Ask).ok().map(|(day, _)| day)
}
