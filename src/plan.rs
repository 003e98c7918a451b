//! Whom to write to, why now, about what: a pure function of the notes, `goen.toml` and the day.
//!
//! Knows reasons and their order; leaves the words for them to `page`, and
//! reads no clock and no file.

mod dates;
mod energy;
mod habits;
mod known;
mod people;
mod planner;
mod promises;
pub mod reach;
mod schedule;
mod topics;
mod window;

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};

use crate::config::Config;
use crate::date::{Stretch, Window};
use crate::index::{Index, Tie};
use crate::note::Note;
use crate::note::person::{Milestone, Person};
use crate::note::task::{Due, Task};
use crate::text::{NotePath, QuickSet, Text, link_key, short_hash};

pub use energy::{Budget, Energy};
pub use habits::known_habit;
pub use known::{Known, Promised, is_live, is_sort_line, known};
pub use planner::Planner;
pub use reach::{Reach, State};
pub use topics::{Topic, TopicKind, channel as channel_for, common_interests};

/// The agenda looks this many days ahead, today included.
pub const HORIZON: u64 = 28;

/// Kinds of items, in the order of their strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An open task of yours.
    Promise,
    /// Something they owe you.
    Waiting,
    /// Their birthday.
    Birthday,
    /// Something new in their life.
    Milestone,
    /// The window is open.
    Cadence,
    /// A tie that has been silent for long.
    Reopen,
    /// Something you want to do regularly.
    Habit,
    /// People without a tier.
    Sort,
}

impl Kind {
    /// The word in JSON and in ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Waiting => "waiting",
            Self::Birthday => "birthday",
            Self::Milestone => "milestone",
            Self::Cadence => "cadence",
            Self::Reopen => "reopen",
            Self::Habit => "habit",
            Self::Sort => "sort",
        }
    }

    /// What one costs of the day's energy.
    fn cost(self, config: &Config) -> f64 {
        match self {
            Self::Promise | Self::Habit | Self::Sort => 0.0,
            Self::Waiting | Self::Birthday | Self::Milestone | Self::Cadence | Self::Reopen => {
                config.energy.message
            }
        }
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Today.
    Today,
    /// The six days after.
    Week,
    /// Up to the 28th day.
    Later,
    /// No room yet.
    Unplaced,
    /// Today's contacts.
    Done,
}

impl Section {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Later => "later",
            Self::Unplaced => "unplaced",
            Self::Done => "done",
        }
    }
}

/// Why an item stands on the agenda, as data.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The window after the last contact.
    Window {
        /// The last contact; none for somebody new.
        last: Option<NaiveDate>,
        /// The window in force.
        window: Option<Window>,
        /// The day was set by hand (`next`).
        by_hand: bool,
        /// A touch has moved the window.
        touched: bool,
        /// Two messages stayed without an answer: the window is doubled.
        unanswered: bool,
    },
    /// A birthday.
    Birthday {
        /// Its day; none where only the month is known.
        day: Option<NaiveDate>,
        /// Its month.
        month: u32,
    },
    /// Something in their life.
    Milestone {
        /// Its day.
        day: NaiveDate,
        /// What.
        what: Text,
    },
    /// An open task, yours or theirs.
    Promise {
        /// What.
        text: Text,
        /// When.
        due: Option<NaiveDate>,
        /// Since when it is open, where that is known.
        since: Option<NaiveDate>,
    },
    /// A long silence.
    Reopen {
        /// The last contact.
        last: Option<NaiveDate>,
        /// They were paused, and the pause is over.
        paused: bool,
    },
    /// Something you want to do regularly.
    Habit {
        /// When it was done last.
        last: Option<NaiveDate>,
        /// How often it is to be done.
        every: Stretch,
    },
    /// People without a tier.
    Sort {
        /// How many.
        count: usize,
    },
    /// What happened today.
    Done {
        /// It was put off, with a log line that is no contact.
        skipped: bool,
        /// Through which channel.
        channel: Option<Text>,
        /// What about.
        text: Text,
    },
}

/// One line of the agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// `g-` and a short hash of note, kind and occurrence.
    pub id: Text,
    /// The strongest reason.
    pub kind: Kind,
    /// Where it stands.
    pub section: Section,
    /// The person's note.
    pub person: Option<NotePath>,
    /// The event's or organisation's note, where the item is about one.
    pub subject: Option<NotePath>,
    /// The person's name; empty where there is none.
    pub name: Text,
    /// The id of their tier.
    pub tier: Option<Arc<str>>,
    /// The tier as the note calls it (先輩 and 恩師 are both `senior`).
    pub called: Option<Text>,
    /// How the tie stands.
    pub state: Option<State>,
    /// The last contact.
    pub last_contact: Option<NaiveDate>,
    /// From when the reason holds.
    pub opens: Option<NaiveDate>,
    /// By when it should be met.
    pub due: Option<NaiveDate>,
    /// The day planned.
    pub planned: Option<NaiveDate>,
    /// The day it has of its own, which readers of the page see as due (promises, birthdays).
    pub day: Option<NaiveDate>,
    /// Whether it stands on its day whatever else there is.
    pub fixed: bool,
    /// What it costs.
    pub cost: f64,
    /// Through which channel.
    pub channel: Option<Text>,
    /// Why.
    pub why: Why,
    /// What about.
    pub topics: Vec<Topic>,
    /// Further reasons.
    pub also: Vec<Kind>,
    /// Whether it happened today.
    pub done: bool,
}

/// What a day's page is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Agenda {
    /// The day.
    pub date: NaiveDate,
    /// What is spent, and what a day and week hold.
    pub energy: Energy,
    /// How many people are in each state; every state is there.
    pub counts: BTreeMap<State, usize>,
    /// The items that have a day: today, week, later, done; within a section by day, then as planned.
    pub items: Vec<Arc<Item>>,
    /// How many have none.
    pub waiting: usize,
    /// Those that have none, in the order in which they would come, if they were asked for.
    pub unplaced: Vec<Arc<Item>>,
}

/// How much of an agenda is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The items that have a day, as the page shows them.
    Placed,
    /// Those without too.
    All,
}

impl Agenda {
    /// The items of a section, in their order.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Item> {
        self.all().filter(move |item| item.section == section)
    }

    /// All items: today, week, later, done, then unplaced.
    pub fn all(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().chain(&self.unplaced).map(|item| &**item)
    }

    /// Should two ids of one agenda ever meet, the later item gets another.
    fn distinguish(&mut self) {
        let mut ids = QuickSet::default();
        if self.all().all(|item| ids.insert(item.id.as_str())) {
            return;
        }
        let mut seen = HashSet::with_capacity(self.items.len() + self.unplaced.len());
        for item in self.items.iter_mut().chain(&mut self.unplaced) {
            while !seen.insert(item.id.clone()) {
                let item = Arc::make_mut(item);
                item.id = hashed(&[&item.id]);
            }
        }
    }
}

/// What sets one occurrence of a reason apart from its others. Written out it is part of the
/// item's id.
#[derive(Debug, Clone, Copy)]
enum Occurrence<'a> {
    /// Nobody was met yet.
    New,
    /// A day: what the window is counted from, or a birthday.
    Day(NaiveDate),
    /// A month of a year.
    Month(i32, u32),
    /// Something in their life.
    Milestone(&'a Milestone),
    /// A task in a note.
    Task(&'a NotePath, &'a Task),
}

impl fmt::Display for Occurrence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("new"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(year, month) => write!(f, "{year}-{month:02}"),
            Self::Milestone(milestone) => write!(f, "{} {}", milestone.day, milestone.what),
            Self::Task(path, task) => {
                write!(f, "{} {} {}", link_key(path.as_str()), task.text, task.ordinal)?;
                // What comes again keeps its words: its day tells one time from the next.
                match task.due.filter(|_| task.recurring) {
                    Some(Due::On(day)) => write!(f, " {day}"),
                    _ => Ok(()),
                }
            }
        }
    }
}

/// A reason to write to somebody, before it is known which of several names the item.
#[derive(Debug, Clone)]
struct Reason<'a> {
    kind: Kind,
    /// From when it competes.
    appears: NaiveDate,
    /// The last day it may be planned on.
    until: Option<NaiveDate>,
    /// By when.
    due: NaiveDate,
    /// Its own date.
    day: Option<NaiveDate>,
    /// It stands on this day, whatever else there is.
    fixed: Option<NaiveDate>,
    /// Which of the reason's occurrences it is.
    occurrence: Occurrence<'a>,
    /// From when silence counts for how pressing it is, and how many days are its measure.
    since: NaiveDate,
    span: f64,
    why: Why,
}

/// What the families of reasons are given of a person.
struct Subject<'a> {
    note: &'a Note,
    person: &'a Person,
    tie: &'a Tie,
    reach: Reach,
    /// The ids that goen left in their log.
    ids: HashSet<&'a str>,
    index: &'a Index,
    config: &'a Config,
    today: NaiveDate,
}

impl<'a> Subject<'a> {
    fn new(
        note: &'a Note,
        person: &'a Person,
        tie: &'a Tie,
        index: &'a Index,
        config: &'a Config,
        today: NaiveDate,
    ) -> Self {
        let reach = Reach::of(person, tie, config, today);
        let ids = person.log.iter().filter_map(|entry| entry.id.as_deref()).collect();
        Self { note, person, tie, reach, ids, index, config, today }
    }

    /// Whether a log line of goen's says that this occurrence was skipped or done.
    fn is_settled(&self, kind: Kind, occurrence: &Occurrence<'_>) -> bool {
        !self.ids.is_empty() && self.ids.contains(self.id(kind, occurrence).as_str())
    }

    fn id(&self, kind: Kind, occurrence: &Occurrence<'_>) -> Text {
        item_id(self.note.path.as_str(), kind, &occurrence.to_string())
    }

    /// Whether there was a contact from one day to another, both included, up to today.
    fn contact_within(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.tie.until(self.today).iter().rev().any(|c| c.day >= from && c.day <= to)
    }
}

/// The id of an item: the same on every machine.
pub fn item_id(path: &str, kind: Kind, occurrence: &str) -> Text {
    // Paths are compared in NFC, so that a vault synced between systems has one id.
    let path = link_key(path);
    hashed(&[&path, kind.word(), occurrence])
}

/// An id of these parts: the same on every machine.
pub fn hashed(parts: &[&str]) -> Text {
    let mut id = Text::from("g-");
    id.push_str(&short_hash(parts));
    id
}

/// Plans the agenda of a day.
pub fn plan(index: &Index, config: &Config, today: NaiveDate, extent: Extent) -> Agenda {
    Planner::default().plan(index, config, today, extent)
}

/// One line for all people without a tier, on Mondays.
fn sort_line(count: usize, config: &Config, today: NaiveDate) -> Option<Item> {
    let monday = monday_from(today);
    (count > 0).then(|| Item {
        id: item_id("", Kind::Sort, &monday.to_string()),
        kind: Kind::Sort,
        section: section_of(Some(monday), today),
        person: None,
        subject: None,
        name: "".into(),
        tier: None,
        called: None,
        state: None,
        last_contact: None,
        opens: Some(monday),
        due: Some(monday),
        planned: Some(monday),
        day: None,
        fixed: false,
        cost: Kind::Sort.cost(config),
        channel: None,
        why: Why::Sort { count },
        topics: Vec::new(),
        also: Vec::new(),
        done: false,
    })
}

/// The first Monday from a day on.
fn monday_from(day: NaiveDate) -> NaiveDate {
    let ahead = (7 - day.weekday().num_days_from_monday()) % 7;
    day.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(day)
}

fn section_of(planned: Option<NaiveDate>, today: NaiveDate) -> Section {
    match planned.map(|day| (day - today).num_days()) {
        None => Section::Unplaced,
        Some(..=0) => Section::Today,
        Some(1..=6) => Section::Week,
        Some(_) => Section::Later,
    }
}
