//! Days as they would go: each is planned as it always is, and what was done leaves in the notes what a
//! tick would leave.
//!
//! Works on its own copy of the index. Leaves all planning to the planner, and what is done to whoever
//! asks.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::tick::Tick;
use crate::config::{Config, SeasonRule};
use crate::index::{Change, Index};
use crate::note::Note;
use crate::plan::{Energy, Extent, Item, Kind, Planner, Reach, Rest, Section, State, Why, known, plus};
use crate::text::NotePath;

/// A vault whose days go by.
#[derive(Debug)]
pub struct Simulation {
    index: Index,
    config: Config,
    greetings: Vec<SeasonRule>,
    planner: Planner,
    today: NaiveDate,
    /// How many entries were left in logs.
    written: u32,
}

/// What came of a day.
#[derive(Debug)]
pub struct Day {
    /// Which.
    pub date: NaiveDate,
    /// What was spent before anything planned was done, and what the day and its week hold.
    pub energy: Energy,
    /// What was done, in the order of the agenda.
    pub done: Vec<Done>,
    /// What stood on today and was left.
    pub left: Vec<Arc<Item>>,
}

/// Something that was done.
#[derive(Debug)]
pub struct Done {
    /// The item.
    pub item: Arc<Item>,
    /// How the tie stood before; none for what is nobody's.
    pub before: Option<Reach>,
}

impl Simulation {
    /// Begins on a day.
    pub fn new(index: &Index, config: &Config, today: NaiveDate) -> Self {
        Self {
            index: index.clone(),
            config: config.clone(),
            greetings: config.greetings(),
            planner: Planner::default(),
            today,
            written: 0,
        }
    }

    /// The notes as they are by now.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The settings that are planned with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The day that comes next.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Takes changes in that are nobody's tick.
    pub fn change(&mut self, changes: impl IntoIterator<Item = Change>) {
        self.index.apply_all(changes);
    }

    /// Plans the day, does what is wanted of that which stands on it, and goes on to the next.
    pub fn day(&mut self, mut is_done: impl FnMut(&Item) -> bool) -> Day {
        let today = self.today;
        let agenda = self.planner.plan(&self.index, &self.config, today, Extent::Today);
        let open = agenda.items.into_iter().filter(|item| item.section == Section::Today && !item.done);
        let (wanted, left): (Vec<_>, Vec<_>) = open.partition(|item| is_done(item));
        let rest = Rest::of(&self.index);
        let done: Vec<Done> =
            wanted.into_iter().map(|item| Done { before: self.reach_with(&item, &rest), item }).collect();
        self.tick(&done);
        self.today = plus(today, 1);
        Day { date: today, energy: agenda.energy, done, left }
    }

    fn reach_with(&self, item: &Item, rest: &Rest) -> Option<Reach> {
        let of = self.index.person(item.person.as_ref()?.as_str())?;
        Some(Reach::of(of, &self.config, rest, self.today))
    }

    /// How everybody's tie stands on the day that comes next, but for those it says nothing of.
    pub fn reaches(&self) -> impl Iterator<Item = (&Note, Reach)> {
        let rest = Rest::of(&self.index);
        self.index.people().filter_map(move |of| {
            let reach = Reach::of(of, &self.config, &rest, self.today);
            (!matches!(reach.state, State::Untracked | State::Closed)).then_some((of.0, reach))
        })
    }

    fn tick(&mut self, done: &[Done]) {
        let mut notes: BTreeMap<NotePath, Note> = BTreeMap::new();
        for item in done.iter().map(|done| &*done.item) {
            let tick = Tick::of(item, &self.greetings);
            let me = || self.index.me().map(|(note, _)| note.path.clone());
            let (first, second) = match (&item.person, &item.subject, &item.why) {
                (Some(person), _, Why::Introduce { other, .. }) => {
                    (Some(person.clone()), Some(other.clone()))
                }
                (Some(person), _, _) => (Some(person.clone()), None),
                (None, Some(subject), _) => (Some(subject.clone()), None),
                (None, None, _) if item.kind == Kind::Habit => (me(), None),
                _ => (None, None),
            };
            for path in first.into_iter().chain(second) {
                self.written += 1;
                let number = self.written;
                if let Some(note) = Self::opened(&mut notes, &self.index, &path) {
                    tick.leave_in(note, self.today, number, &self.config);
                }
            }
            if item.kind == Kind::Promise {
                self.keep_promise(item, &mut notes);
            }
        }
        self.index.apply_all(notes.into_values().map(|note| Change::Put(Box::new(note))));
    }

    /// The copy of a note that is being changed.
    fn opened<'n>(
        notes: &'n mut BTreeMap<NotePath, Note>,
        index: &Index,
        path: &NotePath,
    ) -> Option<&'n mut Note> {
        if !notes.contains_key(path) {
            notes.insert(path.clone(), index.note(path.as_str())?.clone());
        }
        notes.get_mut(path)
    }

    /// A promise that was kept is no open task any more; one that comes again is the plugin's own.
    fn keep_promise(&self, item: &Item, notes: &mut BTreeMap<NotePath, Note>) {
        let Some(person) = &item.person else { return };
        let found = known(&self.index, &self.config, self.today, person.as_str(), &item.id);
        let Some(task) = found.and_then(|known| known.task).filter(|task| !task.recurring) else { return };
        if let Some(note) = Self::opened(notes, &self.index, &task.path) {
            let is_it =
                |open: &crate::note::task::Task| open.text == task.text && open.ordinal == task.ordinal;
            let tasks = std::mem::take(&mut note.tasks);
            note.tasks = tasks.into_iter().filter(|open| !is_it(open)).collect();
        }
    }
}
