//! Whom to write to, why now, about what: a pure function of the notes, `goen.toml` and the day.
//!
//! Knows reasons and their order; leaves the words for them to `page`, and
//! reads no clock and no file.

mod answers;
mod bid;
mod career;
mod channel;
mod circle;
mod clips;
mod dates;
mod days;
mod done;
mod energy;
pub mod forecast;
mod ground;
mod groups;
mod habits;
mod interests;
mod introductions;
mod item;
mod kind;
mod known;
mod lately;
mod meetings;
mod of_late;
mod people;
mod planner;
mod promises;
pub mod reach;
mod rest;
pub mod roll;
mod schedule;
mod seasons;
mod sort;
mod topics;
mod trips;
mod why;
mod window;

use std::cmp::Ordering;
use std::fmt::{self, Write};

use chrono::{Days, NaiveDate};

use crate::config::Config;
use crate::index::{Index, Tie};
use crate::note::Note;
use crate::note::log::Entry;
use crate::note::person::{Milestone, Person};
use crate::note::task::{Due, Task};
use crate::text::{NotePath, Text, hash_letters, link_key, short_hash};

pub use channel::usual as channel_for;
pub use days::first_business_day;
pub use energy::{Budget, Energy};
pub use groups::PEOPLE as PEOPLE_OF_A_GATHERING;
pub use habits::known_habit;
pub use interests::{Interests, common_interests};
pub use introductions::is_introduction;
pub use item::{Agenda, Extent, Item};
pub use kind::{Kind, Section};
pub use known::{Known, KnownGroup, Promised, is_live, is_sort_line, known, known_group};
pub use planner::Planner;
pub use reach::{Reach, State};
pub use rest::Rest;
pub use seasons::{is_returned, label};
pub use topics::{Topic, TopicKind};
pub use why::{Came, Greeted, Mourner, Talk, Why};

pub use clips::clip_for;
pub use seasons::{
    SeasonSpan, day_of, household_of, is_declined, is_in_mourning, is_in_the_west, is_new_year_silent,
    lang_of, mourners, quiet_until, spans as season_spans,
};

use ground::Ground;

/// The agenda looks this many days ahead, today included.
pub const HORIZON: u64 = 28;

/// What sets one occurrence of a reason apart from its others. Written out it is part of the
/// item's id.
#[derive(Debug, Clone, Copy)]
enum Occurrence<'a> {
    /// Nobody was met yet.
    New,
    /// A day: what the window is counted from, a birthday, what the log tells of.
    Day(NaiveDate),
    /// A month of a year.
    Month(i32, u32),
    /// Something in their life.
    Milestone(&'a Milestone),
    /// A task in a note.
    Task(&'a NotePath, &'a Task),
    /// A season's greeting, by its name and year.
    Season(&'a str, i32),
    /// So many touches since a contact.
    Touch(Option<NaiveDate>, usize),
    /// A note, on a day where it has one.
    Note(&'a NotePath, Option<NaiveDate>),
    /// An organisation that you leave, on a day.
    Org(&'a str, NaiveDate),
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
            Self::Season(name, year) => write!(f, "{name} {year}"),
            Self::Touch(None, n) => write!(f, "new {n}"),
            Self::Touch(Some(day), n) => write!(f, "{day} {n}"),
            Self::Note(path, None) => write!(f, "{}", link_key(path.as_str())),
            Self::Note(path, Some(day)) => write!(f, "{} {day}", link_key(path.as_str())),
            Self::Org(org, day) => write!(f, "{org} {day}"),
        }
    }
}

impl Occurrence<'_> {
    /// The id of an item of a kind in somebody's note.
    fn id(&self, note: &Note, kind: Kind) -> Text {
        item_id(note.path.as_str(), kind, self)
    }

    /// An order among those of one kind: the same on every machine.
    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Task(a, of_a), Self::Task(b, of_b)) if a == b => {
                (&of_a.text, of_a.ordinal).cmp(&(&of_b.text, of_b.ordinal))
            }
            _ => self.to_string().cmp(&other.to_string()),
        }
    }
}

/// What a reason is about, as its family found it; made into words' matter only for an item.
#[derive(Debug, Clone, Copy)]
enum About<'a> {
    Window,
    Reopen { paused: bool },
    Touch { unanswered: bool },
    Drift { gap: f64 },
    Birthday { month: u32 },
    Milestone(&'a Milestone),
    Task { task: &'a Task, due: Option<NaiveDate>, since: Option<NaiveDate> },
    FollowUp { day: NaiveDate, event: Option<&'a Note> },
    Reply(&'a Entry),
    Thanks(&'a Entry),
    Season { name: &'a str, sent: Greeted },
    Career { org: &'a str, day: NaiveDate, to: Option<&'a str> },
    Visit { place: &'a str, from: NaiveDate, to: NaiveDate },
    Share { clip: &'a Note, day: NaiveDate },
}

/// A reason to write to somebody, before it is known which of several names the item.
#[derive(Debug, Clone, Copy)]
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
    about: About<'a>,
}

impl<'a> Reason<'a> {
    /// A reason that competes from one day to another, and is due on the last of them.
    fn within(
        kind: Kind,
        occurrence: Occurrence<'a>,
        (from, to): (NaiveDate, NaiveDate),
        about: About<'a>,
    ) -> Self {
        Self {
            kind,
            appears: from,
            until: Some(to),
            due: to,
            day: None,
            fixed: None,
            occurrence,
            since: from,
            span: days_between(from, to),
            about,
        }
    }

    /// Whether it competes on a day.
    fn is_on(&self, day: NaiveDate) -> bool {
        self.appears <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What the families of reasons are given of a person.
struct Subject<'a> {
    note: &'a Note,
    person: &'a Person,
    tie: &'a Tie,
    reach: Reach,
    ground: &'a Ground<'a>,
    config: &'a Config,
    today: NaiveDate,
}

impl<'a> Subject<'a> {
    fn new(note: &'a Note, person: &'a Person, tie: &'a Tie, ground: &'a Ground<'a>) -> Self {
        let (config, today) = (ground.config, ground.today);
        let reach = Reach::of((note, person, tie), config, &ground.rest, today);
        Self { note, person, tie, reach, ground, config, today }
    }

    /// Whether they are in mourning on a day, so that nobody congratulates them.
    fn mourns(&self, day: NaiveDate) -> bool {
        self.person.details().mourning.is_some_and(|mourning| is_in_mourning(mourning, day))
    }

    /// Whether a log line of goen's says that this occurrence was skipped or done.
    fn is_settled(&self, kind: Kind, occurrence: &Occurrence<'_>) -> bool {
        let mut ids = self.person.log.iter().filter_map(|entry| entry.id.as_deref()).peekable();
        if ids.peek().is_none() {
            return false;
        }
        let id = self.id(kind, occurrence);
        ids.any(|known| known == id.as_str())
    }

    fn id(&self, kind: Kind, occurrence: &Occurrence<'_>) -> Text {
        occurrence.id(self.note, kind)
    }

    /// Whether there was a contact from one day to another, both included, up to today.
    fn contact_within(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.tie.until(self.today).iter().rev().take_while(|c| c.day >= from).any(|c| c.day <= to)
    }

    /// The log up to today, newest first.
    fn newest_first(&self) -> impl Iterator<Item = &'a Entry> + Clone + use<'a> {
        let today = self.today;
        self.person.log.iter().rev().skip_while(move |entry| entry.day > today)
    }

    /// The id of the person's tier.
    fn tier(&self) -> Option<&'a str> {
        reach::tier(self.person, self.config).map(|tier| &*tier.id)
    }
}

/// The id of an item: the same on every machine.
pub fn item_id(path: &str, kind: Kind, occurrence: impl fmt::Display) -> Text {
    let mut parts = String::with_capacity(128);
    // Paths are compared in NFC, so that a vault synced between systems has one id. Nothing that is
    // written to a string fails.
    let _ = write!(parts, "{}\0{}\0{occurrence}\0", link_key(path), kind.word());
    let mut id = Text::from("g-");
    id.extend(hash_letters(parts.as_bytes()));
    id
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

fn section_of(planned: Option<NaiveDate>, today: NaiveDate) -> Section {
    match planned.map(|day| (day - today).num_days()) {
        None => Section::Unplaced,
        Some(..=0) => Section::Today,
        Some(1..=6) => Section::Week,
        Some(_) => Section::Later,
    }
}

/// A day so many days later; the last there is where that lies beyond it.
fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// A day so many days earlier.
fn minus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// The days from one to another, at least one, as the measure of a silence.
fn days_between(from: NaiveDate, to: NaiveDate) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
    let days = (to - from).num_days() as f64;
    days.max(1.0)
}
