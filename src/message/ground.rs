//! What is known before a message is asked for, and why none is drafted.

use chrono::NaiveDate;

use super::template::{Own, TemplateFault};
use crate::config::Config;
use crate::index::Index;
use crate::note::person::Status;
use crate::plan::Mourner;
use crate::problem::Problem;

/// What is known before a message is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// All notes.
    pub index: &'a Index,
    /// `goen.toml`.
    pub config: &'a Config,
    /// The day.
    pub today: NaiveDate,
    /// The user's templates, by path.
    pub own: &'a [Own],
}

/// Why nothing is drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such occasion: the nearest, and all there are.
    Unknown {
        /// What was asked for.
        asked: String,
        /// The word nearest to it.
        near: Option<String>,
        /// All words.
        all: Vec<String>,
        /// Those of the seasons in English.
        english: Vec<&'static str>,
    },
    /// Several seasons could be meant.
    Seasons(Vec<String>),
    /// No season is on: the next, and its first day.
    NoSeason(Option<(String, NaiveDate)>),
    /// They have died, or are not to be written to.
    Gone(Status),
    /// They mourn, and until this day only condolence and what is owed is written.
    Quiet(NaiveDate),
    /// Nobody in mourning is congratulated.
    GladInMourning,
    /// No new year's greeting while somebody is in mourning.
    NewYearInMourning(Mourner),
    /// 年賀 has ended between you, and no card is sent.
    NewYearEnded,
    /// You have not left yet: your last day.
    NotLeft(NaiveDate),
    /// You have not talked of late: the day of the last contact.
    NotTalked(Option<NaiveDate>),
    /// The template does not do.
    Template(Box<TemplateFault>),
    /// The user's template that was asked for cannot be read.
    Unread(Box<Problem>),
}
