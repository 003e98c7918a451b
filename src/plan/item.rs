//! The agenda as data: its items, their kinds and reasons.
//!
//! Leaves finding reasons to the families beside it, and the words for them to `page`.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Energy, State, Topic, hashed};
use crate::config::Greeting;
use crate::date::{Stretch, Window};
use crate::text::{NotePath, QuickSet, Text};

/// Kinds of items, in the order of their strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// You met today or these days.
    FollowUp,
    /// They wrote, and you owe an answer.
    Reply,
    /// An open task of yours.
    Promise,
    /// Something they owe you.
    Waiting,
    /// They helped, and were not thanked yet.
    Thanks,
    /// Their birthday.
    Birthday,
    /// Something new in their life.
    Milestone,
    /// A greeting of the season.
    Season,
    /// You leave an organisation.
    Farewell,
    /// You have left it, and thank them.
    Settled,
    /// You have begun somewhere else.
    Report,
    /// An event is near.
    Prepare,
    /// A trip leads to where they are.
    Visit,
    /// The window is open.
    Cadence,
    /// The rhythm says that the tie is cooling.
    Drift,
    /// A tie that has been silent for long.
    Reopen,
    /// Something that they would like to read.
    Share,
    /// A light touch where there is no room for a message.
    Touch,
    /// Two people who should know each other.
    Introduce,
    /// People of an organisation that you left, together again.
    Gathering,
    /// Something you want to do regularly.
    Habit,
    /// People without a tier.
    Sort,
}

impl Kind {
    /// All of them, in the order of their strength.
    pub const ALL: [Self; 22] = [
        Self::FollowUp,
        Self::Reply,
        Self::Promise,
        Self::Waiting,
        Self::Thanks,
        Self::Birthday,
        Self::Milestone,
        Self::Season,
        Self::Farewell,
        Self::Settled,
        Self::Report,
        Self::Prepare,
        Self::Visit,
        Self::Cadence,
        Self::Drift,
        Self::Reopen,
        Self::Share,
        Self::Touch,
        Self::Introduce,
        Self::Gathering,
        Self::Habit,
        Self::Sort,
    ];

    /// The word in JSON and in ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::FollowUp => "follow-up",
            Self::Reply => "reply",
            Self::Promise => "promise",
            Self::Waiting => "waiting",
            Self::Thanks => "thanks",
            Self::Birthday => "birthday",
            Self::Milestone => "milestone",
            Self::Season => "season",
            Self::Farewell => "farewell",
            Self::Settled => "settled",
            Self::Report => "report",
            Self::Prepare => "prepare",
            Self::Visit => "visit",
            Self::Cadence => "cadence",
            Self::Drift => "drift",
            Self::Reopen => "reopen",
            Self::Share => "share",
            Self::Touch => "touch",
            Self::Introduce => "introduce",
            Self::Gathering => "gathering",
            Self::Habit => "habit",
            Self::Sort => "sort",
        }
    }

    /// Whether it asks nothing of the day's energy.
    pub(super) fn is_free(self) -> bool {
        matches!(self, Self::Promise | Self::Prepare | Self::Habit | Self::Sort)
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
        /// It is time to see or to hear each other again.
        talk: Option<Talk>,
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
    /// You met, or talked.
    FollowUp {
        /// When.
        day: NaiveDate,
        /// At which event; none where the log tells of a first meeting.
        event: Option<Text>,
        /// It was a call, as far as the log tells: nobody has seen the other.
        called: bool,
    },
    /// They wrote.
    Reply {
        /// When.
        day: NaiveDate,
        /// What about.
        text: Text,
    },
    /// They helped.
    Thanks {
        /// When.
        day: NaiveDate,
        /// With what.
        text: Text,
    },
    /// A greeting of the season.
    Season {
        /// What it is called: 年賀, 余寒見舞い.
        name: Text,
        /// How it is sent.
        greeted: Greeted,
    },
    /// A change of your own career.
    Career {
        /// The organisation that you leave or left.
        org: Text,
        /// The last day there, or the first day somewhere else.
        day: NaiveDate,
        /// Where you begin, where that is what is told of.
        to: Option<Text>,
    },
    /// An event is near.
    Prepare {
        /// Its day.
        day: NaiveDate,
        /// It has a goal already.
        has_goal: bool,
    },
    /// A trip leads to where they are.
    Visit {
        /// Where to.
        place: Text,
        /// The first day.
        from: NaiveDate,
        /// The last.
        to: NaiveDate,
    },
    /// The tie is cooling.
    Drift {
        /// The last contact.
        last: NaiveDate,
        /// The median of the recent gaps, in days.
        gap: f64,
    },
    /// Something that they would like to read.
    Share {
        /// The clip.
        clip: NotePath,
        /// When it was kept.
        day: NaiveDate,
    },
    /// A light touch.
    Touch {
        /// The last contact.
        last: Option<NaiveDate>,
        /// Two messages stayed without an answer.
        unanswered: bool,
    },
    /// Two people who should know each other.
    Introduce {
        /// The other's note.
        other: NotePath,
        /// The other's name.
        name: Text,
        /// What both are interested in, in the first one's words.
        interests: Vec<Text>,
    },
    /// People of an organisation that you left.
    Gathering {
        /// The last time three or more of them were together.
        last: Option<NaiveDate>,
        /// How many are known.
        people: usize,
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

/// How people see or hear each other again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Talk {
    /// Over coffee or a meal: both live in one place.
    InPerson,
    /// By video.
    Video,
}

/// A greeting of the season as it is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Greeted {
    /// Which of the customary ones it is.
    pub greeting: Greeting,
    /// The last day on which it is in time.
    pub by: NaiveDate,
    /// By post.
    pub card: bool,
    /// In answer to one that came, in this form.
    pub answer: Option<Came>,
    /// They are, or you are, in mourning.
    pub mourning: Option<Mourner>,
    /// So many winters in a row one was sent and none came; 0 where that is not so.
    pub unreturned: u8,
    /// The postal address came back.
    pub returned: bool,
}

/// In which form a greeting of theirs came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// By post, as far as the log says.
    Card,
    /// As a message.
    Message,
}

/// Who is in mourning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mourner {
    /// They are.
    Them,
    /// You are.
    You,
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

impl Item {
    /// An item of nobody's, without a day.
    pub(super) fn bare(id: Text, kind: Kind, section: Section, why: Why) -> Self {
        Self {
            id,
            kind,
            section,
            person: None,
            subject: None,
            name: "".into(),
            tier: None,
            called: None,
            state: None,
            last_contact: None,
            opens: None,
            due: None,
            planned: None,
            day: None,
            fixed: false,
            cost: 0.0,
            channel: None,
            why,
            topics: Vec::new(),
            also: Vec::new(),
            done: false,
        }
    }

    /// Planned on a day.
    pub(super) fn on(self, day: NaiveDate) -> Self {
        Self { planned: Some(day), ..self }
    }
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
    /// Of the items that have a day only those of today, for whoever goes on from day to day.
    Today,
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
    pub(super) fn distinguish(&mut self) {
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
