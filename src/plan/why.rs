//! Reasons as data: why somebody stands on the agenda, with the facts that a sentence needs.
//!
//! Leaves finding them to the families beside it, and the words for them to `page`.

use chrono::NaiveDate;

use crate::config::Greeting;
use crate::date::{Stretch, Window};
use crate::text::{NotePath, Text};

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
        /// They are in mourning: nobody congratulates them.
        mourning: bool,
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
        /// Two messages stayed without an answer: until the longer window opens there is little else.
        unanswered: bool,
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
