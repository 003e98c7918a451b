//! What holds for everybody on a day, gathered once: what happened of late, what is near.

use chrono::NaiveDate;

use super::answers::{self, Met};
use super::career::{self, Left};
use super::clips::Clips;
use super::days;
use super::seasons::{self, Households, Season};
use super::trips::{self, Ahead};
use super::{HORIZON, Rest, Subject, plus};
use crate::config::{Config, Greeting};
use crate::index::{Index, Slot};
use crate::note::Note;
use crate::note::other::Me;
use crate::text::{Lang, NotePath, QuickMap};

/// What holds for everybody on a day.
pub(super) struct Ground<'a> {
    pub index: &'a Index,
    pub config: &'a Config,
    pub today: NaiveDate,
    /// The last day that is planned.
    pub end: NaiveDate,
    pub me: Option<(&'a Note, &'a Me)>,
    /// The language of whoever's note does not say.
    pub lang: Lang,
    pub rest: Rest,
    /// Whom you met these days, by the path of their notes.
    pub met: QuickMap<&'a NotePath, Vec<Met<'a>>>,
    /// Greetings of the season, around the year.
    pub seasons: Vec<Season>,
    /// Who gets a card together with others.
    pub households: Households,
    /// Posts of yours that end or have ended.
    pub left: Vec<Left<'a>>,
    pub trips: Vec<Ahead<'a>>,
    pub clips: Clips<'a>,
}

impl<'a> Ground<'a> {
    pub fn new(index: &'a Index, config: &'a Config, today: NaiveDate) -> Self {
        let me = index.me();
        let end = plus(today, HORIZON - 1);
        let seasons = seasons::around(config, today, end);
        Self {
            index,
            config,
            today,
            end,
            me,
            lang: seasons::lang_of(index, config),
            rest: Rest::of(index),
            met: answers::met(index, today),
            seasons,
            households: seasons::households(index),
            left: career::left(index, today),
            trips: trips::ahead(index, today),
            clips: Clips::of(index, config, today),
        }
    }

    /// The person that stands somewhere, and how the tie to them stands.
    pub fn subject(&self, slot: Slot) -> Option<Subject<'_>> {
        let (note, person, tie) = self.index.person_in(slot)?;
        Some(Subject::new(note, person, tie, self))
    }

    /// A customary greeting in a year.
    pub fn season(&self, greeting: Greeting, year: i32) -> Option<&Season> {
        self.seasons.iter().find(|season| season.rule.greeting == greeting && season.year() == year)
    }

    /// The place of a customary greeting among all.
    pub fn place(&self, greeting: Greeting) -> Option<usize> {
        self.seasons.iter().find(|season| season.rule.greeting == greeting).map(|season| season.place)
    }

    /// The first day from one on on which a formal tie is written to.
    pub fn first_business_day(&self, from: NaiveDate) -> NaiveDate {
        days::first_business_day(from, &self.config.calendar)
    }
}
