//! The kinds of items and the parts of the page that they stand in, with their words in JSON.

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
    pub fn is_free(self) -> bool {
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
